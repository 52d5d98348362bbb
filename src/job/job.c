/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and states of jobs as data: names, memory. */
#include "job/job.h"

#include <string.h>

#include "base/count.h"

static const struct {
    const char *name, *past, *doing, *verb, *sign;
    bool asks;
} actions[JOB_ACTION_COUNT] = {
#define JOB_ROW(id, ...) [JOB_##id] = {__VA_ARGS__},
    JOB_ACTIONS(JOB_ROW)
#undef JOB_ROW
};
static const char *const state_names[] = {"open", "done", "stopped", "partly", "undone", "purged"};

const char *job_action_name(JobAction action)
{
    return (guint)action < JOB_ACTION_COUNT ? actions[action].name : "?";
}

const char *job_action_past(JobAction action)
{
    return (guint)action < JOB_ACTION_COUNT ? actions[action].past : "?";
}

const char *job_action_doing(JobAction action)
{
    return (guint)action < JOB_ACTION_COUNT ? actions[action].doing : "?";
}

const char *job_action_verb(JobAction action)
{
    return (guint)action < JOB_ACTION_COUNT ? actions[action].verb : "?";
}

const char *job_action_sign(JobAction action)
{
    return (guint)action < JOB_ACTION_COUNT ? actions[action].sign : "?";
}

int job_action_from_name(const char *name)
{
    for (int i = 0; name && i < JOB_ACTION_COUNT; i++)
        if (strcmp(actions[i].name, name) == 0)
            return i;
    return -1;
}

const char *job_state_name(JobState state)
{
    return (guint)state < G_N_ELEMENTS(state_names) ? state_names[state] : "?";
}

void job_tally_add(JobTally *tally, const Row *row)
{
    tally->verdicts[row->verdict]++;
    tally->warned += row->warning != WARNING_NONE;
    tally->denied += row->login_denied;
}

guint job_tally_all(const JobTally *tally)
{
    guint count = 0;
    for (int i = 0; i < VERDICT_COUNT; i++)
        count += tally->verdicts[i];
    return count;
}

bool job_must_ask(JobAction action, bool for_good, const JobTally *tally)
{
    guint count = job_tally_all(tally);
    if ((guint)action >= JOB_ACTION_COUNT || !actions[action].asks || count == 0)
        return false;
    return for_good || tally->warned ||
           (count > 1 && (tally->verdicts[VERDICT_GENUINE] || tally->verdicts[VERDICT_UNDECIDED]));
}

char *job_tally_logins(const JobTally *tally)
{
    static const char denied_text[] = "sent by a login that was not yours";
    guint all = job_tally_all(tally), open = tally->warned - tally->denied;
    char denied_count[COUNT_SIZE], open_count[COUNT_SIZE];
    if (!tally->warned)
        return NULL;
    if (all == 1)
        return g_strdup(open ? "which warns that somebody may have your password" : denied_text);
    g_autofree char *denied = g_strdup_printf(
        "%s of them %s", tally->denied == all ? "all" : count_text(tally->denied, denied_count),
        denied_text);
    if (!open)
        return g_steal_pointer(&denied);
    return g_strdup_printf("%s%s%s of them with the warning that somebody may have your password",
                           tally->denied ? denied : "", tally->denied ? " and " : "",
                           open == all ? "all" : count_text(open, open_count));
}

JobItem *job_item_new(const char *id, const char *file, VerdictValue verdict, BounceKind kind)
{
    JobItem *item = g_new0(JobItem, 1);
    item->id = g_strdup(id);
    item->file = g_strdup(file);
    item->verdict = verdict;
    item->kind = kind;
    return item;
}

static void item_free(gpointer data)
{
    JobItem *item = data;
    g_free(item->id);
    g_free(item->file);
    g_free(item);
}

void job_draft_free(gpointer data)
{
    JobDraft *draft = data;
    g_free(draft->content);
    g_ptr_array_unref(draft->covers);
    g_free(draft->about);
    g_free(draft->memory);
    g_free(draft);
}

JobRequest *job_request_new(JobAction action)
{
    JobRequest *request = g_new0(JobRequest, 1);
    request->action = action;
    request->items = g_ptr_array_new_with_free_func(item_free);
    request->drafts = g_ptr_array_new_with_free_func(job_draft_free);
    request->refused = g_ptr_array_new_with_free_func(g_free);
    return request;
}

void job_options_clear(JobOptions *options)
{
    g_free(options->to);
    g_free(options->format);
    g_free(options->file);
    g_free(options->question);
    g_free(options->campaign);
    g_free(options->word);
    g_free(options->decision);
}

void job_request_free(JobRequest *request)
{
    if (!request)
        return;
    g_free(request->query);
    g_ptr_array_unref(request->items);
    g_ptr_array_unref(request->drafts);
    g_ptr_array_unref(request->refused);
    job_options_clear(&request->options);
    g_free(request->question);
    g_free(request);
}

JobStatus *job_status_new(void)
{
    JobStatus *status = g_new0(JobStatus, 1);
    status->problems = g_ptr_array_new_with_free_func(g_free);
    return status;
}

void job_status_free(JobStatus *status)
{
    if (!status)
        return;
    g_free(status->query);
    g_free(status->message);
    g_free(status->recovered);
    g_free(status->draft_file);
    g_free(status->question);
    g_ptr_array_unref(status->problems);
    g_free(status);
}

JobListing *job_listing_new(void)
{
    JobListing *listing = g_new0(JobListing, 1);
    listing->jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_status_free);
    listing->problems = g_ptr_array_new_with_free_func(g_free);
    return listing;
}

void job_listing_free(JobListing *listing)
{
    if (!listing)
        return;
    g_ptr_array_unref(listing->jobs);
    g_ptr_array_unref(listing->problems);
    g_free(listing);
}
