/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that the bounce itself is a lie; and the rules that decide nothing but say
 * what is missing. */
#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"
#include "verdict/rules.h"

/* Help pages that real bounces point to. */
static const char *const help_pages[] = {
    "support.google.com",
    "postmaster.google.com",
    "go.microsoft.com",
    "aka.ms",
    "learn.microsoft.com",
    "technet.microsoft.com",
    "support.microsoft.com",
    "support.office.com",
    "products.office.com",
    "schemas.microsoft.com",
    "mail.live.com",
    "postmaster.live.com",
    "sendersupport.olc.protection.outlook.com",
    "sender.office.com",
    "postmaster.aol.com",
    "postmaster.yahoo.com",
    "postmaster.yahooinc.com",
    "help.yahoo.com",
    "senders.yahooinc.com",
    "postmaster.gmx.net",
    "postmaster.gmx.com",
    "postmaster.web.de",
    "postmaster.1und1.de",
    "postmaster.t-online.de",
    "postmaster.free.fr",
    "postmaster.comcast.net",
    "postmaster.icloud.com",
    "support.apple.com",
    "spamhaus.org",
    "spamhaus.com",
    "spamcop.net",
    "sorbs.net",
    "abuseat.org",
    "barracudacentral.org",
    "uceprotect.net",
    "senderbase.org",
    "talosintelligence.com",
    "ipcheck.proofpoint.com",
    "cloudmark.com",
    "community.mimecast.com",
    "trendmicro.com",
    "symantec.com",
    "mxtoolbox.com",
    "openspf.org",
    "open-spf.org",
    "dmarc.org",
    "ietf.org",
    "rfc-editor.org",
    "w3.org",
    "wikipedia.org",
    "exim.org",
    "postfix.org",
    "sendmail.org",
    "cr.yp.to",
    "qmail.org",
};

static bool is_help_page(const char *host)
{
    for (gsize i = 0; i < G_N_ELEMENTS(help_pages); i++)
        if (domain_is_under(host, help_pages[i]))
            return true;
    return false;
}

static bool can_be_fake(const Case *c)
{
    return bounce_kind_is_bounce(c->bounce->kind);
}

static Answer no_bounce(void)
{
    return answer_no("only what looks like a bounce can be fake");
}

/* ---- own-name-stolen ---- */

/* A name of ours, or one of our addresses in brackets. */
static bool is_ours(const Case *c, const char *name)
{
    Ip ip;

    return identity_owns_host(c->identity, name) ||
           (name && ip_parse_literal(span_of(name), &ip) && identity_owns_ip(c->identity, &ip));
}

/* The looked-up name of who handed it over fits the Reporting-MTA: then only the From is ours, and
 * some servers fill in our domain where a bounce's From has none. */
static bool is_only_from(const Case *c)
{
    return !is_ours(c, c->bounce->reporting_mta) && c->trace->handing_rdns &&
           house_same(c->bounce->reporting_mta, c->trace->handing_rdns);
}

static Answer own_name_stolen(const Case *c)
{
    const char *name =
        is_ours(c, c->bounce->reporting_mta) ? c->bounce->reporting_mta : c->bounce->from_domain;
    const Trace *trace = c->trace;
    g_autofree char *ip = ip_format(&trace->handing_ip);

    if (!can_be_fake(c))
        return no_bounce();
    if (!is_ours(c, name))
        return answer_no("it does not say that one of your hosts wrote it");
    if (!ip || identity_owns_ip(c->identity, &trace->handing_ip))
        return answer_no("it did not come from an address that is not yours");
    if (c->identity->networks->len == 0)
        return answer_no("your networks are not known, so no address can be called foreign");
    if (identity_owns_host(c->identity, trace->handing_rdns))
        return answer_no("the DNS gives who handed it over one of your names");
    if (identity_is_forwarder(c->identity, trace->handing_rdns, &trace->handing_ip))
        return answer_no("it came by a forwarder that you declared");
    return answer_yes(is_only_from(c) ? STRENGTH_STRONG : STRENGTH_PROOF,
                      g_strdup_printf("it says that your %s wrote it, but %s brought it, which is "
                                      "not yours",
                                      name, ip));
}

/* ---- reporter-contradicted, no-report ---- */

static Answer reporter_contradicted(const Case *c)
{
    if (!can_be_fake(c))
        return no_bounce();
    if (c->trace->reporter != REPORTER_CONTRADICTED)
        return answer_no(c->trace->reporter_why ? c->trace->reporter_why
                                                : "nothing contradicts the reporter");
    return answer_yes(STRENGTH_STRONG, g_strdup(c->trace->reporter_why));
}

static Answer no_report(const Case *c)
{
    const Bounce *bounce = c->bounce;

    if (!can_be_fake(c))
        return no_bounce();
    if (bounce->has_report || bounce->has_diagnostic || bounce->recipients->len > 0 ||
        bounce->returned.where != RETURNED_NONE)
        return answer_no("it reports something");
    return answer_yes(STRENGTH_STRONG,
                      g_strdup("it is dressed as a bounce, but reports no recipient, no reason and "
                               "no message"));
}

/* ---- bait ---- */

/* A link to here is what a real bounce of this reporter may hold. */
static bool is_honest_link(const Case *c, const char *host)
{
    const Trace *trace = c->trace;

    return is_help_page(host) || identity_owns_host(c->identity, host) ||
           house_same(host, trace->reporter_organisation) ||
           house_same(host, trace->handing_rdns) ||
           (c->standing != REPORTER_CONTRADICTED && (house_same(host, c->bounce->reporting_mta) ||
                                                     house_same(host, c->bounce->from_domain)));
}

static Answer bait(const Case *c)
{
    const Bounce *bounce = c->bounce;

    if (!can_be_fake(c))
        return no_bounce();
    if (bounce->baits->len > 0)
        return answer_yes(STRENGTH_STRONG, g_strdup_printf("it carries the file %s",
                                                           (char *)bounce->baits->pdata[0]));
    for (guint i = 0; i < bounce->links->len; i++)
        if (!is_honest_link(c, bounce->links->pdata[i]))
            return answer_yes(STRENGTH_STRONG,
                              g_strdup_printf("it wants you to open %s, which is neither the "
                                              "reporter's nor yours",
                                              (char *)bounce->links->pdata[i]));
    return answer_no(bounce->links->len ? "its links lead to the reporter, to you or to help pages"
                                        : "it holds no link and no file");
}

/* ---- for undecided ---- */

static Answer own_relay(const Case *c)
{
    if (c->trace->relay != RELAY_OUTSIDER)
        return answer_no("your own host did not take it from a stranger");
    return answer_yes(STRENGTH_STRONG,
                      g_strdup("your own host took it from a stranger and could not pass it on"));
}

static Answer no_identity(const Case *c)
{
    if (!identity_is_empty(c->identity) || (c->facts && c->facts->asked))
        return answer_no("it is known what is yours");
    return answer_yes(STRENGTH_STRONG,
                      g_strdup("notme does not know which addresses and servers are yours: run "
                               "\"notme learn\""));
}

static const Rule rules[] = {
    {"own-name-stolen", FOR_FAKE, own_name_stolen},
    {"reporter-contradicted", FOR_FAKE, reporter_contradicted},
    {"no-report", FOR_FAKE, no_report},
    {"bait", FOR_FAKE, bait},
    {"own-relay", FOR_UNDECIDED, own_relay},
    {"no-identity", FOR_UNDECIDED, no_identity},
};
const RuleTable rules_fake = {rules, G_N_ELEMENTS(rules)};
