/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See name_known.h. */
#include "base/name_known.h"

#include <string.h>

#include "base/mix.h"

/* Longer ones are no host's (RFC 1035, 2.3.4), and have the place behind the last, empty each time.
 */
enum { PLACES = 4096, LENGTH_MOST = 255 };

static void places_free(gpointer data)
{
    NameKnown *places = data;
    for (gsize i = 0; i < PLACES; i++)
        g_free(places[i].host);
    g_free(places);
}

static NameKnown *places_get(void)
{
    static GPrivate kept = G_PRIVATE_INIT(places_free); /* frees them when the thread ends */
    static _Thread_local NameKnown *places;
    if (!places) {
        places = g_new0(NameKnown, PLACES + 1);
        g_private_set(&kept, places);
    }
    return places;
}

NameKnown *name_known(const char *host)
{
    gsize n = host ? strlen(host) : 0;
    NameKnown *places = places_get();
    if (n > LENGTH_MOST) {
        places[PLACES] = (NameKnown){0};
        return &places[PLACES];
    }
    NameKnown *known = &places[mix_end(mix_bytes(n, host, n)) % PLACES];
    if (!known->host || known->length != n || (n && memcmp(known->host, host, n) != 0)) {
        g_free(known->host);
        *known = (NameKnown){.host = g_strndup(host ? host : "", n), .length = (guint8)n};
    }
    return known;
}
