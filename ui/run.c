/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roof: sets everything up, passes the session's and the terminal's events on, draws. */
#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "command.h"
#include "globals.h"
#include "keys.h"
#include "last_view.h"
#include "screen/term_curses.h"
#include "screen/term_script.h"
#include "stage/acts.h"
#include "stage/answers.h"
#include "stage/clipboard.h"
#include "stage/decisions.h"
#include "stage/seen.h"
#include "stage/status.h"
#include "views/view_groups.h"
#include "views/view_review.h"
#include "watchdog.h"

/* --- drawing ---------------------------------------------------------------------------------- */

static void app_draw(App *app)
{
    Screen *screen = app->screen;
    View *view = app_top(app);
    if (!view)
        return;
    if (screen->width != app->term->width || screen->height != app->term->height)
        screen_resize(screen, app->term->width, app->term->height);
    bool fits = screen->width >= TERM_LEAST_WIDTH && screen->height >= TERM_LEAST_HEIGHT;
    model_count(app->model);
    if (fits)
        view->ops->recalc(view, screen->width, screen->height - 1);
    screen_clear(screen);
    if (fits) {
        view->ops->draw(view, screen, screen->height - 1);
        screen_blank(screen, screen->height - 1);
        status_draw(app, screen, screen->height - 1);
    } else {
        screen_put(screen, 0, 0, screen->width, "notme: too small", ROLE_NORMAL);
    }
    term_show(app->term, screen);
    if (fits && app->prompt)
        prompt_shown(app->prompt);
    seen_shown(app, fits);
    app->deaf = false;
    app->drawn = g_get_monotonic_time();
    app->draws++;
}

/* --- the session's events --------------------------------------------------------------------- */

static void on_rows_added(guint first, guint count, gpointer data)
{
    (void)first;
    (void)count;
    app_tell_views(data);
    app_touch_soon(data);
}

static void on_rows_reset(gpointer data)
{
    App *app = data;
    model_restart(app->model);
    seen_restart(app);
    acts_clear(app);
    if (app->choice)
        command_matched(app, NULL, "All is read anew: what was asked for was not done");
    for (guint i = 0; i < app->views->len; i++) {
        View *view = app->views->pdata[i];
        if (view->ops->restarted)
            view->ops->restarted(view);
    }
    app_rows_changed(app);
    app_touch_soon(app);
}

static void on_rows_changed(const guint *rows, guint count, gpointer data)
{
    App *app = data;
    for (guint i = 0; i < count; i++) {
        seen_row_changed(app, rows[i]);
        model_row_changed(app->model, rows[i]);
    }
    app_rows_changed(app);
    app_touch_soon(app);
}

static void on_reading(const ReadingState *reading, gpointer data)
{
    App *app = data;
    if (reading->done == app->reading)
        app_rows_changed(app);
    /* what other cases say of an address goes into the evidence of each */
    if (reading->done && app->reading) {
        model_findings_stale(app->model);
        answers_judged(app);
    }
    app->reading = !reading->done;
    app->total = reading->total;
    app->left_out = reading->left_out;
    app->read = reading->read;
    g_free(app->read_error);
    g_free(app->failed);
    app->read_error = g_strdup(reading->error);
    if (reading->error && session_row_count(app->session))
        app_say(app, ROLE_ERROR, "%s", reading->error);
    if (reading->done) {
        app->judging = false;
        acts_next(app); /* what was asked for meanwhile */
        global_limit_tried(app, reading->error);
    }
    if (reading->done && !reading->error)
        decisions_look(app);
    app_touch_soon(app);
}

static void on_case_ready(guint row, const Finding *finding, const char *error, gpointer data)
{
    App *app = data;
    model_keep(app->model, row, finding, error);
    app_touch(app);
}

static void on_text_ready(guint row, TextWanted what, const char *text, const char *error,
                          gpointer data)
{
    App *app = data;
    View *view = app_top(app);
    if (view->ops->text)
        view->ops->text(view, row, what, text, error);
    app_touch(app);
}

/* None is opened unasked: who reviews wants to go on. */
static void drafts_tell(App *app, bool one)
{
    g_autofree char *jobs = app_key(app, CONTEXT_LIST, ACTION_JOBS);
    g_autofree char *open = app_key(app, CONTEXT_JOBS, ACTION_OPEN);
    g_autofree char *before = g_steal_pointer(&app->message);
    app_say(app, app->message_role, "%s; %s %s %s", before ? before : "Drafts written", jobs, open,
            one ? "shows it" : "lists them");
}

/* A sentence of a complaint's planner; of one bounce there is no need to say its id. */
static const char *problem_text(const JobStatus *status)
{
    const char *text = status->problems->pdata[0];
    const char *reason = status->problems->len == 1 ? strstr(text, ": no complaint: ") : NULL;
    bool one = reason && !memchr(text, ' ', (gsize)(reason - text));
    return one ? reason + 2 : text;
}

/* "Not deleted: it is gone ...": of one message whose file says nothing; NULL: it is about more.
 * The caller frees it. */
static char *problem_of_one(const JobStatus *status)
{
    const char *text = status->problems->pdata[0], *why = strstr(text, ": ");
    bool again = status->action == JOB_UNDO || status->action == JOB_REDO;
    if (status->problems->len != 1 || again || *text != '/' || !why)
        return NULL;
    return g_strdup_printf("Not %s%s", job_action_past(status->action), why);
}

/* Where it is now: the review leaves it out. */
static void quarantine_tell(App *app, const JobStatus *status)
{
    g_autofree char *colon = keymap_key(app->keymap, CONTEXT_LIST, ACTION_COMMAND);
    g_autofree char *before = g_steal_pointer(&app->message);
    app_say(app, app->message_role, "%s; %sreview tag:%s shows %s", before, colon ? colon : ":",
            app->config->tags.quarantined, status->done == 1 ? "it" : "them");
}

/* How to undo it stands beside it already. */
static void job_say(App *app, const JobStatus *status, bool problems)
{
    const char *message = status->message;
    const char *undo = strstr(message, "; \"notme undo");
    int length = undo ? (int)(undo - message) : (int)strlen(message);
    g_autofree char *one = problems && status->done == 0 ? problem_of_one(status) : NULL;
    if (problems && status->done == 0)
        app_say(app, ROLE_ERROR, "%s", one ? one : problem_text(status));
    else if (problems && status->action == JOB_COMPLAIN)
        app_say(app, ROLE_ERROR, "%.*s; %s", length, message, problem_text(status));
    else
        app_say(app, problems ? ROLE_ERROR : ROLE_MESSAGE, "%.*s", length, message);
    if (status->action == JOB_QUARANTINE && status->done)
        quarantine_tell(app, status);
}

static void job_ended(App *app, const JobStatus *status)
{
    guint problems = status->problems ? status->problems->len : 0;
    char done[COUNT_SIZE], planned[COUNT_SIZE];
    if (!acts_waiting(app))
        g_hash_table_remove_all(app->model->pending);
    if (status->action == JOB_UNDO) /* what was read while mail was away may say so */
        model_forget(app->model, -1);
    app_rows_changed(app);
    session_list_jobs(app->session);
    bool silent = decisions_silent(app, status);
    if (status->question)
        acts_ask_complaint(app, status->question);
    else if (status->message && !silent)
        job_say(app, status, problems > 0);
    else if (!silent)
        app_say(app, problems ? ROLE_ERROR : ROLE_MESSAGE, "%s: %s of %s done%s%s",
                job_action_name(status->action), count_text(status->done, done),
                count_text(status->planned, planned), problems ? "; " : "",
                problems ? (char *)status->problems->pdata[0] : "");
    acts_ended(app, status);
    answers_ended(app, status);
    acts_put_back(app, status);
    if (status->drafts)
        drafts_tell(app, status->drafts == 1);
    acts_next(app);
    decisions_next(app);
}

static void on_matched(const GPtrArray *sets, const char *error, gpointer data)
{
    command_matched(data, sets, error);
}

static void on_jobs_listed(const JobListing *listing, gpointer data)
{
    App *app = data;
    acts_listed(app, listing);
    app_touch(app);
}

static void on_drafts_listed(guint job, const GPtrArray *drafts, gpointer data)
{
    App *app = data;
    View *view = app_top(app);
    if (view->ops->drafts)
        view->ops->drafts(view, job, drafts);
    app_touch(app);
}

static void on_job_changed(const JobStatus *status, gpointer data)
{
    App *app = data;
    /* what planning and waiting took says nothing of how fast it goes */
    if (app->job.done == 0 && status->done > 0) {
        app->job_since = g_get_monotonic_time();
        app->job_done_then = status->done;
    }
    app->job = *status;
    app->job.message = app->job.query = app->job.draft_file = app->job.question = NULL;
    app->job.problems = NULL;
    app->job_running = status->running;
    if (status->running) {
        app_touch_soon(app);
        return;
    }
    job_ended(app, status); /* of a short one nothing was told before */
    app_touch(app);
}

static void on_new_mail(gpointer data)
{
    App *app = data;
    g_autofree char *key = app_key(app, CONTEXT_LIST, ACTION_LOOK_AGAIN);
    app->new_mail = true;
    if (!app->message)
        app_say(app, ROLE_MESSAGE, "The mailbox has changed; to look again: %s", key);
}

static void on_word(const char *text, gpointer data)
{
    app_say(data, ROLE_MESSAGE, "%s", text);
}

static const SessionEvents session_events = {
    .rows_added = on_rows_added,
    .rows_reset = on_rows_reset,
    .rows_changed = on_rows_changed,
    .reading = on_reading,
    .case_ready = on_case_ready,
    .text_ready = on_text_ready,
    .job_changed = on_job_changed,
    .jobs_listed = on_jobs_listed,
    .drafts_listed = on_drafts_listed,
    .matched = on_matched,
    .new_mail = on_new_mail,
    .word = on_word,
};

/* --- the terminal's events -------------------------------------------------------------------- */

static void on_key(Key key, gpointer data)
{
    keys_press(data, key);
}

static void on_mouse(int x, int y, int wheel, gpointer data)
{
    App *app = data;
    View *view = app_top(app);
    if (app->prompt)
        return;
    seen_key_begin(app);
    if (wheel)
        for (int i = 0; i < 3; i++)
            app_do(app, wheel > 0 ? ACTION_NEXT : ACTION_PREVIOUS);
    else if (view->ops->click)
        view->ops->click(view, x, y);
    seen_key_end(app);
    app_touch(app);
}

/* What is pasted is text: it types, and never does anything. */
static void on_pasted(const char *text, gpointer data)
{
    App *app = data;
    if (!app->prompt || app->prompt->choices) {
        app_say(app, ROLE_ERROR, "Pasted text is taken only where something is typed");
        return;
    }
    g_autofree char *line = g_strdup(text);
    g_strdelimit(line, "\n\r\t", ' ');
    prompt_type(app->prompt, g_strstrip(line));
    app_touch(app);
}

static void on_resized(gpointer data)
{
    app_touch(data);
}

static void on_gone(const char *why, gpointer data)
{
    App *app = data;
    g_free(app->failed);
    app->failed = g_strdup(why);
    app_quit(app);
}

static bool app_settled(const App *app)
{
    View *view = app_top(app);
    return !app->reading && !app->job_running && !clipboard_busy(app) && !acts_waiting(app) &&
           session_settled(app->session) && view && seen_stands(app) &&
           (!view->ops->settled || view->ops->settled(view)) && !app->draw_source &&
           (!app->prompt || prompt_listens(app->prompt));
}

static char *on_rows(gpointer data)
{
    const App *app = data;
    View *view = app_top(app);
    GString *text = g_string_new(NULL);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    int here = view_row(view);
    if (view->ops->all)
        view->ops->all(view, rows);
    else
        view_rows(view, rows);
    for (guint i = 0; i < rows->len; i++) {
        guint row = g_array_index(rows, guint, i);
        g_string_append_printf(text, "%c%c%s\n", (int)row == here ? '>' : ' ',
                               model_marked(app->model, row) ? '*' : ' ',
                               model_row(app->model, row)->file);
    }
    return g_string_free(text, FALSE);
}

static bool on_settled(gpointer data)
{
    return app_settled(data);
}

static bool on_unseen(gpointer data)
{
    return !seen_stands(data);
}

static const TermEvents term_events = {
    .key = on_key,
    .mouse = on_mouse,
    .pasted = on_pasted,
    .resized = on_resized,
    .gone = on_gone,
    .rows = on_rows,
    .settled = on_settled,
    .unseen = on_unseen,
};

/* --- beginning and end ------------------------------------------------------------------------ */

static bool wants_ascii(const Config *config)
{
    const char *charset;
    if (g_strcmp0(config->review.ascii, "true") == 0)
        return true;
    return g_strcmp0(config->review.ascii, "false") != 0 && !g_get_charset(&charset);
}

/* A whole row costs some two hundred bytes a key. */
static bool wants_short_cursor(const Config *config)
{
    if (g_strcmp0(config->review.cursor, "auto") != 0)
        return g_strcmp0(config->review.cursor, "short") == 0;
    return g_getenv("SSH_CONNECTION") || g_getenv("SSH_TTY");
}

static Term *terminal_open(App *app, bool color, GError **error)
{
    const char *script = g_getenv("NOTME_SCRIPT");
    const TermSetup setup = {.color = color,
                             .mouse = app->config->review.mouse,
                             .utf8 = !wants_ascii(app->config),
                             .theme = app->config->theme,
                             .events = &term_events,
                             .data = app};
    return script && *script ? term_script_new(&setup, script, error)
                             : term_curses_new(&setup, error);
}

static void view_free(gpointer view)
{
    ((View *)view)->ops->free(view);
}

static void app_clear(App *app)
{
    g_clear_handle_id(&app->draw_source, g_source_remove);
    g_clear_handle_id(&app->key_timer, g_source_remove);
    prompt_free(app->prompt);
    clipboard_end(app);
    acts_free(app->acts);
    decisions_free(app->decisions);
    seen_free(app->seen);
    command_choice_free(app->choice);
    if (app->views)
        g_ptr_array_unref(app->views);
    model_free(app->model);
    if (app->session)
        session_free(app->session);
    term_free(app->term);
    screen_free(app->screen);
    keymap_free(app->keymap);
    for (int i = 0; i < HISTORY_COUNT; i++)
        g_clear_pointer(&app->histories[i], g_ptr_array_unref);
    g_clear_pointer(&app->loop, g_main_loop_unref);
    config_unref(app->config);
    g_free(app->message);
    g_free(app->question);
    g_free(app->query);
    g_free(app->limit);
    g_free(app->limit_before);
    g_clear_handle_id(&app->limit_source, g_source_remove);
    g_free(app->needle);
    g_free(app->find_id);
    g_free(app->read_error);
}

static bool app_setup(App *app, bool color, GError **error)
{
    const Config *config = app->config;
    /* first, so that its process starts while the terminal is set up */
    app->session = session_new(config, &session_events, app);
    app->keymap = keymap_load(config->review.keymap ? config->review.keymap : "default",
                              config->config_dir, error);
    if (!app->keymap || !keymap_check(app->keymap, config->commands, error))
        return false;
    app->term = terminal_open(app, color, error);
    if (!app->term)
        return false;
    app->loop = g_main_loop_new(NULL, FALSE);
    app->views = g_ptr_array_new_with_free_func(view_free);
    app->screen = screen_new(app->term->utf8);
    app->screen->short_cursor = wants_short_cursor(config);
    screen_resize(app->screen, app->term->width, app->term->height);
    for (int i = 0; i < HISTORY_COUNT; i++)
        app->histories[i] = g_ptr_array_new_with_free_func(g_free);
    app->model = model_new(app->session, config);
    app->acts = acts_new();
    app->decisions = decisions_new();
    app->seen = seen_new();
    model_sort(app->model, (RowOrder)MAX(row_order_from_name(config->review.sort), 0), false);
    app->group = (GroupBy)MAX(group_from_name(config->review.group), 0);
    return true;
}

/* Messages of libraries would be written across the screen. */
static GLogWriterOutput log_nothing(GLogLevelFlags level, const GLogField *fields, gsize count,
                                    gpointer data)
{
    if (level & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL))
        return g_log_writer_default(level, fields, count, data);
    return G_LOG_WRITER_HANDLED;
}

/* What goes on, or does not, behind the user's back; NULL: nothing. The caller frees it. */
static char *parting_word(const App *app)
{
    if (!app->job_running)
        return NULL;
    guint waiting = acts_waiting_count(app);
    g_autofree char *more = waiting ? g_strdup_printf("; %u more that waited for it %s not begun",
                                                      waiting, waiting == 1 ? "was" : "were")
                                    : g_strdup("");
    char done[COUNT_SIZE], planned[COUNT_SIZE];
    return g_strdup_printf(
        "%s goes on by itself, %s of %s so far%s; \"notme log\" says how it ends",
        job_action_doing(app->job.action), count_text(app->job.done, done),
        count_text(app->job.planned, planned), more);
}

int run_interface(const Config *config, const char *config_path, const char *query, bool color,
                  char **parting, GError **error)
{
    App app = {.config = config_ref(config),
               .undecided = -1,
               .keyed = true, /* till the loop begins all is done by who started it */
               .config_path = config_path,
               .draw = app_draw,
               .perform = keys_do};
    app.query = g_strdup(query ? query : config->review.query ? config->review.query : "*");
    if (!app_setup(&app, color, error)) {
        app_clear(&app);
        return 2;
    }
    g_log_set_writer_func(log_nothing, NULL, NULL);
    app_push(&app, view_review_new(&app, NULL));
    if (app.group != GROUP_NONE)
        app_push(&app, view_groups_new(&app, app.group, NULL));
    if (!config->identity_configured) {
        g_autofree char *key = keymap_key(app.keymap, CONTEXT_LIST, ACTION_COMMAND);
        app_say(&app, ROLE_ERROR, "It is not known which hosts are yours; find out with %slearn",
                key ? key : ":");
    }
    app_query(&app);
    if (!query)
        last_view_offer(&app);
    app.keyed = false;
    term_start(app.term);
    GSource *watchdog = watchdog_start(NULL);
    g_main_loop_run(app.loop);
    watchdog_stop(watchdog);
    *parting = parting_word(&app);
    if (app.term->lost)
        last_view_save(&app);
    if (app.failed)
        g_set_error_literal(error, TERM_ERROR, 0, app.failed);
    app_clear(&app);
    return *error ? 2 : 0;
}
