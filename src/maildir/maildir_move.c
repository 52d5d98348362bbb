/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and moving maildir files so that a crash at any point leaves each at one place at least.
 */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crash_point.h"
#include "maildir/durable.h"
#include "maildir/maildir_private.h"

enum { PIECE = 64 << 10 };

static bool fail(GError **error, const char *path)
{
    int why = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why), "%s: %s", path, g_strerror(why));
    return false;
}

bool maildir_make_for(Maildirs *dirs, const char *path, GError **error)
{
    static const char *const halves[] = {"tmp", "new", "cur"};
    g_autofree char *half = g_path_get_dirname(path);
    const char *refused = maildir_refuse(dirs, path);
    if (refused) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s: %s", path, refused);
        return false;
    }
    if (g_file_test(half, G_FILE_TEST_IS_DIR))
        return true;
    g_autofree char *maildir = g_path_get_dirname(half);
    bool plain = !g_str_has_suffix(half, "/cur") && !g_str_has_suffix(half, "/new");
    for (gsize i = 0; i < G_N_ELEMENTS(halves); i++) {
        g_autofree char *folder =
            plain ? g_strdup(half) : g_build_filename(maildir, halves[i], NULL);
        if (!durable_make_folder(folder))
            return fail(error, folder);
    }
    g_hash_table_remove(dirs->refused, half);
    g_autofree char *parent = g_path_get_dirname(maildir);
    g_hash_table_add(dirs->touched, g_strdup(maildir));
    g_hash_table_add(dirs->touched, g_steal_pointer(&parent));
    refused = maildir_refuse(dirs, path); /* now that it is there: where do links lead? */
    if (refused)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s: %s", path, refused);
    return !refused;
}

static bool copy_bytes(int in, int out)
{
    g_autofree char *piece = g_malloc(PIECE);
    for (;;) {
        ssize_t n = read(in, piece, PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        if (!durable_write(out, piece, (gsize)n))
            return false;
    }
}

/* tmp/NAME of the maildir that holds @path; the folder itself where it is no maildir. */
static char *tmp_for(const char *path)
{
    g_autofree char *half = g_path_get_dirname(path), *maildir = g_path_get_dirname(half);
    g_autofree char *unique = maildir_unique(path);
    g_autofree char *tmp = g_build_filename(maildir, "tmp", NULL);
    bool there = g_file_test(tmp, G_FILE_TEST_IS_DIR);
    return there ? g_build_filename(tmp, unique, NULL)
                 : g_strdup_printf("%s/.%s.notme", half, unique);
}

static bool copy_file(const char *from, const char *tmp)
{
    int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat it;
    if (in < 0 || fstat(in, &it) < 0) {
        if (in >= 0)
            close(in);
        return false;
    }
    unlink(tmp);
    int out = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, it.st_mode & 0777);
    struct timespec times[2] = {it.st_atim, it.st_mtim};
    bool good = out >= 0 && copy_bytes(in, out) && futimens(out, times) == 0 && fsync(out) == 0;
    int why = errno;
    close(in);
    if (out >= 0)
        close(out);
    if (!good)
        unlink(tmp);
    errno = why;
    return good;
}

static bool move_across(const char *from, const char *to, GError **error)
{
    g_autofree char *tmp = tmp_for(to), *folder = g_path_get_dirname(to);
    if (!copy_file(from, tmp))
        return fail(error, to);
    crash_point();
    if (!durable_rename_new(tmp, to)) {
        fail(error, to);
        unlink(tmp);
        return false;
    }
    crash_point();
    if (!durable_sync_folder(folder) || unlink(from) < 0)
        return fail(error, from);
    return true;
}

bool maildir_move(Maildirs *dirs, const char *from, const char *to, GError **error)
{
    g_hash_table_add(dirs->touched, g_path_get_dirname(from));
    g_hash_table_add(dirs->touched, g_path_get_dirname(to));
    crash_point();
    if (!durable_rename_new(from, to)) {
        if (errno != EXDEV)
            return fail(error, errno == EEXIST ? to : from);
        if (!move_across(from, to, error))
            return false;
    }
    crash_point();
    return true;
}

bool maildir_write(const char *path, const char *content, gsize length, GError **error)
{
    g_autofree char *there = NULL, *tmp = tmp_for(path), *folder = g_path_get_dirname(path);
    gsize n = 0;
    if (g_file_get_contents(path, &there, &n, NULL) && n == length &&
        memcmp(there, content, n) == 0)
        return true;
    unlink(tmp);
    int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool good = fd >= 0 && durable_write(fd, content, length) && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    crash_point();
    if (!good || !durable_rename_new(tmp, path) || !durable_sync_folder(folder)) {
        fail(error, path);
        unlink(tmp);
        return false;
    }
    crash_point();
    return true;
}

bool maildir_same_content(const char *a, const char *b)
{
    g_autofree char *one = maildir_sha256(a), *two = maildir_sha256(b);
    return one && two && strcmp(one, two) == 0;
}

char *maildir_sha256(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    g_autofree guchar *piece = g_malloc(PIECE);
    ssize_t n = -1;
    if (fd < 0)
        return NULL;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    while ((n = read(fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0)
            g_checksum_update(sum, piece, n);
    close(fd);
    char *hex = n == 0 ? g_strdup(g_checksum_get_string(sum)) : NULL;
    g_checksum_free(sum);
    return hex;
}

const char *maildir_why_not(const char *path, const FileMark *mark, const char *sha256)
{
    FileMark now;
    const char *why = NULL;
    if (!maildir_mark(path, &now, &why))
        return why;
    if (!file_mark_same(mark, &now))
        return "it is another file than the one that was meant";
    g_autofree char *sum = sha256 ? maildir_sha256(path) : NULL;
    return g_strcmp0(sum, sha256) == 0 ? NULL : "its content was changed since";
}

bool maildir_sync(Maildirs *dirs, GError **error)
{
    GHashTableIter it;
    gpointer folder;
    g_hash_table_iter_init(&it, dirs->touched);
    while (g_hash_table_iter_next(&it, &folder, NULL))
        if (!durable_sync_folder(folder) && errno != ENOENT && errno != EACCES)
            return fail(error, folder);
    g_hash_table_remove_all(dirs->touched);
    return true;
}
