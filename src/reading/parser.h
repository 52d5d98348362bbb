/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one file of mail: the work of a parser process, and the same in the process itself where
 * none can be started. */
#ifndef NOTME_READING_PARSER_H
#define NOTME_READING_PARSER_H

#include "analysis/reading.h"
#include "config/config.h"
#include "reading/reader.h"

/* What is known of the file before it is read; travels to the parser. */
typedef struct Candidate {
    char *id; /* in the store; NULL: it is not there */
    char *file;
    guint files;
    gint64 timestamp;
    char *tags;
    char *word;      /* property notme.verdict, or NULL */
    bool finding;    /* the whole finding is wanted, not only the row; stays here */
    bool any;        /* also of messages that are no bounce or notice (then without a row) */
    TextWanted text; /* instead of all that: text for a person */
    bool alone;      /* told whatever was told before; stays here */
} Candidate;

/* What came out. */
typedef struct Parsed {
    Reading *reading; /* NULL: no bounce or notice, and others were not asked for */
    char *sha256;
    char *text; /* safe for a terminal */
} Parsed;

Candidate *candidate_new(const char *id, const char *file);
void candidate_free(Candidate *candidate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Candidate, candidate_free)
json_t *candidate_to_json(const Candidate *candidate);
Candidate *candidate_from_json(const json_t *json);

/* Reads @fd. @dkim_keys as in Identity. Never NULL; {"error": why} where it cannot be read. */
json_t *parser_read(int fd, const Candidate *candidate, const GPtrArray *dkim_keys);
/* The first frame to a parser, and a request; the caller owns them. */
GByteArray *parser_hello(const Config *config);
/* The first frame to a parser that makes lines (reading/line.h), judged by @config's identity. Its
 * requests are empty; its answers are a LineStatus (one byte), then the line, or why there is none.
 */
GByteArray *parser_hello_lines(const Config *config, const char *format, const char *fields);
GByteArray *parser_request(const Candidate *candidate);
/* Reads what a parser answered for @candidate. NULL with @why (the caller frees it) where it says
 * that the file cannot be read, or is rubbish. */
Parsed *parsed_read(Span answer, const Candidate *candidate, char **why);
void parsed_free(Parsed *parsed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Parsed, parsed_free)

/* The value of the reviewer's word where it is for this very file, else VERDICT_NONE. */
VerdictValue word_value(const char *word, const char *sha256);

#endif
