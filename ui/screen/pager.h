/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolls a doc: position and search. */
#ifndef NOTME_UI_SCREEN_PAGER_H
#define NOTME_UI_SCREEN_PAGER_H

#include "keymap/action.h"
#include "screen/doc.h"

typedef struct Pager {
    Doc *doc; /* owned; NULL: nothing yet */
    int top, height;
    int match; /* line of the last match */
    char *needle;
} Pager;

void pager_clear(Pager *pager);
/* Takes @doc; stays where it is unless @rewind. */
void pager_set(Pager *pager, Doc *doc, bool rewind);
void pager_resize(Pager *pager, int height);
bool pager_act(Pager *pager, ActionId action);
/* False if there is no match. */
bool pager_find(Pager *pager, const char *needle, int by, bool from_here);
/* The line of the match in sight, else the first line shown; and back there. */
guint pager_spot(const Pager *pager);
void pager_go_spot(Pager *pager, guint spot);
void pager_draw(const Pager *pager, Screen *screen, int x, int y, int width);
/* "all", "top", "45 %", "end". */
void pager_place(const Pager *pager, char place[16]);

#endif
