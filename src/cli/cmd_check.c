/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme check: reads files, no mailbox needed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "analysis/finding.h"
#include "base/safe.h"
#include "cli/check_pool.h"
#include "cli/commands.h"
#include "maildir/mailfile.h"

typedef struct Check {
    const Identity *identity;
    bool json;
    bool partly;   /* something could not be read */
    Finding *last; /* for --exit-code */
} Check;

/* One line a file: what it is, whose, and who sent it. */
static char *check_line(const Finding *finding)
{
    const Bounce *bounce = finding->reading->bounce;
    GString *line = g_string_new(finding->file);
    g_string_append_printf(line, ": %s", bounce_kind_name(bounce->kind));
    if (bounce->kind == KIND_NONE)
        return g_string_free(line, FALSE);
    g_string_append_printf(line, ", %s", verdict_name(finding->judgement->verdict->value));
    g_autofree char *ip = ip_format(&finding->judgement->trace->injection.ip);
    if (ip)
        g_string_append_printf(line, ", sent from %s", ip);
    if (bounce->recipients->len) {
        const Recipient *r = bounce->recipients->pdata[0];
        g_string_append_printf(line, ", %s", r->final ? r->final : "(nobody named)");
        if (reason_name(r->reason))
            g_string_append_printf(line, " %s", reason_name(r->reason));
        if (bounce->recipients->len > 1)
            g_string_append_printf(line, " and %u more", bounce->recipients->len - 1);
    }
    if (finding->judgement->verdict->summary)
        g_string_append_printf(line, "; %s", finding->judgement->verdict->summary);
    return g_string_free(line, FALSE);
}

/* Takes over @finding. */
static bool check_print(Finding *finding, gpointer data)
{
    Check *check = data;
    if (finding->error) {
        cli_error(finding->file, finding->error);
        check->partly = true;
    }
    if (check->json) {
        cli_json(finding_to_json(finding));
    } else if (!finding->error) {
        g_autofree char *line = check_line(finding);
        g_autofree char *safe = safe_text(span_of(line), SAFE_LINE);
        puts(safe);
    }
    finding_free(check->last);
    check->last = finding;
    return !ferror(stdout);
}

static void check_fd(Check *check, const char *file, int fd, GError *why)
{
    g_autoptr(GError) error = why;
    GByteArray *bytes = fd >= 0 ? mailfile_read(fd, &error) : NULL;
    Finding *finding;
    if (bytes) {
        g_autoptr(Reading) reading =
            reading_make((const char *)bytes->data, bytes->len, check->identity->dkim_keys, 0);
        g_autoptr(Judgement) judgement = judgement_make(reading, check->identity, NULL, NULL);
        finding = finding_new(file, reading, judgement);
        g_byte_array_unref(bytes);
    } else {
        finding = finding_unreadable(file, error->message);
    }
    check_print(finding, check);
}

static void check_file(Check *check, const char *file)
{
    if (strcmp(file, "-") == 0) {
        check_fd(check, file, STDIN_FILENO, NULL);
        return;
    }
    GError *error = NULL;
    int fd = mailfile_open(file, &error);
    check_fd(check, file, fd, error);
    if (fd >= 0)
        close(fd);
}

/* The files that are named in @list, one a line; NULL where it cannot be read. */
static GPtrArray *list_files(const char *list)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    FILE *in = strcmp(list, "-") == 0 ? stdin : fopen(list, "r");
    char *line = NULL;
    size_t size = 0;
    ssize_t n;
    if (!in) {
        cli_error(list, g_strerror(errno));
        g_ptr_array_unref(files);
        return NULL;
    }
    while ((n = getline(&line, &size, in)) >= 0) {
        if (n && line[n - 1] == '\n')
            line[n - 1] = '\0';
        if (*line)
            g_ptr_array_add(files, g_strdup(line));
    }
    free(line);
    if (in != stdin)
        fclose(in);
    return files;
}

static bool names_stdin(const GPtrArray *files)
{
    for (guint i = 0; i < files->len; i++)
        if (strcmp(files->pdata[i], "-") == 0)
            return true;
    return false;
}

/* In several processes where that is worth it; else, or where none can be started, in this one. */
static void check_all(Check *check, const Config *config, const GPtrArray *files, int jobs)
{
    g_autoptr(GError) error = NULL;
    if (jobs != 1 && files->len > 1 && !names_stdin(files) &&
        check_pool_run(config, files, (guint)jobs, check_print, check, &error))
        return;
    for (guint i = 0; i < files->len && !ferror(stdout); i++)
        check_file(check, files->pdata[i]);
}

/* procmail-like use: product.md's table of statuses. */
static int check_exit_code(const Finding *finding)
{
    static const int codes[VERDICT_COUNT] = {[VERDICT_NONE] = 14,
                                             [VERDICT_GENUINE] = 10,
                                             [VERDICT_BACKSCATTER] = 11,
                                             [VERDICT_FAKE] = 12,
                                             [VERDICT_UNDECIDED] = 13};
    if (!finding || finding->error)
        return EXIT_PARTLY;
    return finding->reading->bounce->kind == KIND_NONE ? 14
                                                       : codes[finding->judgement->verdict->value];
}

int cmd_check(CommandContext *context, int argc, char **argv)
{
    g_autofree char *format = NULL, *from = NULL;
    int jobs = 0, status;
    gboolean exit_code = FALSE;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "text (one line a file) or json", "FORMAT"},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &jobs,
         "how many processes read (default: as many as cores)", "N"},
        {"files-from", 0, 0, G_OPTION_ARG_STRING, &from, "names of files, one a line; - is stdin",
         "LIST"},
        {"exit-code", 0, 0, G_OPTION_ARG_NONE, &exit_code,
         "one file: exit 10 genuine, 11 backscatter, 12 fake, 13 undecided, 14 no bounce", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (format && strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
        return cli_usage(context, "--format must be text or json");
    if (jobs < 0)
        return cli_usage(context, "--jobs must be a number from 1 on");
    if (argc < 2 && !from)
        return cli_usage(context, "no file is named (- is standard input)");
    g_autoptr(GPtrArray) files = from ? list_files(from) : g_ptr_array_new_with_free_func(g_free);
    if (!files)
        return EXIT_CANNOT;
    for (int i = 1; i < argc; i++)
        g_ptr_array_add(files, g_strdup(argv[i]));
    if (exit_code && files->len != 1)
        return cli_usage(context, "--exit-code is for one file");
    Check check = {.identity = context->config->identity,
                   .json = format && strcmp(format, "json") == 0};
    check_all(&check, context->config, files, jobs);
    status = exit_code ? check_exit_code(check.last) : check.partly ? EXIT_PARTLY : EXIT_DONE;
    finding_free(check.last);
    return status;
}
