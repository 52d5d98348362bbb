/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs, running and past, the latest first; any that is not purged can be taken back. */
#include <stdio.h>
#include <string.h>

#include "views/view_jobs.h"

#include "base/count.h"
#include "base/needle.h"
#include "draw/draw_case.h"
#include "screen/clock.h"
#include "screen/doc.h"
#include "stage/header.h"
#include "views/view_drafts.h"

enum { NARROW = 50 };

typedef struct Jobs {
    View view;
    List *list;
    GPtrArray *jobs; /* of JobStatus, oldest first */
    char id[16];
} Jobs;

static const JobStatus *job_at(const Jobs *self, guint item)
{
    return self->jobs->pdata[item];
}

static void client_order(gpointer data, GArray *order)
{
    const Jobs *self = data;
    for (guint i = self->jobs->len; i-- > 0;)
        g_array_append_val(order, i);
}

static const char *client_id(gpointer data, guint item)
{
    Jobs *self = data;
    snprintf(self->id, sizeof self->id, "%u", job_at(self, item)->job);
    return self->id;
}

static bool client_matches(gpointer data, guint item, const char *needle)
{
    const JobStatus *job = job_at(data, item);
    return needle_in(needle, job_action_name(job->action)) || needle_in(needle, job->query) ||
           needle_in(needle, job->message);
}

/* What it was for. The query in force needs no telling. */
static const char *query_told(const Jobs *self, const JobStatus *job)
{
    const char *query = job->query ? job->query : "", *now = self->view.app->query;
    gsize n = strlen(now);
    if (strncmp(query, now, n) != 0)
        return query;
    return g_str_has_prefix(query + n, JOB_GROUP) ? query + n + 2 : query[n] ? query : "";
}

/* Those that it was for, and no others. */
static int verdicts_draw(const JobStatus *job, Screen *screen, int x, int y, int end)
{
    for (int v = VERDICT_GENUINE; v < VERDICT_COUNT; v++) {
        char count[32];
        Role role = draw_verdict_role((VerdictValue)v);
        if (!job->verdicts[v])
            continue;
        count_text(job->verdicts[v], count);
        x = screen_put(screen, x, y, end,
                       glyph_text(draw_verdict_glyph((VerdictValue)v), screen->utf8), role);
        x = screen_printf(screen, x, y, end, role, " %s", count) + 2;
    }
    return x;
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const Jobs *self = data;
    const JobStatus *job = job_at(self, item);
    bool running = job->running;
    char date[16], done[32];
    clock_short_date(job->time, clock_now(), date);
    count_text(job->done, done);
    g_autofree char *number = g_strdup_printf("%u", job->job);
    screen_put_right(screen, x, y, x + 5, number, ROLE_DIM);
    screen_put(screen, x + 6, y, x + 14, date, ROLE_DIM);
    int less = end < NARROW ? 4 : 0; /* the state stands in whole in forty columns */
    screen_put_cut(screen, x + 14, y, x + 25 - less, job_action_name(job->action), ROLE_NORMAL);
    screen_put_right(screen, x + 25 - less, y, x + 32 - less, done, ROLE_NORMAL);
    screen_put_cut(screen, x + 34 - less, y, end, running ? "running" : job_state_name(job->state),
                   running                    ? ROLE_MESSAGE
                   : job->state == JOB_UNDONE ? ROLE_DIM
                                              : ROLE_NORMAL);
    if (end <= 60)
        return;
    x += 44;
    x = verdicts_draw(job, screen, x, y, end);
    if (job->skipped)
        x = screen_printf(screen, x, y, end, ROLE_ERROR, "%s skipped  ",
                          count_text(job->skipped, (char[COUNT_SIZE]){0}));
    if (job->planned > job->done && !running && job->state != JOB_UNDONE) {
        char planned[32];
        count_text(job->planned, planned);
        x = screen_printf(screen, x, y, end, ROLE_MESSAGE, "of %s  ", planned);
    }
    screen_put_cut(screen, x, y, end, query_told(self, job), ROLE_DIM);
}

static const ListClient client = {
    .order = client_order,
    .id = client_id,
    .draw = client_draw,
    .matches = client_matches,
};

static void jobs_free(View *view)
{
    Jobs *self = (Jobs *)view;
    list_free(self->list);
    g_ptr_array_unref(self->jobs);
    g_free(self);
}

static void jobs_recalc(View *view, int width, int height)
{
    Jobs *self = (Jobs *)view;
    const JobListing *listing = session_listing(view->app->session);
    (void)width;
    if (listing && listing->jobs != self->jobs) {
        g_ptr_array_unref(self->jobs);
        self->jobs = g_ptr_array_ref(listing->jobs);
    }
    list_rebuild(self->list);
    list_settle(self->list);
    list_resize(self->list, height - 2);
}

static void jobs_draw(const View *view, Screen *screen, int height)
{
    const Jobs *self = (const Jobs *)view;
    (void)height;
    header_draw(view->app, screen, "jobs, the latest first", NULL, NULL);
    screen_put(screen, 1, 1, screen->width,
               screen->width < NARROW ? "  job when    what      done  state"
                                      : "  job when    what          done  state",
               ROLE_DIM);
    list_draw(self->list, screen, 0, 2, screen->width);
    if (list_count(self->list) == 0)
        screen_put(screen, 2, 2, screen->width, "Nothing was done yet.", ROLE_DIM);
}

/* How much of @job was skipped, and how it is taken back. */
static void skipped_say(App *app, const JobStatus *job)
{
    static const bool undoable[] = {[JOB_DONE] = true, [JOB_STOPPED] = true, [JOB_PARTLY] = true};
    bool back = !job->running && job->done && job->state < G_N_ELEMENTS(undoable) &&
                undoable[job->state] && job->action != JOB_UNDO && job->action != JOB_PURGE;
    g_autofree char *key = app_key(app, CONTEXT_JOBS, ACTION_UNDO);
    char count[COUNT_SIZE];
    app_say(app, ROLE_MESSAGE, "%s of it %s skipped%s%s%s%s",
            job->skipped ? count_text(job->skipped, count) : "Nothing",
            job->skipped > 1 ? "were" : "was",
            job->skipped ? ", gone or changed before it began" : "", back ? "; " : "",
            back ? key : "", back ? " takes it back" : "");
}

/* What was skipped, and why, of the job under the cursor. */
static void problems_show(Jobs *self)
{
    int item = list_current(self->list);
    const JobStatus *job = item < 0 ? NULL : job_at(self, (guint)item);
    if (!job)
        return;
    if (job->problems && job->problems->len)
        app_say(self->view.app, ROLE_ERROR, "%s skipped; %s",
                count_text(job->problems->len, (char[COUNT_SIZE]){0}),
                (char *)job->problems->pdata[0]);
    else if (job->message)
        app_say(self->view.app, ROLE_MESSAGE, "%s", job->message);
    else
        skipped_say(self->view.app, job);
}

static bool jobs_act(View *view, ActionId action)
{
    Jobs *self = (Jobs *)view;
    if (action != ACTION_OPEN)
        return list_act(self->list, action);
    int item = list_current(self->list);
    const JobStatus *job = item < 0 ? NULL : job_at(self, (guint)item);
    bool drafts = job && job->action == JOB_COMPLAIN && job->done;
    if (drafts)
        app_push(view->app, view_drafts_new(view->app, job->job));
    if (!drafts || (job->problems && job->problems->len))
        problems_show(self);
    return true;
}

static bool jobs_find(View *view, const char *needle, int by, bool from_here)
{
    return list_find(((Jobs *)view)->list, needle, by, from_here);
}

static int jobs_job(View *view)
{
    Jobs *self = (Jobs *)view;
    int item = list_current(self->list);
    return item < 0 ? -1 : (int)job_at(self, (guint)item)->job;
}

static guint jobs_spot(const View *view)
{
    return list_position(((const Jobs *)view)->list);
}

static void jobs_go_spot(View *view, guint spot)
{
    list_go(((Jobs *)view)->list, spot);
}

static const ViewOps jobs_ops = {
    .name = "jobs",
    .context = CONTEXT_JOBS,
    .free = jobs_free,
    .recalc = jobs_recalc,
    .draw = jobs_draw,
    .act = jobs_act,
    .find = jobs_find,
    .spot = jobs_spot,
    .go_spot = jobs_go_spot,
    .job = jobs_job,
};

View *view_jobs_new(App *app)
{
    Jobs *self = g_new0(Jobs, 1);
    self->view = (View){&jobs_ops, app, NULL};
    self->jobs = g_ptr_array_new();
    self->list = list_new(&client, self);
    session_list_jobs(app->session);
    return &self->view;
}
