/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the views look at: the session's rows with what is counted over them, marks, the filter and
 * the order, and the findings asked for last. It is counted anew whenever rows changed. */
#ifndef NOTME_UI_MODEL_MODEL_H
#define NOTME_UI_MODEL_MODEL_H

#include "model/rows.h"
#include "session/session.h"

typedef struct Model {
    Session *session;  /* borrowed */
    VerdictValue only; /* VERDICT_NONE: all verdicts */
    RowOrder sort;
    bool reverse;
    guint counts[VERDICT_COUNT]; /* of rows that are not gone */
    guint total;
    Warned warned;         /* of them with a warning */
    GPtrArray *known;      /* each row as it was counted */
    GHashTable *staying;   /* row number + 1: no longer fits the filter, and stays till the list is
                              built again */
    GHashTable *campaigns; /* key -> Campaign */
    GPtrArray *ids;        /* model_id() of each row that was asked for, or NULL */
    GHashTable *marks;     /* model_id() of each marked row */
    char *complained;      /* the tag of what was complained about */
    GHashTable *pending;   /* row number + 1 -> JobAction: a running job acts on it */
    GQueue findings;       /* of Kept, the latest first */
    bool stale;            /* rows changed since model_count: all are counted again */
    guint counted;         /* rows that were counted; those behind have come since */
    guint choice;          /* counts what the user chose to see: filters, orders; from 1 */
} Model;

/* What a list shows of the model's rows: a group, within another one, or NULL: all. */
typedef struct Scope {
    GroupBy by;     /* GROUP_NONE: the cases that wait for a question */
    char *key;      /* the group; of a question its sentence */
    char *question; /* its id (verdict/question.h), or NULL */
    struct Scope *within;
} Scope;

/* The group @key by @by of what @within (copied; NULL: all) shows. */
Scope *scope_new(GroupBy by, const char *key, const Scope *within);
/* The cases that wait for the question @id, which is called @sentence. */
Scope *scope_new_question(const char *id, const char *sentence);
Scope *scope_copy(const Scope *scope);
void scope_free(Scope *scope);
/* "198.51.100.77 > larch.example"; NULL for all. The caller frees it. */
char *scope_path(const Scope *scope, bool utf8);
/* The next thing to divide @scope by after @by: none that it was divided by already, nor a network
 * of one address; campaigns have a key of their own. GROUP_NONE behind the last. */
GroupBy scope_next(const Scope *scope, GroupBy by);

Model *model_new(Session *session, const Config *config);
/* Shows by @config from now on. */
void model_configure(Model *model, const Config *config);
void model_free(Model *model);
const Row *model_row(const Model *model, guint i);
/* A row's stable id: of a message in its place, whatever flags its file's name has. Borrowed, until
 * the row changes. */
const char *model_id(const Model *model, guint i);
/* Counts rows that have come since, or all of them again where model->stale says so. */
void model_count(Model *model);
/* Row @i as it was counted last; NULL: it came since. Borrowed, until it is counted again. */
const Row *model_row_counted(const Model *model, guint i);
/* Appends the rows in @scope (NULL: all), filtered and sorted. */
void model_order(const Model *model, const Scope *scope, GArray *order);
/* Shows only @verdict from now on; VERDICT_NONE: all. */
void model_show_only(Model *model, VerdictValue verdict);
/* Lists in this order from now on. */
void model_sort(Model *model, RowOrder by, bool reverse);
/* All rows come anew: what was known of them by their numbers is forgotten. */
void model_restart(Model *model);
/* Row @i changed: its finding is forgotten; where it no longer fits the filter, it stays in sight.
 */
void model_row_changed(Model *model, guint i);
/* Row @i is shown though it does not fit. */
bool model_stays(const Model *model, guint i);
/* How many more of the same campaign there are; 0 on all but its newest row. */
guint model_more(const Model *model, guint i);
/* How many rows wait for the question @id. */
guint model_waiting(const Model *model, const char *id);
bool model_marked(const Model *model, guint i);
void model_mark(Model *model, guint i, bool on);
void model_clear_marks(Model *model);
guint model_mark_count(const Model *model);
/* Appends the rows that are marked. */
void model_marked_rows(const Model *model, GArray *rows);
/* The finding of a row if it is here, else NULL, and it is asked for. Borrowed until the next call
 * into the model. */
const Finding *model_finding(Model *model, guint i);
/* Asks for the finding of row @i where it is not here yet: it may be looked at next. */
void model_prefetch(Model *model, guint i);
/* Why it is not there and will not come, or NULL. */
const char *model_problem(Model *model, guint i);
/* The finding of a row, or why there is none, is here and of now. */
bool model_has_case(Model *model, guint i);
void model_keep(Model *model, guint i, const Finding *finding, const char *error);
/* The findings are of a time when not all was read: each is asked for again when it is wanted. */
void model_findings_stale(Model *model);
/* Forgets findings: of row @i, or of all with -1. */
void model_forget(Model *model, int i);

#endif
