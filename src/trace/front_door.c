/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The front door's fields. See front_door.h. */
#include "trace/front_door.h"

#include <string.h>

#include "auth/auth.h"
#include "house/house.h"
#include "trace/peer.h"

#define HOUSE "outlook.com"

/* Fields that are read: the house writes three each time that a message comes in. */
enum { FIELDS_MAX = 12 };

/* --- what a field says ------------------------------------------------------------------------ */

/* "CIP:192.0.2.1;CTRY:..."; what never came in from outside has 255.255.255.255. */
static Ip ip_of_report(const char *value)
{
    Ip ip = {0};
    if (g_ascii_strncasecmp(value, "CIP:", 4) == 0)
        ip_parse((Span){value + 4, strcspn(value + 4, "; \t\r\n")}, &ip);
    return ip;
}

/* The house's own results bear its name or none. */
static Ip ip_of_results(const TraceHeader *header)
{
    g_autoptr(AuthResults) results = auth_read(header->name, span_of(header->value));
    if (!results || results->field == AUTH_FIELD_ARC || !results->clean ||
        (results->server && !house_same(results->server, HOUSE)))
        return (Ip){0};
    const AuthResult *spf = auth_results_first(results, AUTH_SPF);
    return spf ? spf->client : (Ip){0};
}

static Ip ip_of(const TraceHeader *header)
{
    return g_ascii_strcasecmp(header->name, "X-Forefront-Antispam-Report") == 0
               ? ip_of_report(header->value)
               : ip_of_results(header);
}

/* --- where it stands -------------------------------------------------------------------------- */

/* The number of lines that the house wrote and above which nobody else can have written, too: a
 * field that stands under the last of them may be the sender's. */
static int own_lines(const Walk *w, int believed)
{
    const Injection *injection = &w->trace->injection;
    int last = injection->hop >= 0 ? injection->hop + 1 : believed, n = 0;
    for (; n < last; n++)
        if (!house_same(walk_returned(w, n)->by, HOUSE) ||
            (injection->hop < 0 && trace_is_capped_at(w->trace, n)))
            break;
    return n;
}

/* The address that all fields above the first @lines lines name; of no family if none does, or they
 * disagree. */
static Ip agreed_ip(const Walk *w, int lines)
{
    Ip found = {0};
    guint read = 0;
    for (gsize i = 0; i < w->input->returned_header_count; i++) {
        const TraceHeader *header = &w->input->returned_headers[i];
        if ((int)header->above >= lines)
            continue;
        Ip ip = ip_of(header);
        if (ip.family && ++read > FIELDS_MAX)
            return (Ip){0};
        if (!ip.family || ip_kind(&ip) == IP_RESERVED)
            continue;
        if (found.family && !ip_equal(&found, &ip))
            return (Ip){0};
        found = ip;
    }
    return ip_kind(&found) == IP_PUBLIC ? found : (Ip){0};
}

/* --- all -------------------------------------------------------------------------------------- */

/* The walk ended at no address, or at a machine which nothing but its name says to be the house's:
 * whoever that is, the house's own fields name it. */
static bool is_wanted(const Walk *w)
{
    const Injection *injection = &w->trace->injection;
    if (w->trace->reporter != REPORTER_VOUCHED || !house_same(w->trace->handing_rdns, HOUSE))
        return false;
    const Hop *hop = injection->hop >= 0 ? walk_returned(w, injection->hop) : NULL;
    return hop ? !injection->own && !injection->forwarder && !hop->authenticated &&
                     house_same(peer_name(hop), HOUSE)
               : !injection->ip.family;
}

void front_door_use(Walk *w, int believed)
{
    Injection *injection = &w->trace->injection;
    if (!is_wanted(w))
        return;
    Ip ip = agreed_ip(w, own_lines(w, believed));
    if (!ip.family || ip_equal(&ip, &injection->ip))
        return;
    g_autofree char *text = trace_ip_text(w->trace, &ip);
    if (injection->hop >= 0)
        hop_note_set(&w->trace->returned_notes[injection->hop], MARK_BELIEVED,
                     trace_say(w->trace,
                               "a step within the house: its front door noted that it took "
                               "the message from %s",
                               text));
    g_free(injection->helo);
    g_free(injection->rdns);
    g_free(injection->name);
    *injection = (Injection){.ip = ip,
                             .own_beyond = injection->own_beyond,
                             .beyond_ip = injection->beyond_ip,
                             .beyond_hop = injection->beyond_hop,
                             .hop = -1,
                             .source = INJECTION_FILTER_HEADER,
                             .own = identity_owns_ip(w->identity, &ip),
                             .forwarder = identity_is_forwarder(w->identity, NULL, &ip)};
}
