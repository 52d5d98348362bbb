/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine-readable report: RFC 3464 and RFC 6533 fields, per message and per recipient, read
 * tolerantly: missing blank lines, comments, wrong order, fields lost in text. */
#include "bounce/report.h"

#include <string.h>

#include "bounce/report_field.h"

/* The recipient that @group goes on with: it names nobody, and of the last one since @from, who was
 * named, nothing is said yet or only what became of it: a blank line stands between all fields. */
static Recipient *unfinished(const RecipientList *list, guint from, const GPtrArray *group)
{
    Recipient *last = list->all->len > from ? list->all->pdata[list->all->len - 1] : NULL;
    bool says = headers_get(group, "Action") || headers_get(group, "Status") ||
                headers_get(group, "Diagnostic-Code");
    if (!last || !says || headers_get(group, "Final-Recipient") ||
        headers_get(group, "Original-Recipient"))
        return NULL;
    bool full = (last->action && headers_get(group, "Action")) ||
                (last->status && headers_get(group, "Status"));
    return (last->final || last->original) && !full ? last : NULL;
}

/* One blank-line separated group. A naming field or an action that was given already begins another
 * recipient: the blank line was lost. */
static void read_group(RecipientList *list, guint from, Bounce *out, const GPtrArray *group)
{
    static const char *const once[] = {"Final-Recipient", "Original-Recipient", "Action"};
    Recipient *one = unfinished(list, from, group);
    guint given = 0;
    for (guint i = 0; i < group->len; i++) {
        const Header *field = group->pdata[i];
        guint bit = 0;
        if (report_message_field(out, field) || !report_is_recipient_field(field->name))
            continue;
        for (guint k = 0; k < G_N_ELEMENTS(once); k++)
            if (g_ascii_strcasecmp(field->name, once[k]) == 0)
                bit = 1u << k;
        if (!one || (given & bit)) {
            if (!(one = recipient_list_append(list)))
                return;
            given = 0;
        }
        given |= bit;
        report_recipient_field(one, field);
    }
}

/* A recipient that is named by none of its fields is none; nor is the same one twice. */
static void drop_empty(GPtrArray *all, guint from)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = from; i < all->len;) {
        const Recipient *one = all->pdata[i];
        const char *name = one->final ? one->final : one->original;
        g_autofree char *key =
            name ? g_strdup_printf("%s\n%s\n%s", name, one->action ? one->action : "",
                                   one->status ? one->status : "")
                 : NULL;
        char *lower = key ? g_ascii_strdown(key, -1) : NULL;
        if (!lower && (one->action || one->status) && one->diagnostic) {
            i++;
        } else if (!lower || !g_hash_table_add(seen, lower)) {
            g_ptr_array_remove_index(all, i);
        } else {
            i++;
        }
    }
}

static void read_fields(RecipientList *list, Bounce *out, Span text)
{
    guint from = list->all->len;
    while (text.n) {
        Span rest = {"", 0};
        g_autoptr(GPtrArray) group = headers_parse(text, &rest);
        read_group(list, from, out, group);
        if (rest.n >= text.n)
            break;
        text = rest;
    }
    drop_empty(list->all, from);
    recipient_list_know(list);
}

/* A receipt (RFC 8098 3.2) names the recipient and the message; a complaint (RFC 5965 3.2) names
 * who complained. */
static void read_notice(const Part *part, PartRole role, RecipientList *list, Bounce *out)
{
    g_autoptr(GPtrArray) fields = headers_parse(span_of(part->text), NULL);
    Recipient *one = NULL;
    for (guint i = 0; i < fields->len; i++) {
        const Header *field = fields->pdata[i];
        if (report_message_field(out, field))
            continue;
        bool named = role == ROLE_DISPOSITION
                         ? g_ascii_strcasecmp(field->name, "Final-Recipient") == 0 ||
                               g_ascii_strcasecmp(field->name, "Original-Recipient") == 0
                         : g_ascii_strcasecmp(field->name, "Original-Rcpt-To") == 0;
        if (named && (role == ROLE_FEEDBACK || !one))
            one = recipient_list_append(list);
        if (named && one)
            report_recipient_field(one, field);
    }
    drop_empty(list->all, 0);
    recipient_list_know(list);
}

void report_read(const BounceSource *source, RecipientList *list, Bounce *out)
{
    const Structure *structure = &source->structure;
    for (guint i = 0; i < source->message->parts->len; i++) {
        const Part *part = message_part(source->message, i);
        PartRole role = structure->role[i];
        if (role != ROLE_STATUS && role != ROLE_DISPOSITION && role != ROLE_FEEDBACK)
            continue;
        if (role == ROLE_STATUS)
            for (guint k = 0; k < part->headers->len; k++) /* a blank line too few */
                report_message_field(out, part->headers->pdata[k]);
        if (part->text && role == ROLE_STATUS)
            read_fields(list, out, span_of(part->text));
        else if (part->text)
            read_notice(part, role, list, out);
    }
}

void report_agent(const BounceSource *source, Bounce *out)
{
    int place = source->structure.disposition;
    const Part *part = place >= 0 ? message_part(source->message, (guint)place) : NULL;
    if (out->reporting_mta || !part || !part->text)
        return;
    g_autoptr(GPtrArray) fields = headers_parse(span_of(part->text), NULL);
    const char *agent = headers_get(fields, "Reporting-UA");
    g_autofree char *host = agent ? report_host(agent) : NULL;
    if (host && strchr(host, '.'))
        out->reporting_mta = g_steal_pointer(&host);
}

/* Whether @line continues the field in the line before it. */
static bool is_folded(const BounceText *text, guint i)
{
    const Line *line = bounce_text_line(text, i);
    return line->indent > 0 && (line->used || (i && bounce_text_line(text, i - 1)->used));
}

bool report_read_text(BounceText *text, RecipientList *list, Bounce *out)
{
    if (!report_in_text(text->human))
        return false;
    guint before = list->all->len;
    g_autoptr(GString) block = g_string_new(NULL);
    for (guint i = 0; i < text->lines->len; i++) {
        Line *line = bounce_text_line(text, i);
        bool field = report_line_is_field(line->text);
        if (line->text.n == 0) {
            g_string_append(block, "\n");
        } else if (field || is_folded(text, i)) {
            g_string_append(block, field ? "" : " ");
            g_string_append_len(block, line->text.p, (gssize)line->text.n);
            g_string_append_c(block, '\n');
            line->used = true;
        }
    }
    read_fields(list, out, (Span){block->str, block->len});
    return list->all->len > before;
}
