/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the stages of the walk ask alike. See walk.h. */
#include "trace/walk.h"

#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"

static const Hop *hop_at(const GPtrArray *chain, int i)
{
    return i >= 0 && i < (int)chain->len ? chain->pdata[i] : NULL;
}

const Hop *walk_outer(const Walk *w, int i)
{
    return hop_at(w->trace->outer, i);
}

const Hop *walk_returned(const Walk *w, int i)
{
    return hop_at(w->trace->returned, i);
}

char *walk_peer_text(const Walk *w, const Hop *hop)
{
    return trace_has_words(w->trace) ? peer_text(hop) : NULL;
}

bool walk_next_fits(const Walk *w, int i)
{
    if (!walk_returned(w, i + 1))
        return false;
    LinkResult result = w->doubts[i + 1].adjacency;
    return result == LINK_CONSISTENT || result == LINK_SILENT;
}

bool walk_is_by_own(const Walk *w, const Hop *hop)
{
    return peer_written_by_own(hop, w->identity) || (w->writer && domain_same(hop->by, w->writer));
}

bool walk_is_gateway_by_greeting(const Walk *w, int i)
{
    const Hop *hop = walk_returned(w, i), *next = walk_returned(w, i + 1);
    return hop && next && ip_equal(&hop->from_ip, &w->trace->handing_ip) &&
           domain_same(w->trace->handing_helo, next->by) && !walk_is_by_own(w, next);
}

bool walk_is_beside_reporter(const Walk *w, int i)
{
    const Hop *hop = walk_returned(w, i), *next = walk_returned(w, i + 1);
    return hop && next && hop->lookup == LOOKUP_NOT && ip_kind(&hop->from_ip) == IP_PUBLIC &&
           (ip_near(&hop->from_ip, &hop->by_ip, 24, 48) ||
            ip_near(&hop->from_ip, &w->trace->handing_ip, 24, 48)) &&
           walk_is_reporters(w, next->by) && !walk_is_by_own(w, next);
}

bool walk_is_reporters(const Walk *w, const char *name)
{
    return name && w->trace->reporter_organisation &&
           house_same(name, w->trace->reporter_organisation);
}

bool walk_is_strange_local(const Walk *w, const Hop *hop)
{
    const char *said = hop->from_helo;
    return domain_is_public_name(said) && domain_is_public_name(hop->by) &&
           !house_same(said, hop->by) && !walk_is_reporters(w, said) &&
           !bounce_names_match(&w->names, said);
}
