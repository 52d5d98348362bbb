/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See empty.h. */
#include "stage/empty.h"

#include <string.h>

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

/* @scope held something when it was opened: it was dealt with. */
static void scope_line(const App *app, const Scope *scope, Screen *screen, int y, int end)
{
    g_autofree char *back = app_key(app, app_top(app)->ops->context, ACTION_BACK);
    empty_line(app, screen, &y, end, ROLE_NORMAL, "%s",
               scope->question ? "Nothing waits for this question any more: it is answered, or "
                                 "its mail is gone."
                               : "Nothing is left of this group.");
    empty_line(app, screen, &y, end, ROLE_DIM, "Back%s: %s",
               scope->question ? " to the questions" : "", back);
}

static void verdict_line(const App *app, Screen *screen, int y, int end)
{
    g_autofree char *key = app_key(app, CONTEXT_LIST, ACTION_SHOW_ALL);
    empty_line(app, screen, &y, end, ROLE_NORMAL, "None is %s.", verdict_name(app->model->only));
    empty_line(app, screen, &y, end, ROLE_DIM, "All verdicts are shown with: %s", key);
}

/* The line to type the limit in comes with the one in force. */
static void limit_line(const App *app, Screen *screen, int *y, int end)
{
    g_autofree char *limit = app_key(app, CONTEXT_LIST, ACTION_LIMIT);
    g_autofree char *erase = keymap_key(app->keymap, CONTEXT_PROMPT, ACTION_ERASE_LINE);
    g_autofree char *accept = keymap_key(app->keymap, CONTEXT_PROMPT, ACTION_ACCEPT);
    if (erase && accept)
        empty_line(app, screen, y, end, ROLE_DIM, "All is shown again without the limit: %s %s %s",
                   limit, erase, accept);
    else
        empty_line(app, screen, y, end, ROLE_DIM, "All is shown again with: :limit *");
}

/* What the query leaves out by its tag, and the way from there. */
static void query_lines(const App *app, Screen *screen, int *y, int end)
{
    const char *usual = app->config->review.query ? app->config->review.query : "*";
    g_autofree char *colon = keymap_key(app->keymap, CONTEXT_LIST, ACTION_COMMAND);
    g_autofree char *left_out = g_strdup_printf("not tag:%s", app->config->tags.quarantined);
    if (strstr(app->query, left_out))
        empty_line(app, screen, y, end, ROLE_DIM, "What is in quarantine: %sreview tag:%s",
                   colon ? colon : ":", app->config->tags.quarantined);
    if (strcmp(app->query, usual) != 0)
        empty_line(app, screen, y, end, ROLE_DIM, "What is reviewed as a rule: %sreview",
                   colon ? colon : ":");
}

void empty_draw(const App *app, Screen *screen, const Scope *scope, int end)
{
    const char *query = session_current_query(app->session);
    int y = 2;
    if (app->read_error) {
        empty_line(app, screen, &y, end, ROLE_ERROR, "%s", app->read_error);
    } else if (app->reading) {
        empty_line(app, screen, &y, end, ROLE_DIM, "%s", "Reading ...");
    } else if (app->model->only && app->model->total) {
        verdict_line(app, screen, y, end);
    } else if (scope && !app->limit) {
        scope_line(app, scope, screen, y, end);
    } else {
        empty_line(app, screen, &y, end, ROLE_NORMAL, "%s", "No bounces and no notices here.");
        empty_line(app, screen, &y, end, ROLE_DIM, "Searched: %s", query ? query : "*");
        if (app->limit)
            limit_line(app, screen, &y, end);
        else
            empty_line(app, screen, &y, end, ROLE_DIM, "%s",
                       "Another query widens it: notme review QUERY, or \"query\" in [review] of "
                       "the configuration.");
        query_lines(app, screen, &y, end);
    }
}
