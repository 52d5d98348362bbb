/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See refuse.h. Each rule is a function that gives its words, or NULL; the first that gives some is
 * the answer. */
#include "complaint/refuse.h"

enum { DAY = 86400, ASK_AGE = 3 * DAY };

typedef char *(*Rule)(const Incident *incident, const RefuseRules *rules);

static gint64 age_of(const Incident *incident, const RefuseRules *rules)
{
    return incident->arrived == TIME_NONE ? TIME_NONE : rules->now - incident->arrived;
}

/* --- whatever the addressee ------------------------------------------------------------------- */

static char *not_a_bounce(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return incident->kind == KIND_NONE ? g_strdup("it is neither a bounce nor a notice") : NULL;
}

static char *genuine(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return incident->verdict == VERDICT_GENUINE
               ? g_strdup("it is genuine: the message that came back was yours")
               : NULL;
}

static char *stolen(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return incident->stolen ? g_strdup("it was sent through your own account: that is for your own "
                                       "desk. Change its password, and end its sessions")
                            : NULL;
}

static char *fake(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return incident->verdict == VERDICT_FAKE
               ? g_strdup("it is a fake: no mail server wrote it, so there is none to complain of")
               : NULL;
}

static char *contradicted(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    if (incident->standing != REPORTER_CONTRADICTED)
        return NULL;
    return g_strdup_printf("it is contradicted that its reporter wrote it%s%s",
                           incident->standing_why ? ": " : "",
                           incident->standing_why ? incident->standing_why : "");
}

static char *still_asked(const Incident *incident, const RefuseRules *rules)
{
    g_autofree char *ip = ip_format(&incident->ip);
    (void)rules;
    if (!incident->asked)
        return NULL;
    return g_strdup_printf(
        "it waits for your answer whose %s is: \"notme questions\" asks, as does "
        "the case",
        ip ? ip : "that address");
}

static char *too_old(const Incident *incident, const RefuseRules *rules)
{
    gint64 age = age_of(incident, rules);
    if (rules->old || age == TIME_NONE || age <= rules->max_age)
        return NULL;
    return g_strdup_printf("it is older than %" G_GINT64_FORMAT
                           " days ([complain] max_age); \"complain --old\" takes it all the same",
                           rules->max_age / DAY);
}

static char *nobody_writes(const Incident *incident, const RefuseRules *rules)
{
    if (incident->spoofed || rules->identity->addresses->len)
        return NULL;
    return g_strdup("no address of yours is known to write from: run \"notme learn\", or name it "
                    "in [identity] addresses");
}

/* --- the server that bounced ------------------------------------------------------------------ */

static char *own_reporter(const Incident *incident, const RefuseRules *rules)
{
    g_autofree char *ip = ip_format(&incident->source);
    if (ip && identity_owns_ip(rules->identity, &incident->source))
        return g_strdup_printf("it came from %s, which is yours", ip);
    if (identity_owns_host(rules->identity, incident->source_name))
        return g_strdup_printf("it came from %s, which is yours", incident->source_name);
    if (identity_owns_host(rules->identity, incident->reporter))
        return g_strdup_printf("%s, which wrote it, is yours", incident->reporter);
    if (identity_owns_host(rules->identity, incident->organisation))
        return g_strdup_printf("%s, which wrote it, is yours", incident->organisation);
    return NULL;
}

static char *forwarder(const Incident *incident, const RefuseRules *rules)
{
    g_autofree char *ip = ip_format(&incident->source);
    if (incident->forwarder)
        return g_strdup_printf("it came from %s, a forwarder that you declared",
                               incident->forwarder);
    if (!ip || !identity_is_forwarder(rules->identity, incident->source_name, &incident->source))
        return NULL;
    return g_strdup_printf("it came from %s, a forwarder that you declared",
                           incident->source_name ? incident->source_name : ip);
}

static char *inside(const Ip *ip, const char *what)
{
    g_autofree char *text = ip_format(ip);
    if (!text || ip_kind(ip) == IP_PUBLIC)
        return NULL;
    return g_strdup_printf("%s %s, a private or reserved address: nobody outside answers for it",
                           what, text);
}

static char *inside_source(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return inside(&incident->source, "it came from");
}

static char *no_source(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    if (incident->source.family)
        return NULL;
    if (!incident->unrouted)
        return g_strdup_printf("its source is not known: %s",
                               incident->standing_why ? incident->standing_why
                                                      : "no line shows where it came from");
    return incident->organisation
               ? NULL
               : g_strdup("its source is not known: no Received line shows where it came from, and "
                          "it names no server");
}

/* --- the network that sent -------------------------------------------------------------------- */

static char *no_outer(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    if (!incident->unrouted)
        return NULL;
    return g_strdup("its source is not known: without a Received line of your own server only a "
                    "letter to its postmaster can be drafted");
}

static char *no_ip(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return incident->ip.family
               ? NULL
               : g_strdup("nobody recorded from which address the message was sent");
}

static char *own_ip(const Incident *incident, const RefuseRules *rules)
{
    g_autofree char *ip = ip_format(&incident->ip);
    if (incident->ip_own || identity_owns_ip(rules->identity, &incident->ip) ||
        identity_owns_host(rules->identity, incident->ip_name))
        return g_strdup_printf("the message was sent from %s, which is yours", ip);
    if (incident->ip_forwarder ||
        identity_is_forwarder(rules->identity, incident->ip_name, &incident->ip))
        return g_strdup_printf("the message was sent from %s, a forwarder that you declared", ip);
    return NULL;
}

static char *claimed_ip(const Incident *incident, const RefuseRules *rules)
{
    g_autofree char *ip = ip_format(&incident->ip);
    (void)rules;
    if (!incident->ip_claimed)
        return NULL;
    return g_strdup_printf("only a header of the message itself names %s, and its sender may have "
                           "written that",
                           ip);
}

static char *inside_ip(const Incident *incident, const RefuseRules *rules)
{
    (void)rules;
    return inside(&incident->ip, "the message was sent from");
}

static const Rule rules_of_all[] = {not_a_bounce, stolen, genuine, fake, contradicted, still_asked};
static const Rule rules_of_side[SIDE_COUNT][8] = {
    [SIDE_REPORTER] = {own_reporter, forwarder, inside_source, no_source, too_old, nobody_writes,
                       NULL},
    [SIDE_NETWORK] = {no_outer, no_ip, claimed_ip, own_ip, inside_ip, too_old, nobody_writes, NULL},
};

char *refuse_why(const Incident *incident, Side side, const RefuseRules *rules)
{
    char *why = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(rules_of_all) && !why; i++)
        why = rules_of_all[i](incident, rules);
    for (const Rule *rule = rules_of_side[side]; *rule && !why; rule++)
        why = (*rule)(incident, rules);
    return why;
}

/* --- questions -------------------------------------------------------------------------------- */

void refuse_questions(const Incident *incident, const RefuseRules *rules, guint *counts)
{
    gint64 age = age_of(incident, rules);
    counts[ASK_UNDECIDED] += incident->verdict == VERDICT_UNDECIDED;
    counts[ASK_OLD] += !rules->old && (age == TIME_NONE || age > ASK_AGE);
    counts[ASK_WHOSE] += !incident->spoofed_own && !rules->identity->addresses->len;
}

char *refuse_sentence(Question question, guint count, const char *detail)
{
    const char *what = count == 1 ? "One bounce is" : NULL;
    g_autofree char *many = what ? g_strdup(what) : g_strdup_printf("%u bounces are", count);
    switch (question) {
    case ASK_UNDECIDED:
        return g_strdup_printf("%s undecided: the message may have been yours.", many);
    case ASK_OLD:
        return g_strdup_printf("%s older than three days, or of no known date.", many);
    case ASK_WHOSE:
        return g_strdup_printf("Your addresses are not known: the draft would be from %s.", detail);
    default:
        return g_strdup_printf("%s.", detail);
    }
}
