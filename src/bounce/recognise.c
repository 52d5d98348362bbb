/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind of a message, decided on the outermost message only (tracing.md 0): by structure, by
 * headers, and by phrases under an automatic sender. What decided is kept as marks. */
#include <string.h>

#include "bounce/phrases.h"
#include "bounce/reading.h"

typedef struct Signs {
    bool daemon;          /* From a mail server's own mailbox, or a null return path */
    bool automatic;       /* ... or any sender that is no person */
    bool replied;         /* marked as an automatic answer */
    bool returned;        /* a returned message or its headers are there */
    bool strong_returned; /* ... with lines that only a message as it was sent has */
    const char *subject_phrase, *text_phrase;
} Signs;

static const char *header(const Reading *reading, const char *name)
{
    return message_header(reading->message, name);
}

static bool contains_any(const char *text, const char *const *words, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* The mailbox that mail servers write as. */
static bool is_daemon_name(const char *local, const char *from)
{
    static const char *const locals[] = {"mailer-daemon", "mailer_daemon", "mailerdaemon",
                                         "mail-daemon",   "maildaemon",    "mailer.daemon",
                                         "postmaster",    "mdaemon",       "mailer-deamon",
                                         "mail.daemon",   "mailsystem",    "mail-system"};
    static const char *const names[] = {"mail delivery",
                                        "maildelivery",
                                        "mailer-daemon",
                                        "mailer daemon",
                                        "mail system",
                                        "mail-delivery",
                                        "delivery subsystem",
                                        "delivery system",
                                        "mail deliver",
                                        "email delivery",
                                        "delivery status",
                                        "mail router",
                                        "postmaster",
                                        "mail transfer",
                                        "mail server",
                                        "mail administrator",
                                        "delivery notification",
                                        "internet mail",
                                        "smtp daemon",
                                        "mailer_daemon",
                                        "maildaemon",
                                        "mail daemon",
                                        "mta ",
                                        "undeliverable"};
    if (contains_any(local, locals, G_N_ELEMENTS(locals)))
        return true;
    const char *angle = strchr(from, '<');
    g_autofree char *name = angle ? g_strndup(from, (gsize)(angle - from)) : g_strdup(from);
    return contains_any(name, names, G_N_ELEMENTS(names));
}

static bool is_automatic_name(const char *local, const char *from)
{
    static const char *const exact[] = {
        "root",   "admin",     "administrator", "daemon",     "mmdf",      "uucp",     "smtp",
        "mail",   "mailer",    "system",        "listserv",   "nobody",    "support",  "info",
        "bounce", "bounces",   "error",         "errors",     "majordomo", "sysadmin", "abuse",
        "virus",  "antivirus", "security",      "hostmaster", "webmaster", "delivery", "mta",
        "report", "reports",   "server"};
    static const char *const parts[] = {
        "no-reply",  "noreply",     "no_reply",  "donotreply", "do-not-reply", "do_not_reply",
        "-admin",    "admin-",      "admin@",    "bounce",     "auto",         "notification",
        "notify",    "mailscanner", "antivirus", "amavis",     "daemon",       "delivery",
        "undeliver", "responder",   "gateway",   "filter",     "mailguard",    "symantec"};
    static const char *const names[] = {"system administrator",
                                        "system attendant",
                                        "administrator",
                                        "microsoft outlook",
                                        "mailmarshal",
                                        "mail gate",
                                        "gateway",
                                        "mailscanner",
                                        "antivirus",
                                        "system anti-virus",
                                        "amavis",
                                        "scanmail",
                                        "groupshield",
                                        "do not reply",
                                        "システム管理者",
                                        "администратор"};
    for (gsize i = 0; i < G_N_ELEMENTS(exact); i++)
        if (strcmp(local, exact[i]) == 0)
            return true;
    return contains_any(local, parts, G_N_ELEMENTS(parts)) ||
           contains_any(from, names, G_N_ELEMENTS(names)) || *local == '\0';
}

static bool auto_submitted(const Reading *reading)
{
    const char *value = header(reading, "Auto-Submitted");
    return value && !span_istarts(span_trim(span_of(value)), "no");
}

static bool is_auto_replied(const Reading *reading)
{
    static const char *const names[] = {"X-Autoreply",      "X-Auto-Reply",    "X-Autorespond",
                                        "X-Autoresponder",  "X-Vacation",      "X-Autogenerated",
                                        "X-AutoReply-From", "X-Mail-Autoreply"};
    const char *precedence = header(reading, "Precedence");
    if (auto_submitted(reading))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (header(reading, names[i]))
            return true;
    return precedence && (span_ifind(span_of(precedence), "auto") >= 0);
}

static Signs read_signs(Reading *reading)
{
    Signs signs = {0};
    const Bounce *bounce = reading->bounce;
    const char *path = header(reading, "Return-Path");
    signs.daemon = bounce->null_return_path || is_daemon_name(reading->local, reading->from_name) ||
                   (path && span_ifind(span_of(path), "mailer-daemon") >= 0);
    signs.automatic = signs.daemon || is_automatic_name(reading->local, reading->from_name) ||
                      header(reading, "X-Failed-Recipients");
    signs.replied = is_auto_replied(reading);
    signs.returned = bounce->returned.where != RETURNED_NONE;
    signs.strong_returned = signs.returned && (headers_get(bounce->returned.headers, "Received") ||
                                               bounce->returned.message_id);
    signs.subject_phrase = phrase_find(PHRASE_BOUNCE_SUBJECT, reading->subject);
    signs.text_phrase = phrase_find(PHRASE_BOUNCE_TEXT, reading->lower);
    reading->subject_phrase = signs.subject_phrase != NULL;
    reading->phrase = signs.subject_phrase || signs.text_phrase;
    return signs;
}

/* failure, delay or success, of what is known to be one of them. */
static BounceKind bounce_kind_of(const Reading *reading)
{
    const GPtrArray *recipients = reading->bounce->recipients;
    bool failed = false, delayed = false, good = false;
    for (guint i = 0; i < recipients->len; i++) {
        const Recipient *r = recipients->pdata[i];
        const char *action = r->action;
        if (!action)
            continue;
        failed = failed || strcmp(action, "failed") == 0;
        delayed = delayed || strcmp(action, "delayed") == 0;
        good = good || strcmp(action, "delivered") == 0 || strcmp(action, "relayed") == 0 ||
               strcmp(action, "expanded") == 0;
    }
    if (failed)
        return KIND_FAILURE;
    if (delayed)
        return KIND_DELAY;
    if (good)
        return KIND_SUCCESS;
    g_autofree char *head = g_strndup(reading->lower, 3000);
    if (phrase_find(PHRASE_DELAY, reading->subject) || phrase_find(PHRASE_DELAY, head))
        return KIND_DELAY;
    if (phrase_find(PHRASE_SUCCESS, reading->subject))
        return KIND_SUCCESS;
    if (!phrase_find(PHRASE_BOUNCE_TEXT, head) && phrase_find(PHRASE_SUCCESS, head))
        return KIND_SUCCESS;
    return KIND_FAILURE;
}

static bool decide(Reading *reading, BounceKind kind, const char *rule, char *text)
{
    reading->bounce->kind = kind;
    reading_mark(reading, rule, text);
    return true;
}

static int find_type(const Reading *reading, const char *type)
{
    const Message *message = reading->message;
    for (guint i = 0; i < message->parts->len && i < 40; i++) {
        const Part *part = message_part(message, i);
        if (strcmp(part->type, type) != 0)
            continue;
        int up = part->parent;
        while (up > 0 && g_str_has_prefix(message_part(message, (guint)up)->type, "multipart/"))
            up = message_part(message, (guint)up)->parent;
        if (up <= 0)
            return (int)i;
    }
    return -1;
}

static bool is_abuse_report(Reading *reading)
{
    bool typed = reading->report_type && strcmp(reading->report_type, "feedback-report") == 0;
    if (!typed && find_type(reading, "message/feedback-report") < 0)
        return false;
    reading->bounce->has_report = true;
    reading->bounce->format = "arf";
    return decide(reading, KIND_ABUSE_REPORT, "feedback-report",
                  g_strdup("It holds a feedback report (RFC 5965)."));
}

/* RFC 8098; one that says "rejected" is a bounce in another dress. */
static bool is_receipt(Reading *reading)
{
    int part = find_type(reading, "message/disposition-notification");
    bool typed =
        reading->report_type && strcmp(reading->report_type, "disposition-notification") == 0;
    if ((!typed && part < 0) || reading->status >= 0)
        return false;
    const char *submitted = header(reading, "Auto-Submitted");
    reading->bounce->has_report = true;
    reading->bounce->format = "mdn";
    if (submitted && strstr(submitted, "rejected"))
        return decide(reading, KIND_FAILURE, "disposition-rejected",
                      g_strdup("It holds a disposition notification that rejects the message."));
    return decide(reading, KIND_READ_RECEIPT, "disposition-notification",
                  g_strdup("It holds a disposition notification (RFC 8098)."));
}

static bool is_report(Reading *reading, const Signs *signs)
{
    Bounce *bounce = reading->bounce;
    if (reading->status < 0)
        return false;
    if (reading->report < 0 && !signs->automatic && !signs->subject_phrase)
        return false;
    bounce->has_report = true;
    bounce->format = "rfc3464";
    return decide(reading, bounce_kind_of(reading), "delivery-status",
                  g_strdup("It holds a delivery status report (RFC 3464)."));
}

/* A report by its type, whose status part is missing. */
static bool is_bare_report(Reading *reading, const Signs *signs)
{
    if (reading->report < 0 || !signs->automatic || !(signs->returned || reading->phrase))
        return false;
    if (reading->report_type && strcmp(reading->report_type, "delivery-status") != 0)
        return false;
    return decide(reading, bounce_kind_of(reading), "report-type",
                  g_strdup("Its type is a delivery report, though the status part is missing."));
}

static bool has_header_of(const Reading *reading, const char *const *names, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (header(reading, names[i]))
            return true;
    return false;
}

static bool is_challenge(Reading *reading, const Signs *signs)
{
    static const char *const names[] = {
        "X-TMDA-Confirm", "X-Challenge",  "X-Spamarrest-SenderAuth", "X-Boxtrapper", "X-ASK-Action",
        "X-Mailblocks",   "X-Qsecretary", "X-Challenge-Response"};
    const char *agent = header(reading, "X-Delivery-Agent");
    bool by_header =
        has_header_of(reading, names, G_N_ELEMENTS(names)) || (agent && strstr(agent, "TMDA"));
    g_autofree char *head = g_strndup(reading->lower, 4000);
    bool list = phrase_find(PHRASE_CONFIRM, head) || phrase_find(PHRASE_CONFIRM, reading->subject);
    bool answers = signs->replied || signs->daemon || strstr(reading->local, "challenge") ||
                   strstr(reading->local, "confirm");
    bool held = strstr(head, "held") || strstr(head, "your message") ||
                strstr(head, "your e-mail") || strstr(head, "your email") ||
                strstr(head, "your mail") || strstr(head, "ihre nachricht") ||
                strstr(head, "votre message") || strstr(head, "su mensaje");
    bool by_phrase = answers && !list && held && reading->status < 0 && !signs->strong_returned &&
                     (phrase_find(PHRASE_CHALLENGE, head) != NULL);
    if (!by_header && !by_phrase)
        return false;
    reading->bounce->format = "text";
    return decide(reading, KIND_CHALLENGE, by_header ? "challenge-header" : "challenge-phrase",
                  g_strdup("It asks the sender to prove that he is a person."));
}

static bool is_virus_notice(Reading *reading, const Signs *signs)
{
    static const char *const names[] = {"X-Virus-Notification", "X-AntiVirus-Notification",
                                        "X-Virus-Alert", "X-Amavis-Alert"};
    bool by_header = has_header_of(reading, names, G_N_ELEMENTS(names));
    g_autofree char *head = g_strndup(reading->lower, 4000);
    bool phrase = phrase_find(PHRASE_VIRUS, reading->subject) != NULL &&
                  phrase_find(PHRASE_VIRUS, head) != NULL;
    bool about_mail = strstr(head, "mail") || strstr(head, "message") || strstr(head, "nachricht");
    if (by_header && !phrase_find(PHRASE_VIRUS, head))
        by_header = false;
    bool answers = signs->replied || signs->automatic;
    if (!by_header && !(answers && phrase && about_mail))
        return false;
    if (signs->subject_phrase && signs->daemon && signs->strong_returned)
        return false; /* a bounce with a reason */
    reading->bounce->format = "text";
    return decide(reading, KIND_VIRUS_NOTICE, by_header ? "virus-header" : "virus-phrase",
                  g_strdup("A virus filter reports what it found in a message."));
}

static bool is_auto_reply(Reading *reading, const Signs *signs)
{
    if (!signs->replied && !reading->bounce->null_return_path)
        return false;
    g_autofree char *head = g_strndup(reading->lower, 6000);
    const char *phrase = phrase_find(PHRASE_VACATION, reading->subject);
    if (!phrase)
        phrase = phrase_find(PHRASE_VACATION, head);
    if (!phrase && signs->replied)
        phrase = phrase_find(PHRASE_CONFIRM, head);
    if (!phrase && signs->replied)
        phrase = phrase_find(PHRASE_CONFIRM, reading->subject);
    const char *submitted = header(reading, "Auto-Submitted");
    bool says = submitted && strstr(submitted, "replied");
    if (!phrase && !(says && header(reading, "In-Reply-To")))
        return false;
    reading->bounce->format = "text";
    return decide(reading, KIND_AUTO_REPLY, "auto-reply",
                  phrase ? g_strdup_printf("It is marked as automatic and says \"%s\".", phrase)
                         : g_strdup("It is marked as an automatic answer (RFC 3834)."));
}

/* A person's mail, a list's, a patch: never a bounce, whatever it quotes. */
static bool is_personal(const Reading *reading, const Signs *signs)
{
    if (signs->daemon)
        return false;
    if (header(reading, "List-Id") || header(reading, "List-Post") ||
        header(reading, "X-Mailing-List"))
        return true;
    return strncmp(reading->subject, "re:", 3) == 0 || strncmp(reading->subject, "fwd:", 4) == 0 ||
           strncmp(reading->subject, "fw:", 3) == 0 || strncmp(reading->subject, "aw:", 3) == 0 ||
           strncmp(reading->subject, "wg:", 3) == 0;
}

static bool is_text_bounce(Reading *reading, const Signs *signs)
{
    Bounce *bounce = reading->bounce;
    const char *phrase = signs->subject_phrase ? signs->subject_phrase : signs->text_phrase;
    if (is_personal(reading, signs) || !signs->automatic)
        return false;
    if (signs->daemon && (phrase || signs->returned)) {
        if (!signs->subject_phrase && !signs->returned && bounce->null_return_path &&
            !is_daemon_name(reading->local, reading->from_name) && !signs->text_phrase)
            return false;
        reading_mark(reading, bounce->null_return_path ? "null-return-path" : "daemon-sender",
                     bounce->null_return_path ? g_strdup("Its return path is empty.")
                                              : g_strdup("A mail server's own mailbox sent it."));
    } else if (!(phrase && signs->returned)) {
        return false;
    }
    bounce->format = "text";
    return decide(reading, bounce_kind_of(reading), phrase ? "phrase" : "returned-message",
                  phrase ? g_strdup_printf("It says \"%s\".", phrase)
                         : g_strdup("It carries a returned message."));
}

void recognise(Reading *reading)
{
    Signs signs = read_signs(reading);
    bool person = !is_daemon_name(reading->local, reading->from_name) && !signs.subject_phrase &&
                  !header(reading, "X-Failed-Recipients");
    if (is_abuse_report(reading) || is_receipt(reading) || is_report(reading, &signs))
        return;
    if (is_virus_notice(reading, &signs) || is_challenge(reading, &signs))
        return;
    if (person && is_auto_reply(reading, &signs))
        return;
    if (is_bare_report(reading, &signs) ||
        (signs.subject_phrase && is_text_bounce(reading, &signs)))
        return;
    /* an answer with a null return path, from a person's mailbox, without a returned message */
    if (!signs.strong_returned && !is_daemon_name(reading->local, reading->from_name) &&
        is_auto_reply(reading, &signs))
        return;
    is_text_bounce(reading, &signs);
}
