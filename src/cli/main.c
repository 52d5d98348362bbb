/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program behind main(): what stands for all commands (--config, --color, --verbose, --version,
 * --help) is taken out of the arguments wherever it stands, the command is found in the table, the
 * configuration read where it needs one. */
#include "cli/main.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "cli/commands.h"
#include "complaint/planner.h"
#include "job/adopt.h"
#include "job/job_process.h"
#include "reading/parser.h"
#include "reading/reader.h"
#include "reading/reader_worker.h"
#include "reading/unpacker.h"
#include "store/store.h"
#include "work/confine.h"
#include "work/process.h"

typedef struct Program {
    CommandContext context;
    const Command *extra;
    gsize extra_count;
    GPtrArray *arguments; /* of char *, borrowed from argv: what no global option took */
    bool version, help;
} Program;

static const Command *program_command(const Program *program, gsize i)
{
    return i < program->extra_count ? &program->extra[i] : &cli_commands[i - program->extra_count];
}

static const Command *program_find(const Program *program, const char *name)
{
    for (gsize i = 0;; i++) {
        const Command *command = program_command(program, i);
        if (!command->name)
            return NULL;
        if (strcmp(command->name, name) == 0)
            return command;
    }
}

static int command_unknown(const Program *program, const char *name)
{
    Nearest nearest = nearest_to(name);
    for (gsize i = 0; program_command(program, i)->name; i++)
        nearest_try(&nearest, program_command(program, i)->name);
    g_autofree char *what =
        nearest.found ? g_strdup_printf("unknown command; did you mean \"%s\"?", nearest.found)
                      : g_strdup("unknown command; \"notme --help\" lists them");
    cli_error(name, what);
    return EXIT_CANNOT;
}

/* An option of all commands at argv[*i]: takes it (and its value) and returns 1; 0 if it is none;
 * -1 if its value is missing or wrong. */
static int program_option(Program *program, int argc, char **argv, int *i)
{
    static const char *const with_value[] = {"--config", "--color"};
    const char *argument = argv[*i];
    if (strcmp(argument, "--verbose") == 0)
        program->context.verbose = true;
    else if (strcmp(argument, "--version") == 0 || strcmp(argument, "-V") == 0)
        program->version = true;
    else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
        program->help = true;
    else {
        for (gsize k = 0; k < G_N_ELEMENTS(with_value); k++) {
            gsize n = strlen(with_value[k]);
            if (strncmp(argument, with_value[k], n) != 0 || (argument[n] && argument[n] != '='))
                continue;
            const char *value = argument[n] ? argument + n + 1 : *i + 1 < argc ? argv[++*i] : "";
            if (!*value) {
                cli_error(with_value[k], "needs a value");
                return -1;
            }
            *(k == 0 ? &program->context.config_path : &program->context.color) = value;
            return 1;
        }
        return 0;
    }
    return 1;
}

static bool program_options(Program *program, int argc, char **argv)
{
    static const char *const colors[] = {"auto", "always", "never", NULL};
    bool plain = false; /* behind "--" */
    for (int i = 1; i < argc; i++) {
        int taken = plain ? 0 : program_option(program, argc, argv, &i);
        if (taken < 0)
            return false;
        if (taken == 0)
            g_ptr_array_add(program->arguments, argv[i]);
        plain = plain || strcmp(argv[i], "--") == 0;
    }
    if (program->context.color && !g_strv_contains(colors, program->context.color)) {
        cli_error("--color", "must be auto, always or never");
        return false;
    }
    return true;
}

/* Takes the command's name out of the arguments: the first that is no option. A word behind an
 * option may be that option's value: it is passed over where it is no command. NULL: none. */
static const char *program_take_name(Program *program)
{
    GPtrArray *arguments = program->arguments;
    for (guint i = 0; i < arguments->len; i++) {
        const char *word = arguments->pdata[i];
        if (strcmp(word, "--") == 0)
            break;
        if (*word == '-' && word[1])
            continue;
        const char *before = i > 0 ? arguments->pdata[i - 1] : "";
        if (*before == '-' && !strchr(before, '=') && !program_find(program, word))
            continue;
        g_ptr_array_remove_index(arguments, i);
        return word;
    }
    return NULL;
}

static int program_help(const Program *program)
{
    printf(
        "notme [OPTIONS] COMMAND [OPTIONS] [ARGUMENTS]\n"
        "Finds the bounces in your mail, shows who really sent what bounced, and acts on them.\n\n"
        "Commands:\n");
    for (gsize i = 0; program_command(program, i)->name; i++) {
        const Command *command = program_command(program, i);
        printf("  %-11s %s\n", command->name, command->sentence);
    }
    printf("\nOptions of all commands:\n"
           "  --config=FILE              read this configuration\n"
           "  --color=auto|always|never  colours in the output\n"
           "  --verbose                  say more on standard error\n"
           "  -h, --help                 this, or a command's own help behind its name\n"
           "  -V, --version              print the version\n\n"
           "\"notme help COMMAND\" prints the help of a command, too.\n"
           "Without a command the terminal interface opens, as with \"review\".\n"
           "Faults: to the maintainers of your package, or where the source came from.\n");
    return EXIT_DONE;
}

/* "+name": an optional library is there; "-name": built without it. */
#ifdef HAVE_CARES
#define HAS_DNS "+dns"
#else
#define HAS_DNS "-dns"
#endif
#ifdef HAVE_SECCOMP
#define HAS_SECCOMP "+seccomp"
#else
#define HAS_SECCOMP "-seccomp"
#endif

static int program_version(void)
{
    const char *word = confinement_word(confine_outlook());
    puts("notme " NOTME_VERSION "\n" HAS_DNS " " HAS_SECCOMP "\nbuilt with " NOTME_BUILT_WITH);
    puts(word ? word : "mail is read by confined processes");
    return EXIT_DONE;
}

/* The state of the mailbox. Where there is none, the command says so if it needs one. */
static void state_settle(Config *config)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store =
        config->state ? NULL : store_open(config->notmuch_config, false, NULL, NULL, NULL);
    if (!store)
        return;
    g_autofree char *common = g_strdup(config->state_dir); /* where it was before 0.2 */
    const char *const roots[] = {store_mail_root(store), store_real_root(store), NULL};
    config_set_mail_root(config, store_real_root(store));
    if (adopt_state(common, config->state_dir, roots, &error))
        return;
    cli_error(error->message, NULL);
    g_free(config->state_dir);
    config->state_dir = g_steal_pointer(&common);
}

static int command_run(Program *program, const Command *command)
{
    CommandContext *context = &program->context;
    g_autoptr(Config) config = NULL;
    g_autoptr(GError) error = NULL;
    context->command = command;
    g_autofree char *name = g_strdup(command->name), *help = g_strdup("--help");
    if (program->help)
        g_ptr_array_insert(program->arguments, 0, help);
    else if (command->needs != NEEDS_NOTHING) {
        config = config_load(context->config_path, &error);
        if (!config)
            return cli_failed(g_steal_pointer(&error));
        context->config = config;
        if (command->needs == NEEDS_STATE)
            state_settle(config);
        const char *word = confinement_word(confine_outlook());
        if (word)
            cli_error(word, NULL);
    }
    g_ptr_array_insert(program->arguments, 0, name);
    int argc = (int)program->arguments->len;
    g_ptr_array_add(program->arguments, NULL);
    return command->run(context, argc, (char **)program->arguments->pdata);
}

static int program_run(Program *program)
{
    const char *name = program_take_name(program);
    if (g_strcmp0(name, "help") == 0) { /* "help COMMAND" is "COMMAND --help" */
        program->help = true;
        name = program_take_name(program);
    }
    const Command *command = name ? program_find(program, name) : NULL;
    if (program->version)
        return program_version();
    if (name && !command)
        return command_unknown(program, name);
    if (!name && program->help)
        return program_help(program);
    if (!name)
        command = program_find(program, "review");
    if (!command) {
        cli_error("no command", "\"notme --help\" lists the commands");
        return EXIT_CANNOT;
    }
    return command_run(program, command);
}

/* What was not written yet. Output to a closed pipe ends quietly; other failures are told. */
static int output_finish(int status)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno == EPIPE || (poll(&out, 1, 0) == 1 && out.revents & POLLERR))
        return status;
    cli_error("standard output", errno ? g_strerror(errno) : "could not be written");
    return EXIT_CANNOT;
}

static int writer_role(FrameLink *link)
{
    return job_process_body(link, complaint_job_planner);
}

/* What the program is when it was started by itself. */
static const WorkerRole roles[] = {
    {"parser", parser_body, true},
    {"unpacker", unpacker_body, true},
    {"reader", reader_body, false},
    {"writer", writer_role, false},
};

int cli_main(int argc, char **argv, const Command *extra, gsize extra_count)
{
    signal(SIGPIPE, SIG_IGN);
    int worker = worker_main(argc, argv, roles, G_N_ELEMENTS(roles));
    if (worker >= 0)
        return worker;
    setlocale(LC_ALL, "");
    Program program = {.extra = extra, .extra_count = extra_count};
    program.arguments = g_ptr_array_new();
    int status = EXIT_CANNOT;
    if (program_options(&program, argc, argv))
        status = output_finish(program_run(&program));
    g_ptr_array_unref(program.arguments);
    return status;
}
