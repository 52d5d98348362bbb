/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases by which automatic mail is known, in the languages seen. Private to src/bounce. */
#ifndef NOTME_BOUNCE_PHRASES_H
#define NOTME_BOUNCE_PHRASES_H

typedef enum PhraseSet {
    PHRASE_BOUNCE_SUBJECT,
    PHRASE_BOUNCE_TEXT,
    PHRASE_DELAY,
    PHRASE_SUCCESS,
    PHRASE_VACATION,
    PHRASE_CHALLENGE,
    PHRASE_VIRUS,
    PHRASE_CONFIRM, /* subscriptions and tickets: automatic, but no bounce */
    PHRASE_RECEIPT,
    PHRASE_SET_COUNT
} PhraseSet;

/* The first phrase of @set that stands in @text (in lower case), or NULL. */
const char *phrase_find(PhraseSet set, const char *text);

#endif
