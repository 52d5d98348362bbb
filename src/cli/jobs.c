/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs from the command line: the writer process does them, this side watches and tells. */
#include "cli/jobs.h"
#include "job/job_list.h"
#include "job/job_preview.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/safe.h"
#include "cli/interrupt.h"
#include "job/job_client.h"

/* Lines that are told of one job; --verbose tells all. */
enum { PROBLEMS_MOST = 10, WAIT_LOOK_US = 500 * 1000 };

typedef struct Watch {
    const Config *config;
    gint64 looked;       /* at the job that is waited for */
    bool terminal, line; /* standard error is a terminal; a line stands on it */
    bool told_waiting, told_stop;
    gint64 began;
} Watch;

static void watch_clear(Watch *watch)
{
    if (watch->line)
        fputs("\r\033[K", stderr);
    watch->line = false;
}

/* "1200 of 5000, 6 s left" on the same line again and again. */
static void watch_show(Watch *watch, const JobStatus *status)
{
    guint gone = status->done + status->skipped;
    gint64 now = g_get_monotonic_time();
    if (!watch->terminal || !status->planned || status->planned < gone)
        return;
    if (!watch->began)
        watch->began = now;
    double seconds = (double)(now - watch->began) / G_USEC_PER_SEC;
    if (seconds < 0.3)
        return;
    fprintf(stderr, "\r\033[K%s: %u of %u", job_action_name(status->action), gone, status->planned);
    if (gone > 0 && seconds > 1)
        fprintf(stderr, ", %.0f s left", seconds * (status->planned - gone) / gone);
    fflush(stderr);
    watch->line = true;
}

/* Whose end is waited for: a job of notme itself has a number and tells how far it is. */
static void watch_wait(Watch *watch, const JobStatus *status)
{
    gint64 now = g_get_monotonic_time();
    if (now - watch->looked < WAIT_LOOK_US)
        return;
    watch->looked = now;
    g_autoptr(JobStatus) other = NULL;
    /* a job that has its number has had its turn: it waits for the database */
    bool ours = status->job == 0 && job_is_running(watch->config, &other);
    if (!watch->told_waiting) {
        watch->told_waiting = true;
        g_autofree char *text =
            other  ? g_strdup_printf("waiting for job %u of notme (%s), which is at work: %u of %u "
                                      "so far",
                                     other->job, job_action_name(other->action), other->done,
                                     other->planned)
            : ours ? g_strdup("waiting for another notme, which is at work")
                   : g_strdup("waiting for the database: another program is writing to it");
        cli_error(text, NULL);
    } else if (other && watch->terminal) {
        fprintf(stderr, "\r\033[Kjob %u: %u of %u", other->job, other->done, other->planned);
        fflush(stderr);
        watch->line = true;
    }
}

static bool watch_progress(const JobStatus *status, gpointer data)
{
    Watch *watch = data;
    if (interrupt_came() && !watch->told_stop) {
        watch_clear(watch);
        cli_error("stopping at the next message", NULL);
        watch->told_stop = true;
    }
    if (status && status->waiting_for_lock)
        watch_wait(watch, status);
    else if (status)
        watch_show(watch, status);
    return !interrupt_came();
}

static void print_line(const char *text)
{
    g_autofree char *safe = safe_text(span_of(text), SAFE_LINE);
    puts(safe);
}

/* Thousands of lines of one reason hide all else: a few, and how many more. */
static void problems_tell(const CommandContext *context, const GPtrArray *problems)
{
    guint most =
        context->verbose || problems->len <= PROBLEMS_MOST + 1 ? problems->len : PROBLEMS_MOST;
    for (guint i = 0; i < most; i++)
        cli_error(problems->pdata[i], NULL);
    if (most == problems->len)
        return;
    g_autofree char *text =
        g_strdup_printf("and %u more like these; --verbose names all", problems->len - most);
    cli_error(text, NULL);
}

static int status_tell(const CommandContext *context, const JobStatus *status, bool quiet)
{
    if (status->recovered)
        cli_error(status->recovered, NULL);
    problems_tell(context, status->problems);
    if (status->message && !context->quiet && (!quiet || status->done)) {
        g_autofree char *line = status->job
                                    ? g_strdup_printf("job %u: %s", status->job, status->message)
                                    : g_strdup(status->message);
        print_line(line);
    }
    bool partly = status->problems->len > 0 ||
                  (status->job && status->done + status->skipped < status->planned);
    return partly ? EXIT_PARTLY : EXIT_DONE;
}

int cli_job(CommandContext *context, const JobRequest *request, bool quiet, JobStatus **result)
{
    g_autoptr(GError) error = NULL;
    interrupt_catch();
    g_autoptr(JobClient) client = job_client_start(context->config, request, &error);
    if (!client)
        return cli_failed(g_steal_pointer(&error));
    Watch watch = {.config = context->config, .terminal = isatty(STDERR_FILENO)};
    g_autoptr(JobStatus) status = job_client_wait(client, watch_progress, &watch, &error);
    watch_clear(&watch);
    if (!status)
        return cli_failed(g_steal_pointer(&error));
    int exit_status = status_tell(context, status, quiet);
    if (result)
        *result = g_steal_pointer(&status);
    return exit_status;
}

bool cli_settle(CommandContext *context, int *status)
{
    g_autoptr(JobStatus) running = NULL;
    if (!job_open_one(context->config) && !job_is_running(context->config, &running))
        return true;
    /* a job of nothing waits for its turn, and finishes what is open before it */
    g_autoptr(JobRequest) nothing = job_request_new(JOB_TAG);
    *status = cli_job(context, nothing, true, NULL);
    return *status != EXIT_CANNOT;
}

int cli_job_preview(CommandContext *context, const JobRequest *request)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) lines = job_preview(context->config, request, problems, &error);
    if (!lines)
        return cli_failed(g_steal_pointer(&error));
    cli_tell_open_job(context->config);
    problems_tell(context, problems);
    for (guint i = 0; i < lines->len; i++)
        print_line(lines->pdata[i]);
    printf("%s: %u %s%s; nothing was changed (dry run)\n", job_action_name(request->action),
           lines->len,
           request->action == JOB_UNDO || request->action == JOB_DECIDE ? "step" : "message",
           lines->len == 1 ? "" : "s");
    return problems->len ? EXIT_PARTLY : EXIT_DONE;
}

bool cli_ask(const char *question, int *status)
{
    char answer[32];
    *status = EXIT_CANNOT;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
        g_autofree char *why =
            g_strdup_printf("%s There is no terminal to answer on: --yes does it, --dry-run shows "
                            "what would be done, --verdict=backscatter takes those only",
                            question);
        cli_error("nothing was done", why);
        return false;
    }
    g_autofree char *safe = safe_text(span_of(question), SAFE_LINE);
    fflush(stdout);
    fprintf(stderr, "%s [y/N] ", safe);
    fflush(stderr);
    *status = EXIT_DONE;
    return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

void cli_tell_open_job(const Config *config)
{
    guint number = job_open_one(config);
    if (!number)
        return;
    g_autofree char *text = g_strdup_printf(
        "job %u was interrupted; the next command that changes something finishes it first",
        number);
    cli_error(text, NULL);
}
