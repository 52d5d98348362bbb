/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme purge: unlinks what the journal says was deleted, and nothing else. */
#include <string.h>

#include "base/duration.h"
#include "cli/commands.h"
#include "cli/jobs.h"

int cmd_purge(CommandContext *context, int argc, char **argv)
{
    g_autofree char *older = NULL;
    gboolean dry_run = FALSE, yes = FALSE;
    const GOptionEntry entries[] = {
        {"older-than", 0, 0, G_OPTION_ARG_STRING, &older,
         "only what was deleted longer ago than this [30d]", "TIME"},
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, "only say what would be done", NULL},
        {"yes", 'y', 0, G_OPTION_ARG_NONE, &yes, "for scripts; it never asks", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(JobRequest) request = job_request_new(JOB_PURGE);
    int status;
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (argc > 1)
        return cli_usage(context, "takes no arguments: it looks into the journal");
    if (!duration_parse(older ? older : "30d", &request->older_than) && g_strcmp0(older, "0") != 0)
        return cli_usage(context, "--older-than is a number with s, m, h, d, w or y: 30d");
    request->query = g_strdup_printf("--older-than=%s", older ? older : "30d");
    return dry_run ? cli_job_preview(context, request) : cli_job(context, request, false, NULL);
}
