/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace as data: making, freeing, names. The work is in walk.c. */
#include "trace/trace.h"

#include <string.h>

static void link_clear(gpointer link)
{
    g_free(((Link *)link)->text);
}

Trace *trace_new(GPtrArray *outer, GPtrArray *returned)
{
    Trace *trace = g_new(Trace, 1);
    *trace = (Trace){.wording = WORDING_ALL,
                     .outer = g_ptr_array_ref(outer),
                     .returned = g_ptr_array_ref(returned),
                     .forged_hop = -1,
                     .capped_from = -1,
                     .injection = {.hop = -1}};
    trace->outer_notes = g_new0(HopNote, outer->len);
    trace->returned_notes = g_new0(HopNote, returned->len);
    trace->links = g_array_new(false, true, sizeof(Link));
    g_array_set_clear_func(trace->links, link_clear);
    return trace;
}

bool trace_is_capped_at(const Trace *trace, int i)
{
    return trace->capped && i >= trace->capped_from;
}

bool trace_has_words(const Trace *trace)
{
    return trace->wording >= WORDING_FOUND;
}

G_GNUC_PRINTF(2, 0)
static char *say(const Trace *trace, const char *format, va_list values)
{
    return trace_has_words(trace) ? g_strdup_vprintf(format, values) : NULL;
}

char *trace_say(const Trace *trace, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = say(trace, format, values);
    va_end(values);
    return text;
}

char *trace_sign(const Trace *trace, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = say(trace, format, values);
    va_end(values);
    return text ? text : g_strdup("");
}

char *trace_ip_text(const Trace *trace, const Ip *ip)
{
    return trace_has_words(trace) ? ip_format(ip) : NULL;
}

static bool is_of_names(const Link *link)
{
    return strcmp(link->test, "adjacency") == 0 || strcmp(link->test, "identity-theft") == 0;
}

guint trace_contradictions(const Trace *trace, int i)
{
    guint found = 0;
    for (guint k = 0; k < trace->links->len; k++) {
        const Link *link = &g_array_index(trace->links, Link, k);
        if (link->hop == i && link->result == LINK_STRONG && !link->explained)
            found |= is_of_names(link) ? CONTRADICTED_BY_NAMES : CONTRADICTED_BY_ELSE;
    }
    return found;
}

void hop_note_set(HopNote *note, HopMark mark, char *why)
{
    g_free(note->why);
    note->mark = mark;
    note->why = why;
}

void trace_unmark(Trace *trace)
{
    for (guint i = 0; i < trace->outer->len; i++)
        hop_note_set(&trace->outer_notes[i], MARK_NONE, NULL);
    for (guint i = 0; i < trace->returned->len; i++)
        hop_note_set(&trace->returned_notes[i], MARK_NONE, NULL);
}

void trace_free(Trace *trace)
{
    if (!trace)
        return;
    trace_unmark(trace);
    g_free(trace->outer_notes);
    g_free(trace->returned_notes);
    g_ptr_array_unref(trace->outer);
    g_ptr_array_unref(trace->returned);
    g_array_unref(trace->links);
    g_free(trace->reporter_why);
    g_free(trace->reporter_organisation);
    g_free(trace->handing_rdns);
    g_free(trace->handing_helo);
    g_free(trace->capped_why);
    g_free(trace->held_why);
    g_free(trace->not_ours);
    g_free(trace->injection.helo);
    g_free(trace->injection.rdns);
    g_free(trace->injection.name);
    g_free(trace);
}

static const char *const source_names[] = {
    [INJECTION_NONE] = NULL,
    [INJECTION_RECEIVED] = "received",
    [INJECTION_SENTENCE] = "sentence",
    [INJECTION_DSN_FIELD] = "dsn-field",
    [INJECTION_ORIGINATING_IP] = "originating-ip",
    [INJECTION_FILTER_HEADER] = "filter-header",
    [INJECTION_DIAGNOSTIC] = "diagnostic",
};

const char *injection_source_name(InjectionSource source)
{
    return (gsize)source < G_N_ELEMENTS(source_names) ? source_names[source] : NULL;
}

static const char *const mark_names[] = {
    [MARK_OWN] = "own",
    [MARK_BELIEVED] = "believed",
    [MARK_INJECTION] = "injection",
    [MARK_UNVERIFIED] = "unverified",
    [MARK_FORGED] = "forged",
};

const char *hop_mark_name(HopMark mark)
{
    return mark > MARK_NONE && mark < G_N_ELEMENTS(mark_names) ? mark_names[mark] : NULL;
}
