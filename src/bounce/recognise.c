/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of message it is: evidence from the sender, the structure and the phrases, on the
 * outermost message only. */
#include "bounce/recognise.h"

#include <string.h>

#include "bounce/notice_marks.h"
#include "bounce/phrases.h"
#include "bounce/recipient_list.h"

/* How the subject of reports begins that Hotmail's Junk Mail Reporting Program sent. */
#define JUNK_REPORT "complaint about message from"

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
        kind_set(r, rejected ? KIND_FAILURE : KIND_READ_RECEIPT, "disposition-notification",
                 g_strdup(rejected ? "It holds a disposition notification that says: rejected."
                                   : "It holds a disposition notification (RFC 8098)."));
    } else if (r->structure->status >= 0) {
        const Part *status = message_part(r->source->message, (guint)r->structure->status);
        const Part *parent = message_part(r->source->message, (guint)MAX(status->parent, 0));
        if (strcmp(parent->type, "multipart/report") != 0 && !addressed)
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

/* Complaints without a feedback report: X-ARF, and the Junk Mail Reporting Program of Hotmail. */
static bool by_complaint(Recognition *r)
{
    const GPtrArray *back = r->out->returned.headers;
    bool xarf = source_header(r->source, "X-XARF") || source_header(r->source, "X-ARF");
    bool junk = headers_get(back, "X-HmXmrOriginalRecipient") ||
                (span_istarts(span_of(r->source->subject), JUNK_REPORT) &&
                 r->out->returned.where != RETURNED_NONE);
    if (!xarf && !junk)
        return false;
    kind_set(r, KIND_ABUSE_REPORT, xarf ? "header" : "complaint",
             g_strdup(xarf ? "Its header says that it is an X-ARF report."
                           : "It complains about a message and brings it back."));
    r->out->has_report = xarf;
    return true;
}

/* Notices that are told by their headers, or by their sender and words. */
static bool by_notice(Recognition *r)
{
    const char *header = notice_header(r->source, KIND_CHALLENGE);
    guint said = r->text->in_subject | r->text->in_text;
    bool bounce_subject = r->text->in_subject & (MEANS(MEANS_SUBJECT) | MEANS(MEANS_DELAY));
    if (header ||
        (sender_is_machine(r->sender, r->source->message) && (said & MEANS(MEANS_CHALLENGE)) &&
         !bounce_subject && r->out->returned.where == RETURNED_NONE)) {
        kind_set(r, KIND_CHALLENGE, header ? "header" : "phrase",
                 header ? g_strdup_printf("The header %s marks a challenge.", header)
                        : g_strdup("A machine asks for proof that a person wrote."));
        return true;
    }
    bool virus = (r->text->in_subject & MEANS(MEANS_VIRUS)) ||
                 ((r->text->in_text & MEANS(MEANS_VIRUS)) && !bounce_subject);
    if (is_list_mail(r) && !r->sender->daemon)
        virus = false;
    header = notice_header(r->source, KIND_VIRUS_NOTICE);
    if (header || (virus &&
                   (sender_is_machine(r->sender, r->source->message) ||
                    r->out->returned.where != RETURNED_NONE) &&
                   (r->sender->automatic || r->sender->daemon))) {
        kind_set(r, KIND_VIRUS_NOTICE, header ? "header" : "phrase",
                 header ? g_strdup_printf("The header %s marks a virus notice.", header)
                        : g_strdup("A mail system says that it found a virus."));
        return true;
    }
    return false;
}

/* An answering machine; asked before words like "not delivered" where its subject says so. */
static bool by_reply(Recognition *r, bool early)
{
    const char *header = notice_header(r->source, KIND_AUTO_REPLY);
    guint said = r->text->in_subject | r->text->in_text;
    bool away = said & MEANS(MEANS_AWAY);
    if (early && (r->sender->daemon || !(r->text->in_subject & MEANS(MEANS_AWAY)) ||
                  (r->text->in_subject & MEANS(MEANS_SUBJECT))))
        return false;
    if (is_list_mail(r) && !header)
        return false;
    if (!header && !(away && sender_is_machine(r->sender, r->source->message)))
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

/* A bounce without a report: who sent it, and what it says or brings. */
static bool by_words(Recognition *r)
{
    Bounce *bounce = r->out;
    bool in_subject = r->text->in_subject & (MEANS_TALK | MEANS(MEANS_SUBJECT));
    bool in_text = r->text->in_text & MEANS_TALK;
    bool returned = bounce->returned.where != RETURNED_NONE ||
                    ((r->text->in_text & MEANS(MEANS_RETURNED)) && bounce->has_diagnostic);
    bool brought = is_travelled(&bounce->returned) ||
                   (returned && (r->text->announced || bounce->returned.where == RETURNED_NONE));
    bool system = r->sender->daemon || r->sender->null_return_path;
    const char *path = source_header(r->source, "Return-Path");
    bool to_daemon = path && span_ifind(span_of(path), "mailer-daemon") >= 0;
    if (is_list_mail(r) && !r->sender->daemon && !(in_subject && returned))
        return false;
    if (g_str_has_prefix(r->source->subject, "Cron <") || is_correspondence(r))
        return false;
    if (!in_subject && !in_text && !(system && (returned || is_refused(bounce))))
        return false;
    bool enough = system ? in_subject || returned || bounce->has_diagnostic || to_daemon ||
                               (in_text && r->sender->null_return_path)
                         : r->sender->automatic && brought && (in_subject || in_text);
    if (!enough && !(to_daemon && (in_subject || bounce->has_diagnostic)))
        return false;
    kind_set(r, kind_of_words(r), r->sender->null_return_path ? "null-return-path" : "sender",
             g_strdup_printf("%s.", r->sender->null_return_path
                                        ? "Its return path is empty, as a bounce's is"
                                    : r->sender->daemon ? "It comes from a mail system's address"
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
    return sender->daemon || sender->automatic || sender->null_return_path ||
           structure->status >= 0 || structure->feedback >= 0 || structure->disposition >= 0 ||
           notice_header(source, KIND_CHALLENGE) || notice_header(source, KIND_VIRUS_NOTICE) ||
           notice_header(source, KIND_AUTO_REPLY) || source_header(source, "X-XARF") ||
           source_header(source, "X-ARF") || span_istarts(span_of(source->subject), JUNK_REPORT);
}

void recognise(const BounceSource *source, const BounceText *text, Bounce *out)
{
    Recognition r = {source, &source->sender, &source->structure, text, out};
    if (out->kind != KIND_NONE || by_report(&r))
        return;
    if (by_complaint(&r) || by_notice(&r) || by_reply(&r, true) || by_words(&r))
        return;
    by_reply(&r, false);
}
