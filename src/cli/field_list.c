/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See field_list.h. */
#include "cli/field_list.h"

#include <gio/gio.h>
#include <string.h>

#include "base/json_out.h"
#include "base/nearest.h"
#include "base/safe.h"
#include "reading/column.h"
#include "reading/handle.h"

/* --- what only the mailbox knows -------------------------------------------------------------- */

typedef enum Own {
    OWN_FIELD_FILE,
    OWN_FIELD_ID,
    OWN_FIELD_TAGS,
    OWN_FIELD_TIME,
    OWN_FIELD_HANDLE
} Own;

static const char *const own_names[] = {
    [OWN_FIELD_FILE] = "file",      [OWN_FIELD_ID] = "id",         [OWN_FIELD_TAGS] = "tags",
    [OWN_FIELD_TIME] = "timestamp", [OWN_FIELD_HANDLE] = "handle",
};

static char *own_value(Own own, const Row *row)
{
    char handle[HANDLE_SIZE];
    switch (own) {
    case OWN_FIELD_FILE:
        return g_strdup(row->file);
    case OWN_FIELD_ID:
        return g_strdup(row->id);
    case OWN_FIELD_TAGS:
        return g_strdup(row->tags);
    case OWN_FIELD_TIME:
        return date_format_rfc3339(row->timestamp);
    case OWN_FIELD_HANDLE:
        handle_of(row->id, row->file, handle);
        return g_strdup(handle);
    }
    return NULL;
}

static void tags_out(GString *to, const char *tags)
{
    g_auto(GStrv) list = g_strsplit(tags ? tags : "", " ", -1);
    json_out_open(to, "tags", '[');
    for (char **tag = list; *tag; tag++)
        if (**tag)
            json_out_text(to, NULL, *tag);
    json_out_close(to, ']');
}

/* --- the fields ------------------------------------------------------------------------------- */

/* One column: of the finding, or, without it, of the mailbox. */
typedef struct Field {
    const Column *column;
    Own own;
} Field;

struct FieldList {
    bool json;
    GArray *columns; /* of Field, in the order asked for */
    guint64 members; /* JSON: of the finding; a bit each */
    guint own;       /* JSON: of the mailbox; a bit for each Own */
};

void field_list_free(FieldList *fields)
{
    if (!fields)
        return;
    g_array_unref(fields->columns);
    g_free(fields);
}

static const char *finding_name(bool json, guint i)
{
    if (json)
        return finding_member_name(i);
    const Column *column = column_at(i);
    return column ? column->name : NULL;
}

static bool field_unknown(const FieldList *fields, const char *name, GError **error)
{
    Nearest nearest = nearest_to(name);
    g_autoptr(GString) all = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(own_names); i++) {
        nearest_try(&nearest, own_names[i]);
        g_string_append_printf(all, "%s%s", i ? ", " : "", own_names[i]);
    }
    for (guint i = 0; finding_name(fields->json, i); i++) {
        nearest_try(&nearest, finding_name(fields->json, i));
        g_string_append_printf(all, ", %s", finding_name(fields->json, i));
    }
    g_autofree char *hint = nearest.found ? g_strdup_printf("did you mean \"%s\"?", nearest.found)
                                          : g_strdup_printf("there are %s", all->str);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "--fields: no field \"%s\"; %s",
                name, hint);
    return false;
}

static bool field_add(FieldList *fields, const char *name, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(own_names); i++) {
        if (strcmp(own_names[i], name) != 0)
            continue;
        const Field field = {.own = (Own)i};
        g_array_append_val(fields->columns, field);
        fields->own |= 1U << i;
        return true;
    }
    for (guint i = 0; finding_name(fields->json, i); i++) {
        if (strcmp(finding_name(fields->json, i), name) != 0)
            continue;
        const Field field = {.column = fields->json ? NULL : column_at(i)};
        g_array_append_val(fields->columns, field);
        fields->members |= G_GUINT64_CONSTANT(1) << MIN(i, 63);
        return true;
    }
    return field_unknown(fields, name, error);
}

FieldList *field_list_new(const char *names, bool json, GError **error)
{
    FieldList *fields = g_new0(FieldList, 1);
    fields->json = json;
    fields->columns = g_array_new(FALSE, FALSE, sizeof(Field));
    g_auto(GStrv) list = g_strsplit(names, ",", -1);
    for (char **name = list; *name; name++) {
        if (!field_add(fields, g_strstrip(*name), error)) {
            field_list_free(fields);
            return NULL;
        }
    }
    return fields;
}

guint field_list_count(const FieldList *fields)
{
    return fields->columns->len;
}

char *field_list_value(const FieldList *fields, guint i, const Row *row, const Finding *finding)
{
    const Field *field = &g_array_index(fields->columns, Field, i);
    g_autoptr(GString) value = g_string_new(NULL);
    if (field->column) {
        field->column->append(value, finding, row);
    } else {
        g_autofree char *own = own_value(field->own, row);
        g_string_assign(value, own ? own : "");
    }
    return safe_text(span_of(value->str), SAFE_LINE);
}

void field_list_members(GString *to, const FieldList *fields, const Row *row,
                        const Finding *finding)
{
    guint own = fields ? fields->own : ~(1U << OWN_FIELD_HANDLE);
    guint64 members = fields ? fields->members : FINDING_ALL_MEMBERS;
    char handle[HANDLE_SIZE];
    if (own & 1U << OWN_FIELD_FILE)
        json_out_text(to, "file", finding->file);
    if (members)
        finding_write_members(to, finding, members);
    if (!row || !row->id)
        return;
    if (own & 1U << OWN_FIELD_ID)
        json_out_text(to, "id", row->id);
    if (own & 1U << OWN_FIELD_TAGS)
        tags_out(to, row->tags);
    if (own & 1U << OWN_FIELD_TIME)
        json_out_time(to, "timestamp", row->timestamp);
    if (own & 1U << OWN_FIELD_HANDLE) {
        handle_of(row->id, row->file, handle);
        json_out_text(to, "handle", handle);
    }
}
