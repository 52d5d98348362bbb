/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain values in and out of Jansson objects: see json_fields.h. */
#include "analysis/json_fields.h"

json_t *json_text(const char *text)
{
    if (!text)
        return json_null();
    json_t *value = json_string(text);
    if (value)
        return value;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

json_t *json_time(gint64 utc)
{
    g_autofree char *text = date_format_rfc3339(utc);
    return json_text(text);
}

json_t *json_texts(const GPtrArray *texts)
{
    json_t *array = json_array();
    for (guint i = 0; texts && i < texts->len; i++)
        json_array_append_new(array, json_text(texts->pdata[i]));
    return array;
}

char *json_get_text(const json_t *object, const char *key)
{
    return g_strdup(json_string_value(json_object_get(object, key)));
}

bool json_get_bool(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

gint64 json_get_time(const json_t *object, const char *key)
{
    Date date;
    const char *text = json_string_value(json_object_get(object, key));
    return text && date_parse(span_of(text), &date) ? date.utc : TIME_NONE;
}

void json_get_texts(const json_t *object, const char *key, GPtrArray *texts)
{
    const json_t *array = json_object_get(object, key);
    gsize i;
    json_t *value;
    json_array_foreach(array, i, value) if (json_is_string(value))
        g_ptr_array_add(texts, g_strdup(json_string_value(value)));
}
