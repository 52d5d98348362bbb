/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: chains. Each line of the input is a Received value; an empty line parts the outer
 * chain from the returned one. What the walk promises of its result must hold. */
#include "trace/trace_walk.h"

#include <stdlib.h>

#define FUZZ_SEEDS                                                                                 \
    "from mx.oak.example (mx.oak.example [192.0.2.10]) by post.willow.example (Postfix) with "     \
    "ESMTPS id 4F2AB1C2D3; Tue, 14 Apr 2026 10:00:20 +0000\n"                                      \
    "by mx.oak.example (Postfix) id 4F2AB1C2D4; Tue, 14 Apr 2026 10:00:19 +0000\n\n"               \
    "from localhost (localhost [127.0.0.1]) by mx.oak.example (Postfix) with ESMTP id "            \
    "1A2BC3D4E5; Tue, 14 Apr 2026 10:00:10 +0000\n"                                                \
    "from post.willow.example (post.willow.example [198.51.100.16]) by mx.oak.example (Postfix) "  \
    "with ESMTPS id 1A2BC3D4E6; Tue, 14 Apr 2026 10:00:09 +0000\n"                                 \
    "from [192.168.1.5] (unknown [203.0.113.200]) (Authenticated sender: mira) by "                \
    "post.willow.example (Postfix) with ESMTPSA id 0ABCDEF123; Tue, 14 Apr 2026 10:00:01 +0000\n", \
        "\nfrom pc (dsl-3.isp.example [203.0.113.3]) by mx.oak.example (Postfix) with SMTP id "    \
        "1A2BC3D4E6; Tue, 14 Apr 2026 10:00:09 +0000\n"                                            \
        "from post.willow.example ([198.51.100.16]) by pc with esmtp (Exim 4.98) id "              \
        "1wFeUV-00000006hWK-3lGs; Tue, 14 Apr 2026 10:00:09 +0000\n"

static Identity *identity_of_mira(void)
{
    Identity *identity = identity_new();
    Network network;

    network_parse(SPAN("198.51.100.16/32"), &network);
    g_array_append_val(identity->networks, network);
    g_ptr_array_add(identity->domains, g_strdup("willow.example"));
    g_ptr_array_add(identity->forwarders, g_strdup("fwd.club.example"));
    identity->complete = true;
    return identity;
}

static void check_trace(const Trace *trace)
{
    if (trace->injection.hop >= (int)trace->returned->len ||
        trace->forged_hop >= (int)trace->returned->len || !trace->reporter_why)
        abort();
    for (guint i = 0; i < trace->returned->len; i++) {
        const HopNote *note = &trace->returned_notes[i];

        if (note->mark == MARK_NONE || !note->why ||
            (note->mark == MARK_FORGED && (int)i <= trace->injection.hop))
            abort();
    }
}

static GPtrArray *chain_of(char **lines, guint count)
{
    GPtrArray *chain = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(chain, received_parse(span_of(lines[i])));
    return chain;
}

static void fuzz_one(const char *data, gsize size)
{
    g_autoptr(Identity) identity = identity_of_mira();
    g_autofree char *text = span_dup((Span){data, size});
    g_auto(GStrv) lines = g_strsplit(text, "\n", 200);
    guint parting = 0, count = g_strv_length(lines);
    g_autoptr(Trace) trace = NULL;
    TraceInput input = {.reporting_mta = "mx.oak.example",
                        .from_domain = "oak.example",
                        .returned_date = TIME_NONE,
                        .arrival_date = TIME_NONE};

    while (parting < count && *lines[parting])
        parting++;
    g_autoptr(GPtrArray) outer = chain_of(lines, parting);
    guint below = MIN(parting + 1, count);
    g_autoptr(GPtrArray) returned = chain_of(lines + below, count - below);
    input.outer = outer;
    input.returned = returned;
    trace = trace_walk(&input, identity, WORDING_ALL);
    check_trace(trace);
}

#include "fuzz.h"
