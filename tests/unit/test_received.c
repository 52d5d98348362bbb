/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Received lines of every family: what the client said and what the receiver saw stay apart, and no
 * line makes the parser take a client's word for an address. */
#include <string.h>

#include "received/received.h"

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
    /* Roundcube behind a proxy: what the web server saw comes last */
    {"from mail.own.example [203.0.113.9] via dsl-3.isp.example [198.51.100.3] with HTTP/1.1 "
     "(POST); "
     "Sun, 5 May 2019 07:05:04 +0200",
     NULL, "dsl-3.isp.example", "198.51.100.3", NULL, NULL, SOFTWARE_UNKNOWN},
    {"from mail.own.example [203.0.113.9] via a.example [203.0.113.10] via [198.51.100.3] with "
     "HTTP "
     "(HTTP/1.1 POST); Sun, 5 May 2019 07:05:04 +0200",
     NULL, NULL, "198.51.100.3", NULL, NULL, SOFTWARE_UNKNOWN},
    {"from dsl-3.isp.example [198.51.100.3] with HTTP/1.1 (POST); Sun, 5 May 2019 07:05:04 +0200",
     "dsl-3.isp.example", NULL, "198.51.100.3", NULL, NULL, SOFTWARE_UNKNOWN},
    /* SIMS, PMDF: from channel to channel of one host */
    {"from ims-ms-daemon.mx.oak.example by mx.oak.example (Sun Java System Messaging Server 6.2) "
     "id "
     "<0J4B00JWQJZWYE20@mx.oak.example>; Tue, 14 Oct 2014 12:00:00 +0200",
     NULL, NULL, NULL, "mx.oak.example", "0J4B00JWQJZWYE20@mx.oak.example", SOFTWARE_OTHER},
    {"from conversion.mx.oak.example by mx.oak.example (PMDF V6.0-24 #47347) id "
     "<0GGS00E5WAF3@mx.oak.example>; Tue, 14 Oct 2014 12:00:00 +0200",
     NULL, NULL, NULL, "mx.oak.example", "0GGS00E5WAF3@mx.oak.example", SOFTWARE_OTHER},
    /* ... but a client may call itself so */
    {"from x-daemon (dsl-3.isp.example [198.51.100.3]) by mx.oak.example (PMDF V6.0-24 #47347) "
     "with "
     "ESMTP id <0GGS00E5WAF3@mx.oak.example>; Tue, 14 Oct 2014 12:00:00 +0200",
     "x-daemon", "dsl-3.isp.example", "198.51.100.3", "mx.oak.example",
     "0GGS00E5WAF3@mx.oak.example", SOFTWARE_OTHER},
    /* Gmail's interface for programs: a greeting is one word, or none */
    {"from 77339102441 named unknown by gmailapi.google.com with HTTPREST; Tue, 14 Oct 2014 "
     "12:00:00 +0200",
     NULL, NULL, NULL, "gmailapi.google.com", NULL, SOFTWARE_GMAIL},
    /* GroupWise: a queue's name may be two */
    {"from Oak Village-MTA by mx.oak.example with Novell_GroupWise; Tue, 14 Oct 2014 12:00:00 "
     "+0200",
     "Oak Village-MTA", NULL, NULL, "mx.oak.example", NULL, SOFTWARE_OTHER},
    /* MailMarshal */
    {"from post.linden.example (Not Verified[192.0.2.7]) by mx.oak.example with MailMarshal "
     "(v6,7,2,8378) id <B4c44b2720000>; Mon, 19 Jul 2010 13:15:46 -0700",
     "post.linden.example", NULL, "192.0.2.7", "mx.oak.example", "B4c44b2720000", SOFTWARE_OTHER},
    {"from post.linden.example (Not Verified[2001:db8:7::25]) by mx.oak.example with Trustwave SEG "
     "(v8,2,6,11305) id <B66666bfb0000>; Mon, 10 Jun 2024 14:59:07 +1200",
     "post.linden.example", NULL, "2001:db8:7::25", "mx.oak.example", "B66666bfb0000",
     SOFTWARE_OTHER},
    /* names in comments that begin like remarks */
    {"from post.linden.example (sender4-op-o12.linden.example [192.0.2.7]) by mx.oak.example "
     "(Oracle "
     "Communications Messaging Server 8.0.2.3 64bit (built Jun 14 2018)) with ESMTPS id "
     "<0PNN00A1ZQ4L@mx.oak.example>; Mon, 10 Jun 2019 14:59:07 +0000",
     "post.linden.example", "sender4-op-o12.linden.example", "192.0.2.7", "mx.oak.example",
     "0PNN00A1ZQ4L@mx.oak.example", SOFTWARE_OTHER},
    /* a second "by" in a remark about TLS */
    {"from post.linden.example ([192.0.2.7]) by mx.oak.example with emfmta (version 4.8.5.36) by "
     "TLS "
     "id 2220220 for <a@oak.example>;0cc93573e5704417; Sun, 29 Apr 2012 23:34:45 +0000",
     "post.linden.example", NULL, "192.0.2.7", "mx.oak.example", "2220220", SOFTWARE_UNKNOWN},
    {"from 192.0.2.7 ([192.0.2.7]) by mx.oak.example with gatemta (version 5.0.1.2) by TLS id 77; "
     "Sun, 29 Apr 2012 23:34:45 +0000",
     "192.0.2.7", NULL, "192.0.2.7", "mx.oak.example", "77", SOFTWARE_UNKNOWN},
    /* Postini: "source" is no greeting, and remarks may stand before "by" */
    {"from source ([192.0.2.7]) (using TLSv1) by eu1sys200aob110.postini.com ([10.0.0.4]) with "
     "SMTP "
     "ID DSNKTODdXnF0@postini.com; Mon, 15 Nov 2010 07:12:40 UTC",
     NULL, NULL, "192.0.2.7", "eu1sys200aob110.postini.com", "DSNKTODdXnF0@postini.com",
     SOFTWARE_OTHER},
    /* a mark behind the address */
    {"from post.linden.example (HELO mta) (192.0.2.7_trustedrelay) by mx.oak.example with SMTP; 15 "
     "Nov 2010 07:12:40 -0000",
     "mta", "post.linden.example", "192.0.2.7", "mx.oak.example", NULL, SOFTWARE_UNKNOWN},
    /* Cyrus: a socket on the same machine */
    {"from mx.oak.example ([unix socket]) by mx.oak.example (Cyrus 3.4.4) with LMTPA; Mon, 15 Nov "
     "2010 07:12:40 +0000",
     NULL, NULL, NULL, "mx.oak.example", NULL, SOFTWARE_OTHER},
    /* an address in brackets, and a name that nobody is known to have looked up */
    {"from [192.0.2.7] (post.linden.example) by mx.oak.example with ESMTP id 77; Mon, 15 Nov 2010 "
     "07:12:40 +0000",
     "post.linden.example", NULL, "192.0.2.7", "mx.oak.example", "77", SOFTWARE_UNKNOWN},
    /* ... but where the client's word comes first, nothing can be read */
    {"from [203.0.113.9] (post.linden.example) by mx.oak.example (8.14.4/8.14.4) with ESMTP id "
     "q8M9fF401441; Tue, 4 Sep 2012 11:41:15 +0200",
     "[203.0.113.9]", "post.linden.example", NULL, "mx.oak.example", "q8M9fF401441",
     SOFTWARE_SENDMAIL},
    {"from [203.0.113.9] by mx.oak.example (Postfix) with ESMTP id 4F2AB1C2D3; Tue, 4 Sep 2012 "
     "11:41:15 +0200",
     "[203.0.113.9]", NULL, NULL, "mx.oak.example", "4F2AB1C2D3", SOFTWARE_POSTFIX},
    /* gateways and mailers that are met once in a while */
    {"from linden.example (10.106.154.159) by smtp.oak.example (10.106.227.16) with "
     "smtp.oak.example ESMTP; Wed, 8 Mar 2017 16:45:51 -0000",
     "linden.example", NULL, "10.106.154.159", "smtp.oak.example", NULL, SOFTWARE_UNKNOWN},
    {"from post.linden.example (HELO mta) ([192.0.2.7]) by mx.oak.example (MOS 4.1.8-GA FastPath "
     "queued) with SMTP id AAA1; Wed, 29 Apr 2010 23:45:10 +0900",
     "mta", "post.linden.example", "192.0.2.7", "mx.oak.example", "AAA1", SOFTWARE_UNKNOWN},
    {"indimail-mta queue 58962 by host mx.oak.example (invoked for bounce); Wed, 26 Jun 2024 "
     "15:21:00 +0900",
     NULL, NULL, NULL, "mx.oak.example", NULL, SOFTWARE_UNKNOWN},
    {"from linden.example (unknown [192.0.2.7]) by mfast1 (Coremail) with SMTP id "
     "uMCowEAJ6lTs6q1bw--.1184S2; Fri, 28 Sep 2018 16:48:44 +0800",
     "linden.example", NULL, "192.0.2.7", "mfast1", "uMCowEAJ6lTs6q1bw--.1184S2", SOFTWARE_OTHER},
    {"from linden.example by mx.oak.example ([192.0.2.4]) id <00AA@linden.example>; Sun, 29 Apr "
     "2007 "
     "23:34:45 +0000",
     "linden.example", NULL, NULL, "mx.oak.example", "00AA@linden.example", SOFTWARE_UNKNOWN},
    {"from punt-2.linden.example by mailstore for joe@oak.example id 1035738253:20:01723:229; Sun, "
     "27 Oct 2002 17:04:13 GMT",
     "punt-2.linden.example", NULL, NULL, "mailstore", "1035738253:20:01723:229", SOFTWARE_UNKNOWN},
    {"from linden.example by mx.oak.example (/\\##/\\ Smail3.1.30.16 #30.25) with bsmtp for "
     "<joe@oak.example> sender: <MAILER-DAEMON> id <my/15StXY-00385Ey@mx.oak.example>; Fri, 3 Aug "
     "2001 23:59:56 -0500",
     "linden.example", NULL, NULL, "mx.oak.example", "my/15StXY-00385Ey@mx.oak.example",
     SOFTWARE_UNKNOWN},
    {"from linden.example ([192.0.2.7]) by mx.oak.example with XWall v3.47 ; Mon, 25 Mar 2013 "
     "10:24:25 -0600",
     "linden.example", NULL, "192.0.2.7", "mx.oak.example", NULL, SOFTWARE_UNKNOWN},
    {"from linden.example (mail.linden.example [192.0.2.7]) by mx.oak.example ([192.0.2.99]) with "
     "ESMTP via TCP; 21 Aug 2016 10:49:39 -0000",
     "linden.example", "mail.linden.example", "192.0.2.7", "mx.oak.example", NULL,
     SOFTWARE_UNKNOWN},
    {"by mx.oak.example (LiteMail v3.03(OAK00)) with SMTP id 15_OAK00_02; Wed, 29 Apr 2015 "
     "23:34:45 "
     "-0800",
     NULL, NULL, NULL, "mx.oak.example", "15_OAK00_02", SOFTWARE_UNKNOWN},
    {"from ([192.0.2.7]) by mx.oak.example with ESMTP with TLS id 8n829k1.71130323; Wed, 19 Sep "
     "2012 "
     "05:23:32 -0500",
     NULL, NULL, "192.0.2.7", "mx.oak.example", "8n829k1.71130323", SOFTWARE_UNKNOWN},
    {"from [192.0.2.7] by mx.oak.example with ESMTP ( welcome. (Email Firewall v6.3.1)); Thu, 15 "
     "Oct "
     "2009 15:46:06 +0100",
     NULL, NULL, "192.0.2.7", "mx.oak.example", NULL, SOFTWARE_UNKNOWN},
    {"from linden.example (unknown [10.60.208.17]) by None (SG) with ESMTP id 5090f373.15fb.5e72c3 "
     "Wed, 31 Oct 2012 04:46:27 -0500",
     "linden.example", NULL, "10.60.208.17", "None", "5090f373.15fb.5e72c3", SOFTWARE_UNKNOWN},
    {"from linden.example([192.0.2.7]) by mx.oak.example(JetMail 2.5.3.0) with SMTP id "
     "jmb3a800bb6; "
     "Tue, 6 Feb 2001 06:41:26 -0000",
     "linden.example", NULL, "192.0.2.7", "mx.oak.example", "jmb3a800bb6", SOFTWARE_UNKNOWN},
    {"from linden.example [192.0.2.7] by nm195 via mtad (34FM.0700.12.01) with ESMTP id 167FBVJz; "
     "Thu, 22 Feb 2001 09:51:43 GMT",
     "linden.example", NULL, "192.0.2.7", "nm195", "167FBVJz", SOFTWARE_UNKNOWN},
    {"from mail101 (localhost.localdomain [127.0.0.1]) by mail101 (MessageSwitch) id "
     "1348144729792933_22140; Thu, 20 Sep 2012 12:38:49 +0000",
     "mail101", "localhost.localdomain", "127.0.0.1", "mail101", "1348144729792933_22140",
     SOFTWARE_UNKNOWN},
    {"by mx.oak.example (sSMTP sendmail emulation); Tue, 17 Nov 2009 20:01:16 -0500", NULL, NULL,
     NULL, "mx.oak.example", NULL, SOFTWARE_UNKNOWN},
    {"from batch.linden.example by mx.oak.example with ESMTP (crosscheck: batch.linden.example "
     "[192.0.2.7]) id g53DMcd9000547; Mon, 3 Jun 2002 06:34:28 -0700",
     "batch.linden.example", NULL, NULL, "mx.oak.example", "g53DMcd9000547", SOFTWARE_UNKNOWN},
    {"from linden.example (unverified [192.0.2.7]) by mx.oak.example (Rockliffe SMTPRA 4.5.6) with "
     "ESMTP id <B0950073155@mx.oak.example>; Mon, 22 Aug 2016 06:23:36 -0300",
     "linden.example", NULL, "192.0.2.7", "mx.oak.example", "B0950073155@mx.oak.example",
     SOFTWARE_UNKNOWN},
    {"from (127.0.0.1) by mx.oak.example id hgs0ok2ddl42; Wed, 29 Aug 2018 20:26:47 +0000 "
     "(envelope-from <b@oak.example>)",
     NULL, NULL, "127.0.0.1", "mx.oak.example", "hgs0ok2ddl42", SOFTWARE_UNKNOWN},
    {"from linden.example (unknown [172.30.2.196]) by Websense Email Security Gateway with ESMTP "
     "id "
     "DE02F188BFAF; Sun, 29 Nov 2015 09:45:14 +0100",
     "linden.example", NULL, "172.30.2.196", "Websense", "DE02F188BFAF", SOFTWARE_UNKNOWN},
    /* an id of hexadecimal digits is none of Gmail's */
    {"from linden.example (192.0.2.22) by mx.oak.example (MAILFOUNDRY) id ffffffffffffffff; Thu, "
     "29 "
     "Apr 2010 23:45:10 -0000",
     "linden.example", NULL, "192.0.2.22", "mx.oak.example", "ffffffffffffffff", SOFTWARE_UNKNOWN},
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
        g_autoptr(Hop) hop = received_parse(span_of(s->line));
        g_autofree char *ip = ip_format(&hop->from_ip);

        check_text(s->line, hop->from_helo, s->helo);
        check_text(s->line, hop->from_rdns, s->rdns);
        check_text(s->line, ip, s->ip);
        check_text(s->line, hop->by, s->by);
        check_text(s->line, hop->id, s->id);
        g_assert_cmpint(hop->software, ==, s->software);
    }
}

/* A date is one without its ";", in ISO form, glued to what stands before it, or all there is. */
static void test_dates(void)
{
#define LINE "from a.example (b.example [198.51.100.7]) by mx.oak.example"
    static const char *const lines[] = {
        LINE " with ESMTP id 77; Tue, 14 Oct 2014 12:00:00 +0200",
        LINE " with ESMTP id 77 Tue, 14 Oct 2014 12:00:00 +0200",
        LINE " with ESMTP id 77 14 Oct 2014 12:00:00 +0200",
        LINE " with ESMTP id 77 on 14 Oct 2014 12:00:00 +0200",
        LINE " with ESMTP id 77 2014-10-14T12:00:00+02:00",
        LINE " with ESMTP id 77 2014-10-14 12:00:00 +0200",
        LINE " with SMTP id 77 2014-10-14 10:00:00.858842501 +0000 UTC m=+1856335.516585242",
        LINE " with ESMTP id 77; 2014-10-14T10:00:00Z",
        LINE " with ESMTP id 77Tue, 14 Oct 2014 12:00:00 +0200",
        LINE "Tue, 14 Oct 2014 12:00:00 +0200",
        LINE " with ESMTP id 77;0cc93573; Tue, 14 Oct 2014 12:00:00 +0200",
        "Tue, 14 Oct 2014 12:00:00 +0200",
        "; Tue, 14 Oct 2014 12:00:00 +0200",
        "14 Oct 2014 12:00:00 +0200",
        "2014-10-14T12:00:00+02:00",
    };
#undef LINE
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(Hop) hop = received_parse(span_of(lines[i]));
        if (hop->date.utc != 1413280800)
            g_error("%s: %" G_GINT64_FORMAT, lines[i], hop->date.utc);
        if (strstr(lines[i], "mx.oak"))
            g_assert_cmpstr(hop->by, ==, "mx.oak.example");
        if (strstr(lines[i], " id 77"))
            g_assert_cmpstr(hop->id, ==, "77");
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
        g_autoptr(Hop) hop = received_parse(span_of(lines[i]));

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
        g_autoptr(Hop) hop = received_parse(span_of(line));
        g_autofree char *ip = ip_format(&hop->from_ip);

        if (ip)
            g_assert_cmpstr(ip, ==, "198.51.100.3");
    }
}

/* A server puts its line above a message without reading it; the message begins with a blank, and
 * so goes on with that line. Which of the addresses the server wrote nobody can tell. */
static void test_glued(void)
{
#define WHEN "; Mon, 3 Jun 2013 20:22:51 +0000"
    static const struct {
        const char *line, *ip; /* NULL: none is told */
    } cases[] = {
        {"from pc (dsl-3.isp.example [198.51.100.3]) by mx.oak.example with SMTP" WHEN
         "\n from a.example (a.example [203.0.113.9]) by mx.oak.example (Postfix) with ESMTPS id "
         "4711" WHEN,
         NULL},
        {"from pc [198.51.100.3] by mx.oak.example with ESMTP (SMTPD32-8.05) id A1B23C4D0052" WHEN
         "\n\t(HELO a.example) (203.0.113.9)\n  by mx.oak.example with SMTP" WHEN,
         NULL},
        {"from pc ([198.51.100.3])\n by mx.oak.example (JAMES SMTP Server 2.3.2) with SMTP ID "
         "642\n "
         "for <carl@oak.example>" WHEN "\n \n\tReceived: from a.example (a.example "
         "[203.0.113.9])\n by mx.oak.example with SMTP" WHEN,
         NULL},
        {"from pc (dsl-3.isp.example [198.51.100.3]) by mx.oak.example with SMTP" WHEN,
         "198.51.100.3"},
        {"from by (dsl-3.isp.example [198.51.100.3]) by mx.oak.example with SMTP" WHEN,
         "198.51.100.3"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Hop) hop = received_parse(span_of(cases[i].line));
        g_autofree char *ip = ip_format(&hop->from_ip);
        g_assert_cmpstr(ip, ==, cases[i].ip);
    }
#undef WHEN
}

static void test_long_and_odd(void)
{
    g_autofree char *deep = g_strnfill(200000, '(');
    g_autoptr(Hop) hop = received_parse(span_of(deep));
    g_autoptr(Hop) empty = received_parse(SPAN(""));
    g_autoptr(Hop) zeros = received_parse(SPAN("from a\0b (c [192.0.2.7]) by d; Mon"));

    g_assert_cmpint(hop->from_ip.family, ==, 0);
    g_assert_cmpint(empty->from_ip.family, ==, 0);
    g_assert_nonnull(zeros->raw);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/received/families", test_families);
    g_test_add_func("/received/dates", test_dates);
    g_test_add_func("/received/local", test_local);
    g_test_add_func("/received/hostile-helo", test_hostile_helo);
    g_test_add_func("/received/glued", test_glued);
    g_test_add_func("/received/long-and-odd", test_long_and_odd);
    return g_test_run();
}
