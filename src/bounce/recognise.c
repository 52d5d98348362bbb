/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of message it is: evidence from the sender, the structure and the phrases, on the
 * outermost message only. */
#include "bounce/recognise.h"

#include <string.h>

#include "bounce/away.h"
#include "bounce/lookalikes.h"
#include "bounce/notice_marks.h"
#include "bounce/recipient_list.h"
#include "bounce/report.h"
#include "words/phrases.h"

/* How the subject of reports begins that Hotmail's Junk Mail Reporting Program sent. */
#define JUNK_REPORT "complaint about message from"

/* A subject that a bounce may have. */
#define MEANS_BOUNCE (MEANS_TALK | MEANS(MEANS_SUBJECT))
/* How much of a text is looked at for the words of a report on authentication. */
#define COMPLAINT_REACH 2000

typedef struct Recognition {
    const BounceSource *source;
    const Sender *sender;
    const Structure *structure;
    const BounceText *text;
    Bounce *out;
} Recognition;

static void kind_set(Recognition *r, BounceKind kind, const char *rule, char *text)
{
    r->out->kind = kind;
    bounce_mark_add(r->out, rule, text);
}

static BounceKind kind_of_actions(const Recognition *r)
{
    bool failed = false, delayed = false, done = false;
    for (guint i = 0; i < r->out->recipients->len; i++) {
        const Recipient *one = r->out->recipients->pdata[i];
        const char *action = one->action;
        char class = one->status ? one->status[0] : 0;
        if (action ? strcmp(action, "failed") == 0 : class == '5')
            failed = true;
        else if (action ? strcmp(action, "delayed") == 0 : class == '4')
            delayed = true;
        else if (action || class == '2')
            done = true;
    }
    return failed ? KIND_FAILURE : delayed ? KIND_DELAY : done ? KIND_SUCCESS : KIND_NONE;
}

/* Whether some diagnostic holds a refusal of SMTP. */
static bool is_refused(const Bounce *bounce)
{
    for (guint i = 0; i < bounce->recipients->len; i++)
        if (recipient_has_reply(bounce->recipients->pdata[i]))
            return true;
    return false;
}

static BounceKind kind_of_words(const Recognition *r)
{
    guint text = r->text->in_text, subject = r->text->in_subject;
    if (subject & MEANS(MEANS_DELAY))
        return KIND_DELAY;
    if ((text & MEANS(MEANS_DELAY)) && !(text & MEANS(MEANS_PERMANENT)))
        return KIND_DELAY;
    if (((text | subject) & MEANS(MEANS_SUCCESS)) && !(text & MEANS(MEANS_PERMANENT)) &&
        ((subject & MEANS(MEANS_SUCCESS)) || !(subject & MEANS(MEANS_FAILURE))) &&
        !is_refused(r->out))
        return KIND_SUCCESS;
    return KIND_FAILURE;
}

/* A machine-readable report in the message's own structure. */
static bool by_report(Recognition *r)
{
    Bounce *bounce = r->out;
    bool rejected = source_header_has(r->source, "Auto-Submitted", "rejected");
    bool addressed = r->sender->daemon || r->sender->automatic;
    const Part *root = message_part(r->source->message, (guint)r->structure->base);
    bool report = strcmp(root->type, "multipart/report") == 0;
    if (r->structure->feedback >= 0 && (report || addressed)) {
        kind_set(r, KIND_ABUSE_REPORT, "feedback-report",
                 g_strdup("It holds a feedback report (RFC 5965)."));
    } else if (r->structure->disposition >= 0 && r->structure->status < 0) {
        if (rejected)
            report_agent(r->source, bounce);
        kind_set(r, rejected ? KIND_FAILURE : KIND_READ_RECEIPT, "disposition-notification",
                 g_strdup(rejected ? "It holds a disposition notification that says: rejected."
                                   : "It holds a disposition notification (RFC 8098)."));
    } else if (r->structure->status >= 0) {
        const Part *status = message_part(r->source->message, (guint)r->structure->status);
        const Part *parent = message_part(r->source->message, (guint)MAX(status->parent, 0));
        bool alone = r->structure->status == r->structure->base; /* the report is the mail */
        if (strcmp(parent->type, "multipart/report") != 0 && !addressed && !alone)
            return false;
        BounceKind kind = kind_of_actions(r);
        kind_set(r, kind == KIND_NONE ? kind_of_words(r) : kind, "delivery-status",
                 g_strdup("It holds a delivery status report (RFC 3464)."));
        if (r->structure->base != 0)
            bounce_mark_add(bounce, "wrapper",
                            g_strdup("A filter passed the report on as an attachment."));
    } else {
        return false;
    }
    bounce->has_report = true;
    return true;
}

/* Addressed to many: nothing that it says is an answer to one message of ours. */
static bool is_list_mail(const Recognition *r)
{
    return source_header(r->source, "List-Unsubscribe") || source_header(r->source, "List-Post") ||
           source_header(r->source, "List-Id");
}

/* A report on a message that failed DMARC, SPF or DKIM (RFC 6591) in words: Exim's, OpenDMARC's. */
static bool speaks_of_authentication(const Recognition *r)
{
    static const char *const subjects[] = {"dmarc forensic report", "dmarc failure report",
                                           "authentication failure report", NULL};
    static const char *const texts[] = {"failed the published dmarc policy",
                                        "this is an authentication failure report",
                                        "this is an authentication-failure report",
                                        "this is a spf/dkim authentication-failure report",
                                        "this is a dmarc failure report",
                                        NULL};
    if (r->structure->status >= 0 || is_refused(r->out))
        return false;
    for (const char *const *words = subjects; *words; words++)
        if (span_ifind(span_of(r->source->subject), *words) >= 0)
            return true;
    for (const char *const *words = texts; *words; words++)
        if (span_ifind(span_sub(r->text->human, 0, COMPLAINT_REACH), *words) >= 0)
            return true;
    return false;
}

/* An aggregate report: of DMARC (RFC 7489 7.2.1.1: "receiver!domain!begin!end.xml.gz"), or of TLS
 * (RFC 8460 5.3). It tells of nobody's message. */
static bool is_aggregate(const Recognition *r)
{
    const Message *message = r->source->message;
    for (guint i = 0; r->structure->status < 0 && i < message->parts->len; i++) {
        const Part *part = message_part(message, i);
        if (r->structure->role[i] == ROLE_INSIDE)
            continue;
        if ((part->report_type && strcmp(part->report_type, "tlsrpt") == 0) ||
            g_str_has_prefix(part->type, "application/tlsrpt"))
            return true;
        const char *mark = part->name ? strchr(part->name, '!') : NULL;
        Span name = span_of(part->name);
        if (mark && strchr(mark + 1, '!') &&
            (span_iends(name, ".xml") || span_iends(name, ".gz") || span_iends(name, ".zip")))
            return true;
    }
    return false;
}

/* Complaints without a feedback report: X-ARF, and the Junk Mail Reporting Program of Hotmail. */
static bool by_complaint(Recognition *r)
{
    const GPtrArray *back = r->out->returned.headers;
    bool xarf = source_header(r->source, "X-XARF") || source_header(r->source, "X-ARF");
    bool junk = headers_get(back, "X-HmXmrOriginalRecipient") ||
                (span_istarts(span_of(r->source->subject), JUNK_REPORT) &&
                 r->out->returned.where != RETURNED_NONE);
    bool failed = !xarf && !junk && r->sender->automatic && speaks_of_authentication(r);
    if (!xarf && !junk && !failed)
        return false;
    kind_set(r, KIND_ABUSE_REPORT,
             xarf     ? "header"
             : failed ? "authentication"
                      : "complaint",
             g_strdup(xarf     ? "Its header says that it is an X-ARF report."
                      : failed ? "It reports on a message that failed authentication."
                               : "It complains about a message and brings it back."));
    r->out->has_report = xarf;
    return true;
}

/* A challenge by its header, which also stands in mail that the challenge let pass: it counts only
 * from a machine, or beside words that challenge. */
static bool by_challenge(Recognition *r, guint said, bool bounce_subject)
{
    const char *header = notice_header(r->source, KIND_CHALLENGE);
    bool machine = sender_is_machine(r->sender, r->source->message);
    bool asks = said & MEANS(MEANS_CHALLENGE);
    bool by_header = header && (machine || r->sender->automatic || asks) && !bounce_subject;
    bool by_phrase = machine && asks && !bounce_subject && r->out->returned.where == RETURNED_NONE;
    if (!by_header && !by_phrase)
        return false;
    kind_set(r, KIND_CHALLENGE, by_header ? "header" : "phrase",
             by_header ? g_strdup_printf("The header %s marks a challenge.", header)
                       : g_strdup("A machine asks for proof that a person wrote."));
    return true;
}

/* A virus notice. Scanners leave their headers in all mail that they let pass, bounces too: they
 * count only beside words of a virus. */
static bool by_virus(Recognition *r, guint said, bool bounce_subject)
{
    const char *header = notice_header(r->source, KIND_VIRUS_NOTICE);
    bool machine = sender_is_machine(r->sender, r->source->message);
    bool virus = (r->text->in_subject & MEANS(MEANS_VIRUS)) ||
                 ((r->text->in_text & MEANS(MEANS_VIRUS)) && !bounce_subject);
    bool by_header = header && (said & MEANS(MEANS_VIRUS)) && (machine || r->sender->automatic);
    if (is_list_mail(r) && !r->sender->daemon)
        virus = false;
    bool by_phrase = virus && (machine || r->out->returned.where != RETURNED_NONE) &&
                     (r->sender->automatic || r->sender->daemon);
    if (!by_header && !by_phrase)
        return false;
    kind_set(r, KIND_VIRUS_NOTICE, by_header ? "header" : "phrase",
             by_header ? g_strdup_printf("The header %s marks a virus notice.", header)
                       : g_strdup("A mail system says that it found a virus."));
    return true;
}

/* Notices that are told by their headers, or by their sender and words. */
static bool by_notice(Recognition *r)
{
    guint said = r->text->in_subject | r->text->in_text;
    bool bounce_subject = r->text->in_subject & (MEANS(MEANS_SUBJECT) | MEANS(MEANS_DELAY));
    return by_challenge(r, said, bounce_subject) || by_virus(r, said, bounce_subject);
}

/* A desk or a list takes note of a message, whose subject it may repeat: "[#77] Re: undelivered".
 */
static bool takes_note(const Recognition *r)
{
    const char *subject = r->source->subject;
    bool number = subject[0] == '[' && strchr(subject, '#') && strchr(subject, ']');
    return !r->sender->daemon && r->out->returned.where == RETURNED_NONE && !is_refused(r->out) &&
           !source_header(r->source, "X-Failed-Recipients") &&
           (number || ((r->text->in_subject | r->text->in_text) & MEANS(MEANS_ROBOT)));
}

/* An answering machine; asked before words like "not delivered" where its subject says so. */
static bool by_reply(Recognition *r, bool early)
{
    const char *header = notice_header(r->source, KIND_AUTO_REPLY);
    guint said = r->text->in_subject | r->text->in_text;
    bool away = said & MEANS(MEANS_AWAY);
    bool noted = header && takes_note(r);
    if (early && !noted &&
        (r->sender->daemon || !(r->text->in_subject & MEANS(MEANS_AWAY)) ||
         (r->text->in_subject & MEANS(MEANS_SUBJECT))))
        return false;
    if (is_list_mail(r) && !header)
        return false;
    if (!header && !(away && sender_is_machine(r->sender, r->source->message)) &&
        !away_reply(r->source, r->text))
        return false;
    kind_set(r, KIND_AUTO_REPLY, header ? "header" : "phrase",
             header ? g_strdup_printf("The header %s marks an automatic reply.", header)
                    : g_strdup("A machine says that the recipient is away."));
    return true;
}

/* Whether what came back shows that it travelled. People and lists quote From, To and Subject too;
 * no mail program quotes the Received lines. */
static bool is_travelled(const Returned *returned)
{
    return returned->where == RETURNED_RFC822 || returned->where == RETURNED_HEADERS ||
           (returned->where == RETURNED_TEXT && headers_get(returned->headers, "Received"));
}

/* A person passes something on, or answers. A mail system may answer, too, but brings the message
 * back or says what was refused. */
static bool is_correspondence(const Recognition *r)
{
    static const char *const forwards[] = {"fwd:", "fw:", "wg:", "tr:", "rv:", "doorst:", NULL};
    static const char *const answers[] = {"re:", "aw:", "sv:", "antw:", "odp:", NULL};
    if (r->sender->null_return_path)
        return false;
    for (const char *const *start = forwards; *start; start++)
        if (span_istarts(span_of(r->source->subject), *start))
            return true;
    if (r->sender->daemon && (is_travelled(&r->out->returned) || is_refused(r->out)))
        return false;
    for (const char *const *start = answers; *start; start++)
        if (span_istarts(span_of(r->source->subject), *start))
            return true;
    return false;
}

/* Whether fields of a report named somebody, or said what became of him. */
static bool has_fields(const Bounce *bounce)
{
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *one = bounce->recipients->pdata[i];
        if (one->action && one->status)
            return true;
    }
    return false;
}

/* A bounce without a report: who sent it, and what it says or brings. */
static bool by_words(Recognition *r)
{
    Bounce *bounce = r->out;
    bool in_subject = r->text->in_subject & MEANS_BOUNCE;
    bool in_text = r->text->in_text & MEANS_TALK;
    bool returned = bounce->returned.where != RETURNED_NONE ||
                    ((r->text->in_text & MEANS(MEANS_RETURNED)) && bounce->has_diagnostic);
    bool brought = is_travelled(&bounce->returned) ||
                   (returned && (r->text->announced || bounce->returned.where == RETURNED_NONE));
    /* a provider put a name where the address should be */
    bool nobody = r->sender->nameless && (r->text->in_subject & MEANS_BOUNCE) &&
                  (is_travelled(&bounce->returned) || has_fields(bounce));
    bool system = r->sender->daemon || r->sender->null_return_path || nobody;
    const char *path = source_header(r->source, "Return-Path");
    bool to_daemon = path && span_ifind(span_of(path), "mailer-daemon") >= 0;
    if (is_list_mail(r) && !r->sender->daemon && !(in_subject && returned))
        return false;
    if (g_str_has_prefix(r->source->subject, "Cron <") || is_correspondence(r) ||
        lookalike(r->source, r->text, bounce))
        return false;
    if (!in_subject && !in_text && !(system && (returned || is_refused(bounce))))
        return false;
    bool enough = system ? in_subject || returned || bounce->has_diagnostic || to_daemon ||
                               (in_text && r->sender->daemon && r->sender->null_return_path)
                         : r->sender->automatic && brought && (in_subject || in_text);
    if (!enough && !(to_daemon && (in_subject || bounce->has_diagnostic)))
        return false;
    kind_set(r, kind_of_words(r), r->sender->null_return_path ? "null-return-path" : "sender",
             g_strdup_printf("%s.", r->sender->null_return_path
                                        ? "Its return path is empty, as a bounce's is"
                                    : r->sender->daemon ? "It comes from a mail system's address"
                                    : nobody            ? "Its sender is a name without an address"
                                                        : "It comes from a program's address"));
    if (in_subject || in_text)
        bounce_mark_add(bounce, "phrase",
                        g_strdup_printf("Its %s speaks of mail that was not delivered.",
                                        in_subject ? "subject" : "text"));
    if (returned)
        bounce_mark_add(bounce, "returned-message", g_strdup("It brings a message back."));
    return true;
}

bool recognise_possible(const BounceSource *source)
{
    const Sender *sender = &source->sender;
    const Structure *structure = &source->structure;
    return sender->daemon || sender->automatic || sender->null_return_path || sender->nameless ||
           structure->status >= 0 || structure->feedback >= 0 || structure->disposition >= 0 ||
           notice_header(source, KIND_CHALLENGE) || notice_header(source, KIND_VIRUS_NOTICE) ||
           notice_header(source, KIND_AUTO_REPLY) || source_header(source, "X-XARF") ||
           source_header(source, "X-ARF") || span_istarts(span_of(source->subject), JUNK_REPORT) ||
           away_subject(source);
}

void recognise(const BounceSource *source, const BounceText *text, Bounce *out)
{
    Recognition r = {source, &source->sender, &source->structure, text, out};
    if (out->kind != KIND_NONE || is_aggregate(&r) || by_report(&r))
        return;
    if (by_complaint(&r) || by_notice(&r) || by_reply(&r, true) || by_words(&r))
        return;
    by_reply(&r, false);
}
