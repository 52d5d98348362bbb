/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See own_command.h. */
#include "config/own_command.h"

#include <string.h>

static const char *const names[OWN_COUNT] = {[OWN_IP] = "ip",
                                             [OWN_ID] = "id",
                                             [OWN_FILE] = "file",
                                             [OWN_REPORTER] = "reporter",
                                             [OWN_RECIPIENT] = "recipient"};

bool own_command_is_name(const char *name)
{
    for (const char *p = name; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '-' && *p != '_')
            return false;
    return *name != '\0';
}

/* Which value @word ends with: -1 where it holds none. @before: bytes in front of it. False with
 * *why where a "%" stands for nothing, or something follows it. */
static bool word_value(const char *word, int *value, gsize *before, char **why)
{
    const char *percent = strchr(word, '%');
    *value = -1;
    if (!percent)
        return true;
    *before = (gsize)(percent - word);
    for (int i = 0; i < OWN_COUNT && *value < 0; i++)
        if (strcmp(percent + 1, names[i]) == 0)
            *value = i;
    if (*value >= 0)
        return true;
    *why =
        g_strdup_printf("\"%s\": there are %%ip, %%id, %%file, %%reporter and %%recipient, each at "
                        "the end of a word",
                        word);
    return false;
}

/* What stands in front of a value is a name or the beginning of an address: nothing that a shell
 * would take apart. */
static bool is_plain(const char *word, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(word[i]) && !strchr("-_.,:/=?@+", word[i]))
            return false;
    return true;
}

/* "-c", "-lc": a shell reads what follows. */
static bool takes_script(const char *word)
{
    gsize n = strlen(word);
    return (word[0] == '-' && word[1] != '-' && n >= 2 && n <= 5 && word[n - 1] == 'c') ||
           strcmp(word, "-e") == 0 || strcmp(word, "eval") == 0;
}

bool own_command_check(const char *line, char **why)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(line, NULL, &words, &error)) {
        *why = g_strdup(error->message);
        return false;
    }
    for (guint i = 0; words[i]; i++) {
        int value;
        gsize before;
        if (!word_value(words[i], &value, &before, why))
            return false;
        if (value < 0)
            continue;
        if (i > 0 && is_plain(words[i], before) && !takes_script(words[i - 1]))
            continue;
        *why = g_strdup_printf("%%%s is an argument of its own, or follows --name= or the like: an "
                               "enemy may have written it, and no shell shall read it. A script "
                               "finds it in $NOTME_%s",
                               names[value], names[value]);
        for (char *p = strrchr(*why, '$'); *p; p++)
            *p = g_ascii_toupper(*p);
        return false;
    }
    return true;
}

static bool has_control(const char *text)
{
    for (const char *p = text; *p; p++)
        if (g_ascii_iscntrl(*p))
            return true;
    return false;
}

/* @word with its value. NULL with *why. */
static char *word_fill(const char *word, const char *const values[OWN_COUNT], char **why)
{
    int value;
    gsize before;
    if (!word_value(word, &value, &before, why))
        return NULL;
    if (value < 0)
        return g_strdup(word);
    const char *text = values[value];
    if (!text || !*text)
        *why = g_strdup_printf("%%%s is not known of this case", names[value]);
    else if (has_control(text))
        *why = g_strdup_printf("%%%s holds control characters", names[value]);
    else if (before == 0 && *text == '-')
        *why = g_strdup_printf("%%%s begins with \"-\", as options do", names[value]);
    else
        return g_strdup_printf("%.*s%s", (int)before, word, text);
    return NULL;
}

char **own_command_words(const char *line, const char *const values[OWN_COUNT], char **why)
{
    g_auto(GStrv) words = NULL;
    if (!own_command_check(line, why) || !g_shell_parse_argv(line, NULL, &words, NULL))
        return NULL;
    for (guint i = 0; words[i]; i++) {
        char *filled = word_fill(words[i], values, why);
        if (!filled)
            return NULL;
        g_free(words[i]);
        words[i] = filled;
    }
    return g_steal_pointer(&words);
}

char **own_command_environment(const char *const values[OWN_COUNT])
{
    GPtrArray *list = g_ptr_array_new();
    for (int i = 0; i < OWN_COUNT; i++) {
        g_autofree char *name = g_ascii_strup(names[i], -1);
        if (values[i] && !has_control(values[i]))
            g_ptr_array_add(list, g_strdup_printf("NOTME_%s=%s", name, values[i]));
    }
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}
