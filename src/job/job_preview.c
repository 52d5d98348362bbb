/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job would do, without doing it. */
#include "job/job_preview.h"

#include <string.h>

#include "job/plan.h"

static void append_tags(GString *text, char *const *tags, char sign)
{
    for (; *tags; tags++)
        g_string_append_printf(text, "%s%c%s", text->len ? " " : "", sign, *tags);
}

/* "FILE: moved to PLACE, +deleted -inbox". */
static char *step_text(const Step *step)
{
    g_autoptr(GString) tags = g_string_new(NULL), text = g_string_new(NULL);
    append_tags(tags, step->add, '+');
    append_tags(tags, step->remove, '-');
    if (step->kind == STEP_UNLINK)
        g_string_append(text, "removed for good");
    else if (step->kind == STEP_ADD)
        g_string_append(text, "written");
    else if (step->kind == STEP_ENTRY)
        g_string_append(text, "the configuration");
    else if (step->to)
        g_string_append_printf(text, "moved to %s%s", step->to,
                               step->shared ? " (its Message-ID has other files: no tags)" : "");
    if (tags->len)
        g_string_append_printf(text, "%s%s", text->len ? ", " : "", tags->str);
    if (step->set_word)
        g_string_append_printf(text, "%syour verdict: %s", text->len ? ", " : "",
                               step->word ? step->word : "none");
    const char *verdict = verdict_name(step->verdict);
    return g_strdup_printf("%s%s%s: %s", verdict ? verdict : "", verdict ? " " : "", step->file,
                           text->str);
}

GPtrArray *job_preview(const Config *config, const JobRequest *request, GPtrArray *problems,
                       GError **error)
{
    g_autoptr(Store) store = store_open(config->notmuch_config, false, NULL, NULL, error);
    if (!store)
        return NULL;
    g_autoptr(Maildirs) dirs = maildirs_new(store_mail_root(store), store_real_root(store));
    g_autoptr(Journal) journal = journal_new(request->action, request->query);
    Plan plan = {config, store, dirs, journal, problems, 0};
    GPtrArray *lines = NULL;
    if (plan_make(&plan, request, error)) {
        lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < journal->steps->len; i++)
            g_ptr_array_add(lines, step_text(journal->steps->pdata[i]));
    }
    return lines;
}
