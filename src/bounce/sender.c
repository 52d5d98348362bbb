/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sent a message: see sender.h. */
#include "bounce/sender.h"

#include <string.h>

#include "base/address.h"
#include "message/header_decode.h"
#include "words/text.h"

/* Starts of local parts that mail systems write from. */
static const char *const daemons[] = {"mailer-daemon", "mailer_daemon",     "mailerdaemon",
                                      "mailer.daemon", "mail-daemon",       "maildaemon",
                                      "postmaster",    "post_master",       "post-master",
                                      "mail.delivery", "mail-delivery",     "maildelivery",
                                      "mail delivery", "mail_delivery",     "mdaemon",
                                      "mailadm",       "mail-system",       "mailsystem",
                                      "mmdf",          "microsoftexchange", NULL};

/* Starts, or pieces where they begin with "*", of what other programs write from. */
static const char *const programs[] = {"no-reply",      "noreply",
                                       "no_reply",      "do-not-reply",
                                       "donotreply",    "do_not_reply",
                                       "admin",         "*-admin",
                                       "*_admin",       "administrator",
                                       "system",        "*-request",
                                       "*-owner",       "owner-",
                                       "*-bounces",     "listserv",
                                       "majordomo",     "imss",
                                       "interscan",     "mailscan",
                                       "*virus",        "amavis",
                                       "content",       "mailgate",
                                       "mailsweep",     "mailmarshal",
                                       "notification",  "alert",
                                       "bounce",        "root",
                                       "mail",          "smtp",
                                       "dmarc-noreply", "feedbackloop",
                                       "abuse",         "delivery",
                                       "daemon",        "gateway",
                                       "quarantine",    "sysadmin",
                                       "sys-admin",     "sysop",
                                       "robot",         "server",
                                       "returns",       "undeliverable",
                                       "failure",       "error",
                                       "mta-",          "relay",
                                       "antispam",      "firewall",
                                       "autoresp",      "automailer",
                                       "spam",          "security",
                                       "mimesweeper",   NULL};

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

/* The local part of @address in lower case, quotes off; "" for none. The caller frees it. */
static char *local_of(const char *address)
{
    const char *at = address ? strrchr(address, '@') : NULL;
    g_autofree char *local = g_ascii_strdown(address ? address : "", at ? at - address : -1);
    return g_strdup(local[0] == '"' ? local + 1 : local);
}

/* Lines that carry the envelope sender: Return-Path, and mbox's. */
static void read_return_path(Sender *sender, const Message *message)
{
    const char *path = message_header(message, "Return-Path");
    if (!path)
        return;
    sender->return_path = address_bounded(path);
    g_autofree char *local = local_of(sender->return_path ? sender->return_path
                                      : path[0] == '<'    ? path + 1
                                                          : path);
    sender->null_return_path = !sender->return_path && span_find(span_of(path), "<>") >= 0;
    if (span_trim(span_of(path)).n == 0)
        sender->null_return_path = true;
    if (starts_with_any(local, daemons) || sender->null_return_path)
        sender->automatic = true;
}

static bool is_marked(const Message *message)
{
    const char *submitted = message_header(message, "Auto-Submitted");
    return submitted && !span_istarts(span_trim(span_of(submitted)), "no");
}

void sender_read(Sender *sender, const Message *message)
{
    const char *from = message_header(message, "From");
    g_autofree char *decoded = header_decode(from ? from : "");
    g_autofree char *folded = text_fold(span_of(decoded));
    *sender = (Sender){0};
    sender->from = address_bounded(from);
    if (sender->from && sender->from[0] != '"' && strpbrk(sender->from, " \t"))
        g_clear_pointer(&sender->from, g_free); /* "name name@oak.example" is nobody's address */
    sender->from_domain = sender->from ? address_domain(sender->from) : NULL;
    sender->nameless = from && !sender->from;
    g_autofree char *local = local_of(sender->from ? sender->from : folded);
    read_return_path(sender, message);
    sender->daemon = starts_with_any(local, daemons) ||
                     (sender->nameless && (strstr(folded, "<>") || strstr(folded, "daemon")));
    for (const char *const *name = names; *name; name++)
        sender->automatic = sender->automatic || strstr(folded, *name);
    sender->automatic = sender->automatic || sender->daemon || is_marked(message) ||
                        starts_with_any(local, programs) ||
                        message_header(message, "X-Failed-Recipients");
}

void sender_clear(Sender *sender)
{
    g_clear_pointer(&sender->from, g_free);
    g_clear_pointer(&sender->from_domain, g_free);
    g_clear_pointer(&sender->return_path, g_free);
}

bool sender_is_machine(const Sender *sender, const Message *message)
{
    return sender->daemon || sender->null_return_path || is_marked(message);
}
