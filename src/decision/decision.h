/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reviewer decided once for all that comes of a campaign: section [decisions] of the
 * configuration. It is carried out on new backscatter, and on nothing else. */
#ifndef NOTME_DECISION_DECISION_H
#define NOTME_DECISION_DECISION_H

#include "config/config.h"
#include "reading/row.h"

/* In front of the campaign in JobRequest.query, where a job carries out a decision. */
#define DECISION_ON "decision on "
/* ... and in front of that where "notme tag" does: nobody's last action. */
#define DECISION_BY_TAG "notme tag: "

/* "delete" or "quarantine"; NULL: nothing was decided. Borrowed. */
const char *decision_of(const Config *config, const char *campaign);
/* @word is one of these, or "nothing", which takes a decision away. */
bool decision_is_word(const char *word);
/* The campaign (Row.campaign) can stand in the configuration: its subject was written by an enemy.
 */
bool decision_may_name(const char *campaign);
/* A decision stands for the case, and may touch it: it is backscatter by notme's own word, no
 * question and no warning is open on it, no other file has its id, and it bears none of notme's
 * tags: what was seen before is not new. */
bool decision_is_due(const Config *config, const Row *row);
/* Those of @rows (of Row, borrowed) that are due: campaign -> GPtrArray of Row, borrowed. The
 * caller unrefs it. */
GHashTable *decision_due(const Config *config, const GPtrArray *rows);

#endif
