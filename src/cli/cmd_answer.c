/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme answer: writes the answer to a question into the configuration, as a job. */
#include <string.h>

#include "cli/commands.h"
#include "cli/jobs.h"
#include "cli/written.h"
#include "config/config_edit.h"
#include "job/answer.h"
#include "verdict/question.h"

int cmd_answer(CommandContext *context, int argc, char **argv)
{
    int status;
    if (!cli_parse(context, NULL, &argc, &argv, &status))
        return status;
    if (argc != 3)
        return cli_usage(context, "it takes a question and yes or no");
    bool yes = strcmp(argv[2], "yes") == 0;
    if (!yes && strcmp(argv[2], "no") != 0)
        return cli_usage(context, "an answer is yes or no");
    g_autofree char *text = question_text(argv[1]);
    if (!text)
        return cli_usage(context, "there is no such question; \"notme questions\" lists them");
    g_autoptr(JobRequest) request = job_request_new(JOB_ANSWER);
    g_autofree char *file = config_last_path(context->config_path);
    answer_request(request, file, argv[1], yes);
    cli_tell_answer(argv[1], yes);
    return cli_job(context, request, false, NULL);
}
