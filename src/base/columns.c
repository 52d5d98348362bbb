/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring a character. */
#include "base/columns.h"

#include <wchar.h>

int columns_of(gunichar c)
{
    if (c < 0x7f)
        return c >= 0x20 ? 1 : -1;
    if (g_get_charset(NULL))
        return wcwidth((wchar_t)c);
    return g_unichar_iscntrl(c) ? -1 : g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}
