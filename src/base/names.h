/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names in a sentence. */
#ifndef NOTME_BASE_NAMES_H
#define NOTME_BASE_NAMES_H

#include <glib.h>

/* "ash.example, elm.example, fir.example and 5 more": the keys (char *) of @names by the alphabet,
 * so that the order in which they came does not show. NULL for none; the caller frees it. */
char *names_join(GHashTable *names);

#endif
