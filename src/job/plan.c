/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans for delete, quarantine, complain, tag and the reviewer's word. An action touches only the
 * file that was seen: where its Message-ID has other files (a forged bounce may carry the id of
 * real mail), the file is moved and nothing is tagged. */
#include "job/plan.h"

#include <string.h>

#include "job/answer.h"
#include "job/decide.h"
#include "job/purge.h"
#include "job/release.h"
#include "job/undo.h"

static void step_move_to(Plan *plan, Step *step, const char *folder)
{
    if (maildir_in_folder(store_mail_root(plan->store), step->file, folder))
        return;
    g_autofree char *maildir = maildir_folder_for(plan->dirs, step->file, folder);
    step->to = maildir_name_in(plan->dirs, step->file, maildir);
}

static void step_delete(Plan *plan, Step *step, const JobItem *item)
{
    (void)item;
    const Config *config = plan->config;
    step->sha256 = maildir_sha256(step->file); /* a purge will want to know */
    if (config->actions.delete != DELETE_TAG || step->shared)
        step_move_to(plan, step, config->actions.trash);
    if (!step->shared)
        plan_step_add_tag(step, config->tags.deleted);
    if (!config->actions.delete_flag)
        return;
    g_autofree char *flagged = maildir_with_flag(step->to ? step->to : step->file, 'T', true);
    if (strcmp(flagged, step->to ? step->to : step->file) != 0) {
        g_free(step->to);
        step->to = g_steal_pointer(&flagged);
    }
}

static void step_quarantine(Plan *plan, Step *step, const JobItem *item)
{
    (void)item;
    bool by_tag = strcmp(plan->config->actions.quarantine_by, "tag") == 0;
    if (by_tag && step->shared)
        plan_problem(plan, step->file,
                     "its Message-ID has other files, which would be tagged, too, and with "
                     "quarantine_by=tag no file is moved");
    if (!by_tag)
        step_move_to(plan, step, plan->config->actions.quarantine);
    if (step->shared)
        return;
    plan_step_add_tag(step, plan->config->tags.quarantined);
    plan_step_remove_tag(step, "inbox");
    plan_step_remove_tag(step, "unread");
    plan_step_sync_flags(plan, step);
}

/* Verdict tags: the right one set, the others taken away; kind none has none of them. */
static void step_verdict_tags(Plan *plan, Step *step, const JobItem *item)
{
    const Config *config = plan->config;
    const char *const names[VERDICT_COUNT] = {
        [VERDICT_GENUINE] = config->tags.genuine,
        [VERDICT_BACKSCATTER] = config->tags.backscatter,
        [VERDICT_FAKE] = config->tags.fake,
        [VERDICT_UNDECIDED] = config->tags.undecided,
    };
    if (step->shared)
        return;
    const char *right = item->kind == KIND_NONE ? NULL : names[item->verdict];
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (names[i] && g_strcmp0(names[i], right) != 0)
            plan_step_remove_tag(step, names[i]);
    if (right)
        plan_step_add_tag(step, right);
    if (bounce_kind_is_bounce(item->kind))
        plan_step_add_tag(step, config->tags.bounce);
    else
        plan_step_remove_tag(step, config->tags.bounce);
}

static void step_tag(Plan *plan, Step *step, const JobItem *item)
{
    step_verdict_tags(plan, step, item);
    if (step->shared)
        return;
    if (item->kind != KIND_NONE && item->warning != WARNING_NONE)
        plan_step_add_tag(step, plan->config->tags.login);
    else
        plan_step_remove_tag(step, plan->config->tags.login);
}

static bool has_verdict_tag(const Plan *plan, const Step *step)
{
    const Config *config = plan->config;
    const char *const names[] = {config->tags.genuine, config->tags.backscatter, config->tags.fake,
                                 config->tags.undecided};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (step_strv_has(step->tags, names[i]))
            return true;
    return false;
}

/* The property names the very file by its checksum, so an id with other files can have it too. */
static void step_word(Plan *plan, Step *step, const JobItem *item)
{
    const char *name = verdict_name(item->verdict);
    g_autofree char *sum = maildir_sha256(step->file);
    if (!sum) {
        plan_problem(plan, step->file, "it cannot be read");
        return;
    }
    step->word = name ? g_strdup_printf("%s:%s", name, sum) : NULL;
    step->set_word = g_strcmp0(step->word, step->word_before) != 0;
    if (name && has_verdict_tag(plan, step))
        step_verdict_tags(plan, step, item);
}

/* What becomes of one message, by the job. */
static void (*const item_steps[JOB_ACTION_COUNT])(Plan *plan, Step *step, const JobItem *item) = {
    [JOB_DELETE] = step_delete,
    [JOB_QUARANTINE] = step_quarantine,
    [JOB_TAG] = step_tag,
    [JOB_VERDICT] = step_word,
};

static void plan_items(Plan *plan, const JobRequest *request, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const JobItem *item = items->pdata[i];
        Step *step = plan_message(plan, item);
        if (!step)
            continue;
        if (item_steps[request->action])
            item_steps[request->action](plan, step, item);
        plan_take(plan, step);
    }
}

/* The drafts, and what happens to the bounces that they cover. */
static void plan_complaint(Plan *plan, const JobRequest *request)
{
    const Config *config = plan->config;
    const char *then = config->complain.then;
    g_autoptr(GHashTable) covered = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < request->drafts->len; i++) {
        const JobDraft *draft = request->drafts->pdata[i];
        g_autofree char *maildir =
            g_build_filename(store_mail_root(plan->store), config->complain.drafts, NULL);
        g_autofree char *place = maildir_new_name(plan->dirs, maildir, "DS");
        Step *step = step_new(STEP_ADD, "", place);
        step->content = g_strndup(draft->content, draft->length);
        step->word = g_strdup(draft->about);
        plan_step_add_tag(step, config->tags.draft);
        g_ptr_array_add(plan->journal->steps, step);
        if (draft->memory)
            g_ptr_array_add(plan->journal->memory, g_strdup(draft->memory));
        for (guint k = 0; k < draft->covers->len; k++)
            g_hash_table_add(covered, draft->covers->pdata[k]);
    }
    for (guint i = 0; i < request->refused->len; i++)
        g_ptr_array_add(plan->problems, g_strdup(request->refused->pdata[i]));
    for (guint i = 0; i < request->items->len; i++) {
        const JobItem *item = request->items->pdata[i];
        Step *step = g_hash_table_contains(covered, item->id) ? plan_message(plan, item) : NULL;
        if (!step)
            continue;
        if (!step->shared)
            plan_step_add_tag(step, config->tags.complained);
        if (g_strcmp0(then, "quarantine") == 0)
            step_quarantine(plan, step, item);
        else if (g_strcmp0(then, "delete") == 0)
            step_delete(plan, step, item);
        plan_take(plan, step);
    }
}

static void plan_decided(Plan *plan, const JobRequest *request)
{
    g_autoptr(GPtrArray) fresh =
        decide_new_items(plan->config, decide_campaign(request), request->items);
    plan_items(plan, request, fresh);
}

bool plan_make(Plan *plan, const JobRequest *request, GError **error)
{
    switch (request->action) {
    case JOB_UNDO:
        return undo_plan(plan, request->undo, error);
    case JOB_PURGE:
        purge_plan(plan, request);
        return true;
    case JOB_RELEASE:
        release_plan(plan, request);
        return true;
    case JOB_COMPLAIN:
        plan_complaint(plan, request);
        return true;
    case JOB_ANSWER:
        return answer_plan(plan, request, error);
    case JOB_DECIDE:
        return decide_plan(plan, request, error);
    default:
        if (decide_campaign(request))
            plan_decided(plan, request);
        else
            plan_items(plan, request, request->items);
        return true;
    }
}
