/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clauses of a Received value (RFC 5321 4.4, and what servers make of it): where "from", "by",
 * "via", "with", "id", "for" and the date stand. Says nothing yet about what they mean. */
#ifndef NOTME_RECEIVED_RECEIVED_CLAUSES_H
#define NOTME_RECEIVED_RECEIVED_CLAUSES_H

#include "received/received_lex.h"

typedef enum ClauseKind {
    CLAUSE_FROM, /* all up to "by": what the client said and what the receiver saw of it */
    CLAUSE_BY,
    CLAUSE_VIA,
    CLAUSE_WITH,
    CLAUSE_ID,
    CLAUSE_FOR,
    CLAUSE_SENDER, /* a second "from" behind "by": the envelope sender (Exim, XMail) */
    CLAUSE_COUNT
} ClauseKind;

typedef struct Clauses {
    const LexList *list;
    bool has[CLAUSE_COUNT];      /* the keyword is there */
    LexRange part[CLAUSE_COUNT]; /* what follows it, comments included; empty without it */
    LexRange lead;               /* what stands before the first keyword */
    bool implied_from;           /* the word "from" is missing, its clause is there */
    bool in_comment;             /* the whole from clause is a comment: "(from KRYPTIK [...])" */
    bool addresses_outside;      /* without "by": an address stands behind the from clause */
    LexRange date;               /* the date, zone and comments included */
} Clauses;

/* Finds the clauses of @list, which must outlive the result. */
void clauses_read(const LexList *list, Clauses *out);

/* The first lexeme of @range that is no comment and no ";", or NULL. */
const Lex *clauses_first(const LexList *list, LexRange range);
/* An address in the comment at @open: bare, in brackets or behind "@". */
bool clauses_comment_has_address(const LexList *list, gsize open);

#endif
