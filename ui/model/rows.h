/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows in order and in groups: pure functions of rows. */
#ifndef NOTME_UI_MODEL_ROWS_H
#define NOTME_UI_MODEL_ROWS_H

#include "reading/row.h"

typedef enum SortBy {
    SORT_DATE,
    SORT_VERDICT,
    SORT_INJECTION,
    SORT_REPORTER,
    SORT_RECIPIENT,
    SORT_COUNT
} SortBy;

typedef enum GroupBy {
    GROUP_NONE,
    GROUP_INJECTION,
    GROUP_NETWORK,
    GROUP_REPORTER,
    GROUP_SUBJECT,
    GROUP_DAY,
    GROUP_VERDICT,
    GROUP_CAMPAIGN,
    GROUP_COUNT
} GroupBy;

enum { HIST_BARS = 12 };

typedef struct Group {
    char *key; /* as group_key: also its label */
    guint count;
    guint verdicts[VERDICT_COUNT];
    gint64 first, last;
    guint hist[HIST_BARS]; /* over the time from the first to the last of all groups */
    GArray *rows;          /* of guint, newest first */
} Group;

const char *sort_name(SortBy by);
int sort_from_name(const char *name); /* -1 if unknown */
const char *group_name(GroupBy by);
int group_from_name(const char *name);

typedef const Row *(*RowAt)(gconstpointer data, guint i);

/* Sorts @order (of row numbers); rows of equal rank stay newest first. */
void rows_sort(GArray *order, RowAt at, gconstpointer data, SortBy by, bool reverse);
/* The name of the group that @row belongs to. The caller frees it. */
char *group_key(const Row *row, GroupBy by);
/* The rows of @order in groups (of Group), the largest first. The caller unrefs it. */
GPtrArray *rows_group(const GArray *order, RowAt at, gconstpointer data, GroupBy by);

/* What the columns of the list say. */
char *row_injection_text(const Row *row); /* the caller frees it */
const char *row_reason_text(const Row *row);
/* "14:05" today, "Jun 03", "2003-06" for what is long ago. */
void short_date(gint64 timestamp, gint64 now, char text[16]);
/* "Tue 3 Jun 2003 22:23". The caller frees it. */
char *long_date(gint64 timestamp);
/* "22:22:51" */
void clock_time(gint64 timestamp, char text[16]);
/* "1,234". */
void count_text(guint64 count, char text[32]);
/* Unix seconds; NOTME_NOW in the environment freezes it for tests. */
gint64 time_now(void);
/* @row in the words of a search: the texts in which "find" looks. */
bool row_matches(const Row *row, const char *needle);

#endif
