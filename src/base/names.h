/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names: as a table, and in a sentence. */
#ifndef NOTME_BASE_NAMES_H
#define NOTME_BASE_NAMES_H

#include <glib.h>
#include <stdbool.h>

/* "ash.example, elm.example, fir.example and 5 more": the keys (char *) of @names by the alphabet,
 * so that the order in which they came does not show. NULL for none; the caller frees it. */
char *names_join(GHashTable *names);

/* @name is one of those in @list (NULL: of none), which are joined by blanks. */
bool names_list_has(const char *list, const char *name);

/* The index of @name among the @count of @names, where some may be NULL; -1 if it is none of them,
 * or NULL. */
int names_find(const char *const *names, gsize count, const char *name);

#endif
