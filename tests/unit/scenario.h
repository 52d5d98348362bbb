/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invented user and the lines of invented servers, for the tests of the trust walk and of the
 * verdict. Mira of willow.example sends through post.willow.example [198.51.100.16]; the servers of
 * oak.example bounce; bots come from isp.example. */
#ifndef NOTME_TESTS_SCENARIO_H
#define NOTME_TESTS_SCENARIO_H

#include "trace/trace_walk.h"

#define MAX_LINES 12

typedef struct Scenario {
    const char *outer[MAX_LINES];
    const char *returned[MAX_LINES];
    const char *mta, *from; /* Reporting-MTA; domain of From */
    bool list;
} Scenario;

#define DATE(hms) "; Tue, 14 Apr 2026 " hms " +0000"

/* how the bounce came: from the reporter itself; from a bot; from our own host */
#define OUTER_OAK                                                                                  \
    "from mx.oak.example (mx.oak.example [192.0.2.10]) by post.willow.example (Postfix) with "     \
    "ESMTPS id 4F2AB1C2D3" DATE("10:00:20")
#define OUTER_OAK_NAMELESS                                                                         \
    "from mx.oak.example (unknown [192.0.2.10]) by post.willow.example (Postfix) with ESMTPS id "  \
    "4F2AB1C2D3" DATE("10:00:20")
#define OUTER_BOT                                                                                  \
    "from mx.oak.example (dsl-3.isp.example [203.0.113.3]) by post.willow.example (Postfix) with " \
    "ESMTPS id 4F2AB1C2D3" DATE("10:00:20")
#define OUTER_OWN "by post.willow.example (Postfix) id 4F2AB1C2D3" DATE("10:00:20")

/* who handed the message to the reporter */
#define BY_OAK "by mx.oak.example (Postfix) with ESMTPS id 1A2BC3D4E5"
#define FROM_US                                                                                    \
    "from post.willow.example (post.willow.example [198.51.100.16]) " BY_OAK DATE("10:00:10")
#define FROM_BOT "from pc (dsl-3.isp.example [203.0.113.3]) " BY_OAK DATE("10:00:10")
#define FROM_SERVER                                                                                \
    "from vps7.cloud.example (vps7.cloud.example [203.0.113.77]) " BY_OAK DATE("10:00:10")

#define FROM_LIST                                                                                  \
    "from mail3.lists.example (mail3.lists.example [203.0.113.78]) " BY_OAK DATE("10:00:10")

/* our own server's line for a message that we submitted */
#define SUBMISSION                                                                                 \
    "from [192.168.1.5] (unknown [203.0.113.200]) (Authenticated sender: mira) by "                \
    "post.willow.example (Postfix) with ESMTPSA id 0ABCDEF123" DATE("10:00:01")

static inline Identity *scenario_identity(void)
{
    Identity *identity = identity_new();
    static const char *const networks[] = {"198.51.100.16/32", "2001:db8:77::/48"};

    for (gsize i = 0; i < G_N_ELEMENTS(networks); i++) {
        Network network;

        g_assert_true(network_parse(span_of(networks[i]), &network));
        g_array_append_val(identity->networks, network);
    }
    g_ptr_array_add(identity->addresses, g_strdup("mira@willow.example"));
    g_ptr_array_add(identity->domains, g_strdup("willow.example"));
    g_ptr_array_add(identity->hosts, g_strdup("post.willow.example"));
    g_ptr_array_add(identity->forwarders, g_strdup("fwd.club.example"));
    identity->complete = true;
    return identity;
}

static inline gsize scenario_count(const char *const *lines)
{
    gsize n = 0;

    while (n < MAX_LINES && lines[n])
        n++;
    return n;
}

/* The caller unrefs it. */
static inline GPtrArray *scenario_chain(const char *const *lines, gsize count)
{
    GPtrArray *chain = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    for (gsize i = 0; i < count; i++)
        g_ptr_array_add(chain, received_parse(span_of(lines[i])));
    return chain;
}

static inline Trace *scenario_walk(const Scenario *s, const Identity *identity)
{
    g_autoptr(GPtrArray) outer = scenario_chain(s->outer, scenario_count(s->outer));
    g_autoptr(GPtrArray) returned = scenario_chain(s->returned, scenario_count(s->returned));
    TraceInput input = {.outer = outer,
                        .returned = returned,
                        .reporting_mta = s->mta ? s->mta : "mx.oak.example",
                        .from_domain = s->from ? s->from : "mx.oak.example",
                        .returned_date = TIME_NONE,
                        .arrival_date = TIME_NONE,
                        .returned_has_list_id = s->list};

    return trace_walk(&input, identity, WORDING_ALL);
}

#endif
