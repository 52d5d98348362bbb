/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialects: which program wrote the bounce, told by marks in header and text. */
#include <string.h>

#include "bounce/reading.h"

void dialect_find(Reading *r)
{
    r->bounce->format = r->status >= 0 ? "rfc3464" : "text";
}
