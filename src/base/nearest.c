/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How like two names are, counted in letters put in, taken out, changed or swapped. */
#include "base/nearest.h"

#include <string.h>

enum { LONGEST = 31, FAR = 99 };

static guint distance(const char *a, const char *b)
{
    guint rows[3][LONGEST + 1];
    gsize m = strlen(b);
    if (strlen(a) > LONGEST || m > LONGEST)
        return FAR;
    for (gsize j = 0; j <= m; j++)
        rows[0][j] = (guint)j;
    for (gsize i = 1; a[i - 1]; i++) {
        guint *now = rows[i % 3], *up = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
        now[0] = (guint)i;
        for (gsize j = 1; j <= m; j++) {
            guint best = MIN(up[j], now[j - 1]) + 1;
            best = MIN(best, up[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, before[j - 2] + 1);
            now[j] = best;
        }
    }
    return rows[strlen(a) % 3][m];
}

Nearest nearest_to(const char *word)
{
    return (Nearest){.word = word, .found = NULL, .steps = FAR};
}

void nearest_try(Nearest *nearest, const char *name)
{
    gsize n = strlen(nearest->word);
    guint steps =
        n > 1 && g_str_has_prefix(name, nearest->word) ? 1 : distance(nearest->word, name);
    if (steps < nearest->steps && steps <= MIN(MAX(1, n / 2), MAX(2, n / 3))) {
        nearest->steps = steps;
        nearest->found = name;
    }
}
