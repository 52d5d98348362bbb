/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo: what this session did at once, what another did only by name. */
#include "base/count.h"
#include "screen/clock.h"
#include "stage/acts_private.h"

#include <string.h>

static void again_queue(App *app, ActionId action, guint job)
{
    const Act act = {.action = action, .job = job};
    act_queue(app, &act);
}

void acts_undo_job(App *app, guint job)
{
    again_queue(app, ACTION_UNDO, job);
}

void acts_redo_job(App *app, guint job)
{
    again_queue(app, ACTION_REDO, job);
}

/* "delete 2,959, today 03:34", of a job of the list; its number alone where the list has none. */
static char *job_words(const App *app, guint number)
{
    const JobListing *listing = session_listing(app->session);
    for (guint i = 0; listing && i < listing->jobs->len; i++) {
        const JobStatus *job = listing->jobs->pdata[i];
        if (job->job != number)
            continue;
        char count[32], when[16];
        gint64 now = clock_now();
        count_text(job->done, count);
        clock_short_date(job->time, now, when);
        bool today = strchr(when, ':') != NULL;
        return g_strdup_printf("%s %s, %s%s", job_action_name(job->action), count,
                               today ? "today " : "", when);
    }
    return g_strdup_printf("job %u", number);
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

/* What this session did at once; what another did only by name. */
static void again(App *app, ActionId action)
{
    bool undo = action == ACTION_UNDO;
    guint job = undo ? app->acts->undoable : app->acts->redoable;
    if (session_busy(app->session) ||
        acts_waiting(app)) { /* what is done last when its turn comes */
        again_queue(app, action, 0);
        return;
    }
    if (!job && !session_listing(app->session)) {
        app->acts->asked = action;
        session_list_jobs(app->session);
        return;
    }
    if (!job) {
        app_say(app, ROLE_ERROR,
                undo ? "There is nothing to undo" : "There is nothing to do again");
        return;
    }
    if (session_owns_job(app->session, job)) {
        again_queue(app, action, job);
        return;
    }
    g_autofree char *words = job_words(app, job);
    g_autofree char *line =
        g_strdup_printf("%s: %s? (y/n) ", undo ? "Take back" : "Do again", words);
    act_clear(&app->acts->waiting);
    app->acts->waiting = (Act){.action = action, .job = job};
    app_ask(app, line, "yn", again_answered);
}

void acts_listed(App *app, const JobListing *listing)
{
    ActionId asked = app->acts->asked;
    app->acts->undoable = listing->undoable;
    app->acts->redoable = listing->redoable;
    app->acts->asked = ACTION_NONE;
    if (asked && !app->prompt)
        again(app, asked);
}

void acts_again_here(App *app, ActionId action)
{
    View *view = app_top(app);
    int job = view->ops->job ? view->ops->job(view) : -1;
    if (job > 0)
        again_queue(app, action, (guint)job);
    else
        again(app, action);
}
