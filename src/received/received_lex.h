/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lexemes of a Received value: RFC 5322 words, quoted strings, angle brackets, domain literals,
 * comments and ";". One pass over the bytes, no recursion, linear in time and memory. */
#ifndef NOTME_RECEIVED_RECEIVED_LEX_H
#define NOTME_RECEIVED_RECEIVED_LEX_H

#include "base/ip.h"
#include "base/span.h"

typedef enum LexKind {
    LEX_WORD,    /* a run of anything else */
    LEX_LITERAL, /* [...] */
    LEX_ANGLE,   /* <...> */
    LEX_QUOTED,  /* "..." */
    LEX_OPEN,    /* "(" of a comment that is closed again; @match is its ")" */
    LEX_CLOSE,   /* the ")" of such a comment; @match is its "(" */
    LEX_SEMI     /* ";" */
} LexKind;

typedef struct Lex {
    LexKind kind;
    bool glued;  /* no white space before it */
    gsize match; /* LEX_OPEN, LEX_CLOSE: index of the other one */
    Span text;   /* as written, with its delimiters */
} Lex;

typedef struct LexList {
    Span value; /* what was read */
    Lex *items;
    gsize count;
    bool unbalanced; /* a parenthesis opens or closes nothing */
} LexList;

/* A run of lexemes [start, end). */
typedef struct LexRange {
    gsize start, end;
} LexRange;

/* Splits @value, whose bytes must outlive the result. A parenthesis without its partner, an
 * unclosed quote, bracket or angle is ordinary text: what a client smuggles into its HELO must not
 * swallow what the server wrote behind it. */
LexList *lex_read(Span value);
void lex_free(LexList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LexList, lex_free)

/* The index behind lexeme @at, a whole comment counting as one. */
gsize lex_next(const LexList *list, gsize at);
/* What is inside the comment that opens at @open. */
LexRange lex_inside(const LexList *list, gsize open);
/* The bytes from the first to the last lexeme of @range, untouched; an empty span for none. */
Span lex_slice(const LexList *list, LexRange range);
/* The lexeme is the word @word, whatever its case. */
bool lex_is_word(const Lex *lex, const char *word);
/* The text without its brackets, angles or quotes; of a word, without "," at the end. */
Span lex_bare(const Lex *lex);
/* Reads the address in a literal or a bare word: "[192.0.2.1]", "[IPv6:...]", "192.0.2.1",
 * "192.0.2.1:25", "192.0.2.1.49152" (a port behind a dot, Exim 3) and
 * "192.0.2.1_trustedrelay". False if there is none. */
bool lex_address(const Lex *lex, Ip *out);

#endif
