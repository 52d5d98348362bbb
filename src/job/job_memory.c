/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole file is written anew under another name. */
#include "job/job_memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "job/journal_private.h"
#include "maildir/durable.h"

bool job_memory(const char *state_dir, const GPtrArray *lines, bool add, GError **error)
{
    if (lines->len == 0)
        return true;
    g_autofree char *path = g_build_filename(state_dir, "complaints", NULL);
    g_autoptr(GError) why = NULL;
    g_autofree char *text = NULL, *draft = g_strconcat(path, ".new", NULL);
    g_autoptr(GString) now = g_string_new(NULL);
    g_autoptr(GHashTable) ours = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < lines->len; i++)
        g_hash_table_add(ours, lines->pdata[i]);
    if (!g_file_get_contents(path, &text, NULL, &why) &&
        !g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_propagate_prefixed_error(error, g_steal_pointer(&why),
                                   "what was complained about before cannot be read: ");
        return false;
    }
    g_auto(GStrv) old = g_strsplit(text ? text : "", "\n", -1);
    for (char **line = old; *line; line++)
        if (**line && !g_hash_table_contains(ours, *line))
            g_string_append_printf(now, "%s\n", *line);
    for (guint i = 0; add && i < lines->len; i++)
        g_string_append_printf(now, "%s\n", (char *)lines->pdata[i]);
    unlink(draft);
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && durable_write(fd, now->str, now->len) && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return (good && rename(draft, path) == 0 && durable_sync_folder(state_dir)) ||
           journal_fail(error, path);
}
