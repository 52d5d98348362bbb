/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See header_decode.h. */
#include "message/header_decode.h"

#include <gmime/gmime.h>
#include <string.h>

#include "base/span.h"

/* Longest value that is decoded, in bytes: nobody is shown so much of one. */
#define VALUE_MOST (64u << 10)

char *header_decode(const char *value)
{
    if (!value)
        return NULL;
    g_autofree char *short_of =
        strnlen(value, VALUE_MOST + 1) > VALUE_MOST ? g_strndup(value, VALUE_MOST) : NULL;
    const char *text = short_of ? short_of : value;
    if (span_is_ascii(span_of(text)) && !strstr(text, "=?"))
        return g_strdup(text); /* as nearly all: there is nothing to decode */
    g_autofree char *decoded = g_mime_utils_header_decode_text(NULL, text);
    return g_utf8_make_valid(decoded ? decoded : text, -1);
}
