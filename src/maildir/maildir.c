/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and places of maildir files. */
#include "maildir/maildir.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "maildir/maildir_private.h"

enum { LOOK_AGAIN_US = 200 * 1000 };

/* The names in cur/ and new/ of one maildir, by unique part. */
typedef struct Listing {
    GHashTable *names; /* unique part -> GPtrArray of paths */
    gint64 read;
} Listing;

static void listing_free(gpointer data)
{
    Listing *listing = data;
    g_hash_table_unref(listing->names);
    g_free(listing);
}

Maildirs *maildirs_new(const char *root, const char *real_root)
{
    Maildirs *dirs = g_new0(Maildirs, 1);
    dirs->root = g_strdup(root);
    dirs->real_root = g_strdup(real_root);
    dirs->refused = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    dirs->listings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, listing_free);
    dirs->taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    dirs->touched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    dirs->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return dirs;
}

void maildirs_free(Maildirs *dirs)
{
    if (!dirs)
        return;
    g_free(dirs->root);
    g_free(dirs->real_root);
    g_hash_table_unref(dirs->refused);
    g_hash_table_unref(dirs->listings);
    g_hash_table_unref(dirs->taken);
    g_hash_table_unref(dirs->touched);
    g_hash_table_unref(dirs->folders);
    g_free(dirs);
}

/* What stands behind @root and its slash in @path, or NULL. */
static const char *below(const char *root, const char *path)
{
    gsize n = strlen(root);
    while (n > 0 && root[n - 1] == '/')
        n--;
    return strncmp(path, root, n) == 0 && path[n] == '/' && path[n + 1] ? path + n + 1 : NULL;
}

static bool has_dots(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part; part++)
        if (strcmp(*part, "..") == 0 || strcmp(*part, ".") == 0)
            return true;
    return false;
}

static const char *folder_refuse(const Maildirs *dirs, const char *folder)
{
    if (!below(dirs->root, folder) && strcmp(dirs->root, folder) != 0)
        return "it is outside the mail root";
    if (has_dots(folder))
        return "its path goes through \"..\"";
    char *real = realpath(folder, NULL);
    if (!real)
        return NULL; /* not there: whoever opens it will say so */
    bool inside = strcmp(real, dirs->real_root) == 0 || below(dirs->real_root, real);
    free(real);
    return inside ? NULL : "a symbolic link takes it out of the mail root";
}

const char *maildir_refuse(Maildirs *dirs, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    gpointer known;
    if (!g_hash_table_lookup_extended(dirs->refused, folder, NULL, &known)) {
        known = g_strdup(folder_refuse(dirs, folder));
        g_hash_table_insert(dirs->refused, g_steal_pointer(&folder), known);
    }
    return known;
}

bool maildir_mark(const char *path, FileMark *mark, const char **why)
{
    struct stat it;
    bool there = lstat(path, &it) == 0, regular = there && S_ISREG(it.st_mode);
    if (why)
        *why = !there ? "it is gone" : regular ? NULL : "it is not a regular file";
    if (!regular)
        return false;
    *mark = (FileMark){(guint64)it.st_dev, (guint64)it.st_ino, it.st_size};
    return true;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *maildir_unique(const char *path)
{
    const char *base = base_of(path);
    return g_strndup(base, strcspn(base, ":,"));
}

/* Start of ":2,FLAGS", or the end of the name. */
static const char *info_of(const char *path)
{
    const char *base = base_of(path), *info = strstr(base, ":2,");
    return info ? info : base + strlen(base);
}

const char *maildir_flags(const char *path)
{
    const char *info = info_of(path);
    return *info ? info + 3 : info;
}

/* "cur" or "new" where @path lies in one, else NULL. */
static const char *half_of(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    const char *name = base_of(folder);
    return strcmp(name, "cur") == 0 ? "cur" : strcmp(name, "new") == 0 ? "new" : NULL;
}

char *maildir_of(const char *path)
{
    char *folder = g_path_get_dirname(path);
    if (!half_of(path))
        return folder;
    char *maildir = g_path_get_dirname(folder);
    g_free(folder);
    return maildir;
}

char *maildir_with_flag(const char *path, char flag, bool set)
{
    const char *half = half_of(path), *flags = maildir_flags(path), *info = info_of(path);
    if (!half || (strchr(flags, flag) != NULL) == set)
        return g_strdup(path);
    g_autoptr(GString) now = g_string_new(NULL);
    bool put = !set;
    for (const char *p = flags; *p; p++) {
        if (!put && flag < *p) {
            g_string_append_c(now, flag);
            put = true;
        }
        if (*p != flag)
            g_string_append_c(now, *p);
    }
    if (!put)
        g_string_append_c(now, flag);
    g_autofree char *maildir = maildir_of(path);
    g_autofree char *base = g_strndup(base_of(path), (gsize)(info - base_of(path)));
    return g_strdup_printf("%s/cur/%s:2,%s", maildir, base, now->str);
}

static void listing_add(Listing *listing, const char *folder, const char *name)
{
    char *unique = maildir_unique(name);
    GPtrArray *paths = g_hash_table_lookup(listing->names, unique);
    if (!paths) {
        paths = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(listing->names, unique, paths);
    } else
        g_free(unique);
    g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
}

static Listing *listing_read(const char *maildir, bool halves)
{
    static const char *const parts[] = {"cur", "new"};
    Listing *listing = g_new0(Listing, 1);
    listing->names =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    listing->read = g_get_monotonic_time();
    for (gsize i = 0; halves && i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *folder = g_build_filename(maildir, parts[i], NULL);
        DIR *dir = opendir(folder);
        struct dirent *entry;
        while (dir && (entry = readdir(dir)))
            if (entry->d_name[0] != '.')
                listing_add(listing, folder, entry->d_name);
        if (dir)
            closedir(dir);
    }
    return listing;
}

/* How well a file is the one that was marked. */
typedef enum Fit {
    FIT_NONE, /* gone, not regular, or of another size */
    FIT_SIZE, /* it has the size; nothing more is known, or it is another file of that size */
    FIT_FILE  /* the very file */
} Fit;

bool file_mark_same(const FileMark *a, const FileMark *b)
{
    return a->inode && a->device == b->device && a->inode == b->inode;
}

static Fit fit_of(const char *path, const FileMark *mark)
{
    FileMark now;
    if (!maildir_mark(path, &now, NULL) || (mark && mark->size != now.size))
        return FIT_NONE;
    return mark && file_mark_same(mark, &now) ? FIT_FILE : FIT_SIZE;
}

/* Of the files with the unique part of @path the very one; else the only one that fits. */
static const char *listing_find(const Listing *listing, const char *path, const FileMark *mark)
{
    g_autofree char *unique = maildir_unique(path);
    const GPtrArray *paths = *unique ? g_hash_table_lookup(listing->names, unique) : NULL;
    const char *only = NULL;
    guint fitting = 0;
    for (guint i = 0; paths && i < paths->len; i++) {
        Fit fit = fit_of(paths->pdata[i], mark);
        if (fit == FIT_FILE)
            return paths->pdata[i];
        if (fit == FIT_SIZE) {
            only = paths->pdata[i];
            fitting++;
        }
    }
    return fitting == 1 ? only : NULL;
}

char *maildir_find(Maildirs *dirs, const char *path, const FileMark *mark)
{
    Fit here = fit_of(path, mark);
    bool by_inode = mark && mark->inode;
    if (here == FIT_FILE || (here == FIT_SIZE && !by_inode))
        return g_strdup(path);
    g_autofree char *maildir = maildir_of(path);
    Listing *listing = g_hash_table_lookup(dirs->listings, maildir);
    const char *other = listing ? listing_find(listing, path, mark) : NULL;
    bool fresh = listing && g_get_monotonic_time() - listing->read < LOOK_AGAIN_US;
    if (!other && !fresh) {
        listing = listing_read(maildir, half_of(path) != NULL);
        g_hash_table_insert(dirs->listings, g_strdup(maildir), listing);
        other = listing_find(listing, path, mark);
    }
    /* another file took the name: it is the marked one only where no other file is */
    if (here == FIT_SIZE && (!other || fit_of(other, mark) != FIT_FILE))
        return g_strdup(path);
    return g_strdup(other);
}

bool maildir_in_folder(const char *root, const char *path, const char *folder)
{
    const char *rest = below(root, path);
    gsize n = strlen(folder);
    for (; n > 0 && rest; rest = strchr(rest, '/')) {
        rest += *rest == '/';
        if (strncmp(rest, folder, n) == 0 && rest[n] == '/')
            return true;
    }
    return false;
}

static bool is_maildir(const char *path)
{
    g_autofree char *cur = g_build_filename(path, "cur", NULL);
    return g_file_test(cur, G_FILE_TEST_IS_DIR);
}

char *maildir_folder_for(Maildirs *dirs, const char *path, const char *folder)
{
    g_autofree char *maildir = maildir_of(path);
    g_autofree char *key = g_strdup_printf("%s//%s", maildir, folder);
    const char *known = g_hash_table_lookup(dirs->folders, key);
    if (known)
        return g_strdup(known);
    char *found = NULL;
    g_autofree char *above = g_strdup(maildir);
    while (!found && below(dirs->root, above)) {
        found = g_build_filename(above, folder, NULL);
        if (!is_maildir(found) || strcmp(found, maildir) == 0)
            g_clear_pointer(&found, g_free);
        char *next = g_path_get_dirname(above);
        g_free(above);
        above = next;
    }
    if (!found)
        found = g_build_filename(dirs->root, folder, NULL);
    g_hash_table_insert(dirs->folders, g_steal_pointer(&key), g_strdup(found));
    return found;
}

/* Is this name free in both halves, and not promised to another? A name with other flags would be
 * taken for the same message. */
static bool name_is_free(Maildirs *dirs, const char *place)
{
    g_autofree char *maildir = maildir_of(place), *unique = maildir_unique(place);
    g_autofree char *key = g_build_filename(maildir, unique, NULL);
    if (g_hash_table_contains(dirs->taken, key) || g_file_test(place, G_FILE_TEST_EXISTS))
        return false;
    Listing *listing = g_hash_table_lookup(dirs->listings, maildir);
    if (!listing) {
        listing = listing_read(maildir, half_of(place) != NULL);
        g_hash_table_insert(dirs->listings, g_strdup(maildir), listing);
    }
    return !g_hash_table_contains(listing->names, unique);
}

static void name_take(Maildirs *dirs, const char *place)
{
    g_autofree char *maildir = maildir_of(place), *unique = maildir_unique(place);
    g_hash_table_add(dirs->taken, g_build_filename(maildir, unique, NULL));
}

/* Unique as maildir wants it: time, microseconds, process, counter, host. */
static char *fresh_unique(void)
{
    static guint counter;
    gint64 now = g_get_real_time();
    g_autofree char *host = g_strdup(g_get_host_name());
    g_strdelimit(host, "/:,", '_');
    return g_strdup_printf("%" G_GINT64_FORMAT ".M%dP%dQ%u.%s", now / G_USEC_PER_SEC,
                           (int)(now % G_USEC_PER_SEC), (int)getpid(), ++counter, host);
}

/* What is to stay of the fields behind the unique part: all but ",U=". */
static char *fields_without_uid(const char *base, const char *info)
{
    g_autofree char *name = g_strndup(base, (gsize)(info - base));
    g_auto(GStrv) parts = g_strsplit(name, ",", -1);
    g_autoptr(GString) kept = g_string_new(NULL);
    for (char **part = parts + 1; parts[0] && *part; part++)
        if (!g_str_has_prefix(*part, "U="))
            g_string_append_printf(kept, ",%s", *part);
    return g_string_free(g_steal_pointer(&kept), FALSE);
}

char *maildir_name_in(Maildirs *dirs, const char *path, const char *maildir)
{
    const char *half = half_of(path), *base = base_of(path), *info = info_of(path);
    g_autofree char *unique = maildir_unique(path), *fields = fields_without_uid(base, info);
    if (!half) { /* a plain folder's names ("17") are not unique anywhere else */
        g_free(unique);
        unique = fresh_unique();
        *fields = '\0';
        info = "";
        half = "new";
    }
    for (;;) {
        char *place = g_strdup_printf("%s/%s/%s%s%s", maildir, half, unique, fields, info);
        if (name_is_free(dirs, place)) {
            name_take(dirs, place);
            return place;
        }
        g_free(place);
        g_free(unique);
        unique = fresh_unique();
    }
}

char *maildir_free_name(Maildirs *dirs, const char *place)
{
    g_autofree char *maildir = maildir_of(place);
    if (half_of(place))
        return maildir_name_in(dirs, place, maildir);
    for (guint n = 0;; n++) {
        char *name = n ? g_strdup_printf("%s-%u", place, n) : g_strdup(place);
        if (!g_file_test(name, G_FILE_TEST_EXISTS))
            return name;
        g_free(name);
    }
}

bool maildir_same_folder(const char *a, const char *b)
{
    g_autofree char *one = maildir_of(a), *two = maildir_of(b);
    return strcmp(one, two) == 0;
}

/* @path with the flags changed that differ between @from and @to. */
static char *flags_as_between(const char *path, const char *from, const char *to)
{
    char *now = g_strdup(path);
    for (const char *flag = "DFPRST"; *flag; flag++) {
        bool before = strchr(maildir_flags(from), *flag), after = strchr(maildir_flags(to), *flag);
        if (before == after)
            continue;
        char *next = maildir_with_flag(now, *flag, after);
        g_free(now);
        now = next;
    }
    return now;
}

char *maildir_with_flags_of(const char *path, const char *model)
{
    return flags_as_between(path, path, model);
}

char *maildir_carry_flags(const char *from, const char *to, const char *now)
{
    g_autofree char *flagged = flags_as_between(now, from, to);
    const char *info = info_of(flagged);
    if (maildir_same_folder(from, to) || !half_of(to) || !*info)
        return g_strdup(maildir_same_folder(from, to) ? flagged : to);
    g_autofree char *maildir = maildir_of(to);
    g_autofree char *stem = g_strndup(base_of(to), (gsize)(info_of(to) - base_of(to)));
    return g_strdup_printf("%s/cur/%s%s", maildir, stem, info);
}

char *maildir_home(Maildirs *dirs, const char *original, const char *moved, const char *now)
{
    g_autofree char *plain = flags_as_between(now, moved, original);
    const char *half = half_of(original), *info = info_of(plain);
    const char *base = maildir_same_folder(original, now) ? base_of(now) : base_of(original);
    if (!half)
        return maildir_free_name(dirs, original);
    /* what was new and has no flag is new again */
    if (strcmp(half, "new") == 0 && strlen(info) <= 3)
        info = "";
    else
        half = half_of(plain) && strcmp(half_of(plain), "new") == 0 ? "new" : "cur";
    g_autofree char *maildir = maildir_of(original);
    g_autofree char *stem = g_strndup(base, (gsize)(info_of(base) - base));
    char *place = g_strdup_printf("%s/%s/%s%s", maildir, half, stem, info);
    if (maildir_same_folder(original, now))
        return place;
    char *free_place = maildir_free_name(dirs, place);
    g_free(place);
    return free_place;
}

char *maildir_new_name(Maildirs *dirs, const char *maildir, const char *flags)
{
    g_autofree char *unique = fresh_unique();
    char *place = g_strdup_printf("%s/cur/%s:2,%s", maildir, unique, flags);
    name_take(dirs, place);
    return place;
}
