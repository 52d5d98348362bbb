/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding between the program's own processes: what it says, and what that means. */
#include "analysis/finding.h"
#include "analysis/json_fields.h"

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

/* JSON holds no bytes. */
static json_t *reading_text(const Reading *reading)
{
    g_autoptr(GByteArray) packed = g_byte_array_new();
    reading_pack(packed, reading);
    g_autofree char *text = g_base64_encode(packed->data, packed->len);
    return json_string(text);
}

static Reading *reading_of(const json_t *text)
{
    gsize n = 0;
    g_autofree guchar *packed =
        json_is_string(text) ? g_base64_decode(json_string_value(text), &n) : NULL;
    return packed ? reading_unpack((Span){(const char *)packed, n}) : NULL;
}

json_t *finding_to_wire(const Finding *finding)
{
    json_t *o = json_object();
    put(o, "file", json_text(finding->file));
    if (finding->error) {
        put(o, "error", json_text(finding->error));
        return o;
    }
    put(o, "reading", reading_text(finding->reading));
    put(o, "judgement", judgement_to_json(finding->judgement));
    return o;
}

Finding *finding_from_wire(const json_t *json)
{
    const char *file = json_string_value(json_object_get(json, "file"));
    const char *error = json_string_value(json_object_get(json, "error"));
    if (!json_is_object(json))
        return NULL;
    if (error)
        return finding_unreadable(file, error);
    g_autoptr(Reading) reading = reading_of(json_object_get(json, "reading"));
    g_autoptr(Judgement) judgement =
        reading ? judgement_from_json(json_object_get(json, "judgement"), reading) : NULL;
    return judgement ? finding_new(file, reading, judgement) : NULL;
}
