/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of our own server. See authentication.h. */
#include "trace/authentication.h"

#include <string.h>

#include "auth/auth.h"
#include "base/address.h"
#include "house/house.h"

/* Fields that are read of one message: our own server writes one or two. */
enum { FIELDS_MAX = 8 };

/* What our own server's results say, all together. */
typedef struct Findings {
    char *signer;  /* a domain that signed and is of who the bounce says wrote it */
    char *sender;  /* the domain for which the handing address may send, likewise */
    char *other;   /* a domain that signed, of somebody else */
    char *refused; /* the domain for which the handing address may not send, of the reporter */
} Findings;

static void findings_clear(Findings *f)
{
    g_free(f->signer);
    g_free(f->sender);
    g_free(f->other);
    g_free(f->refused);
}

static void keep(char **slot, const char *domain)
{
    if (!*slot)
        *slot = g_strdup(domain);
}

/* --- whose results ---------------------------------------------------------------------------- */

/* Where our server writes below its own line, its field is the first there. Not so where it wrote
 * one above: then that is its place, and what stands below in its name is a sender's. */
static bool is_first_below(const Walk *w, const TraceHeader *header, int last)
{
    for (gsize i = 0; i < w->input->outer_header_count; i++) {
        const TraceHeader *other = &w->input->outer_headers[i];
        if (other == header)
            return true;
        if (g_ascii_strcasecmp(other->name, header->name) != 0)
            continue;
        if ((int)other->above > last)
            return false;
        g_autoptr(AuthResults) results = auth_read(other->name, span_of(other->value));
        if (results && identity_matches(w->identity->authserv, results->server))
            return false;
    }
    return false;
}

/* The field stands where only our own side writes: above one of its lines. Some servers write it
 * below their own line; that is believed only under a name that was learned, since the sender
 * writes there, too. */
static bool is_placed_ours(const Walk *w, const TraceHeader *header, const AuthResults *results)
{
    int last = w->outer.capped_at >= 0 ? w->outer.capped_at : w->outer.at;
    if (!results->server || !results->clean)
        return false;
    bool learned = identity_matches(w->identity->authserv, results->server);
    if ((int)header->above > last)
        return learned && w->identity->border->len > 0 && (int)header->above == last + 1 &&
               is_first_below(w, header, last);
    return learned || house_same(results->server, w->outer.server) ||
           identity_owns_host(w->identity, results->server);
}

/* --- what they say ---------------------------------------------------------------------------- */

/* @domain speaks for @name. */
static bool is_of(const char *domain, const char *name)
{
    return name && house_same(domain, name) && house_speaks_for(domain, name);
}

/* @domain is of who the bounce says wrote it, by From or Reporting-MTA. */
static bool is_claimed(const Walk *w, const char *domain)
{
    return is_of(domain, w->names.mta) || is_of(domain, w->names.from);
}

static void read_dkim(const Walk *w, const AuthResult *result, Findings *f)
{
    if (result->value != AUTH_PASS || !result->header_d)
        return;
    const char *signer = result->header_d;
    if (is_claimed(w, signer))
        keep(&f->signer, signer);
    else if (!house_same(signer, w->names.mta) && !house_same(signer, w->names.from))
        keep(&f->other, signer);
}

/* The domain whose record was asked: that of the return path, of the greeting where it is empty.
 * The caller frees it. */
static char *asked_domain(const AuthResult *result)
{
    const char *path = result->mailfrom;
    const char *at = path ? strrchr(path, '@') : NULL;
    if (at)
        return g_str_has_prefix(path, "postmaster@") ? g_strdup(at + 1) : NULL;
    return g_strdup(path && *path ? path : result->helo);
}

static void read_spf(const Walk *w, const AuthResult *result, Findings *f)
{
    g_autofree char *domain = result->guessed ? NULL : asked_domain(result);
    if (!domain || !is_claimed(w, domain))
        return;
    if (result->value == AUTH_PASS)
        keep(&f->sender, domain);
    if (result->value == AUTH_FAIL)
        keep(&f->refused, domain);
}

static void read_field(const Walk *w, const TraceHeader *header, Findings *f)
{
    g_autoptr(AuthResults) results = auth_read(header->name, span_of(header->value));
    if (!results || results->field == AUTH_FIELD_ARC || !is_placed_ours(w, header, results))
        return;
    for (guint i = 0; i < results->results->len; i++) {
        const AuthResult *result = results->results->pdata[i];
        if (result->method == AUTH_DKIM)
            read_dkim(w, result, f);
        if (result->method == AUTH_SPF)
            read_spf(w, result, f);
    }
}

static Findings find_results(const Walk *w)
{
    Findings f = {0};
    guint read = 0;
    for (gsize i = 0; i < w->input->outer_header_count && read < FIELDS_MAX; i++) {
        const TraceHeader *header = &w->input->outer_headers[i];
        if ((int)header->above > w->outer.at + 1 ||
            (g_ascii_strcasecmp(header->name, "Authentication-Results") != 0 &&
             g_ascii_strcasecmp(header->name, "Received-SPF") != 0))
            continue;
        read++;
        read_field(w, header, &f);
    }
    return f;
}

Authenticated authentication_find(const Walk *w, char **domain)
{
    Findings f = find_results(w);
    Authenticated found = AUTHENTICATED_NOT;
    const char *said = NULL;
    if (f.signer) {
        found = AUTHENTICATED_SIGNED;
        said = f.signer;
    } else if (f.sender) {
        found = AUTHENTICATED_SENT;
        said = f.sender;
    } else if (f.refused) {
        found = AUTHENTICATED_REFUSED;
        said = f.refused;
    } else if (f.other && house_find(bounce_names_first(&w->names))) {
        found = AUTHENTICATED_OTHER;
        said = f.other;
    }
    *domain = g_strdup(said);
    findings_clear(&f);
    return found;
}
