/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list widget. */
#include "screen/list.h"

#include <string.h>

#include "base/count.h"

enum { SHORT_CURSOR = 10 }; /* in the list of cases: from the sign to the date */

struct List {
    const ListClient *client;
    gpointer data;
    GArray *order; /* of guint */
    guint position, top;
    guint above;  /* items that came in above @top, and were not seen yet */
    bool chosen;  /* other items are wanted: those that the next rebuild brings did not come in */
    bool watched; /* the user has moved since all came anew: what comes is new to him */
    int height;
    char *id;     /* of the item under the cursor, or NULL */
    bool moved;   /* the user has moved the cursor: till then what he chooses begins at its top */
    char *lost;   /* went away under the cursor; gone back to if it returns before the user moves */
    char *wanted; /* was asked for, or comes anew: gone to when it is there; NULL: nothing was */
    bool away;    /* ... and till then nothing is under the cursor */
    guint back;   /* where it was then */
};

List *list_new(const ListClient *client, gpointer data)
{
    List *list = g_new0(List, 1);
    list->client = client;
    list->data = data;
    list->order = g_array_new(FALSE, FALSE, sizeof(guint));
    list->height = 1;
    return list;
}

void list_free(List *list)
{
    if (!list)
        return;
    g_array_unref(list->order);
    g_free(list->id);
    g_free(list->lost);
    g_free(list->wanted);
    g_free(list);
}

guint list_count(const List *list)
{
    return list->order->len;
}

guint list_item(const List *list, guint position)
{
    return g_array_index(list->order, guint, position);
}

int list_current(const List *list)
{
    return list->order->len && !list->away ? (int)list_item(list, list->position) : -1;
}

guint list_position(const List *list)
{
    return list->position;
}

void list_place(const List *list, char text[LIST_PLACE_SIZE])
{
    char at[COUNT_SIZE], all[COUNT_SIZE];
    g_snprintf(text, LIST_PLACE_SIZE, "%s/%s", count_text(list->position + 1, at),
               count_text(list->order->len, all));
}

guint list_top(const List *list)
{
    return list->top;
}

guint list_above(const List *list)
{
    return list->above;
}

const char *list_id(const List *list)
{
    return list->wanted ? list->wanted : list->id;
}

/* Keeps the cursor on the screen, and no empty lines below while there are items above. */
static void scroll(List *list)
{
    guint height = (guint)list->height, count = list->order->len;
    if (list->position < list->top)
        list->top = list->position;
    if (list->position >= list->top + height)
        list->top = list->position - height + 1;
    if (list->top + height > count)
        list->top = count > height ? count - height : 0;
    list->above = MIN(list->above, list->top);
}

/* The position of the item with @id, looked for around @near first; -1 if it is not there. */
static int position_of(const List *list, const char *id, guint near)
{
    guint count = list->order->len;
    for (guint d = 0; d <= count; d++) {
        const guint at[2] = {near + d, near - d};
        for (guint k = 0; k < 2; k++)
            if (at[k] < count &&
                g_strcmp0(list->client->id(list->data, list_item(list, at[k])), id) == 0)
                return (int)at[k];
    }
    return -1;
}

static void remember(List *list)
{
    int item = list_current(list);
    const char *id = item < 0 ? NULL : list->client->id(list->data, (guint)item);
    if (g_strcmp0(id, list->id) == 0)
        return;
    g_free(list->id);
    list->id = g_strdup(id);
}

static void want_none(List *list)
{
    g_clear_pointer(&list->lost, g_free);
    g_clear_pointer(&list->wanted, g_free);
    list->away = false;
}

/* To where the cursor belongs: on what it had lost or waits for, if that is there, else on what it
 * was on. False: none of them is there. */
static bool go_home(List *list)
{
    char *const ids[] = {list->lost, list->wanted, list->id};
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        int found = ids[i] ? position_of(list, ids[i], list->position) : -1;
        if (found < 0)
            continue;
        list->position = (guint)found;
        if (ids[i] == list->lost)
            want_none(list);
        else if (ids[i] == list->wanted)
            g_clear_pointer(&list->wanted, g_free);
        list->away = false;
        remember(list);
        return true;
    }
    return false;
}

/* What the cursor was on is gone: what is there now has it. */
static void lose(List *list)
{
    list->position = MIN(list->position, list->order->len - 1);
    if (list->away)
        return;
    if (!list->lost)
        list->lost = g_steal_pointer(&list->id);
    remember(list);
}

void list_rebuild(List *list)
{
    guint old_row = list->position - MIN(list->top, list->position);
    guint old_top = list->top, old_count = list->order->len;
    g_array_set_size(list->order, 0);
    list->client->order(list->data, list->order);
    bool asked = list->wanted != NULL;
    if (list->chosen && !list->moved && !asked) {
        list->position = list->top = old_row = 0;
        g_clear_pointer(&list->id, g_free);
        want_none(list);
    }
    if (go_home(list)) {
        /* The line stays where it was on the screen. */
        bool at_top = list->top == 0 || asked;
        list->top = list->position - MIN(old_row, list->position);
        /* who looks at the top sees what comes in there */
        if (list->position < (guint)list->height && at_top)
            list->top = 0;
        /* what is sorted anew did not come in */
        guint came = list->order->len > old_count ? list->order->len - old_count : 0;
        list->above = list->chosen ? 0 : list->above;
        list->above += list->watched && old_count && !list->chosen
                           ? MIN(came, list->top - MIN(old_top, list->top))
                           : 0;
    } else if (list->order->len) {
        lose(list);
    } else {
        list_hold(list);
        list->position = 0;
    }
    list->chosen = false;
    scroll(list);
}

void list_choose(List *list)
{
    list->chosen = true;
}

void list_go(List *list, guint position)
{
    if (list->order->len == 0)
        return; /* what is waited for is not forgotten */
    list->position = MIN(position, list->order->len - 1);
    list->moved = list->watched = true;
    want_none(list);
    remember(list);
    scroll(list);
}

void list_go_id(List *list, const char *id)
{
    int found = id ? position_of(list, id, list->position) : -1;
    if (found >= 0) {
        list_go(list, (guint)found);
        return;
    }
    g_free(list->wanted);
    list->wanted = g_strdup(id);
}

void list_hold(List *list)
{
    if (!list->away)
        list->back = list->position;
    if (!list->wanted)
        list->wanted = g_steal_pointer(&list->id);
    g_clear_pointer(&list->id, g_free);
    list->away = list->wanted != NULL;
    list->watched = false;
    list->above = 0;
    g_array_set_size(list->order, 0); /* its numbers mean other items from now on */
}

void list_settle(List *list)
{
    if (!list->away || list->order->len == 0)
        return;
    list->away = false;
    list->position = MIN(list->back, list->order->len - 1);
    remember(list);
    scroll(list);
}

void list_move(List *list, int by)
{
    gint64 position = (gint64)list->position + by;
    list_go(list, position < 0 ? 0 : (guint)position);
}

/* A page moves what is seen, and leaves one line of the old. */
static void page(List *list, int by)
{
    guint row = list->position - list->top;
    list_move(list, by);
    list->top = list->position - MIN(row, list->position);
    scroll(list);
}

bool list_act(List *list, ActionId action)
{
    int whole = MAX(list->height - 1, 1), half = MAX(list->height / 2, 1);
    switch (action) {
    case ACTION_NEXT:
        list_move(list, 1);
        return true;
    case ACTION_PREVIOUS:
        list_move(list, -1);
        return true;
    case ACTION_PAGE_DOWN:
        page(list, whole);
        return true;
    case ACTION_PAGE_UP:
        page(list, -whole);
        return true;
    case ACTION_HALF_DOWN:
        page(list, half);
        return true;
    case ACTION_HALF_UP:
        page(list, -half);
        return true;
    case ACTION_FIRST:
        list_go(list, 0);
        return true;
    case ACTION_LAST:
        list_go(list, G_MAXUINT);
        return true;
    default:
        return false;
    }
}

bool list_find(List *list, const char *needle, int by, bool from_here)
{
    guint count = list->order->len;
    for (guint d = from_here ? 0 : 1; d <= count && count; d++) {
        guint at = (by > 0 ? list->position + d : list->position + count - d % count) % count;
        if (list->client->matches(list->data, list_item(list, at), needle)) {
            list_go(list, at);
            return true;
        }
    }
    return false;
}

void list_resize(List *list, int height)
{
    list->height = MAX(height, 1);
    scroll(list);
}

void list_draw(const List *list, Screen *screen, int x, int y, int width)
{
    for (int row = 0; row < list->height; row++) {
        guint at = list->top + (guint)row;
        if (at >= list->order->len)
            break;
        if (at == list->position && !list->away) {
            screen_select(screen, x, y + row, x + (screen->short_cursor ? SHORT_CURSOR : width));
            screen_put(screen, x, y + row, x + width, glyph_text(GLYPH_CURSOR, screen->utf8),
                       ROLE_CURSOR);
            screen->cursor_x = x;
            screen->cursor_y = y + row;
        }
        list->client->draw(list->data, list_item(list, at), screen, x + 1, y + row, x + width);
    }
}

int list_at(const List *list, int row)
{
    guint at = list->top + (guint)row;
    return row >= 0 && row < list->height && at < list->order->len ? (int)at : -1;
}
