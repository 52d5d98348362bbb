/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: ids that tell the time. Whatever the digits, a moment that comes out is one that a
 * mail server could have lived in. */
#include <stdlib.h>

#include "received/idclock.h"

#define FUZZ_SEEDS                                                                                 \
    "1wFeUV-00000006hWK-3lGs", "16DOf7-0001hN-00", "q8M9fF401441", "h53KMpR1001234", "XAA12345",   \
        "4ftws11qPlz4R5n5", "3F2A01C0D5", "d9si1234567qvb.12.2026.04.12.09.26.09",                 \
        "20030603202251.AA12345@x", "2003060320225101-12345"

static void fuzz_one(const char *data, gsize size)
{
    static bool (*const readers[])(Span, IdTime *) = {idclock_exim, idclock_gmail, idclock_postfix,
                                                      idclock_digits};
    Span text = {data, size};
    IdTime time;
    const Date date = {.utc = 1783332001, .local = 1783339201, .zone = 120, .has_zone = true};
    for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
        if (!readers[i](text, &time))
            continue;
        if (time.seconds < 0 || time.seconds > 253402300799)
            abort();
        idclock_moment(&time, &date);
    }
    if (idclock_sendmail(text, date.utc, &time) && ABS(time.seconds - date.utc) > 61 * 31622400ll)
        abort();
    idclock_postfix_short_fits(text);
    idclock_postfix_shape(text);
}

#include "fuzz.h"
