/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one list widget: cases, groups and jobs are its clients. It holds an order of item numbers
 * and the cursor by the item's stable id, so that the cursor stays on its item when others come and
 * go. It is made anew from the client's order whenever that changed: nothing is kept in step. */
#ifndef NOTME_UI_SCREEN_LIST_H
#define NOTME_UI_SCREEN_LIST_H

#include "keymap/action.h"
#include "screen/cells.h"

typedef struct ListClient {
    /* Appends the numbers of the items to show, in their order. */
    void (*order)(gpointer data, GArray *order);
    /* The stable id of an item; borrowed. */
    const char *(*id)(gpointer data, guint item);
    void (*draw)(gpointer data, guint item, Screen *screen, int x, int y, int end);
    bool (*matches)(gpointer data, guint item, const char *needle);
} ListClient;

typedef struct List List;

enum { LIST_PLACE_SIZE = 64 };

List *list_new(const ListClient *client, gpointer data);
void list_free(List *list);
/* Asks the client for the order again; the cursor stays on its item, moved or not, or goes to the
 * one that has taken its place; if the user has not moved it when that item is back, it is on it
 * again. */
void list_rebuild(List *list);
/* The user wants other items than before: what the next list_rebuild brings did not come in, and a
 * cursor that he has not moved begins at their top. */
void list_choose(List *list);
guint list_count(const List *list);
/* The item at a position; position < list_count. */
guint list_item(const List *list, guint position);
/* The item under the cursor, or -1 if the list is empty, or held and that item not back. */
int list_current(const List *list);
guint list_position(const List *list);
/* "3/412": where the cursor is, of how many. */
void list_place(const List *list, char text[LIST_PLACE_SIZE]);
void list_go(List *list, guint position);
/* Puts the cursor on the item with @id where there is one, else when one comes. */
void list_go_id(List *list, const char *id);
/* The items come anew: there are none until list_rebuild, and the one under the cursor is waited
 * for. Till it is there, or the user moves, nothing is under the cursor: no key acts on what only
 * came sooner. */
void list_hold(List *list);
/* All are there: the cursor is where it was, on what is there now. What is waited for may still
 * come with other items, till the user moves. */
void list_settle(List *list);
void list_move(List *list, int by);
/* Movement actions; false if @action is none of them. */
bool list_act(List *list, ActionId action);
/* To the next match in direction @by (1 or -1), going round; @from_here: the current counts too.
 * False if there is none. */
bool list_find(List *list, const char *needle, int by, bool from_here);
/* How many rows it has on the screen: pages and scrolling go by that. */
void list_resize(List *list, int height);
guint list_top(const List *list);
/* Items that came in above what is on the screen, and were not scrolled to since. */
guint list_above(const List *list);
/* The stable id of the item under the cursor, or that is waited for; NULL: none. Borrowed. */
const char *list_id(const List *list);
void list_draw(const List *list, Screen *screen, int x, int y, int width);
/* The position shown in screen row @row of the list, or -1. */
int list_at(const List *list, int row);

#endif
