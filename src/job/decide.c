/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions as jobs. See decide.h. */
#include "job/decide.h"

#include <gio/gio.h>
#include <string.h>

#include "config/config_edit.h"
#include "decision/decided.h"
#include "decision/decision.h"
#include "job/answer.h"

/* --- writing one ------------------------------------------------------------------------------ */

void decide_request(JobRequest *request, const char *file, const char *campaign, const char *word)
{
    JobOptions *options = &request->options;
    job_options_clear(options);
    *options = (JobOptions){
        .file = g_strdup(file), .campaign = g_strdup(campaign), .word = g_strdup(word)};
    g_free(request->query);
    request->query = g_strdup_printf("%s: %s", campaign, word);
}

/* What @text says of the campaign now goes, and @word comes, unless it is there. */
static Step *step_of(const char *file, const char *text, const char *campaign, const char *word)
{
    static const char *const words[] = {"delete", "quarantine"};
    Step *step = step_new(STEP_ENTRY, campaign, file);
    step->word = g_strdup(word);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *entry = g_strdup_printf("[decisions]%s=%s", campaign, words[i]);
        bool wanted = strcmp(words[i], word) == 0, there = config_text_has(text, entry);
        if (wanted && !there)
            step->add = step_strv_add(step->add, entry);
        if (!wanted && there)
            step->remove = step_strv_add(step->remove, entry);
    }
    return step;
}

bool decide_plan(Plan *plan, const JobRequest *request, GError **error)
{
    const JobOptions *options = &request->options;
    g_autofree char *campaign = options->campaign ? g_ascii_strdown(options->campaign, -1) : NULL;
    const char *word = options->word;
    if (!options->file || !campaign || !word || !decision_may_name(campaign) ||
        !decision_is_word(word)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "nothing can be decided on \"%s\"", campaign ? campaign : "");
        return false;
    }
    g_autofree char *file = config_target(options->file, error);
    g_autofree char *text = file ? answer_file_text(file) : NULL;
    return file && answer_step_plan(plan, step_of(file, text, campaign, word), text, error);
}

/* --- carrying it out -------------------------------------------------------------------------- */

JobRequest *decide_carry_out(const Config *config, const char *campaign, bool by_tag)
{
    bool delete = g_strcmp0(decision_of(config, campaign), "delete") == 0;
    JobRequest *request = job_request_new(delete ? JOB_DELETE : JOB_QUARANTINE);
    request->query = g_strconcat(by_tag ? DECISION_BY_TAG : "", DECISION_ON, campaign, NULL);
    request->options.decision = g_strdup(campaign);
    return request;
}

const char *decide_campaign(const JobRequest *request)
{
    bool acts = request->action == JOB_DELETE || request->action == JOB_QUARANTINE;
    return acts ? request->options.decision : NULL;
}

GPtrArray *decide_new_items(const Config *config, const char *campaign, const GPtrArray *items)
{
    g_autoptr(Decided) decided = decided_read(config->state_dir);
    g_autofree char *key = g_ascii_strdown(campaign, -1);
    GPtrArray *fresh = g_ptr_array_new();
    for (guint i = 0; i < items->len; i++) {
        JobItem *item = items->pdata[i];
        if (item->verdict == VERDICT_BACKSCATTER &&
            decided_is_new(decided, key, item->id, item->file))
            g_ptr_array_add(fresh, item);
    }
    return fresh;
}

bool decide_note(const Config *config, const JobRequest *request, const Journal *journal,
                 GError **error)
{
    const Step *first = journal->steps->len ? journal->steps->pdata[0] : NULL;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    if (first && request->action == JOB_DECIDE)
        return decided_since(config->state_dir, first->id, g_get_real_time(), error);
    if (!decide_campaign(request))
        return true;
    for (guint i = 0; i < journal->steps->len; i++)
        g_ptr_array_add(ids, ((const Step *)journal->steps->pdata[i])->id);
    return decided_take(config->state_dir, ids, error);
}

bool decide_is_by_tag(const Journal *journal)
{
    return journal->query && g_str_has_prefix(journal->query, DECISION_BY_TAG DECISION_ON);
}
