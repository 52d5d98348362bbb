/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory of complaints: what was drafted when, one line each, in the file "complaints" of the
 * state folder. Jobs write it, so that it is undone with them; src/complaint reads it. */
#ifndef NOTME_JOB_JOB_MEMORY_H
#define NOTME_JOB_JOB_MEMORY_H

#include <glib.h>
#include <stdbool.h>

/* Adds @lines (of char *), or takes them out; each is there at most once. Lasts when it returns. */
bool job_memory(const char *state_dir, const GPtrArray *lines, bool add, GError **error);

#endif
