/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in: see ways.h. */
#include "learn/ways.h"

#include <string.h>

#include "auth/auth.h"
#include "base/address.h"
#include "base/domain.h"
#include "house/house.h"
#include "learn/patterns.h"
#include "message/message.h"
#include "trace/inside.h"

enum {
    LINES_MOST = 30,    /* of one message that are looked at */
    FIELDS_MOST = 8,    /* Authentication-Results of one message */
    STEPS_MOST = 12,    /* lines of the inside */
    STRANGERS_FEW = 5,  /* so many organisations that hand mail in are the world */
    SENDERS_FEW = 10,   /* ... and so many senders */
    ACCOUNT_SHARE = 20, /* of all senders, in percent: mail of another account */
    MOST_SHARE = 80     /* nearly all */
};

typedef struct Field {
    char *server;
    guint above; /* Received lines that stand above it */
} Field;

/* The way of one message. */
typedef struct Way {
    GPtrArray *lines; /* of Hop, newest first */
    GArray *fields;   /* of Field */
    char *voice;      /* who sent it, as far as that counts; in Ways' voices */
    guint at;         /* the line that is looked at */
    int border;       /* the line in which it came from the world; -1 */
} Way;

struct Ways {
    const Identity *identity;
    GPtrArray *all;     /* of Way */
    GHashTable *voices; /* the strings */
};

static void way_free(gpointer data)
{
    Way *way = data;
    g_ptr_array_unref(way->lines);
    for (guint i = 0; i < way->fields->len; i++)
        g_free(g_array_index(way->fields, Field, i).server);
    g_array_unref(way->fields);
    g_free(way);
}

Ways *ways_new(const Identity *identity)
{
    Ways *ways = g_new0(Ways, 1);
    ways->identity = identity;
    ways->all = g_ptr_array_new_with_free_func(way_free);
    ways->voices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return ways;
}

void ways_free(Ways *ways)
{
    if (!ways)
        return;
    g_ptr_array_unref(ways->all);
    g_hash_table_unref(ways->voices);
    g_free(ways);
}

/* --- taking in -------------------------------------------------------------------------------- */

/* Who sent it: an organisation is one voice, but at shared providers each address is. */
static char *voice_of(const GPtrArray *headers)
{
    const char *from = headers_get(headers, "From");
    g_autofree char *address = from ? address_extract(span_of(from)) : NULL;
    g_autofree char *domain = address ? address_domain(address) : NULL;
    if (!domain)
        return g_strdup("");
    if (house_has_mailboxes(domain))
        return g_ascii_strdown(address, -1);
    char *organisation = domain_organisation(domain);
    return organisation ? organisation : g_steal_pointer(&domain);
}

static void add_field(Way *way, const Header *header)
{
    g_autoptr(AuthResults) results = auth_read(header->name, span_of(header->value));
    if (!results || results->field != AUTH_FIELD_RESULTS || !results->server || !results->clean)
        return;
    Field field = {g_ascii_strdown(results->server, -1), way->lines->len};
    g_array_append_val(way->fields, field);
}

void ways_add(Ways *ways, const GPtrArray *headers)
{
    Way *way = g_new0(Way, 1);
    way->border = -1;
    way->lines = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    way->fields = g_array_new(FALSE, FALSE, sizeof(Field));
    for (guint i = 0; i < headers->len && way->lines->len < LINES_MOST; i++) {
        const Header *header = headers->pdata[i];
        if (header_is(header, "Received"))
            g_ptr_array_add(way->lines, received_parse(span_of(header->value)));
        else if (way->fields->len < FIELDS_MOST && header_is(header, "Authentication-Results"))
            add_field(way, header);
    }
    if (way->lines->len == 0) {
        way_free(way);
        return;
    }
    char *voice = voice_of(headers);
    gpointer had = g_hash_table_lookup(ways->voices, voice);
    way->voice = had ? had : voice;
    if (had)
        g_free(voice);
    else
        g_hash_table_add(ways->voices, voice);
    g_ptr_array_add(ways->all, way);
}

/* --- one line of many messages ---------------------------------------------------------------- */

/* What stands on the other side of a line. */
typedef enum Side {
    SIDE_INSIDE,  /* an address of the inside, or no peer */
    SIDE_HOUSE,   /* a machine of the writer's own organisation, which wrote the line below */
    SIDE_FILTER,  /* a mail filter's */
    SIDE_WORLD,   /* anybody's */
    SIDE_NOTHING, /* nobody can say; or a customer, who logged in */
    SIDE_COUNT
} Side;

/* Messages whose line at this depth was written by servers of one organisation. */
typedef struct Group {
    GPtrArray *sides[SIDE_COUNT]; /* of Way, borrowed */
    GHashTable *voices, *side_voices[SIDE_COUNT];
    GHashTable *strangers; /* organisations or networks of the world */
    GHashTable *greetings; /* how peers of the inside call themselves, without digits */
} Group;

static GHashTable *set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static Group *group_new(void)
{
    Group *group = g_new0(Group, 1);
    group->voices = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (int i = 0; i < SIDE_COUNT; i++) {
        group->sides[i] = g_ptr_array_new();
        group->side_voices[i] = g_hash_table_new(g_direct_hash, g_direct_equal);
    }
    group->strangers = set_new();
    group->greetings = set_new();
    return group;
}

static void group_free(gpointer data)
{
    Group *group = data;
    for (int i = 0; i < SIDE_COUNT; i++) {
        g_ptr_array_unref(group->sides[i]);
        g_hash_table_unref(group->side_voices[i]);
    }
    g_hash_table_unref(group->voices);
    g_hash_table_unref(group->strangers);
    g_hash_table_unref(group->greetings);
    g_free(group);
}

/* The name of the peer as far as the line can be held to it: looked up, or the only one it has. */
static const char *peer_named(const Hop *hop)
{
    if (hop->lookup == LOOKUP_NAME)
        return hop->from_rdns;
    return hop->lookup == LOOKUP_NOT ? hop->from_helo : NULL;
}

static Side side_of(const Hop *hop, const Hop *next)
{
    const char *name = peer_named(hop);
    const House *house = house_find(name);
    if (hop->authenticated)
        return SIDE_NOTHING;
    if (!hop->from_ip.family)
        return next && name && house_same(name, hop->by) ? SIDE_HOUSE : SIDE_NOTHING;
    if (ip_is_inside(&hop->from_ip))
        return SIDE_INSIDE;
    bool handed = next && next->by && house_same(name, next->by);
    if (handed && house_same(name, hop->by))
        return SIDE_HOUSE;
    if (handed && house && house->kind == HOUSE_FILTER)
        return SIDE_FILTER;
    return SIDE_WORLD;
}

/* The stranger as one: all machines of an organisation; where no name was looked up, each address.
 * The caller frees it. */
static char *stranger_of(const Hop *hop)
{
    const House *house = hop->lookup == LOOKUP_NAME ? house_find(hop->from_rdns) : NULL;
    if (house)
        return g_strdup(house->name);
    char *organisation = hop->lookup == LOOKUP_NAME ? domain_organisation(hop->from_rdns) : NULL;
    if (organisation)
        return organisation;
    return ip_format(&hop->from_ip);
}

static void group_add(Group *group, Way *way)
{
    const Hop *hop = way->lines->pdata[way->at];
    const Hop *next = way->at + 1 < way->lines->len ? way->lines->pdata[way->at + 1] : NULL;
    Side side = side_of(hop, next);
    g_hash_table_add(group->voices, way->voice);
    g_hash_table_add(group->side_voices[side], way->voice);
    g_ptr_array_add(group->sides[side], way);
    if (side == SIDE_WORLD)
        g_hash_table_add(group->strangers, stranger_of(hop));
    char *greeting = side == SIDE_INSIDE ? pattern_group(hop->from_helo) : NULL;
    if (greeting)
        g_hash_table_add(group->greetings, greeting);
}

static guint voices_of(const Group *group, Side side)
{
    return g_hash_table_size(group->side_voices[side]);
}

static bool is_share(guint part, guint whole, guint percent)
{
    return part > 0 && part * 100 >= whole * percent;
}

/* Many strangers hand mail in here. */
static bool is_border(const Group *group)
{
    return g_hash_table_size(group->strangers) >= STRANGERS_FEW &&
           voices_of(group, SIDE_WORLD) >= SENDERS_FEW;
}

/* Behind address translation all the world comes from one inside address, and greets as it likes.
 */
static bool is_translated(const Group *group)
{
    return g_hash_table_size(group->greetings) >= STRANGERS_FEW;
}

static bool is_filtered(const Group *group)
{
    return is_share(voices_of(group, SIDE_FILTER), g_hash_table_size(group->voices), MOST_SHARE);
}

static void pass_on(const Group *group, Side side, GPtrArray *onward)
{
    for (guint i = 0; i < group->sides[side]->len; i++) {
        Way *way = group->sides[side]->pdata[i];
        way->at++;
        g_ptr_array_add(onward, way);
    }
}

static void take_border(const Group *group, Side side)
{
    for (guint i = 0; i < group->sides[side]->len; i++) {
        Way *way = group->sides[side]->pdata[i];
        way->border = (int)way->at;
    }
}

/* Ends the ways of a group that end here; the others go on by the line below, into @onward. */
static void group_judge(const Group *group, GPtrArray *onward)
{
    guint all = g_hash_table_size(group->voices);
    if (!is_translated(group))
        pass_on(group, SIDE_INSIDE, onward);
    if (is_filtered(group)) {
        pass_on(group, SIDE_FILTER, onward);
        pass_on(group, SIDE_HOUSE, onward);
    } else if (is_border(group)) {
        take_border(group, SIDE_WORLD);
        take_border(group, SIDE_FILTER);
        take_border(group, SIDE_HOUSE); /* neighbours; below may stand what they wrote */
    } else if (is_share(voices_of(group, SIDE_HOUSE) + voices_of(group, SIDE_INSIDE), all,
                        MOST_SHARE)) {
        pass_on(group, SIDE_HOUSE, onward);
    }
}

/* --- down all messages ------------------------------------------------------------------------ */

/* Over steps that need no name; false where nothing can be said of the way. */
static bool way_ready(const Ways *ways, Way *way)
{
    while (way->at < way->lines->len && inside_is_step(way->lines->pdata[way->at]))
        way->at++;
    if (way->at >= way->lines->len)
        return false;
    const Hop *hop = way->lines->pdata[way->at];
    return hop->by && !identity_owns_ip(ways->identity, &hop->from_ip);
}

/* What a line is grouped by: the house or organisation of who wrote it. The caller frees it. */
static char *writer_of(const Hop *hop)
{
    const House *house = house_find(hop->by);
    return house ? g_strdup(house->name) : pattern_group(hop->by);
}

/* The ways of @in by the writers of their lines (writer -> Group); the senders into @voices. */
static GHashTable *groups_of(const Ways *ways, const GPtrArray *in, GHashTable *voices)
{
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free);
    for (guint i = 0; i < in->len; i++) {
        Way *way = in->pdata[i];
        if (!way_ready(ways, way))
            continue;
        g_hash_table_add(voices, way->voice);
        g_autofree char *key = writer_of(way->lines->pdata[way->at]);
        Group *group = key ? g_hash_table_lookup(groups, key) : NULL;
        if (key && !group) {
            group = group_new();
            g_hash_table_insert(groups, g_strdup(key), group);
        }
        if (group)
            group_add(group, way);
    }
    return groups;
}

/* Looks at the line of each of @in; below a line of one's own nearly all must be alike, but the
 * newest lines may be of several accounts. */
static void find_borders(const Ways *ways, const GPtrArray *in, guint depth)
{
    g_autoptr(GHashTable) voices = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GHashTable) groups = groups_of(ways, in, voices);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, groups);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Group *group = value;
        g_autoptr(GPtrArray) onward = g_ptr_array_new();
        if (is_share(g_hash_table_size(group->voices), g_hash_table_size(voices),
                     depth ? MOST_SHARE : ACCOUNT_SHARE))
            group_judge(group, onward);
        if (onward->len && depth < STEPS_MOST)
            find_borders(ways, onward, depth + 1);
    }
}

/* --- what it shows ---------------------------------------------------------------------------- */

static void count(GHashTable *counts, const char *text)
{
    char *key = g_ascii_strdown(text, -1);
    guint had = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
    g_hash_table_replace(counts, key, GUINT_TO_POINTER(had + 1));
}

static GHashTable *counts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* An identity that knows nothing but these patterns. The caller frees it. */
static Identity *identity_of(const WaysFound *found)
{
    Identity *identity = identity_new();
    GHashTable *from[] = {found->border, found->inside};
    GPtrArray *to[] = {identity->border, identity->inside};
    for (gsize i = 0; i < G_N_ELEMENTS(from); i++) {
        GHashTableIter iter;
        gpointer key;
        g_hash_table_iter_init(&iter, from[i]);
        while (g_hash_table_iter_next(&iter, &key, NULL))
            g_ptr_array_add(to[i], g_strdup(key));
    }
    return identity;
}

/* Border and inside lines, as patterns. */
static void find_patterns(const Ways *ways, WaysFound *found)
{
    g_autoptr(GHashTable) borders = counts_new();
    g_autoptr(GHashTable) insides = counts_new();
    for (guint i = 0; i < ways->all->len; i++) {
        const Way *way = ways->all->pdata[i];
        for (int k = 0; k <= way->border; k++) {
            const Hop *hop = way->lines->pdata[k];
            if (!inside_is_step(hop))
                count(k == way->border ? borders : insides, hop->by);
        }
    }
    g_hash_table_unref(found->border);
    found->border = patterns_of(borders);
    g_autoptr(Identity) identity = identity_of(found);
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, insides);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (identity_matches(identity->border, name))
            g_hash_table_iter_remove(&iter);
    g_hash_table_unref(found->inside);
    found->inside = patterns_of(insides);
}

/* The patterns lead to where the border was found, in nearly all messages. */
static bool is_led_right(const Ways *ways, const WaysFound *found)
{
    g_autoptr(Identity) identity = identity_of(found);
    guint right = 0, all = 0;
    for (guint i = 0; i < ways->all->len; i++) {
        const Way *way = ways->all->pdata[i];
        Inside led = inside_find(identity, way->lines);
        all += way->border >= 0;
        right += way->border >= 0 && led.end == INSIDE_BORDER && led.at == way->border;
    }
    return is_share(right, all, MOST_SHARE);
}

/* --- Authentication-Results ------------------------------------------------------------------- */

/* Messages and senders that show a name of results, or one that differs in digits, in one place of
 * one account's messages. */
typedef struct Signing {
    GHashTable *voices;
    GHashTable *names;           /* name -> messages */
    const char *server, *writer; /* one of them; a server of the border */
    bool below;
} Signing;

static void signing_free(gpointer data)
{
    Signing *signing = data;
    g_hash_table_unref(signing->voices);
    g_hash_table_unref(signing->names);
    g_free(signing);
}

static void signing_add(GHashTable *signings, const char *key, const Way *way, Signing values)
{
    Signing *signing = g_hash_table_lookup(signings, key);
    if (!signing) {
        signing = g_new0(Signing, 1);
        *signing = values;
        signing->voices = g_hash_table_new(g_direct_hash, g_direct_equal);
        signing->names = counts_new();
        g_hash_table_insert(signings, g_strdup(key), signing);
    }
    if (values.server)
        count(signing->names, values.server);
    g_hash_table_add(signing->voices, way->voice);
}

/* Each name once for a message and place; the empty name is the account itself. */
static void signings_add(GHashTable *signings, const Way *way)
{
    const Hop *hop = way->lines->pdata[way->border];
    g_autofree char *account = writer_of(hop);
    g_autoptr(GHashTable) seen = set_new();
    g_autofree char *all = g_strdup_printf("%s\n", account);
    signing_add(signings, all, way, (Signing){.writer = account ? hop->by : NULL});
    for (guint i = 0; i < way->fields->len; i++) {
        const Field *field = &g_array_index(way->fields, Field, i);
        if ((int)field->above > way->border + 1)
            continue;
        bool below = (int)field->above == way->border + 1;
        g_autofree char *family = pattern_family(field->server);
        char *key = g_strdup_printf("%s\n%s\n%d", account, family, below);
        if (!g_hash_table_contains(seen, key))
            signing_add(signings, key, way,
                        (Signing){.server = field->server, .writer = hop->by, .below = below});
        g_hash_table_add(seen, key);
    }
}

static void names_add(GHashTable *names, GHashTable *more)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, more);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_replace(names, g_strdup(key), value);
}

/* Above the border only our side writes. Below it every sender does: there the name must be of our
 * server's house, too. Nearly all messages must show it, or a sender could where ours did not. */
static void find_authserv(const Ways *ways, WaysFound *found)
{
    g_autoptr(GHashTable) signings =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, signing_free);
    for (guint i = 0; i < ways->all->len; i++)
        if (((Way *)ways->all->pdata[i])->border >= 0)
            signings_add(signings, ways->all->pdata[i]);
    g_autoptr(GHashTable) names = counts_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, signings);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const Signing *signing = value;
        if (!signing->server || (signing->below && !house_same(signing->server, signing->writer)))
            continue;
        g_autofree char *all = g_strndup(key, (gsize)(strchr(key, '\n') + 1 - (char *)key));
        const Signing *account = g_hash_table_lookup(signings, all);
        if (is_share(g_hash_table_size(signing->voices), g_hash_table_size(account->voices),
                     MOST_SHARE))
            names_add(names, signing->names);
    }
    g_hash_table_unref(found->authserv);
    found->authserv = patterns_of(names);
}

/* --- all -------------------------------------------------------------------------------------- */

static void count_crossings(const Ways *ways, WaysFound *found)
{
    g_autoptr(GHashTable) voices = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < ways->all->len; i++) {
        const Way *way = ways->all->pdata[i];
        found->messages += way->border >= 0;
        if (way->border >= 0)
            g_hash_table_add(voices, way->voice);
    }
    found->senders = g_hash_table_size(voices);
}

WaysFound *ways_find(Ways *ways)
{
    WaysFound *found = g_new0(WaysFound, 1);
    found->border = counts_new();
    found->inside = counts_new();
    found->authserv = counts_new();
    find_borders(ways, ways->all, 0);
    find_patterns(ways, found);
    if (!is_led_right(ways, found)) {
        g_hash_table_remove_all(found->border);
        g_hash_table_remove_all(found->inside);
        return found;
    }
    find_authserv(ways, found);
    count_crossings(ways, found);
    return found;
}

void ways_found_free(WaysFound *found)
{
    if (!found)
        return;
    g_hash_table_unref(found->border);
    g_hash_table_unref(found->inside);
    g_hash_table_unref(found->authserv);
    g_free(found);
}
