/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for it that the bounce itself is a lie. See rules_fake.h. */
#include "verdict/rules_fake.h"

#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "trace/peer.h"
#include "verdict/bait.h"

static bool can_be_fake(const Case *c)
{
    return bounce_kind_is_bounce(c->bounce->kind);
}

static Answer no_bounce(void)
{
    return answer_no("only what looks like a bounce can be fake");
}

/* --- own-name-stolen -------------------------------------------------------------------------- */

/* The oldest line that our side wrote: its peer handed us the bounce. -1 for none. */
static int handing_line(const Trace *trace)
{
    int at = -1;
    for (guint i = 0; i < trace->outer->len; i++) {
        HopMark mark = trace->outer_notes[i].mark;
        if (mark != MARK_OWN && mark != MARK_BELIEVED)
            break;
        at = (int)i;
    }
    return at;
}

/* A line that whoever handed us the bounce may have written shows one of our addresses: a host of
 * ours may have written the bounce, and others carried it. */
static bool shows_us_below(const Case *c, int handing)
{
    for (int i = handing + 1; i < (int)c->trace->outer->len; i++)
        if (c->trace->outer_notes[i].mark != MARK_FORGED &&
            identity_owns_ip(c->identity, &((const Hop *)c->trace->outer->pdata[i])->from_ip))
            return true;
    return false;
}

/* The host of ours that the bounce claims as its writer: by its report, or by the line under the
 * one that recorded who brought it. */
static const char *claimed_host(const Case *c, int handing)
{
    if (case_is_ours(c, c->bounce->reporting_mta))
        return c->bounce->reporting_mta;
    if (handing < 0 || handing + 1 >= (int)c->trace->outer->len)
        return NULL;
    const char *by = ((const Hop *)c->trace->outer->pdata[handing + 1])->by;
    return by && case_is_ours(c, by) ? by : NULL;
}

/* Somebody is named who fits who brought it: then the house wrote its notice from our domain. */
static bool names_another(const Case *c)
{
    const Trace *trace = c->trace;
    const Hop *newest = trace->returned->len ? trace->returned->pdata[0] : NULL;
    const char *names[] = {c->bounce->reporting_mta, newest ? newest->by : NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && domain_is_public_name(names[i]) && !case_is_ours(c, names[i]) &&
            (!trace->handing_rdns || house_same(names[i], trace->handing_rdns)))
            return true;
    return false;
}

/* A bounce has no return path; what comes from us has one of ours. */
static bool has_foreign_return_path(const Case *c)
{
    const char *path = c->bounce->return_path;
    return !c->bounce->has_report && path && strchr(path, '@') &&
           !identity_owns_address(c->identity, path);
}

static Answer own_name_stolen(const Case *c)
{
    const Trace *trace = c->trace;
    if (!can_be_fake(c))
        return no_bounce();
    int handing = handing_line(trace);
    const char *claimed = claimed_host(c, handing);
    bool from_only = !claimed && case_is_ours(c, c->bounce->from_domain);
    g_autofree char *ip = case_ip_text(c, &trace->handing_ip);
    if (!claimed && !from_only)
        return answer_no("it does not say that one of your hosts wrote it");
    if (!trace->handing_ip.family || ip_is_inside(&trace->handing_ip) ||
        identity_owns_ip(c->identity, &trace->handing_ip) || case_is_shared(c, &trace->handing_ip))
        return answer_no("it did not come from an address that is not yours");
    case_note_promise(c, PROMISE_COMPLETE);
    if (!identity_complete_for(c->identity, trace->handing_ip.family))
        return answer_no("not all your networks are known, so no address can be called foreign");
    if (identity_owns_host(c->identity, trace->handing_rdns))
        return answer_no("the DNS gives who handed it over one of your names");
    if (identity_is_forwarder(c->identity, trace->handing_rdns, &trace->handing_ip))
        return answer_no("it came by a forwarder that you declared");
    if (shows_us_below(c, handing))
        return answer_no("a line below shows an address of yours: it may be yours, by way of "
                         "others");
    if (from_only && names_another(c))
        return answer_no("only its From is yours, which many servers fill in");
    if (from_only && has_foreign_return_path(c))
        return answer_yes(c, STRENGTH_STRONG,
                          "its From is of your %s, but its return path is %s, and "
                          "%s brought it, which is not yours",
                          c->bounce->from_domain, c->bounce->return_path, ip);
    return answer_yes(c, from_only ? STRENGTH_WEAK : STRENGTH_PROOF,
                      "it says that your %s wrote it, but %s brought it, which is "
                      "not yours",
                      claimed ? claimed : c->bounce->from_domain, ip);
}

/* --- the reporter ----------------------------------------------------------------------------- */

static Answer reporter_is(const Case *c, Standing standing, Strength strength)
{
    if (!can_be_fake(c))
        return no_bounce();
    const char *why = c->trace->reporter_why;
    if (c->trace->reporter != standing)
        return why ? answer_no_because(c, "%s", why)
                   : answer_no("nothing contradicts the reporter");
    return answer_yes(c, strength, "%s", why);
}

static Answer reporter_contradicted(const Case *c)
{
    return reporter_is(c, REPORTER_CONTRADICTED, STRENGTH_STRONG);
}

/* --- how it is made --------------------------------------------------------------------------- */

static bool has_code(const Bounce *bounce)
{
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *r = bounce->recipients->pdata[i];
        if (r->status || r->reply_code || r->diagnostic)
            return true;
    }
    return bounce->has_diagnostic;
}

/* The text itself speaks as a bounce does, or holds an address. */
static bool has_words(const Bounce *bounce)
{
    return bounce->talks || bounce->names_address;
}

static Answer no_report(const Case *c)
{
    const Bounce *bounce = c->bounce;
    if (!can_be_fake(c))
        return no_bounce();
    if (bounce->has_report || bounce->recipients->len > 0 || has_code(bounce) ||
        bounce->returned.where != RETURNED_NONE)
        return answer_no("it reports something");
    if (has_words(bounce))
        return answer_no("it speaks as a bounce does, or names an address");
    if (bounce->links->len == 0 && bounce->baits->len == 0)
        return answer_no("it reports nothing, but wants nothing either");
    return answer_yes(c, STRENGTH_STRONG,
                      "it is dressed as a bounce, but reports no recipient, no reason and "
                      "no message");
}

static Answer bait(const Case *c)
{
    return can_be_fake(c) ? bait_answer(c) : no_bounce();
}

static bool is_held(Answer answer)
{
    g_free(answer.owned);
    return answer.held;
}

/* Smart hosts and second names look like this every day: it says something only beside a form that
 * is wrong, too. */
static Answer reporter_doubtful(const Case *c)
{
    if (c->trace->reporter == REPORTER_DOUBTFUL && !is_held(no_report(c)) && !is_held(bait(c)))
        return answer_no("the reporter is in doubt, but the bounce is made as bounces are");
    return reporter_is(c, REPORTER_DOUBTFUL, STRENGTH_WEAK);
}

static const Rule rules[] = {
    {"own-name-stolen", FOR_FAKE, GROUND_REPORTER, own_name_stolen},
    {"reporter-contradicted", FOR_FAKE, GROUND_REPORTER, reporter_contradicted},
    {"reporter-doubtful", FOR_FAKE, GROUND_REPORTER, reporter_doubtful},
    {"no-report", FOR_FAKE, GROUND_FORM, no_report},
    {"bait", FOR_FAKE, GROUND_FORM, bait},
};
const RuleTable rules_fake = {rules, G_N_ELEMENTS(rules)};
