/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authentication fields: the forms of the standards and of the big houses are read, and what a
 * sender chose (an address, a comment, a quote left open) never becomes a result. */
#include <string.h>

#include "auth/auth.h"

/* A field told in one line: "server version instance | method=value key=value ... | ...", with "!"
 * in front where it is not clean. */
static char *tell(const AuthResults *all)
{
    GString *text = g_string_new(all->clean ? "" : "!");
    g_string_append_printf(text, "%s %u %u", all->server ? all->server : "-", all->version,
                           all->instance);
    for (guint i = 0; i < all->results->len; i++) {
        const AuthResult *r = all->results->pdata[i];
        const struct {
            const char *name, *value;
        } fields[] = {{"from", r->mailfrom}, {"helo", r->helo},  {"hfrom", r->header_from},
                      {"d", r->header_d},    {"i", r->header_i}, {"s", r->header_s},
                      {"user", r->user},     {"why", r->reason}};
        g_autofree char *ip = ip_format(&r->client);
        g_string_append_printf(text, " | %s=%s", auth_method_name(r->method),
                               auth_value_name(r->value));
        for (gsize k = 0; k < G_N_ELEMENTS(fields); k++)
            if (fields[k].value)
                g_string_append_printf(text, " %s=%s", fields[k].name, fields[k].value);
        if (ip)
            g_string_append_printf(text, " ip=%s", ip);
        if (r->guessed)
            g_string_append(text, " guessed");
    }
    return g_string_free(text, FALSE);
}

typedef struct Sample {
    const char *value, *told;
} Sample;

static void check(const char *name, const Sample *samples, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autoptr(AuthResults) read = auth_read(name, span_of(samples[i].value));
        g_test_message("%s", samples[i].value);
        g_assert_nonnull(read);
        g_autofree char *told = tell(read);
        g_assert_cmpstr(told, ==, samples[i].told);
    }
}

static void test_standard(void)
{
    static const Sample samples[] = {
        {"oak.example; none", "oak.example 1 0"},
        {"oak.example 1; none", "oak.example 1 0"},
        {"oak.example;spf=pass smtp.mailfrom=willow.example",
         "oak.example 1 0 | spf=pass from=willow.example"},
        {"oak.example 2;\r\n\tspf=fail smtp.mailfrom=mira@willow.example;\r\n\tdkim=pass (good) "
         "header.i=@willow.example",
         "oak.example 2 0 | spf=fail from=mira@willow.example | dkim=pass i=@willow.example"},
        {"oak.example; dkim/1 = pass reason=\"good signature\" header . d=x "
         "header.d=willow.example "
         "header.s=s1 header.b=abc",
         "oak.example 1 0 | dkim=pass d=willow.example s=s1 why=good signature"},
        {"mx.oak.example (of oak) 1 (first); dkim (signed) / 1 (of all) = (after long thought) "
         "fail "
         "header.d (who) = (it was) willow.example (\\( not ours)",
         "mx.oak.example 1 0 | dkim=fail d=willow.example"},
        {"oak.example; dkim / 1", "oak.example 1 0"},
        {"oak.example; dkim /", "oak.example 1 0"},
        {"oak.example; auth=pass (cram-md5) smtp.auth=mira@willow.example",
         "oak.example 1 0 | auth=pass user=mira@willow.example"},
        {"oak.example; iprev=pass policy.iprev=192.0.2.7 (mx.willow.example)",
         "oak.example 1 0 | iprev=pass ip=192.0.2.7"},
        {"oak.example; spf=temperror smtp.helo=mx.willow.example; dmarc=permerror "
         "header.from=willow.example; dkim=policy; dkim=neutral (no key); spf=hardfail; x-tls=pass "
         "smtp.version=TLSv1.3",
         "oak.example 1 0 | spf=temperror helo=mx.willow.example | dmarc=permerror "
         "hfrom=willow.example | dkim=policy | dkim=neutral | spf=fail | other=pass"},
        {"oak.example; dkim=pass header.d=a.example; dkim=fail header.d=b.example;",
         "oak.example 1 0 | dkim=pass d=a.example | dkim=fail d=b.example"},
        {"oak.example; spf=pass smtp.mailfrom=\"mira hill\"@willow.example",
         "oak.example 1 0 | spf=pass from=\"mira hill\"@willow.example"},
        {"oak.example; spf=pass smtp.mailfrom=<>", "oak.example 1 0 | spf=pass from="},
        {"oak.example; spf=pass smtp.mailfrom=b+x=y@willow.example",
         "oak.example 1 0 | spf=pass from=b+x=y@willow.example"},
        {"", "- 1 0"},
        {";;;", "- 1 0"},
        {"none", "- 1 0"},
    };
    check("Authentication-Results", samples, G_N_ELEMENTS(samples));
}

static void test_houses(void)
{
    static const Sample samples[] = {
        /* Gmail */
        {"mx.oak.example;\n       dkim=pass header.i=@willow.example header.s=s1 "
         "header.b=e3vuyqwS;\n       spf=pass (oak.example: domain of mira@willow.example "
         "designates "
         "192.0.2.80 as permitted sender) smtp.mailfrom=mira@willow.example;\n       dmarc=pass "
         "(p=QUARANTINE sp=QUARANTINE dis=NONE) header.from=willow.example",
         "mx.oak.example 1 0 | dkim=pass i=@willow.example s=s1 | spf=pass "
         "from=mira@willow.example ip=192.0.2.80 | dmarc=pass hfrom=willow.example"},
        {"mx.oak.example; spf=pass (oak.example: best guess record for domain of "
         "postmaster@mx.willow.example designates 2001:db8::80 as permitted sender) "
         "smtp.helo=mx.willow.example",
         "mx.oak.example 1 0 | spf=pass helo=mx.willow.example ip=2001:db8::80 guessed"},
        {"mx.oak.example; spf=neutral (oak.example: 192.0.2.222 is neither permitted nor denied by "
         "best guess record for domain of joe@elm.example) smtp.mailfrom=joe@elm.example",
         "mx.oak.example 1 0 | spf=neutral from=joe@elm.example ip=192.0.2.222 guessed"},
        /* Exchange Online */
        {"spf=pass (sender IP is 192.0.2.80) smtp.mailfrom=willow.example; oak.example; dkim=pass "
         "(signature was verified) header.d=willow.example;oak.example; dmarc=pass action=none "
         "header.from=willow.example;compauth=pass reason=100",
         "- 1 0 | spf=pass from=willow.example ip=192.0.2.80 | dkim=pass d=willow.example | "
         "dmarc=pass hfrom=willow.example | other=pass why=100"},
        {"spf=none (sender IP is ) smtp.mailfrom=<>; dkim=none (message not signed) "
         "header.d=none;dmarc=bestguesspass action=none header.from=oak.example;",
         "- 1 0 | spf=none from= | dkim=none | dmarc=bestguesspass hfrom=oak.example"},
        /* Yahoo, new and of 2010 */
        {"atlas.oak.example; dkim=unknown; spf=none smtp.mailfrom=willow.example; "
         "dmarc=pass(p=NONE) "
         "header.from=willow.example",
         "atlas.oak.example 1 0 | dkim=permerror | spf=none from=willow.example | dmarc=pass "
         "hfrom=willow.example"},
        {"mta1045.mail.oak.example  from=willow.example; domainkeys=neutral (no sig);  "
         "from=willow.example; dkim=neutral (no sig)",
         "mta1045.mail.oak.example 1 0 | other=neutral | other=unknown | dkim=neutral"},
        /* Exim, Fastmail, rspamd */
        {"mbox.oak.example; iprev=pass (mx.willow.example) smtp.remote-ip=192.0.2.25; "
         "spf=pass smtp.mailfrom=willow.example; arc=none",
         "mbox.oak.example 1 0 | iprev=pass ip=192.0.2.25 | spf=pass from=willow.example | "
         "arc=none"},
        {"mx4.oak.example;\n    dkim=none (no signatures found);\n    x-csa=none;\n    "
         "x-ptr=pass smtp.helo=mx.willow.example policy.ptr=mx.willow.example",
         "mx4.oak.example 1 0 | dkim=none | other=none | other=pass helo=mx.willow.example"},
        {"oak.example;\n\tdkim=pass header.d=willow.example header.s=s1 header.b=Ab;\n\tspf=pass "
         "(oak.example: domain of \"mira@willow.example\" designates 192.0.2.80 as permitted "
         "sender) smtp.mailfrom=\"mira@willow.example\"",
         "oak.example 1 0 | dkim=pass d=willow.example s=s1 | spf=pass from=mira@willow.example "
         "ip=192.0.2.80"},
    };
    check("Authentication-Results", samples, G_N_ELEMENTS(samples));
}

static void test_arc(void)
{
    static const Sample samples[] = {
        {"i=1; mx.oak.example;\n spf=pass smtp.mailfrom=a@willow.example",
         "mx.oak.example 1 1 | spf=pass from=a@willow.example"},
        {"i=12; mx.oak.example 1; none", "mx.oak.example 1 12"},
        {"i=12345; mx.oak.example", "mx.oak.example 1 0"},
        {"i=x; mx.oak.example", "mx.oak.example 1 0"},
    };
    check("ARC-Authentication-Results", samples, G_N_ELEMENTS(samples));
}

static void test_received_spf(void)
{
    static const Sample forms[] = {
        /* RFC 7208 */
        {"pass (oak.example: domain of mira@willow.example designates 192.0.2.80 as permitted "
         "sender) receiver=mx.oak.example; client-ip=192.0.2.80; "
         "envelope-from=\"mira@willow.example\"; helo=mx.willow.example;",
         "mx.oak.example 1 0 | spf=pass from=mira@willow.example helo=mx.willow.example "
         "ip=192.0.2.80"},
        {"fail (mx.oak.example: 192.0.2.9 is not allowed) client-ip=192.0.2.9; "
         "envelope-from=<mira@willow.example>",
         "mx.oak.example 1 0 | spf=fail from=mira@willow.example ip=192.0.2.9"},
        /* Gmail; Exchange Online; policyd; one of 2004 */
        {"pass (oak.example: best guess record for domain of postmaster@mx.willow.example "
         "designates "
         "192.0.2.80 as permitted sender) client-ip=192.0.2.80;",
         "oak.example 1 0 | spf=pass ip=192.0.2.80 guessed"},
        {"SoftFail (protection.oak.example: domain of transitioning\r\n willow.example discourages "
         "use of 192.0.2.62 as permitted sender)",
         "protection.oak.example 1 0 | spf=softfail ip=192.0.2.62"},
        {"None (protection.oak.example: willow.example does not designate permitted sender hosts)",
         "protection.oak.example 1 0 | spf=none"},
        {"Pass (mailfrom) identity=mailfrom; client-ip=2001:db8::1; helo=mx.willow.example; "
         "envelope-from=a@willow.example; receiver=<UNKNOWN>",
         "UNKNOWN 1 0 | spf=pass from=a@willow.example helo=mx.willow.example ip=2001:db8::1"},
        {"none (domain of mx.willow.example does not designate permitted sender hosts)",
         "- 1 0 | spf=none"},
        {"error (oak.example: error in processing)", "oak.example 1 0 | spf=temperror"},
        {"unknown -extension:1 (x)", "- 1 0 | spf=permerror"},
        {"pass client-ip=192.0.2.1 envelope-from=a@willow.example helo=h",
         "- 1 0 | spf=pass from=a@willow.example helo=h ip=192.0.2.1"},
        {"", "- 1 0"},
        {"(only this)", "- 1 0"},
    };
    check("Received-SPF", forms, G_N_ELEMENTS(forms));
}

/* The sender chose his addresses, and what an honest server copies of them. */
static void test_hostile(void)
{
    static const Sample samples[] = {
        /* in quotes, in comments, in comments in comments */
        {"oak.example; spf=fail smtp.mailfrom=\"x; dkim=pass "
         "header.d=willow.example\"@evil.example",
         "oak.example 1 0 | spf=fail from=\"x; dkim=pass header.d=willow.example\"@evil.example"},
        {"oak.example; spf=fail (; dkim=pass header.d=willow.example;) "
         "smtp.mailfrom=x@evil.example",
         "oak.example 1 0 | spf=fail from=x@evil.example"},
        {"oak.example; spf=fail (a (b \\) ) ; dkim=pass) smtp.mailfrom=x@evil.example",
         "oak.example 1 0 | spf=fail from=x@evil.example"},
        /* a second property of the name does not win */
        {"oak.example; spf=pass smtp.mailfrom=x@evil.example smtp.mailfrom=mira@willow.example",
         "oak.example 1 0 | spf=pass from=x@evil.example"},
        /* an address of the sender's making leaves no address */
        {"oak.example; spf=pass (oak.example: domain of 198.51.100.1@evil.example designates "
         "192.0.2.80 as permitted sender)",
         "oak.example 1 0 | spf=pass"},
        {"oak.example; spf=pass (sender IP is 192.0.2.80) policy.iprev=198.51.100.1",
         "oak.example 1 0 | spf=pass"},
        /* a comment ended by the sender's own bracket: he had to open a quote */
        {"oak.example; spf=fail (domain of \"x); dkim=pass header.d=willow.example "
         "(\"@evil.example "
         "designates no host)",
         "!oak.example 1 0 | spf=fail | dkim=pass d=willow.example"},
        {"oak.example; spf=fail (domain of x); dkim=pass header.d=willow.example @evil.example "
         "designates no host) smtp.mailfrom=x@evil.example",
         "!oak.example 1 0 | spf=fail | dkim=pass from=x@evil.example d=willow.example"},
        /* left open */
        {"oak.example; spf=pass (left open; dkim=pass", "!oak.example 1 0 | spf=pass"},
        {"oak.example; spf=pass reason=\"left open; dkim=pass",
         "!oak.example 1 0 | spf=pass why=\"left open; dkim=pass"},
        {"oak.example; spf=pass reason=\"a\\", "!oak.example 1 0 | spf=pass why=\"a\\"},
        {"(", "!- 1 0"},
        {"a(\\", "!a 1 0"},
        /* no words where words should be */
        {"= = =; spf==pass; spf=; =pass; )(; spf=pass)",
         "!- 1 0 | other=unknown | spf=unknown | spf=unknown | other=pass"},
        {"oak.example; SPF=PASS Smtp.MailFrom=\xffx",
         "oak.example 1 0 | spf=pass from=\xef\xbf\xbdx"},
    };
    check("Authentication-Results", samples, G_N_ELEMENTS(samples));
}

static void test_bounds(void)
{
    GString *many = g_string_new("oak.example");
    for (int i = 0; i < 1000; i++)
        g_string_append(many, "; dkim=pass");
    g_autoptr(AuthResults) capped = auth_read("authentication-results", span_of(many->str));
    g_assert_cmpuint(capped->results->len, ==, AUTH_RESULTS_MAX);
    g_assert_false(capped->clean);
    g_string_free(many, TRUE);
    /* deep, long, and with NULs: each is one pass */
    static const char *const hard[] = {"(",  ")",  "\"", "\\",  ";",  "=",
                                       "a=", "a;", "a ", "(\"", "((;"};
    for (gsize i = 0; i < G_N_ELEMENTS(hard); i++) {
        GString *text = g_string_new("oak.example; spf=pass ");
        while (text->len < 1000000)
            g_string_append(text, hard[i]);
        g_autoptr(AuthResults) read =
            auth_read("Authentication-Results", (Span){text->str, text->len});
        g_autoptr(AuthResults) spf = auth_read("Received-SPF", (Span){text->str, text->len});
        g_assert_false(read->clean);
        g_assert_false(spf->clean);
        g_assert_cmpstr(read->server, ==, "oak.example");
        g_string_free(text, TRUE);
    }
    g_autoptr(AuthResults) nul =
        auth_read("Authentication-Results", SPAN("oak.example;\0spf=pass"));
    g_assert_cmpuint(nul->results->len, ==, 1);
    g_assert_null(auth_results_first(nul, AUTH_SPF));
    g_assert_null(auth_read("X-Authentication-Results", SPAN("oak.example; spf=pass")));
    g_assert_null(auth_read("Authentication-Results-Original", SPAN("oak.example; spf=pass")));
    g_assert_null(auth_read(NULL, SPAN("")));
    g_autoptr(AuthResults) two =
        auth_read("AUTHENTICATION-RESULTS", SPAN("oak.example; spf=fail; dkim=pass; spf=pass"));
    g_assert_cmpint(auth_results_first(two, AUTH_SPF)->value, ==, AUTH_FAIL);
    g_assert_cmpint(auth_results_first(two, AUTH_DKIM)->value, ==, AUTH_PASS);
    g_assert_null(auth_results_first(two, AUTH_DMARC));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/auth/standard", test_standard);
    g_test_add_func("/auth/houses", test_houses);
    g_test_add_func("/auth/arc", test_arc);
    g_test_add_func("/auth/received-spf", test_received_spf);
    g_test_add_func("/auth/hostile", test_hostile);
    g_test_add_func("/auth/bounds", test_bounds);
    return g_test_run();
}
