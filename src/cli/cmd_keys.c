/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme keys: the key table in force, written so that it is itself a keymap file. */
#include <stdio.h>

#include "cli/commands.h"
#include "keymap/keymap.h"

/* "list,case": the contexts in which @keys do @action, as one name each. */
static char *contexts_of(const Keymap *keymap, const Binding *binding, unsigned *seen)
{
    GString *names = g_string_new(NULL);
    const GPtrArray *all = keymap_bindings(keymap);
    for (guint i = 0; i < all->len; i++) {
        const Binding *other = all->pdata[i];
        if (other->action != binding->action ||
            g_strcmp0(other->argument, binding->argument) != 0 || other->length != binding->length)
            continue;
        guint k = 0;
        while (k < binding->length && other->keys[k] == binding->keys[k])
            k++;
        if (k < binding->length)
            continue;
        *seen |= other->context;
        g_string_append_printf(names, "%s%s", names->len ? "," : "", context_name(other->context));
    }
    return g_string_free(names, FALSE);
}

/* The bindings of @action, each key once with all its contexts. False if there is none. */
static bool action_print(const Keymap *keymap, ActionId action)
{
    const GPtrArray *all = keymap_bindings(keymap);
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < all->len; i++) {
        const Binding *binding = all->pdata[i];
        unsigned seen = 0;
        if (binding->action != action)
            continue;
        char *keys = key_texts(binding->keys, binding->length);
        if (!g_hash_table_add(done, keys))
            continue;
        g_autofree char *contexts = contexts_of(keymap, binding, &seen);
        g_autofree char *name = binding->argument ? g_strdup_printf("run:%s", binding->argument)
                                                  : g_strdup(action_row(action)->name);
        printf("%-21s %-12s %-17s # %s\n", contexts, keys, name, action_row(action)->sentence);
    }
    return g_hash_table_size(done) > 0;
}

static void keys_print(const Keymap *keymap)
{
    const GPtrArray *all = keymap_bindings(keymap);
    printf("# context             key          action\n");
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        if (!action_print(keymap, (ActionId)action))
            printf("# %-32s %-17s # %s\n", "(no key)", action_row(action)->name,
                   action_row(action)->sentence);
    for (guint i = 0; i < all->len; i++) {
        const Binding *binding = all->pdata[i];
        g_autofree char *keys = key_texts(binding->keys, binding->length);
        if (!binding->action)
            printf("%-21s %-12s none\n", context_name(binding->context), keys);
    }
}

int cmd_keys(CommandContext *context, int argc, char **argv)
{
    g_autofree char *name = NULL;
    const GOptionEntry entries[] = {
        {"keymap", 0, 0, G_OPTION_ARG_STRING, &name, "the keymap to print", "NAME"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GError) error = NULL;
    int status;
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (argc > 1)
        return cli_usage(context, "it takes no arguments");
    g_autoptr(Keymap) keymap = keymap_load(name ? name : context->config->review.keymap,
                                           context->config->config_dir, &error);
    if (!keymap || !keymap_check(keymap, context->config->commands, &error))
        return cli_failed(g_steal_pointer(&error));
    keys_print(keymap);
    return EXIT_DONE;
}
