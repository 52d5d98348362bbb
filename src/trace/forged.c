/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is held against the lines below. See forged.h. */
#include "trace/forged.h"

#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "received/idclock.h"
#include "trace/peer.h"

/* As in links.c: what clocks may be off. */
#define LATE (15 * 60)
/* No honest host writes more lines than that. */
#define HOST_LINES_MAX 16
/* ... and ids away from the date of their line. */
#define ID_OFF 3600

/* --- honest explanations ---------------------------------------------------------------------- */

/* The nearest line above @i that names a writer or a client. */
static const Hop *newer_of(const Walk *w, int i, int *at)
{
    for (*at = i - 1; walk_returned(w, *at); (*at)--) {
        const Hop *hop = walk_returned(w, *at);
        if (hop->by || !hop->local)
            return hop;
    }
    return NULL;
}

/* Customers of these write under names of their own, and behind them under those of the house. */
static bool is_carrier_house(const char *name)
{
    const House *house = house_find(name);
    return house && (house->kind == HOUSE_SERVICE || house->kind == HOUSE_FILTER);
}

/* Between the line above and this one a gateway may stand that writes no line: a peer with a
 * server's name, or, where nobody looks names up, one that greets as a server does. Who greets as
 * one of ours from an address that is not is none. */
static bool is_gateway(const Walk *w, int i, int believed)
{
    int at;
    const Hop *newer = newer_of(w, i, &at), *hop = walk_returned(w, i);
    if (!newer)
        return false;
    Peer peer = peer_of(newer, &w->book, &w->names);
    if (!peer.ip.family || ip_is_inside(&peer.ip) || is_carrier_house(hop->by))
        return true;
    if (at == i - 1 && (walk_is_gateway_by_greeting(w, at) || walk_is_beside_reporter(w, at)))
        return true;
    return at < believed && peer_is_carrier(newer, &peer) &&
           !identity_owns_host(w->identity, newer->from_helo);
}

/* The line next to the lines of the one host that wrote line @i, in direction @step, with a date;
 * or NULL. */
static const Hop *beside_host(const Walk *w, int i, int step)
{
    const Hop *hop = walk_returned(w, i), *other;
    for (int n = 0; n < HOST_LINES_MAX && (other = walk_returned(w, i += step)); n++)
        if (other->date.utc != TIME_NONE && !domain_same(other->by, hop->by) &&
            !(other->local && !other->by))
            return other;
    return NULL;
}

static bool is_in_order(const Hop *newer, const Hop *older)
{
    return newer && older && newer->date.utc != TIME_NONE && older->date.utc != TIME_NONE &&
           older->date.utc <= newer->date.utc + LATE;
}

/* A host's clock is off: without its lines the others are in order. Either that of the host that
 * wrote line @i, which is fast, or of the one above it, which is slow. */
static bool is_clock(const Walk *w, int i)
{
    const Hop *newer = beside_host(w, i, -1), *older = beside_host(w, i, 1);
    if (newer && !older && newer->date.utc != TIME_NONE && w->input->returned_date != TIME_NONE) {
        Peer peer = peer_of(newer, &w->book, &w->names);
        if (peer.server && w->input->returned_date <= newer->date.utc + LATE)
            return true;
    }
    return is_in_order(newer, older) ||
           (walk_returned(w, i - 1) && is_in_order(beside_host(w, i - 1, -1), walk_returned(w, i)));
}

/* The time in the id of line @i is that of its own date. */
static bool is_dated_alike(const Walk *w, int i)
{
    const Hop *hop = walk_returned(w, i);
    IdTime time;
    return hop->id && hop->date.utc != TIME_NONE && idclock_read(hop, &time) &&
           ABS(idclock_moment(&time, &hop->date) - hop->date.utc) <= ID_OFF;
}

static bool is_of_id(const Link *link)
{
    return strcmp(link->test, "id-clock") == 0 || strcmp(link->test, "family") == 0;
}

/* Ids or dates were altered later, by who passed the bounce on: those of believed lines do not fit
 * either. */
static bool ids_are_altered(const Trace *trace, int believed)
{
    for (guint k = 0; k < trace->links->len; k++) {
        const Link *link = &g_array_index(trace->links, Link, k);
        if (link->hop < believed && link->result == LINK_STRONG && is_of_id(link))
            return true;
    }
    return false;
}

/* The line is by the very host that the line above looked up, and records that its own client
 * greeted as one of ours: that is held against the client, and so against the line below. */
static bool is_liars_greeting(const Walk *w, int i)
{
    int at;
    const Hop *newer = newer_of(w, i, &at), *hop = walk_returned(w, i);
    if (!newer || !w->doubts[i].stolen_name || walk_is_by_own(w, hop))
        return false;
    Peer peer = peer_of(newer, &w->book, &w->names);
    return peer.server && domain_same(peer.name, hop->by);
}

/* The line above took it from a host of its own organisation, by a looked-up name: one that lets
 * others through shows them all as itself, and so us. */
static bool is_behind_reporters(const Walk *w, int i)
{
    int at;
    const Hop *newer = newer_of(w, i, &at);
    if (!newer)
        return false;
    Peer peer = peer_of(newer, &w->book, &w->names);
    return peer.name && !peer.home && walk_is_reporters(w, peer.name) &&
           walk_is_by_own(w, walk_returned(w, i));
}

static bool is_explained(const Walk *w, const Link *link, int believed, bool altered)
{
    if (strcmp(link->test, "adjacency") == 0)
        return is_gateway(w, link->hop, believed) || is_behind_reporters(w, link->hop);
    if (strcmp(link->test, "time") == 0)
        return is_clock(w, link->hop);
    if (strcmp(link->test, "id-clock") == 0 && is_dated_alike(w, link->hop) &&
        is_clock(w, link->hop))
        return true;
    if (strcmp(link->test, "identity-theft") == 0)
        return is_liars_greeting(w, link->hop) || is_behind_reporters(w, link->hop);
    if (strcmp(link->test, "family") == 0 && walk_is_gateway_by_greeting(w, link->hop - 1))
        return true; /* two machines of one name */
    return altered && is_of_id(link);
}

void forged_explain(Walk *w, int believed)
{
    bool altered = ids_are_altered(w->trace, believed);
    for (guint k = 0; k < w->trace->links->len; k++) {
        Link *link = &g_array_index(w->trace->links, Link, k);
        Doubt *doubt = &w->doubts[link->hop];
        if (link->hop < believed || link->result < LINK_WEAK ||
            !is_explained(w, link, believed, altered))
            continue;
        link->explained = true;
        if (link->result == LINK_STRONG && doubt->strong)
            doubt->strong--;
        else if (link->result == LINK_WEAK && doubt->weak)
            doubt->weak--;
    }
}

/* --- marks ------------------------------------------------------------------------------------ */

/* The first contradiction of hop @i that stands; strong ones first. @first is where its links
 * begin. */
static const Link *contradiction(const Trace *trace, guint first, int i)
{
    const Link *weak = NULL;
    for (guint k = first; k < trace->links->len; k++) {
        const Link *link = &g_array_index(trace->links, Link, k);
        if (link->hop != i)
            break;
        if (link->explained)
            continue;
        if (link->result == LINK_STRONG)
            return link;
        if (link->result == LINK_WEAK && !weak)
            weak = link;
    }
    return weak;
}

/* In so few words that a line of the screen holds them. */
static char *forged_text(const Walk *w, guint first, int i)
{
    const Hop *hop = walk_returned(w, i);
    const Link *link = contradiction(w->trace, first, i);
    if (!link)
        return trace_say(w->trace, "contradicted");
    bool theft = strcmp(link->test, "identity-theft") == 0;
    if (!hop->by || (!theft && strcmp(link->test, "adjacency") != 0))
        return trace_say(w->trace, "%s", link->text);
    if (peer_written_by_own(hop, w->identity))
        return trace_say(w->trace, "pretends to be your %s", hop->by);
    return theft ? trace_say(w->trace, "%s", link->text)
                 : trace_say(w->trace, "not written by %s", hop->by);
}

void forged_mark(Walk *w, int from, bool own)
{
    Trace *trace = w->trace;
    guint first = 0;
    for (int i = from; walk_returned(w, i); i++) {
        HopNote *note = &trace->returned_notes[i];
        while (first < trace->links->len && g_array_index(trace->links, Link, first).hop < i)
            first++;
        if (!own && doubt_is_contradicted(&w->doubts[i])) {
            hop_note_set(note, MARK_FORGED, forged_text(w, first, i));
            if (trace->forged_hop < 0)
                trace->forged_hop = i;
        } else {
            hop_note_set(
                note, MARK_UNVERIFIED,
                trace_say(w->trace, "%s",
                          own ? "below what your own hosts wrote; nobody vouches for it"
                              : "the sender may have written this: nobody vouches for it"));
        }
    }
}
