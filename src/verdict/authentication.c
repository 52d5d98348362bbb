/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures and checks. See authentication.h. */
#include "verdict/authentication.h"

#include <string.h>

#include "base/domain.h"
#include "trace/peer.h"

/* Tags of one signature, and words of one refusal, that are looked at. */
enum { TAGS_MAX = 40, WORDS_MAX = 400 };

/* --- signatures ------------------------------------------------------------------------------- */

/* The value of the tag d= (RFC 6376, 3.5) in @signature; NULL for none. The caller frees it. */
static char *signature_domain(const char *signature)
{
    const char *tag = signature;
    for (int i = 0; i < TAGS_MAX && tag; i++) {
        const char *end = strchr(tag, ';');
        Span text = {tag, end ? (gsize)(end - tag) : strlen(tag)};
        gssize equals = span_find(text, "=");
        if (equals > 0 && span_eq(span_trim(span_sub(text, 0, (gsize)equals)), "d")) {
            Span value = span_trim(span_sub(text, (gsize)equals + 1, text.n));
            return g_ascii_strdown(value.p, (gssize)value.n);
        }
        tag = end ? end + 1 : NULL;
    }
    return NULL;
}

static char *signer_of_ours(const Case *c)
{
    g_autoptr(GPtrArray) values = headers_all(c->bounce->returned.headers, "DKIM-Signature");
    for (guint i = 0; i < values->len && i < 20; i++) {
        g_autofree char *domain = signature_domain(values->pdata[i]);
        if (domain && identity_owns_host(c->identity, domain))
            return g_steal_pointer(&domain);
    }
    return NULL;
}

static bool has_all_headers(const Case *c)
{
    static const char *const names[] = {"From", "Date", "Message-ID"};
    const Returned *returned = &c->bounce->returned;
    if (returned->where != RETURNED_RFC822 && returned->where != RETURNED_HEADERS)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (!headers_get(returned->headers, names[i]))
            return false;
    return c->trace->returned->len > 0 &&
           (headers_get(returned->headers, "To") || headers_get(returned->headers, "Cc"));
}

Answer authentication_unsigned(const Case *c)
{
    if (!c->said->whole)
        return answer_no("not all of its headers came back");
    case_note_promise(c, PROMISE_SIGNED);
    if (!c->identity->dkim_always)
        return answer_no("you do not say that you sign everything");
    if (c->said->signer)
        return answer_no("it carries a signature in your name");
    const Hop *newest = c->trace->returned->pdata[0];
    if (peer_written_by_own(newest, c->identity) || c->own_wrote)
        return answer_no("your own server had it last, and may sign later");
    return answer_yes(c, STRENGTH_STRONG,
                      "you sign all that you send, and it carries no signature of yours");
}

/* --- what the refusal says -------------------------------------------------------------------- */

/* RFC 7372, and what large providers add to it: codes that say nothing else. */
static bool is_authentication_status(const char *status)
{
    static const char *const codes[] = {"5.7.20", "5.7.21", "5.7.22", "5.7.23", "5.7.24",
                                        "5.7.26", "4.7.23", "4.7.24", "4.7.26", "5.7.509"};
    for (gsize i = 0; status && i < G_N_ELEMENTS(codes); i++)
        if (strcmp(status, codes[i]) == 0)
            return true;
    return false;
}

static bool has_word(const char *text, const char *word)
{
    for (const char *p = strstr(text, word); p; p = strstr(p + 1, word))
        if ((p == text || !g_ascii_isalnum(p[-1])) && !g_ascii_isalnum(p[strlen(word)]))
            return true;
    return false;
}

static const char *const checks[] = {"spf", "dkim", "dmarc"};

/* One of the checks is named at all, as in hardly any reply. */
static bool names_check(const char *diagnostic)
{
    for (gsize i = 0; i < G_N_ELEMENTS(checks); i++)
        if (span_ifind(span_of(diagnostic), checks[i]) >= 0)
            return true;
    return false;
}

/* The words of the reply say that a check failed: no name, address or link does. */
static bool says_failed(const char *diagnostic)
{
    static const char *const failed[] = {"fail",        "failed",   "fails",    "unauthenticated",
                                         "not aligned", "softfail", "not pass", "did not pass",
                                         "violates",    "rejected", "violation"};
    if (!names_check(diagnostic))
        return false;
    g_autofree char *low = g_ascii_strdown(diagnostic, -1);
    g_auto(GStrv) words = g_strsplit_set(low, " \t\r\n", 400);
    g_autoptr(GString) plain = g_string_new(" ");
    for (char **word = words; *word; word++)
        if (!strpbrk(*word, "@/") && !(strchr(*word, '.') && g_ascii_isalpha((*word)[0]) &&
                                       g_ascii_isalpha(strchr(*word, '.')[1])))
            g_string_append_c(g_string_append(plain, *word), ' ');
    bool check = false, bad = false;
    for (gsize i = 0; i < G_N_ELEMENTS(checks); i++)
        check = check || has_word(plain->str, checks[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(failed); i++)
        bad = bad || has_word(plain->str, failed[i]);
    return check && bad;
}

/* The first address in @text, in brackets or bare, that is ours. */
static bool names_our_address(const Case *c, const char *text, Ip *found)
{
    static const char ends[] = " \t\r\n()[]<>,;\"'=";
    for (int i = 0; i < WORDS_MAX && *text; i++) {
        text += strspn(text, ends);
        Span word = {text, strcspn(text, ends)};
        text += word.n;
        while (word.n && word.p[word.n - 1] == '.')
            word.n--;
        if (ip_parse(word, found) && identity_owns_ip(c->identity, found))
            return true;
    }
    return false;
}

/* The diagnostic of the first recipient that was refused because such a check failed, or NULL. */
static const char *refusal_of(const Case *c)
{
    for (guint i = 0; i < c->bounce->recipients->len && i < 50; i++) {
        const Recipient *r = c->bounce->recipients->pdata[i];
        if (r->diagnostic && (is_authentication_status(r->status) || says_failed(r->diagnostic)))
            return r->diagnostic;
    }
    return NULL;
}

Authentication authentication_look(const Case *c)
{
    Authentication said = {.signer = signer_of_ours(c), .whole = has_all_headers(c)};
    const char *refusal = refusal_of(c);
    Ip ip;
    said.refused = refusal != NULL;
    if (refusal && names_our_address(c, refusal, &ip))
        said.ours = ip;
    return said;
}

void authentication_clear(Authentication *said)
{
    g_clear_pointer(&said->signer, g_free);
}

Answer authentication_refused(const Case *c)
{
    if (!c->said->refused)
        return answer_no("it was not refused because checks of SPF, DKIM or DMARC failed");
    if (c->said->ours.family)
        return answer_no("it was refused because checks failed, but for an address of yours");
    return answer_yes(c, STRENGTH_WEAK, "it was refused because SPF, DKIM or DMARC failed for it");
}

Answer authentication_refused_us(const Case *c)
{
    if (!c->said->ours.family)
        return answer_no("no refusal names an address of yours");
    g_autofree char *address = case_ip_text(c, &c->said->ours);
    return answer_yes(c, STRENGTH_WEAK,
                      "the refusal says that SPF, DKIM or DMARC failed for %s, which "
                      "is yours: your SPF record may be broken",
                      address);
}
