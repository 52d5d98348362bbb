/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See job_json.h. */
#include "job/job_json.h"

#include "work/frame.h"

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
