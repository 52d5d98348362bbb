/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command "review": opens the interface. */
#include "cmd_review.h"

#include "cli/mail_in.h"
#include "run.h"

/* Colours are wanted; whether the terminal has any is found out later. */
static bool wants_color(const CommandContext *context)
{
    const char *word = context->color ? context->color : context->config->review.color;
    const char *no_color = g_getenv("NO_COLOR");
    if (g_strcmp0(word, "always") == 0)
        return true;
    return g_strcmp0(word, "never") != 0 && !(no_color && *no_color);
}

int cmd_review(CommandContext *context, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    int status;
    if (!cli_parse(context, NULL, &argc, &argv, &status))
        return status;
    g_autofree char *query = cli_query(argc, argv, 1), *parting = NULL;
    if (g_strcmp0(query, "-") == 0) {
        g_free(query);
        query = mail_in_query(context->config, &error);
        if (!query)
            return cli_failed(g_steal_pointer(&error));
    }
    status = run_interface(context->config, context->config_path, query, wants_color(context),
                           &parting, &error);
    if (parting)
        cli_error(parting, NULL);
    return error ? cli_failed(g_steal_pointer(&error)) : status;
}
