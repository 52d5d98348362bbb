/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes within one process: quick, and of no use against somebody who looks for two that are the
 * same. */
#ifndef NOTME_BASE_MIX_H
#define NOTME_BASE_MIX_H

#include <glib.h>

/* @hash with one number more. */
static inline guint64 mix_number(guint64 hash, guint64 number)
{
    hash = (hash ^ number) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

/* ... with @n bytes more, eight at a time. */
guint64 mix_bytes(guint64 hash, const void *bytes, gsize n);
/* ... with a text more: where it ends counts, and NULL is none. */
guint64 mix_text(guint64 hash, const char *text);
/* All of it in fewer bits. */
static inline guint mix_end(guint64 hash)
{
    return (guint)(hash ^ hash >> 32);
}

#endif
