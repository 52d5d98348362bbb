/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interface from beginning to end. */
#ifndef NOTME_UI_RUN_H
#define NOTME_UI_RUN_H

#include "stage/app.h"

/* Runs it on bounces among @query (NULL: the configured one). Returns the exit status; 2 with an
 * error where it cannot begin or a script fails. @parting gets a sentence on what goes on when it
 * is left, or NULL; the caller frees it. */
int run_interface(const Config *config, const char *config_path, const char *query, bool color,
                  char **parting, GError **error);

#endif
