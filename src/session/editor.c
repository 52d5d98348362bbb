/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See editor.h. */
#include "session/editor.h"

#include <stdlib.h>

char **editor_command(const Config *config, const char *file, GError **error)
{
    const char *const choices[] = {config->complain.editor, getenv("VISUAL"), getenv("EDITOR"),
                                   "vi"};
    const char *line = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(choices) && !(line && *line && *line != '$'); i++)
        line = choices[i];
    g_auto(GStrv) words = NULL;
    gint count = 0;
    if (!g_shell_parse_argv(line, &count, &words, error))
        return NULL;
    char **command = g_new0(char *, count + 2);
    for (gint i = 0; i < count; i++)
        command[i] = g_strdup(words[i]);
    command[count] = g_strdup(file);
    return command;
}
