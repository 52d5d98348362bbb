/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the bottom: what happened, what goes on, and the keys that matter here, taken from
 * the keymap in force. */
#include "stage/status.h"

#include <string.h>

#include "base/count.h"
#include "screen/doc.h"
#include "screen/text.h"
#include "stage/acts.h"

typedef struct Hint {
    ActionId action;
    const char *word;
} Hint;

static const Hint list_hints[] = {
    {ACTION_DELETE, "delete"},     {ACTION_QUARANTINE, "quarantine"},
    {ACTION_COMPLAIN, "complain"}, {ACTION_MARK, "mark"},
    {ACTION_GROUP, "group"},       {ACTION_FIND, "find"},
    {ACTION_BACK, "back"},         {ACTION_HELP, "help"},
};
static const Hint case_hints[] = {
    {ACTION_DELETE, "delete"},  {ACTION_QUARANTINE, "quarantine"}, {ACTION_COMPLAIN, "complain"},
    {ACTION_NEXT_PAGE, "page"}, {ACTION_NEXT_CASE, "next"},        {ACTION_BACK, "back"},
    {ACTION_HELP, "help"},
};
static const Hint groups_hints[] = {
    {ACTION_OPEN, "open"},         {ACTION_DELETE, "delete all"}, {ACTION_QUARANTINE, "quarantine"},
    {ACTION_COMPLAIN, "complain"}, {ACTION_GROUP, "group"},       {ACTION_BACK, "back"},
    {ACTION_HELP, "help"},
};
static const Hint jobs_hints[] = {
    {ACTION_OPEN, "drafts"}, {ACTION_UNDO, "undo"}, {ACTION_STOP, "stop"},
    {ACTION_BACK, "back"},   {ACTION_HELP, "help"},
};
static const Hint questions_hints[] = {
    {ACTION_ANSWER, "answer"}, {ACTION_OPEN, "its cases"}, {ACTION_UNDO, "undo"},
    {ACTION_BACK, "back"},     {ACTION_HELP, "help"},
};
static const Hint drafts_hints[] = {
    {ACTION_OPEN, "edit"},
    {ACTION_UNDO, "undo the job"},
    {ACTION_BACK, "back"},
    {ACTION_HELP, "help"},
};
static const Hint help_hints[] = {
    {ACTION_FIND, "find"},
    {ACTION_FIND_NEXT, "next match"},
    {ACTION_BACK, "back"},
};

static const struct {
    Context context;
    const Hint *hints;
    gsize count;
} hints[] = {
    {CONTEXT_LIST, list_hints, G_N_ELEMENTS(list_hints)},
    {CONTEXT_CASE, case_hints, G_N_ELEMENTS(case_hints)},
    {CONTEXT_GROUPS, groups_hints, G_N_ELEMENTS(groups_hints)},
    {CONTEXT_JOBS, jobs_hints, G_N_ELEMENTS(jobs_hints)},
    {CONTEXT_QUESTIONS, questions_hints, G_N_ELEMENTS(questions_hints)},
    {CONTEXT_DRAFTS, drafts_hints, G_N_ELEMENTS(drafts_hints)},
    {CONTEXT_HELP, help_hints, G_N_ELEMENTS(help_hints)},
};

/* What would be refused for the case under the cursor, or for each of the group's, leaves its place
 * empty, so that the keys behind it stay where they are. Of many nobody looks at all. */
static bool is_offered(const App *app, const Hint *hint)
{
    enum { MANY = 1000 };
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    if (hint->action != ACTION_COMPLAIN || model_mark_count(app->model))
        return true;
    view_rows(app_top(app), rows);
    bool offered = rows->len == 0 || rows->len > MANY;
    for (guint i = 0; i < rows->len && !offered; i++) {
        guint row = g_array_index(rows, guint, i);
        offered =
            acts_offered(app, hint->action, model_row(app->model, row),
                         model_has_case(app->model, row) ? model_finding(app->model, row) : NULL);
    }
    return offered;
}

/* Returns where the next one begins; -1: there is no room up to @end. */
static int hint_draw(const App *app, Screen *screen, int x, int y, int end, Context context,
                     const Hint *hint)
{
    g_autofree char *key = keymap_key(app->keymap, context, hint->action);
    if (!key)
        return x;
    int needed = text_width(key, screen->utf8) + text_width(hint->word, screen->utf8) + 1;
    if (x + needed > end)
        return -1;
    if (!is_offered(app, hint))
        return x + needed + 2;
    x = screen_put(screen, x, y, end, key, ROLE_KEY);
    x = screen_put(screen, x + 1, y, end, hint->word, ROLE_NORMAL);
    return x + 2;
}

static int hint_width(const App *app, Context context, const Hint *hint)
{
    g_autofree char *key = keymap_key(app->keymap, context, hint->action);
    return key ? text_width(key, true) + text_width(hint->word, true) + 3 : 0;
}

/* The way back, where there is one, and help are there even where not all fits. */
static bool is_kept(const Hint *hint)
{
    return hint->action == ACTION_BACK || hint->action == ACTION_HELP;
}

static bool is_meant(const App *app, const Hint *hint, bool kept)
{
    bool leaves = hint->action == ACTION_BACK && app->views->len == 1;
    return is_kept(hint) == kept && !leaves;
}

static void hints_draw(const App *app, Screen *screen, int y, int end)
{
    Context context = app_top(app)->ops->context;
    for (gsize i = 0; i < G_N_ELEMENTS(hints); i++) {
        int room = end, next = 1, at = 1;
        if (hints[i].context != context)
            continue;
        for (gsize k = 0; k < hints[i].count; k++)
            if (is_meant(app, &hints[i].hints[k], true))
                room -= hint_width(app, context, &hints[i].hints[k]);
        for (gsize k = 0; k < hints[i].count && next > 0; k++) {
            if (!is_meant(app, &hints[i].hints[k], false))
                continue;
            next = hint_draw(app, screen, at, y, room, context, &hints[i].hints[k]);
            at = MAX(at, next);
        }
        for (gsize k = 0; k < hints[i].count; k++)
            if (is_meant(app, &hints[i].hints[k], true))
                at = MAX(at, hint_draw(app, screen, at, y, end, context, &hints[i].hints[k]));
    }
}

/* How far something is. The texts are empty where they are not known. */
typedef struct Progress {
    char done[32], all[32], percent[16], rate[48], left[32];
} Progress;

/* @then were done at @since (monotonic). */
static Progress progress_of(guint done, guint all, guint then, gint64 since)
{
    Progress p = {.percent = ""};
    gint64 spent = g_get_monotonic_time() - since;
    count_text(done, p.done);
    count_text(all, p.all);
    if (all)
        g_snprintf(p.percent, sizeof p.percent, "%u %%",
                   (guint)((guint64)MIN(done, all) * 100 / all));
    if (spent < G_USEC_PER_SEC || done <= then || g_getenv("NOTME_NOW"))
        return p;
    char rate[32];
    double per_second = (double)(done - then) * G_USEC_PER_SEC / (double)spent;
    count_text((guint64)per_second, rate);
    g_snprintf(p.rate, sizeof p.rate, ", %s/s", rate);
    if (all > done)
        g_snprintf(p.left, sizeof p.left, ", %.0f s left", (double)(all - done) / per_second + 0.5);
    return p;
}

char *status_reading(const App *app, int room)
{
    if (!app->reading)
        return NULL;
    const Progress p = progress_of(app->read, app->total, 0, app->read_since);
    if (!app->total)
        return app->read && room >= 20 ? g_strdup_printf("reading, %s so far", p.done)
                                       : g_strdup("reading");
    if (app->read >= app->total) /* judged once more, now that all witnesses are known */
        return g_strdup(room >= 24 ? "all read, weighing it" : "100 %");
    g_auto(GStrv) ways = g_new0(char *, 6);
    ways[0] = g_strdup_printf("reading %s of %s, %s%s%s", p.done, p.all, p.percent, p.rate, p.left);
    ways[1] = g_strdup_printf("%s of %s%s%s", p.percent, p.all, p.rate, p.left);
    ways[2] = g_strdup_printf("%s%s%s", p.percent, p.rate, p.left);
    ways[3] = g_strdup_printf("%s%s", p.percent, p.left);
    ways[4] = g_strdup(p.percent);
    int i = 0;
    while (i < 4 && (int)strlen(ways[i]) > room)
        i++;
    return g_strdup(ways[i]);
}

/* "; then undo", what was asked for while a job runs. */
static void waiting_append(GString *text, const App *app)
{
    guint count = acts_waiting_count(app);
    char number[COUNT_SIZE];
    if (!count)
        return;
    g_string_append_printf(text, "; then %s", action_row(acts_waiting_first(app))->name);
    if (count > 1)
        g_string_append_printf(text, " and %s more", count_text(count - 1, number));
}

static char *job_text(const App *app)
{
    if (!app->job_running)
        return NULL;
    GString *text = g_string_new(job_action_doing(app->job.action));
    if (app->job.waiting_for_lock) {
        g_string_append(text, ": waiting for the database (another program writes to it)");
        return g_string_free(text, FALSE);
    }
    if (app->job.planned > 1) {
        const Progress p =
            progress_of(app->job.done, app->job.planned, app->job_done_then, app->job_since);
        g_string_append_printf(text, " %s of %s, %s%s%s", p.done, p.all, p.percent, p.rate, p.left);
    }
    waiting_append(text, app);
    return g_string_free(text, FALSE);
}

/* "undo: u", at the right. Returns where it begins. */
static int undo_draw(const App *app, Screen *screen, int y)
{
    Context context = app_top(app)->ops->context;
    g_autofree char *key = keymap_key(app->keymap, context, ACTION_UNDO);
    if (!acts_undoable(app) || app->job_running || !key || screen->width < 50)
        return screen->width;
    g_autofree char *text = g_strdup_printf("undo: %s ", key);
    int x = screen->width - text_width(text, screen->utf8);
    screen_put(screen, x, y, screen->width, text, ROLE_KEY);
    return x - 1;
}

/* "? help", where the keys are hidden by something else. Returns where it begins. */
static int help_draw(const App *app, Screen *screen, int y, int end)
{
    g_autofree char *key = keymap_key(app->keymap, app_top(app)->ops->context, ACTION_HELP);
    int width = key ? text_width(key, screen->utf8) + 7 : 0;
    if (!key || end - width < 30)
        return end;
    int x = screen_put(screen, end - width, y, end, key, ROLE_KEY);
    screen_put(screen, x + 1, y, end, "help", ROLE_NORMAL);
    return end - width - 1;
}

/* What does not fit into the line takes the lines above it, up to the next key. */
static void message_draw(const App *app, Screen *screen, int y, int end)
{
    if (1 + text_width(app->message, screen->utf8) <= end || y < 4) {
        screen_put_cut(screen, 1, y, end, app->message, app->message_role);
        return;
    }
    g_autoptr(Doc) doc = doc_new(end - 2, screen->utf8);
    doc_wrap(doc, app->message_role, app->message, 0);
    doc_end(doc);
    int lines = MIN(doc_lines(doc), y / 3), top = y - lines + 1;
    for (int i = top; i < y; i++)
        screen_blank(screen, i);
    doc_draw(doc, screen, 1, top, end - 1, lines, 0, NULL);
    if (lines < doc_lines(doc))
        screen_put(screen, end - 1, y, end, glyph_text(GLYPH_MORE, screen->utf8),
                   app->message_role);
}

void status_draw(const App *app, Screen *screen, int y)
{
    if (app->prompt) {
        prompt_draw(app->prompt, screen, y);
        return;
    }
    int end = undo_draw(app, screen, y);
    g_autofree char *job = job_text(app);
    bool hidden = app->key_count || app->count || app->message || job;
    end = hidden ? help_draw(app, screen, y, end) : end;
    if (app->key_count || app->count) {
        g_autofree char *keys = key_texts(app->keys, app->key_count);
        const char *gap = app->key_count ? " " : "";
        g_autofree char *count =
            app->count ? g_strdup_printf("%u%s", app->count, gap) : g_strdup("");
        int x = screen_printf(screen, 1, y, end, ROLE_KEY, "%s%s ...", count, keys);
        if (app->message || job) /* what came since the key */
            screen_put_cut(screen, x + 2, y, end, app->message ? app->message : job,
                           app->message ? app->message_role : ROLE_MESSAGE);
    } else if (app->message) {
        message_draw(app, screen, y, end);
    } else if (job) {
        screen_put_cut(screen, 1, y, end, job, ROLE_MESSAGE);
    } else {
        hints_draw(app, screen, y, end);
    }
}
