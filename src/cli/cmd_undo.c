/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme undo, notme redo: take back a job; do it again. */
#include "cli/commands.h"
#include "cli/jobs.h"
#include "cli/written.h"
#include "job/redo.h"

/* What is done again writes to the configuration: what that means, as when it was done first. What
 * cannot be done again the job says. */
static void redo_tell(const CommandContext *context, guint number)
{
    g_autoptr(JobRequest) again = redo_request(context->config->state_dir, number, NULL);
    if (again && again->action == JOB_ANSWER)
        cli_tell_answer(again->options.question, again->options.yes);
    else if (again && again->action == JOB_DECIDE && again->options.word)
        cli_tell_decision(again->options.campaign, again->options.word);
}

static int job_again(CommandContext *context, JobAction action, int argc, char **argv)
{
    g_autoptr(JobRequest) request = job_request_new(action);
    gboolean dry_run = FALSE;
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, "only say what would be put back", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    int status;
    if (!cli_parse(context, action == JOB_UNDO ? entries : NULL, &argc, &argv, &status))
        return status;
    if (argc > 2)
        return cli_usage(context, "takes one job number at most");
    guint64 number = 0;
    if (argc == 2 && (!g_ascii_string_to_unsigned(argv[1], 10, 1, G_MAXINT, &number, NULL)))
        return cli_usage(context, "JOB is a number; \"notme log\" lists them");
    request->undo = (guint)number;
    request->query = cli_query(argc, argv, 1);
    if (dry_run)
        return cli_job_preview(context, request);
    if (action == JOB_REDO)
        redo_tell(context, request->undo);
    return cli_job(context, request, false, NULL);
}

int cmd_undo(CommandContext *context, int argc, char **argv)
{
    return job_again(context, JOB_UNDO, argc, argv);
}

int cmd_redo(CommandContext *context, int argc, char **argv)
{
    return job_again(context, JOB_REDO, argc, argv);
}
