/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See column_fit.h. */
#include "base/column_fit.h"

enum { SHRUNK_LEAST = 4 };

/* Columns and the blanks between them. */
static int column_sum(const int *widths, int count, int blanks)
{
    int sum = 0;
    for (int i = 0; i < count; i++)
        if (widths[i])
            sum += widths[i] + (sum ? blanks : 0);
    return sum;
}

/* Each grows up to its good (@most: its most) width while there is room. */
static void column_grow(const ColumnWish *wishes, int count, int room, int *widths, int most)
{
    int left = room - column_sum(widths, count, 1);
    for (int i = 0; i < count && left > 0; i++) {
        int wanted = (most ? wishes[i].most : wishes[i].good) - widths[i];
        if (!widths[i] || wanted <= 0)
            continue;
        widths[i] += wanted < left ? wanted : left;
        left -= wanted < left ? wanted : left;
    }
}

void column_fit(const ColumnWish *wishes, int count, int room, int *widths)
{
    for (int i = 0; i < count; i++)
        widths[i] = wishes[i].least;
    for (int gone = 1; gone <= count && column_sum(widths, count, 1) > room; gone++)
        for (int i = 0; i < count; i++)
            if (wishes[i].gone == gone)
                widths[i] = 0;
    column_grow(wishes, count, room, widths, 0);
    column_grow(wishes, count, room, widths, 1);
}

void column_shrink(int *widths, int count, int room)
{
    for (int over = column_sum(widths, count, 2) - room; over > 0; over--) {
        int widest = 0;
        for (int i = 1; i < count; i++)
            if (widths[i] > widths[widest])
                widest = i;
        if (widths[widest] <= SHRUNK_LEAST)
            return;
        widths[widest]--;
    }
}
