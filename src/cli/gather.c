/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See gather.h. */
#include "cli/gather.h"

#include "reading/reader_counted.h"

typedef struct Gathering {
    ReaderEach each;
    gpointer data;
    bool partly;
} Gathering;

static bool gather_row(const Row *row, const Finding *finding, gpointer data)
{
    const Gathering *gathering = data;
    return gathering->each(row, finding, gathering->data);
}

static void gather_problem(const char *text, gpointer data)
{
    ((Gathering *)data)->partly = true;
    cli_error(text, NULL);
}

bool cli_gather(CommandContext *context, const char *query, bool findings, ReaderEach each,
                gpointer data, int *status)
{
    g_autoptr(GError) error = NULL;
    Gathering gathering = {.each = each, .data = data};
    const ReaderOptions options = {.findings = findings,
                                   .each = gather_row,
                                   .problem = gather_problem,
                                   .unconfined = cli_unconfined,
                                   .data = &gathering};
    g_autoptr(Reader) reader = reader_new(context->config, &options, &error);
    bool good = reader && reader_query_counted(reader, query, &error);
    *status = !good              ? cli_failed(g_steal_pointer(&error))
              : gathering.partly ? EXIT_PARTLY
                                 : EXIT_DONE;
    return good;
}
