/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of words parted by tabs: "since", microseconds, campaign; and "took", id. Lines are only
 * added: the last one of a campaign holds. */
#include "decision/decided.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/durable.h"

struct Decided {
    GHashTable *since; /* campaign -> gint64 */
    GHashTable *took;  /* ids */
};

static char *decided_path(const char *state_dir)
{
    return g_build_filename(state_dir, "decided", NULL);
}

static void line_read(Decided *decided, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, "\t", 3);
    guint n = g_strv_length(words);
    gint64 since;
    if (n == 2 && strcmp(words[0], "took") == 0)
        g_hash_table_add(decided->took, g_strdup(words[1]));
    if (n == 3 && strcmp(words[0], "since") == 0 &&
        g_ascii_string_to_signed(words[1], 10, 0, G_MAXINT64, &since, NULL))
        g_hash_table_replace(decided->since, g_strdup(words[2]), g_memdup2(&since, sizeof since));
}

Decided *decided_read(const char *state_dir)
{
    Decided *decided = g_new0(Decided, 1);
    g_autofree char *path = decided_path(state_dir), *text = NULL;
    decided->since = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    decided->took = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return decided;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        line_read(decided, *line);
    return decided;
}

void decided_free(Decided *decided)
{
    if (!decided)
        return;
    g_hash_table_unref(decided->since);
    g_hash_table_unref(decided->took);
    g_free(decided);
}

bool decided_is_new(const Decided *decided, const char *campaign, const char *id, const char *file)
{
    const gint64 *since = g_hash_table_lookup(decided->since, campaign);
    struct stat st;
    if (g_hash_table_contains(decided->took, id) || strpbrk(id, "\t\n") || stat(file, &st) != 0)
        return false;
    gint64 came = (gint64)st.st_mtim.tv_sec * G_USEC_PER_SEC + st.st_mtim.tv_nsec / 1000;
    return !since || came >= *since;
}

static bool lines_add(const char *state_dir, const GString *lines, GError **error)
{
    g_autofree char *path = decided_path(state_dir);
    int fd = durable_make_folder(state_dir)
                 ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)
                 : -1;
    bool good = fd >= 0 && durable_write(fd, lines->str, lines->len) && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    if (!good)
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why), "%s: %s", path, g_strerror(why));
    return good;
}

bool decided_since(const char *state_dir, const char *campaign, gint64 now, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "since\t%" G_GINT64_FORMAT "\t%s\n", now, campaign);
    return lines_add(state_dir, line, error);
}

bool decided_take(const char *state_dir, const GPtrArray *ids, GError **error)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < ids->len; i++)
        g_string_append_printf(lines, "took\t%s\n", (char *)ids->pdata[i]);
    return lines->len == 0 || lines_add(state_dir, lines, error);
}
