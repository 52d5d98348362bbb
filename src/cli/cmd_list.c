/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme list: one line a bounce or notice. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/jobs.h"
#include "cli/output.h"
#include "reading/reader.h"
#include "reading/reader_counted.h"
#include "reading/row_order.h"

/* A row that waits to be sorted. */
typedef struct Kept {
    Row *row;
    Finding *finding; /* or NULL */
} Kept;

typedef struct List {
    Output output;
    VerdictValue verdict; /* VERDICT_NONE: all */
    int kind;             /* -1: all */
    bool warning;         /* only those with one */
    int limit;            /* 0: none */
    RowOrder order;
    bool reverse;
    GPtrArray *kept; /* of Kept; NULL: rows are printed as they come */
    int count;
    bool partly;
} List;

static void kept_free(gpointer data)
{
    Kept *kept = data;
    row_unref(kept->row);
    finding_free(kept->finding);
    g_free(kept);
}

static Kept *kept_new(const Row *row, const Finding *finding)
{
    Kept *kept = g_new0(Kept, 1);
    kept->row = row_ref(row);
    if (finding)
        kept->finding = finding_copy(finding);
    return kept;
}

static bool list_more(const List *list)
{
    return !(list->limit && list->count >= list->limit) && !ferror(stdout);
}

static void list_print(List *list, const Row *row, const Finding *finding)
{
    output_row(&list->output, row, finding);
    list->count++;
}

static bool list_row(const Row *row, const Finding *finding, gpointer data)
{
    List *list = data;
    if (list->verdict != VERDICT_NONE && row->verdict != list->verdict)
        return true;
    if (list->kind >= 0 && (int)row->kind != list->kind)
        return true;
    if (list->warning && finding->judgement->verdict->warning == WARNING_NONE)
        return true;
    if (list->kept)
        g_ptr_array_add(list->kept, kept_new(row, finding));
    else
        list_print(list, row, finding);
    return list_more(list);
}

static void list_problem(const char *text, gpointer data)
{
    List *list = data;
    list->partly = true;
    cli_error(text, NULL);
}

static int list_compare(gconstpointer a, gconstpointer b, gpointer data)
{
    const List *list = data;
    const Kept *one = *(Kept *const *)a, *other = *(Kept *const *)b;
    int result = row_compare(one->row, other->row, list->order);
    if (result == 0) /* so that it does not show which was read first */
        result = g_strcmp0(one->row->id, other->row->id);
    return list->reverse ? -result : result;
}

static void list_print_kept(List *list)
{
    g_ptr_array_sort_with_data(list->kept, list_compare, list);
    for (guint i = 0; i < list->kept->len && list_more(list); i++) {
        const Kept *kept = list->kept->pdata[i];
        list_print(list, kept->row, kept->finding);
    }
}

static int list_run(CommandContext *context, List *list, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (list->order != ROW_ORDER_DATE || list->reverse)
        list->kept = g_ptr_array_new_with_free_func(kept_free);
    const ReaderOptions options = {.few = list->kept ? 0 : (guint)list->limit,
                                   .findings =
                                       list->warning || output_wants_findings(&list->output),
                                   .wordless = !list->output.format->words,
                                   .each = list_row,
                                   .problem = list_problem,
                                   .unconfined = cli_unconfined,
                                   .data = list};
    g_autoptr(Reader) reader = reader_new(context->config, &options, &error);
    g_autofree char *given = cli_query(argc, argv, 1);
    const char *query = given ? given : context->config->review.query;
    bool good = reader && reader_query_counted(reader, query, &error);
    if (list->kept) {
        if (good)
            list_print_kept(list);
        g_ptr_array_unref(list->kept);
    }
    output_end(&list->output);
    if (!good)
        return cli_failed(g_steal_pointer(&error));
    if (!list->count && isatty(STDOUT_FILENO))
        cli_error("nothing found", "no bounce or notice is among the mail searched for");
    return list->partly ? EXIT_PARTLY : EXIT_DONE;
}

int cmd_list(CommandContext *context, int argc, char **argv)
{
    g_autofree char *format = NULL, *fields = NULL, *verdict = NULL, *kind = NULL, *sort = NULL;
    gboolean reverse = FALSE, warning = FALSE;
    int limit = -1, status;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format,
         "text, json (one object a line), tsv (columns with tabs between), text0 (ids), files "
         "(names) or addresses (recipients that failed)",
         "FORMAT"},
        {"fields", 0, 0, G_OPTION_ARG_STRING, &fields,
         "which columns of text or tsv, or members of json", "NAME,..."},
        {"verdict", 0, 0, G_OPTION_ARG_STRING, &verdict,
         "only genuine, backscatter, fake or undecided ones", "VERDICT"},
        {"kind", 0, 0, G_OPTION_ARG_STRING, &kind,
         "only failure, delay, success, auto-reply, challenge, virus-notice, read-receipt or "
         "abuse-report",
         "KIND"},
        {"warning", 0, 0, G_OPTION_ARG_NONE, &warning, "only those with a warning", NULL},
        {"sort", 0, 0, G_OPTION_ARG_STRING, &sort,
         "by date (newest first), verdict, injection, reporter or recipient", "ORDER"},
        {"reverse", 0, 0, G_OPTION_ARG_NONE, &reverse, "the other way round", NULL},
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, "at most so many", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    List list = {.verdict = VERDICT_NONE, .kind = -1, .reverse = reverse, .warning = warning};
    const OutputFormat *shape = output_format(context, format);
    if (!shape)
        return EXIT_CANNOT;
    cli_tell_open_job(context->config);
    if (verdict && (int)(list.verdict = (VerdictValue)verdict_from_name(verdict)) <= 0)
        return cli_usage(context, "--verdict must be genuine, backscatter, fake or undecided");
    if (kind && (list.kind = bounce_kind_from_name(kind)) <= 0)
        return cli_usage(context, "--kind must be failure, delay, success, auto-reply, challenge, "
                                  "virus-notice, read-receipt or abuse-report");
    if ((int)(list.order = (RowOrder)row_order_from_name(sort ? sort : "date")) < 0)
        return cli_usage(context, "--sort must be date, verdict, injection, reporter or recipient");
    list.limit = MAX(limit, 0);
    if (limit == 0 || limit < -1)
        return cli_usage(context, "--limit must be a number from 1 on");
    output_init(&list.output, context, shape);
    status = output_set_fields(&list.output, context, fields) ? list_run(context, &list, argc, argv)
                                                              : EXIT_CANNOT;
    output_clear(&list.output);
    return status;
}
