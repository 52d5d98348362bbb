/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrolling and searching in a doc. */
#include "screen/pager.h"

#include <stdio.h>
#include <string.h>

#include "base/needle.h"

void pager_clear(Pager *pager)
{
    doc_free(pager->doc);
    g_free(pager->needle);
    memset(pager, 0, sizeof *pager);
}

static void settle(Pager *pager)
{
    int lines = pager->doc ? doc_lines(pager->doc) : 0;
    pager->top = CLAMP(pager->top, 0, MAX(lines - pager->height, 0));
}

void pager_set(Pager *pager, Doc *doc, bool rewind)
{
    doc_free(pager->doc);
    pager->doc = doc;
    if (rewind)
        pager->top = pager->match = 0;
    settle(pager);
}

void pager_resize(Pager *pager, int height)
{
    pager->height = MAX(height, 1);
    settle(pager);
}

bool pager_act(Pager *pager, ActionId action)
{
    static const struct {
        ActionId action;
        int lines, halves; /* to move by */
    } moves[] = {
        {ACTION_NEXT, 1, 0},          {ACTION_PREVIOUS, -1, 0},   {ACTION_PAGE_DOWN, -1, 2},
        {ACTION_PAGE_UP, 1, -2},      {ACTION_HALF_DOWN, 0, 1},   {ACTION_HALF_UP, 0, -1},
        {ACTION_FIRST, -10000000, 0}, {ACTION_LAST, 10000000, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(moves); i++) {
        if (moves[i].action != action)
            continue;
        int by = moves[i].lines + moves[i].halves * pager->height / 2;
        pager->top += by ? by : moves[i].halves;
        settle(pager);
        return true;
    }
    return false;
}

bool pager_find(Pager *pager, const char *needle, int by, bool from_here)
{
    int lines = pager->doc ? doc_lines(pager->doc) : 0;
    g_autofree char *kept = g_strdup(needle);
    g_free(pager->needle);
    pager->needle = g_steal_pointer(&kept);
    bool seen = pager->match >= pager->top && pager->match < pager->top + pager->height;
    int start = seen && !from_here ? pager->match : pager->top;
    for (int d = seen && !from_here ? 1 : 0; d <= lines && lines; d++) {
        int at = ((start + by * d) % lines + lines) % lines;
        g_autofree char *text = doc_line_text(pager->doc, at);
        if (needle_in(pager->needle, text)) {
            pager->match = at;
            if (at < pager->top || at >= pager->top + pager->height)
                pager->top = at - pager->height / 3;
            settle(pager);
            return true;
        }
    }
    return false;
}

static bool line_shown(const Pager *pager, int line)
{
    return line >= pager->top && line < pager->top + pager->height;
}

guint pager_spot(const Pager *pager)
{
    return (guint)(line_shown(pager, pager->match) ? pager->match : pager->top);
}

void pager_go_spot(Pager *pager, guint spot)
{
    if (!line_shown(pager, (int)spot))
        pager->top = (int)spot;
    pager->match = (int)spot;
    settle(pager);
}

void pager_draw(const Pager *pager, Screen *screen, int x, int y, int width)
{
    if (pager->doc)
        doc_draw(pager->doc, screen, x, y, width, pager->height, pager->top, pager->needle);
}

void pager_place(const Pager *pager, char place[16])
{
    int lines = pager->doc ? doc_lines(pager->doc) : 0, below = lines - pager->height;
    if (below <= 0)
        strcpy(place, "all");
    else if (pager->top == 0)
        strcpy(place, "top");
    else if (pager->top >= below)
        strcpy(place, "end");
    else
        snprintf(place, 16, "%d %%", pager->top * 100 / below);
}
