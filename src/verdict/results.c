/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reporter's results. See results.h. */
#include "verdict/results.h"

#include <string.h>

#include "auth/auth.h"
#include "base/address.h"
#include "house/house.h"
#include "trace/peer.h"
#include "verdict/origin.h"

/* How sure it is that the reporter wrote a header. */
typedef enum Place {
    PLACE_NONE,    /* it stands among what the sender wrote, or names another server */
    PLACE_LIKELY,  /* right below the line that recorded the sender, where many servers put theirs
                      and a sender could put one */
    PLACE_CAREFUL, /* there, and of a house that takes off what a sender put there in its name */
    PLACE_CAPPED,  /* either of these at a line that is believed, and that a stranger could have
                      written */
    PLACE_SURE     /* above a line that can be believed */
} Place;

/* Each from its surest place. */
struct Results {
    Place dkim_us, spf_us;        /* pass, for us */
    Place dmarc_fails, spf_fails; /* fail, for our domain */
    char *domain, *failed;        /* of those, for the sentences */
};

static guint believed_lines(const Trace *trace)
{
    guint n = 0;
    while (n < trace->returned->len && origin_is_believed(trace->returned_notes[n].mark))
        n++;
    return n;
}

/* Houses that write their results right below their own line, and take off those in their name that
 * a sender wrote. */
static bool is_careful_house(const char *by)
{
    return house_same(by, "google.com") || house_same(by, "outlook.com");
}

static bool is_reporters(const Case *c, const char *server, guint believed)
{
    if (house_same(server, c->trace->reporter_organisation) ||
        house_same(server, c->bounce->reporting_mta))
        return true;
    for (guint i = 0; i < believed; i++) {
        const char *by = ((const Hop *)c->trace->returned->pdata[i])->by;
        if (house_same(server, by) || (by && g_ascii_strcasecmp(server, by) == 0))
            return true;
    }
    return false;
}

/* They speak of another client than the one that the line above them recorded: whoever checked that
 * one did not write them. */
static bool is_of_another(const Case *c, const AuthResults *results)
{
    for (guint i = 0; i < results->results->len; i++) {
        const AuthResult *r = results->results->pdata[i];
        if (r->client.family && c->trace->injection.ip.family &&
            !ip_equal(&r->client, &c->trace->injection.ip))
            return true;
    }
    return false;
}

/* @first: no results stand between it and the line above it. */
static Place place_of(const Case *c, const Header *header, const AuthResults *results, bool first)
{
    guint believed = believed_lines(c->trace);
    if (believed == 0 || (results->server && !is_reporters(c, results->server, believed)))
        return PLACE_NONE;
    if (header->above < believed)
        return trace_is_capped_at(c->trace, (int)header->above) ? PLACE_CAPPED : PLACE_SURE;
    if (header->above > believed || is_of_another(c, results))
        return PLACE_NONE;
    const char *by = ((const Hop *)c->trace->returned->pdata[believed - 1])->by;
    if (!first || !is_careful_house(by))
        return PLACE_LIKELY;
    return trace_is_capped_at(c->trace, (int)believed - 1) ? PLACE_CAPPED : PLACE_CAREFUL;
}

/* The domain of an address, or of "@domain", or the domain itself; NULL for none. Borrowed. */
static const char *domain_in(const char *text)
{
    const char *at = text ? strrchr(text, '@') : NULL;
    const char *domain = at ? at + 1 : text;
    return domain && *domain ? domain : NULL;
}

static bool is_our_domain(const Case *c, const char *text)
{
    const char *domain = domain_in(text);
    return domain && identity_owns_host(c->identity, domain);
}

static void note(Place *slot, Place place, char **text, const char *domain)
{
    if (place <= *slot)
        return;
    *slot = place;
    g_free(*text);
    *text = g_strdup(domain_in(domain));
}

static void take_spf(const Case *c, const AuthResult *r, Place place, Results *said)
{
    bool client_ours =
        r->client.family ? identity_owns_ip(c->identity, &r->client) : c->trace->injection.own;
    if (r->guessed || !is_our_domain(c, r->mailfrom))
        return;
    if (r->value == AUTH_PASS && client_ours)
        note(&said->spf_us, place, &said->domain, r->mailfrom);
    else if (r->value == AUTH_FAIL && !client_ours)
        note(&said->spf_fails, place, &said->failed, r->mailfrom);
}

static void take(const Case *c, const AuthResult *r, Place place, Results *said)
{
    const char *signer = r->header_d ? r->header_d : r->header_i;
    const char *from = r->header_from ? r->header_from : c->bounce->returned.from;
    if (r->method == AUTH_SPF)
        take_spf(c, r, place, said);
    else if (r->method == AUTH_DKIM && r->value == AUTH_PASS && is_our_domain(c, signer))
        note(&said->dkim_us, place, &said->domain, signer);
    else if (r->method == AUTH_DMARC && r->value == AUTH_FAIL && is_our_domain(c, from))
        note(&said->dmarc_fails, place, &said->failed, from);
}

Results *results_read(const Case *c)
{
    Results *said = g_new(Results, 1);
    *said = (Results){0};
    const GPtrArray *headers = c->bounce->returned.headers;
    guint last = G_MAXUINT;
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        g_autoptr(AuthResults) results = auth_read(header->name, span_of(header->value));
        if (!results || results->field == AUTH_FIELD_ARC)
            continue;
        bool first = header->above != last || results->field == AUTH_FIELD_SPF;
        Place place = place_of(c, header, results, first);
        if (results->field == AUTH_FIELD_RESULTS)
            last = header->above;
        for (guint k = 0; place != PLACE_NONE && results->clean && k < results->results->len; k++)
            take(c, results->results->pdata[k], place, said);
    }
    return said;
}

void results_free(Results *results)
{
    if (!results)
        return;
    g_free(results->domain);
    g_free(results->failed);
    g_free(results);
}

Answer results_as_us(const Case *c)
{
    const Results *said = c->results;
    bool dkim = said->dkim_us >= PLACE_CAREFUL, spf = said->spf_us >= PLACE_CAREFUL;
    bool sure = said->dkim_us == PLACE_SURE && said->spf_us == PLACE_SURE;
    Strength strength = STRENGTH_STRONG;
    if (c->trace->reporter == REPORTER_CONTRADICTED || c->trace->reporter == REPORTER_DOUBTFUL ||
        c->trace->not_ours) /* it is true of all that our server passes on */
        strength = STRENGTH_WEAK;
    else if (sure && c->vouched && !c->trace->capped)
        strength = STRENGTH_PROOF;
    Answer answer = dkim || spf
                        ? answer_yes(c, strength, "the reporter checked %s for %s, and it passed",
                                     dkim && spf ? "signature and SPF"
                                     : dkim      ? "the signature"
                                                 : "SPF",
                                     said->domain)
                        : answer_no("the reporter's own checks do not say that it was yours");
    /* who wrote them wrote the line, too */
    if (MAX(said->dkim_us, said->spf_us) == PLACE_CAPPED)
        answer.ground = GROUND_ORIGIN;
    return answer;
}

Answer results_failed(const Case *c)
{
    const Results *said = c->results;
    if (said->dkim_us != PLACE_NONE)
        return answer_no("a signature of yours passed the reporter's check");
    if (said->dmarc_fails == PLACE_NONE && said->spf_fails == PLACE_NONE)
        return answer_no("the reporter's own checks do not say that it failed in your name");
    case_note_promise(c, PROMISE_SIGNED);
    return answer_yes(c, c->identity->dkim_always || c->complete ? STRENGTH_STRONG : STRENGTH_WEAK,
                      "the reporter checked %s for %s, and it failed",
                      said->dmarc_fails != PLACE_NONE ? "DMARC" : "SPF", said->failed);
}
