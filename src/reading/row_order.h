/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of a list. */
#ifndef NOTME_READING_ROW_ORDER_H
#define NOTME_READING_ROW_ORDER_H

#include "reading/row.h"

typedef enum RowOrder {
    ROW_ORDER_DATE,    /* newest first */
    ROW_ORDER_VERDICT, /* what must not be lost first: genuine, undecided, fake, backscatter */
    ROW_ORDER_INJECTION,
    ROW_ORDER_REPORTER,
    ROW_ORDER_RECIPIENT,
    ROW_ORDER_COUNT
} RowOrder;

/* As qsort wants it; rows that are equal in @order are in that of their dates, newest first. */
int row_compare(const Row *a, const Row *b, RowOrder order);
/* -1: there is none of that name. */
int row_order_from_name(const char *name);
const char *row_order_name(RowOrder order);

#endif
