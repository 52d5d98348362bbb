/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks count only where they are shown. */
#include "stage/targets.h"

#include "stage/seen.h"

bool targets_find(App *app, ActionId action, GArray *rows, guint *hidden)
{
    View *view = app_top(app);
    guint marked = model_mark_count(app->model);
    /* in a case the case is meant, unless the marked ones were asked for */
    bool by_marks =
        marked && (app->marked_next || (app->config->review.auto_marked && view->ops->all != NULL));
    *hidden = 0;
    app->marked_next = false;
    if (!by_marks) {
        view_rows(view, rows);
        return !seen_refuses(app, action);
    }
    g_autoptr(GArray) shown = g_array_new(FALSE, FALSE, sizeof(guint));
    View *list = view->ops->all || !view->parent ? view : view->parent; /* of the case */
    if (list->ops->all)
        list->ops->all(list, shown);
    for (guint i = 0; i < shown->len; i++) {
        guint row = g_array_index(shown, guint, i);
        if (model_marked(app->model, row))
            g_array_append_val(rows, row);
    }
    *hidden = marked - MIN(rows->len, marked);
    return true;
}
