/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was not delivered. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REASON_H
#define NOTME_BOUNCE_REASON_H

#include "bounce/bounce.h"

/* What the text around the diagnostics says; looked at once for all recipients. */
typedef struct ReasonContext {
    Span text;     /* lives as long as this */
    bool looked;   /* the rest is known */
    Reason words;  /* as of a diagnostic */
    char said[80]; /* and the words themselves */
    Reason last;   /* where nothing else says it */
    guint means;   /* set of MEANS */
    BounceKind kind;
} ReasonContext;

ReasonContext reason_context(Span text, BounceKind kind);
/* Completes reply code and status of @recipient from its diagnostic; sets reason, what decided it,
 * and permanent. */
void reason_decide(Recipient *recipient, ReasonContext *context);

#endif
