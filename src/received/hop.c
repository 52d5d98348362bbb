/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See hop.h. */
#include "received/hop.h"

Hop *hop_new(void)
{
    Hop *hop = g_new(Hop, 1);
    *hop = (Hop){.release = -1, .date = {.utc = TIME_NONE, .local = TIME_NONE}};
    return hop;
}

void hop_free(Hop *hop)
{
    if (!hop)
        return;
    g_free(hop->raw);
    g_free(hop->from_helo);
    g_free(hop->from_rdns);
    g_free(hop->by);
    g_free(hop->with);
    g_free(hop->via);
    g_free(hop->id);
    g_free(hop->for_);
    g_free(hop->envelope_from);
    g_free(hop->ident);
    g_free(hop->login);
    g_free(hop->user);
    g_free(hop);
}
