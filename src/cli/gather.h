/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading all that a query gives, for commands that say something of the whole. */
#ifndef NOTME_CLI_GATHER_H
#define NOTME_CLI_GATHER_H

#include "cli/command.h"
#include "reading/reader.h"

/* Reads @query as reader_query_counted does and hands each row to @each, with its finding if
 * @findings. @status gets EXIT_PARTLY where some could not be read, which is said, else EXIT_DONE;
 * what cli_failed gives with false. */
bool cli_gather(CommandContext *context, const char *query, bool findings, ReaderEach each,
                gpointer data, int *status);

#endif
