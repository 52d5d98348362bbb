/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as jobs. See answer.h. */
#include "job/answer.h"

#include <gio/gio.h>
#include <unistd.h>

#include "config/config_edit.h"
#include "question/answer.h"

void answer_request(JobRequest *request, const char *file, const char *question, bool yes)
{
    JobOptions *options = &request->options;
    job_options_clear(options);
    *options = (JobOptions){.file = g_strdup(file), .question = g_strdup(question), .yes = yes};
    g_free(request->query);
    request->query = g_strdup_printf("%s %s", question, yes ? "yes" : "no");
}

/* Those of @entries that @text says, or does not say. */
static char **entries_of(const char *text, char *const *entries, bool there)
{
    char **list = g_new0(char *, 1);
    for (; *entries; entries++)
        if (config_text_has(text, *entries) == there)
            list = step_strv_add(list, *entries);
    return list;
}

static Step *step_of(const char *file, const char *text, const char *question, bool yes)
{
    g_autoptr(Answered) answered = answer_entries(question, yes);
    if (!answered)
        return NULL;
    Step *step = step_new(STEP_ENTRY, question, file);
    step->word = g_strdup(yes ? "yes" : "no");
    g_strfreev(step->add);
    g_strfreev(step->remove);
    step->add = entries_of(text, answered->add, false);
    step->remove = entries_of(text, answered->remove, true);
    return step;
}

static bool file_may_be_written(const char *file, GError **error)
{
    if (access(file, F_OK) != 0 || access(file, W_OK) == 0)
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                "%s cannot be written; make it writable, or name another file with --config", file);
    return false;
}

bool answer_step_plan(Plan *plan, Step *step, const char *text, GError **error)
{
    if (!*step->add && !*step->remove) {
        step_free(step);
        plan->already++;
        return true;
    }
    g_autofree char *changed =
        config_text_change(text, (const char *const *)step->remove, (const char *const *)step->add);
    step->content = config_text_way_back(text, changed);
    g_ptr_array_add(plan->journal->steps, step);
    return file_may_be_written(step->file, error);
}

char *answer_file_text(const char *file)
{
    char *text = NULL;
    return g_file_get_contents(file, &text, NULL, NULL) ? text : g_strdup("");
}

bool answer_plan(Plan *plan, const JobRequest *request, GError **error)
{
    const JobOptions *options = &request->options;
    g_autofree char *file = options->file ? config_target(options->file, error) : NULL;
    if (options->file && !file)
        return false;
    g_autofree char *text = file ? answer_file_text(file) : NULL;
    Step *step =
        file && options->question ? step_of(file, text, options->question, options->yes) : NULL;
    if (!step) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "there is no question \"%s\"",
                    options->question ? options->question : "");
        return false;
    }
    return answer_step_plan(plan, step, text, error);
}

Step *answer_reverse(const Step *done)
{
    Step *step = step_new(STEP_ENTRY, done->id, done->file);
    g_strfreev(step->add);
    g_strfreev(step->remove);
    step->add = g_strdupv(done->remove);
    step->remove = g_strdupv(done->add);
    step->content = g_strdup(done->content);
    return step;
}
