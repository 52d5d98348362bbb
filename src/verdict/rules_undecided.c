/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is missing. See rules_undecided.h. */
#include "verdict/rules_undecided.h"

static Answer own_relay(const Case *c)
{
    if (c->trace->relay != RELAY_OUTSIDER)
        return answer_no("your own host did not take it from a stranger");
    return answer_yes(c, STRENGTH_STRONG,
                      "your own host took it from a stranger and could not pass it on");
}

static Answer no_identity(const Case *c)
{
    if (!identity_is_empty(c->identity) || (c->facts && c->facts->asked))
        return answer_no("it is known what is yours");
    return answer_yes(c, STRENGTH_STRONG,
                      "notme does not know which addresses and servers are yours: run "
                      "\"notme learn\"");
}

static const Rule rules[] = {
    {"own-relay", FOR_UNDECIDED, GROUND_ORIGIN, own_relay},
    {"no-identity", FOR_UNDECIDED, GROUND_IDENTITY, no_identity},
};
const RuleTable rules_undecided = {rules, G_N_ELEMENTS(rules)};
