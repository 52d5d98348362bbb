/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trust walk (tracing.md 4): the reporter's standing, then down the returned chain. */
#include "trace/trace.h"

static void read_chain(GPtrArray *chain, const char *const *values, gsize count)
{
    for (gsize i = 0; i < count; i++)
        g_ptr_array_add(chain, hop_parse(span_of(values[i])));
}

Trace *trace_walk(const TraceInput *input, const Identity *identity)
{
    Trace *trace = trace_new();

    (void)identity;
    read_chain(trace->outer, input->outer, input->outer_count);
    read_chain(trace->returned, input->returned, input->returned_count);
    return trace;
}
