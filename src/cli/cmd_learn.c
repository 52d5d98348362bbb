/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme learn: what is yours, found in your mail, shown with counts, asked, written. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/safe.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "config/config_edit.h"
#include "learn/learn.h"
#include "learn/learned_text.h"

enum { ASKED_MOST = 12 };

/* @text in lines that fit the terminal, each going on below where it began; else as it is. */
static void learn_print(const CommandContext *context, const char *text)
{
    const OutputFormat format = {0};
    g_autoptr(GString) out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Output output;
    output_init(&output, context, &format);
    output.color = false;
    for (char **line = lines; output.width && *line && (line[1] || **line); line++) {
        int indent = (int)strspn(*line, " ");
        g_string_append_len(out, *line, indent);
        output_add_wrapped(&output, out, PAINT_PLAIN, *line + indent, indent, indent);
    }
    if (out->len && !g_str_has_suffix(text, "\n"))
        g_string_truncate(out, out->len - 1);
    fputs(output.width ? out->str : text, stdout);
    output_clear(&output);
}

/* Asks on the terminal, and takes @line, of @size bytes, without the blanks around it; false: there
 * is no more. */
static bool ask_line(const CommandContext *context, const char *asked, char *line, int size)
{
    learn_print(context, asked);
    putchar(' ');
    fflush(stdout);
    if (!fgets(line, size, stdin))
        return false;
    g_strstrip(line);
    return true;
}

/* What is no clear yes is a no. */
static bool ask(const CommandContext *context, const char *question)
{
    char line[64] = "";
    g_autofree char *asked = g_strconcat(question, " [y/N]", NULL);
    return ask_line(context, asked, line, sizeof line) &&
           (g_ascii_strcasecmp(line, "y") == 0 || g_ascii_strcasecmp(line, "yes") == 0);
}

/* A promise: yes, no, or not said now. @counts (may be NULL) is what the mailbox says of it. */
static Tri ask_promise(const CommandContext *context, const char *question, const char *counts)
{
    char line[64] = "";
    g_autofree char *safe = counts ? safe_text(span_of(counts), SAFE_LINE) : NULL;
    g_autofree char *asked = g_strconcat(safe ? safe : "", safe ? " " : "", question,
                                         " [y/n, Enter: leave it open]", NULL);
    if (!ask_line(context, asked, line, sizeof line))
        return TRI_UNKNOWN;
    if (g_ascii_strcasecmp(line, "y") == 0 || g_ascii_strcasecmp(line, "yes") == 0)
        return TRI_YES;
    return *line ? TRI_NO : TRI_UNKNOWN;
}

static Tri ask_counted(const CommandContext *context, const Learned *learned, const char *id,
                       const char *question)
{
    g_autofree char *counts = promises_text(learned->promises, id);
    return ask_promise(context, question, counts);
}

/* Takes out of the list who is not. */
static bool ask_services(const CommandContext *context, Learned *learned)
{
    for (guint i = 0; i < learned->services->len;) {
        g_autofree char *text = learned_service(learned->services->pdata[i]);
        g_autofree char *question = g_strdup_printf("%s: do you send by it?", text);
        if (i < ASKED_MOST && ask(context, question))
            i++;
        else
            g_ptr_array_remove_index(learned->services, i);
    }
    return learned->services->len > 0;
}

/* What is configured stays where nobody is asked: nothing is promised in the user's name. */
static LearnedAnswers learn_ask(const CommandContext *context, Learned *learned, bool yes)
{
    const Identity *identity = context->config->identity;
    LearnedAnswers answers = {TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN, learned->border->len > 0,
                              false,       false};
    if (yes)
        return answers;
    answers.services = ask_services(context, learned);
    if (learned->networks->len && !identity->complete)
        answers.complete =
            ask_promise(context,
                        "Do you send through these networks and no others? With a yes, what came "
                        "from elsewhere is proved not to be yours.",
                        NULL);
    if (learned->sent_folders->len && !identity->sent_complete)
        answers.sent_complete = ask_counted(context, learned, "sent-complete",
                                            "Is every message that you send kept in these "
                                            "folders?");
    if (learned->signers->len && !identity->dkim_always)
        answers.dkim_always = ask_counted(context, learned, "signs-all",
                                          "Is every message that you send signed with such a key? "
                                          "With a yes, one without a signature is probably not "
                                          "yours.");
    if (learned->accounts->len > identity->accounts->len)
        answers.accounts = ask(context, "Are these accounts at shared houses all yours?");
    if (learned->crossings)
        answers.border =
            ask(context, "Are these the servers by which mail comes to you? With a yes, what "
                         "they wrote is believed, and nothing below it.");
    return answers;
}

static int learn_write(const CommandContext *context, Learned *learned, bool yes)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = config_last_path(context->config_path);
    g_autofree char *safe = safe_text(span_of(path), SAFE_LINE);
    g_autofree char *question = g_strdup_printf("Write this to %s?", safe);
    LearnedAnswers answers = learn_ask(context, learned, yes);
    if (!yes && !ask(context, question)) {
        printf("Nothing was written.\n");
        return EXIT_DONE;
    }
    if (!learned_write(learned, &answers, path, &error))
        return cli_failed(g_steal_pointer(&error));
    printf("Written to %s, section [identity].\n", safe);
    if (answers.complete != TRI_YES && !context->config->identity->complete)
        printf("Not written: complete=true. If you send through these networks and no others, set "
               "it: verdicts get surer.\n");
    return EXIT_DONE;
}

int cmd_learn(CommandContext *context, int argc, char **argv)
{
    gboolean yes = FALSE, dns = FALSE;
    int status;
    const GOptionEntry entries[] = {{"dns", 0, 0, G_OPTION_ARG_NONE, &dns,
                                     "ask the DNS too, for SPF records and DKIM keys", NULL},
                                    {"yes", 0, 0, G_OPTION_ARG_NONE, &yes,
                                     "write without asking (but never that the list is complete)",
                                     NULL},
                                    {NULL, 0, 0, 0, NULL, NULL, NULL}};
    g_autoptr(GError) error = NULL;
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (argc > 1)
        return cli_usage(context, "it takes no arguments");
    g_autoptr(Learned) learned = learn_look(context->config, &error);
    if (!learned)
        return cli_failed(g_steal_pointer(&error));
    if (dns && !learn_dns(learned, context->config, &error))
        return cli_failed(g_steal_pointer(&error));
    g_autofree char *text = learned_text(learned, context->config);
    learn_print(context, text);
    if (!yes && !isatty(STDIN_FILENO)) {
        cli_error("learn", "it would ask, and there is no terminal; nothing was written "
                           "(--yes writes what was found)");
        return EXIT_CANNOT;
    }
    return learn_write(context, learned, yes);
}
