/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logins. See login.h. */
#include "verdict/login.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"
#include "verdict/origin.h"
#include "verdict/question.h"

/* @name, as the server @by calls its user, is one of our addresses: in whole, or by the server's
 * own domain. */
static bool is_our_login(const Case *c, const char *name, const char *by)
{
    if (!name || !*name)
        return false;
    if (strchr(name, '@'))
        return identity_has_address(c->identity, name);
    for (guint i = 0; i < c->identity->addresses->len; i++) {
        const char *address = c->identity->addresses->pdata[i], *at = strrchr(address, '@');
        if (at && strlen(name) == (gsize)(at - address) &&
            g_ascii_strncasecmp(name, address, strlen(name)) == 0 && house_same(at + 1, by))
            return true;
    }
    return false;
}

Login login_find(const Case *c)
{
    Login login = {NULL, false, false, NULL};
    const Trace *trace = c->trace;
    for (guint i = 0; i < trace->returned->len; i++) {
        const Hop *hop = trace->returned->pdata[i];
        if (!origin_is_believed(trace->returned_notes[i].mark))
            break;
        if (hop->authenticated) {
            login.hop = hop;
            /* into a browser's line its proxy, or what speaks for one, writes words of its own */
            login.capped = trace_is_capped_at(trace, (int)i) || peer_is_of_browser(hop);
        }
    }
    if (!login.hop)
        return login;
    login.name = g_strdup(login.hop->login);
    login.own =
        is_our_login(c, login.name, login.hop->by) || peer_written_by_own(login.hop, c->identity);
    return login;
}

void login_clear(Login *login)
{
    g_clear_pointer(&login->name, g_free);
}

/* The client's address is one of the public net that nobody has called known. */
static bool is_strange(const Case *c, const Ip *ip)
{
    return ip_kind(ip) == IP_PUBLIC && !identity_owns_ip(c->identity, ip) &&
           !case_is_shared(c, ip) && !identity_knows_login(c->identity, ip);
}

/* The sentence of the warning. */
static char *warning_sentence(const Verdict *verdict, const char *ip)
{
    return verdict->login_denied
               ? g_strdup_printf("not you: somebody sends through your account from %s: change the "
                                 "password of %s, end its sessions",
                                 ip, verdict->login ? verdict->login : "that account")
               : g_strdup_printf("sent through your account from %s; whose address that "
                                 "is, is not known: was it you?",
                                 ip);
}

/* Only a reporter that is vouched for, or our own server, may raise the alarm: else anybody could
 * by a letter. And only where the sent mail was looked at and knows nothing of the message. */
void login_warn(const Case *c, Verdict *verdict)
{
    Login login = login_find(c);
    bool looked = c->facts && c->facts->asked && c->facts->sent_here == TRI_NO &&
                  c->bounce->returned.message_id;
    /* whoever reads from afar logs in at our own server every day */
    bool at_ours = login.hop && peer_written_by_own(login.hop, c->identity);
    if (login.own && !login.capped && c->vouched && verdict->value != VERDICT_FAKE &&
        is_strange(c, &login.hop->from_ip) && (looked || (!at_ours && !case_was_sent_here(c)))) {
        g_autofree char *ip = ip_format(&login.hop->from_ip);
        verdict->warning = WARNING_STOLEN_ACCOUNT;
        verdict->login = g_strdup(login.name);
        verdict->login_ip = login.hop->from_ip;
        verdict->login_denied = identity_is_not_own(c->identity, NULL, &login.hop->from_ip);
        verdict->warning_text = c->wordless ? NULL : warning_sentence(verdict, ip);
        if (!verdict->login_denied)
            g_ptr_array_add(verdict->questions, question_id(QUESTION_LOGIN, ip));
    }
    login_clear(&login);
}
