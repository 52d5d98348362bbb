/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that opens a draft. */
#ifndef NOTME_SESSION_EDITOR_H
#define NOTME_SESSION_EDITOR_H

#include "config/config.h"

/* [complain] editor (a command line as in a shell, without a shell: "neomutt -H"), else $VISUAL,
 * else $EDITOR, else vi; @file is its last argument. NULL with an error where the command line
 * cannot be read. Free with g_strfreev. */
char **editor_command(const Config *config, const char *file, GError **error);

#endif
