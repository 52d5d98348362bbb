/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See header_decode.h. */
#include "message/header_decode.h"

#include <gmime/gmime.h>

char *header_decode(const char *value)
{
    if (!value)
        return NULL;
    g_autofree char *decoded = g_mime_utils_header_decode_text(NULL, value);
    return g_utf8_make_valid(decoded ? decoded : value, -1);
}
