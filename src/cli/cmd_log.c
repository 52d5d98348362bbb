/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme log: the jobs of the journal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/safe.h"
#include "cli/commands.h"
#include "cli/jobs.h"
#include "job/job_json.h"
#include "job/job_list.h"

static json_t *log_entry(const JobStatus *status)
{
    g_autofree char *time = date_format_rfc3339(status->time);
    g_autofree char *query = status->query ? g_utf8_make_valid(status->query, -1) : NULL;
    /* an open job has not said yet how much of it is done */
    json_t *done = status->state == JOB_OPEN ? json_null() : json_integer((json_int_t)status->done);
    return json_pack("{s:i, s:s, s:s?, s:s, s:s?, s:i, s:o, s:o}", "job", (int)status->job,
                     "action", job_action_name(status->action), "time", time, "state",
                     job_state_name(status->state), "query", query, "planned", (int)status->planned,
                     "done", done, "verdicts", job_verdicts_to_json(status->verdicts));
}

static void log_json(const GPtrArray *jobs)
{
    for (guint i = 0; i < jobs->len; i++) {
        cli_json(log_entry(jobs->pdata[i]));
    }
}

/* "3 backscatter, 1 fake" */
static char *verdict_words(const JobStatus *status)
{
    GString *words = g_string_new(NULL);
    for (int i = VERDICT_GENUINE; i < VERDICT_COUNT; i++)
        if (status->verdicts[i])
            g_string_append_printf(words, "%s%u %s", words->len ? ", " : "", status->verdicts[i],
                                   verdict_name((VerdictValue)i));
    return g_string_free(words, FALSE);
}

/* What the numbers do not say. The caller frees it. */
static char *log_words(const JobStatus *status)
{
    if (status->state == JOB_OPEN)
        return g_strdup(status->running ? ", at work now"
                                        : ", interrupted: the next command that changes something "
                                          "finishes it");
    if (status->partly_by)
        return g_strdup_printf(", not all of it put back by job %u", status->partly_by);
    return g_strdup("");
}

static void log_text(const GPtrArray *jobs)
{
    if (jobs->len == 0)
        puts("no jobs yet");
    for (guint i = 0; i < jobs->len; i++) {
        const JobStatus *status = jobs->pdata[i];
        g_autoptr(GDateTime) when = g_date_time_new_from_unix_local(status->time);
        g_autofree char *time = when ? g_date_time_format(when, "%Y-%m-%d %H:%M") : g_strdup("?");
        g_autofree char *words = verdict_words(status);
        g_autofree char *query = safe_text(span_of(status->query ? status->query : ""), SAFE_LINE);
        g_autofree char *more = log_words(status);
        printf("%5u  %s  %-10s %-7s %s%u of %u%s%s%s%s%s%s\n", status->job, time,
               job_action_name(status->action), job_state_name(status->state),
               status->state == JOB_OPEN ? "at least " : "", status->done, status->planned,
               *words ? " (" : "", words, *words ? ")" : "", more, *query ? "  " : "", query);
    }
}

int cmd_log(CommandContext *context, int argc, char **argv)
{
    g_autofree char *format = NULL;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "how it is printed", "text|json"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int status;
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (argc > 1)
        return cli_usage(context, "takes no arguments");
    bool json = g_strcmp0(format, "json") == 0;
    if (format && !json && strcmp(format, "text") != 0)
        return cli_usage(context, "--format is text or json");
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) jobs = job_list(context->config, problems);
    cli_tell_open_job(context->config);
    if (json)
        log_json(jobs);
    else
        log_text(jobs);
    for (guint i = 0; i < problems->len; i++)
        cli_error(problems->pdata[i], NULL);
    return problems->len ? EXIT_PARTLY : EXIT_DONE;
}
