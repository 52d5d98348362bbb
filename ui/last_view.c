/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See last_view.h. */
#include "last_view.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/autoptr.h"
#include "screen/clock.h"
#include "views/view_groups.h"
#include "views/view_review.h"
#include "work/frame.h"

enum { OFFERED_FOR = 3600, SIZE_MOST = 64 << 10, SCOPES_MOST = 16 };

static char *file_name(const App *app)
{
    return app->config->state_dir ? g_build_filename(app->config->state_dir, "view", NULL) : NULL;
}

/* --- keeping ---------------------------------------------------------------------------------- */

static json_t *scope_to_json(const Scope *scope)
{
    return scope ? json_pack("{s:s, s:o, s:o, s:o}", "by", group_name(scope->by), "key",
                             frame_bytes(scope->key), "question", frame_bytes(scope->question),
                             "within", scope_to_json(scope->within))
                 : json_null();
}

static json_t *view_to_json(const View *view)
{
    const Scope *scope = view->ops->scope ? view->ops->scope(view) : NULL;
    GroupBy by = view->ops->by ? view->ops->by(view) : GROUP_NONE;
    return json_pack("{s:s, s:o, s:o}", "by", group_name(by), "scope", scope_to_json(scope),
                     "cursor", frame_bytes(view->ops->cursor(view)));
}

void last_view_save(const App *app)
{
    g_autofree char *file = file_name(app);
    json_t *views = json_array();
    for (guint i = 0; i < app->views->len; i++) {
        const View *view = app->views->pdata[i];
        if (view->ops->cursor)
            json_array_append_new(views, view_to_json(view));
    }
    g_autoptr(json_t) all = json_pack(
        "{s:I, s:o, s:o, s:s, s:s, s:b, s:o}", "time", (json_int_t)clock_now(), "query",
        frame_bytes(app->query), "limit", frame_bytes(app->limit), "only",
        app->model->only ? verdict_name(app->model->only) : "all", "sort",
        row_order_name(app->model->sort), "reverse", (int)app->model->reverse, "views", views);
    g_autofree char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
    if (!file || !text || g_mkdir_with_parents(app->config->state_dir, 0700) != 0)
        return;
    g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* --- going back ------------------------------------------------------------------------------- */

/* @depth: nesting that is still allowed. The caller frees it; NULL: all rows. */
static Scope *scope_from_json(const json_t *json, int depth)
{
    int by = group_from_name(json_string_value(json_object_get(json, "by")));
    g_autofree char *key = frame_bytes_text(json_object_get(json, "key"));
    g_autofree char *question = frame_bytes_text(json_object_get(json, "question"));
    if (!json_is_object(json) || by < 0 || !key || depth == 0)
        return NULL;
    if (question)
        return scope_new_question(question, key);
    Scope *within = scope_from_json(json_object_get(json, "within"), depth - 1);
    Scope *scope = scope_new((GroupBy)by, key, within);
    scope_free(within);
    return scope;
}

static void view_back(App *app, const json_t *json, bool first)
{
    int by = group_from_name(json_string_value(json_object_get(json, "by")));
    g_autofree char *cursor = frame_bytes_text(json_object_get(json, "cursor"));
    Scope *scope = scope_from_json(json_object_get(json, "scope"), SCOPES_MOST);
    View *view = first             ? app_top(app)
                 : by > GROUP_NONE ? view_groups_new(app, (GroupBy)by, scope)
                                   : view_review_new(app, scope);
    if (!first && by > GROUP_NONE && !scope)
        app->group = (GroupBy)by;
    if (!first)
        app_push(app, view);
    if (cursor)
        view->ops->set_cursor(view, cursor);
    scope_free(scope);
}

static void replace(char **slot, char *text)
{
    g_free(*slot);
    *slot = text;
}

static void go_back(App *app, const json_t *kept)
{
    const char *only = json_string_value(json_object_get(kept, "only"));
    const char *sort = json_string_value(json_object_get(kept, "sort"));
    char *query = frame_bytes_text(json_object_get(kept, "query"));
    const json_t *views = json_object_get(kept, "views");
    int verdict = only ? verdict_from_name(only) : -1;
    if (query)
        replace(&app->query, query);
    replace(&app->limit, frame_bytes_text(json_object_get(kept, "limit")));
    model_sort(app->model, (RowOrder)MAX(sort ? row_order_from_name(sort) : 0, 0),
               json_is_true(json_object_get(kept, "reverse")));
    model_show_only(app->model, verdict > 0 ? (VerdictValue)verdict : VERDICT_NONE);
    while (app->views->len > 1)
        app_pop(app);
    app->group = GROUP_NONE;
    for (gsize i = 0; i < MIN(json_array_size(views), SCOPES_MOST); i++)
        view_back(app, json_array_get(views, i), i == 0);
    app_query(app);
}

/* --- offering --------------------------------------------------------------------------------- */

/* What was kept, if it is not too old; a new reference. */
static json_t *kept_read(const char *file)
{
    g_autofree char *text = NULL;
    gsize length;
    if (!file || !g_file_get_contents(file, &text, &length, NULL) || length > SIZE_MOST)
        return NULL;
    json_t *kept = json_loadb(text, length, 0, NULL);
    gint64 age = clock_now() - json_integer_value(json_object_get(kept, "time"));
    if (json_is_object(kept) && age >= 0 && age <= OFFERED_FOR)
        return kept;
    json_decref(kept);
    return NULL;
}

static void answered(gpointer data, const char *text)
{
    App *app = data;
    g_autofree char *file = file_name(app);
    g_autoptr(json_t) kept = kept_read(file);
    if (file)
        g_unlink(file);
    if (text && *text == 'y' && kept)
        go_back(app, kept);
    else
        app_say(app, ROLE_MESSAGE, "Not gone back: this is the list from its beginning");
}

/* "198.51.100.77 > zoho.com, only fake, limit: from:x"; "the list" where nothing narrows it. */
static char *place_text(const App *app, const json_t *kept)
{
    const json_t *views = json_object_get(kept, "views");
    const json_t *last = json_array_get(views, json_array_size(views) - 1);
    const char *by = json_string_value(json_object_get(last, "by"));
    const char *only = json_string_value(json_object_get(kept, "only"));
    g_autofree char *limit = frame_bytes_text(json_object_get(kept, "limit"));
    Scope *scope = scope_from_json(json_object_get(last, "scope"), SCOPES_MOST);
    g_autofree char *path = scope_path(scope, app->screen->utf8);
    GString *text = g_string_new(path ? path : "the list");
    scope_free(scope);
    if (by && strcmp(by, group_name(GROUP_NONE)) != 0)
        g_string_append_printf(text, " by %s", by);
    if (only && verdict_from_name(only) > 0)
        g_string_append_printf(text, ", only %s", only);
    if (limit)
        g_string_append_printf(text, ", limit: %s", limit);
    return g_string_free(text, FALSE);
}

void last_view_offer(App *app)
{
    g_autofree char *file = file_name(app);
    g_autoptr(json_t) kept = kept_read(file);
    if (!kept)
        return;
    char when[16];
    g_autofree char *place = place_text(app, kept);
    clock_short_date(json_integer_value(json_object_get(kept, "time")), clock_now(), when);
    g_autofree char *line =
        g_strdup_printf("The line was lost at %s. Go back to %s? (y/n) ", when, place);
    app_ask(app, line, "yn", answered);
}
