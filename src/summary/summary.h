/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of a joe-job: rows counted by verdict and day, by who sent them, who reported them
 * and in whose name. The same in whatever order the rows come. */
#ifndef NOTME_SUMMARY_SUMMARY_H
#define NOTME_SUMMARY_SUMMARY_H

#include "reading/row.h"

/* What has one name. Names are from mail: safe_text is the printer's business. */
typedef struct SummaryPart {
    char *name;
    char *only; /* of a network: its one address that was seen; NULL: several, or no network */
    guint count;
    guint verdicts[VERDICT_COUNT];
    gint64 first, last; /* Unix seconds */
} SummaryPart;

/* A complaint that was drafted. */
typedef struct SummaryComplaint {
    gint64 time;
    char *to, *about; /* joined by commas */
} SummaryComplaint;

typedef struct Summary {
    char *query;
    gint64 made;     /* when it was made; Unix seconds */
    SummaryPart all; /* its name is NULL */
    /* Of SummaryPart, most first; days by date */
    GPtrArray *days;      /* "2025-11-03", in the local time zone */
    GPtrArray *kinds;     /* "failure", "delay" ... */
    GPtrArray *networks;  /* from which others sent, of backscatter alone: "198.51.100.0/24", or the
                             address where no second one of it was seen */
    GPtrArray *addresses; /* of these */
    GPtrArray *undecided_addresses; /* from which undecided cases came, by their bounces */
    GPtrArray *reporters;           /* organisations */
    GPtrArray *abused;     /* own addresses in whose name others sent, of backscatter alone */
    GPtrArray *undecided;  /* why: the question that would settle most, or what is known */
    guint warned;          /* sent through an account of ours, by nobody knows whom */
    guint complained;      /* bounces that a complaint was drafted about */
    GPtrArray *complaints; /* of SummaryComplaint, newest first */
    GHashTable *index;     /* while it is counted */
} Summary;

/* The caller frees it. */
Summary *summary_new(const char *query, gint64 made);
void summary_free(Summary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Summary, summary_free)
/* @why: what is said of an undecided case that waits for no answer. @complained: the tag of bounces
 * that a complaint was drafted about. */
void summary_add(Summary *summary, const Row *row, const char *why, const char *complained);
void summary_add_complaint(Summary *summary, gint64 time, const char *to, const char *about);
/* Behind the last row: sorts. */
void summary_end(Summary *summary);

/* "2025-11-03", in the local time zone. The caller frees it. */
char *summary_day(gint64 time);
/* The greatest count of a part in @list, for the scale of its bars; 1 at least. */
guint summary_most(const GPtrArray *list);

#endif
