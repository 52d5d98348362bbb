/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields in which the front door of Exchange Online notes its client tell who sent a message
 * whose Received lines lead only to a machine of the house; not where a sender can have written
 * them, not where they disagree, and not to another reporter. */
#include "wish.h"

#define AM0 "AM0PR07MB5678.eurprd07.prod.outlook.com"
#define FROM_HOUSE                                                                                 \
    RECEIVED("from EUR05.outbound.protection.outlook.com "                                         \
             "(mail-vi1.outbound.protection.outlook.com [192.0.2.201]) by post.willow.example "    \
             "(Postfix) with ESMTPS id 4F2AB1C2D3 for <mira@willow.example>" DATE("10:00:20"))     \
    RECEIVED("from " AM0 " ([fe80::a1b2:c3d4:e5f6:1718]) by " AM0                                  \
             " ([fe80::a1b2:c3d4:e5f6:1718%4]) with mapi id 15.20.8093.027" DATE("10:00:19"))
#define INNER                                                                                      \
    RECEIVED("from DB8EUR05FT012.eop-eur05.prod.protection.outlook.com (2603:10a6:10:cafe::6a) "   \
             "by " AM0 " (2603:10a6:208:fd::10) with Microsoft SMTP Server id "                    \
             "15.20.8093.27" DATE("10:00:12"))
#define SPF_OF(ip)                                                                                 \
    "Received-SPF: Fail (protection.outlook.com: domain of willow.example does not designate " ip  \
    " as permitted sender) receiver=protection.outlook.com; client-ip=" ip "; helo=pc;\n"
#define SENDER_IP(ip)                                                                              \
    "Authentication-Results: spf=fail (sender IP is " ip                                           \
    ") smtp.mailfrom=willow.example; dkim=none header.d=none\n"
#define CIP(ip)  "X-Forefront-Antispam-Report: CIP:" ip ";CTRY:DE;LANG:en;SFV:SPM;H:pc;\n"
#define ALL(ip)  CIP(ip) SENDER_IP(ip) SPF_OF(ip)
#define MACHINE  "2603:10a6:10:cafe::6a"
#define STRANGER "203.0.113.77"
#define OURS     "198.51.100.16"

typedef struct Door {
    const char *name, *returned;
    bool other; /* another reporter's bounce */
    const char *injection;
    InjectionSource source;
} Door;

static const Door doors[] = {
    {"a stranger", ALL(STRANGER) INNER, false, STRANGER, INJECTION_FILTER_HEADER},
    {"... in the report alone", CIP(STRANGER) INNER, false, STRANGER, INJECTION_FILTER_HEADER},
    {"... in the results alone", SENDER_IP(STRANGER) INNER, false, STRANGER,
     INJECTION_FILTER_HEADER},
    {"... by SPF alone", SPF_OF(STRANGER) INNER, false, STRANGER, INJECTION_FILTER_HEADER},
    {"our server", ALL(OURS) INNER, false, OURS, INJECTION_FILTER_HEADER},
    {"it stands under the house's line", INNER ALL(OURS), false, MACHINE, INJECTION_RECEIVED},
    {"... with a line of the house's that the sender wrote",
     INNER ALL(OURS) RECEIVED("from post.willow.example (198.51.100.16) by "
                              "AM9EUR05FT001.mail.protection.outlook.com (10.1.2.3) with "
                              "Microsoft SMTP Server id 15.20.8093.27" DATE("10:00:11")),
     false, MACHINE, INJECTION_RECEIVED},
    {"true above, planted below", ALL(STRANGER) INNER ALL(OURS), false, STRANGER,
     INJECTION_FILTER_HEADER},
    {"they disagree", CIP(OURS) SENDER_IP(STRANGER) INNER, false, MACHINE, INJECTION_RECEIVED},
    {"... all but one", ALL(STRANGER) CIP(OURS) INNER, false, MACHINE, INJECTION_RECEIVED},
    {"it came in from nowhere", CIP("255.255.255.255") INNER, false, MACHINE, INJECTION_RECEIVED},
    {"results of another server",
     "Authentication-Results: mx.elm.example; spf=fail (sender IP is " OURS
     ") smtp.mailfrom=willow.example\n" INNER,
     false, MACHINE, INJECTION_RECEIVED},
    {"another reporter", ALL(OURS) INNER, true, MACHINE, INJECTION_RECEIVED},
    {"the client's own line came back", ALL(STRANGER) SERVER, true, STRANGER, INJECTION_RECEIVED},
    {"... and another is in the fields",
     ALL(OURS) RECEIVED("from pc (203.0.113.77) by AM9EUR05FT001.mail.protection.outlook.com "
                        "(10.1.2.3) with Microsoft SMTP Server id 15.20.8093.27" DATE("10:00:11")),
     false, STRANGER, INJECTION_RECEIVED},
};

static void test_doors(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(doors); i++) {
        const Door *door = &doors[i];
        Mail mail = {.outer = FROM_HOUSE,
                     .from = "postmaster@oak.example",
                     .mta = AM0,
                     .returned = door->returned};
        if (door->other)
            mail = (Mail){.returned = door->returned};
        g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
        mail_tell(door->name, judgement);
        g_autofree char *ip = ip_format(&judgement->trace->injection.ip);
        g_assert_cmpstr(ip, ==, door->injection);
        g_assert_cmpint(judgement->trace->injection.source, ==, door->source);
    }
}

/* What is found so is strong, and no proof. */
static void test_strength(void)
{
    Mail mail = {.outer = FROM_HOUSE,
                 .from = "postmaster@oak.example",
                 .mta = AM0,
                 .returned = ALL(OURS) INNER};
    g_autoptr(Judgement) judgement = wish_judge(&mail, 0);
    const Evidence *ours = mail_evidence(judgement, "own-injection", FOR_GENUINE);
    g_assert_nonnull(ours);
    g_assert_cmpint(ours->strength, ==, STRENGTH_STRONG);
    mail.returned = ALL(STRANGER) INNER;
    g_autoptr(Judgement) other = wish_judge(&mail, 0);
    const Evidence *foreign = mail_evidence(other, "foreign-injection", FOR_BACKSCATTER);
    g_assert_nonnull(foreign);
    g_assert_cmpint(foreign->strength, ==, STRENGTH_STRONG);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/front-door/cases", test_doors);
    g_test_add_func("/front-door/strength", test_strength);
    return g_test_run();
}
