/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows in order and in groups: pure functions of rows. */
#ifndef NOTME_UI_MODEL_ROWS_H
#define NOTME_UI_MODEL_ROWS_H

#include "reading/row_order.h"

typedef enum GroupBy {
    GROUP_NONE,
    GROUP_INJECTION,
    GROUP_NETWORK,
    GROUP_REPORTER,
    GROUP_SUBJECT,
    GROUP_DAY,
    GROUP_VERDICT,
    GROUP_ABUSED,
    GROUP_CAMPAIGN,
    GROUP_COUNT
} GroupBy;

enum { HIST_BARS = 12 };

/* How many of each verdict went out by the reviewer's own login from a strange address. */
typedef struct Warned {
    guint open[VERDICT_COUNT];   /* whether it was he is open */
    guint denied[VERDICT_COUNT]; /* he said that it was not */
} Warned;

void warned_add(Warned *warned, const Row *row);
/* "2 LOGIN?, 1 NOT YOU"; NULL: there is none. The caller frees it. */
char *warned_text(guint open, guint denied);

typedef struct Group {
    char *key; /* as group_key: also its label */
    guint count;
    guint verdicts[VERDICT_COUNT];
    Warned warned; /* of them with a warning */
    gint64 first, last;
    guint hist[HIST_BARS]; /* over the time from the first to the last of all groups */
    GArray *rows;          /* of guint, newest first */
} Group;

const char *group_name(GroupBy by);
int group_from_name(const char *name); /* -1 if unknown */

typedef const Row *(*RowAt)(gconstpointer data, guint i);

/* Sorts @order (of row numbers); rows of equal rank stay newest first. */
void rows_sort(GArray *order, RowAt at, gconstpointer data, RowOrder by, bool reverse);
/* The name of the group that @row belongs to. The caller frees it. */
char *group_key(const Row *row, GroupBy by);
/* @row belongs to the group that is called @key. */
bool group_has(const Row *row, GroupBy by, const char *key);
/* The rows of @order in groups (of Group), the largest first. The caller unrefs it. */
GPtrArray *rows_group(const GArray *order, RowAt at, gconstpointer data, GroupBy by);

/* What the columns of the list say. */
const char *row_reason_text(const Row *row);
/* @row in the words of a search: the texts in which "find" looks. */
bool row_matches(const Row *row, const char *needle);

#endif
