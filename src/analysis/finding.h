/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding: all that is known of one message: bytes -> Message -> Bounce -> Trace -> Verdict, and
 * its JSON form, which is both what "check" prints and what the processes pass to each other. */
#ifndef NOTME_ANALYSIS_FINDING_H
#define NOTME_ANALYSIS_FINDING_H

#include <jansson.h>

#include "verdict/verdict.h"

typedef struct Finding {
    char *file;       /* as given, or NULL */
    char *error;      /* why the file could not be read; then the rest is empty */
    char *message_id; /* of the message itself, without brackets, or NULL */
    char *from;       /* From as a person reads it (decoded), or NULL */
    char *subject;    /* decoded, or NULL */
    gint64 date;      /* Date header, TIME_NONE */
    char *sha256;     /* of the file's bytes, hex: the reviewer's word belongs to it */
    Message *message; /* NULL when made from JSON */
    Bounce *bounce;
    Trace *trace;
    Verdict *verdict;
} Finding;

/* What the store may be asked before the verdict: borrowed from the finding. */
typedef struct Questions {
    const char *returned_id; /* the returned Message-ID, or NULL */
    gint64 returned_date;
    const GPtrArray *recipients; /* of Recipient */
    GPtrArray *
        references; /* of char *: ids named by In-Reply-To and References of the returned message */
} Questions;

/* Reads and traces, without a verdict yet. Never NULL. @file may be NULL. */
Finding *finding_read(const char *file, const char *bytes, gsize length, const Identity *identity);
/* A finding that only says why @file could not be read. */
Finding *finding_unreadable(const char *file, const char *why);
Questions *finding_questions(const Finding *finding);
void questions_free(Questions *questions);
/* Gives (or replaces) the verdict. @facts may be NULL. */
void finding_judge(Finding *finding, const Identity *identity, const StoreFacts *facts);
/* The reviewer's word: overrides the verdict's value, kept visible as his. */
void finding_override(Finding *finding, VerdictValue value);
void finding_free(Finding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Finding, finding_free)

/* product.md's object (with "outer", extra members that only this program reads, when @internal:
 * from, subject, date, sha256, tried, links, summary ...). The caller owns the reference. */
json_t *finding_to_json(const Finding *finding, bool internal);
/* From the internal form; NULL if it is not one. Hostile input is possible (a parser process may
 * have been taken over): checked. */
Finding *finding_from_json(const json_t *json);
/* Identity over the wire, for parser processes. */
json_t *identity_to_json(const Identity *identity);
Identity *identity_from_json(const json_t *json);

#endif
