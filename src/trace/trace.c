/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace as data: making, freeing, names. The work is in walk.c. */
#include "trace/trace.h"

#include <string.h>

static void link_clear(gpointer link)
{
    g_free(((Link *)link)->text);
}

Trace *trace_new(void)
{
    Trace *trace = g_new0(Trace, 1);

    trace->outer = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    trace->returned = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    trace->links = g_array_new(false, true, sizeof(Link));
    g_array_set_clear_func(trace->links, link_clear);
    trace->injection.hop = -1;
    trace->forged_hop = -1;
    return trace;
}

void trace_free(Trace *trace)
{
    if (!trace)
        return;
    g_ptr_array_unref(trace->outer);
    g_ptr_array_unref(trace->returned);
    g_array_unref(trace->links);
    g_free(trace->reporter_why);
    g_free(trace->reporter_organisation);
    g_free(trace->handing_rdns);
    g_free(trace->handing_helo);
    g_free(trace->capped_why);
    g_free(trace->held_why);
    g_free(trace->injection.helo);
    g_free(trace->injection.rdns);
    g_free(trace);
}

static const char *const source_names[] = {
    [INJECTION_NONE] = NULL,
    [INJECTION_RECEIVED] = "received",
    [INJECTION_SENTENCE] = "sentence",
    [INJECTION_DSN_FIELD] = "dsn-field",
    [INJECTION_ORIGINATING_IP] = "originating-ip",
    [INJECTION_DIAGNOSTIC] = "diagnostic",
};

const char *injection_source_name(InjectionSource source)
{
    return (gsize)source < G_N_ELEMENTS(source_names) ? source_names[source] : NULL;
}

int injection_source_from_name(const char *name)
{
    for (gsize i = 1; name && i < G_N_ELEMENTS(source_names); i++)
        if (strcmp(name, source_names[i]) == 0)
            return (int)i;
    return INJECTION_NONE;
}
