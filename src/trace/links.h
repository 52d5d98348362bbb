/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The links between the hops of a chain: does each line fit the one above it, and itself
 * (doc/TRACING). */
#ifndef NOTME_TRACE_LINKS_H
#define NOTME_TRACE_LINKS_H

#include "trace/trace.h"

/* What the tests say of one hop, added up. */
typedef struct Doubt {
    guint8 strong, weak;  /* contradictions; stop counting at 255 */
    LinkResult adjacency; /* does its "by" fit the line above */
    bool stolen_name;     /* one of the strong: its client greeted as ours. An honest line can say
                             that of a liar */
} Doubt;

/* The clock of one host, as it can be told from elsewhere. */
typedef struct Clock {
    const char *host; /* NULL: none is known */
    gint64 slow;      /* seconds to be added to the dates of its lines */
} Clock;

/* Runs every test over the returned chain of @trace. Appends a Link for each result that is not
 * silent to its links and adds up @doubts (one a hop). @latest is a time by which all had happened
 * (TIME_NONE if unknown). Linear time. */
void links_test(Trace *trace, const Identity *identity, gint64 latest, const Clock *clock,
                Doubt *doubts);

/* Does the "by" of @older fit the "from" side of @newer? Fills *@text, if not NULL, with a
 * sentence. */
LinkResult links_adjacent(const Hop *newer, const Hop *older, char **text);

/* One strong contradiction, or two weak ones. */
bool doubt_is_contradicted(const Doubt *doubt);
/* The same, for a line that may be honest: what its client said is not held against it. */
bool doubt_is_disbelieved(const Doubt *doubt);

#endif
