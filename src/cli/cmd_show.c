/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme show: the full picture of one message, of the mailbox or a file. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/writer.h"
#include "reading/reader.h"

typedef struct Show {
    Writer writer;
    bool json;
    guint shown;
    bool partly;
} Show;

static bool show_one(const Row *row, const Finding *finding, gpointer data)
{
    Show *show = data;
    if (show->json) {
        writer_json(row, finding);
    } else {
        if (show->shown)
            putchar('\n');
        writer_case(&show->writer, row, finding);
    }
    show->shown++;
    return !ferror(stdout);
}

static void show_problem(const char *text, gpointer data)
{
    Show *show = data;
    show->partly = true;
    cli_error(text, NULL);
}

/* What stands in the quotes or brackets of @id, where doubled quotes are one. */
static char *id_inside(const char *id, gsize n)
{
    GString *inside = g_string_new(NULL);
    for (gsize i = 1; i + 1 < n; i++) {
        g_string_append_c(inside, id[i]);
        if (*id == '"' && id[i] == '"' && id[i + 1] == '"' && i + 2 < n)
            i++;
    }
    return g_string_free(inside, FALSE);
}

/* The id behind "id:", as it is or in quotes as in a query. NULL: @argument is none. */
static char *argument_id(const char *argument)
{
    if (strncmp(argument, "id:", 3) != 0)
        return NULL;
    const char *id = argument + 3;
    gsize n = strlen(id);
    if (n >= 2 && ((*id == '"' && id[n - 1] == '"') || (*id == '<' && id[n - 1] == '>')))
        return id_inside(id, n);
    return g_strdup(id);
}

/* All files of the id that are not copies of each other. */
static bool show_id(Show *show, Reader *reader, const char *id, GError **error)
{
    g_autofree char *query = writer_id_term(id);
    guint before = show->shown;
    if (!reader_query(reader, query, error))
        return false;
    if (show->shown == before && !show->partly) {
        g_autofree char *what = g_strconcat("id:", id, NULL);
        cli_error(what, "no such message in the notmuch database");
        show->partly = true;
    }
    return true;
}

static bool show_argument(CommandContext *context, Show *show, const char *argument, GError **error)
{
    const ReaderOptions options = {.all_folders = true,
                                   .findings = true,
                                   .any = true,
                                   .each = show_one,
                                   .problem = show_problem,
                                   .data = show};
    g_autofree char *id = argument_id(argument);
    g_autoptr(Reader) reader = id ? reader_new(context->config, &options, error)
                                  : reader_new_for_files(context->config, &options, error);
    if (!reader)
        return false;
    if (id)
        return show_id(show, reader, id, error);
    if (!strchr(argument, '/') && !g_file_test(argument, G_FILE_TEST_EXISTS)) {
        cli_error(argument, "no such file; a message of the mailbox is named as id:MESSAGE-ID");
        show->partly = true;
        return true;
    }
    reader_file(reader, argument, NULL);
    reader_finish(reader);
    return true;
}

int cmd_show(CommandContext *context, int argc, char **argv)
{
    g_autofree char *format = NULL;
    gboolean explain = FALSE;
    int status;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text or json", "FORMAT"},
        {"explain", 0, 0, G_OPTION_ARG_NONE, &explain,
         "every rule that was tried, and why it did or did not hold", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (format && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
        return cli_usage(context, "--format must be text or json");
    if (argc < 2)
        return cli_usage(context, "no message is named (id:MESSAGE-ID, or a file)");
    Show show = {.json = format && strcmp(format, "json") == 0};
    g_autoptr(GError) error = NULL;
    writer_init(&show.writer, context, NULL);
    show.writer.explain = explain;
    bool good = true;
    for (int i = 1; good && i < argc && !ferror(stdout); i++)
        good = show_argument(context, &show, argv[i], &error);
    writer_clear(&show.writer);
    if (!good)
        return cli_failed(g_steal_pointer(&error));
    return show.partly ? EXIT_PARTLY : EXIT_DONE;
}
