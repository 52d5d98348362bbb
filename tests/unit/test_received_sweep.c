/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The address that a server saw is never what its client said: every form of Received line, as the
 * servers write them, times names that begin like the words of servers, in all the forms in which a
 * client can say them or have them in the DNS. Generated, so that no line of it can be tuned to. */
#include <string.h>

#include "received/received.h"

#define SEEN "198.51.100.77" /* what the server saw */
#define SAID "203.0.113.25"  /* what the client claims */

/* How far a server lets its client go. */
typedef enum Greeting {
    GREETING_RAW,     /* prints what the client said, whatever it is */
    GREETING_UNNAMED, /* as GREETING_RAW, and the line does not name its software */
    GREETING_WORD     /* refuses or rewrites what is no name, address or literal */
} Greeting;

/* %H what the client said, %N what the DNS says, %A the address that the server saw. */
typedef struct Form {
    const char *software, *line;
    Greeting greeting;
} Form;

#define DATE     "; Tue, 4 Sep 2012 11:41:15 +0200"
#define RAW_DATE "; 4 Sep 2012 09:41:15 -0000"
#define BY       " by mx.oak.example "
#define SENDMAIL BY "(8.14.4/8.14.4) with ESMTP id q8M9fF401441 for <a@oak.example>" DATE
#define POSTFIX  BY "(Postfix) with ESMTPS id 4F2AB1C2D3 for <a@oak.example>" DATE
#define EXIM                                                                                       \
    BY "with esmtps (TLS1.3) (Exim 4.98) (envelope-from <b@linden.example>) id "                   \
       "1wFeUV-00000006hWK-3lGs" DATE
#define OLD_EXIM BY "with esmtp (Exim 3.16 #1 (Debian)) id 149Aj4-0005fj-00" DATE
#define TLS      "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) "

static const Form forms[] = {
    {"sendmail", "from %H (%N [%A])" SENDMAIL, GREETING_RAW},
    {"sendmail, no name", "from %H ([%A])" SENDMAIL, GREETING_RAW},
    {"sendmail, forged", "from %H (%N [%A] (may be forged))" SENDMAIL, GREETING_RAW},
    {"sendmail, ident", "from %H (IDENT:joe@%N [%A])" SENDMAIL, GREETING_RAW},
    {"sendmail, old ident", "from %H (joe@%N [%A])" SENDMAIL, GREETING_RAW},
    {"sendmail, login", "from %H (%N [%A]) (authenticated bits=128)" SENDMAIL, GREETING_RAW},
    {"sendmail, TLS",
     "from %H (%N [%A])" BY "(8.14.4/8.14.4) with ESMTP id q8M9fF401441 (version="
     "TLSv1/SSLv3 cipher=DHE-RSA-AES256-SHA bits=256 verify=NO)" DATE,
     GREETING_RAW},
    {"Postfix", "from %H (%N [%A])" POSTFIX, GREETING_RAW},
    {"Postfix, unknown", "from %H (unknown [%A])" POSTFIX, GREETING_RAW},
    {"Postfix, TLS", "from %H (%N [%A]) " TLS "(No client certificate requested)" POSTFIX,
     GREETING_RAW},
    {"Postfix, certificate",
     "from %H (%N [%A]) " TLS "(Client CN \"%C\", Issuer \"%C\" (not "
     "verified))" POSTFIX,
     GREETING_WORD},
    {"Postfix, login", "from %H (%N [%A]) (Authenticated sender: joe)" POSTFIX, GREETING_RAW},
    {"Postfix, renamed", "from %H (%N [%A])" BY "(Internet Relaying) with SMTP id 00AA" DATE,
     GREETING_UNNAMED},
    {"Exim", "from %N ([%A] helo=%H)" EXIM, GREETING_WORD},
    {"Exim, ident", "from %N ([%A]:4711 helo=%H ident=%H)" EXIM, GREETING_WORD},
    {"Exim, no helo", "from %N ([%A])" EXIM, GREETING_WORD},
    {"Exim, no name", "from [%A] (helo=%H)" EXIM, GREETING_WORD},
    {"Exim, port", "from [%A] (port=4711 helo=%H ident=joe)" EXIM, GREETING_WORD},
    {"Exim 3", "from %N ([%A] helo=%H)" OLD_EXIM, GREETING_WORD},
    {"Exim 2", "from %N (%H) [%A]" BY "with esmtp (Exim 2.05 #1 (Debian)) id 11SrFm-000595-00" DATE,
     GREETING_WORD},
    {"Exim, renamed", "from %N ([%A] helo=%H)" BY "with esmtp id 1AbCdE-0001Xy-2z" DATE,
     GREETING_WORD},
    {"Exim, renamed, no name",
     "from [%A] (port=4711 helo=%H)" BY "with esmtp id 1AbCdE-0001Xy-2z" DATE, GREETING_WORD},
    {"qmail", "from %N (HELO %H) (%A)" BY "with SMTP" RAW_DATE, GREETING_WORD},
    {"qmail, ident", "from %N (HELO %H) (joe@%A)" BY "with SMTP" RAW_DATE, GREETING_WORD},
    {"qmail, unknown", "from unknown (HELO %H) (%A)" BY "with SMTP" RAW_DATE, GREETING_WORD},
    {"qmail, no helo", "from %N (%A)" BY "with SMTP" RAW_DATE, GREETING_WORD},
    {"qmail, version", "from %N (HELO %H) (%A)" BY "(qp 87263) with SMTP" RAW_DATE, GREETING_WORD},
    {"qpsmtpd", "from %N (HELO %H) (%A)" BY "(qpsmtpd/0.40) with ESMTP" DATE, GREETING_RAW},
    {"Exchange",
     "from %H (%A)" BY "(10.2.0.4) with Microsoft SMTP Server (version=TLS1_2) id "
     "15.1.225.42 via Frontend Transport" DATE,
     GREETING_WORD},
    {"SMTPSVC", "from %H ([%A])" BY "with Microsoft SMTPSVC(6.0.3790.3959)" DATE, GREETING_WORD},
    {"SMTPSVC, look-up failed",
     "from %H ([%A] RDNS failed)" BY "with Microsoft "
     "SMTPSVC(6.0.3790.3959)" DATE,
     GREETING_WORD},
    {"SMTPSVC, TLS",
     "from %H ([%A])" BY "over TLS secured channel with Microsoft "
     "SMTPSVC(7.5.7601.22751)" DATE,
     GREETING_WORD},
    {"Gmail",
     "from %H (%N. [%A]) by mx.google.com with ESMTPS id "
     "d9si1234567qvb.12.2012.09.04.02.41.15 for <a@gmail.com> (version=TLS1_3)" DATE,
     GREETING_RAW},
    {"Gmail, no name",
     "from %H ([%A]) by mx.google.com with ESMTPS id "
     "d9si1234567qvb.12.2012.09.04.02.41.15" DATE,
     GREETING_RAW},
    {"Courier",
     "from %H (%N [::ffff:%A])" BY "with ESMTP id "
     "0000000000ABCDEF.0000000067F1A3AE.00002CEB" DATE,
     GREETING_RAW},
    {"Courier, login",
     "from %H (%N [%A]) (AUTH: LOGIN joe@oak.example, SSL: TLSv1/SSLv3,128bits)" BY
     "with esmtp" DATE " id 000000DB.43735815.00001E11",
     GREETING_RAW},
    {"Domino",
     "from %H ([%A])" BY "(Lotus Domino Release 7.0.2) with ESMTP id 2012090411411512-123 " DATE,
     GREETING_RAW},
    {"AOL", "from %H (%N [%A])" BY "(v94.1) with ESMTP id MAILRELAYINX12-1234" DATE,
     GREETING_UNNAMED},
    {"Yahoo", "from %A (EHLO %H) (%A) by mta4.mail.yahoo.com with SMTP" DATE, GREETING_WORD},
    {"Yahoo, proxy", "from 127.0.0.1 (EHLO %H) (%A) by mta4.mail.yahoo.com with SMTPS" DATE,
     GREETING_WORD},
    {"InterMail",
     "from %H ([%A])" BY "(InterMail vM.5.01.06.05) with SMTP id "
     "<20120904094115.KSYS10139.mx@linden.example>" DATE,
     GREETING_RAW},
    {"Sun",
     "from %H (%N [%A])" BY "(Sun Java System Messaging Server 6.2-6.01 (built Apr 3 2006)) "
     "with ESMTP id <0J4B00JWQJZWYE20@mx.oak.example>" DATE,
     GREETING_RAW},
    {"iPlanet",
     "from %H ([%A])" BY "(iPlanet Messaging Server 5.2 HotFix 1.21 (built Sep 8 2003)) "
     "with ESMTP id <0J4B00JWQJZWYE20@mx.oak.example>" DATE,
     GREETING_RAW},
    {"Oracle",
     "from %H (%N [%A])" BY "(Oracle Communications Messaging Server 7.0.5.38.0 64bit "
     "(built Aug 1 2017)) with ESMTPS id <0J4B00JWQJZWYE20@mx.oak.example>" DATE,
     GREETING_RAW},
    {"PMDF",
     "from %H (%N [%A])" BY "(PMDF V6.0-24 #47347) with ESMTP id <0GGS00E5WAF3@oak.example>" DATE,
     GREETING_RAW},
    {"CommuniGate",
     "from [%A] (HELO %H)" BY "(CommuniGate Pro SMTP 5.1.13) with ESMTP id 9837455" DATE,
     GREETING_WORD},
    {"CommuniGate, login",
     "from [%A] (account joe@oak.example HELO %H)" BY "(CommuniGate Pro SMTP "
     "5.1.13) with ESMTPSA id 9837455" DATE,
     GREETING_WORD},
    {"CommuniGate, verified",
     "from %N ([%A] verified)" BY "(CommuniGate Pro SMTP 5.1.13) with ESMTP "
     "id 9837455" DATE,
     GREETING_WORD},
    {"MDaemon", "from %H [%A] by oak.example [10.0.0.4] with SMTP (MDaemon.v3.5.2.R)" DATE,
     GREETING_WORD},
    {"MDaemon 12", "from %H (%N [%A])" BY "(MDaemon PRO v12.0.1) with ESMTP id md50000123.msg" DATE,
     GREETING_WORD},
    {"IMail", "from %H [%A]" BY "with ESMTP (SMTPD32-7.00 EVAL) id A2541501BA" DATE, GREETING_WORD},
    {"Merak", "from %H ([%A])" BY "(Merak 8.0.3) with SMTP id ACM38534" DATE, GREETING_WORD},
    {"IceWarp", "from %H ([%A])" BY "(IceWarp 10.4.4) with ESMTP id 201209041141157782" DATE,
     GREETING_WORD},
    {"XMail",
     "from %H (%A:23198)" BY "with [XMail 1.20 ESMTP Server] id <S72E> for <a@oak.example> "
     "from <b@linden.example>" DATE,
     GREETING_WORD},
    {"GroupWise", "from %H ([%A])" BY "with Novell_GroupWise" DATE, GREETING_WORD},
    {"InterScan", "from %H ([%A])" BY "with InterScan Message Security Suite" DATE, GREETING_RAW},
    {"MailMarshal",
     "from %H (Not Verified[%A])" BY "with MailMarshal (v6,7,2,8378) id "
     "<B4c44b2720000>" DATE,
     GREETING_RAW},
    {"MailMarshal, TLS",
     "from %H (Not Verified[%A])" BY "(using TLS: TLSv1.2, AES256-SHA) id "
     "<B5f7e285c0000>" DATE,
     GREETING_RAW},
    {"Vircom",
     "from %H (unverified [%A])" BY "(Vircom SMTPRS 4.5.186) with ESMTP id "
     "<B0008514592@mx.oak.example>" DATE,
     GREETING_RAW},
    {"amavis",
     "from %H ([%A]) by localhost (mx.oak.example [127.0.0.1]) (amavisd-new, port 10024) "
     "with ESMTP id TmBdVd1i-Wjb" DATE,
     GREETING_RAW},
    {"Haraka",
     "from %H (%N [%A])" BY "(Haraka/2.8.21) with ESMTPS id 3F2504E0.1 envelope-from "
     "<b@linden.example>" DATE,
     GREETING_RAW},
    {"OpenSMTPD",
     "from %H (%N [%A])" BY "(OpenSMTPD) with ESMTPS id fda43b42 (TLSv1.3:AEAD:256:NO)" DATE,
     GREETING_RAW},
    {"Zimbra", "from %N (LHLO %H) (%A)" BY "with LMTP" DATE, GREETING_WORD},
    {"Proofpoint",
     "from %H (%N [%A]) by mx0a-000cf101.pphosted.example with ESMTP id pqjdyr591-1" DATE,
     GREETING_UNNAMED},
    {"Proofpoint, PPS",
     "from %H (%N [%A])" BY "(PPS) with ESMTPS id 3pqjdyr591-1 (version=TLSv1.2 "
     "verify=NOT)" DATE,
     GREETING_RAW},
    {"Mimecast",
     "from %H (%N [%A]) by relay.mimecast.example with ESMTP with STARTTLS (version=TLS"
     "v1.2) id uk-mta-1-abc" DATE,
     GREETING_UNNAMED},
    {"Mimecast, old", "from %H (%N [%A]) by service87.mimecast.example" DATE, GREETING_UNNAMED},
    {"Barracuda", "from %H (%N [%A]) by spam.oak.example with ESMTP id u8gZcx2VqMdQ" DATE,
     GREETING_UNNAMED},
    {"Postini",
     "from source ([%A]) (using TLSv1) by eu1sys200aob110.postini.com ([10.0.0.4]) with "
     "SMTP ID DSNKTODdXnF0@postini.com" DATE,
     GREETING_WORD},
    {"IronPort", "from %N (HELO %H) ([%A])" BY "with ESMTP/TLS/DHE-RSA-AES256-SHA" DATE,
     GREETING_WORD},
    {"Mirapoint",
     "from %N (HELO %H) ([%A])" BY "(MOS 4.1.8-GA FastPath queued) with SMTP id AAA1" DATE,
     GREETING_WORD},
    {"ZMailer",
     "from %N ([%A]:5906 \"EHLO %C\") by vger.oak.example with ESMTP id "
     "<S741709AbQEXUtl>" DATE,
     GREETING_WORD},
    {"ZMailer, flags",
     "from %N ([%A]:5906 \"EHLO %C\" rhost-flags-OK-OK-OK-OK) by vger.oak.example "
     "with ESMTP id S1726312AbgICATn" DATE,
     GREETING_WORD},
    {"Momentum",
     "from [%A] ([%A:4711] helo=%H)" BY "(envelope-from <b@linden.example>) (ecelerity "
     "3.6.25.56547 r(Core:3.6.25.0)) with ESMTP id 80/0A-02454-4DCB6054" DATE,
     GREETING_WORD},
    {"SurfControl", "from %H [%A]" BY "- SurfControl E-mail Filter " DATE, GREETING_WORD},
    {"Obtuse smtpd",
     "from %N(%A), claiming to be \"%C\" via SMTP by mx.oak.example, id smtpd1PBsZT" DATE,
     GREETING_WORD},
    {"smap", "from %N(%A)" BY "via csmap (V4.1) id srcAAA5gaqvD" DATE, GREETING_WORD},
    {"MessageLabs",
     "from %N (HELO %H) (%A) by server-6.tower-144.messagelabs.example with "
     "DHE-RSA-AES256-SHA encrypted SMTP" RAW_DATE,
     GREETING_WORD},
    {"MX Logic",
     "from %N [%A] (EHLO %H) by relay0.mxl8.example(mxl_mta-6.5.0-4) with ESMTP id "
     "ffffffff.0.000000" DATE,
     GREETING_WORD},
    {"Nemesis",
     "from [%A] (helo=%H) by mrelayeu.oak.example (node=mrelayeu5) with ESMTP (Nemesis), "
     "id 0ML25U-1FE8V12M9j-0006lD" DATE,
     GREETING_WORD},
    {"GMX", "from %N (EHLO %H) [%A] by mail.gmx.example (mp033) with SMTP" RAW_DATE, GREETING_WORD},
    {"Kerio", "from %H (%N [%A])" BY "(Kerio Connect 8.0.0) with ESMTP for a@oak.example" DATE,
     GREETING_WORD},
    {"MailEnable", "from %H ([%A])" BY "with MailEnable ESMTP" DATE, GREETING_WORD},
    {"Mercury", "from %H (%A)" BY "(Mercury/32 v4.62) with ESMTP ID MG0072A1" DATE, GREETING_WORD},
    {"Symantec",
     "from %H (%N [%A])" BY "(Symantec Messaging Gateway) with SMTP id 12.34.56789.0" DATE,
     GREETING_RAW},
    {"Coremail",
     "from %H (unknown [%A])" BY "(Coremail) with SMTP id nekonyaaan22222--.000000" DATE,
     GREETING_RAW},
    {"Scalix", "from %H ( %A)" BY "(Scalix SMTP Relay 10.0.1.3) via ESMTP" DATE, GREETING_WORD},
    {"JetMail", "from %H([%A])" BY "(JetMail 2.5.3.0) with SMTP id jmb3a800bb6" DATE,
     GREETING_WORD},
    {"Post.Office",
     "from %H ([%A])" BY "(Post.Office MTA v3.1.2 release (PO205-101c) ID# "
     "0-34792U7000L7000S0V35) with SMTP id AAA123" DATE,
     GREETING_RAW},
    {"Netscape", "from %H ([%A])" BY "(Netscape Messaging Server 3.61) with SMTP id AAA41D0" DATE,
     GREETING_RAW},
    {"nobody known", "from %H (%N [%A])" BY "with ESMTP id 77" DATE, GREETING_UNNAMED},
    {"nobody known, no name", "from %H ([%A])" BY "with ESMTP id 77" DATE, GREETING_RAW},
    {"nobody known, nothing else", "from %H (%N [%A])" BY DATE, GREETING_UNNAMED},
    {"trusted relay", "from %N (HELO %H) (%A_trustedrelay)" BY "with ESMTP" DATE, GREETING_WORD},
};

/* Words that servers write themselves. */
static const char *const words[] = {
    "ssl",           "tls",      "using",     "sender",   "authenticated",
    "helo",          "ehlo",     "lhlo",      "envelope", "envelope-from",
    "from",          "by",       "with",      "id",       "for",
    "via",           "port",     "ident",     "version",  "cipher",
    "may",           "no",       "not",       "verified", "unverified",
    "unknown",       "client",   "qmail",     "postfix",  "exim",
    "sendmail",      "account",  "auth",      "uid",      "userid",
    "invoked",       "original", "orcpt",     "actually", "expired",
    "identity",      "local",    "localhost", "Received", "misconfigured",
    "smtp-auth",     "proxying", "source",    "claiming", "network",
    "crosscheck",    "TLSv1.2",  "IDENT",     "forged",   "be",
    "MAILER-DAEMON",
};

/* What the DNS can hold, and a client say: @ stands for the word. */
static const char *const names[] = {
    "@.bot.example",
    "@-gw.bot.example",
    "@4-op.x.example",
    "@1.bot.example",
    "@s.bot.example",
    "@_x.bot.example",
    "x@.bot.example",
    "@",
    "@.",
    "@.example",
    "@.203.0.113.25.x",
    "203-0-113-25.@.x",
    "@.203.0.113.25",
};

#define NAME_ALONE 7 /* index of "@" */

/* Besides: of servers that refuse what is neither name nor literal. */
static const char *const words_said[] = {
    "[" SAID "]",          SAID,  "@:" SAID, "@=" SAID,       "[@]", "?" SAID "?", "@@x.example",
    "[IPv6:2001:db8::25]", "@=@", "!@",      "[" SAID ":25]",
};

/* ... and of servers that print whatever was said. */
static const char *const raw_said[] = {
    "@ [" SAID "]",
    "(@ [" SAID "])",
    "@ (@ [" SAID "])",
    "@([" SAID "])",
    "(@)",
    "\"@ [" SAID "]\"",
    "\"@\"",
    "@ \\([" SAID "]\\)",
    "(@ (@ [" SAID "]))",
    "@ (@\\) [" SAID "])",
    "x (@ \\",
    "@) ([" SAID "]",
    "((@ [" SAID "]",
    "@ [" SAID "] by y (@)",
    "x (@ " SAID ")",
    "(@=[" SAID "])",
    "x (@ x [" SAID "] @)",
    "x (@: <" SAID ">)",
    "<@ [" SAID "]>",
    "@ " SAID,
    "x ([" SAID "] @)",
    "x ([" SAID "] helo=@)",
    "x (may be @ [" SAID "])",
    "x (@ with [" SAID "])",
    "[" SAID "] (@)",
    "x (@@[" SAID "])",
    "x (@@" SAID ")",
};

/* @pattern with @word for each "@". */
static char *fill_word(const char *pattern, const char *word, bool upper)
{
    g_auto(GStrv) parts = g_strsplit(pattern, "@", -1);
    g_autofree char *cased = upper ? g_ascii_strup(word, -1) : g_strdup(word);
    return g_strjoinv(cased, parts);
}

static char *fill_form(const char *line, const char *said, const char *name, const char *common)
{
    GString *out = g_string_new(NULL);
    for (const char *p = line; *p; p++) {
        if (*p != '%') {
            g_string_append_c(out, *p);
            continue;
        }
        p++;
        g_string_append(out, *p == 'H' ? said : *p == 'N' ? name : *p == 'C' ? common : SEEN);
    }
    return g_string_free(out, FALSE);
}

static gsize lines, unreadable;

/* @certain: the server lets nothing through that could hide the address. */
static void check(const Form *form, const char *said, const char *name, const char *common,
                  bool certain)
{
    g_autofree char *line = fill_form(form->line, said, name, common);
    g_autoptr(Hop) hop = received_parse(span_of(line));
    g_autofree char *ip = ip_format(&hop->from_ip);
    lines++;
    unreadable += !ip;
    if (ip ? strcmp(ip, SEEN) != 0 : certain)
        g_error("%s: %s\n  the peer is %s, want " SEEN, form->software, line,
                ip ? ip : "unreadable");
    if (hop->login && !strstr(form->software, "login"))
        g_error("%s: %s\n  the login is %s, want nothing", form->software, line, hop->login);
    g_assert_false(hop->from_rdns && strstr(hop->from_rdns, "["));
}

/* A greeting in one of @patterns, beside an ordinary name. */
static void sweep_greetings(const Form *form, const char *const *patterns, gsize count,
                            bool certain)
{
    for (gsize i = 0; i < count; i++)
        for (gsize k = 0; k < G_N_ELEMENTS(words); k++) {
            g_autofree char *said = fill_word(patterns[i], words[k], i % 2);
            check(form, said, "host.linden.example", said, certain);
        }
}

static bool is_greeting(const char *name)
{
    return strcmp(name, "HELO") == 0 || strcmp(name, "EHLO") == 0 || strcmp(name, "LHLO") == 0;
}

/* Names in the DNS, beside a client that calls itself by an address. */
static void sweep_names(const Form *form)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(words); k++)
            for (int upper = 0; upper < 2; upper++) {
                g_autofree char *name = fill_word(names[i], words[k], upper);
                /* "(HELO [198.51.100.77])" of nobody known may be what the client said */
                bool certain =
                    !(form->greeting == GREETING_UNNAMED && i == NAME_ALONE && is_greeting(name));
                check(form, "[" SAID "]", name, "x", certain);
                check(form, "mail.linden.example", name, "x", certain);
                check(form, name, name, "x", certain);
            }
}

static void test_sweep(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        const Form *form = &forms[i];
        sweep_names(form);
        sweep_greetings(form, names, G_N_ELEMENTS(names), true);
        sweep_greetings(form, words_said, G_N_ELEMENTS(words_said), true);
        if (form->greeting != GREETING_WORD)
            sweep_greetings(form, raw_said, G_N_ELEMENTS(raw_said), false);
    }
    g_test_message("%" G_GSIZE_FORMAT " lines, %" G_GSIZE_FORMAT " unreadable", lines, unreadable);
    g_assert_cmpuint(G_N_ELEMENTS(forms), >=, 24);
    /* caution must not become silence */
    g_assert_cmpuint(unreadable * 20, <, lines);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/received/sweep", test_sweep);
    return g_test_run();
}
