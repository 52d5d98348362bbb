/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns fitted to the width of a terminal: each has its least, and grows while there is room;
 * where even the least do not fit, whole columns go. */
#ifndef NOTME_BASE_COLUMN_FIT_H
#define NOTME_BASE_COLUMN_FIT_H

/* What one column wants. Columns stand beside each other with one blank between. */
typedef struct ColumnWish {
    int least, good, most;
    int gone; /* 1 goes first where there is no room, then 2 ...; 0 stays */
} ColumnWish;

/* Writes the width of each of @count columns to @widths, 0: it goes. */
void column_fit(const ColumnWish *wishes, int count, int room, int *widths);
/* Makes the widest of @widths narrower until all fit into @room, two blanks between them. */
void column_shrink(int *widths, int count, int room);

#endif
