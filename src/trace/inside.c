/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learned way through our mailbox's servers. See inside.h. */
#include "trace/inside.h"

#include "house/house.h"
#include "trace/peer.h"

/* --- single lines --------------------------------------------------------------------------- */

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

/* --- down the lines ------------------------------------------------------------------------- */

/* Whether @hop took it from the organisation that wrote @next, as its peer's name says; *@word
 * where it is of another than @hop's own, and says so itself. */
static bool is_handed_on(const Hop *hop, const Hop *next, bool *word)
{
    *word = false;
    if (ip_is_inside(&hop->from_ip) || !next || !next->by)
        return true;
    if (hop->lookup == LOOKUP_NONE)
        return false;
    if (hop->lookup == LOOKUP_NAME)
        return house_same(hop->from_rdns, next->by);
    *word = !house_same(hop->by, next->by);
    return house_same(hop->from_helo, next->by) || ip_equal(&hop->from_ip, &next->by_ip);
}

Inside inside_find(const Identity *identity, const GPtrArray *outer)
{
    const Inside nothing = {INSIDE_NOTHING, 0, -1};
    Inside found = {INSIDE_BORDER, 0, -1};
    bool passed = false;
    for (guint i = 0; identity->border->len && i < outer->len; i++) {
        const Hop *hop = outer->pdata[i];
        found.at = (int)i;
        if (inside_is_step(hop))
            continue;
        if (identity_owns_ip(identity, &hop->from_ip))
            return nothing;
        bool border = identity_matches(identity->border, hop->by);
        if (border && !ip_is_inside(&hop->from_ip)) {
            found.end = peer_is_unreadable(hop) ? INSIDE_STRANGER : INSIDE_BORDER;
            return found;
        }
        if (!border && !identity_matches(identity->inside, hop->by)) {
            found.end = INSIDE_STRANGER;
            return passed ? found : nothing;
        }
        bool word = false;
        if (!is_handed_on(hop, i + 1 < outer->len ? outer->pdata[i + 1] : NULL, &word))
            return nothing;
        if (word && found.capped_at < 0)
            found.capped_at = (int)i;
        passed = true;
    }
    return nothing;
}
