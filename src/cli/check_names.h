/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of files from a list, as they come: a list of millions, or one that never ends, is not
 * held.
 */
#ifndef NOTME_CLI_CHECK_NAMES_H
#define NOTME_CLI_CHECK_NAMES_H

#include <glib.h>
#include <stdbool.h>

typedef struct Names Names;

/* @list is a file's name, "-" standard input; names in it end with @end ('\n' or '\0'). NULL with
 * an error. */
Names *names_open(const char *list, char end, GError **error);
void names_close(Names *names);
/* To wait for, when names_next() gave none and it has not ended. */
int names_fd(const Names *names);
/* The next name that is not empty, without waiting; NULL: none is there now. The caller frees it.
 */
char *names_next(Names *names);
/* There are no more. */
bool names_ended(const Names *names);
/* It is no plain file: who writes it may be waiting for answers. */
bool names_live(const Names *names);

#endif
