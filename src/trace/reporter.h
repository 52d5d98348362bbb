/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reporter's standing: does the outer chain vouch for what the bounce says of itself
 * (doc/TRACING, first half). */
#ifndef NOTME_TRACE_REPORTER_H
#define NOTME_TRACE_REPORTER_H

#include "trace/trace.h"

/* What the bounce calls its writer, best first. All borrowed; NULL where not given or no public
 * name. */
typedef struct ReporterNames {
    const char *mta, *by, *from;
} ReporterNames;

/* Reads @trace->outer: marks its hops, finds the peer that handed us the bounce and sets the
 * standing, its reason and the reporter's organisation. @trace->returned must be read already. */
void reporter_judge(const TraceInput *input, const Identity *identity, Trace *trace);
/* To be called when the injection is known: a forwarder may have sent the bounce back. */
void reporter_reconsider(const TraceInput *input, const Identity *identity, Trace *trace);

/* The bounce says that one of our hosts or domains wrote it. */
bool reporter_claims_own(const TraceInput *input, const Identity *identity);

#endif
