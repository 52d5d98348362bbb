/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme decide: lists what was decided for all that comes of a campaign, or decides on one, as a
 * job. */
#include <stdio.h>
#include <string.h>

#include "base/safe.h"
#include "cli/commands.h"
#include "cli/jobs.h"
#include "cli/written.h"
#include "config/config_edit.h"
#include "decision/decision.h"
#include "job/decide.h"

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static int decisions_list(const Config *config)
{
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(config->decisions), compare_names);
    for (GList *it = names; it; it = it->next) {
        g_autofree char *safe = safe_text(span_of(it->data), SAFE_LINE);
        printf("%-10s  %s\n", decision_of(config, it->data), safe);
    }
    if (!names)
        puts("nothing is decided; \"notme decide CAMPAIGN delete\" decides on a campaign, as "
             "\"notme list --fields=campaign\" prints it");
    return EXIT_DONE;
}

int cmd_decide(CommandContext *context, int argc, char **argv)
{
    int status;
    gboolean dry_run = FALSE;
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, "only say what would be decided", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (argc == 1)
        return decisions_list(context->config);
    /* "ip 198.51.100.77" may come in one word or in two */
    const char *word = argv[argc - 1];
    if (argc < 3 || !decision_is_word(word))
        return cli_usage(context, "it takes a campaign, and delete, quarantine or nothing");
    argv[argc - 1] = NULL;
    g_autofree char *campaign = g_strjoinv(" ", argv + 1);
    if (!decision_may_name(campaign))
        return cli_usage(context,
                         "a campaign is named as \"notme list --fields=campaign\" prints it: "
                         "ip 198.51.100.77; some subjects cannot stand in a configuration");
    g_autoptr(JobRequest) request = job_request_new(JOB_DECIDE);
    g_autofree char *file = config_last_path(context->config_path);
    decide_request(request, file, campaign, word);
    cli_tell_decision(campaign, word);
    return dry_run ? cli_job_preview(context, request) : cli_job(context, request, false, NULL);
}
