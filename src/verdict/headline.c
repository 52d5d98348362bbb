/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headlines. See headline.h. */
#include "verdict/headline.h"

#include <string.h>

/* --- what was decided ------------------------------------------------------------------------- */

/* Of each rule what it says as a proof, and as the reason of a guess. */
typedef struct Words {
    EvidenceFor for_;
    const char *rule, *proof, *reason;
} Words;

static const Words words[] = {
    {FOR_GENUINE, "sent-here", "you sent this message: it is in your sent mail",
     "it is in your sent mail"},
    {FOR_GENUINE, "own-dkim", "this message carries your signature", "it carries your signature"},
    {FOR_GENUINE, "signed-return-path", "this answers mail that left under your key",
     "it answers mail that left under your key"},
    {FOR_GENUINE, "via-forwarder", "your server sent this message, by way of a forwarder",
     "your server sent it, by way of a forwarder"},
    {FOR_GENUINE, "own-injection", "your server sent this message", "your server sent it"},
    {FOR_GENUINE, "authenticated-as-us", "the reporter checked that this message is yours",
     "the reporter checked who sent it"},
    {FOR_GENUINE, "own-login", NULL, "it was sent with your login"},
    {FOR_BACKSCATTER, "foreign-injection", "your servers never saw this message",
     "none of your servers handed it over"},
    {FOR_BACKSCATTER, "not-sent-here", NULL, "it is not in your sent mail"},
    {FOR_BACKSCATTER, "unsigned", NULL, "it lacks your signature"},
    {FOR_BACKSCATTER, "corroborated", NULL, "many report the same sender"},
    {FOR_BACKSCATTER, "other-account", NULL, "it was sent by another's account"},
    {FOR_BACKSCATTER, "web-script", NULL, "a web page's program sent it"},
    {FOR_BACKSCATTER, "failed-authentication", NULL, "it failed the reporter's checks"},
    {FOR_BACKSCATTER, "claims-us", NULL, "a stranger called himself your server"},
    {FOR_BACKSCATTER, "forged-hop", NULL, "its headers are forged"},
    {FOR_FAKE, "own-name-stolen", "no bounce: a stranger writes in your server's name", NULL},
};

static const char *own_server_words(BounceKind kind)
{
    switch (kind) {
    case KIND_DELAY:
        return "your own server still tries to deliver this message";
    case KIND_SUCCESS:
        return "your own server delivered this message";
    default:
        return "your own server could not deliver this message";
    }
}

/* The rows stand in the order of their weight: the first whose rule held at @least gives the
 * sentence. */
static const Words *words_find(const Verdict *verdict, EvidenceFor for_, Strength least)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        for (guint k = 0; words[i].for_ == for_ && k < verdict->evidence->len; k++) {
            const Evidence *e = verdict->evidence->pdata[k];
            if (e->for_ == for_ && e->strength >= least && strcmp(e->rule, words[i].rule) == 0)
                return &words[i];
        }
    return NULL;
}

static char *decided(const Case *c, const Verdict *verdict, EvidenceFor for_, const char *likely,
                     const char *plain)
{
    const Evidence *best = verdict_strongest(verdict, for_);
    bool proof = best && best->strength == STRENGTH_PROOF;
    if (proof && strcmp(best->rule, "own-reporter") == 0)
        return g_strdup(own_server_words(c->bounce->kind));
    const Words *found = words_find(verdict, for_, proof ? STRENGTH_PROOF : STRENGTH_STRONG);
    if (proof && found && found->proof)
        return g_strdup(found->proof);
    if (!proof && found && found->reason)
        return g_strdup_printf("%s: %s", likely, found->reason);
    return g_strdup(plain);
}

/* --- what was not ----------------------------------------------------------------------------- */

static bool has_proof(const Verdict *verdict, EvidenceFor for_)
{
    const Evidence *best = verdict_strongest(verdict, for_);
    return best && best->strength == STRENGTH_PROOF;
}

static char *unknown_sender(const Case *c)
{
    if (!c->trace->injection.ip.family)
        return g_strdup_printf("the %s does not show where the message came from", case_noun(c));
    g_autofree char *ip = ip_format(&c->trace->injection.ip);
    if (ip_is_inside(&c->trace->injection.ip))
        return g_strdup_printf("the %s shows only an inside address, %s", case_noun(c), ip);
    return g_strdup_printf("it came from %s; nothing tells whose that is", ip);
}

static char *undecided(const Case *c, const Verdict *verdict)
{
    bool genuine = verdict_strongest(verdict, FOR_GENUINE);
    bool back = verdict_strongest(verdict, FOR_BACKSCATTER);
    bool fake = verdict_strongest(verdict, FOR_FAKE);
    if (verdict_has_rule(verdict, "no-identity"))
        return g_strdup("notme does not know yet what is yours: run \"notme learn\"");
    if (verdict_has_rule(verdict, "own-relay"))
        return g_strdup("your own server took this message from a stranger");
    if (has_proof(verdict, FOR_GENUINE) &&
        (has_proof(verdict, FOR_BACKSCATTER) || has_proof(verdict, FOR_FAKE)))
        return g_strdup("there is proof that it is yours, and proof that it is not");
    if (fake && genuine)
        return g_strdup_printf("this may be your message, but the %s itself looks false",
                               case_noun(c));
    if (genuine && back)
        return g_strdup("some of it says that you sent this, and some that you did not");
    if (genuine)
        return g_strdup("perhaps yours, but nothing proves it");
    if (back && c->held_own)
        return g_strdup("perhaps not yours: the address that handed it over may be yours");
    if (back && (c->held_carrier || c->held_sent))
        return g_strdup("perhaps not yours: others may have carried your mail on");
    if (back)
        return g_strdup("perhaps not yours, but nothing proves it");
    if (fake)
        return g_strdup_printf("the %s itself looks false, but nothing proves it", case_noun(c));
    return unknown_sender(c);
}

/* What is known of a message that somebody sent with our login: not who that was. */
static char *logged_in(const Verdict *verdict)
{
    const char *who = verdict->login_denied ? "somebody else sent it with" : "it went out with";
    return verdict->login ? g_strdup_printf("%s the login %s", who, verdict->login)
                          : g_strdup_printf("%s your login", who);
}

char *headline_make(const Case *c, const Verdict *verdict)
{
    if (verdict->warning != WARNING_NONE)
        return logged_in(verdict);
    switch (verdict->value) {
    case VERDICT_GENUINE:
        return decided(c, verdict, FOR_GENUINE, "most likely yours", "most likely yours");
    case VERDICT_BACKSCATTER:
        return decided(c, verdict, FOR_BACKSCATTER, "most likely not yours",
                       "most likely not yours");
    case VERDICT_FAKE:
        return decided(c, verdict, FOR_FAKE, "most likely no bounce",
                       "most likely no bounce: somebody made it look like one");
    case VERDICT_UNDECIDED:
        return undecided(c, verdict);
    default:
        return g_strdup("no bounce, and no notice of one");
    }
}
