/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bounce says to people, in front of the returned message. Private to src/bounce. */
#ifndef NOTME_BOUNCE_BOUNCE_TEXT_H
#define NOTME_BOUNCE_BOUNCE_TEXT_H

#include "bounce/returned.h"
#include "bounce/source.h"
#include "words/text.h"

typedef struct BounceText {
    char *whole;   /* all text, the returned message with it; never NULL */
    Span human;    /* the piece of it in front of the returned message */
    char *folded;  /* @human by text_fold; never NULL */
    GArray *lines; /* of Line, of @human; readers of recipients mark those that they used */
    guint in_subject, in_text; /* sets of MEANS */
    bool announced;            /* words announce the returned message in the text */
} BounceText;

/* Cuts @whole, which it takes over, at @place. Fills @text; the caller clears it. */
void bounce_text_read(BounceText *text, const BounceSource *source, char *whole,
                      const ReturnedPlace *place);
void bounce_text_clear(BounceText *text);
/* The line @i. */
Line *bounce_text_line(const BounceText *text, guint i);

#endif
