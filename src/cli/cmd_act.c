/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme delete, quarantine, release, complain: the actions of the keys, on a query or on files. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/drafts.h"
#include "cli/jobs.h"
#include "cli/looking.h"
#include "cli/mail_in.h"
#include "reading/reader.h"
#include "reading/reader_counted.h"

typedef struct ActArguments {
    gboolean dry_run, yes, old, dns;
    char *verdict, *format, *to;
    int wanted; /* VerdictValue; -1: all */
} ActArguments;

/* What was found, and what will be acted on. */
typedef struct Found {
    JobRequest *request;
    const ActArguments *arguments;
    JobTally tally;
    guint hits; /* bounces and notices seen */
    guint problems;
    guint left_out; /* by search.exclude_tags: messages, bounces or not */
    Looking looking;
} Found;

static bool found_between(gpointer data)
{
    return looking_goes_on(&((Found *)data)->looking);
}

static bool found_add(const Row *row, const Finding *finding, gpointer data)
{
    Found *found = data;
    (void)finding;
    if (!row)
        return true;
    found->hits++;
    if (found->arguments->wanted >= 0 && (int)row->verdict != found->arguments->wanted)
        return true;
    /* a draft can be shown of any file */
    bool shown = found->request->action == JOB_COMPLAIN && found->arguments->dry_run;
    if (!row->id && !shown) {
        found->problems++;
        cli_error(row->file, "it is not in the notmuch database; \"notmuch new\" may help");
        return true;
    }
    job_tally_add(&found->tally, row);
    g_ptr_array_add(found->request->items, job_item_new(row->id ? row->id : row->file, row->file,
                                                        row->verdict, row->kind));
    return true;
}

static void found_problem(const char *text, gpointer data)
{
    Found *found = data;
    found->problems++;
    cli_error(text, NULL);
}

static void found_other(const char *file, Found *found)
{
    found->problems++;
    cli_error(file, "it is neither a bounce nor a notice; left as it is");
}

/* FILE has a "/" or exists; "folder:a/b" is a term of a query. */
static bool is_file(const char *argument)
{
    gsize n = strcspn(argument, "/:\"( ");
    return argument[n] == '/' || access(argument, F_OK) == 0;
}

/* @file as the store writes it. */
static char *file_in_store(Store *store, const char *file)
{
    g_autofree char *path = g_canonicalize_filename(file, NULL);
    const char *real = store ? store_real_root(store) : NULL;
    gsize n = real ? strlen(real) : 0;
    if (n && strncmp(path, real, n) == 0 && path[n] == '/')
        return g_strconcat(store_mail_root(store), path + n, NULL);
    return g_steal_pointer(&path);
}

/* What @argument is called by names @file. */
static void find_file(Reader *reader, Found *found, const char *argument, const char *file)
{
    guint before = found->hits, problems = found->problems;
    reader_file(reader, file, NULL);
    reader_finish(reader);
    if (found->hits == before && found->problems == problems)
        found_other(argument, found);
}

typedef struct FindInput {
    Reader *reader;
    Found *found;
} FindInput;

static bool find_mail(const MailIn *mail, gpointer data)
{
    FindInput *input = data;
    if (mail->file)
        find_file(input->reader, input->found, mail->name, mail->file);
    else {
        input->found->problems++;
        cli_error(mail->name, mail->why_none);
    }
    return true;
}

/* What standard input is; from then on it is the terminal. */
static bool find_input(Reader *reader, Found *found, GError **error)
{
    FindInput input = {reader, found};
    bool good = mail_in_each(reader_config(reader), reader_store(reader), find_mail, &input, error);
    mail_in_end();
    return good;
}

/* How the arguments name messages. */
typedef enum Named { BY_QUERY, BY_FILES, BY_INPUT } Named;

static bool named_how(const Found *found, int argc, char **argv, Named *named, GError **error)
{
    int files = 0, inputs = 0;
    for (int i = 1; i < argc; i++) {
        inputs += strcmp(argv[i], "-") == 0;
        files += is_file(argv[i]);
    }
    *named = inputs ? BY_INPUT : files && files == argc - 1 ? BY_FILES : BY_QUERY;
    if (inputs && argc > 2)
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                    "- (the message on standard input) stands alone, without a query or files");
    else if (found->request->action == JOB_COMPLAIN && *named == BY_FILES &&
             !found->arguments->dry_run)
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                    "complain takes files only with --dry-run; name messages by a query, as "
                    "id:...");
    else
        return true;
    return false;
}

static bool find_rows(CommandContext *context, Found *found, int argc, char **argv, GError **error)
{
    Named named;
    if (!named_how(found, argc, argv, &named, error))
        return false;
    bool release = found->request->action == JOB_RELEASE;
    ReaderOptions options = {.all_folders = named != BY_QUERY || release,
                             .excluded_too = release,
                             .each = found_add,
                             .problem = found_problem,
                             .unconfined = cli_unconfined,
                             .between = found_between,
                             .data = found};
    bool complain = found->request->action == JOB_COMPLAIN;
    g_autoptr(Reader) reader = complain && named == BY_FILES
                                   ? reader_new_for_files(context->config, &options, error)
                                   : reader_new(context->config, &options, error);
    g_autofree char *query = cli_query(argc, argv, 1);
    if (!reader)
        return false;
    found->request->query = g_strdup(query);
    found->looking.reader = reader;
    if (named == BY_INPUT)
        return find_input(reader, found, error);
    if (named == BY_QUERY && !reader_query_counted(reader, query, error))
        return false;
    found->left_out = named == BY_QUERY && !release ? reader_left_out(reader) : 0;
    for (int i = 1; named == BY_FILES && i < argc; i++) {
        g_autofree char *file = file_in_store(reader_store(reader), argv[i]);
        find_file(reader, found, argv[i], file);
    }
    return true;
}

/* The caller frees it. */
static char *left_out_text(guint left_out)
{
    return left_out ? g_strdup_printf("%u more that may be bounces bear a tag of notmuch's "
                                      "search.exclude_tags and are left out: name the tag to have "
                                      "them",
                                      left_out)
                    : g_strdup("");
}

/* Actions that take mail out of sight ask where what they take is more than one message and not
 * clearly rubbish, or warns; unlinking asks each time. NULL: no question. */
static char *question_for(const CommandContext *context, const Found *found)
{
    g_autofree char *left = left_out_text(found->left_out);
    g_autofree char *logins = job_tally_logins(&found->tally);
    const guint *verdicts = found->tally.verdicts;
    guint count = job_tally_all(&found->tally);
    JobAction action = found->request->action;
    bool unlink = action == JOB_DELETE && context->config->actions.delete == DELETE_UNLINK;
    if (!job_must_ask(action, unlink, &found->tally))
        return NULL;
    return g_strdup_printf(
        "%s %u message%s%s? %u genuine, %u undecided, %u backscatter, %u fake%s%s%s%s.",
        job_action_verb(action), count, count == 1 ? "" : "s",
        unlink ? " for good, with no way back" : "", verdicts[VERDICT_GENUINE],
        verdicts[VERDICT_UNDECIDED], verdicts[VERDICT_BACKSCATTER], verdicts[VERDICT_FAKE],
        logins ? ", " : "", logins ? logins : "", *left ? "; " : "", left);
}

static JobOptions complaint_options(const ActArguments *arguments)
{
    return (JobOptions){.to = g_strdup(arguments->to),
                        .format = g_strdup(arguments->format),
                        .old = arguments->old,
                        .dns = arguments->dns,
                        .yes = arguments->yes};
}

static int act_on(CommandContext *context, JobAction action, const ActArguments *arguments,
                  int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JobRequest) request = job_request_new(action);
    Found found = {.request = request, .arguments = arguments};
    int status = EXIT_DONE;
    if (!arguments->dry_run && !cli_settle(context, &status))
        return status;
    looking_begin(&found.looking, argv[0]);
    bool good = find_rows(context, &found, argc, argv, &error);
    looking_end(&found.looking);
    if (looking_was_stopped())
        return EXIT_CANNOT;
    if (!good)
        return cli_failed(g_steal_pointer(&error));
    if (action == JOB_COMPLAIN)
        request->options = complaint_options(arguments);
    if (request->items->len == 0) {
        g_autofree char *left = left_out_text(found.left_out);
        printf("%s: nothing to do: no such bounce or notice%s%s%s\n", argv[0],
               found.hits ? " with this verdict" : "", found.left_out ? "; " : "", left);
        return found.problems ? EXIT_PARTLY : EXIT_DONE;
    }
    if (action == JOB_COMPLAIN)
        status = arguments->dry_run ? cli_drafts_preview(context, request)
                                    : cli_drafts_write(context, request);
    else if (arguments->dry_run) {
        g_autofree char *left = left_out_text(found.left_out);
        status = cli_job_preview(context, request);
        if (found.left_out)
            cli_error(left, NULL);
    } else {
        g_autofree char *question = arguments->yes ? NULL : question_for(context, &found);
        if (question && !cli_ask(question, &status))
            return looking_was_stopped() ? EXIT_CANNOT : status;
        status = cli_job(context, request, false, NULL);
    }
    return status == EXIT_DONE && found.problems ? EXIT_PARTLY : status;
}

static bool one_of(const char *value, const char *const *allowed)
{
    return !value || g_strv_contains(allowed, value);
}

static int act_main(CommandContext *context, JobAction action, int argc, char **argv)
{
    static const char *const formats[] = {"letter", "arf", "xarf", NULL};
    static const char *const targets[] = {"reporter", "network", "both", NULL};
    ActArguments given = {.wanted = -1};
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &given.dry_run, "only say what would be done", NULL},
        {"yes", 'y', 0, G_OPTION_ARG_NONE, &given.yes, "do what would be asked", NULL},
        {"verdict", 0, 0, G_OPTION_ARG_STRING, &given.verdict,
         "only genuine, backscatter, fake or undecided ones", "V"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    const GOptionEntry more[] = {
        entries[0],
        entries[1],
        entries[2],
        {"format", 0, 0, G_OPTION_ARG_STRING, &given.format, "what is drafted", "letter|arf|xarf"},
        {"to", 0, 0, G_OPTION_ARG_STRING, &given.to, "to whom", "reporter|network|both"},
        {"old", 0, 0, G_OPTION_ARG_NONE, &given.old, "old bounces too", NULL},
        {"dns", 0, 0, G_OPTION_ARG_NONE, &given.dns, "ask the DNS for addresses", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int status = EXIT_CANNOT;
    if (!cli_parse(context, action == JOB_COMPLAIN ? more : entries, &argc, &argv, &status))
        ;
    else if (argc < 2)
        status = cli_usage(context, "needs a QUERY, files, or - for the message on standard input");
    else if (cli_names_all(argc, argv, 1))
        status = cli_usage(context, CLI_EMPTY);
    else if (given.verdict && (given.wanted = verdict_from_name(given.verdict)) <= 0)
        status = cli_usage(context, "--verdict is genuine, backscatter, fake or undecided");
    else if (!one_of(given.format, formats))
        status = cli_usage(context, "--format is letter, arf or xarf");
    else if (!one_of(given.to, targets))
        status = cli_usage(context, "--to is reporter, network or both");
    else
        status = act_on(context, action, &given, argc, argv);
    g_free(given.verdict);
    g_free(given.format);
    g_free(given.to);
    return status;
}

int cmd_delete(CommandContext *context, int argc, char **argv)
{
    return act_main(context, JOB_DELETE, argc, argv);
}

int cmd_quarantine(CommandContext *context, int argc, char **argv)
{
    return act_main(context, JOB_QUARANTINE, argc, argv);
}

int cmd_release(CommandContext *context, int argc, char **argv)
{
    return act_main(context, JOB_RELEASE, argc, argv);
}

int cmd_complain(CommandContext *context, int argc, char **argv)
{
    return act_main(context, JOB_COMPLAIN, argc, argv);
}
