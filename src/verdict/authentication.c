/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures and checks. See authentication.h. */
#include "verdict/authentication.h"

#include <string.h>

#include "base/domain.h"
#include "trace/peer.h"

/* --- signatures ------------------------------------------------------------------------------- */

/* The value of the tag d= (RFC 6376, 3.5) in @signature; NULL for none. The caller frees it. */
static char *signature_domain(const char *signature)
{
    g_auto(GStrv) tags = g_strsplit(signature, ";", 40);
    for (char **tag = tags; *tag; tag++) {
        char *text = g_strstrip(*tag), *equals = strchr(text, '=');
        if (!equals || g_ascii_tolower(*text) != 'd')
            continue;
        *equals = '\0';
        if (strcmp(g_strchomp(text), "d") == 0)
            return g_ascii_strdown(g_strstrip(equals + 1), -1);
    }
    return NULL;
}

char *authentication_signed_by_us(const Case *c)
{
    g_autoptr(GPtrArray) values = headers_all(c->bounce->returned.headers, "DKIM-Signature");
    for (guint i = 0; i < values->len && i < 20; i++) {
        g_autofree char *domain = signature_domain(values->pdata[i]);
        if (domain && identity_owns_host(c->identity, domain))
            return g_steal_pointer(&domain);
    }
    return NULL;
}

bool authentication_has_all_headers(const Case *c)
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
    if (!authentication_has_all_headers(c))
        return answer_no("not all of its headers came back");
    case_note_promise(c, PROMISE_SIGNED);
    if (!c->identity->dkim_always)
        return answer_no("you do not say that you sign everything");
    g_autofree char *domain = authentication_signed_by_us(c);
    if (domain)
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
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n()[]<>,;\"'=", 400);
    for (char **word = words; *word; word++) {
        gsize n = strlen(*word);
        while (n && (*word)[n - 1] == '.')
            (*word)[--n] = '\0';
        if (n && ip_parse(span_of(*word), found) && identity_owns_ip(c->identity, found))
            return true;
    }
    return false;
}

const char *authentication_refusal(const Case *c)
{
    for (guint i = 0; i < c->bounce->recipients->len && i < 50; i++) {
        const Recipient *r = c->bounce->recipients->pdata[i];
        if (r->diagnostic && (is_authentication_status(r->status) || says_failed(r->diagnostic)))
            return r->diagnostic;
    }
    return NULL;
}

Answer authentication_refused(const Case *c)
{
    const char *text = c->refusal;
    Ip ip;
    if (!text)
        return answer_no("it was not refused because checks of SPF, DKIM or DMARC failed");
    if (names_our_address(c, text, &ip))
        return answer_no("it was refused because checks failed, but for an address of yours");
    return answer_yes(c, STRENGTH_WEAK, "it was refused because SPF, DKIM or DMARC failed for it");
}

Answer authentication_refused_us(const Case *c)
{
    const char *text = c->refusal;
    Ip ip;
    if (!text || !names_our_address(c, text, &ip))
        return answer_no("no refusal names an address of yours");
    g_autofree char *address = case_ip_text(c, &ip);
    return answer_yes(c, STRENGTH_WEAK,
                      "the refusal says that SPF, DKIM or DMARC failed for %s, which "
                      "is yours: your SPF record may be broken",
                      address);
}
