/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bait. See bait.h. */
#include "verdict/bait.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "house/house.h"

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

/* A filter's own page, or one through which it sends all links (urldefense, safelinks). */
static bool is_filter(const char *host)
{
    static const char *const rewriters[] = {"urldefense.com", "urldefense.us", "urlsand.com",
                                            "safelinks.protection.outlook.com",
                                            "secure-web.cisco.com"};
    const House *house = house_find(host);
    for (gsize i = 0; i < G_N_ELEMENTS(rewriters); i++)
        if (domain_is_under(host, rewriters[i]))
            return true;
    return house && house->kind == HOUSE_FILTER;
}

/* The bounce is about mail for @host's organisation, or by a server of it. */
static bool is_named(const Case *c, const char *host)
{
    const Bounce *bounce = c->bounce;
    if (house_same(host, bounce->reporting_mta) || house_same(host, bounce->from_domain))
        return true;
    for (guint i = 0; i < bounce->delivered_to->len; i++) {
        g_autofree char *domain = address_domain(bounce->delivered_to->pdata[i]);
        if (house_same(host, domain))
            return true;
    }
    for (guint i = 0; i < bounce->recipients->len && i < 50; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        g_autofree char *domain = r->final ? address_domain(r->final) : NULL;
        g_autofree char *original = r->original ? address_domain(r->original) : NULL;
        if (house_same(host, domain) || house_same(host, original) ||
            house_same(host, r->remote_mta))
            return true;
    }
    for (guint i = 0; i < c->trace->returned->len; i++)
        if (c->trace->returned_notes[i].mark == MARK_BELIEVED &&
            house_same(host, ((const Hop *)c->trace->returned->pdata[i])->by))
            return true;
    return false;
}

/* A link to here is what a real bounce may hold. What a contradicted bounce says of itself excuses
 * nothing. */
static bool is_honest_link(const Case *c, const char *host)
{
    return is_help_page(host) || is_filter(host) || identity_owns_host(c->identity, host) ||
           (c->vouched && house_same(host, c->trace->handing_rdns)) ||
           (c->trace->reporter != REPORTER_CONTRADICTED && is_named(c, host));
}

/* One of our domains stands inside the host of the link, which is not ours: made to be mistaken. */
static const char *worn_link(const Case *c)
{
    for (guint i = 0; i < c->bounce->links->len; i++)
        if (identity_is_worn_by(c->identity, c->bounce->links->pdata[i]))
            return c->bounce->links->pdata[i];
    return NULL;
}

bool bait_is_sharp(const Case *c)
{
    return c->bounce->baits->len > 0 || worn_link(c) != NULL;
}

Answer bait_answer(const Case *c)
{
    const Bounce *bounce = c->bounce;
    if (bounce->baits->len > 0)
        return answer_yes(c, STRENGTH_STRONG, "it carries the file %s",
                          (char *)bounce->baits->pdata[0]);
    const char *worn = worn_link(c);
    if (worn)
        return answer_yes(c, STRENGTH_STRONG,
                          "it wants you to open %s, which is made "
                          "to look like yours",
                          worn);
    for (guint i = 0; i < bounce->lures->len; i++)
        if (!is_honest_link(c, bounce->lures->pdata[i]))
            return answer_yes(c, STRENGTH_STRONG,
                              "it wants you to open %s, which is neither the "
                              "reporter's nor yours",
                              (char *)bounce->lures->pdata[i]);
    return answer_no(bounce->links->len ? "its links lead to the reporter, to you or to help "
                                          "pages, or nothing beside them asks to open them"
                                        : "it holds no link and no file");
}
