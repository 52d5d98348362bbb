/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: what this session did at once, what another did only by name. */
#include "base/count.h"
#include "screen/clock.h"
#include "stage/acts_private.h"
#include "stage/seen.h"

#include <string.h>

/* What the cursor of the list is on, or waits for; NULL: there is none. Borrowed. */
static const char *cursor_id(const App *app)
{
    const View *view = app_top(app);
    if (!view->ops->cursor && view->parent)
        view = view->parent;
    return view->ops->cursor ? view->ops->cursor(view) : NULL;
}

static void again_queue(App *app, ActionId action, guint job)
{
    const Act act = {.action = action, .job = job, .left = g_strdup(cursor_id(app))};
    act_queue(app, &act);
}

void acts_again_go(App *app, const char *id)
{
    View *view = app_top(app);
    const char *left = app->acts->again_left;
    if (!id || !view->ops->go_to || g_strcmp0(left, cursor_id(app)) != 0)
        return;
    view->ops->go_to(view, id);
    /* those that were asked for from there, too, go on from here */
    for (GList *link = app->acts->queue.head; link; link = link->next) {
        Act *act = link->data;
        if (act->rows || g_strcmp0(act->left, left) != 0)
            continue;
        g_free(act->left);
        act->left = g_strdup(cursor_id(app));
    }
}

void acts_undo_job(App *app, guint job)
{
    again_queue(app, ACTION_UNDO, job);
}

void acts_redo_job(App *app, guint job)
{
    again_queue(app, ACTION_REDO, job);
}

/* Job @number of the list; NULL: it has none. */
static const JobStatus *job_listed(const App *app, guint number)
{
    const JobListing *listing = session_listing(app->session);
    for (guint i = 0; listing && i < listing->jobs->len; i++) {
        const JobStatus *job = listing->jobs->pdata[i];
        if (job->job == number)
            return job;
    }
    return NULL;
}

/* "delete 2,959, today 03:34", of a job of the list; its number alone where the list has none. */
static char *job_words(const App *app, guint number)
{
    const JobStatus *job = job_listed(app, number);
    char count[32], when[16];
    if (!job)
        return g_strdup_printf("job %u", number);
    count_text(job->done, count);
    clock_short_date(job->time, clock_now(), when);
    bool today = strchr(when, ':') != NULL;
    return g_strdup_printf("%s %s, %s%s", job_action_name(job->action), count,
                           today ? "today " : "", when);
}

static void again_answered(gpointer data, const char *text)
{
    App *app = data;
    Act waiting = app->acts->waiting;
    app->acts->waiting = (Act){0};
    if (text && strcmp(text, "y") == 0)
        again_queue(app, waiting.action, waiting.job);
    else
        app_say(app, ROLE_MESSAGE, "Nothing done");
}

/* "3 deleted (group: larch.example)", of job @number. The caller frees it. */
static char *done_words(const App *app, guint number)
{
    const JobStatus *job = job_listed(app, number);
    if (!job)
        return g_strdup_printf("job %u", number);
    const char *group = job->query ? strstr(job->query, JOB_GROUP) : NULL;
    char count[COUNT_SIZE];
    return g_strdup_printf("%s %s%s%s%s", count_text(job->done, count),
                           job_action_past(job->action), group ? " (" : "", group ? group + 2 : "",
                           group ? ")" : "");
}

/* "; b1:2,S: it is gone or was changed since, and 2 more": who reviews knows the folder. The caller
 * frees it. */
static char *left_words(const JobStatus *status)
{
    if (!status->problems || status->problems->len == 0)
        return g_strdup("");
    const char *text = status->problems->pdata[0];
    const char *end = strstr(text, "; left as it is"), *why = strstr(text, ": ");
    const char *slash = why ? g_strrstr_len(text, why - text, "/") : NULL;
    const char *from = slash ? slash + 1 : text;
    guint more = status->problems->len - 1;
    char count[COUNT_SIZE];
    return g_strdup_printf("; %.*s%s%s%s", end ? (int)(end - from) : (int)strlen(from), from,
                           more ? ", and " : "", more ? count_text(more, count) : "",
                           more ? " more" : "");
}

/* "4 put back, 2 left as they are", without how it is tried again on a command line; "" where it
 * did nothing. The caller frees it. */
static char *back_words(const JobStatus *status)
{
    const char *message = status->done && status->message ? status->message : "";
    const char *job = g_strrstr(message, " (job ");
    return job ? g_strdup_printf("; %.*s", (int)(job - message), message) : g_strdup("");
}

static void undo_tell(App *app, const JobStatus *status)
{
    g_autofree char *words = done_words(app, app->acts->again);
    if (status->done && status->done == status->planned && !status->skipped) {
        app_say(app, ROLE_MESSAGE, "Undone: %s; %s", words, status->message);
        return;
    }
    g_autofree char *back = back_words(status), *left = left_words(status);
    g_autofree char *jobs = app_key(app, CONTEXT_LIST, ACTION_JOBS);
    g_autofree char *undo = app_key(app, CONTEXT_JOBS, ACTION_UNDO);
    app_say(app, ROLE_ERROR, "%s: %s%s%s; in %s, %s on job %u tries again",
            status->done ? "Undone in part" : "Not undone", words, back, left, jobs, undo,
            app->acts->again);
}

/* It could not even begin: another program has done it, or what it needs is gone. */
static void refused_tell(App *app, const JobStatus *status)
{
    g_autofree char *jobs = app_key(app, CONTEXT_LIST, ACTION_JOBS);
    g_autofree char *look = app_key(app, CONTEXT_LIST, ACTION_LOOK_AGAIN);
    const char *message = status->message ? status->message : "nothing was done";
    const char *command = strstr(message, "; \"notme "); /* which is nothing to type here */
    app_say(app, ROLE_ERROR, "%.*s; %s lists the jobs, %s shows what is there now",
            command ? (int)(command - message) : (int)strlen(message), message, jobs, look);
}

void acts_again_tell(App *app, const JobStatus *status)
{
    if (!status->job)
        refused_tell(app, status);
    else if (status->action == JOB_UNDO)
        undo_tell(app, status);
}

void acts_again_tell_dropped(App *app)
{
    ActionId dropped = app->acts->dropped;
    app->acts->dropped = ACTION_NONE;
    if (!dropped)
        return;
    g_autofree char *before = g_steal_pointer(&app->message);
    g_autofree char *undo = app_key(app, CONTEXT_LIST, ACTION_UNDO);
    g_autofree char *jobs = app_key(app, CONTEXT_LIST, ACTION_JOBS);
    app_say(app, ROLE_ERROR,
            "%s%s%s: not done, for this was begun before the jobs were listed; "
            "%s takes this back, %s lists the others",
            before ? before : "", before ? "; " : "", action_row(dropped)->name, undo, jobs);
}

void acts_put_back(App *app, const JobStatus *status)
{
    bool held = session_holds_job(app->session, app->acts->again);
    if (status->action == JOB_UNDO && status->done && !held && !app->reading && !acts_waiting(app))
        app_query_again(app);
    app->acts->again = 0;
}

/* What another session did only by name. */
static void again_ask(App *app, ActionId action, guint job)
{
    g_autofree char *words = job_words(app, job);
    g_autofree char *line =
        g_strdup_printf("%s: %s? (y/n) ", action == ACTION_UNDO ? "Take back" : "Do again", words);
    act_clear(&app->acts->waiting);
    app->acts->waiting = (Act){.action = action, .job = job};
    app_ask(app, line, "yn", again_answered);
}

guint acts_again_last(App *app, ActionId action, bool listed)
{
    bool undo = action == ACTION_UNDO;
    guint job = undo ? app->acts->undoable : app->acts->redoable;
    bool own = job && session_owns_job(app->session, job);
    if (!own && !listed) {
        app->acts->asked = action;
        app_say(app, ROLE_MESSAGE, "%s: looking at the jobs there were ...",
                action_row(action)->name);
        session_list_jobs(app->session);
    } else if (!job) {
        g_autofree char *jobs = app_key(app, CONTEXT_LIST, ACTION_JOBS);
        app_say(app, ROLE_ERROR, "There is nothing to %s; %s lists the jobs",
                undo ? "undo" : "do again", jobs);
    } else if (own) {
        return job;
    } else {
        again_ask(app, action, job);
    }
    return 0;
}

/* At once, or behind what runs and waits. */
static void again(App *app, ActionId action, bool listed)
{
    bool later = session_busy(app->session) || acts_waiting(app);
    guint job = later ? 0 : acts_again_last(app, action, listed);
    if (later || job)
        again_queue(app, action, job);
}

void acts_listed(App *app, const JobListing *listing)
{
    ActionId asked = app->acts->asked;
    bool free = !app->prompt && !session_busy(app->session) && !acts_waiting(app);
    app->acts->asked = ACTION_NONE;
    if (listing) {
        app->acts->undoable = listing->undoable;
        app->acts->redoable = listing->redoable;
    }
    if (asked && free && listing)
        again(app, asked, true);
    else if (asked)
        app_say(app, ROLE_ERROR, "%s: not done, %s; press it again", action_row(asked)->name,
                listing ? "something else is asked" : "the jobs could not be listed");
}

void acts_again_here(App *app, ActionId action)
{
    View *view = app_top(app);
    int job = view->ops->job ? view->ops->job(view) : 0;
    if (job > 0) {
        if (!seen_refuses(app, action))
            again_queue(app, action, (guint)job);
    } else if (view->ops->job) /* not the last one instead: they may just not be listed yet */
        app_say(app, ROLE_ERROR, "%s: there is no job here", action_row(action)->name);
    else
        again(app, action, false);
}
