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
