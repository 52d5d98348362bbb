/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two words near each other that make a reason together: a thing and its state. */
#include "bounce/reason_pairs.h"

#include <string.h>

#include "bounce/reason_words.h"

/* How far in front of a pair the sender may stand for the pair to be about him: "domain of sender
 * address … does not exist". In words. */
#define SENDER_REACH 4

typedef struct Place {
    gsize at, end;       /* bytes */
    guint word, last;    /* words: the first and the last of it */
    guint front, behind; /* of a state: its reach */
    bool seen;
} Place;

typedef struct Pairing {
    Span text;
    const PhraseIndex *index;
    gsize counted; /* bytes up to which words are counted */
    guint word;
    Place things[THING_COUNT];
    Place states[STATE_COUNT];
    ReasonFound found;
} Pairing;

static guint words_in(const char *text)
{
    guint n = 1;
    for (const char *p = text; *p; p++)
        n += *p == ' ' && p[1];
    return n;
}

static Reason pair_reason(ReasonThing thing, ReasonState state)
{
    static const Reason reasons[THING_COUNT][STATE_COUNT] = {
        [THING_BOX] = {[STATE_ABSENT] = REASON_USER_UNKNOWN,
                       [STATE_CLOSED] = REASON_SUSPENDED,
                       [STATE_FULL] = REASON_MAILBOX_FULL},
        [THING_DOMAIN] = {[STATE_ABSENT] = REASON_HOST_UNKNOWN, [STATE_CLOSED] = REASON_SUSPENDED},
        [THING_HOST] = {[STATE_ABSENT] = REASON_HOST_UNKNOWN},
        [THING_SENDER] = {[STATE_ABSENT] = REASON_POLICY,
                          [STATE_CLOSED] = REASON_POLICY,
                          [STATE_REFUSED] = REASON_POLICY},
        [THING_QUOTA] =
            {[STATE_FULL] = REASON_MAILBOX_FULL, [STATE_EXCEEDED] = REASON_MAILBOX_FULL},
        [THING_MACHINE] = {[STATE_ABSENT] = REASON_SYSTEM},
        [THING_FORM] = {[STATE_ABSENT] = REASON_SYNTAX},
    };
    return reasons[thing][state];
}

/* The first pair decides, but a box that is full is there: "invalid mailbox: mailbox is full". */
static bool is_final(const Pairing *pairing)
{
    return pairing->found.reason == REASON_MAILBOX_FULL;
}

static void pair_found(Pairing *pairing, ReasonThing thing, ReasonState state)
{
    const Place *a = &pairing->things[thing], *b = &pairing->states[state];
    const Place *sender = &pairing->things[THING_SENDER];
    Reason reason = pair_reason(thing, state);
    guint first = MIN(a->word, b->word);
    bool of_sender = sender->seen && sender->last + SENDER_REACH >= first;
    if (reason == REASON_NONE)
        return;
    if (pairing->found.reason != REASON_NONE && (reason != REASON_MAILBOX_FULL || b->at < a->at))
        return;
    pairing->found.reason = of_sender && thing != THING_QUOTA ? REASON_POLICY : reason;
    pairing->found.at = MIN(a->at, b->at);
    pairing->found.n = MAX(a->end, b->end) - pairing->found.at;
}

/* A state: the nearest thing in front of it. */
static void state_seen(Pairing *pairing, ReasonState state)
{
    const Place *place = &pairing->states[state];
    int best = 0;
    for (int i = 1; i < THING_COUNT; i++) {
        const Place *thing = &pairing->things[i];
        if (thing->seen && thing->end <= place->at && thing->last + place->front >= place->word &&
            pair_reason((ReasonThing)i, state) != REASON_NONE &&
            (!best || thing->end > pairing->things[best].end))
            best = i;
    }
    if (best)
        pair_found(pairing, (ReasonThing)best, state);
}

static void thing_seen(Pairing *pairing, ReasonThing thing)
{
    const Place *place = &pairing->things[thing];
    for (int i = 1; i < STATE_COUNT && !is_final(pairing); i++) {
        const Place *state = &pairing->states[i];
        if (state->seen && state->end <= place->at && state->last + state->behind >= place->word)
            pair_found(pairing, thing, (ReasonState)i);
    }
}

static bool part_found(guint row, gsize at, void *data)
{
    Pairing *pairing = data;
    const Phrase *part = phrase_row(pairing->index, row);
    if (!phrase_begins_word(pairing->text, at))
        return true;
    for (; pairing->counted < at; pairing->counted++)
        pairing->word += pairing->text.p[pairing->counted] == ' ';
    Place place = {.at = at,
                   .end = at + strlen(part->text),
                   .word = pairing->word,
                   .last = pairing->word + words_in(part->text) - 1,
                   .front = (guint)part->means >> 8 & 0xf,
                   .behind = (guint)part->means >> 12 & 0xf,
                   .seen = true};
    guint state = (guint)part->means >> STATE_SHIFT & 0xf, thing = (guint)part->means & 0xf;
    if (state) {
        pairing->states[state] = place;
        state_seen(pairing, (ReasonState)state);
    } else {
        pairing->things[thing] = place;
        thing_seen(pairing, (ReasonThing)thing);
    }
    return !is_final(pairing);
}

ReasonFound reason_pair(Span text)
{
    static PhraseIndex *kept;
    Pairing pairing = {.text = text, .index = phrase_index_lists(reason_part_words, &kept)};
    phrase_scan(pairing.index, text, part_found, &pairing);
    return pairing.found;
}
