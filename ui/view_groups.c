/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups: one row a group, with its verdicts, its time and a histogram; every action works on the
 * whole group. This is where ten thousand cases become twenty decisions. */
#include <string.h>

#include "view_groups.h"

#include "draw_case.h"
#include "header.h"
#include "view_review.h"

typedef struct Groups {
    View view;
    List *list;
    GroupBy by;
    GPtrArray *groups; /* of Group */
    int label_end;     /* column */
    bool bars;         /* there is room for the histogram */
    bool stale;
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
    model_order(model, NULL, order);
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    self->groups = rows_group(order, row_at, model, self->by);
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

static int bars_draw(const Group *group, Screen *screen, int x, int y)
{
    guint most = 1;
    for (int i = 0; i < HIST_BARS; i++)
        most = MAX(most, group->hist[i]);
    for (int i = 0; i < HIST_BARS; i++) {
        guint level = group->hist[i] ? (group->hist[i] * 8 + most - 1) / most : 0;
        if (level)
            screen_put(screen, x + i, y, x + i + 1,
                       screen_glyph(screen, GLYPH_BARS + MIN(level, 8) - 1), ROLE_BAR);
    }
    return x + HIST_BARS;
}

/* In columns, and none where there are none: what is mixed is seen at once. */
static void counts_draw(const Group *group, Screen *screen, int x, int y, int end)
{
    static const VerdictValue order[] = {VERDICT_GENUINE, VERDICT_BACKSCATTER, VERDICT_FAKE,
                                         VERDICT_UNDECIDED};
    int width = end < 70 ? 4 : 6;
    for (gsize i = 0; i < G_N_ELEMENTS(order); i++, x += width) {
        Role role = verdict_role(order[i]);
        if (!group->verdicts[order[i]])
            continue;
        screen_put(screen, x, y, end, screen_glyph(screen, verdict_glyph(order[i])), role);
        screen_printf(screen, x + 1, y, x + width, role, "%s%u", width > 4 ? " " : "",
                      group->verdicts[order[i]]);
    }
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const Groups *self = data;
    const Group *group = group_at(self, item);
    char count[32], first[16], last[16];
    gint64 now = time_now();
    count_text(group->count, count);
    int digits = end < 60 ? 5 : 7;
    screen_put_right(screen, x, y, x + digits, count, ROLE_TITLE);
    if (all_marked(self, group))
        screen_put(screen, x + digits, y, end, screen_glyph(screen, GLYPH_MARK), ROLE_MARK);
    screen_put_cut(screen, x + digits + 2, y, self->label_end, group->key, ROLE_NORMAL);
    x = self->label_end + 1;
    counts_draw(group, screen, x, y, end);
    if (end < 70)
        return;
    x = end - 17 - (self->bars ? HIST_BARS + 2 : 0);
    short_date(group->first, now, first);
    short_date(group->last, now, last);
    if (strcmp(first, last) == 0)
        screen_put(screen, x, y, end, first, ROLE_DIM);
    else
        screen_printf(screen, x, y, end, ROLE_DIM, "%s%s%s", first, screen->utf8 ? "–" : "-", last);
    if (self->bars)
        bars_draw(group, screen, end - HIST_BARS - 1, y);
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
    g_clear_pointer(&self->groups, g_ptr_array_unref);
    g_free(self);
}

static void groups_recalc(View *view, int width, int height)
{
    Groups *self = (Groups *)view;
    if (self->stale) {
        self->stale = false;
        regroup(self);
        list_rebuild(self->list);
    }
    self->bars = width >= 90;
    self->label_end = MAX(width - (width < 70 ? 18 : self->bars ? 56 : 42), 22);
    list_resize(self->list, height - 1);
}

static void groups_draw(const View *view, Screen *screen, int height)
{
    const Groups *self = (const Groups *)view;
    (void)height;
    g_autofree char *title =
        g_strdup_printf("%u group%s by %s", list_count(self->list),
                        list_count(self->list) == 1 ? "" : "s", group_name(self->by));
    header_draw(view->app, screen, title, view->app->model->counts);
    list_draw(self->list, screen, 0, 1, screen->width);
    if (list_count(self->list) == 0)
        screen_put(screen, 2, 2, screen->width,
                   view->app->reading ? "Reading ..." : "Nothing here.", ROLE_DIM);
}

static void groups_open(Groups *self)
{
    int item = list_current(self->list);
    if (item < 0)
        return;
    const Scope scope = {self->by, group_at(self, (guint)item)->key};
    app_push(self->view.app, view_review_new(self->view.app, &scope));
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
    case ACTION_BACK:
        self->view.app->group = GROUP_NONE;
        return false;
    case ACTION_RAW:
    case ACTION_TEXT:
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

static void groups_go_on(View *view)
{
    list_move(((Groups *)view)->list, 1);
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
    int at = list_at(self->list, y - 1);
    (void)x;
    if (at >= 0 && (guint)at == list_position(self->list))
        groups_open(self);
    else if (at >= 0)
        list_go(self->list, (guint)at);
}

static bool groups_settled(View *view)
{
    return !((Groups *)view)->stale;
}

static const ViewOps groups_ops = {
    .name = "groups",
    .context = CONTEXT_GROUPS,
    .free = groups_free,
    .recalc = groups_recalc,
    .draw = groups_draw,
    .act = groups_act,
    .find = groups_find,
    .targets = groups_targets,
    .all = groups_all,
    .go_on = groups_go_on,
    .changed = groups_changed,
    .restarted = groups_restarted,
    .click = groups_click,
    .settled = groups_settled,
};

View *view_groups_new(App *app, GroupBy by)
{
    Groups *self = g_new0(Groups, 1);
    self->view = (View){&groups_ops, app, NULL};
    self->by = by;
    self->list = list_new(&client, self);
    self->stale = true;
    regroup(self);
    return &self->view;
}
