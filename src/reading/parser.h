/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser: bytes from a descriptor in, what they say out. Its process is confined before the
 * first byte of mail; what it answers is believed by nobody. */
#ifndef NOTME_READING_PARSER_H
#define NOTME_READING_PARSER_H

#include "analysis/reading.h"
#include "config/config.h"
#include "message/likeness.h"
#include "work/frame.h"

/* What is wanted of one message. */
typedef enum ParserWant {
    WANT_READING,
    WANT_SOURCE,   /* as text for a person */
    WANT_TEXT,     /* its text parts, decoded, likewise */
    WANT_RETURNED, /* the message that it brings back, likewise */
    WANT_HEADERS,  /* its header fields as they stand */
    WANT_LIKENESS,
    WANT_COUNT
} ParserWant;

typedef struct ParserWish {
    ParserWant what;
    bool any;   /* readings of messages that are no bounce or notice, too */
    guint more; /* ReadingWants */
} ParserWish;

/* What came out; what was not wished for is NULL. */
typedef struct Parsed {
    Reading *reading;   /* NULL also: no bounce or notice */
    char *sha256;       /* of the file, where READING_HASH asked for it */
    char *text;         /* safe for a terminal */
    GPtrArray *headers; /* of Header */
    Likeness likeness;
} Parsed;

/* The first frame to a parser that reads. The caller owns it, and the next. */
GByteArray *parser_hello(const Config *config);
GByteArray *parser_request(ParserWish wish);
/* What a parser answered to @wish. NULL with @why (the caller frees it) where it says that the file
 * cannot be read, or is rubbish. */
Parsed *parsed_read(Span answer, ParserWish wish, char **why);
/* The reading in @answer, which parsed_read took before, and whose bytes it borrows; NULL: there is
 * none. */
Reading *parsed_reading_known(Span answer);
void parsed_free(Parsed *parsed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Parsed, parsed_free)

/* The first frame to a parser that makes lines (reading/line.h), judged by @config's identity. Its
 * requests are empty; its answers are a LineStatus (one byte), then the line, or why there is none.
 */
GByteArray *parser_hello_lines(const Config *config, const char *format, const char *fields);

/* The body of the "parser" worker. */
int parser_body(FrameLink *link);

#endif
