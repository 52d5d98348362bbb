/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting witnesses. See campaigns.h. */
#include "campaign/campaigns.h"

#include <string.h>

#include "base/date.h"

#include "base/names.h"
#include "campaign/campaigns_private.h"
#include "house/house.h"
#include "trace/peer.h"

/* Organisations count together that saw the address within this. */
enum { WINDOW_S = 72 * 3600 };

static void place_free(gpointer data)
{
    Place *place = data;
    g_hash_table_unref(place->witnesses);
    g_free(place->counts.names);
    g_free(place);
}

Campaigns *campaigns_new(const Identity *identity)
{
    Campaigns *campaigns = g_new0(Campaigns, 1);
    campaigns->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, place_free);
    campaigns->stamp.identity = campaigns_identity_hash(identity);
    return campaigns;
}

void campaigns_free(Campaigns *campaigns)
{
    if (!campaigns)
        return;
    g_hash_table_unref(campaigns->places);
    g_free(campaigns->stamp.identity);
    g_free(campaigns->stamp.database);
    g_free(campaigns);
}

CampaignsStamp *campaigns_stamp(Campaigns *campaigns)
{
    return &campaigns->stamp;
}

void campaigns_forget(Campaigns *campaigns)
{
    g_hash_table_remove_all(campaigns->places);
}

/* --- adding ----------------------------------------------------------------------------------- */

Place *campaigns_place(Campaigns *campaigns, const char *ip)
{
    Place *place = g_hash_table_lookup(campaigns->places, ip);
    if (place)
        return place;
    place = g_new0(Place, 1);
    place->witnesses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(campaigns->places, g_strdup(ip), place);
    return place;
}

void place_witness(Place *place, const char *organisation, gint64 first, gint64 last)
{
    Witness *witness = g_hash_table_lookup(place->witnesses, organisation);
    place->counted = false;
    if (!witness) {
        witness = g_new0(Witness, 1);
        *witness = (Witness){first, last};
        g_hash_table_insert(place->witnesses, g_strdup(organisation), witness);
    }
    witness->first = MIN(witness->first, first);
    witness->last = MAX(witness->last, last);
}

static const Hop *injection_hop(const Trace *trace)
{
    int hop = trace->injection.hop;
    return hop >= 0 && hop < (int)trace->returned->len ? trace->returned->pdata[hop] : NULL;
}

/* Somebody else's public address, on the reporter's own word. */
static bool is_stranger(const Trace *trace, const Identity *identity)
{
    const Injection *injection = &trace->injection;
    const Hop *hop = injection_hop(trace);
    bool said = injection->source == INJECTION_RECEIVED || injection->source == INJECTION_SENTENCE;
    return said && injection->ip.family && !injection->own && !injection->forwarder &&
           !ip_is_inside(&injection->ip) && !(hop && peer_written_by_own(hop, identity));
}

/* Customers of one house are one witness: the house's machines saw it, not theirs. */
static const char *witness_of(const Trace *trace)
{
    const char *handing = trace->handing_rdns;
    const House *house = handing ? house_find(handing) : NULL;
    if (!house)
        house = house_find(trace->reporter_organisation);
    return house ? house->name : trace->reporter_organisation;
}

Sighting *sighting_of(const Reading *reading, const Judgement *judgement, const Identity *identity,
                      const StoreFacts *facts, gint64 time)
{
    const Trace *trace = judgement->trace;
    const Hop *hop = injection_hop(trace);
    bool bare = hop && hop->lookup != LOOKUP_NOT && peer_is_nameless_or_home(hop);
    /* who may have carried our mail on to many organisations is no stranger to them */
    bool held = trace->held_why || (facts && facts->sent_to && !bare);
    bool vouched = trace->reporter == REPORTER_VOUCHED && !trace->capped && !held;
    if (reading->bounce->kind == KIND_NONE || !trace->reporter_organisation ||
        !is_stranger(trace, identity))
        return NULL;
    bool sent_here = facts && facts->asked && facts->sent_here == TRI_YES;
    if (!vouched && !sent_here)
        return NULL;
    const char *witness = witness_of(trace);
    gsize n = strlen(witness) + 1;
    Sighting *sighting = g_malloc(sizeof *sighting + n);
    bool looked = vouched && hop && hop->lookup != LOOKUP_NOT;
    *sighting = (Sighting){.ip = trace->injection.ip,
                           .vouched = vouched,
                           .sent_here = sent_here,
                           .bare = looked && bare,
                           .named = looked && !bare,
                           .time = time};
    memcpy(sighting->witness, witness, n);
    return sighting;
}

void campaigns_add(Campaigns *campaigns, const Sighting *sighting)
{
    if (!sighting)
        return;
    g_autofree char *ip = ip_format(&sighting->ip);
    Place *place = campaigns_place(campaigns, ip);
    place->counted = false;
    place->sent_here = place->sent_here || sighting->sent_here;
    place->bare = place->bare || sighting->bare;
    place->named = place->named || sighting->named;
    if (sighting->vouched)
        place_witness(place, sighting->witness, sighting->time, sighting->time);
}

/* --- counting --------------------------------------------------------------------------------- */

/* One organisation saw it then. */
typedef struct Sight {
    gint64 time;
    const char *name;
} Sight;

static gint compare_sights(gconstpointer a, gconstpointer b)
{
    const Sight *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return strcmp(x->name, y->name);
}

static GArray *sights_of(const Place *place)
{
    GArray *sights = g_array_new(FALSE, FALSE, sizeof(Sight));
    GHashTableIter each;
    gpointer name, value;
    g_hash_table_iter_init(&each, place->witnesses);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        const Witness *witness = value;
        const Sight first = {witness->first, name}, last = {witness->last, name};
        g_array_append_val(sights, first);
        g_array_append_val(sights, last);
    }
    g_array_sort(sights, compare_sights);
    return sights;
}

/* The first window in which most organisations saw it: from sight @from to before @to. */
static guint window_find(const GArray *sights, guint *from, guint *to)
{
    g_autoptr(GHashTable) inside = g_hash_table_new(g_str_hash, g_str_equal); /* name -> sights */
    guint most = 0, begin = 0;
    for (guint end = 0; end < sights->len; end++) {
        const Sight *newest = &g_array_index(sights, Sight, end);
        gsize n = GPOINTER_TO_SIZE(g_hash_table_lookup(inside, newest->name));
        g_hash_table_insert(inside, (gpointer)(gsize)newest->name, GSIZE_TO_POINTER(n + 1));
        for (const Sight *oldest = &g_array_index(sights, Sight, begin);
             newest->time - oldest->time > WINDOW_S;
             oldest = &g_array_index(sights, Sight, ++begin)) {
            n = GPOINTER_TO_SIZE(g_hash_table_lookup(inside, oldest->name));
            if (n == 1)
                g_hash_table_remove(inside, oldest->name);
            else
                g_hash_table_insert(inside, (gpointer)(gsize)oldest->name, GSIZE_TO_POINTER(n - 1));
        }
        if (g_hash_table_size(inside) > most) {
            most = g_hash_table_size(inside);
            *from = begin;
            *to = end + 1;
        }
    }
    return most;
}

/* Where it is not counted, or was looked at at another time. */
static void place_count(Place *place, gint64 looked)
{
    if (place->counted && place->counts.looked == looked)
        return;
    guint from = 0, to = 0;
    g_autoptr(GArray) sights = sights_of(place);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    g_free(place->counts.names);
    place->counts = (CaseCounts){.organisations = window_find(sights, &from, &to),
                                 .first = TIME_NONE,
                                 .last = TIME_NONE,
                                 .sent_here = place->sent_here,
                                 .nameless = place->bare && !place->named,
                                 .looked = looked};
    for (guint i = from; i < to; i++)
        g_hash_table_add(names, (gpointer)(gsize)g_array_index(sights, Sight, i).name);
    place->counts.names = names_join(names);
    if (to > from) {
        place->counts.first = g_array_index(sights, Sight, from).time;
        place->counts.last = g_array_index(sights, Sight, to - 1).time;
    }
    place->counted = true;
}

void campaigns_count(Campaigns *campaigns)
{
    GHashTableIter each;
    gpointer ip, place;
    g_hash_table_iter_init(&each, campaigns->places);
    while (g_hash_table_iter_next(&each, &ip, &place))
        place_count(place, campaigns->stamp.looked);
    campaigns->none.looked = campaigns->stamp.looked;
}

const CaseCounts *campaigns_counts(Campaigns *campaigns, const Ip *ip)
{
    g_autofree char *text = ip->family ? ip_format(ip) : NULL;
    Place *place = text ? g_hash_table_lookup(campaigns->places, text) : NULL;
    if (place)
        place_count(place, campaigns->stamp.looked);
    else if (campaigns->none.looked != campaigns->stamp.looked)
        campaigns->none.looked = campaigns->stamp.looked;
    return place ? &place->counts : &campaigns->none;
}

char *campaigns_witnesses(const Campaigns *campaigns, const Ip *ip, const char *but, guint most,
                          guint *count)
{
    g_autofree char *text = ip->family ? ip_format(ip) : NULL;
    const Place *place = text ? g_hash_table_lookup(campaigns->places, text) : NULL;
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) lines = g_string_new(NULL);
    *count = 0;
    if (!place)
        return NULL;
    g_autoptr(GArray) sights = sights_of(place); /* each is there with its first and its last */
    for (guint i = 0; i < sights->len; i++) {
        const Sight *sight = &g_array_index(sights, Sight, i);
        g_autofree char *when = date_format_rfc3339(sight->time);
        if (g_strcmp0(sight->name, but) == 0 ||
            !g_hash_table_add(told, (gpointer)(gsize)sight->name) || ++*count > most)
            continue;
        g_string_append_printf(lines, "%s    %s, %s", lines->len ? "\n" : "", sight->name, when);
    }
    return lines->len ? g_string_free(g_steal_pointer(&lines), FALSE) : NULL;
}

bool campaigns_counts_same(const CaseCounts *one, const CaseCounts *other)
{
    return one->organisations == other->organisations && g_strcmp0(one->names, other->names) == 0 &&
           one->first == other->first && one->last == other->last &&
           one->sent_here == other->sent_here && one->nameless == other->nameless;
}

bool campaigns_same(const Campaigns *one, const Campaigns *other)
{
    g_autofree char *a = campaigns_text(one), *b = campaigns_text(other);
    return strcmp(strchr(a, '\n'), strchr(b, '\n')) == 0;
}
