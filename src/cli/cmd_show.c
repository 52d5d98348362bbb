/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme show: the full picture of one message, of the mailbox or a file. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/id_term.h"
#include "cli/commands.h"
#include "cli/jobs.h"
#include "cli/mail_in.h"
#include "cli/output.h"
#include "cli/pager.h"
#include "reading/campaigns_renew.h"
#include "reading/handle.h"
#include "reading/reader.h"
#include "reading/reader_counted.h"

typedef struct Show {
    Output output;
    bool json;
    guint shown;
    GPtrArray *problems; /* of char *: told when the pager was left */
} Show;

static bool show_one(const Row *row, const Finding *finding, gpointer data)
{
    Show *show = data;
    if (show->json) {
        output_json(row, finding);
    } else {
        if (show->shown)
            putchar('\n');
        output_case(&show->output, row, finding);
    }
    show->shown++;
    return !ferror(stdout);
}

static void show_problem(const char *text, gpointer data)
{
    Show *show = data;
    g_ptr_array_add(show->problems, g_strdup(text));
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

/* Where nothing is known of the other bounces yet, all of them are read first. */
static void tell_first_look(Reader *reader)
{
    if (isatty(STDERR_FILENO) && !campaigns_are_kept(reader))
        fputs("notme: the other bounces are read first, once, for what they say of its sender\n",
              stderr);
}

/* All files that @query, an id or a handle, names and that are not copies of each other. */
static bool show_query(Show *show, Reader *reader, const char *query, GError **error)
{
    guint before = show->shown, problems = show->problems->len;
    tell_first_look(reader);
    /* what other bounces say goes into the verdict, as in a list */
    if (!reader_query_counted(reader, query, error))
        return false;
    if (show->shown == before && show->problems->len == problems) {
        g_autofree char *what =
            g_strconcat(query, ": no such message in the notmuch database", NULL);
        show_problem(what, show);
    }
    return true;
}

typedef struct ShowInput {
    Show *show;
    Reader *reader;
} ShowInput;

/* As the mailbox has it; what is not there, as it came. */
static bool show_mail(const MailIn *mail, gpointer data)
{
    ShowInput *input = data;
    int fd = mail->file || mail->fd < 0 ? -1 : dup(mail->fd);
    if (mail->file)
        reader_file(input->reader, mail->file, NULL);
    else if (fd >= 0)
        reader_stream(input->reader, "-", fd);
    else {
        g_autofree char *what = g_strconcat(mail->name, ": ", mail->why_none, NULL);
        show_problem(what, input->show);
    }
    reader_finish(input->reader);
    return !ferror(stdout);
}

static bool show_argument(CommandContext *context, Show *show, const char *argument, GError **error)
{
    const ReaderOptions options = {.all_folders = true,
                                   .findings = true,
                                   .any = true,
                                   .each = show_one,
                                   .problem = show_problem,
                                   .unconfined = cli_unconfined,
                                   .data = show};
    g_autofree char *id = argument_id(argument);
    g_autofree char *query = id ? id_term(id) : handle_is(argument) ? g_strdup(argument) : NULL;
    g_autoptr(Reader) reader = query ? reader_new(context->config, &options, error)
                                     : reader_new_for_files(context->config, &options, error);
    if (!reader)
        return false;
    if (query)
        return show_query(show, reader, query, error);
    if (strcmp(argument, "-") == 0) {
        ShowInput input = {show, reader};
        return mail_in_each(context->config, reader_store(reader), show_mail, &input, error);
    }
    if (!strchr(argument, '/') && !g_file_test(argument, G_FILE_TEST_EXISTS)) {
        g_autofree char *what = g_strconcat(argument,
                                            ": no such file; a message of the mailbox is named as "
                                            "id:MESSAGE-ID, or by its handle",
                                            NULL);
        show_problem(what, show);
        return true;
    }
    reader_file(reader, argument, NULL);
    reader_finish(reader);
    return true;
}

static int show_all(CommandContext *context, Show *show, char **arguments, bool no_pager)
{
    g_autoptr(GError) error = NULL;
    show->problems = g_ptr_array_new_with_free_func(g_free);
    Pager *pager = no_pager || show->json ? NULL : pager_open();
    bool good = true;
    for (char **it = arguments; good && *it && !ferror(stdout); it++)
        good = show_argument(context, show, *it, &error);
    int status = pager_close(pager) ? EXIT_DONE : EXIT_CANNOT;
    for (guint i = 0; i < show->problems->len; i++)
        cli_error(show->problems->pdata[i], NULL);
    if (show->problems->len && status == EXIT_DONE)
        status = EXIT_PARTLY;
    g_ptr_array_unref(show->problems);
    return good ? status : cli_failed(g_steal_pointer(&error));
}

int cmd_show(CommandContext *context, int argc, char **argv)
{
    g_autofree char *format = NULL;
    gboolean explain = FALSE, no_pager = FALSE;
    int status;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text or json", "FORMAT"},
        {"explain", 0, 0, G_OPTION_ARG_NONE, &explain,
         "every rule that was tried, and why it did or did not hold", NULL},
        {"no-pager", 0, 0, G_OPTION_ARG_NONE, &no_pager, "straight to the terminal", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (format && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
        return cli_usage(context, "--format must be text or json");
    if (argc < 2)
        return cli_usage(context, "no message is named (id:MESSAGE-ID, a handle, a file, or - for "
                                  "standard input)");
    Show show = {.json = format && strcmp(format, "json") == 0};
    output_init(&show.output, context, NULL);
    show.output.explain = explain;
    status = show_all(context, &show, argv + 1, no_pager);
    output_clear(&show.output);
    return status;
}
