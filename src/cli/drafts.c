/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See drafts.h. */
#include "cli/drafts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/safe.h"
#include "cli/jobs.h"
#include "complaint/planner.h"
#include "config/config_edit.h"
#include "session/editor.h"

static void print_draft(const JobDraft *draft, bool mbox)
{
    g_auto(GStrv) lines = g_strsplit(draft->content, "\n", -1);
    if (mbox)
        puts("From notme Thu Jan  1 00:00:00 1970");
    for (char **line = lines; *line && (line[1] || **line); line++) {
        bool quote = mbox && g_str_has_prefix(*line + strspn(*line, ">"), "From ");
        printf("%s%s\n", quote ? ">" : "", *line);
    }
    if (mbox)
        putchar('\n');
}

/* Answers with yes what the planner asked, and takes off what it said. */
static void answer_yes(JobRequest *request)
{
    request->options.yes = true;
    g_clear_pointer(&request->question, g_free);
    g_ptr_array_set_size(request->refused, 0);
    request->left = 0;
}

int cli_drafts_preview(CommandContext *context, JobRequest *request)
{
    g_autoptr(GError) error = NULL;
    if (!complaint_job_planner(request, context->config, &error))
        return cli_failed(g_steal_pointer(&error));
    /* nothing is written: what would be asked is told, and the drafts are shown all the same */
    if (request->question) {
        cli_error("this would be asked before the drafts are written", request->question);
        answer_yes(request);
        if (!complaint_job_planner(request, context->config, &error))
            return cli_failed(g_steal_pointer(&error));
    }
    for (guint i = 0; i < request->refused->len; i++)
        cli_error(request->refused->pdata[i], NULL);
    for (guint i = 0; i < request->drafts->len; i++)
        print_draft(request->drafts->pdata[i], request->drafts->len > 1);
    return request->refused->len ? EXIT_PARTLY : EXIT_DONE;
}

static void open_editor(const CommandContext *context, const char *file)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) command = editor_command(context->config, file, &error);
    gint status = 0;
    if (!command ||
        !g_spawn_sync(NULL, command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL,
                      NULL, NULL, NULL, &status, &error))
        cli_error(file, error->message);
}

static void tell_draft(const CommandContext *context, const JobStatus *result)
{
    g_autofree char *safe =
        result->draft_file ? safe_text(span_of(result->draft_file), SAFE_LINE) : NULL;
    if (!safe || !result->done)
        return;
    bool one = result->drafts == 1;
    printf("%s%s\n", one ? "" : "the first: ", safe);
    fflush(stdout);
    if (one && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        open_editor(context, result->draft_file);
}

/* What was answered on whether to ask the DNS. */
static void answer_dns(const CommandContext *context, JobRequest *request)
{
    char answer[32] = "";
    fprintf(stderr, "%s\n%s (y)es, (n)o, (a)lways ", JOB_TELL_DNS, JOB_ASK_DNS);
    fflush(stderr);
    bool given = fgets(answer, sizeof answer, stdin) != NULL;
    char key = given ? g_ascii_tolower(answer[0]) : 'n';
    request->options.ask_dns = false;
    request->options.dns = key == 'y' || key == 'a';
    if (key != 'a')
        return;
    g_autoptr(GError) error = NULL;
    g_autofree char *file = config_answer(context->config_path, JOB_ALWAYS_DNS, &error);
    g_autofree char *safe = file ? safe_text(span_of(file), SAFE_LINE) : NULL;
    if (safe)
        fprintf(stderr, "dns=true is in [complain] of %s\n", safe);
    else
        cli_error("dns=true cannot be written", error->message);
}

int cli_drafts_write(CommandContext *context, JobRequest *request)
{
    g_autoptr(JobStatus) result = NULL;
    request->options.ask_dns =
        isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !request->options.yes;
    int status = cli_job(context, request, true, &result);
    if (result && g_strcmp0(result->question, JOB_ASK_DNS) == 0) {
        answer_dns(context, request);
        g_clear_pointer(&result, job_status_free);
        status = cli_job(context, request, true, &result);
    }
    if (result && result->question) {
        if (!cli_ask(result->question, &status))
            return status;
        g_clear_pointer(&result, job_status_free);
        request->options.yes = true;
        status = cli_job(context, request, true, &result);
    }
    if (result)
        tell_draft(context, result);
    return status;
}
