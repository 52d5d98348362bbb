/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the known name that is most like a mistyped one. */
#ifndef NOTME_BASE_NEAREST_H
#define NOTME_BASE_NEAREST_H

#include <glib.h>

typedef struct Nearest {
    const char *word;
    const char *found; /* the best so far, or NULL: none is near */
    guint steps;
} Nearest;

Nearest nearest_to(const char *word);
/* Compares one more known name, which must outlive @nearest. */
void nearest_try(Nearest *nearest, const char *name);

#endif
