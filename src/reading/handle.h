/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handles: short names of bounces and notices for hands, "@7f3ak2c": "@" and seven digits of base
 * 32 (Crockford's: no i, l, o, u), a hash of the Message-ID and of what never changes of the file's
 * name. A file keeps its handle when its flags or its folder change. */
#ifndef NOTME_READING_HANDLE_H
#define NOTME_READING_HANDLE_H

#include <stdbool.h>

enum { HANDLE_LENGTH = 8, HANDLE_SIZE = HANDLE_LENGTH + 1 };

void handle_of(const char *id, const char *file, char handle[HANDLE_SIZE]);
/* @text has the form of a handle and nothing else. */
bool handle_is(const char *text);

/* What to tell where two messages, @one and @other, have the same handle. The caller frees it. */
char *handle_twice(const char *handle, const char *one, const char *other);

#endif
