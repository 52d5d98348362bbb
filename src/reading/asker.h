/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message at a time from a parser of one's own, for whoever has a few to look at: the drafts of
 * complaints, learning. The bytes are read in the confined process. */
#ifndef NOTME_READING_ASKER_H
#define NOTME_READING_ASKER_H

#include "reading/parser.h"

typedef struct Asker Asker;

/* NULL with an error where no process can be started. */
Asker *asker_new(const Config *config, GError **error);
void asker_free(Asker *asker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Asker, asker_free)
/* What the file says (ReadingWants in @more), whatever it is. NULL with an error whose message is
 * the reason alone. */
Reading *asker_reading(Asker *asker, const char *file, guint more, GError **error);
/* The header fields (of Header) of the file, as they stand; NULL when it cannot be read. The caller
 * unrefs them. */
GPtrArray *asker_headers(Asker *asker, const char *file);
/* Which message it is that @fd (taken over) holds from its place on, or the file. False with an
 * error whose message is the reason alone. The caller clears @likeness. */
bool asker_likeness_of(Asker *asker, int fd, Likeness *likeness, GError **error);
bool asker_likeness(Asker *asker, const char *file, Likeness *likeness, GError **error);

#endif
