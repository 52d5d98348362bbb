/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of what was found, each thing once. */
#ifndef NOTME_LEARN_FOUND_H
#define NOTME_LEARN_FOUND_H

#include <glib.h>
#include <stdbool.h>

/* One thing that was found. */
typedef struct Found {
    char *text;
    guint count; /* messages that show it; 0: configured, or said by the SPF record */
    bool by_dns;
} Found;

/* Frees a Found: for arrays of them. */
void found_free(gpointer data);
/* Adds @text, or the greater count to it; false if it was there. */
bool found_add(GPtrArray *list, const char *text, guint count);
/* Adds what was counted (text -> count), the most frequent first, behind what is there: the
 * configured ones keep their order. */
void found_take(GPtrArray *list, GHashTable *counts);

#endif
