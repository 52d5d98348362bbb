/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins what the terminal sent in pieces. An arrow key is ESC [ C: on a slow line the ESC may come
 * alone and the rest later, and "C" by itself would be an action. Pure: time is given, so that it
 * can be tested without a terminal. */
#ifndef NOTME_UI_SCREEN_KEYJOIN_H
#define NOTME_UI_SCREEN_KEYJOIN_H

#include "keymap/keymap.h"

typedef struct KeyJoin {
    enum { JOIN_NOTHING, JOIN_ESC, JOIN_SEQUENCE } state;
    bool late;      /* the sequence began after its ESC was given out */
    gint64 since;   /* milliseconds, when the state was entered */
    gint64 escaped; /* when an ESC was last given out as a key of its own; 0 never */
    char text[32];  /* of the sequence, behind ESC */
    guint length;
} KeyJoin;

enum {
    JOIN_ESC_WAIT = 400,      /* an ESC is held back so long, to see whether more comes */
    JOIN_LATE = 2000,         /* and what comes so long after it still belongs to it */
    JOIN_SEQUENCE_WAIT = 2000 /* pieces of one sequence */
};

typedef void (*KeyJoinOut)(Key key, gpointer data);

/* Takes one key at time @now; gives out none, one or two. */
void keyjoin_put(KeyJoin *join, Key key, gint64 now, KeyJoinOut out, gpointer data);
/* Milliseconds until keyjoin_tick has to be called, or -1. */
int keyjoin_wait(const KeyJoin *join, gint64 now);
void keyjoin_tick(KeyJoin *join, gint64 now, KeyJoinOut out, gpointer data);

#endif
