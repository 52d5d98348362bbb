/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways in which mail comes to this mailbox: which of its servers take it from the world, which
 * hand it on inside, and under what name they write Authentication-Results (doc/TRACING, "The
 * border of our own mailbox").
 *
 * Senders are enemies, and write the lines below the border. So one looks from the newest line
 * down, where only our own servers write, and stops at the first in which many strangers hand mail
 * in: each organisation of strangers counts once, a sender's thousand messages count once, and what
 * a minority of senders show counts for nothing. Over a line with another organisation's peer it
 * goes only where that is a mail filter that nearly all mail comes through. */
#ifndef NOTME_LEARN_WAYS_H
#define NOTME_LEARN_WAYS_H

#include "trace/identity.h"

typedef struct Ways Ways;

/* What was found: names or patterns, in lower case, as the configuration takes them -> messages
 * that show them. All are empty where no border was found. */
typedef struct WaysFound {
    GHashTable *border, *inside, *authserv;
    guint messages; /* that crossed the border */
    guint senders;  /* ... of so many */
} WaysFound;

/* @identity is borrowed: what is own already is no stranger. */
Ways *ways_new(const Identity *identity);
void ways_free(Ways *ways);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ways, ways_free)
/* Takes in one received message by its header fields (of Header), in their order. */
void ways_add(Ways *ways, const GPtrArray *headers);
/* Looks at all that was taken in, once. Never NULL; the caller frees it. */
WaysFound *ways_find(Ways *ways);
void ways_found_free(WaysFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WaysFound, ways_found_free)

#endif
