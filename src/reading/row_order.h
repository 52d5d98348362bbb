/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of a list. */
#ifndef NOTME_READING_ROW_ORDER_H
#define NOTME_READING_ROW_ORDER_H

#include "reading/row.h"

typedef enum RowOrder {
    ROW_ORDER_DATE, /* newest first */
    ROW_ORDER_VERDICT,
    ROW_ORDER_INJECTION,
    ROW_ORDER_REPORTER,
    ROW_ORDER_RECIPIENT,
    ROW_ORDER_COUNT
} RowOrder;

/* As qsort wants it; equal rows are in order of date, newest first, then by id. */
int row_compare(const Row *a, const Row *b, RowOrder order);
bool row_order_from_name(const char *name, RowOrder *order);
const char *row_order_name(RowOrder order);

#endif
