/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of one mailbox taken out of a folder that held it for all: until 0.2 there was one. */
#ifndef NOTME_JOB_ADOPT_H
#define NOTME_JOB_ADOPT_H

#include <glib.h>
#include <stdbool.h>

/* Where @state_dir is not there yet and @common holds jobs: makes it, with copies of the jobs whose
 * mail lies below one of @roots (NULL-terminated) and of what else is remembered; all of it or
 * nothing. What is in @common stays. Waits for a notme that is at work there. False with an error
 * where it cannot be made. */
bool adopt_state(const char *common, const char *state_dir, const char *const *roots,
                 GError **error);

#endif
