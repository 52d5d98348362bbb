/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files read by several parser processes, told in the order in which they were named. */
#ifndef NOTME_CLI_CHECK_POOL_H
#define NOTME_CLI_CHECK_POOL_H

#include "analysis/finding.h"
#include "config/config.h"

/* Takes over @finding (one that is unreadable says why). Return false to stop. */
typedef bool (*CheckEach)(Finding *finding, gpointer data);

/* Reads @files (of char *) with @jobs processes (0: as many as there are cores). False with an
 * error where no process can be started: nothing was read then. */
bool check_pool_run(const Config *config, const GPtrArray *files, guint jobs, CheckEach each,
                    gpointer data, GError **error);

#endif
