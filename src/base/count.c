/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See count.h. */
#include "base/count.h"

#include <stdio.h>

const char *count_text(guint64 count, char text[COUNT_SIZE])
{
    char digits[COUNT_SIZE];
    int n = snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, count), k = 0;
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            text[k++] = ',';
        text[k++] = digits[i];
    }
    text[k] = '\0';
    return text;
}
