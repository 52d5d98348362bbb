/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of decisions, the file "decided" of the state folder: since when one stands, and on
 * which messages it was carried out. What was put back by an undo is never taken again. */
#ifndef NOTME_DECISION_DECIDED_H
#define NOTME_DECISION_DECIDED_H

#include <glib.h>
#include <stdbool.h>

typedef struct Decided Decided;

/* Never NULL: what cannot be read is as if nothing had been written. The caller frees it. */
Decided *decided_read(const char *state_dir);
void decided_free(Decided *decided);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decided, decided_free)
/* The file @file of the message @id came after the campaign was decided on, and no decision took it
 * before. Where the decision was written by hand, it is not known since when it stands. */
bool decided_is_new(const Decided *decided, const char *campaign, const char *id, const char *file);
/* Notes that the decision on @campaign stands from @now on (microseconds). False with an error
 * where it cannot be written. */
bool decided_since(const char *state_dir, const char *campaign, gint64 now, GError **error);
/* Notes that decisions take the messages @ids (of char *). */
bool decided_take(const char *state_dir, const GPtrArray *ids, GError **error);

#endif
