/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing what was learnt into the configuration file; the rest of the file stays as it is. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "learn/learn.h"

static void set_list(GKeyFile *file, const char *key, const GPtrArray *list)
{
    g_autoptr(GString) value = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(value, "%s%s", i ? ";" : "", ((Found *)list->pdata[i])->text);
    if (list->len)
        g_key_file_set_value(file, "identity", key, value->str);
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

static bool file_save(GKeyFile *file, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *text = g_key_file_to_data(file, NULL, NULL);
    struct stat st;
    int mode = stat(path, &st) == 0 ? (int)(st.st_mode & 0777) : 0600;
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, CONFIG_ERROR, 0, "%s: %s", folder, g_strerror(errno));
        return false;
    }
    return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, error);
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
    set_list(file, "networks", learned->networks);
    set_list(file, "weak_networks", learned->shared);
    set_list(file, "sent_folders", learned->sent_folders);
    if (learned->id_pattern)
        g_key_file_set_value(file, "identity", "id_pattern", learned->id_pattern);
    add_keys(file, learned->dkim_keys);
    if (answers->dkim_always)
        g_key_file_set_boolean(file, "identity", "dkim_always", true);
    g_key_file_set_boolean(file, "identity", "complete", answers->complete);
    g_key_file_set_boolean(file, "identity", "sent_complete", answers->sent_complete);
    return file_save(file, path, error);
}
