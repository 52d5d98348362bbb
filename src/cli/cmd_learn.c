/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme learn: what is yours, found in your mail, shown with counts, asked, written. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/safe.h"
#include "cli/commands.h"
#include "config/config_edit.h"
#include "learn/learn.h"
#include "learn/signers.h"

enum { SHOWN_MOST = 12 };

static void print_safe(const char *text)
{
    g_autofree char *safe = safe_text(span_of(text), SAFE_LINE);
    fputs(safe, stdout);
}

/* "own addresses" and what was found, each with how many messages show it. */
static void print_list(const char *title, const GPtrArray *list, const char *none)
{
    printf("%s\n", title);
    if (!list->len)
        printf("    %s\n", none);
    for (guint i = 0; i < list->len && i < SHOWN_MOST; i++) {
        const Found *found = list->pdata[i];
        printf("    ");
        print_safe(found->text);
        if (found->count)
            printf("  (%u message%s)", found->count, found->count == 1 ? "" : "s");
        else
            printf(found->by_dns ? "  (SPF record)" : "  (configured)");
        putchar('\n');
    }
    if (list->len > SHOWN_MOST)
        printf("    and %u more\n", list->len - SHOWN_MOST);
}

static void print_signers(const Learned *learned, const Config *config)
{
    bool lacking = false;
    printf("Keys that sign your mail (DKIM)\n");
    for (guint i = 0; i < learned->signers->len && i < SHOWN_MOST; i++) {
        const Found *found = learned->signers->pdata[i];
        bool fresh = signers_have_key(learned->dkim_keys, found->text);
        bool known = signers_have_key(config->identity->dkim_keys, found->text);
        lacking = lacking || (!fresh && !known);
        printf("    ");
        print_safe(found->text);
        printf("  (%u message%s%s)\n", found->count, found->count == 1 ? "" : "s",
               fresh   ? "; its key is in the DNS"
               : known ? "; its key is configured"
                       : "");
    }
    if (lacking && !learned->dkim_keys->len)
        printf("    \"notme learn --dns\" gets their keys: with them a bounce that returned your "
               "header is proved yours\n");
}

/* What people do not think of. */
static void print_forgotten(void)
{
    printf(
        "Not to be forgotten: what leaves by other servers, such as your phone's or web mail, a "
        "newsletter or ticket\nservice, forms of your web pages, scanners and backups; say their "
        "servers as \"networks\", or answer \"notme questions\".\n");
}

/* By which servers mail comes in. */
static void print_border(const Learned *learned)
{
    if (!learned->border->len) {
        printf("Servers that take mail from the world for your mailbox\n    not told apart: too "
               "few senders, or their lines do not agree\n");
        return;
    }
    print_list("Servers that take mail from the world for your mailbox", learned->border, "");
    if (learned->crossings)
        printf("    %u messages of %u senders came in there\n", learned->crossings,
               learned->senders);
    if (learned->inside->len)
        print_list("Servers behind them", learned->inside, "");
    if (learned->authserv->len)
        print_list("Their name in Authentication-Results", learned->authserv, "");
}

/* What speaks for it and against it. */
static void print_promise(const Promises *promises, const char *question, const char *title)
{
    g_autofree char *text = promises_text(promises, question);
    if (!text || !promises->kept)
        return;
    printf("%s\n    ", title);
    print_safe(text);
    putchar('\n');
}

static void print_learned(const Learned *learned, const Config *config)
{
    printf("Looked at %u message%s that you sent, %u that came, and %u bounce%s of mail that you "
           "sent.\n",
           learned->sent, learned->sent == 1 ? "" : "s", learned->received, learned->bounces,
           learned->bounces == 1 ? "" : "s");
    if (!learned->sent && learned->carried)
        printf("Mail from your addresses is there (%u), but servers carried it (Received lines): "
               "only copies kept when sending count.\n",
               learned->carried);
    else if (!learned->sent)
        printf("In the index is no mail from your addresses: is it all indexed (\"notmuch new\"), "
               "and are these all your addresses?\n");
    putchar('\n');
    print_list("Your addresses", learned->addresses, "none found");
    print_list("Your domains", learned->domains, "none (addresses at shared providers give none)");
    print_list("Your mail servers", learned->hosts, "none found under your domains");
    print_list("Addresses and networks from which your mail leaves", learned->networks,
               "none found; say them as \"networks\" in the configuration");
    if (learned->shared->len)
        print_list("Networks that send for you and for others: not yours, but no proof against you",
                   learned->shared, "");
    print_list("Folders that hold what you sent", learned->sent_folders,
               "none found; say them as \"sent_folders\" in the configuration");
    if (learned->others->len)
        print_list("Your mail comes in through these too; they are not taken for yours",
                   learned->others, "");
    print_forgotten();
    print_border(learned);
    if (learned->signers->len)
        print_signers(learned, config);
    if (learned->accounts->len)
        print_list("Your accounts at shared houses", learned->accounts, "");
    print_promise(learned->promises, "sent-complete", "All that you send is kept?");
    print_promise(learned->promises, "signs-all", "All that you send is signed?");
    if (learned->id_pattern) {
        printf("Shape of your Message-IDs\n    ");
        print_safe(learned->id_pattern);
        putchar('\n');
    }
    for (guint i = 0; i < learned->notes->len; i++) {
        printf("The DNS: ");
        print_safe(learned->notes->pdata[i]);
        putchar('\n');
    }
    putchar('\n');
}

/* Asks on the terminal; what is no clear yes is a no. */
static bool ask(const char *question)
{
    char line[64] = "";
    printf("%s [y/N] ", question);
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin))
        return false;
    g_strstrip(line);
    return g_ascii_strcasecmp(line, "y") == 0 || g_ascii_strcasecmp(line, "yes") == 0;
}

/* A promise: yes, no, or not said now. @counts (may be NULL) is what the mailbox says of it. */
static Tri ask_promise(const char *question, const char *counts)
{
    char line[64] = "";
    g_autofree char *safe = counts ? safe_text(span_of(counts), SAFE_LINE) : NULL;
    printf("%s%s%s [y/n, Enter: leave it open] ", safe ? safe : "", safe ? " " : "", question);
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin))
        return TRI_UNKNOWN;
    g_strstrip(line);
    if (g_ascii_strcasecmp(line, "y") == 0 || g_ascii_strcasecmp(line, "yes") == 0)
        return TRI_YES;
    return *line ? TRI_NO : TRI_UNKNOWN;
}

static Tri ask_counted(const Learned *learned, const char *id, const char *question)
{
    g_autofree char *counts = promises_text(learned->promises, id);
    return ask_promise(question, counts);
}

/* What is configured stays where nobody is asked: nothing is promised in the user's name. */
static LearnedAnswers learn_ask(const CommandContext *context, const Learned *learned, bool yes)
{
    const Identity *identity = context->config->identity;
    LearnedAnswers answers = {TRI_UNKNOWN, TRI_UNKNOWN, TRI_UNKNOWN, learned->border->len > 0,
                              false};
    if (yes)
        return answers;
    if (learned->networks->len && !identity->complete)
        answers.complete =
            ask_promise("Do you send through these networks and no others? With a yes, what came "
                        "from elsewhere is proved not to be yours.",
                        NULL);
    if (learned->sent_folders->len && !identity->sent_complete)
        answers.sent_complete = ask_counted(learned, "sent-complete",
                                            "Is every message that you send kept in these "
                                            "folders?");
    if (learned->signers->len && !identity->dkim_always)
        answers.dkim_always = ask_counted(learned, "signs-all",
                                          "Is every message that you send signed with such a key? "
                                          "With a yes, one without a signature is probably not "
                                          "yours.");
    if (learned->accounts->len > identity->accounts->len)
        answers.accounts = ask("Are these accounts at shared houses all yours?");
    if (learned->crossings)
        answers.border = ask("Are these the servers by which mail comes to you? With a yes, what "
                             "they wrote is believed, and nothing below it.");
    return answers;
}

static int learn_write(const CommandContext *context, const Learned *learned, bool yes)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = config_written_path(context->config_path);
    g_autofree char *safe = safe_text(span_of(path), SAFE_LINE);
    g_autofree char *question = g_strdup_printf("Write this to %s?", safe);
    LearnedAnswers answers = learn_ask(context, learned, yes);
    if (!yes && !ask(question)) {
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
    print_learned(learned, context->config);
    if (!yes && !isatty(STDIN_FILENO)) {
        cli_error("learn", "it would ask, and there is no terminal; nothing was written "
                           "(--yes writes what was found)");
        return EXIT_CANNOT;
    }
    return learn_write(context, learned, yes);
}
