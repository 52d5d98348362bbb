/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps and their lines in the journal. */
#include "job/step.h"

#include "job/job_json.h"
#include "work/frame.h"

Step *step_new(StepKind kind, const char *id, const char *file)
{
    Step *step = g_new0(Step, 1);
    step->kind = kind;
    step->id = g_strdup(id);
    step->file = g_strdup(file);
    step->tags = g_new0(char *, 1);
    step->add = g_new0(char *, 1);
    step->remove = g_new0(char *, 1);
    return step;
}

void step_free(Step *step)
{
    if (!step)
        return;
    g_free(step->id);
    g_free(step->file);
    g_free(step->to);
    g_strfreev(step->tags);
    g_strfreev(step->add);
    g_strfreev(step->remove);
    g_free(step->word_before);
    g_free(step->word);
    g_free(step->content);
    g_free(step->sha256);
    g_free(step->skipped);
    g_free(step);
}

char **step_strv_add(char **list, const char *text)
{
    guint n = g_strv_length(list);
    list = g_renew(char *, list, n + 2);
    list[n] = g_strdup(text);
    list[n + 1] = NULL;
    return list;
}

bool step_strv_has(char *const *list, const char *text)
{
    return g_strv_contains((const char *const *)list, text);
}

/* --- lines ------------------------------------------------------------------------------------ */

static json_t *strv_to_json(char *const *strings)
{
    json_t *list = json_array();
    for (; *strings; strings++)
        json_array_append_new(list, frame_bytes(*strings));
    return list;
}

static char **strv_from_json(const json_t *json)
{
    GPtrArray *list = job_strings_from_json(json);
    g_ptr_array_add(list, NULL);
    g_ptr_array_set_free_func(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

static void set_if(json_t *json, const char *key, const char *value)
{
    if (value)
        json_object_set_new(json, key, frame_bytes(value));
}

json_t *step_to_json(const Step *step)
{
    json_t *json = json_pack(
        "{s:i, s:o, s:o, s:[III], s:b, s:o, s:o, s:o, s:i}", "kind", (int)step->kind, "id",
        frame_bytes(step->id), "file", frame_bytes(step->file), "mark",
        (json_int_t)step->mark.device, (json_int_t)step->mark.inode, (json_int_t)step->mark.size,
        "shared", step->shared, "tags", strv_to_json(step->tags), "add", strv_to_json(step->add),
        "remove", strv_to_json(step->remove), "verdict", (int)step->verdict);
    set_if(json, "to", step->to);
    if (step->set_word)
        json_object_set_new(json, "set_word", json_true());
    set_if(json, "word_before", step->word_before);
    set_if(json, "word", step->word);
    set_if(json, "content", step->content);
    set_if(json, "sha256", step->sha256);
    if (step->job)
        json_object_set_new(json, "job", json_integer(step->job));
    return json;
}

char *step_member_text(const json_t *json, const char *key)
{
    return frame_bytes_text(json_object_get(json, key));
}

guint step_member_number(const json_t *json, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(json, key));
    return value > 0 && value < G_MAXINT ? (guint)value : 0;
}

Step *step_from_json(const json_t *json)
{
    guint kind = step_member_number(json, "kind"), verdict = step_member_number(json, "verdict");
    g_autofree char *id = step_member_text(json, "id"), *file = step_member_text(json, "file");
    if (kind > STEP_ENTRY || verdict >= VERDICT_COUNT || !file)
        return NULL;
    Step *step = g_new0(Step, 1);
    step->kind = (StepKind)kind;
    step->id = g_steal_pointer(&id);
    step->file = g_steal_pointer(&file);
    step->to = step_member_text(json, "to");
    const json_t *mark = json_object_get(json, "mark");
    step->mark.device = (guint64)json_integer_value(json_array_get(mark, 0));
    step->mark.inode = (guint64)json_integer_value(json_array_get(mark, 1));
    step->mark.size = json_integer_value(json_array_get(mark, 2));
    step->shared = json_is_true(json_object_get(json, "shared"));
    step->tags = strv_from_json(json_object_get(json, "tags"));
    step->add = strv_from_json(json_object_get(json, "add"));
    step->remove = strv_from_json(json_object_get(json, "remove"));
    step->set_word = json_is_true(json_object_get(json, "set_word"));
    step->word_before = step_member_text(json, "word_before");
    step->word = step_member_text(json, "word");
    step->content = step_member_text(json, "content");
    step->sha256 = step_member_text(json, "sha256");
    step->verdict = (VerdictValue)verdict;
    step->job = step_member_number(json, "job");
    return step;
}
