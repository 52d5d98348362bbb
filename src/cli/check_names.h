/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CheckNames of files from a list, as they come: a list of millions, or one that never ends, is not
 * held.
 */
#ifndef NOTME_CLI_CHECK_NAMES_H
#define NOTME_CLI_CHECK_NAMES_H

#include <glib.h>
#include <stdbool.h>

typedef struct CheckNames CheckNames;

/* @list is a file's name, "-" standard input; names in it end with @end ('\n' or '\0'). NULL with
 * an error. */
CheckNames *check_names_open(const char *list, char end, GError **error);
void check_names_close(CheckNames *names);
/* To wait for, when check_names_next() gave none and it has not ended. */
int check_names_fd(const CheckNames *names);
/* The next name that is not empty, without waiting; NULL: none is there now. The caller frees it.
 */
char *check_names_next(CheckNames *names);
/* There are no more. */
bool check_names_ended(const CheckNames *names);
/* It is no plain file: who writes it may be waiting for answers. */
bool check_names_live(const CheckNames *names);

#endif
