/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes bounces: see bounce_sender.h. */
#include "house/bounce_sender.h"

#include <string.h>

#include "base/domain.h"

/* Local parts with which a house writes bounces in the failed recipient's own domain. The long one
 * is the same in every organisation (Exchange Server 2007 and later; "System Administrator" is its
 * name on screen). */
static const struct {
    const char *house; /* one of its names */
    const char *local;
} writes_there[] = {
    {"outlook.com", "postmaster"},
    {"outlook.com", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"},
};

/* Names of a house under which each customer has a name of his own. */
static const char *const tenants[] = {"onmicrosoft.com"};

static bool is_local(const char *address, const char *at, const char *local)
{
    gsize n = (gsize)(at - address);
    return strlen(local) == n && g_ascii_strncasecmp(address, local, n) == 0;
}

bool bounce_sender_is_system(const char *address)
{
    static const char *const names[] = {"mailer-daemon", "postmaster",   "mail-daemon",
                                        "maildaemon",    "mailerdaemon", "mdaemon"};
    const char *at = address ? strrchr(address, '@') : NULL;
    for (gsize i = 0; at && i < G_N_ELEMENTS(names); i++)
        if (is_local(address, at, names[i]))
            return true;
    return false;
}

static bool is_tenant(const char *domain)
{
    for (gsize i = 0; i < G_N_ELEMENTS(tenants); i++)
        if (domain_is_under(domain, tenants[i]))
            return true;
    return false;
}

bool bounce_sender_is_of(const House *house, const char *from, const char *recipient)
{
    const char *at = from ? strrchr(from, '@') : NULL;
    if (!at)
        return false;
    if (bounce_sender_is_system(from) && house_find(at + 1) == house && !is_tenant(at + 1))
        return true;
    const char *failed = recipient ? strrchr(recipient, '@') : NULL;
    if (!failed || !domain_same(at + 1, failed + 1))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(writes_there); i++)
        if (is_local(from, at, writes_there[i].local) && house_find(writes_there[i].house) == house)
            return true;
    return false;
}
