/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts and scripts. See account.h. */
#include "verdict/account.h"

#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "received/received_user.h"
#include "trace/peer.h"

/* --- accounts ------------------------------------------------------------------------------- */

/* Where Exchange Online names the tenant that sent: the header is its own on all outgoing mail, and
 * it takes off what a client wrote there (Microsoft, "Anti-spam message headers"). Of other houses
 * the headers that name an account are codes that only they can read. */
static const struct {
    const char *house; /* a host of it */
    const char *header;
} named_by[] = {
    {"outlook.com", "X-OriginatorOrg"},
    {"outlook.com", "X-MS-Exchange-CrossTenant-Id"},
};

static char *named_at(const Case *c, const char *sender)
{
    for (gsize i = 0; sender && i < G_N_ELEMENTS(named_by); i++) {
        if (!house_same(sender, named_by[i].house))
            continue;
        const char *value = headers_get(c->bounce->returned.headers, named_by[i].header);
        if (value && *value && !strpbrk(value, " \t\"<>();"))
            return g_ascii_strdown(value, -1);
    }
    return NULL;
}

char *account_named(const Case *c)
{
    return named_at(c, case_sender_name(c));
}

static bool is_ours(const Case *c, const char *name)
{
    return identity_has_account(c->identity, name) || identity_owns_host(c->identity, name);
}

bool account_names_another(const Case *c)
{
    g_autofree char *name = named_at(c, c->hop ? peer_name(c->hop) : NULL);
    return name && !is_ours(c, name);
}

/* A tenant goes by the name that it was given first, by a domain, and by a number. */
typedef enum Form { FORM_FIRST, FORM_DOMAIN, FORM_NUMBER } Form;

static Form form_of(const char *name)
{
    return !strchr(name, '.')                         ? FORM_NUMBER
           : domain_is_under(name, "onmicrosoft.com") ? FORM_FIRST
                                                      : FORM_DOMAIN;
}

/* To tell that one is not ours, one of ours of the same form must be known. */
static bool is_comparable(const Case *c, const char *name)
{
    for (guint i = 0; i < c->identity->accounts->len; i++)
        if (form_of(c->identity->accounts->pdata[i]) == form_of(name))
            return true;
    return false;
}

bool account_is_open(const Case *c)
{
    g_autofree char *name = account_named(c);
    return name && !is_ours(c, name) && !is_comparable(c, name) &&
           !identity_is_not_own(c->identity, name, NULL);
}

Answer account_other(const Case *c)
{
    g_autofree char *name = account_named(c);
    if (!name)
        return answer_no("no house names the account by which it was sent");
    if (is_ours(c, name))
        return answer_no("the account by which it was sent is yours");
    if (account_is_open(c))
        return answer_no("it is not known whether the account by which it was sent is yours");
    return answer_yes(STRENGTH_STRONG,
                      g_strdup_printf("%s sent it for the account %s, which is not "
                                      "yours",
                                      case_sender_name(c), name));
}

/* --- scripts -------------------------------------------------------------------------------- */

/* The host of the script that a header of PHP or of the hoster names; NULL for none. The caller
 * frees it. */
static char *script_host(const Case *c)
{
    static const char *const names[] = {"X-PHP-Script", "X-Source-Dir"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = headers_get(c->bounce->returned.headers, names[i]);
        gsize n = value ? strcspn(value, "/: ") : 0;
        g_autofree char *host = n ? g_strndup(value, n) : NULL;
        if (host && domain_is_public_name(host))
            return g_steal_pointer(&host);
    }
    return NULL;
}

/* The believed local step that a web page's program made, or NULL. */
static const Hop *script_step(const Case *c)
{
    for (guint i = 0; i < c->trace->returned->len; i++) {
        const Hop *hop = c->trace->returned->pdata[i];
        if (c->trace->returned_notes[i].mark != MARK_BELIEVED)
            return NULL;
        if (hop->local && !hop->from_ip.family && received_user_kind(hop) == USER_WEB)
            return hop;
    }
    return NULL;
}

Answer account_script(const Case *c)
{
    g_autofree char *host = script_host(c);
    const Hop *step = script_step(c);
    if (!host && !step)
        return answer_no("no script is named");
    if (host ? identity_owns_host(c->identity, host) : peer_written_by_own(step, c->identity))
        return answer_no("the script that sent it is on a host of yours");
    if (host)
        return answer_yes(
            c->complete ? STRENGTH_STRONG : STRENGTH_WEAK,
            g_strdup_printf("a script of the web page %s sent it, which is not yours", host));
    return answer_yes(identity_complete_for(c->identity, 4) ? STRENGTH_STRONG : STRENGTH_WEAK,
                      g_strdup_printf("a program of a web page on %s handed it in, which is not "
                                      "yours",
                                      peer_writer(step)));
}
