/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learned way through our mailbox's servers. See inside.h. */
#include "trace/inside.h"

#include "base/domain.h"
#include "house/house.h"
#include "received/received_user.h"
#include "trace/peer.h"

/* --- single lines ----------------------------------------------------------------------------- */

bool inside_is_fetch(const Hop *hop)
{
    return hop->with && (g_ascii_strncasecmp(hop->with, "POP", 3) == 0 ||
                         g_ascii_strncasecmp(hop->with, "IMAP", 4) == 0);
}

bool inside_is_delivery(const Hop *hop)
{
    return hop->with && g_ascii_strncasecmp(hop->with, "LMTP", 4) == 0 &&
           (!hop->from_ip.family || ip_is_inside(&hop->from_ip) || !hop->authenticated);
}

bool inside_is_local(const Hop *hop)
{
    return hop->local && !hop->from_ip.family;
}

bool inside_is_step(const Hop *hop)
{
    return inside_is_local(hop) || inside_is_delivery(hop) || inside_is_fetch(hop);
}

/* --- down the lines --------------------------------------------------------------------------- */

/* A user of the machine handed it in: what stands below the user wrote. */
static bool is_users(const Hop *hop)
{
    UserKind kind = received_user_kind(hop);
    return kind == USER_WEB || kind == USER_PERSON;
}

/* A program on the same machine greeted with a public name of another organisation. */
static bool is_strange_local(const Hop *hop)
{
    return ip_kind(&hop->from_ip) == IP_LOOPBACK && domain_is_public_name(hop->from_helo) &&
           domain_is_public_name(hop->by) && !house_same(hop->from_helo, hop->by);
}

/* Whether @hop took it from the organisation that wrote @next, as its peer's name says. */
static bool is_handed_on(const Hop *hop, const Hop *next)
{
    if (ip_is_inside(&hop->from_ip) || !next || !next->by)
        return true;
    if (hop->lookup == LOOKUP_NONE)
        return false;
    if (hop->lookup == LOOKUP_NAME)
        return house_same(hop->from_rdns, next->by);
    return house_same(hop->from_helo, next->by) || ip_equal(&hop->from_ip, &next->by_ip);
}

/* A server that takes mail from the world took this from an inside address, and nobody looked up
 * that it is who wrote the next line: behind a translator all the world comes from there. */
static bool is_perhaps_world(const Hop *hop, const Hop *next)
{
    return ip_is_inside(&hop->from_ip) && ip_kind(&hop->from_ip) != IP_LOOPBACK && next &&
           !(hop->lookup == LOOKUP_NAME && (domain_same(hop->from_rdns, next->by) ||
                                            peer_name_is_same_machine(hop->from_rdns, next->by)));
}

/* Why a stranger could have written the line under @hop, which is handed on; or NULL. @border: it
 * is by a server of the border. */
static const char *doubt_of(const Hop *hop, const Hop *next, bool border)
{
    if (border && next && next->by && is_perhaps_world(hop, next))
        return "a line shows an inside address, from which all the world may come";
    if (is_strange_local(hop))
        return "a program of somebody else handed it in there";
    if (!ip_is_inside(&hop->from_ip) && hop->lookup == LOOKUP_NOT && next && next->by &&
        !house_same(hop->by, next->by))
        return "a line shows a step to another organisation, on its word alone";
    return NULL;
}

/* The line is passed on the way to the border. */
static bool pass(Inside *found, const GPtrArray *outer, guint i, bool border)
{
    const Hop *hop = outer->pdata[i], *next = i + 1 < outer->len ? outer->pdata[i + 1] : NULL;
    const char *doubt = doubt_of(hop, next, border);
    if (doubt && !found->capped) {
        found->capped = doubt;
        found->capped_at = (int)i;
    }
    return is_handed_on(hop, next);
}

Inside inside_find(const Identity *identity, const GPtrArray *outer)
{
    const Inside nothing = {INSIDE_NOTHING, 0, NULL, -1};
    Inside found = {INSIDE_BORDER, 0, NULL, -1};
    bool passed = false;
    for (guint i = 0; identity->border->len && i < outer->len; i++) {
        const Hop *hop = outer->pdata[i];
        found.at = (int)i;
        if (is_users(hop))
            return nothing;
        if (inside_is_step(hop))
            continue;
        if (identity_owns_ip(identity, &hop->from_ip))
            return nothing;
        bool border = identity_matches(identity->border, hop->by);
        bool ours = border || identity_matches(identity->inside, hop->by);
        if (ours && (hop->authenticated || (border && !ip_is_inside(&hop->from_ip)))) {
            found.end = peer_is_unreadable(hop) ? INSIDE_STRANGER : INSIDE_BORDER;
            return found;
        }
        if (!ours) {
            found.end = INSIDE_STRANGER;
            return passed ? found : nothing;
        }
        if (!pass(&found, outer, i, border))
            return nothing;
        passed = true;
    }
    return nothing;
}
