/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose the bounces of mail.h are judged for, and lines for them. */
#ifndef NOTME_TESTS_WISH_H
#define NOTME_TESTS_WISH_H

#include <string.h>

#include "mail.h"

typedef enum Wish {
    WISH_INCOMPLETE = 1 << 0, /* complete=false */
    WISH_SIGNS = 1 << 1,      /* dkim_always */
    WISH_ACCOUNT = 1 << 2,    /* accounts=willow.onmicrosoft.com */
    WISH_CLOUD = 1 << 3,      /* networks hold 192.0.2.128/25, where a provider's servers are */
    WISH_SHARED = 1 << 4,     /* weak_networks hold it */
    WISH_SENT = 1 << 5,       /* the sent mail has it */
    WISH_KEEPS = 1 << 6,      /* sent_complete, and it has it not */
    WISH_KNOWN = 1 << 7,      /* the failed recipient is known, and it replies to known mail */
    WISH_COUNTS = 1 << 8,     /* three organisations saw the sender */
    WISH_NOT_OWN = 1 << 9,    /* not_own=203.0.113.77;other.onmicrosoft.com */
    WISH_LOGIN = 1 << 10,     /* known_logins=203.0.113.0/24 */
    WISH_SHAPE = 1 << 11,     /* id_pattern=@pc$, as the message's id is */
    WISH_OTHER = 1 << 12,     /* id_pattern=@willow, as it is not */
    WISH_TAGS = 1 << 13,      /* batv_keys=0:secret */
    WISH_CODES = 1 << 14      /* accounts: one at each mail service */
} Wish;

#define SERVER             RECEIVED(FROM_SERVER)
#define BOT                RECEIVED(FROM_BOT)
#define US                 RECEIVED(FROM_US)
#define RESULTS(who, what) "Authentication-Results: " who ";\n\t" what "\n"
#define DKIM_PASS          "dkim=pass header.d=willow.example header.s=a"
#define SPF_PASS           "spf=pass smtp.mailfrom=mira@willow.example"
#define SPF_FAIL           "spf=fail smtp.mailfrom=mira@willow.example"
#define DMARC_FAIL         "dmarc=fail header.from=willow.example"
#define GMAIL                                                                                      \
    RECEIVED("from pc (dsl-3.isp.example. [203.0.113.3]) by mx.google.com with ESMTPS id "         \
             "a1-20020a05si123.1.2026.04.14.03.00.10 for <carl@oak.example>" DATE("10:00:10"))
#define OUTLOOK                                                                                    \
    RECEIVED(                                                                                      \
        "from EUR05.outbound.protection.outlook.com (mail-vi1.outbound.protection.outlook.com "    \
        "[192.0.2.201]) " BY_OAK DATE("10:00:10"))
#define LOGGED_IN(user, peer)                                                                      \
    RECEIVED("from pc (" peer ") (Authenticated sender: " user ") " BY_OAK DATE("10:00:10"))
#define SIGNATURE(domain)                                                                          \
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=" domain                              \
    "; s=a;\n\th=from:to:subject; bh=AAAA; b=AAAA\n"

static inline void wish_network(GArray *networks, const char *text)
{
    Network network;
    g_assert_true(network_parse(span_of(text), &network));
    g_array_append_val(networks, network);
}

static inline Identity *wish_identity(int wishes)
{
    Identity *identity = scenario_identity();
    identity->complete = !(wishes & WISH_INCOMPLETE);
    identity->dkim_always = wishes & WISH_SIGNS;
    identity->sent_complete = wishes & WISH_KEEPS;
    if (wishes & (WISH_SHAPE | WISH_OTHER))
        identity->id_pattern = g_strdup(wishes & WISH_SHAPE ? "@pc$" : "@willow");
    if (wishes & WISH_TAGS)
        g_ptr_array_add(identity->batv_keys, g_strdup("0:secret"));
    if (wishes & WISH_ACCOUNT)
        g_ptr_array_add(identity->accounts, g_strdup("willow.onmicrosoft.com"));
    static const char *const codes[] = {"amazonses:us-west-2:zz9/yy8+xx7=", "mailgun:dcba21",
                                        "mailchimp:876543210fedcba9876543210"};
    for (gsize i = 0; wishes & WISH_CODES && i < G_N_ELEMENTS(codes); i++)
        g_ptr_array_add(identity->accounts, g_strdup(codes[i]));
    if (wishes & WISH_CLOUD)
        wish_network(identity->networks, "192.0.2.128/25");
    if (wishes & WISH_SHARED)
        wish_network(identity->weak_networks, "192.0.2.128/25");
    if (wishes & WISH_LOGIN)
        wish_network(identity->known_logins, "203.0.113.0/24");
    if (wishes & WISH_NOT_OWN) {
        g_ptr_array_add(identity->not_own, g_strdup("203.0.113.77"));
        g_ptr_array_add(identity->not_own, g_strdup("other.onmicrosoft.com"));
    }
    return identity;
}

static inline Judgement *wish_judge(const Mail *mail, int wishes)
{
    g_autoptr(Identity) identity = wish_identity(wishes);
    StoreFacts facts = {.asked = true,
                        .sent_here = TRI_UNKNOWN,
                        .replies_to_known = TRI_UNKNOWN,
                        .known_correspondent = TRI_UNKNOWN,
                        .sent_kept = true};
    CaseCounts counts = {3,         (char *)(gsize) "elm.example, ash.example and oak.example",
                         TIME_NONE, TIME_NONE,
                         false,     false,
                         0};
    bool asked = wishes & (WISH_SENT | WISH_KEEPS | WISH_KNOWN);
    if (wishes & (WISH_SENT | WISH_KEEPS))
        facts.sent_here = wishes & WISH_SENT ? TRI_YES : TRI_NO;
    if (wishes & WISH_KNOWN)
        facts.replies_to_known = facts.known_correspondent = TRI_YES;
    return mail_judge(mail, identity, asked ? &facts : NULL, wishes & WISH_COUNTS ? &counts : NULL);
}

/* "none": the rule must not hold. */
enum { NONE = -1 };

/* What one rule says of one message. */
typedef struct RuleCase {
    const char *name, *rule;
    EvidenceFor for_;
    int strength; /* Strength, or NONE */
    int wishes;
    Mail mail;
} RuleCase;

static inline void wish_test_rules(const RuleCase *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        const RuleCase *c = &cases[i];
        g_autoptr(Judgement) judgement = wish_judge(&c->mail, c->wishes);
        const Evidence *evidence = mail_evidence(judgement, c->rule, c->for_);
        mail_tell(c->name, judgement);
        g_assert_cmpint(evidence ? (int)evidence->strength : NONE, ==, c->strength);
    }
}

#endif
