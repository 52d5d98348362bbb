/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that give a reason, in the order in which they are asked. All are written as
 * reason_text writes; a word goes on behind a row's end ("exceed" is in "exceeded too") unless the
 * row ends with a blank, and none begins inside a word. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REASON_WORDS_H
#define NOTME_BOUNCE_REASON_WORDS_H

#include "bounce/bounce.h"
#include "words/phrases.h"

/* Beside the Reason in a list's means. */
enum {
    REASON_MASK = 0xff,
    ONLY_REPLY = 0x100,     /* one word that is a diagnosis in a reply, but may stand in any text */
    ONLY_PERMANENT = 0x200, /* says nothing where the refusal is for now (4yz) */
    SENDER_REFUSED = 0x400, /* what else is said may be the cause, unless it is of a recipient */
    NOT_REPLY = 0x1000,     /* says nothing in a refusal for good (5yz) */
    ONLY_PASSING = 0x2000,  /* says something only in a refusal for now (4yz) */
    OF_CODE = 0x800 /* what RFC 5321 says of the code: anything else that is said is the cause */
};

/* First row that fits decides. What leaves no doubt: reason_words_first.c.
 * A comment in front of words says from whom they are; "many" are more than three, "others" were
 * seen in bounces of those that the list names. */
extern const PhraseList reason_first_words[];
/* What leaves no doubt where nobody is said to be unknown, away or full: reason_words_next.c */
extern const PhraseList reason_next_words[];
/* What holds unless the status is more exact: reason_words_last.c */
extern const PhraseList reason_last_words[];
/* Refusals without a cause, where no status gives one either: reason_words_last.c */
extern const PhraseList reason_refusal_words[];
/* What the reporter says of the whole, where nothing else is said: reason_words_last.c */
extern const PhraseList reason_around_words[];
/* Lines with one of these are a footer that any mail may have: reason_words_last.c */
extern const PhraseList reason_footer_words[];

/* Two words near each other: what it is about and how it is ("mailbox" … "full"). In any order and
 * language, so that a few words make many sentences: reason_words_parts.c */
typedef enum ReasonThing {
    THING_BOX = 1, /* a user, an account, an address */
    THING_DOMAIN,
    THING_HOST,   /* no customer: not closed, but down */
    THING_SENDER, /* who sends: person, host, network */
    THING_QUOTA,
    THING_MACHINE, /* what a mail system is made of */
    THING_FORM,    /* of the protocol or a header */
    THING_COUNT
} ReasonThing;

typedef enum ReasonState {
    STATE_ABSENT = 1, /* unknown, not found, invalid */
    STATE_CLOSED,     /* disabled, suspended, expired */
    STATE_FULL,
    STATE_EXCEEDED, /* full only of a quota */
    STATE_REFUSED,  /* only of who sends */
    STATE_COUNT
} ReasonState;

/* The means of a part: a thing; or a state, and how many words away its thing may stand in front
 * of it and behind it. */
#define STATE_SHIFT                 4
#define STATE(state, front, behind) ((state) << STATE_SHIFT | (front) << 8 | (behind) << 12)

extern const PhraseList reason_part_words[];

#endif
