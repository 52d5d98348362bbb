/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialects: which program wrote the bounce, told by marks in header and text. */
#include "bounce/dialects.h"

#include <string.h>

#include "bounce/dialect_json.h"
#include "bounce/dialect_x400.h"
#include "bounce/phrases.h"

/* How much of the text is looked at. */
#define MARKS_WITHIN 8000

const Dialect dialects[] = {
    {"ses-json", IN_TEXT, "\"notificationtype", dialect_json_read},
    {"ses-json", IN_TEXT, "\"eventtype\":\"bounce\"", dialect_json_read},
    {"qmail", IN_TEXT, "this is the qmail-send program", NULL},
    {"dragonfly", IN_TEXT, "this is the dragonfly mail agent", NULL},
    {"yandex", IN_TEXT, "this is the mail system at host yandex", NULL},
    {"postfix", IN_TEXT, "the postfix program", NULL},
    {"postfix", IN_TEXT, "this is the mail system at host", NULL},
    {"postfix", IN_TEXT, "the mail system <", NULL},
    {"opensmtpd", IN_TEXT, "this is the mailer-daemon, please do not reply", NULL},
    {"mailru", IN_TEXT, "автоматически сервером mail.ru", NULL},
    {"mxlogic", IN_TEXT, "included is a copy of the message header", NULL},
    {"gmx", IN_FROM, "mail.gmx.", NULL},
    {"einsundeins", IN_FROM, "kundenserver.de", NULL},
    {"einsundeins", IN_TEXT, "the header of the original message is following", NULL},
    {"googlegroups", IN_TEXT, "groups.google.com/support", NULL},
    {"gmail", IN_FROM, "@googlemail.com", NULL},
    {"gmail", IN_TEXT, "google tried to deliver your message", NULL},
    {"exim", IN_TEXT, "created automatically by mail delivery software. a message that you", NULL},
    {"exim", IN_HEADER, "x-failed-recipients:", NULL},
    {"yahoo", IN_FROM, "mailer-daemon@yahoo.", NULL},
    {"yahoo", IN_TEXT, "sorry, we were unable to deliver your message to the following address",
     NULL},
    {"yahoo", IN_TEXT, "unable to deliver message to the following address(es)", NULL},
    {"aol", IN_FROM, "@aol.com", NULL},
    {"outlook", IN_FROM, "@hotmail.com", NULL},
    {"outlook", IN_FROM, "@outlook.com", NULL},
    {"zoho", IN_FROM, "@mail.zoho.com", NULL},
    {"zoho", IN_HEADER, "x-zohomail:", NULL},
    {"exchange", IN_TEXT, "mts-id of the original message", dialect_x400_read},
    {"exchange", IN_TEXT, "msexch:", dialect_x400_read},
    {"exchange", IN_TEXT, "did not reach the following recipient(s)", dialect_x400_read},
    {"exchange", IN_TEXT, "diagnostic information for administrators", NULL},
    {"exchange", IN_TEXT, "generating server:", NULL},
    {"exchange", IN_HEADER, "x-ms-exchange-message-is-ndr:", NULL},
    {"hmailserver", IN_TEXT, "hmailserver", NULL},
    {"mailmarshal", IN_TEXT, "messagename: <", NULL},
    {"mailmarshal", IN_HEADER, "x-mailer: mailmarshal", NULL},
    {"trendmicro", IN_TYPE, "interscan_nt_mime_boundary", NULL},
    {"trendmicro", IN_TEXT, "interscan messaging security", NULL},
    {"surfcontrol", IN_HEADER, "x-mailer: surfcontrol", NULL},
    {"surfcontrol", IN_TEXT, "surfcontrol", NULL},
    {"mfilter", IN_TEXT, "m-filter", NULL},
    {"ezweb", IN_FROM, "ezweb.ne.jp", NULL},
    {"kddi", IN_TEXT, "could not be delivered to: < as their mailbox is full", NULL},
    {"kddi", IN_FROM, "dion.ne.jp", NULL},
    {"docomo", IN_FROM, "docomo.ne.jp", NULL},
    {"biglobe", IN_FROM, "biglobe.ne.jp", NULL},
    {"activehunter", IN_HEADER, "x-ahmailid:", NULL},
    {"mailfoundry", IN_TEXT, "this has been a permanent failure. no further delivery", NULL},
    {"imail", IN_TEXT, "invalid final delivery userid", NULL},
    {"imail", IN_TEXT, "rcpt to generated following response", NULL},
    {"imail", IN_TEXT, "body of message generated response", NULL},
    {"imail", IN_HEADER, "x-mailer: <smtp32", NULL},
    {"mdaemon", IN_FROM, "mdaemon@", NULL},
    {"mdaemon", IN_TEXT, "--- session transcript ---", NULL},
    {"mailenable", IN_TEXT, "mailenable", NULL},
    {"merak", IN_TEXT, "icewarp", NULL},
    {"communigate", IN_TEXT, "communigate", NULL},
    {"pmdf", IN_TEXT, "this report relates to a message you sent with the following header", NULL},
    {"messagingserver", IN_HEADER, "x-mailer: sun java", NULL},
    {"courier", IN_TEXT, "this is a delivery status notification from", NULL},
    {"courier", IN_TEXT, "courier mail server", NULL},
    {"james", IN_TEXT, "error message below:", NULL},
    {"groupwise", IN_TEXT, "groupwise", NULL},
    {"domino", IN_TEXT, "failure reasons", NULL},
    {"domino", IN_TEXT, "your message subject:", NULL},
    {"domino", IN_HEADER, "x-mimetrack:", NULL},
    {"fml", IN_HEADER, "x-mlserver: fml", NULL},
    {"majordomo", IN_FROM, "majordomo", NULL},
    {"powermta", IN_TEXT, "hello, this is the mail server on", NULL},
    {"sendgrid", IN_TEXT, "the first error is shown below", NULL},
    {"barracuda", IN_TEXT, "barracuda", NULL},
    {"messagelabs", IN_TEXT, "messagelabs", NULL},
    {"mimecast", IN_TEXT, "mimecast", NULL},
    {"mcafee", IN_TEXT, "mcafee", NULL},
    {"symantec", IN_TEXT, "symantec", NULL},
    {"amavis", IN_HEADER, "x-amavis-alert:", NULL},
    {"amavis", IN_FROM, "content-filter at", NULL},
    {"x400", IN_TEXT, "this report relates to your message:", dialect_x400_read},
    {"qmail", IN_TEXT, "below this line is a copy of the message", NULL},
    {"sendmail", IN_TEXT, "transcript of session follows", NULL},
    {"sendmail", IN_TEXT, "the following addresses had", NULL},
    {NULL, IN_TEXT, NULL, NULL},
};

/* Whether the header that @mark, "name: piece", names holds the piece. */
static bool header_holds(const BounceSource *source, const char *mark)
{
    const char *colon = strchr(mark, ':');
    if (!colon)
        return false;
    g_autofree char *name = g_strndup(mark, (gsize)(colon - mark));
    const char *value = source_header(source, name);
    Span piece = span_trim(span_of(colon + 1));
    return value && (piece.n == 0 || span_ifind(span_of(value), piece.p) >= 0);
}

/* Marks of texts as phrases, so that all are found in one pass: row i of @dialects is row i here.
 */
static const PhraseIndex *text_marks(void)
{
    static Phrase rows[G_N_ELEMENTS(dialects)];
    static PhraseIndex *kept;
    static gsize done;
    if (g_once_init_enter(&done)) {
        for (gsize i = 0; dialects[i].format; i++)
            rows[i].text = dialects[i].place == IN_TEXT ? dialects[i].mark : "\1\1\1\1";
        g_once_init_leave(&done, 1);
    }
    return phrase_index(rows, &kept);
}

static bool first_row(guint row, gsize at, void *data)
{
    guint *first = data;
    (void)at;
    *first = MIN(*first, row);
    return true;
}

/* The dialect, or NULL. */
static const Dialect *find(const BounceSource *source, const BounceText *text)
{
    const char *type = source_header(source, "Content-Type");
    g_autofree char *folded = text_fold(span_sub(text->human, 0, MARKS_WITHIN));
    g_autofree char *from = text_fold(span_of(source_header(source, "From")));
    guint first = G_MAXUINT;
    phrase_scan(text_marks(), span_of(folded), first_row, &first);
    for (guint i = 0; dialects[i].format; i++) {
        const char *mark = dialects[i].mark;
        if (i == first || (dialects[i].place == IN_FROM && strstr(from, mark)) ||
            (dialects[i].place == IN_HEADER && header_holds(source, mark)) ||
            (dialects[i].place == IN_TYPE && type && span_ifind(span_of(type), mark) >= 0))
            return &dialects[i];
    }
    return NULL;
}

void dialect_find(const BounceSource *source, BounceText *text, RecipientList *list, Bounce *out)
{
    const Dialect *dialect = find(source, text);
    out->format = dialect ? dialect->format : "text";
    if (dialect && dialect->read && source->structure.status < 0)
        dialect->read(source, text, list, out);
    if (source->structure.status >= 0)
        out->format = "rfc3464";
    else if (source->structure.feedback >= 0)
        out->format = "arf";
    else if (source->structure.disposition >= 0)
        out->format = "mdn";
}
