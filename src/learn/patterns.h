/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns of servers' names, as the configuration's border and inside take them: "mx1" and "mx22"
 * of a house are "mx*". */
#ifndef NOTME_LEARN_PATTERNS_H
#define NOTME_LEARN_PATTERNS_H

#include <glib.h>

enum { PATTERNS_MOST = 20 };

/* The registered domain, or the last two labels of a private zone, that @name is grouped by; a
 * single label, and two labels of a private zone, without digits; NULL for an address and for no
 * name. The caller frees it. */
char *pattern_group(const char *name);
/* @name with "*" for each run of digits before its registered domain. The caller frees it. */
char *pattern_family(const char *name);
/* Patterns for @names (name -> messages), each with the messages of the names it fits: a name that
 * stands alone as it is; names that differ in digits with "*" for them, never in the registered
 * domain; where many differ in their first label otherwise, "*" for that label. None that the
 * configuration would refuse; the most frequent PATTERNS_MOST. The caller unrefs it. */
GHashTable *patterns_of(GHashTable *names);

#endif
