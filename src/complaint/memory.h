/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was complained of, when, to whom: the file "complaints" of the state folder. The job writes
 * it when its drafts are there, and takes its lines out when it is undone. */
#ifndef NOTME_COMPLAINT_MEMORY_H
#define NOTME_COMPLAINT_MEMORY_H

#include <glib.h>

typedef struct Memory Memory;

/* Never NULL; lines that cannot be read are passed over. */
Memory *memory_load(const char *state_dir);
void memory_free(Memory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Memory, memory_free)
/* When a complaint about @source to any of @addressees (of char *; empty: to nobody that is known)
 * was drafted last; TIME_NONE: never. */
gint64 memory_last(const Memory *memory, const GPtrArray *addressees, const char *source);
/* Each draft that was written: when, to whom and about what, joined by commas. */
void memory_each(const char *state_dir,
                 void (*each)(gint64 time, const char *to, const char *about, gpointer data),
                 gpointer data);
/* The line for a draft about @sources (of char *). @draft: its Message-ID, which makes the line its
 * own. The caller frees it. */
char *memory_line(gint64 now, const GPtrArray *addressees, const GPtrArray *sources,
                  const char *draft);

#endif
