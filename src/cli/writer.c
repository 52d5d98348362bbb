/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats of lists. */
#include "cli/writer.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/json_out.h"
#include "base/safe.h"

/* --- JSON ----------------------------------------------------------------------------------- */

static void tags_out(GString *to, const char *tags)
{
    g_auto(GStrv) list = g_strsplit(tags ? tags : "", " ", -1);
    json_out_open(to, "tags", '[');
    for (char **tag = list; *tag; tag++)
        if (**tag)
            json_out_text(to, NULL, *tag);
    json_out_close(to, ']');
}

void writer_json(const Row *row, const Finding *finding)
{
    g_autoptr(GString) line = g_string_sized_new(4096);
    json_out_open(line, NULL, '{');
    json_out_text(line, "file", finding->file);
    finding_write_members(line, finding, FINDING_ALL_MEMBERS);
    if (row && row->id) {
        json_out_text(line, "id", row->id);
        tags_out(line, row->tags);
        json_out_time(line, "timestamp", row->timestamp);
    }
    json_out_close(line, '}');
    puts(line->str);
}

static void row_json(Writer *writer, const Row *row, const Finding *finding)
{
    (void)writer;
    writer_json(row, finding);
}

/* --- names ---------------------------------------------------------------------------------- */

/* What could end the term, or means something in a query, wants quotes; a quote is doubled. */
char *writer_id_term(const char *id)
{
    bool plain = *id != '\0';
    for (const char *p = id; *p; p++)
        plain = plain && (g_ascii_isalnum(*p) || strchr("@.-_+=$%~#/!&^:?{}|", *p));
    if (plain)
        return g_strconcat("id:", id, NULL);
    g_autoptr(GString) term = g_string_new("id:\"");
    for (const char *p = id; *p; p++) {
        if (*p == '"')
            g_string_append_c(term, '"');
        g_string_append_c(term, *p);
    }
    g_string_append_c(term, '"');
    return g_string_free(g_steal_pointer(&term), FALSE);
}

/* "id:..." as the query language and "notme show" take it, ended by a NUL, for xargs -0. */
static void row_text0(Writer *writer, const Row *row, const Finding *finding)
{
    (void)writer;
    (void)finding;
    g_autofree char *term = writer_id_term(row->id);
    fputs(term, stdout);
    putchar('\0');
}

/* The recipients that failed, each once. */
static void row_addresses(Writer *writer, const Row *row, const Finding *finding)
{
    (void)row;
    const GPtrArray *recipients = finding->reading->bounce->recipients;
    for (guint i = 0; finding->reading->bounce->kind == KIND_FAILURE && i < recipients->len; i++) {
        const Recipient *r = recipients->pdata[i];
        const char *address = r->original ? r->original : r->final;
        if (!address || !strchr(address, '@') || (r->action && strcmp(r->action, "failed") != 0))
            continue; /* programs and local names are on no list */
        g_autofree char *safe = safe_text(span_of(address), SAFE_LINE);
        char *key = g_utf8_casefold(safe, -1);
        if (g_hash_table_add(writer->told, key))
            puts(safe);
    }
}

/* --- text ----------------------------------------------------------------------------------- */

static char *row_recipient(const Row *row)
{
    if (!row->recipient)
        return g_strdup("(nobody named)");
    if (row->recipients > 1)
        return g_strdup_printf("%s +%u", row->recipient, row->recipients - 1);
    return g_strdup(row->recipient);
}

/* What the kind is, where it is no failure; else why it failed. */
static const char *row_reason(const Row *row)
{
    const char *reason = row->kind == KIND_FAILURE ? reason_name(row->reason) : NULL;
    return row->kind != KIND_FAILURE ? bounce_kind_name(row->kind) : reason ? reason : "-";
}

static void row_text(Writer *writer, const Row *row, const Finding *finding)
{
    (void)finding;
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *when = date_format_rfc3339(row->timestamp);
    g_autofree char *who = row_recipient(row);
    g_autofree char *ip = row->injection_own ? g_strdup("own") : ip_format(&row->injection);
    Paint paint = writer_paint(row->verdict);
    if (when)
        when[10] = '\0'; /* the day */
    writer_add(writer, line, paint, writer_sign(writer, row->verdict), 1);
    writer_add(writer, line, PAINT_PLAIN, row->by_reviewer ? "* " : "  ", 2);
    writer_add(writer, line, PAINT_PLAIN, when ? when : "-", 12);
    writer_add(writer, line, PAINT_PLAIN, who, 28);
    g_string_append_c(line, ' ');
    bool warned = row->warning != WARNING_NONE;
    writer_add(writer, line, warned ? PAINT_FORGED : PAINT_PLAIN,
               warned ? "LOGIN?" : row_reason(row), 14);
    writer_add(writer, line, row->injection_own ? PAINT_OWN : PAINT_PLAIN, ip ? ip : "not stated",
               17);
    const char *reporter = row->reporter_domain ? row->reporter_domain : row->reporter;
    writer_add(writer, line, PAINT_PLAIN, reporter ? reporter : "-", 24);
    g_autofree char *term = writer_id_term(row->id), *id = g_strconcat("  ", term, NULL);
    int left = writer->width ? writer->width - 98 : 1;
    if (left > 12 || !writer->width)
        writer_add(writer, line, PAINT_DIM, id, writer->width ? left : 0);
    puts(line->str);
}

/* --- the table ------------------------------------------------------------------------------ */

static const WriterFormat formats[] = {
    {"text", false, row_text},
    {"json", true, row_json},
    {"text0", false, row_text0},
    {"addresses", true, row_addresses},
};

const WriterFormat *writer_format(const CommandContext *context, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (!name || strcmp(formats[i].name, name) == 0)
            return &formats[i];
    cli_usage(context, "--format must be text, json, text0 or addresses");
    return NULL;
}

void writer_init(Writer *writer, const CommandContext *context, const WriterFormat *format)
{
    struct winsize size;
    const char *ascii = context->config->review.ascii;
    *writer = (Writer){.format = format, .color = cli_color(context)};
    writer->ascii = strcmp(ascii, "auto") == 0 ? strcmp(nl_langinfo(CODESET), "UTF-8") != 0
                                               : strcmp(ascii, "true") == 0;
    if (isatty(STDOUT_FILENO) && !context->verbose && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        writer->width = size.ws_col;
    writer->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void writer_clear(Writer *writer)
{
    g_hash_table_unref(writer->told);
}

void writer_row(Writer *writer, const Row *row, const Finding *finding)
{
    writer->format->row(writer, row, finding);
}
