/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See empty.h. */
#include "stage/empty.h"

#include "screen/doc.h"

G_GNUC_PRINTF(6, 7)
static void empty_line(const App *app, Screen *screen, int *y, int end, Role role,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autoptr(Doc) doc = doc_new(MAX(screen->width - 4, 8), app->screen->utf8);
    doc_wrap(doc, role, text, 0);
    doc_end(doc);
    doc_draw(doc, screen, 2, *y, screen->width - 4, end - *y, 0, NULL);
    *y += doc_lines(doc);
}

void empty_draw(const App *app, Screen *screen, int end)
{
    const char *query = session_current_query(app->session);
    int y = 2;
    if (app->read_error) {
        empty_line(app, screen, &y, end, ROLE_ERROR, "%s", app->read_error);
        return;
    }
    if (app->reading) {
        empty_line(app, screen, &y, end, ROLE_DIM, "%s", "Reading ...");
        return;
    }
    if (app->model->only && app->model->total) {
        g_autofree char *key = keymap_key(app->keymap, CONTEXT_LIST, ACTION_SHOW_ALL);
        empty_line(app, screen, &y, end, ROLE_NORMAL, "None is %s.",
                   verdict_name(app->model->only));
        empty_line(app, screen, &y, end, ROLE_DIM, "All verdicts are shown with: %s",
                   key ? key : ":show-all");
        return;
    }
    g_autofree char *key = keymap_key(app->keymap, CONTEXT_LIST, ACTION_LIMIT);
    empty_line(app, screen, &y, end, ROLE_NORMAL, "%s", "No bounces and no notices here.");
    empty_line(app, screen, &y, end, ROLE_DIM, "Searched: %s", query ? query : "*");
    if (app->limit)
        empty_line(app, screen, &y, end, ROLE_DIM, "An empty limit shows all again: %s <Enter>",
                   key ? key : ":limit");
    else
        empty_line(app, screen, &y, end, ROLE_DIM, "%s",
                   "Another query widens it: notme review QUERY, or \"query\" in [review] of the "
                   "configuration.");
}
