/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats of lists. */
#include "cli/output.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/column_fit.h"
#include "base/id_term.h"
#include "base/json_out.h"
#include "base/safe.h"
#include "reading/handle.h"

/* --- JSON ------------------------------------------------------------------------------------- */

void output_json(const Row *row, const Finding *finding)
{
    g_autoptr(GString) line = g_string_sized_new(4096);
    json_out_open(line, NULL, '{');
    field_list_members(line, NULL, row, finding);
    json_out_close(line, '}');
    puts(line->str);
}

static void row_json(Output *output, const Row *row, const Finding *finding)
{
    g_autoptr(GString) line = g_string_sized_new(4096);
    json_out_open(line, NULL, '{');
    field_list_members(line, output->fields, row, finding);
    json_out_close(line, '}');
    puts(line->str);
}

/* --- names ------------------------------------------------------------------------------------ */

/* "id:..." as the query language and "notme show" take it, ended by a NUL, for xargs -0; safe for a
 * terminal. */
static void row_text0(Output *output, const Row *row, const Finding *finding)
{
    (void)finding;
    g_autofree char *term = id_term(row->id);
    g_autofree char *safe = output->terminal ? safe_text(span_of(term), SAFE_LINE) : NULL;
    fputs(safe ? safe : term, stdout);
    putchar('\0');
}

/* Names as they are, for programs; safe for a terminal. */
static void row_files(Output *output, const Row *row, const Finding *finding)
{
    (void)finding;
    g_autofree char *safe = output->terminal ? safe_text(span_of(row->file), SAFE_LINE) : NULL;
    puts(safe ? safe : row->file);
}

/* The recipients that failed, each once. */
static void row_addresses(Output *output, const Row *row, const Finding *finding)
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
        if (g_hash_table_add(output->told, key))
            puts(safe);
    }
}

/* --- text ------------------------------------------------------------------------------------- */

static char *row_recipient(const Row *row)
{
    if (row->recipients > 1)
        return g_strdup_printf("%s +%u", row_named(row), row->recipients - 1);
    return g_strdup(row_named(row));
}

/* A warning; what the kind is, where it is no failure; else why it failed. */
static const char *row_reason(const Row *row)
{
    const char *reason = row->kind == KIND_FAILURE ? reason_name(row->reason) : NULL;
    if (row->warning != WARNING_NONE)
        return warning_word(row->warning, row->login_denied);
    return row->kind != KIND_FAILURE ? bounce_kind_name(row->kind) : reason ? reason : "-";
}

/* One row's cells; what is cut off is in "notme show". */
typedef enum RowColumn {
    COLUMN_HANDLE,
    COLUMN_DATE,
    COLUMN_RECIPIENT,
    COLUMN_REASON,
    COLUMN_INJECTION,
    COLUMN_REPORTER,
    ROW_COLUMNS
} RowColumn;

enum { SIGN_COLUMNS = 3 };

static const ColumnWish row_wishes[ROW_COLUMNS] = {
    [COLUMN_HANDLE] = {HANDLE_LENGTH, HANDLE_LENGTH, HANDLE_LENGTH, 0},
    [COLUMN_DATE] = {7, 7, 10, 2},
    [COLUMN_RECIPIENT] = {12, 20, 34, 0},
    [COLUMN_REASON] = {10, 12, 17, 3},
    [COLUMN_INJECTION] = {15, 16, 26, 0},
    [COLUMN_REPORTER] = {11, 18, 30, 1},
};

/* "2026-11-27" in @day, shorter where there is less room: "Nov 27" within the last months, else
 * "2026-11". */
static void day_fit(char *day, int width, gint64 timestamp)
{
    enum { MONTHS = 300 * 86400 };
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(timestamp);
    if ((int)strlen(day) <= width || !time)
        return;
    g_autofree char *text =
        g_date_time_format(time, ABS(now - timestamp) < MONTHS ? "%b %d" : "%Y-%m");
    if (text && strlen(text) <= strlen(day))
        memcpy(day, text, strlen(text) + 1);
}

static const char *row_reporter(const Row *row)
{
    const char *reporter = row->reporter_domain ? row->reporter_domain : row->reporter;
    return reporter ? reporter : "-";
}

static void heads_print(Output *output, const int *widths)
{
    static const char *const heads[ROW_COLUMNS] = {"handle", "date",      "failed",
                                                   "why",    "sent from", "reported by"};
    g_autoptr(GString) line = g_string_new(NULL);
    if (output->headed)
        return;
    output->headed = true;
    g_string_append_printf(line, "%*s", SIGN_COLUMNS, "");
    for (int i = 0, n = 0; i < ROW_COLUMNS; i++)
        if (widths[i]) {
            output_add(output, line, PAINT_DIM, n++ ? " " : "", 0);
            output_add(output, line, PAINT_DIM, heads[i], widths[i]);
        }
    puts(g_strchomp(line->str));
}

/* On a terminal: columns that fit it, and a handle to name the row by. */
static void row_text_fitted(Output *output, const Row *row)
{
    int widths[ROW_COLUMNS];
    char handle[HANDLE_SIZE];
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *when = date_format_rfc3339(row->timestamp);
    g_autofree char *who = row_recipient(row);
    bool open;
    g_autofree char *sender = row_sender(row, &open);
    g_autofree char *from = g_strconcat(sender, open ? "?" : "", NULL);
    column_fit(row_wishes, ROW_COLUMNS, output->width - SIGN_COLUMNS, widths);
    heads_print(output, widths);
    handle_of(row->id, row->file, handle);
    if (when) {
        when[10] = '\0'; /* the day */
        day_fit(when, widths[COLUMN_DATE], row->timestamp);
    }
    const char *const cells[ROW_COLUMNS] = {handle, when ? when : "-", who, row_reason(row),
                                            from,   row_reporter(row)};
    output_add(output, line, output_paint(row->verdict), output_sign(output, row->verdict), 1);
    output_add(output, line, PAINT_PLAIN, row->by_reviewer ? "* " : "  ", 2);
    for (int i = 0, n = 0; i < ROW_COLUMNS; i++) {
        if (!widths[i])
            continue;
        Paint paint = i == COLUMN_HANDLE                                             ? PAINT_BOLD
                      : i == COLUMN_REASON && row->warning                           ? PAINT_FORGED
                      : i == COLUMN_INJECTION && row->injection_own && !row->warning ? PAINT_OWN
                                                                                     : PAINT_PLAIN;
        output_add(output, line, PAINT_PLAIN, n++ ? " " : "", 0);
        output_add(output, line, paint, cells[i], widths[i]);
    }
    puts(g_strchomp(line->str));
}

static void row_text(Output *output, const Row *row)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *when = date_format_rfc3339(row->timestamp);
    g_autofree char *who = row_recipient(row);
    char injection[IP_TEXT_SIZE];
    if (when)
        when[10] = '\0'; /* the day */
    output_add(output, line, output_paint(row->verdict), output_sign(output, row->verdict), 1);
    output_add(output, line, PAINT_PLAIN, row->by_reviewer ? "* " : "  ", 2);
    output_add(output, line, PAINT_PLAIN, when ? when : "-", 12);
    output_add(output, line, PAINT_PLAIN, who, 28);
    g_string_append_c(line, ' ');
    output_add(output, line, row->warning ? PAINT_FORGED : PAINT_PLAIN, row_reason(row), 14);
    output_add(output, line, row->injection_own ? PAINT_OWN : PAINT_PLAIN,
               row_injection(row, injection), 17);
    output_add(output, line, PAINT_PLAIN, row_reporter(row), 24);
    g_autofree char *term = id_term(row->id), *id = g_strconcat("  ", term, NULL);
    output_add(output, line, PAINT_DIM, id, 0);
    puts(line->str);
}

/* --- tables ----------------------------------------------------------------------------------- */

static char **row_values(const Output *output, const Row *row, const Finding *finding)
{
    guint count = field_list_count(output->fields);
    char **values = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++)
        values[i] = field_list_value(output->fields, i, row, finding);
    return values;
}

static void row_tsv(Output *output, const Row *row, const Finding *finding)
{
    g_auto(GStrv) values = row_values(output, row, finding);
    g_autofree char *line = g_strjoinv("\t", values);
    puts(line);
}

static void row_list(Output *output, const Row *row, const Finding *finding)
{
    if (output->fields)
        g_ptr_array_add(output->table, row_values(output, row, finding));
    else if (output->width)
        row_text_fitted(output, row);
    else
        row_text(output, row);
}

/* All lines of --fields as text: as wide as what stands in them, or as the terminal. */
static void table_print(const Output *output)
{
    int count = (int)field_list_count(output->fields);
    g_autofree int *widths = g_new0(int, (gsize)count + 1);
    for (guint i = 0; i < output->table->len; i++)
        for (int k = 0; k < count; k++)
            widths[k] = MAX(widths[k], output_columns(((char **)output->table->pdata[i])[k]));
    if (output->width)
        column_shrink(widths, count, output->width);
    for (guint i = 0; i < output->table->len && !ferror(stdout); i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        for (int k = 0; k < count; k++) {
            if (widths[k])
                output_add(output, line, PAINT_PLAIN, ((char **)output->table->pdata[i])[k],
                           widths[k]);
            if (widths[k] && k + 1 < count)
                g_string_append(line, "  ");
        }
        puts(g_strchomp(line->str));
    }
}

/* --- the formats ------------------------------------------------------------------------------ */

static const OutputFormat formats[] = {
    {"text", false, false, true, row_list},    {"json", true, true, true, row_json},
    {"tsv", true, false, true, row_tsv},       {"text0", false, false, false, row_text0},
    {"files", false, false, false, row_files}, {"addresses", true, false, false, row_addresses},
};

const OutputFormat *output_format(const CommandContext *context, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
        if (!name || strcmp(formats[i].name, name) == 0)
            return &formats[i];
    cli_usage(context, "--format must be text, json, tsv, text0, files or addresses");
    return NULL;
}

bool output_set_fields(Output *output, const CommandContext *context, const char *names)
{
    static const char usual[] =
        "id,verdict,kind,injection_ip,submitter_ip,reporting_mta,recipient,reason";
    g_autoptr(GError) error = NULL;
    const char *format = output->format->name;
    if (!names && strcmp(format, "tsv") != 0)
        return true;
    if (!output->format->fields) {
        cli_usage(context, "--fields is for text, json and tsv");
        return false;
    }
    output->fields = field_list_new(names ? names : usual, strcmp(format, "json") == 0, &error);
    if (!output->fields)
        cli_usage(context, error->message);
    return output->fields != NULL;
}

bool output_wants_findings(const Output *output)
{
    return output->format->findings || output->fields;
}

void output_init(Output *output, const CommandContext *context, const OutputFormat *format)
{
    struct winsize size;
    const char *ascii = context->config->review.ascii;
    *output = (Output){.format = format, .color = cli_color(context)};
    output->ascii = strcmp(ascii, "auto") == 0 ? strcmp(nl_langinfo(CODESET), "UTF-8") != 0
                                               : strcmp(ascii, "true") == 0;
    output->terminal = isatty(STDOUT_FILENO);
    if (output->terminal && !context->verbose && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        output->width = size.ws_col;
    output->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    output->table = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
}

void output_end(Output *output)
{
    if (output->table->len)
        table_print(output);
}

void output_clear(Output *output)
{
    field_list_free(output->fields);
    g_ptr_array_unref(output->table);
    g_hash_table_unref(output->told);
}

void output_row(Output *output, const Row *row, const Finding *finding)
{
    output->format->row(output, row, finding);
}
