/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reviewer's own commands (section [commands]): the words of a program, in which %ip, %id,
 * %file, %reporter and %recipient stand for what is known of a case. What mail says was written by
 * an enemy: it is only ever the end of one argument, begins none as an option, and is in no text
 * that a shell reads. */
#ifndef NOTME_CONFIG_OWN_COMMAND_H
#define NOTME_CONFIG_OWN_COMMAND_H

#include <glib.h>
#include <stdbool.h>

typedef enum OwnValue {
    OWN_IP,        /* the address that the message was sent from */
    OWN_ID,        /* the bounce's Message-ID */
    OWN_FILE,      /* the bounce's file */
    OWN_REPORTER,  /* the server that wrote the bounce */
    OWN_RECIPIENT, /* the first failed recipient */
    OWN_COUNT
} OwnValue;

/* @name can be bound to a key: letters, digits, "-" and "_". */
bool own_command_is_name(const char *name);
/* @line is a command; else *why says what is wrong (the caller frees it). */
bool own_command_check(const char *line, char **why);
/* The words of @line (which own_command_check knows) with @values filled in, NULL for what is not
 * known. NULL with a sentence in *why (the caller frees it) where one that is needed is not known,
 * or would be taken for something else. The caller frees the words. */
char **own_command_words(const char *line, const char *const values[OWN_COUNT], char **why);
/* "NOTME_IP=198.51.100.77" of each value that is known and holds no control characters. The caller
 * frees them. */
char **own_command_environment(const char *const values[OWN_COUNT]);

#endif
