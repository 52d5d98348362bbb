/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The link tests, one function each, in one table. See links.h. */
#include "trace/links.h"

#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "received/idclock.h"
#include "trace/peer.h"

#define LATE      (15 * 60)
#define VERY_LATE (24 * 3600)
#define CLOCK_OFF 3600
/* 1990-01-01: no line of mail that is still about is older. */
#define FIRST_MAIL G_GINT64_CONSTANT(631152000)

/* What the tests carry from the newest hop down. */
typedef struct Tests {
    Trace *trace;
    const GPtrArray *chain; /* its returned one */
    const Identity *identity;
    Doubt *doubts;
    gint64 latest; /* nothing can have happened later */
    const Clock *clock;
    gint64 newer_date; /* of the nearest newer line whose date can be believed */
    gint64 earliest;   /* the earliest of those dates */
    int last_by;       /* the nearest newer hop with "by" or "from", -1 */
    int public_above;  /* the nearest newer hop with a public peer, -1 */
    bool readable;     /* this hop's id */
    /* NULL where there is but one line: */
    GHashTable *ids;   /* of Hop, by writer and id -> hop index + 1 */
    GHashTable *hosts; /* of Hop, by writer -> hop index + 1: lines whose software is known */
} Tests;

static Hop *hop_at(const GPtrArray *chain, int i)
{
    return i >= 0 && i < (int)chain->len ? chain->pdata[i] : NULL;
}

static void report(Tests *t, int hop, const char *test, LinkResult result, char *text)
{
    Link link = {hop, test, result, false, text};
    Doubt *doubt = &t->doubts[hop];
    if (result == LINK_SILENT) {
        g_free(text);
        return;
    }
    if (result == LINK_STRONG && doubt->strong < 255)
        doubt->strong++;
    if (result == LINK_WEAK && doubt->weak < 255)
        doubt->weak++;
    g_array_append_val(t->trace->links, link);
}

/* --- lines that are alike --------------------------------------------------------------------- */

static guint hash_of_writer(gconstpointer hop)
{
    guint hash = 5381;
    for (const char *p = ((const Hop *)hop)->by; *p; p++)
        hash = hash * 33 + (guchar)span_lower(*p);
    return hash;
}

static gboolean same_writer(gconstpointer a, gconstpointer b)
{
    return g_ascii_strcasecmp(((const Hop *)a)->by, ((const Hop *)b)->by) == 0;
}

static guint hash_of_id(gconstpointer hop)
{
    return hash_of_writer(hop) ^ g_str_hash(((const Hop *)hop)->id);
}

static gboolean same_id(gconstpointer a, gconstpointer b)
{
    return strcmp(((const Hop *)a)->id, ((const Hop *)b)->id) == 0 && same_writer(a, b);
}

/* The first of the newer lines that is like @hop by @seen; if there is none, @hop is the first, and
 * -1. */
static int newer_like(GHashTable *seen, const Hop *hop, int i)
{
    int newer = seen ? GPOINTER_TO_INT(g_hash_table_lookup(seen, hop)) - 1 : -1;
    if (seen && newer < 0)
        g_hash_table_insert(seen, (gpointer)(gsize)hop, GINT_TO_POINTER(i + 1));
    return newer;
}

/* --- adjacency -------------------------------------------------------------------------------- */

static bool is_address_of(const Hop *newer, const Ip *ip)
{
    return ip->family && (ip_equal(ip, &newer->from_ip) || ip_equal(ip, &newer->helo_ip));
}

static bool first_label_equal(const char *label, const char *name)
{
    gsize n = strlen(label);
    return name && g_ascii_strncasecmp(label, name, n) == 0 && (name[n] == '.' || name[n] == '\0');
}

static bool is_name_of(const Hop *newer, const char *by)
{
    const char *names[] = {newer->from_helo, newer->from_rdns};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && (domain_same(by, names[i]) || house_same(by, names[i]) ||
                         (peer_name_is_single_label(by) && first_label_equal(by, names[i])) ||
                         (peer_name_is_single_label(names[i]) && first_label_equal(names[i], by))))
            return true;
    return false;
}

/* Lines of one machine or one inside network: what holds them together is the network. */
static bool is_same_place(const Hop *newer, const Hop *older)
{
    return peer_name_is_localhost(older->by) || peer_name_is_localhost(newer->by) ||
           domain_same(newer->by, older->by) || house_same(newer->by, older->by) ||
           (newer->by_ip.family && ip_equal(&newer->by_ip, &older->by_ip));
}

static LinkResult adjacency_of_local(const Hop *newer, const Hop *older)
{
    if (!newer->by || newer->by_ip.family || older->by_ip.family)
        return LINK_SILENT;
    if (is_same_place(newer, older))
        return LINK_CONSISTENT;
    return domain_is_public_name(newer->by) && domain_is_public_name(older->by) ? LINK_WEAK
                                                                                : LINK_SILENT;
}

static LinkResult adjacency(const Hop *newer, const Hop *older)
{
    IpKind kind = ip_kind(&newer->from_ip);
    Ip by_address;
    /* qmail writes "by 0" where it was never told its name */
    if (!older->by || strcmp(older->by, "0") == 0)
        return LINK_SILENT;
    if (newer->local && !newer->from_ip.family)
        return adjacency_of_local(newer, older);
    if (!ip_parse_literal(span_of(older->by), &by_address))
        by_address.family = 0;
    if (peer_name_is_localhost(older->by)) {
        if (peer_name_is_localhost(newer->from_helo))
            return LINK_CONSISTENT;
        if (!newer->from_ip.family)
            return LINK_WEAK;
        return kind == IP_LOOPBACK ? LINK_CONSISTENT : LINK_STRONG;
    }
    if (is_address_of(newer, &older->by_ip) || is_address_of(newer, &by_address) ||
        is_name_of(newer, older->by))
        return LINK_CONSISTENT;
    if (ip_is_inside(&newer->from_ip) && is_same_place(newer, older))
        return LINK_CONSISTENT;
    /* a name or address that only the inside knows contradicts nothing */
    if (by_address.family || peer_name_is_single_label(older->by))
        return ip_is_inside(&by_address) || ip_is_inside(&newer->from_ip) ? LINK_SILENT : LINK_WEAK;
    if (!domain_is_public_name(older->by))
        return LINK_WEAK;
    return newer->from_helo || newer->from_rdns ? LINK_STRONG : LINK_WEAK;
}

LinkResult links_adjacent(const Hop *newer, const Hop *older, char **text)
{
    LinkResult result = adjacency(newer, older);
    if (text && result == LINK_CONSISTENT) {
        *text = g_strdup_printf("%s wrote this line, and that is who the line above took it from",
                                peer_writer(older));
    } else if (text && result != LINK_SILENT) {
        g_autofree char *peer = peer_text(newer);
        *text = g_strdup_printf("%s took it from %s, but this line says that it was written by %s",
                                peer_writer(newer), peer, peer_writer(older));
    }
    return result;
}

/* Our address, and a line by a host of ours: that is the host, whatever it calls itself and
 * whatever its provider calls it. */
static bool is_ours_to_ours(const Tests *t, const Hop *newer, const Hop *older)
{
    return identity_owns_ip(t->identity, &newer->from_ip) &&
           peer_written_by_own(older, t->identity);
}

/* ... or an address that may be ours. */
static bool is_perhaps_ours(const Tests *t, const Hop *newer, const Hop *older)
{
    return t->identity && t->identity->networks->len > 0 &&
           identity_may_own_ip(t->identity, &newer->from_ip) &&
           peer_written_by_own(older, t->identity);
}

static void test_adjacency(Tests *t, int i, const Hop *hop)
{
    const Hop *newer = hop_at(t->chain, t->last_by);
    char *text = NULL;
    LinkResult result;
    if (!newer)
        return;
    result = links_adjacent(newer, hop, trace_has_words(t->trace) ? &text : NULL);
    if (result > LINK_CONSISTENT && is_ours_to_ours(t, newer, hop)) {
        g_free(text);
        result = LINK_CONSISTENT;
        text =
            trace_say(t->trace, "%s took it from an address of yours, and your %s wrote this line",
                      peer_writer(newer), peer_writer(hop));
    }
    if (result > LINK_CONSISTENT && is_perhaps_ours(t, newer, hop)) {
        g_clear_pointer(&text, g_free);
        result = LINK_SILENT;
    }
    t->doubts[i].adjacency = result;
    report(t, i, "adjacency", result, text);
}

/* --- time ------------------------------------------------------------------------------------- */

static char *span_text(const Tests *t, gint64 seconds)
{
    if (seconds >= 2 * VERY_LATE)
        return trace_say(t->trace, "%" G_GINT64_FORMAT " days", seconds / 86400);
    if (seconds >= 2 * 3600)
        return trace_say(t->trace, "%" G_GINT64_FORMAT " hours", seconds / 3600);
    return trace_say(t->trace, "%" G_GINT64_FORMAT " minutes", seconds / 60);
}

/* The date of @hop by the clock of the rest. */
static gint64 date_of(const Tests *t, const Hop *hop)
{
    if (hop->date.utc == TIME_NONE || !t->clock->host || !domain_same(hop->by, t->clock->host))
        return hop->date.utc;
    return hop->date.utc + t->clock->slow;
}

static void test_time(Tests *t, int i, const Hop *hop)
{
    gint64 late, date = date_of(t, hop);
    g_autofree char *by = NULL;
    if (date == TIME_NONE || t->newer_date == TIME_NONE)
        return;
    late = date - t->newer_date;
    if (late <= LATE)
        return;
    by = span_text(t, late);
    report(t, i, "time", late > VERY_LATE ? LINK_STRONG : LINK_WEAK,
           trace_say(t->trace, "this older line is dated %s later than the one above it", by));
}

/* --- id clock --------------------------------------------------------------------------------- */

/* Hardly any different characters: who passed the bounce on made the id unreadable. */
static bool is_scrubbed(const char *id)
{
    bool seen[256] = {false};
    guint kinds = 0, n = 0;
    for (const guchar *p = (const guchar *)id; *p; p++) {
        if (!g_ascii_isalnum(*p))
            continue;
        kinds += !seen[*p];
        seen[*p] = true;
        n++;
    }
    return (n >= 6 && kinds <= 3) || (n >= 10 && kinds <= 4);
}

static void test_id_clock(Tests *t, int i, const Hop *hop)
{
    IdTime time;
    gint64 moment;
    if (!t->readable || !idclock_read(hop, &time))
        return;
    moment = idclock_moment(&time, &hop->date);
    g_autofree char *when = trace_has_words(t->trace) ? date_format_rfc3339(moment) : NULL;
    if (hop->date.utc != TIME_NONE && ABS(moment - hop->date.utc) > CLOCK_OFF) {
        g_autofree char *off = span_text(t, ABS(moment - hop->date.utc));
        report(t, i, "id-clock", LINK_STRONG,
               trace_say(t->trace,
                         "the id %s was made at %s, %s away from the date of the same line",
                         hop->id, when, off));
    } else if (t->earliest != TIME_NONE && time.zone != ID_CLOCK && moment > t->earliest + LATE) {
        report(t, i, "id-clock", LINK_STRONG,
               trace_say(t->trace, "the id %s was made at %s, later than a newer line", hop->id,
                         when));
    } else if (hop->date.utc != TIME_NONE) {
        report(t, i, "id-clock", LINK_CONSISTENT,
               trace_say(t->trace, "the id %s was made at %s, as the line says", hop->id, when));
    }
}

/* --- family ----------------------------------------------------------------------------------- */

static const char *const software_names[] = {
    [SOFTWARE_SENDMAIL] = "sendmail",
    [SOFTWARE_POSTFIX] = "Postfix",
    [SOFTWARE_EXIM] = "Exim",
    [SOFTWARE_QMAIL] = "qmail",
    [SOFTWARE_EXCHANGE] = "Exchange",
    [SOFTWARE_GMAIL] = "Gmail",
    [SOFTWARE_COURIER] = "Courier",
    [SOFTWARE_DOMINO] = "Domino",
    [SOFTWARE_INTERMAIL] = "InterMail",
    [SOFTWARE_OPENSMTPD] = "OpenSMTPD",
    [SOFTWARE_OTHER] = NULL,
};

/* The version behind the last @mark ("(Exim 4."), or -1. The last: a client may have put one into
 * its own name, which stands before what the server writes. */
static bool is_all_digits_and_dots(const char *id)
{
    return strspn(id, "0123456789.") == strlen(id);
}

/* Why @hop's id is none of the software that the line names; NULL if it may be. */
static const char *wrong_id(const Hop *hop)
{
    Span id = span_of(hop->id);
    IdTime time;
    switch (hop->software) {
    case SOFTWARE_EXIM:
        if (hop->release < 0)
            return NULL;
        if (id.n == 16 && hop->release >= 97)
            return "Exim makes longer ids since version 4.97";
        if (id.n == 23 && hop->release < 97)
            return "Exim made shorter ids before version 4.97";
        return id.n == 16 || id.n == 23 ? NULL : "Exim makes no such ids";
    case SOFTWARE_SENDMAIL:
        if (hop->release < 10 || (idclock_sendmail(id, TIME_NONE, &time) && id.n >= 12))
            return NULL;
        return "sendmail makes no such ids";
    case SOFTWARE_POSTFIX:
        if (hop->release < 0)
            return NULL;
        if (!idclock_postfix_shape(id))
            return "Postfix makes no such ids";
        return idclock_postfix_short_fits(id)
                   ? NULL
                   : "in Postfix the first five digits are microseconds, and these are too many";
    case SOFTWARE_DOMINO:
        return hop->release < 0 || idclock_digits(id, &time) ? NULL : "Domino makes no such ids";
    default:
        return NULL;
    }
}

static void test_family(Tests *t, int i, const Hop *hop)
{
    const char *why = t->readable ? wrong_id(hop) : NULL;
    if (why)
        report(t, i, "family", LINK_STRONG, trace_say(t->trace, "the id %s: %s", hop->id, why));
    if (!hop->by || hop->local || peer_name_is_localhost(hop->by) ||
        (gsize)hop->software >= G_N_ELEMENTS(software_names) || !software_names[hop->software])
        return;
    const Hop *other = hop_at(t->chain, newer_like(t->hosts, hop, i));
    if (other && other->software != hop->software)
        report(t, i, "family", LINK_STRONG,
               trace_say(t->trace, "%s writes its lines as %s does in a newer line, and as %s here",
                         hop->by, software_names[other->software], software_names[hop->software]));
}

/* --- identity theft --------------------------------------------------------------------------- */

/* A name as an own host would call itself. */
static bool is_own_name(const Tests *t, const char *name)
{
    return name && identity_owns_host(t->identity, name);
}

static bool is_foreign_public(const Tests *t, const Ip *ip)
{
    return ip->family && ip_kind(ip) == IP_PUBLIC && !identity_owns_ip(t->identity, ip) &&
           !identity_may_own_ip(t->identity, ip);
}

static void test_theft(Tests *t, int i, const Hop *hop)
{
    const Hop *newer = hop_at(t->chain, i - 1);
    if (!t->identity || t->identity->networks->len == 0)
        return;
    /* our own people call their machines after us, and show a password */
    if (!hop->authenticated && is_foreign_public(t, &hop->from_ip) &&
        (is_own_name(t, hop->from_helo) || is_own_name(t, hop->from_rdns))) {
        g_autofree char *ip = trace_ip_text(t->trace, &hop->from_ip);
        t->doubts[i].stolen_name = true;
        report(t, i, "identity-theft", LINK_STRONG,
               trace_say(t->trace,
                         "%s called itself %s, which is one of yours, but the address is not", ip,
                         is_own_name(t, hop->from_helo) ? hop->from_helo : hop->from_rdns));
    }
    if (newer && is_foreign_public(t, &newer->from_ip) && is_own_name(t, hop->by)) {
        g_autofree char *above = trace_ip_text(t->trace, &newer->from_ip);
        report(t, i, "identity-theft", LINK_STRONG,
               trace_say(t->trace,
                         "this line claims to be by your %s, but the line above took it from "
                         "%s, which is not yours",
                         hop->by, above));
    }
}

/* --- address sense ---------------------------------------------------------------------------- */

static void test_address(Tests *t, int i, const Hop *hop)
{
    Ip inner = ip_unmapped(&hop->from_ip);
    IpKind kind = ip_kind(&inner);
    const Hop *above, *below;
    if (kind != IP_RESERVED && kind != IP_PRIVATE && kind != IP_CGNAT)
        return;
    g_autofree char *ip = trace_ip_text(t->trace, &hop->from_ip);
    if (kind == IP_RESERVED) {
        report(t, i, "address-sense", LINK_STRONG,
               trace_say(t->trace, "%s is an address that nobody can have", ip));
        return;
    }
    above = hop_at(t->chain, t->public_above);
    below = hop_at(t->chain, i + 1);
    if (!above || !below || hop->authenticated || ip_kind(&below->from_ip) != IP_PUBLIC ||
        !domain_is_public_name(hop->by) || !domain_is_public_name(below->by) ||
        house_same(hop->by, below->by))
        return;
    report(t, i, "address-sense", LINK_WEAK,
           trace_say(t->trace,
                     "%s is an inside address, but %s and %s are of different organisations", ip,
                     hop->by, below->by));
}

/* --- literal ---------------------------------------------------------------------------------- */

static void test_literal(Tests *t, int i, const Hop *hop)
{
    /* who logs in may sit behind any translator of addresses */
    if (!hop->from_ip.family || !hop->helo_ip.family || hop->authenticated ||
        ip_equal(&hop->from_ip, &hop->helo_ip))
        return;
    g_autofree char *ip = trace_ip_text(t->trace, &hop->from_ip),
                    *said = trace_ip_text(t->trace, &hop->helo_ip);
    report(t, i, "literal", LINK_WEAK,
           trace_say(t->trace, "the client called itself %s but came from %s", said, ip));
}

/* --- duplicate -------------------------------------------------------------------------------- */

static bool same_line(const Hop *a, const Hop *b)
{
    return a && b && a->by && b->by && a->id && b->id && same_id(a, b);
}

static void test_duplicate(Tests *t, int i, const Hop *hop)
{
    /* Exchange writes its version where others write an id */
    if (!hop->by || !hop->id || hop->software == SOFTWARE_EXCHANGE ||
        is_all_digits_and_dots(hop->id) || peer_name_is_localhost(hop->by))
        return;
    int first = newer_like(t->ids, hop, i);
    if (first < 0)
        return;
    /* the whole pair again: the message ran in a circle, or the lines were written twice */
    if (first + 1 == i || same_line(hop_at(t->chain, first + 1), hop_at(t->chain, i + 1)) ||
        same_line(hop_at(t->chain, first - 1), hop_at(t->chain, i - 1)))
        return;
    report(t, i, "duplicate", LINK_STRONG,
           trace_say(t->trace, "%s used the id %s for a newer line already", hop->by, hop->id));
}

/* --- all -------------------------------------------------------------------------------------- */

static void (*const tests[])(Tests *t, int i, const Hop *hop) = {
    test_adjacency, test_time,    test_id_clock, test_family,
    test_theft,     test_address, test_literal,  test_duplicate,
};

/* A date that can serve to judge the lines below it. */
static bool is_reference(const Tests *t, gint64 date)
{
    return date != TIME_NONE && date > FIRST_MAIL &&
           (t->latest == TIME_NONE || (date < t->latest + VERY_LATE));
}

static void step_down(Tests *t, int i, const Hop *hop)
{
    if (hop->by || !hop->local)
        t->last_by = i;
    if (ip_kind(&hop->from_ip) == IP_PUBLIC)
        t->public_above = i;
    gint64 date = date_of(t, hop);
    if (!is_reference(t, date))
        return;
    t->newer_date = date;
    if (t->earliest == TIME_NONE || date < t->earliest)
        t->earliest = date;
}

void links_test(Trace *trace, const Identity *identity, gint64 latest, const Clock *clock,
                Doubt *doubts)
{
    const GPtrArray *chain = trace->returned;
    bool several = chain->len > 1;
    g_autoptr(GHashTable) ids = several ? g_hash_table_new(hash_of_id, same_id) : NULL;
    g_autoptr(GHashTable) hosts = several ? g_hash_table_new(hash_of_writer, same_writer) : NULL;
    Tests t = {.trace = trace,
               .chain = chain,
               .identity = identity,
               .doubts = doubts,
               .latest = latest,
               .clock = clock,
               .newer_date = latest,
               .earliest = latest,
               .last_by = -1,
               .public_above = -1,
               .ids = ids,
               .hosts = hosts};
    for (int i = 0; i < (int)chain->len; i++) {
        const Hop *hop = chain->pdata[i];
        t.readable = hop->id && !is_scrubbed(hop->id);
        for (gsize k = 0; k < G_N_ELEMENTS(tests); k++)
            tests[k](&t, i, hop);
        step_down(&t, i, hop);
    }
}

bool doubt_is_contradicted(const Doubt *doubt)
{
    return doubt->strong > 0 || doubt->weak > 1;
}

bool doubt_is_disbelieved(const Doubt *doubt)
{
    return doubt->strong > doubt->stolen_name || doubt->weak > 1;
}
