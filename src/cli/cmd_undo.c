/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme undo, notme redo: take back a job; do it again. */
#include "cli/commands.h"
#include "cli/jobs.h"

static int job_again(CommandContext *context, JobAction action, int argc, char **argv)
{
    g_autoptr(JobRequest) request = job_request_new(action);
    int status;
    if (!cli_parse(context, NULL, &argc, &argv, &status))
        return status;
    if (argc > 2)
        return cli_usage(context, "takes one job number at most");
    guint64 number = 0;
    if (argc == 2 && (!g_ascii_string_to_unsigned(argv[1], 10, 1, G_MAXINT, &number, NULL)))
        return cli_usage(context, "JOB is a number; \"notme log\" lists them");
    request->undo = (guint)number;
    request->query = cli_query(argc, argv, 1);
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
