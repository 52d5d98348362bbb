/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See offer.h. */
#include "complaint/offer.h"

static bool network_known(const Row *row, const Trace *trace)
{
    if (row->injection_own || ip_kind(&row->injection) != IP_PUBLIC)
        return false;
    return !trace ||
           (!trace->injection.forwarder && trace->injection.source != INJECTION_ORIGINATING_IP);
}

/* A question stands open that the complaint has to wait for. */
static bool has_to_wait(const Row *row)
{
    g_auto(GStrv) ids = row->questions ? g_strsplit(row->questions, " ", -1) : NULL;
    for (char **id = ids; id && *id; id++)
        if (row->verdict == VERDICT_UNDECIDED && incident_is_asked(*id, &row->injection))
            return true;
    return false;
}

bool complaint_offered(const Row *row, const Finding *finding, const Config *config, Side side,
                       gint64 now)
{
    const Trace *trace = finding && finding->judgement ? finding->judgement->trace : NULL;
    if (row->verdict == VERDICT_GENUINE || row->verdict == VERDICT_FAKE ||
        row->warning != WARNING_NONE || has_to_wait(row))
        return false;
    if (row->timestamp != TIME_NONE && now - row->timestamp > config->complain.max_age)
        return false;
    if (trace && trace->reporter == REPORTER_CONTRADICTED)
        return false;
    return side == SIDE_NETWORK ? network_known(row, trace) : !trace || !trace->own_wrote;
}
