/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reading: what one message says, whoever is asking. It knows no identity; what it means for
 * somebody is a judgement (judgement.h). Made once from the bytes, never changed after that, shared
 * by reference. */
#ifndef NOTME_ANALYSIS_READING_H
#define NOTME_ANALYSIS_READING_H

#include "bounce/bounce.h"
#include "trace/trace.h"

typedef struct Reading {
    guint refs;       /* of reading_ref; not for several threads */
    char *message_id; /* of the message itself, without brackets, or NULL */
    char *from;       /* From as a person reads it (decoded), or NULL */
    char *subject;    /* decoded, or NULL */
    gint64 date;      /* Date header, TIME_NONE */
    char *sha256;     /* of the file's bytes, hex, where asked for, else NULL: the reviewer's word
                         belongs to it */
    Bounce *bounce;   /* with the headers that rules look at, or all where asked for */
    GPtrArray *outer; /* of Hop: its own Received lines, newest first */
    GPtrArray *returned; /* of Hop: the returned message's; empty where kind is none */
    /* what the walk takes; points into the rest */
    TraceInput input;
    TraceClaim *claims;
    TraceHeader *headers; /* those of the message, and behind them the returned one's */
    bool borrows;         /* its texts are those of the bytes that it was unpacked from */
} Reading;

/* What is dear and seldom wanted. */
typedef enum ReadingWants {
    READING_HASH = 1 << 0, /* sha256 */
    READING_WORDS = 1 << 1 /* all headers of both messages, the Received lines as they stand and the
                              text, for complaints that pass them on */
} ReadingWants;

/* Reads a message. @dkim_keys (of char *, as in Identity; may be NULL) are the keys by which
 * signatures on the returned message are looked at. Never NULL. Pure: no files, no clock. */
Reading *reading_make(const char *bytes, gsize length, const GPtrArray *dkim_keys, guint wants);
Reading *reading_ref(const Reading *reading);
void reading_unref(Reading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_unref)

/* The message ids that In-Reply-To and References of the returned message name, at most 20 (of
 * char *). The caller unrefs the array. */
GPtrArray *reading_references(const Reading *reading);
/* The id of the message that it answers: the returned one's; a machine that answers for a person
 * returns nothing, but says it in In-Reply-To. NULL for none; the caller frees it. */
char *reading_answered_id(const Reading *reading);

/* Over the wire (reading_wire.c): packed. */
void reading_pack(GByteArray *to, const Reading *reading);
/* NULL if @bytes are no reading. A parser process may have been taken over by its input: everything
 * is checked. */
Reading *reading_unpack(Span bytes);
/* The same of @bytes that were unpacked once before, and which it borrows its texts from: neither
 * checked nor copied, and so for half the price. */
Reading *reading_unpack_known(Span bytes);

#endif
