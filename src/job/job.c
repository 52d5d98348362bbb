/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and states of jobs as data: names, memory, JSON. */
#include "job/job.h"

#include <string.h>

#include "work/frame.h"

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

bool job_must_ask(JobAction action, bool for_good, const guint *verdicts)
{
    guint count = 0;
    for (int i = 0; i < VERDICT_COUNT; i++)
        count += verdicts[i];
    if ((guint)action >= JOB_ACTION_COUNT || !actions[action].asks || count == 0)
        return false;
    return for_good || (count > 1 && (verdicts[VERDICT_GENUINE] || verdicts[VERDICT_UNDECIDED]));
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

void job_request_free(JobRequest *request)
{
    if (!request)
        return;
    g_free(request->query);
    g_ptr_array_unref(request->items);
    g_ptr_array_unref(request->drafts);
    g_ptr_array_unref(request->refused);
    json_decref(request->options);
    g_free(request->question);
    g_free(request);
}

static json_t *item_to_json(const JobItem *item)
{
    return json_pack("[ooii]", frame_bytes(item->id), frame_bytes(item->file), (int)item->verdict,
                     (int)item->kind);
}

static bool item_from_json(const json_t *json, GPtrArray *items)
{
    int verdict = (int)json_integer_value(json_array_get(json, 2));
    int kind = (int)json_integer_value(json_array_get(json, 3));
    g_autofree char *id = frame_bytes_text(json_array_get(json, 0));
    g_autofree char *file = frame_bytes_text(json_array_get(json, 1));
    if (!id || !file || verdict < 0 || verdict >= VERDICT_COUNT || kind < 0 || kind >= KIND_COUNT)
        return false;
    g_ptr_array_add(items, job_item_new(id, file, (VerdictValue)verdict, (BounceKind)kind));
    return true;
}

json_t *job_strings_to_json(const GPtrArray *strings)
{
    json_t *list = json_array();
    for (guint i = 0; strings && i < strings->len; i++)
        json_array_append_new(list, frame_bytes(strings->pdata[i]));
    return list;
}

GPtrArray *job_strings_from_json(const json_t *json)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    json_t *it;
    json_array_foreach(json, i, it)
    {
        char *text = frame_bytes_text(it);
        if (text)
            g_ptr_array_add(list, text);
    }
    return list;
}

/* A draft is text (RFC 5322 as the composer wrote it: no NUL). */
static json_t *draft_to_json(const JobDraft *draft)
{
    g_autofree char *content = g_strndup(draft->content, draft->length);
    return json_pack("{s:o, s:o, s:o}", "content", frame_bytes(content), "covers",
                     job_strings_to_json(draft->covers), "memory", frame_bytes(draft->memory));
}

static bool draft_from_json(const json_t *json, GPtrArray *drafts)
{
    char *content = frame_bytes_text(json_object_get(json, "content"));
    if (!content)
        return false;
    JobDraft *draft = g_new0(JobDraft, 1);
    draft->content = content;
    draft->length = strlen(content);
    draft->covers = job_strings_from_json(json_object_get(json, "covers"));
    draft->memory = frame_bytes_text(json_object_get(json, "memory"));
    g_ptr_array_add(drafts, draft);
    return true;
}

json_t *job_request_to_json(const JobRequest *request)
{
    json_t *items = json_array(), *drafts = json_array();
    for (guint i = 0; i < request->items->len; i++)
        json_array_append_new(items, item_to_json(request->items->pdata[i]));
    for (guint i = 0; i < request->drafts->len; i++)
        json_array_append_new(drafts, draft_to_json(request->drafts->pdata[i]));
    return json_pack("{s:s, s:o, s:o, s:o, s:i, s:I, s:O?}", "action",
                     job_action_name(request->action), "query", frame_bytes(request->query),
                     "items", items, "drafts", drafts, "undo", (int)request->undo, "older_than",
                     (json_int_t)request->older_than, "options", request->options);
}

JobRequest *job_request_from_json(const json_t *json)
{
    int action = job_action_from_name(json_string_value(json_object_get(json, "action")));
    if (action < 0)
        return NULL;
    g_autoptr(JobRequest) request = job_request_new((JobAction)action);
    size_t i;
    json_t *it;
    json_array_foreach(json_object_get(json, "items"), i, it)
    {
        if (!item_from_json(it, request->items))
            return NULL;
    }
    json_array_foreach(json_object_get(json, "drafts"), i, it)
    {
        if (!draft_from_json(it, request->drafts))
            return NULL;
    }
    request->query = frame_bytes_text(json_object_get(json, "query"));
    request->undo = (guint)json_integer_value(json_object_get(json, "undo"));
    request->older_than = json_integer_value(json_object_get(json, "older_than"));
    json_t *options = json_object_get(json, "options");
    request->options = json_is_object(options) ? json_incref(options) : NULL;
    return g_steal_pointer(&request);
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

json_t *job_verdicts_to_json(const guint *verdicts)
{
    json_t *json = json_object();
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (verdicts[i])
            json_object_set_new(json, i == VERDICT_NONE ? "none" : verdict_name((VerdictValue)i),
                                json_integer(verdicts[i]));
    return json;
}

void job_verdicts_from_json(const json_t *json, guint *verdicts)
{
    for (int i = 0; i < VERDICT_COUNT; i++) {
        const char *name = i == VERDICT_NONE ? "none" : verdict_name((VerdictValue)i);
        verdicts[i] = (guint)json_integer_value(json_object_get(json, name));
    }
}

json_t *job_status_to_json(const JobStatus *status)
{
    return json_pack("{s:i, s:s, s:I, s:s, s:o, s:i, s:i, s:i, s:o, s:b, s:b, s:i, s:i, s:o, s:o, "
                     "s:o, s:o, s:o}",
                     "job", (int)status->job, "action", job_action_name(status->action), "time",
                     (json_int_t)status->time, "state", job_state_name(status->state), "query",
                     frame_bytes(status->query), "planned", (int)status->planned, "done",
                     (int)status->done, "skipped", (int)status->skipped, "verdicts",
                     job_verdicts_to_json(status->verdicts), "running", status->running, "waiting",
                     status->waiting_for_lock, "undoable", (int)status->undoable, "redoable",
                     (int)status->redoable, "message", frame_bytes(status->message), "recovered",
                     frame_bytes(status->recovered), "problems",
                     job_strings_to_json(status->problems), "draft",
                     frame_bytes(status->draft_file), "question", frame_bytes(status->question));
}

static guint count_of(const json_t *json, const char *key)
{
    return (guint)json_integer_value(json_object_get(json, key));
}

JobStatus *job_status_from_json(const json_t *json)
{
    int action = job_action_from_name(json_string_value(json_object_get(json, "action")));
    const char *state = json_string_value(json_object_get(json, "state"));
    if (action < 0 || !state)
        return NULL;
    JobStatus *status = job_status_new();
    status->action = (JobAction)action;
    for (gsize i = 0; i < G_N_ELEMENTS(state_names); i++)
        if (strcmp(state, state_names[i]) == 0)
            status->state = (JobState)i;
    status->job = count_of(json, "job");
    status->time = json_integer_value(json_object_get(json, "time"));
    status->planned = count_of(json, "planned");
    status->done = count_of(json, "done");
    status->skipped = count_of(json, "skipped");
    status->undoable = count_of(json, "undoable");
    status->redoable = count_of(json, "redoable");
    status->running = json_is_true(json_object_get(json, "running"));
    status->waiting_for_lock = json_is_true(json_object_get(json, "waiting"));
    job_verdicts_from_json(json_object_get(json, "verdicts"), status->verdicts);
    status->query = frame_bytes_text(json_object_get(json, "query"));
    status->message = frame_bytes_text(json_object_get(json, "message"));
    status->recovered = frame_bytes_text(json_object_get(json, "recovered"));
    status->draft_file = frame_bytes_text(json_object_get(json, "draft"));
    status->question = frame_bytes_text(json_object_get(json, "question"));
    g_ptr_array_unref(status->problems);
    status->problems = job_strings_from_json(json_object_get(json, "problems"));
    return status;
}
