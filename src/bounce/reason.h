/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was not delivered. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REASON_H
#define NOTME_BOUNCE_REASON_H

#include "bounce/bounce.h"
#include "bounce/phrases.h"

/* Tables of the words that give a reason; the first row that fits decides. */
extern const Phrase reason_plain_words[];   /* reason_words_plain.c */
extern const Phrase reason_other_words[];   /* reason_words_other.c */
extern const Phrase reason_context_words[]; /* reason_words_other.c */

/* What the text around the diagnostics says; looked at once for all recipients. */
typedef struct ReasonContext {
    Reason words; /* as of a diagnostic */
    Reason last;  /* where nothing else says it */
    guint means;  /* set of MEANS */
    BounceKind kind;
} ReasonContext;

ReasonContext reason_context(Span text, BounceKind kind);
/* Completes reply code and status of @recipient from its diagnostic; sets reason and permanent. */
void reason_decide(Recipient *recipient, const ReasonContext *context);

#endif
