/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many domain names, asked for by hash: whether a name is one of them, lies under one, or holds
 * one. Names are compared as domain_same() does it: without case, white space and dots at their
 * end. */
#ifndef NOTME_BASE_NAME_SET_H
#define NOTME_BASE_NAME_SET_H

#include "base/span.h"

typedef struct NameSet NameSet;

/* Over @names (of char *), which it refers to and which must not change. */
NameSet *name_set_new(GPtrArray *names);
void name_set_free(NameSet *set);
bool name_set_has(const NameSet *set, const char *name);
/* Called for each of the set's names that was found; true ends the search. */
typedef bool (*NameFits)(const char *found, const void *data);
/* Whether one of those that @name is, or is under, fits. */
bool name_set_above(const NameSet *set, const char *name, NameFits fits, const void *data);
/* Whether one of those that stand anywhere in @text fits. In the square of @text's length. */
bool name_set_within(const NameSet *set, const char *text, NameFits fits, const void *data);

#endif
