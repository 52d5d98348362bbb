/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme check: reads files, no mailbox needed. */
#include <string.h>

#include "cli/check_run.h"
#include "cli/commands.h"

typedef struct Check {
    char *format, *fields, *from, *from0, *is;
    int jobs;
    gboolean exit_code, ok_unreadable, mbox;
} Check;

static void check_clear(Check *check)
{
    g_free(check->format);
    g_free(check->fields);
    g_free(check->from);
    g_free(check->from0);
    g_free(check->is);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Check, check_clear)

/* A bit for each LineStatus that --is names; 0: one is none. */
static guint statuses_of(const char *is)
{
    guint all = 0;
    g_auto(GStrv) list = g_strsplit(is, ",", -1);
    for (char **name = list; *name; name++) {
        guint found = 0;
        for (guint i = LINE_NONE; i < LINE_STATUS_COUNT; i++)
            if (strcmp(g_strstrip(*name), line_status_name((LineStatus)i)) == 0)
                found = 1U << i;
        if (!found)
            return 0;
        all |= found;
    }
    return all;
}

/* --is: 0 where all of it is one of these, 1 where some is not, 2 where some cannot be read. */
static int status_is(const CheckResult *result, guint wanted)
{
    guint64 others = 0;
    for (guint i = LINE_NONE; i < LINE_STATUS_COUNT; i++)
        if (!(wanted & 1U << i))
            others += result->told[i];
    return result->told[LINE_UNREADABLE] ? 2 : others ? 1 : 0;
}

/* For procmail and its like: the verdict of one message. */
static int status_code(LineStatus last)
{
    static const int codes[LINE_STATUS_COUNT] = {
        [LINE_UNREADABLE] = EXIT_PARTLY, [LINE_NONE] = 14, [LINE_GENUINE] = 10,
        [LINE_BACKSCATTER] = 11,         [LINE_FAKE] = 12, [LINE_UNDECIDED] = 13};
    return codes[last];
}

static int check_status(const Check *check, const CheckResult *result)
{
    if (check->is)
        return status_is(result, statuses_of(check->is));
    if (check->exit_code)
        return status_code(result->last);
    return result->told[LINE_UNREADABLE] && !check->ok_unreadable ? EXIT_PARTLY : EXIT_DONE;
}

/* What is wrong with the command line, or NULL. */
static const char *check_wrong(const Check *check, int files)
{
    bool one = files == 1 && !check->from && !check->from0;
    if (check->jobs < 0)
        return "--jobs must be a number from 1 on";
    if (check->from && check->from0)
        return "--files-from and --files0-from cannot be together";
    if (files == 0 && !check->from && !check->from0)
        return "no file is named (- is standard input)";
    if (check->exit_code && !one)
        return "--exit-code is for one file";
    if (check->exit_code && check->is)
        return "--exit-code and --is cannot be together";
    if (check->is && !statuses_of(check->is))
        return "--is must be some of genuine, backscatter, fake, undecided, none, with commas "
               "between";
    return NULL;
}

static int check_files(CommandContext *context, const Check *check, char **files)
{
    const char *list = check->from0 ? check->from0 : check->from;
    g_autoptr(GError) error = NULL;
    g_autoptr(LineForm) form =
        line_form_new(check->format ? check->format : "text", check->fields, &error);
    if (!form)
        return cli_usage(context, error->message);
    CheckNames *names = list ? check_names_open(list, check->from0 ? '\0' : '\n', &error) : NULL;
    if (list && !names)
        return cli_failed(g_steal_pointer(&error));
    const CheckOptions options = {.config = context->config,
                                  .format = check->format ? check->format : "text",
                                  .fields = check->fields,
                                  .jobs = (guint)check->jobs,
                                  .mbox = check->mbox,
                                  .quiet = check->is && !check->format,
                                  .names = names,
                                  .files = files};
    CheckResult result = {.last = LINE_UNREADABLE};
    bool good = check_run(&options, &result, &error);
    check_names_close(names);
    return good ? check_status(check, &result) : cli_failed(g_steal_pointer(&error));
}

int cmd_check(CommandContext *context, int argc, char **argv)
{
    g_auto(Check) check = {0};
    int status;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &check.format,
         "text (one line a message), json, tsv, or verdict (one word)", "FORMAT"},
        {"fields", 0, 0, G_OPTION_ARG_STRING, &check.fields,
         "which members of json or columns of tsv", "NAME,..."},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &check.jobs,
         "how many processes read (default: as many as cores)", "N"},
        {"mbox", 0, 0, G_OPTION_ARG_NONE, &check.mbox, "files hold several messages", NULL},
        {"files-from", 0, 0, G_OPTION_ARG_STRING, &check.from,
         "names of files, one a line; - is stdin", "LIST"},
        {"files0-from", 0, 0, G_OPTION_ARG_STRING, &check.from0,
         "names of files, each ended by a NUL; - is stdin", "LIST"},
        {"is", 0, 0, G_OPTION_ARG_STRING, &check.is,
         "print nothing; exit 0 where it is one of these, 1 where not, 2 where it cannot be read",
         "VERDICT,..."},
        {"exit-code", 0, 0, G_OPTION_ARG_NONE, &check.exit_code,
         "one file: exit 10 genuine, 11 backscatter, 12 fake, 13 undecided, 14 no bounce", NULL},
        {"ok-unreadable", 0, 0, G_OPTION_ARG_NONE, &check.ok_unreadable,
         "exit 0 though some file could not be read", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    const char *wrong = check_wrong(&check, argc - 1);
    return wrong ? cli_usage(context, wrong) : check_files(context, &check, argv + 1);
}
