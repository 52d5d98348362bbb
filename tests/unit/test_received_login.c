/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who logged in, which user of a machine handed a message in, and what a look-up said: each from
 * the words of the software that writes them, never from what a client said. */
#include "received/received.h"
#include "received/received_user.h"

#define POSTFIX                                                                                    \
    " by mx.oak.example (Postfix) with ESMTPSA id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 +0200"

static void check_text(const char *line, const char *what, const char *got, const char *want)
{
    if (g_strcmp0(got, want) != 0)
        g_error("%s\n  %s is %s, want %s", line, what, got ? got : "nothing",
                want ? want : "nothing");
}

static const struct {
    const char *line, *login;
    bool authenticated;
} logins[] = {
    {"from laptop (dsl-3.isp.example [198.51.100.3]) (Authenticated sender: "
     "joe@oak.example)" POSTFIX,
     "joe@oak.example", true},
    {"from laptop (dsl-3.isp.example [198.51.100.3]) (using TLSv1.3 with cipher X (256/256 bits)) "
     "(Authenticated sender: joe)" POSTFIX,
     "joe", true},
    {"from laptop (dsl-3.isp.example [198.51.100.3])" POSTFIX, NULL, true},
    {"from laptop (dsl-3.isp.example [198.51.100.3]) (authenticated bits=128) by mx.oak.example "
     "(8.14.4/8.14.4) with ESMTP id q8M9fF401441; Tue, 4 Sep 2012 11:41:15 +0200",
     NULL, true},
    {"from laptop (dsl-3.isp.example [198.51.100.3]) (authenticated (0 bits)) by mx.oak.example "
     "(8.11.6/8.11.6) with ESMTP id g8M9fF401441; Tue, 4 Sep 2012 11:41:15 +0200",
     NULL, true},
    {"from laptop (dsl-3.isp.example [198.51.100.3]) (user=joe mech=PLAIN bits=0) by "
     "mx.oak.example "
     "(8.14.4/8.14.4) with ESMTP id q8M9fF401441; Tue, 4 Sep 2012 11:41:15 +0200",
     "joe", true},
    {"from dsl-3.isp.example (198.51.100.3) by mx.oak.example (7.0.028) (authenticated as joe) id "
     "413489B100C9C1FD; Tue, 28 Sep 2004 21:43:43 +0200",
     "joe", true},
    {"from 198.51.100.3 (SquirrelMail authenticated user joe) by www.oak.example with HTTP; Mon, "
     "22 "
     "Mar 2004 12:54:13 -0600",
     "joe", true},
    {"from 198.51.100.3 (NaSMail authenticated user joe.doe) by www.oak.example with HTTP; Mon, 22 "
     "Mar 2004 12:54:13 -0600",
     "joe.doe", true},
    {"from [198.51.100.3] (account joe@oak.example HELO [10.0.0.9]) by mx.oak.example (CommuniGate "
     "Pro SMTP 5.1.13) with ESMTPSA id 9830625; Mon, 07 Apr 2008 08:42:48 +0700",
     "joe@oak.example", true},
    {"from laptop (dsl-3.isp.example [198.51.100.3]) (AUTH: LOGIN joe@oak.example, SSL: TLSv1) by "
     "mx.oak.example with esmtp; Thu, 10 Nov 2005 08:24:21 -0600 id 000000DB.43735815.00001E11",
     "joe@oak.example", true},
    {"from dsl-3.isp.example (HELO laptop) (joe@198.51.100.3) by mx.oak.example with ESMTPA; 23 "
     "May "
     "2007 15:05:04 -0000",
     "joe", true},
    {"from dsl-3.isp.example (HELO laptop) (joe@198.51.100.3) by mx.oak.example with SMTP; 23 May "
     "2007 15:05:04 -0000",
     NULL, false},
    {"from dsl-3.isp.example (HELO laptop) (198.51.100.3) (smtp-auth username joe, mechanism "
     "cram-md5) by mx.oak.example (qpsmtpd/0.40) with ESMTPSA; Wed, 23 May 2007 15:05:04 -0400",
     "joe", true},
    {"from dsl-3.isp.example (HELO laptop) (198.51.100.3) (smtp.auth joe) by mx.oak.example with "
     "ESMTP; Wed, 23 May 2007 15:05:04 -0400",
     "joe", true},
    {"from laptop (dsl-3.isp.example [198.51.100.3]) by mx.oak.example (OpenSMTPD) with ESMTPSA id "
     "fda43b42 auth=yes user=joe (TLSv1.2:X:256:NO); Mon, 19 Dec 2016 03:18:51 +0900",
     "joe", true},
    {"from [198.51.100.3] (helo=laptop) by mx.oak.example with esmtpsa (TLS1.2) (Exim 4.80) "
     "(authenticated as joe) id 1AbCdE-0001Xy-2z; Wed, 22 Apr 2005 20:48:11 +0000",
     "joe", true},
    {"from [198.51.100.3] (helo=laptop) by mx.oak.example with esmtpa (Exim 4.43) id "
     "1AbCdE-0001Xy-2z by authid <joe@oak.example> with cram_md5; Wed, 22 Apr 2005 20:48:11 +0000",
     "joe@oak.example", true},
    {"from laptop ([198.51.100.3]) by mx.oak.example (IceWarp 11.4) with ESMTPSA (joe@oak.example) "
     "id 2021; Wed, 22 Apr 2020 20:48:11 +0000",
     "joe@oak.example", true},
    /* what a client says is no login */
    {"from x (Authenticated sender: joe) (dsl-3.isp.example [198.51.100.3]) by mx.oak.example "
     "(8.9.3/8.9.3) with SMTP id LAA12345; Tue, 4 Sep 2001 11:41:15 +0200",
     NULL, false},
    {"from auth=joe (dsl-3.isp.example [198.51.100.3]) by mx.oak.example (8.9.3/8.9.3) with SMTP "
     "id "
     "LAA12345; Tue, 4 Sep 2001 11:41:15 +0200",
     NULL, false},
    {"from x (authenticated.isp.example [198.51.100.3]) by mx.oak.example (8.9.3/8.9.3) with SMTP "
     "id "
     "LAA12345; Tue, 4 Sep 2001 11:41:15 +0200",
     NULL, false},
};

static void test_logins(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_autoptr(Hop) hop = received_parse(span_of(logins[i].line));
        check_text(logins[i].line, "login", hop->login, logins[i].login);
        if (hop->authenticated != logins[i].authenticated)
            g_error("%s\n  authenticated is %d", logins[i].line, hop->authenticated);
    }
}

static const struct {
    const char *line, *user;
    UserKind kind;
} users[] = {
    {"from joe by mx.oak.example with local (Exim 4.92) id 1vth43-qifyas-to; Sun, 10 May 2026 "
     "16:19:05 +0000",
     "joe", USER_PERSON},
    {"from Debian-exim by mx.oak.example with local (Exim 4.92) id 1vth43-qifyas-to; Sun, 10 May "
     "2026 16:19:05 +0000",
     "Debian-exim", USER_SYSTEM},
    {"from mail by mx.oak.example with spam-scanned (Exim 4.51) id 1DnPTU-0006bL-UT; Tue, 28 Jun "
     "2005 16:26:44 -0700",
     "mail", USER_SYSTEM},
    {"from www-data by mx.oak.example with local (Exim 4.92) (envelope-from <a@oak.example>) id "
     "1vth43-qifyas-to; Sun, 10 May 2026 16:19:05 +0000",
     "www-data", USER_WEB},
    {"by mx.oak.example (Postfix, from userid 1000) id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 +0200",
     "1000", USER_PERSON},
    {"by mx.oak.example (Postfix, from userid 0) id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 +0200",
     "0", USER_SYSTEM},
    {"by mx.oak.example (Postfix, from userid 33) id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 +0200",
     "33", USER_WEB},
    {"(qmail 4979 invoked by uid 1000); 22 Mar 2026 04:33:02 -0000", "1000", USER_PERSON},
    {"(qmail 4979 invoked by alias); 22 Mar 2026 04:33:02 -0000", "alias", USER_SYSTEM},
    {"(qmail 4979 invoked from network); 22 Mar 2026 04:33:02 -0000", NULL, USER_NONE},
    {"(nullmailer pid 812 invoked by uid 1001); Sun, 22 Mar 2026 04:33:02 -0000", "1001",
     USER_PERSON},
    {"(from joe@localhost) by mx.oak.example (8.14.4/8.14.4/Submit) id q8M9fF401441; Tue, 4 Sep "
     "2012 "
     "11:41:15 +0200",
     "joe", USER_PERSON},
    {"(from root@localhost) by mx.oak.example (8.14.4/8.14.4/Submit) id q8M9fF401441; Tue, 4 Sep "
     "2012 11:41:15 +0200",
     "root", USER_SYSTEM},
    {"(from apache@localhost) by mx.oak.example (8.14.4/8.14.4/Submit) id q8M9fF401441; Tue, 4 Sep "
     "2012 11:41:15 +0200",
     "apache", USER_WEB},
    {"from root (uid 0) (envelope-from joe@oak.example) id e06d1 by mx.oak.example (DragonFly Mail "
     "Agent v0.13); Tue, 11 Jun 2024 18:02:00 +0900",
     "root", USER_SYSTEM},
    {"from localhost (localhost [127.0.0.1]) (uid 1004) by mx.oak.example with local; Tue, 11 Jun "
     "2019 18:02:00 +0900 id 0000000000ABCDEF.0000000067F1A3AE.00002CEB",
     "1004", USER_PERSON},
    {"from joe@oak.example by mx.oak.example by uid 502 with qmail-scanner-1.20 (clamuko: 0.65. "
     "Clear:RC:0(198.51.100.3):. Processed in 0.2 secs); 03 Mar 2004 20:34:39 -0000",
     "502", USER_PERSON},
    /* no local step: a client's name is no user */
    {"from joe ([198.51.100.3]) by mx.oak.example with esmtp (Exim 4.92) id 1vth43-qifyas-to; Sun, "
     "10 "
     "May 2026 16:19:05 +0000",
     NULL, USER_NONE},
    {"from localhost (localhost [127.0.0.1]) by mx.oak.example (Postfix) with ESMTP id 4F2AB1C2D3; "
     "Tue, 4 Sep 2012 11:41:15 +0200",
     NULL, USER_NONE},
};

static void test_users(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        g_autoptr(Hop) hop = received_parse(span_of(users[i].line));
        check_text(users[i].line, "user", hop->user, users[i].user);
        if (received_user_kind(hop) != users[i].kind)
            g_error("%s\n  kind is %d", users[i].line, (int)received_user_kind(hop));
    }
}

#define SENDMAIL                                                                                   \
    " by mx.oak.example (8.14.4/8.14.4) with ESMTP id q8M9fF401441; Tue, 4 Sep 2012 11:41:15 "     \
    "+0200"
#define EXIM                                                                                       \
    " by mx.oak.example with esmtp (Exim 4.92) id 1vth43-qifyas-to; Sun, 10 May 2026 16:19:05 "    \
    "+0000"
#define OTHER(software)                                                                            \
    " by mx.oak.example (" software ") with ESMTP id 77; Sun, 10 May 2026 16:19:05 +0000"

static const struct {
    const char *line;
    Lookup lookup;
} lookups[] = {
    {"from a (out.elm.example [198.51.100.3])" POSTFIX, LOOKUP_NAME},
    {"from a (unknown [198.51.100.3])" POSTFIX, LOOKUP_NONE},
    {"from a ([198.51.100.3])" POSTFIX, LOOKUP_NOT}, /* Postfix writes no such line */
    {"from a (out.elm.example [198.51.100.3])" SENDMAIL, LOOKUP_NAME},
    {"from a (out.elm.example [198.51.100.3] (may be forged))" SENDMAIL, LOOKUP_NONE},
    {"from a ([198.51.100.3])" SENDMAIL, LOOKUP_NONE},
    {"from out.elm.example ([198.51.100.3] helo=a)" EXIM, LOOKUP_NAME},
    {"from out.elm.example ([198.51.100.3])" EXIM, LOOKUP_NAME},
    {"from [198.51.100.3] (helo=out.elm.example)" EXIM, LOOKUP_NONE},
    /* not as Exim writes it: the name is the client's */
    {"from a (out.elm.example [198.51.100.3])" EXIM, LOOKUP_NOT},
    {"from a (out.elm.example. [198.51.100.3]) by mx.google.com with ESMTPS id "
     "d9si1234567qvb.12.2026.04.12.09.26.09; Sun, 12 Apr 2026 09:26:09 -0700",
     LOOKUP_NAME},
    {"from a ([198.51.100.3]) by mx.google.com with ESMTPS id "
     "d9si1234567qvb.12.2026.04.12.09.26.09; Sun, 12 Apr 2026 09:26:09 -0700",
     LOOKUP_NONE},
    {"from a (out.elm.example [198.51.100.3])" OTHER("Haraka/2.8.21"), LOOKUP_NOT},
    {"from a (out.elm.example [198.51.100.3])" OTHER("Coremail"), LOOKUP_NOT},
    {"from a (unknown [198.51.100.3])" OTHER("Coremail"), LOOKUP_NOT},
    {"from out.elm.example (HELO a) (198.51.100.3) by mx.oak.example with SMTP; 3 Jun 2003 "
     "20:22:51 "
     "-0000",
     LOOKUP_NOT},
    {"from out.elm.example (198.51.100.3) by mx.oak.example (10.2.0.4) with Microsoft SMTP Server "
     "id "
     "15.1.225.42; Wed, 22 Apr 2026 20:48:11 +0000",
     LOOKUP_NOT},
    {"by mx.oak.example (Postfix, from userid 0) id 4F2AB1C2D3; Tue, 4 Sep 2012 11:41:15 +0200",
     LOOKUP_NOT},
};

static void test_lookups(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lookups); i++) {
        g_autoptr(Hop) hop = received_parse(span_of(lookups[i].line));
        if (hop->lookup != lookups[i].lookup)
            g_error("%s\n  lookup is %d", lookups[i].line, (int)hop->lookup);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/received/login", test_logins);
    g_test_add_func("/received/user", test_users);
    g_test_add_func("/received/lookup", test_lookups);
    return g_test_run();
}
