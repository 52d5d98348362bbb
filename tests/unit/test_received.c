/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Received lines of every family: what the client said and what the receiver saw stay apart, and no
 * line makes the parser take a client's word for an address. */
#include <string.h>

#include "trace/received.h"

typedef struct Sample {
    const char *line;
    const char *helo, *rdns, *ip, *by, *id;
    Software software;
} Sample;

static const Sample samples[] = {
    /* sendmail: said first, looked up in the comment */
    {"from post.linden.example (out.linden.example [192.0.2.7]) by mx.oak.example (8.14.4/8.14.4) "
     "with ESMTP id q8M9fF401441 for <a@oak.example>; Tue, 4 Sep 2012 11:41:15 +0200",
     "post.linden.example", "out.linden.example", "192.0.2.7", "mx.oak.example", "q8M9fF401441",
     SOFTWARE_SENDMAIL},
    {"from post.linden.example (IDENT:joe@out.linden.example [192.0.2.7] (may be forged)) by "
     "mx.oak.example (8.9.3/8.9.3) with SMTP id LAA12345; Tue, 4 Sep 2001 11:41:15 +0200",
     "post.linden.example", "out.linden.example", "192.0.2.7", "mx.oak.example", "LAA12345",
     SOFTWARE_SENDMAIL},
    /* Postfix */
    {"from [10.0.0.9] (unknown [198.51.100.8]) (Authenticated sender: joe) by mx.oak.example "
     "(Postfix) with ESMTPSA id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 +0200",
     "[10.0.0.9]", NULL, "198.51.100.8", "mx.oak.example", "4F2AB1C2D3", SOFTWARE_POSTFIX},
    {"from six.linden.example (six.linden.example [IPv6:2001:db8:7::25]) by mx.oak.example "
     "(Postfix) with ESMTPS id 4ftws11qPlz4R5n5; Sun, 12 Apr 2026 16:26:09 +0000",
     "six.linden.example", "six.linden.example", "2001:db8:7::25", "mx.oak.example",
     "4ftws11qPlz4R5n5", SOFTWARE_POSTFIX},
    /* Exim: looked up first, said in the comment */
    {"from out.linden.example ([192.0.2.7] helo=post) by mx.oak.example with esmtps (TLS1.3) "
     "(Exim 4.98) (envelope-from <b@linden.example>) id 1wFeUV-00000006hWK-3lGs; Wed, 22 Apr 2026 "
     "20:48:11 +0000",
     "post", "out.linden.example", "192.0.2.7", "mx.oak.example", "1wFeUV-00000006hWK-3lGs",
     SOFTWARE_EXIM},
    {"from [192.0.2.7] (helo=[203.0.113.9]) by mx.oak.example with smtp (Exim 4.50) id "
     "1AbCdE-0001Xy-2z; Wed, 22 Apr 2005 20:48:11 +0000",
     "[203.0.113.9]", NULL, "192.0.2.7", "mx.oak.example", "1AbCdE-0001Xy-2z", SOFTWARE_EXIM},
    /* qmail: the bare address in the last brackets */
    {"from unknown (HELO mail.own.example) (198.51.100.3) by mx.oak.example with SMTP; 3 Jun 2003 "
     "20:22:51 -0000",
     "mail.own.example", NULL, "198.51.100.3", "mx.oak.example", NULL, SOFTWARE_UNKNOWN},
    /* Exchange: the name is the client's own */
    {"from EDGE.linden.example (192.0.2.7) by HUB.oak.example (10.2.0.4) with Microsoft SMTP "
     "Server (version=TLS1_2) id 15.1.225.42 via Frontend Transport; Wed, 22 Apr 2026 20:48:11 "
     "+0000",
     "EDGE.linden.example", NULL, "192.0.2.7", "HUB.oak.example", "15.1.225.42", SOFTWARE_EXCHANGE},
    /* Gmail: a dot behind the looked-up name */
    {"from post (out.linden.example. [192.0.2.7]) by mx.google.com with ESMTPS id "
     "d9si1234567qvb.12.2026.04.12.09.26.09 for <a@gmail.com>; Sun, 12 Apr 2026 09:26:09 -0700",
     "post", "out.linden.example", "192.0.2.7", "mx.google.com",
     "d9si1234567qvb.12.2026.04.12.09.26.09", SOFTWARE_GMAIL},
    /* Courier: mapped IPv4 */
    {"from post.linden.example (out.linden.example [::ffff:192.0.2.7]) by mx.oak.example with "
     "ESMTP id 0000000000ABCDEF.0000000067F1A3AE.00002CEB; Sun, 12 Apr 2026 16:26:09 +0000",
     "post.linden.example", "out.linden.example", "192.0.2.7", "mx.oak.example",
     "0000000000ABCDEF.0000000067F1A3AE.00002CEB", SOFTWARE_COURIER},
    /* Domino */
    {"from post.linden.example ([192.0.2.7]) by notes.oak.example (IBM Domino Release 9.0.1) with "
     "ESMTP id 2013060320225112-123 ; Mon, 3 Jun 2013 20:22:51 +0000",
     "post.linden.example", NULL, "192.0.2.7", "notes.oak.example", "2013060320225112-123",
     SOFTWARE_DOMINO},
    /* a client's HELO that imitates a server's comment */
    {"from joe (mail.own.example [203.0.113.9]) (dsl-3.isp.example [198.51.100.3]) by "
     "mx.oak.example with SMTP id X1; Mon, 3 Jun 2013 20:22:51 +0000",
     "joe", "dsl-3.isp.example", "198.51.100.3", "mx.oak.example", "X1", SOFTWARE_UNKNOWN},
};

static void check_text(const char *line, const char *got, const char *want)
{
    if (g_strcmp0(got, want) != 0)
        g_error("%s\n  got %s, want %s", line, got ? got : "nothing", want ? want : "nothing");
}

static void test_families(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(samples); i++) {
        const Sample *s = &samples[i];
        g_autoptr(Hop) hop = hop_parse(span_of(s->line));
        g_autofree char *ip = ip_format(&hop->from_ip);

        check_text(s->line, hop->from_helo, s->helo);
        check_text(s->line, hop->from_rdns, s->rdns);
        check_text(s->line, ip, s->ip);
        check_text(s->line, hop->by, s->by);
        check_text(s->line, hop->id, s->id);
        g_assert_cmpint(hop->software, ==, s->software);
    }
}

/* Steps on one machine have no peer, and say so. */
static void test_local(void)
{
    static const char *const lines[] = {
        "by mx.oak.example (Postfix, from userid 1000) id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 "
        "+0200",
        "(qmail 4979 invoked by uid 1000); 22 Mar 2026 04:33:02 -0000",
        "from joe by mx.oak.example with local (Exim 4.92) id 1vth43-qifyas-to; Sun, 10 May 2026 "
        "16:19:05 +0000",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(Hop) hop = hop_parse(span_of(lines[i]));

        g_assert_true(hop->local);
        g_assert_cmpint(hop->from_ip.family, ==, 0);
        g_assert_null(hop->from_helo);
    }
}

/* Whatever a client says in its HELO, the address is the one the server wrote last. */
static void test_hostile_helo(void)
{
    static const char *const words[] = {
        "[203.0.113.9]",
        "x(mail.own.example[203.0.113.9])",
        "x ([203.0.113.9])",
        "x by mail.own.example",
        "x;from y",
        "((((",
        "\"x [203.0.113.9]\"",
        "x) (y [203.0.113.9]",
        "<[203.0.113.9]>",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *line = g_strdup_printf(
            "from %s (dsl-3.isp.example [198.51.100.3]) by mx.oak.example (Postfix) with SMTP id "
            "4F2AB1C2D3; Mon, 3 Jun 2013 20:22:51 +0000",
            words[i]);
        g_autoptr(Hop) hop = hop_parse(span_of(line));
        g_autofree char *ip = ip_format(&hop->from_ip);

        if (ip)
            g_assert_cmpstr(ip, ==, "198.51.100.3");
    }
}

static void test_long_and_odd(void)
{
    g_autofree char *deep = g_strnfill(200000, '(');
    g_autoptr(Hop) hop = hop_parse(span_of(deep));
    g_autoptr(Hop) empty = hop_parse(SPAN(""));
    g_autoptr(Hop) zeros = hop_parse(SPAN("from a\0b (c [192.0.2.7]) by d; Mon"));

    g_assert_cmpint(hop->from_ip.family, ==, 0);
    g_assert_cmpint(empty->from_ip.family, ==, 0);
    g_assert_nonnull(zeros->raw);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/received/families", test_families);
    g_test_add_func("/received/local", test_local);
    g_test_add_func("/received/hostile-helo", test_hostile_helo);
    g_test_add_func("/received/long-and-odd", test_long_and_odd);
    return g_test_run();
}
