/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of message it is: evidence from the sender, the structure and the phrases, on the
 * outermost message only. */
#include <string.h>

#include "base/address.h"
#include "bounce/phrases.h"

void mark_add(Bounce *bounce, const char *rule, char *text)
{
    KindMark *mark = g_new0(KindMark, 1);
    mark->rule = g_strdup(rule);
    mark->text = text;
    g_ptr_array_add(bounce->marks, mark);
}

/* Starts of local parts that mail systems write from. */
static const char *const daemons[] = {"mailer-daemon", "mailer_daemon",     "mailerdaemon",
                                      "mailer.daemon", "mail-daemon",       "maildaemon",
                                      "postmaster",    "post_master",       "post-master",
                                      "mail.delivery", "mail-delivery",     "maildelivery",
                                      "mail delivery", "mail_delivery",     "mdaemon",
                                      "mailadm",       "mail-system",       "mailsystem",
                                      "mmdf",          "microsoftexchange", NULL};

/* Starts, or pieces where they begin with "*", of what other programs write from. */
static const char *const programs[] = {
    "no-reply",  "noreply",     "no_reply",      "do-not-reply",  "donotreply", "do_not_reply",
    "admin",     "*-admin",     "*_admin",       "administrator", "system",     "*-request",
    "*-owner",   "owner-",      "*-bounces",     "listserv",      "majordomo",  "imss",
    "interscan", "mailscan",    "*virus",        "amavis",        "content",    "mailgate",
    "mailsweep", "mailmarshal", "notification",  "alert",         "bounce",     "root",
    "mail",      "smtp",        "dmarc-noreply", "feedbackloop",  "abuse",      "delivery",
    "daemon",    "gateway",     "quarantine",    "spam",          "security",   "mimesweeper",
    NULL};

static const char *const names[] = {"mail delivery",
                                    "mail deliver ",
                                    "system administrator",
                                    "mailer-daemon",
                                    "mailer daemon",
                                    "mail administrator",
                                    "mail system",
                                    "postmaster",
                                    "interscan",
                                    "delivery subsystem",
                                    NULL};

static bool starts_with_any(const char *text, const char *const *list)
{
    for (; *list; list++) {
        const char *word = *list;
        if (*word == '*' ? strstr(text, word + 1) != NULL : g_str_has_prefix(text, word))
            return true;
    }
    return false;
}

static bool header_has(const Message *message, const char *name, const char *piece)
{
    const char *value = message_header(message, name);
    return value && span_ifind(span_of(value), piece) >= 0;
}

/* The local part of @address in lower case, quotes off; "" for none. The caller frees it. */
static char *local_of(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;
    g_autofree char *local = g_ascii_strdown(address ? address : "", at ? at - address : -1);
    return g_strdup(local[0] == '"' ? local + 1 : local);
}

/* Lines that carry the envelope sender: Return-Path, and mbox's. */
static void read_return_path(Reading *r)
{
    const char *path = message_header(r->message, "Return-Path");
    if (!path)
        return;
    g_autofree char *address = address_extract(span_of(path));
    g_autofree char *local = local_of(address ? address : path[0] == '<' ? path + 1 : path);
    r->bounce->null_return_path = !address && span_find(span_of(path), "<>") >= 0;
    if (span_trim(span_of(path)).n == 0)
        r->bounce->null_return_path = true;
    if (starts_with_any(local, daemons) || r->bounce->null_return_path)
        r->automatic = true;
}

void recognise_sender(Reading *r)
{
    Bounce *bounce = r->bounce;
    const char *from = message_header(r->message, "From");
    g_autofree char *decoded = header_decode(from ? from : "");
    g_autofree char *folded = text_fold(span_of(decoded));
    bounce->from = from ? address_extract(span_of(from)) : NULL;
    bounce->from_domain = bounce->from ? address_domain(bounce->from) : NULL;
    g_autofree char *local = local_of(bounce->from ? bounce->from : folded);
    read_return_path(r);
    r->daemon = starts_with_any(local, daemons) ||
                (from && !bounce->from && (strstr(folded, "<>") || strstr(folded, "daemon")));
    const char *submitted = message_header(r->message, "Auto-Submitted");
    bool marked = submitted && !span_istarts(span_trim(span_of(submitted)), "no");
    for (const char *const *name = names; *name; name++)
        r->automatic = r->automatic || strstr(folded, *name);
    r->automatic = r->automatic || r->daemon || marked || starts_with_any(local, programs) ||
                   message_header(r->message, "X-Failed-Recipients");
}

static void kind_set(Reading *r, BounceKind kind, const char *rule, char *text)
{
    r->bounce->kind = kind;
    mark_add(r->bounce, rule, text);
}

static BounceKind kind_of_actions(const Reading *r)
{
    bool failed = false, delayed = false, done = false;
    for (guint i = 0; i < r->bounce->recipients->len; i++) {
        const Recipient *one = r->bounce->recipients->pdata[i];
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
    Reply reply;
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *one = bounce->recipients->pdata[i];
        if (one->diagnostic && reply_find(span_of(one->diagnostic), &reply))
            return true;
    }
    return false;
}

static BounceKind kind_of_words(const Reading *r)
{
    guint text = r->in_text, subject = r->in_subject;
    if (subject & MEANS(MEANS_DELAY))
        return KIND_DELAY;
    if ((text & MEANS(MEANS_DELAY)) && !(text & MEANS(MEANS_PERMANENT)))
        return KIND_DELAY;
    if (((text | subject) & MEANS(MEANS_SUCCESS)) && !(text & MEANS(MEANS_PERMANENT)) &&
        ((subject & MEANS(MEANS_SUCCESS)) || !(subject & MEANS(MEANS_FAILURE))) &&
        !is_refused(r->bounce))
        return KIND_SUCCESS;
    return KIND_FAILURE;
}

/* A machine-readable report in the message's own structure. */
static bool by_report(Reading *r)
{
    Bounce *bounce = r->bounce;
    bool rejected = header_has(r->message, "Auto-Submitted", "rejected");
    bool addressed = r->daemon || r->automatic;
    const Part *root = message_part(r->message, (guint)r->base);
    bool report = strcmp(root->type, "multipart/report") == 0;
    if (r->feedback >= 0 && (report || addressed)) {
        kind_set(r, KIND_ABUSE_REPORT, "feedback-report",
                 g_strdup("It holds a feedback report (RFC 5965)."));
    } else if (r->disposition >= 0 && r->status < 0) {
        kind_set(r, rejected ? KIND_FAILURE : KIND_READ_RECEIPT, "disposition-notification",
                 g_strdup(rejected ? "It holds a disposition notification that says: rejected."
                                   : "It holds a disposition notification (RFC 8098)."));
    } else if (r->status >= 0) {
        const Part *status = message_part(r->message, (guint)r->status);
        const Part *parent = message_part(r->message, (guint)MAX(status->parent, 0));
        if (strcmp(parent->type, "multipart/report") != 0 && !addressed)
            return false;
        BounceKind kind = kind_of_actions(r);
        kind_set(r, kind == KIND_NONE ? kind_of_words(r) : kind, "delivery-status",
                 g_strdup("It holds a delivery status report (RFC 3464)."));
        if (r->base != 0)
            mark_add(bounce, "wrapper",
                     g_strdup("A filter passed the report on as an attachment."));
    } else {
        return false;
    }
    bounce->has_report = true;
    return true;
}

typedef struct HeaderMark {
    const char *name;
    const char *piece; /* in its value; NULL: any value */
} HeaderMark;

static const HeaderMark challenge_headers[] = {
    {"X-Boxtrapper", NULL},         {"X-ASK-Auth", NULL},       {"X-ChoiceMail-Registration", NULL},
    {"X-Spamarrest", NULL},         {"X-TMDA-Challenge", NULL}, {"X-TMDA-Confirm", NULL},
    {"X-Mailblocks", NULL},         {"X-Challenge", NULL},      {"X-Challenge-Response", NULL},
    {"X-Bluebottle-Request", NULL}, {"X-UOL-Confirm", NULL},    {"X-AntiSpam-Challenge", NULL},
    {"X-Delivery-Agent", "tmda"},   {"X-Mailer", "challenge"},
};

static const HeaderMark virus_headers[] = {
    {"X-Virus-Notification", NULL},     {"X-Virus-Alert", NULL},  {"X-Amavis-Alert", NULL},
    {"X-Antivirus-Notification", NULL}, {"X-Virus-Report", NULL},
};

static const HeaderMark reply_headers[] = {
    {"Auto-Submitted", "auto-replied"},
    {"X-Autoreply", NULL},
    {"X-Autorespond", NULL},
    {"X-Autoresponder", NULL},
    {"X-AutoReply-From", NULL},
    {"X-Autoreply-From", NULL},
    {"X-Mail-Autoreply", NULL},
    {"X-Auto-Reply", NULL},
    {"X-Vacation", NULL},
    {"X-Apple-Action", "vacation"},
    {"Precedence", "auto_reply"},
    {"Precedence", "auto-reply"},
    {"X-Precedence", "auto_reply"},
    {"Delivered-To", "autoresponder"},
    {"X-Autogenerated", "reply"},
    {"X-POST-MessageClass", "autoresponder"},
    {"X-Mailer", "vacation"},
    {"X-Mailer", "autoresponder"},
    {"X-MSFBL-AutoReply", NULL},
};

#define ANY_HEADER(r, table, found) any_header((r), (table), G_N_ELEMENTS(table), (found))

static bool any_header(const Reading *r, const HeaderMark *table, gsize n, const char **found)
{
    for (gsize i = 0; i < n; i++) {
        bool there = table[i].piece ? header_has(r->message, table[i].name, table[i].piece)
                                    : message_header(r->message, table[i].name) != NULL;
        if (there) {
            *found = table[i].name;
            return true;
        }
    }
    return false;
}

/* Addressed to many: nothing that it says is an answer to one message of ours. */
static bool is_list_mail(const Reading *r)
{
    return message_header(r->message, "List-Unsubscribe") ||
           message_header(r->message, "List-Post") || message_header(r->message, "List-Id");
}

static bool is_machine(const Reading *r)
{
    const char *submitted = message_header(r->message, "Auto-Submitted");
    return r->daemon || r->bounce->null_return_path ||
           (submitted && !span_istarts(span_trim(span_of(submitted)), "no"));
}

/* Complaints without a feedback report: X-ARF, and the Junk Mail Reporting Program of Hotmail. */
static bool by_complaint(Reading *r)
{
    const GPtrArray *back = r->bounce->returned.headers;
    bool xarf = message_header(r->message, "X-XARF") || message_header(r->message, "X-ARF");
    bool junk = headers_get(back, "X-HmXmrOriginalRecipient") ||
                (g_ascii_strncasecmp(r->subject, "complaint about message from", 28) == 0 &&
                 r->bounce->returned.where != RETURNED_NONE);
    if (!xarf && !junk)
        return false;
    kind_set(r, KIND_ABUSE_REPORT, xarf ? "header" : "complaint",
             g_strdup(xarf ? "Its header says that it is an X-ARF report."
                           : "It complains about a message and brings it back."));
    r->bounce->has_report = xarf;
    return true;
}

/* Notices that are told by their headers, or by their sender and words. */
static bool by_notice(Reading *r)
{
    const char *header = NULL;
    guint said = r->in_subject | r->in_text;
    bool bounce_subject = r->in_subject & (MEANS(MEANS_SUBJECT) | MEANS(MEANS_DELAY));
    if (ANY_HEADER(r, challenge_headers, &header) ||
        (is_machine(r) && (said & MEANS(MEANS_CHALLENGE)) && !bounce_subject &&
         r->bounce->returned.where == RETURNED_NONE)) {
        kind_set(r, KIND_CHALLENGE, header ? "header" : "phrase",
                 header ? g_strdup_printf("The header %s marks a challenge.", header)
                        : g_strdup("A machine asks for proof that a person wrote."));
        return true;
    }
    bool virus = (r->in_subject & MEANS(MEANS_VIRUS)) ||
                 ((r->in_text & MEANS(MEANS_VIRUS)) && !bounce_subject);
    if (is_list_mail(r) && !r->daemon)
        virus = false;
    if (ANY_HEADER(r, virus_headers, &header) ||
        (virus && (is_machine(r) || r->bounce->returned.where != RETURNED_NONE) &&
         (r->automatic || r->daemon))) {
        kind_set(r, KIND_VIRUS_NOTICE, header ? "header" : "phrase",
                 header ? g_strdup_printf("The header %s marks a virus notice.", header)
                        : g_strdup("A mail system says that it found a virus."));
        return true;
    }
    return false;
}

/* An answering machine; asked before words like "not delivered" where its subject says so. */
static bool by_reply(Reading *r, bool early)
{
    const char *header = NULL;
    bool marked = ANY_HEADER(r, reply_headers, &header);
    guint said = r->in_subject | r->in_text;
    bool away = said & MEANS(MEANS_AWAY);
    if (early && (r->daemon || !(r->in_subject & MEANS(MEANS_AWAY)) ||
                  (r->in_subject & MEANS(MEANS_SUBJECT))))
        return false;
    if (is_list_mail(r) && !marked)
        return false;
    if (!marked && !(away && is_machine(r)))
        return false;
    kind_set(r, KIND_AUTO_REPLY, marked ? "header" : "phrase",
             marked ? g_strdup_printf("The header %s marks an automatic reply.", header)
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
static bool is_correspondence(const Reading *r)
{
    static const char *const forwards[] = {"fwd:", "fw:", "wg:", "tr:", "rv:", "doorst:", NULL};
    static const char *const answers[] = {"re:", "aw:", "sv:", "antw:", "odp:", NULL};
    if (r->bounce->null_return_path)
        return false;
    for (const char *const *start = forwards; *start; start++)
        if (span_istarts(span_of(r->subject), *start))
            return true;
    if (r->daemon && (is_travelled(&r->bounce->returned) || is_refused(r->bounce)))
        return false;
    for (const char *const *start = answers; *start; start++)
        if (span_istarts(span_of(r->subject), *start))
            return true;
    return false;
}

/* A bounce without a report: who sent it, and what it says or brings. */
static bool by_words(Reading *r)
{
    Bounce *bounce = r->bounce;
    guint talk = MEANS(MEANS_FAILURE) | MEANS(MEANS_DELAY) | MEANS(MEANS_SUCCESS);
    bool in_subject = r->in_subject & (talk | MEANS(MEANS_SUBJECT));
    bool in_text = r->in_text & talk;
    bool returned = bounce->returned.where != RETURNED_NONE ||
                    ((r->in_text & MEANS(MEANS_RETURNED)) && bounce->has_diagnostic);
    bool brought = is_travelled(&bounce->returned) ||
                   (returned && (r->announced || bounce->returned.where == RETURNED_NONE));
    bool system = r->daemon || bounce->null_return_path;
    const char *path = message_header(r->message, "Return-Path");
    bool to_daemon = path && span_ifind(span_of(path), "mailer-daemon") >= 0;
    if (is_list_mail(r) && !r->daemon && !(in_subject && returned))
        return false;
    if (g_str_has_prefix(r->subject, "Cron <") || is_correspondence(r))
        return false;
    if (!in_subject && !in_text && !(system && (returned || is_refused(bounce))))
        return false;
    bool enough = system ? in_subject || returned || bounce->has_diagnostic || to_daemon ||
                               (in_text && bounce->null_return_path)
                         : r->automatic && brought && (in_subject || in_text);
    if (!enough && !(to_daemon && (in_subject || bounce->has_diagnostic)))
        return false;
    kind_set(r, kind_of_words(r), bounce->null_return_path ? "null-return-path" : "sender",
             g_strdup_printf("%s.", bounce->null_return_path
                                        ? "Its return path is empty, as a bounce's is"
                                    : r->daemon ? "It comes from a mail system's address"
                                                : "It comes from a program's address"));
    if (in_subject || in_text)
        mark_add(bounce, "phrase",
                 g_strdup_printf("Its %s speaks of mail that was not delivered.",
                                 in_subject ? "subject" : "text"));
    if (returned)
        mark_add(bounce, "returned-message", g_strdup("It brings a message back."));
    return true;
}

bool recognise_possible(const Reading *r)
{
    const char *header;
    return r->daemon || r->automatic || r->bounce->null_return_path || r->status >= 0 ||
           r->feedback >= 0 || r->disposition >= 0 || ANY_HEADER(r, challenge_headers, &header) ||
           ANY_HEADER(r, virus_headers, &header) || ANY_HEADER(r, reply_headers, &header) ||
           message_header(r->message, "X-XARF") || message_header(r->message, "X-ARF") ||
           g_ascii_strncasecmp(r->subject, "complaint about message from", 28) == 0;
}

void recognise(Reading *r)
{
    if (r->bounce->kind != KIND_NONE || by_report(r))
        return;
    if (by_complaint(r) || by_notice(r) || by_reply(r, true) || by_words(r))
        return;
    by_reply(r, false);
}
