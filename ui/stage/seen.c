/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See seen.h. */
#include "stage/seen.h"

#include <string.h>

enum { STANDS_US = 500 * 1000 }; /* longer than it takes not to press a key any more */

struct Seen {
    const View *view;  /* where: compared, and not followed */
    char *here;        /* what was under the cursor on the last screen or behind the last key */
    gint64 here_since; /* since when it is there by itself, monotonic; 0: by the user's will */
    bool typing;       /* it came there while something was typed, which is not done yet */
    bool blind;        /* the screen is too small to show it */
    GHashTable *rows;  /* row number + 1 -> Row as it was seen, of those judged otherwise since */
    gint64 rows_since; /* since when a screen shows what they are now, monotonic; 0: none yet */
};

Seen *seen_new(void)
{
    Seen *seen = g_new0(Seen, 1);
    seen->rows = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)row_unref);
    return seen;
}

void seen_free(Seen *seen)
{
    if (!seen)
        return;
    g_hash_table_unref(seen->rows);
    g_free(seen->here);
    g_free(seen);
}

static bool has_stood(gint64 since)
{
    return g_get_monotonic_time() - since >= STANDS_US;
}

/* --- under the cursor ------------------------------------------------------------------------- */

/* "3 198.51.100.77": a group, and how many it has; NULL: none. The caller frees it. */
static char *group_now(View *view)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree char *path = view->ops->targets && view->ops->where ? view->ops->where(view) : NULL;
    if (path)
        view->ops->targets(view, rows);
    return path ? g_strdup_printf("%u %s", rows->len, path) : NULL;
}

/* The case with its verdict, the group or the job; NULL: nothing. The caller frees it. */
static char *here_now(const App *app)
{
    View *view = app_top(app);
    int row = view_row(view), job = view->ops->job ? view->ops->job(view) : -1;
    if (row >= 0) {
        const Row *it = model_row(app->model, (guint)row);
        return g_strdup_printf("%d %d %s", (int)it->verdict, (int)it->warning,
                               model_id(app->model, (guint)row));
    }
    if (job >= 0)
        return g_strdup_printf("%d", job);
    return group_now(view);
}

/* A line or a sequence of keys has begun. */
static bool is_typing(const App *app)
{
    return app->prompt || app->key_count;
}

/* @by_itself: not by a key. What was away and is back was not anything else meanwhile. What a view
 * shows first is there as the user opened it, and what he opened has been seen for no longer. */
static void here_look(App *app, bool by_itself)
{
    Seen *seen = app->seen;
    char *now = here_now(app);
    if (!now || g_strcmp0(now, seen->here) == 0) {
        g_free(now);
        return;
    }
    bool opened = seen->view != app_top(app);
    if (!opened)
        seen->here_since = by_itself ? g_get_monotonic_time() : 0;
    if (!opened && by_itself)
        seen->typing = seen->typing || is_typing(app);
    seen->view = app_top(app);
    g_free(seen->here);
    seen->here = now;
}

void seen_key_begin(App *app)
{
    here_look(app, true);
}

void seen_key_end(App *app)
{
    here_look(app, false);
    app->seen->typing = app->seen->typing && is_typing(app);
}

void seen_shown(App *app, bool fits)
{
    Seen *seen = app->seen;
    seen->blind = !fits;
    if (!fits)
        return;
    here_look(app, true);
    if (!seen->rows_since && g_hash_table_size(seen->rows))
        seen->rows_since = g_get_monotonic_time();
}

bool seen_refuses(App *app, ActionId action)
{
    const Seen *seen = app->seen;
    if (!seen->blind && !seen->typing && has_stood(seen->here_since))
        return false;
    app_say(app, ROLE_ERROR, "%s: not done, what is here %s", action_row(action)->name,
            seen->blind ? "is not shown" : "has just changed; press again");
    return true;
}

/* --- how it is judged ------------------------------------------------------------------------- */

void seen_restart(App *app)
{
    g_hash_table_remove_all(app->seen->rows);
}

void seen_row_changed(App *app, guint i)
{
    Seen *seen = app->seen;
    const Row *before = model_row_counted(app->model, i), *now = model_row(app->model, i);
    if (!before || (before->verdict == now->verdict && before->warning == now->warning))
        return;
    seen->rows_since = 0;
    if (!g_hash_table_contains(seen->rows, GUINT_TO_POINTER(i + 1)))
        g_hash_table_insert(seen->rows, GUINT_TO_POINTER(i + 1), row_ref(before));
}

static bool rows_stand(const Seen *seen)
{
    return g_hash_table_size(seen->rows) == 0 || (seen->rows_since && has_stood(seen->rows_since));
}

JobTally seen_tally(App *app, const GArray *rows)
{
    Seen *seen = app->seen;
    JobTally tally = {0};
    if (rows_stand(seen))
        g_hash_table_remove_all(seen->rows);
    for (guint i = 0; i < rows->len; i++) {
        guint row = g_array_index(rows, guint, i);
        const Row *before = g_hash_table_lookup(seen->rows, GUINT_TO_POINTER(row + 1));
        job_tally_add(&tally, before ? before : model_row(app->model, row));
    }
    return tally;
}

bool seen_stands(const App *app)
{
    const Seen *seen = app->seen;
    g_autofree char *now = here_now(app);
    bool shown = !now || !seen->here || strcmp(now, seen->here) == 0;
    return shown && has_stood(seen->here_since) && rows_stand(seen);
}
