/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See line.h. */
#include "reading/line.h"

#include <gio/gio.h>
#include <string.h>

#include "base/json_line.h"
#include "base/nearest.h"
#include "base/safe.h"
#include "reading/column.h"

static const char *const format_names[] = {"text", "json", "tsv", "verdict"};
static const char usual_columns[] =
    "file,verdict,kind,injection_ip,submitter_ip,reporting_mta,recipient,reason";

/* --- the form --------------------------------------------------------------------------------- */

void line_form_free(LineForm *form)
{
    if (!form)
        return;
    g_array_unref(form->columns);
    g_free(form);
}

static const char *field_name(const LineForm *form, guint i)
{
    if (form->format == LINE_JSON)
        return finding_member_name(i);
    const Column *column = column_at(i);
    return column ? column->name : NULL;
}

static bool field_unknown(const LineForm *form, const char *field, GError **error)
{
    Nearest nearest = nearest_to(field);
    g_autoptr(GString) all = g_string_new("file");
    nearest_try(&nearest, "file");
    for (guint i = 0; field_name(form, i); i++) {
        nearest_try(&nearest, field_name(form, i));
        g_string_append_printf(all, ", %s", field_name(form, i));
    }
    g_autofree char *hint = nearest.found ? g_strdup_printf("did you mean \"%s\"?", nearest.found)
                                          : g_strdup_printf("there are %s", all->str);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "--fields: no field \"%s\"; %s",
                field, hint);
    return false;
}

static bool field_add(LineForm *form, const char *field, GError **error)
{
    if (strcmp(field, "file") == 0) {
        form->file = true;
        form->file_at = form->columns->len;
        return true;
    }
    for (guint i = 0; field_name(form, i); i++) {
        if (strcmp(field_name(form, i), field) != 0)
            continue;
        form->members |= G_GUINT64_CONSTANT(1) << MIN(i, 63);
        const Column *column = form->format == LINE_TSV ? column_at(i) : NULL;
        if (column)
            g_array_append_val(form->columns, column);
        return true;
    }
    return field_unknown(form, field, error);
}

LineForm *line_form_new(const char *format, const char *fields, GError **error)
{
    g_autoptr(LineForm) form = g_new0(LineForm, 1);
    form->columns = g_array_new(FALSE, FALSE, sizeof(const Column *));
    gsize i = 0;
    while (i < G_N_ELEMENTS(format_names) && strcmp(format, format_names[i]) != 0)
        i++;
    if (i == G_N_ELEMENTS(format_names)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "--format must be text, json, tsv or verdict");
        return NULL;
    }
    form->format = (LineFormat)i;
    form->wording = i == LINE_JSON   ? WORDING_FOUND
                    : i == LINE_TEXT ? WORDING_SUMMARY
                                     : WORDING_NONE;
    if (form->format == LINE_TEXT || form->format == LINE_VERDICT) {
        form->file = form->format == LINE_TEXT;
        if (!fields)
            return g_steal_pointer(&form);
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "--fields needs --format=json or --format=tsv");
        return NULL;
    }
    if (!fields && form->format == LINE_JSON) {
        form->file = true;
        form->members = FINDING_ALL_MEMBERS;
        return g_steal_pointer(&form);
    }
    g_auto(GStrv) list = g_strsplit(fields ? fields : usual_columns, ",", -1);
    for (char **field = list; *field; field++)
        if (!field_add(form, g_strstrip(*field), error))
            return NULL;
    return g_steal_pointer(&form);
}

/* --- the line --------------------------------------------------------------------------------- */

static void append_safe(GString *to, const char *text)
{
    g_autofree char *safe = safe_text(span_of(text), SAFE_LINE);
    g_string_append(to, safe);
}

/* What it is, whose, and who sent it. */
static void append_text(GString *to, const Finding *finding)
{
    const Bounce *bounce = finding->reading->bounce;
    g_autoptr(GString) line = g_string_new(bounce_kind_name(bounce->kind));
    if (bounce->kind != KIND_NONE) {
        const Verdict *verdict = finding->judgement->verdict;
        g_string_append_printf(line, ", %s", verdict_name(verdict->value));
        g_autofree char *ip = ip_format(&finding->judgement->trace->injection.ip);
        if (ip)
            g_string_append_printf(line, ", sent from %s", ip);
        if (bounce->recipients->len) {
            const Recipient *r = bounce->recipients->pdata[0];
            g_string_append_printf(line, ", %s", r->final ? r->final : "(nobody named)");
            if (reason_name(r->reason))
                g_string_append_printf(line, " %s", reason_name(r->reason));
            if (bounce->recipients->len > 1)
                g_string_append_printf(line, " and %u more", bounce->recipients->len - 1);
        }
        if (verdict->summary)
            g_string_append_printf(line, "; %s", verdict->summary);
    }
    append_safe(to, line->str);
}

static void append_tsv(GString *to, const LineForm *form, const Finding *finding)
{
    g_autoptr(Row) row = NULL;
    g_autoptr(GString) value = g_string_new(NULL);
    if (finding->reading->bounce->kind != KIND_NONE)
        row = row_from_finding(finding, NULL, NULL, 1, 0, NULL);
    for (guint i = 0; i < form->columns->len; i++) {
        const Column *column = g_array_index(form->columns, const Column *, i);
        g_string_truncate(value, 0);
        column->append(value, finding, row);
        if (i)
            g_string_append_c(to, '\t');
        append_safe(to, value->str);
    }
}

void line_append(GString *to, const LineForm *form, const Finding *finding)
{
    switch (form->format) {
    case LINE_TEXT:
        append_text(to, finding);
        break;
    case LINE_JSON:
        g_string_append_c(to, '{');
        finding_write_members(to, finding, form->members);
        g_string_append_c(to, '}');
        break;
    case LINE_TSV:
        append_tsv(to, form, finding);
        break;
    case LINE_VERDICT:
        g_string_append(to, line_status_name(line_status(finding)));
        break;
    }
}

/* --- what it comes to ------------------------------------------------------------------------- */

LineStatus line_status(const Finding *finding)
{
    static const LineStatus of[VERDICT_COUNT] = {[VERDICT_NONE] = LINE_NONE,
                                                 [VERDICT_GENUINE] = LINE_GENUINE,
                                                 [VERDICT_BACKSCATTER] = LINE_BACKSCATTER,
                                                 [VERDICT_FAKE] = LINE_FAKE,
                                                 [VERDICT_UNDECIDED] = LINE_UNDECIDED};
    if (finding->error)
        return LINE_UNREADABLE;
    return finding->reading->bounce->kind == KIND_NONE ? LINE_NONE
                                                       : of[finding->judgement->verdict->value];
}

const char *line_status_name(LineStatus status)
{
    static const char *const names[LINE_STATUS_COUNT] = {NULL,          "none", "genuine",
                                                         "backscatter", "fake", "undecided"};
    return status < LINE_STATUS_COUNT ? names[status] : NULL;
}

/* Text on one line, with @tabs tabs in it. */
static bool text_good(Span line, guint tabs)
{
    guint found = 0;
    for (gsize i = 0; i < line.n;) {
        guchar byte = (guchar)line.p[i];
        if (byte >= 0x20 && byte < 0x7f) {
            i++;
            continue;
        }
        if (byte == '\t') {
            found++;
            i++;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(line.p + i, (gssize)(line.n - i));
        if (byte < 0x80 || c == (gunichar)-1 || c == (gunichar)-2 || safe_is_hostile(c))
            return false;
        i += (gsize)g_utf8_skip[byte];
    }
    return found == tabs;
}

bool line_good(const LineForm *form, Span line)
{
    static const char *const refused[] = {"file", "message", "error", NULL};
    if (form->format == LINE_JSON)
        return json_line_good(line, refused);
    return text_good(line, form->columns->len ? form->columns->len - 1 : 0);
}
