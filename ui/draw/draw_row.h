/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case in one line, in columns that go by the width of the screen. */
#ifndef NOTME_UI_DRAW_DRAW_ROW_H
#define NOTME_UI_DRAW_DRAW_ROW_H

#include "model/model.h"
#include "screen/cells.h"

/* Where each column begins; 0: not shown. */
typedef struct RowColumns {
    int date, recipient, reason, injection, reporter, abused, subject, more;
} RowColumns;

RowColumns row_columns(int width);
/* What the columns say, above them. */
void row_heads_draw(const RowColumns *at, Screen *screen, int y);
void row_draw(const Model *model, guint item, const RowColumns *at, Screen *screen, int x, int y,
              int end);

#endif
