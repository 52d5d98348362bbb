/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing what was learnt into the configuration file; the rest of the file stays as it is. */
#include "config/config_edit.h"
#include "learn/learn.h"

static void set_list(GKeyFile *file, const char *key, const GPtrArray *list)
{
    g_autoptr(GString) value = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(value, "%s%s", i ? ";" : "", ((Found *)list->pdata[i])->text);
    if (list->len)
        g_key_file_set_value(file, "identity", key, value->str);
}

static void set_networks(GKeyFile *file, const Learned *learned, const LearnedAnswers *answers)
{
    set_list(file, "networks", learned->networks);
    g_autofree char *had = g_key_file_get_value(file, "identity", "networks", NULL);
    g_autoptr(GString) value = g_string_new(had);
    for (guint i = 0; answers->services && i < learned->services->len; i++) {
        const Service *service = learned->services->pdata[i];
        g_autofree char *network = ip_text_network(service->ip);
        g_string_append_printf(value, "%s%s", value->len ? ";" : "", network);
    }
    if (value->len)
        g_key_file_set_value(file, "identity", "networks", value->str);
}

/* Behind what is written there, which may name files: it stays as it is. */
static void add_keys(GKeyFile *file, const GPtrArray *keys)
{
    g_autofree char *had = g_key_file_get_value(file, "identity", "dkim_keys", NULL);
    g_autoptr(GString) value = g_string_new(had ? g_strchomp(had) : "");
    for (guint i = 0; i < keys->len; i++)
        g_string_append_printf(value, "%s%s",
                               value->len && value->str[value->len - 1] != ';' ? ";" : "",
                               (char *)keys->pdata[i]);
    if (keys->len)
        g_key_file_set_value(file, "identity", "dkim_keys", value->str);
}

/* What was not answered stays open. */
static void set_promise(GKeyFile *file, const char *key, Tri answer)
{
    if (answer != TRI_UNKNOWN)
        g_key_file_set_boolean(file, "identity", key, answer == TRI_YES);
}

bool learned_write(const Learned *learned, const LearnedAnswers *answers, const char *path,
                   GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, &cause) &&
        !g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    set_list(file, "addresses", learned->addresses);
    set_list(file, "domains", learned->domains);
    set_list(file, "hosts", learned->hosts);
    set_networks(file, learned, answers);
    set_list(file, "weak_networks", learned->shared);
    set_list(file, "sent_folders", learned->sent_folders);
    if (answers->border) {
        set_list(file, "border", learned->border);
        set_list(file, "inside", learned->inside);
        set_list(file, "authserv", learned->authserv);
    }
    if (learned->id_pattern)
        g_key_file_set_value(file, "identity", "id_pattern", learned->id_pattern);
    add_keys(file, learned->dkim_keys);
    if (answers->accounts)
        set_list(file, "accounts", learned->accounts);
    set_promise(file, "dkim_always", answers->dkim_always);
    set_promise(file, "complete", answers->complete);
    set_promise(file, "sent_complete", answers->sent_complete);
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);
    return config_write(path, text, error);
}
