/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifying our own signatures: see dkim.h. */
#include "dkim/dkim.h"

#include <gmp.h>
#include <nettle/eddsa.h>
#include <string.h>

#include "base/address.h"
#include "base/date.h"
#include "base/domain.h"
#include "dkim/dkim_canon.h"
#include "dkim/dkim_key.h"
#include "dkim/dkim_tags.h"

/* No header of ours is larger, has more fields, signs more of them, or carries more signatures. */
enum { HEADER_MAX = 512 * 1024, FIELDS_MAX = 2000, SIGNED_MAX = 100, SIGNATURES_MAX = 8 };

/* One signature while it is looked at. */
typedef struct Signature {
    const DkimField *field;
    DkimTags tags;
    Span domain, selector;
    bool ed25519;                      /* the algorithm of a= */
    bool relaxed_header, relaxed_body; /* c= */
    const char *covered[SIGNED_MAX];   /* the names in h=, in @names */
    gsize covered_count;
    char *names;
    gint64 made, expires; /* t=, x=; TIME_NONE */
} Signature;

typedef struct Search {
    const DkimMail *mail;
    GArray *fields; /* of DkimField, as they stand */
    const GPtrArray *keys, *recipients;
    gint64 when;
    DkimResult *best;
} Search;

DkimMail dkim_mail_split(Span message)
{
    Span rest = message;
    DkimField field;
    while (dkim_field_next(&rest, &field))
        ;
    DkimMail mail = {.header = {message.p, message.n - rest.n}, .body = {"", 0}};
    gsize blank = rest.n && rest.p[0] == '\n'                            ? 1
                  : rest.n > 1 && rest.p[0] == '\r' && rest.p[1] == '\n' ? 2
                                                                         : 0;
    mail.has_body = blank > 0;
    if (mail.has_body)
        mail.body = span_sub(rest, blank, rest.n);
    return mail;
}

void dkim_result_free(DkimResult *result)
{
    if (!result)
        return;
    g_free(result->key);
    g_free(result->recipient);
    g_free(result->why);
    g_free(result);
}

/* --- a signature's tags ----------------------------------------------------------------------- */

static gint64 time_read(const DkimTags *tags, const char *name)
{
    Span text = dkim_tag(tags, name, NULL);
    gint64 value = 0;
    if (text.n == 0 || text.n > 12)
        return TIME_NONE;
    for (gsize i = 0; i < text.n; i++) {
        if (!g_ascii_isdigit(text.p[i]))
            return TIME_NONE;
        value = value * 10 + (text.p[i] - '0');
    }
    return value;
}

/* c=: "relaxed/simple", "relaxed" (the body simple), none (both simple). */
static bool canons_read(Signature *s)
{
    g_autofree char *text = dkim_tag_packed(dkim_tag(&s->tags, "c", NULL));
    char *slash = strchr(text, '/');
    if (slash)
        *slash++ = '\0';
    const char *body = slash ? slash : "simple";
    s->relaxed_header = g_ascii_strcasecmp(text, "relaxed") == 0;
    s->relaxed_body = g_ascii_strcasecmp(body, "relaxed") == 0;
    return (s->relaxed_header || !*text || g_ascii_strcasecmp(text, "simple") == 0) &&
           (s->relaxed_body || g_ascii_strcasecmp(body, "simple") == 0);
}

/* h=: From must be in it (RFC 6376 5.4). */
static bool names_read(Signature *s)
{
    bool from = false;
    s->names = dkim_tag_packed(dkim_tag(&s->tags, "h", NULL));
    for (char *name = s->names; name && *name;) {
        char *colon = strchr(name, ':');
        if (colon)
            *colon++ = '\0';
        if (s->covered_count == SIGNED_MAX)
            return false;
        s->covered[s->covered_count++] = name;
        from = from || g_ascii_strcasecmp(name, "from") == 0;
        name = colon;
    }
    return from;
}

/* i= is the domain or below it. */
static bool agent_fits(const Signature *s, bool same_domain)
{
    bool found;
    Span agent = dkim_tag(&s->tags, "i", &found);
    g_autofree char *text = dkim_tag_packed(agent), *domain = span_dup(s->domain);
    const char *at = strrchr(text, '@');
    if (!found)
        return true;
    return at && (same_domain ? domain_same(at + 1, domain) : domain_is_under(at + 1, domain));
}

/* What can be said of a signature before its key is tried: NULL, or why it proves nothing. */
static const char *signature_refuse(Signature *s)
{
    g_autofree char *algorithm = dkim_tag_packed(dkim_tag(&s->tags, "a", NULL));
    bool limited;
    dkim_tag(&s->tags, "l", &limited);
    s->ed25519 = g_ascii_strcasecmp(algorithm, "ed25519-sha256") == 0;
    s->made = time_read(&s->tags, "t");
    s->expires = time_read(&s->tags, "x");
    if (!span_eq(dkim_tag(&s->tags, "v", NULL), "1") || !canons_read(s))
        return "it is of a kind that is not known here";
    if (!s->ed25519 && g_ascii_strcasecmp(algorithm, "rsa-sha256") != 0)
        return "its algorithm proves nothing any more";
    if (limited)
        return "it lets anybody add to the body (l=)";
    if (!names_read(s) || !agent_fits(s, false) || dkim_tag(&s->tags, "b", NULL).n == 0)
        return "it does not say what it must";
    if (s->expires != TIME_NONE && s->made != TIME_NONE && s->expires < s->made)
        return "it expires before it was made";
    return NULL;
}

/* --- hash and key ----------------------------------------------------------------------------- */

/* Which field of name @name is meant: the lowest that is not @used (RFC 6376 5.4.2); -1 for none.
 */
static int field_choose(const GArray *fields, const char *name, bool *used)
{
    for (guint i = fields->len; i-- > 0;)
        if (!used[i] && span_ieq(g_array_index(fields, DkimField, i).name, name)) {
            used[i] = true;
            return (int)i;
        }
    return -1;
}

/* The signature's own field with an empty b=. */
static void canon_signature(GString *out, const Signature *s)
{
    Span raw = s->field->raw, value = dkim_tag(&s->tags, "b", NULL);
    gsize from = (gsize)(value.p - raw.p), to = from + value.n;
    while (raw.p[from - 1] != '=')
        from--;
    while (to < raw.n && raw.p[to] != ';')
        to++;
    g_autoptr(GString) text = g_string_new_len(raw.p, (gssize)from);
    g_string_append_len(text, raw.p + to, (gssize)(raw.n - to));
    gsize colon = (gsize)(s->field->value.p - raw.p);
    DkimField emptied = {
        {text->str, text->len}, s->field->name, {text->str + colon, text->len - colon}};
    dkim_canon_field(out, &emptied, s->relaxed_header);
}

static const char *recipient_in(const DkimField *field, const GPtrArray *recipients)
{
    g_autoptr(GString) text = g_string_new(NULL);
    dkim_canon_field(text, field, true);
    const char *colon = strchr(text->str, ':');
    g_autoptr(GPtrArray) list = address_list(span_of(colon ? colon + 1 : ""));
    for (guint i = 0; i < list->len; i++)
        for (guint k = 0; k < recipients->len; k++)
            if (address_same(list->pdata[i], recipients->pdata[k]))
                return recipients->pdata[k];
    return NULL;
}

/* The hash over the fields that the signature covers. *@recipient: who of the recipients stands in
 * a To or Cc among them; borrowed. */
static void header_digest(const Search *search, const Signature *s, guint8 *digest,
                          const char **recipient)
{
    g_autofree bool *used = g_new0(bool, search->fields->len);
    g_autoptr(GString) text = g_string_new(NULL);
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (gsize i = 0; i < s->covered_count; i++) {
        int at = field_choose(search->fields, s->covered[i], used);
        if (at < 0)
            continue;
        const DkimField *field = &g_array_index(search->fields, DkimField, at);
        g_string_truncate(text, 0);
        dkim_canon_field(text, field, s->relaxed_header);
        g_string_append(text, "\r\n");
        sha256_update(&hash, text->len, (const guint8 *)text->str);
        if (!*recipient && (span_ieq(field->name, "To") || span_ieq(field->name, "Cc")))
            *recipient = recipient_in(field, search->recipients);
    }
    g_string_truncate(text, 0);
    canon_signature(text, s);
    sha256_update(&hash, text->len, (const guint8 *)text->str);
    sha256_digest(&hash, SHA256_DIGEST_SIZE, digest);
}

static bool key_verifies(const DkimKey *key, const guint8 *digest, const guint8 *bytes,
                         gsize length)
{
    if (key->type == DKIM_ED25519)
        return length == ED25519_SIGNATURE_SIZE &&
               ed25519_sha512_verify(key->ed25519, SHA256_DIGEST_SIZE, digest, bytes);
    if (length != key->rsa.size)
        return false;
    mpz_t number;
    mpz_init(number);
    mpz_import(number, length, 1, 1, 1, 0, bytes);
    bool verifies = rsa_sha256_verify_digest(&key->rsa, digest, number);
    mpz_clear(number);
    return verifies;
}

static bool body_verifies(const Search *search, const Signature *s)
{
    guint8 digest[SHA256_DIGEST_SIZE];
    g_autofree char *text = dkim_tag_packed(dkim_tag(&s->tags, "bh", NULL));
    gsize length = 0;
    g_autofree guchar *said = g_base64_decode(text, &length);
    if (!search->mail->has_body || length != sizeof digest)
        return false;
    dkim_canon_body(search->mail->body, s->relaxed_body, digest);
    return memcmp(digest, said, sizeof digest) == 0;
}

/* --- the search ------------------------------------------------------------------------------- */

/* How much a result says. */
static int weight_of(const DkimResult *result)
{
    bool verifies = result->state >= DKIM_HEADERS;
    return (int)result->state + (verifies && result->recipient ? 10 : 0);
}

static void search_take(Search *search, DkimResult *result)
{
    if (weight_of(result) > weight_of(search->best)) {
        dkim_result_free(search->best);
        search->best = result;
    } else
        dkim_result_free(result);
}

/* A field by which readers know a message, and that none has twice, stands there more often than
 * the signature covers it: readers show the other one (RFC 6376 8.15). Its name, or NULL. */
static const char *doubled_field(const Search *search, const Signature *s)
{
    static const char *const single[] = {"From", "Subject", "Date", "Message-ID"};
    for (gsize k = 0; k < G_N_ELEMENTS(single); k++) {
        guint there = 0, covered = 0;
        for (guint i = 0; i < search->fields->len; i++)
            there += span_ieq(g_array_index(search->fields, DkimField, i).name, single[k]);
        for (gsize i = 0; i < s->covered_count; i++)
            covered += g_ascii_strcasecmp(s->covered[i], single[k]) == 0;
        if (there > 1 && covered > 0 && there > covered)
            return single[k];
    }
    return NULL;
}

/* @key verifies, or not. */
static void signature_try(Search *search, const Signature *s, const DkimKey *key,
                          DkimResult *result)
{
    guint8 digest[SHA256_DIGEST_SIZE];
    const char *recipient = NULL;
    gsize length = 0;
    g_autofree char *text = dkim_tag_packed(dkim_tag(&s->tags, "b", NULL));
    g_autofree guchar *bytes = g_base64_decode(text, &length);
    header_digest(search, s, digest, &recipient);
    if (!key_verifies(key, digest, bytes, length)) {
        bool unfair = search->mail->refolded && !s->relaxed_header;
        result->state = unfair ? DKIM_REFUSED : DKIM_FAILS;
        result->why = g_strdup(unfair ? "its header did not come back as it was sent"
                                      : "the header that came back is not the one that was signed");
        return;
    }
    const char *doubled = doubled_field(search, s);
    if (doubled) {
        result->state = DKIM_REFUSED;
        result->why =
            g_strdup_printf("%s stands twice in the header, and not both were signed", doubled);
        return;
    }
    result->state = body_verifies(search, s) ? DKIM_WHOLE : DKIM_HEADERS;
    result->other_body = result->state == DKIM_HEADERS && search->mail->has_body &&
                         span_trim(search->mail->body).n > 0;
    result->recipient = g_strdup(recipient);
    result->expired =
        s->expires != TIME_NONE && search->when != TIME_NONE && search->when > s->expires;
}

/* A signature and the text of a key that goes by its name. */
static void signature_check(Search *search, Signature *s, Span key_text)
{
    DkimResult *result = g_new0(DkimResult, 1);
    g_autofree char *selector = span_dup_utf8(s->selector), *domain = span_dup_utf8(s->domain);
    DkimKey key;
    const char *why = signature_refuse(s), *key_why = NULL;
    result->key = g_strdup_printf("%s:%s", selector, domain);
    result->state = DKIM_REFUSED;
    if (why)
        result->why = g_strdup(why);
    else if (!dkim_key_read(key_text, &key, &key_why))
        result->why = g_strdup_printf("of its key: %s", key_why);
    else {
        if ((key.type == DKIM_ED25519) != s->ed25519)
            result->why = g_strdup("its key is of another algorithm");
        else if (!agent_fits(s, key.same_domain))
            result->why = g_strdup("its key is not for domains below its own");
        else
            signature_try(search, s, &key, result);
        dkim_key_clear(&key);
    }
    g_clear_pointer(&s->names, g_free);
    search_take(search, result);
}

/* Takes "SELECTOR:DOMAIN=KEY" apart. */
static bool key_split(const char *text, Span *selector, Span *domain, Span *key)
{
    const char *colon = strchr(text, ':'), *equals = colon ? strchr(colon, '=') : NULL;
    if (!equals)
        return false;
    *selector = (Span){text, (gsize)(colon - text)};
    *domain = (Span){colon + 1, (gsize)(equals - colon - 1)};
    *key = span_of(equals + 1);
    return true;
}

static bool same_word(Span a, Span b)
{
    return a.n == b.n && g_ascii_strncasecmp(a.p, b.p, a.n) == 0;
}

/* Tries every key that goes by the signature's name. True where there is one. */
static bool signature_look(Search *search, const DkimField *field)
{
    Signature signature = {.field = field};
    bool found = false;
    if (!dkim_tags_read(field->value, &signature.tags))
        return false;
    signature.domain = dkim_tag(&signature.tags, "d", NULL);
    signature.selector = dkim_tag(&signature.tags, "s", NULL);
    for (guint i = 0; i < search->keys->len; i++) {
        Span selector, domain, key;
        if (!key_split(search->keys->pdata[i], &selector, &domain, &key) ||
            !same_word(selector, signature.selector) || !same_word(domain, signature.domain))
            continue;
        Signature copy = signature;
        signature_check(search, &copy, key);
        found = true;
    }
    return found;
}

DkimResult *dkim_verify(const DkimMail *mail, const GPtrArray *keys, const GPtrArray *recipients,
                        gint64 when)
{
    Search search = {mail, NULL, keys, recipients, when, g_new0(DkimResult, 1)};
    Span rest = span_sub(mail->header, 0, HEADER_MAX);
    DkimField field;
    if (keys->len == 0)
        return search.best;
    search.fields = g_array_new(FALSE, FALSE, sizeof(DkimField));
    while (search.fields->len < FIELDS_MAX && dkim_field_next(&rest, &field))
        g_array_append_val(search.fields, field);
    int looked_at = 0;
    for (guint i = 0; i < search.fields->len && looked_at < SIGNATURES_MAX; i++)
        if (span_ieq(g_array_index(search.fields, DkimField, i).name, "DKIM-Signature"))
            looked_at += signature_look(&search, &g_array_index(search.fields, DkimField, i));
    g_array_unref(search.fields);
    return search.best;
}
