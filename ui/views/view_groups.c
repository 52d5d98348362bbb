/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups: one row a group, with its verdicts, its time and a histogram; every action works on the
 * whole group. This is where ten thousand cases become twenty decisions. */
#include <string.h>

#include "views/view_groups.h"

#include "base/count.h"
#include "draw/draw_group.h"
#include "model/group_sort.h"
#include "stage/empty.h"
#include "stage/header.h"
#include "views/view_review.h"

enum {
    HEADS_FROM = 16,  /* lines of the screen: the columns have heads */
    PREVIEW_FROM = 20 /* ... and there is a preview of the group under the cursor */
};

typedef struct Groups {
    View view;
    List *list;
    GroupBy by;
    Scope *within; /* NULL: all */
    char *path;    /* of it, or NULL */
    GroupSort sort;
    bool reverse;
    char order[32];    /* the sort in words */
    GPtrArray *groups; /* of Group */
    GroupColumns columns;
    int heads; /* lines of the columns' heads: 0 or 1 */
    int list_height;
    Doc *preview;  /* of the group under the cursor, or NULL: no room */
    Warned warned; /* rows with a warning */
    bool stale;
    guint choice; /* of the model, that was shown last; 0: none, or divided or sorted otherwise */
} Groups;

static const Row *row_at(gconstpointer data, guint i)
{
    return model_row(data, i);
}

static void regroup(Groups *self)
{
    Model *model = self->view.app->model;
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    model_count(model);
    model_order(model, self->within, order);
    self->warned = (Warned){0};
    for (guint i = 0; i < order->len; i++)
        warned_add(&self->warned, row_at(model, g_array_index(order, guint, i)));
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    self->groups = rows_group(order, row_at, model, self->by);
    groups_sort(self->groups, self->sort, self->reverse);
    app_relist(self->view.app, self->list, &self->choice);
    self->stale = false;
}

static const Group *group_at(const Groups *self, guint item)
{
    return self->groups->pdata[item];
}

static void client_order(gpointer data, GArray *order)
{
    for (guint i = 0; i < ((Groups *)data)->groups->len; i++)
        g_array_append_val(order, i);
}

static const char *client_id(gpointer data, guint item)
{
    return group_at(data, item)->key;
}

static bool client_matches(gpointer data, guint item, const char *needle)
{
    return strstr(group_at(data, item)->key, needle) != NULL;
}

static bool all_marked(const Groups *self, const Group *group)
{
    for (guint i = 0; i < group->rows->len; i++)
        if (!model_marked(self->view.app->model, g_array_index(group->rows, guint, i)))
            return false;
    return true;
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const Groups *self = data;
    const Group *group = group_at(self, item);
    const GroupLine line = {x, y, end, all_marked(self, group), self->view.app->reading};
    group_draw(group, &self->columns, screen, &line);
}

static const ListClient client = {
    .order = client_order,
    .id = client_id,
    .draw = client_draw,
    .matches = client_matches,
};

static void groups_free(View *view)
{
    Groups *self = (Groups *)view;
    list_free(self->list);
    doc_free(self->preview);
    scope_free(self->within);
    g_free(self->path);
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    g_free(self);
}

static void groups_choose(View *view)
{
    Groups *self = (Groups *)view;
    if (self->choice != view->app->model->choice)
        regroup(self);
}

static void groups_recalc(View *view, int width, int height)
{
    Groups *self = (Groups *)view;
    if (self->stale)
        regroup(self);
    self->columns = group_columns(self->groups, width);
    self->heads = height + 1 >= HEADS_FROM;
    int item = list_current(self->list);
    g_clear_pointer(&self->preview, doc_free);
    if (height + 1 >= PREVIEW_FROM && item >= 0)
        self->preview = group_preview(group_at(self, (guint)item), view->app->model, width,
                                      view->app->screen->utf8);
    int below = self->preview ? doc_lines(self->preview) + 1 : 0;
    self->list_height = height - 1 - self->heads - below;
    list_resize(self->list, self->list_height);
}

static void preview_draw(const Groups *self, Screen *screen, int y, int height)
{
    char place[LIST_PLACE_SIZE];
    list_place(self->list, place);
    header_rule(screen, y, NULL, NULL, place);
    doc_draw(self->preview, screen, 0, y + 1, screen->width, height - y - 1, 0, NULL);
}

static void groups_draw(const View *view, Screen *screen, int height)
{
    const Groups *self = (const Groups *)view;
    guint counts[VERDICT_COUNT] = {0};
    for (guint i = 0; i < self->groups->len; i++)
        for (int v = 0; v < VERDICT_COUNT; v++)
            counts[v] += group_at(self, i)->verdicts[v];
    guint count = list_count(self->list);
    char number[COUNT_SIZE];
    g_autofree char *title = self->path
                                 ? g_strdup_printf("%s by %s", self->path, group_name(self->by))
                                 : g_strdup_printf("%s group%s by %s", count_text(count, number),
                                                   count == 1 ? "" : "s", group_name(self->by));
    header_draw(view->app, screen, title, counts, &self->warned);
    if (self->heads)
        group_heads_draw(&self->columns, group_name(self->by), screen, 1);
    list_draw(self->list, screen, 0, 1 + self->heads, screen->width);
    if (list_count(self->list) == 0)
        empty_draw(view->app, screen, self->within, height);
    if (self->preview)
        preview_draw(self, screen, 1 + self->heads + self->list_height, height);
}

static void groups_open(Groups *self)
{
    int item = list_current(self->list);
    if (item < 0)
        return;
    Scope *scope = scope_new(self->by, group_at(self, (guint)item)->key, self->within);
    app_push(self->view.app, view_review_new(self->view.app, scope));
    scope_free(scope);
}

/* Days follow each other; of all else the largest comes first. */
static GroupSort sort_usual(GroupBy by)
{
    return by == GROUP_DAY ? GROUP_SORT_LAST : GROUP_SORT_COUNT_OF;
}

static void sort_set(Groups *self, GroupSort sort, bool reverse)
{
    self->sort = sort;
    self->reverse = reverse;
    g_snprintf(self->order, sizeof self->order, "%s%s", group_sort_name(sort),
               reverse ? " reversed" : "");
    self->stale = true;
    self->choice = 0;
}

/* What divides an opened group next; behind the last, back to its list. */
static void divide_next(Groups *self)
{
    self->by = scope_next(self->within, self->by);
    if (self->by == GROUP_NONE) {
        app_pop(self->view.app);
        return;
    }
    sort_set(self, sort_usual(self->by), false);
}

static void sort_by(Groups *self, GroupSort sort, bool reverse)
{
    sort_set(self, sort, reverse);
    app_say(self->view.app, ROLE_MESSAGE, "Groups sorted by: %s%s", group_sort_name(sort),
            reverse ? ", reversed" : "");
}

static bool groups_act(View *view, ActionId action)
{
    Groups *self = (Groups *)view;
    switch (action) {
    case ACTION_OPEN:
        groups_open(self);
        return true;
    case ACTION_NEXT_CASE:
        return list_act(self->list, ACTION_NEXT);
    case ACTION_PREVIOUS_CASE:
        return list_act(self->list, ACTION_PREVIOUS);
    case ACTION_GROUP:
        if (!self->within)
            return false;
        divide_next(self);
        return true;
    case ACTION_SORT:
        sort_by(self, (GroupSort)((self->sort + 1) % GROUP_SORT_COUNT), false);
        return true;
    case ACTION_REVERSE:
        sort_by(self, self->sort, !self->reverse);
        return true;
    case ACTION_BACK:
        if (!self->within)
            self->view.app->group = GROUP_NONE;
        return false;
    case ACTION_RAW:
    case ACTION_TEXT:
    case ACTION_RETURNED:
        app_say(view->app, ROLE_ERROR, "Open the group first: one message has a source");
        return true;
    default:
        return list_act(self->list, action);
    }
}

static bool groups_find(View *view, const char *needle, int by, bool from_here)
{
    return list_find(((Groups *)view)->list, needle, by, from_here);
}

static void groups_targets(View *view, GArray *rows)
{
    Groups *self = (Groups *)view;
    int item = list_current(self->list);
    if (item < 0)
        return;
    const GArray *all = group_at(self, (guint)item)->rows;
    g_array_append_vals(rows, all->data, all->len);
}

static void groups_all(View *view, GArray *rows)
{
    Groups *self = (Groups *)view;
    for (guint i = 0; self->groups && i < self->groups->len; i++)
        g_array_append_vals(rows, group_at(self, i)->rows->data, group_at(self, i)->rows->len);
}

static char *groups_where(const View *view)
{
    const Groups *self = (const Groups *)view;
    int item = list_current(self->list);
    if (item < 0)
        return NULL;
    Scope *scope = scope_new(self->by, group_at(self, (guint)item)->key, self->within);
    char *path = scope_path(scope, false);
    scope_free(scope);
    return path;
}

static void groups_go_on(View *view)
{
    list_move(((Groups *)view)->list, 1);
}

/* Where its group is not here yet, the cursor waits for it. */
static void groups_go_to(View *view, const char *id)
{
    const Groups *self = (const Groups *)view;
    const Model *model = view->app->model;
    for (guint i = 0; i < session_row_count(model->session); i++) {
        if (strcmp(model_id(model, i), id) != 0)
            continue;
        g_autofree char *key = group_key(model_row(model, i), self->by);
        list_go_id(self->list, key);
        return;
    }
}

static void groups_changed(View *view)
{
    ((Groups *)view)->stale = true;
}

static void groups_restarted(View *view)
{
    Groups *self = (Groups *)view;
    if (self->groups)
        g_ptr_array_set_size(self->groups, 0);
    list_hold(self->list);
}

static void groups_click(View *view, int x, int y)
{
    Groups *self = (Groups *)view;
    int at = list_at(self->list, y - 1 - self->heads);
    (void)x;
    if (at >= 0 && (guint)at == list_position(self->list))
        groups_open(self);
    else if (at >= 0)
        list_go(self->list, (guint)at);
}

static guint groups_above(const View *view)
{
    return list_above(((const Groups *)view)->list);
}

static const char *groups_cursor(const View *view)
{
    return list_id(((const Groups *)view)->list);
}

static void groups_set_cursor(View *view, const char *cursor)
{
    list_go_id(((Groups *)view)->list, cursor);
}

static GroupBy groups_by(const View *view)
{
    return ((const Groups *)view)->by;
}

/* What they are groups of: an action on one is for its own path. */
static const Scope *groups_scope(const View *view)
{
    return ((const Groups *)view)->within;
}

static const char *groups_order(const View *view)
{
    const Groups *self = (const Groups *)view;
    return self->order;
}

static bool groups_settled(View *view)
{
    return !((Groups *)view)->stale;
}

static guint groups_spot(const View *view)
{
    return list_position(((const Groups *)view)->list);
}

static void groups_go_spot(View *view, guint spot)
{
    list_go(((Groups *)view)->list, spot);
}

static const ViewOps groups_ops = {
    .name = "groups",
    .context = CONTEXT_GROUPS,
    .free = groups_free,
    .recalc = groups_recalc,
    .choose = groups_choose,
    .draw = groups_draw,
    .act = groups_act,
    .find = groups_find,
    .spot = groups_spot,
    .go_spot = groups_go_spot,
    .targets = groups_targets,
    .all = groups_all,
    .go_on = groups_go_on,
    .go_to = groups_go_to,
    .changed = groups_changed,
    .restarted = groups_restarted,
    .click = groups_click,
    .above = groups_above,
    .cursor = groups_cursor,
    .set_cursor = groups_set_cursor,
    .by = groups_by,
    .scope = groups_scope,
    .order = groups_order,
    .where = groups_where,
    .settled = groups_settled,
};

View *view_groups_new(App *app, GroupBy by, const Scope *within)
{
    Groups *self = g_new0(Groups, 1);
    self->view = (View){&groups_ops, app, NULL};
    self->by = by;
    sort_set(self, sort_usual(by), false);
    self->within = scope_copy(within);
    self->path = scope_path(within, app->screen->utf8);
    self->list = list_new(&client, self);
    regroup(self);
    return &self->view;
}
