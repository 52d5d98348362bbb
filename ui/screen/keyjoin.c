/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining the pieces of keys. */
#include "screen/keyjoin.h"

#include <stdlib.h>
#include <string.h>

enum { ESC = 0x1b };

static const struct {
    char final;
    Key key;
} finals[] = {
    {'A', KEY_UP_ARROW}, {'B', KEY_DOWN_ARROW}, {'C', KEY_RIGHT_ARROW}, {'D', KEY_LEFT_ARROW},
    {'H', KEYCAP_HOME},  {'F', KEYCAP_END},     {'Z', KEY_BACK_TAB},    {'P', KEY_F_0 + 1},
    {'Q', KEY_F_0 + 2},  {'R', KEY_F_0 + 3},    {'S', KEY_F_0 + 4},     {'M', '\r'},
};

/* ESC [ NUMBER ~ */
static const struct {
    int number;
    Key key;
} tildes[] = {
    {1, KEYCAP_HOME},  {2, KEYCAP_INSERT}, {3, KEYCAP_DELETE}, {4, KEYCAP_END},
    {5, KEY_PAGE_UP},  {6, KEY_PAGE_DOWN}, {7, KEYCAP_HOME},   {8, KEYCAP_END},
    {11, KEY_F_0 + 1}, {12, KEY_F_0 + 2},  {13, KEY_F_0 + 3},  {14, KEY_F_0 + 4},
    {15, KEY_F_0 + 5}, {17, KEY_F_0 + 6},  {18, KEY_F_0 + 7},  {19, KEY_F_0 + 8},
    {20, KEY_F_0 + 9}, {21, KEY_F_0 + 10}, {23, KEY_F_0 + 11}, {24, KEY_F_0 + 12},
};

/* The key that a whole sequence stands for; 0: none that is known. A modifier (";5") is passed over
 * with the key it changes: better no key than another one. */
static Key sequence_key(const KeyJoin *join)
{
    char final = join->text[join->length - 1];
    bool modified = memchr(join->text, ';', join->length) != NULL;
    if (modified)
        return 0;
    if (final == '~') {
        int number = atoi(join->text + 1);
        for (gsize i = 0; i < G_N_ELEMENTS(tildes); i++)
            if (tildes[i].number == number)
                return tildes[i].key;
        return 0;
    }
    for (gsize i = 0; join->length == 2 && i < G_N_ELEMENTS(finals); i++)
        if (finals[i].final == final && (final != 'M' || join->text[0] == 'O'))
            return finals[i].key;
    return 0;
}

static void enter(KeyJoin *join, int state, gint64 now)
{
    join->state = state;
    join->since = now;
    join->length = 0;
    join->late = false;
}

static void sequence_put(KeyJoin *join, Key key, gint64 now, KeyJoinOut out, gpointer data)
{
    if (key == ESC) {
        enter(join, JOIN_ESC, now); /* the old one never came to its end */
        return;
    }
    if (key < 0x20 || key > 0x7e || join->length >= sizeof join->text - 1) {
        enter(join, JOIN_NOTHING, now);
        return;
    }
    join->text[join->length++] = (char)key;
    join->text[join->length] = '\0';
    join->since = now;
    if (join->length < 2 || key < 0x40 || (join->length == 2 && key == '['))
        return;
    Key whole = sequence_key(join);
    bool typed = !whole && join->late && join->text[0] == 'O';
    enter(join, JOIN_NOTHING, now);
    if (typed)
        out('O', data); /* two keys behind an ESC after all */
    if (typed || whole)
        out(typed ? key : whole, data);
}

static bool opens_sequence(Key key)
{
    return key == '[' || key == 'O';
}

void keyjoin_put(KeyJoin *join, Key key, gint64 now, KeyJoinOut out, gpointer data)
{
    keyjoin_tick(join, now, out, data);
    if (join->state == JOIN_SEQUENCE) {
        sequence_put(join, key, now, out, data);
    } else if (join->state == JOIN_ESC) {
        enter(join, JOIN_NOTHING, now);
        if (opens_sequence(key)) {
            enter(join, JOIN_SEQUENCE, now);
            sequence_put(join, key, now, out, data);
        } else if (key == ESC) {
            enter(join, JOIN_ESC, now);
            out(ESC, data);
        } else {
            out(key | KEY_META, data);
        }
    } else if (key == ESC) {
        enter(join, JOIN_ESC, now);
    } else if (opens_sequence(key) && join->escaped && now - join->escaped < JOIN_LATE) {
        /* So late that the ESC was given out already: the rest is still no text. */
        enter(join, JOIN_SEQUENCE, now);
        join->late = true;
        sequence_put(join, key, now, out, data);
    } else {
        join->escaped = 0;
        out(key, data);
    }
}

int keyjoin_wait(const KeyJoin *join, gint64 now)
{
    gint64 limit = join->state == JOIN_ESC ? JOIN_ESC_WAIT : JOIN_SEQUENCE_WAIT;
    if (join->state == JOIN_NOTHING)
        return -1;
    return (int)CLAMP(join->since + limit - now, 0, limit);
}

void keyjoin_tick(KeyJoin *join, gint64 now, KeyJoinOut out, gpointer data)
{
    if (join->state == JOIN_NOTHING || keyjoin_wait(join, now) > 0)
        return;
    bool esc = join->state == JOIN_ESC;
    enter(join, JOIN_NOTHING, now);
    if (esc) {
        join->escaped = MAX(now, 1);
        out(ESC, data);
    }
}
