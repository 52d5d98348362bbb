/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maildir manners: names, flags, finding a file again that another program renamed, moving one so
 * that it is never in neither place. */
#ifndef NOTME_MAILDIR_MAILDIR_H
#define NOTME_MAILDIR_MAILDIR_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* The mail root and what was learnt of its folders; for one job. */
typedef struct Maildirs Maildirs;

/* @root as the store writes file names, @real_root with symbolic links resolved. */
Maildirs *maildirs_new(const char *root, const char *real_root);
void maildirs_free(Maildirs *dirs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Maildirs, maildirs_free)

typedef struct FileMark {
    guint64 device, inode;
    gint64 size;
} FileMark;

/* NULL when @path may be acted on: in the mail root, links resolved. Otherwise the reason, a
 * constant. Says nothing of whether it exists. */
const char *maildir_refuse(Maildirs *dirs, const char *path);
/* Marks a regular file. False: not there, or no regular file (@why, if not NULL, says it). */
bool maildir_mark(const char *path, FileMark *mark, const char **why);
/* The part of a file name that never changes: before ":" and before ",U=" and other fields. */
char *maildir_unique(const char *path);
/* The maildir around the file @path, or the plain folder that it lies in. The caller frees it. */
char *maildir_of(const char *path);
/* Flags behind ":2,", "" where there are none. Borrowed from @path. */
const char *maildir_flags(const char *path);
/* @path with @flag set or taken out (then in cur/). The caller frees it. */
char *maildir_with_flag(const char *path, char flag, bool set);
/* @to is @from with other flags or in another maildir; @now is the name that the file of @from has
 * got meanwhile: what @to becomes then. The caller frees it. */
char *maildir_carry_flags(const char *from, const char *to, const char *now);
/* @path with the flags of @model. The caller frees it. */
char *maildir_with_flags_of(const char *path, const char *model);
bool maildir_same_folder(const char *a, const char *b);
/* Both marks are of one file: device and inode are known and equal. */
bool file_mark_same(const FileMark *a, const FileMark *b);
/* Where the file @path is now: itself, or under another name in cur/ or new/ of its maildir, told
 * by the part of the name that never changes. NULL: gone, or several might be it. With @mark (NULL:
 * any will do) the size has to fit, and the very file goes before one that only has its name and
 * size. What is to be removed for good needs more: see maildir_why_not. The caller frees it. */
char *maildir_find(Maildirs *dirs, const char *path, const FileMark *mark);
/* Why @path is not the file that was marked with @mark and held the bytes of @sha256 (NULL: not
 * known): a constant; NULL where it is. A file that was copied is another. */
const char *maildir_why_not(const char *path, const FileMark *mark, const char *sha256);
/* @path lies in @folder: the mail root's, or the one of an account or maildir above the file. */
bool maildir_in_folder(const char *root, const char *path, const char *folder);
/* The maildir @folder nearest above @path that exists, else the mail root's. */
char *maildir_folder_for(Maildirs *dirs, const char *path, const char *folder);
/* A free name for the file @path in the maildir @maildir: same unique part, flags and new/ or cur/;
 * without ",U=", which belongs to the folder that it leaves. A name given out is not free any more.
 */
char *maildir_name_in(Maildirs *dirs, const char *path, const char *maildir);
/* As above for a place of its own: @place itself where it is free, else a fresh name beside it. */
char *maildir_free_name(Maildirs *dirs, const char *place);
/* Where the file @now goes back to that once was @original and was made @moved by a step: its
 * folder and unique part, with the flags that it has now without those that the step set. */
char *maildir_home(Maildirs *dirs, const char *original, const char *moved, const char *now);
/* A new name in cur/ of @maildir for a message that is made here. */
char *maildir_new_name(Maildirs *dirs, const char *maildir, const char *flags);
/* Makes the maildir that holds @path (0700), within the root only. */
bool maildir_make_for(Maildirs *dirs, const char *path, GError **error);
/* Moves a file and never replaces one: rename, or across file systems copy, fsync, rename, fsync
 * of the folder, unlink. */
bool maildir_move(Maildirs *dirs, const char *from, const char *to, GError **error);
/* Writes @content under @path by way of tmp/, synced. One that is there already with this content
 * is left. */
bool maildir_write(const char *path, const char *content, gsize length, GError **error);
/* Both files hold the same bytes. */
bool maildir_same_content(const char *a, const char *b);
char *maildir_sha256(const char *path);
/* Makes what was moved last: fsync of every folder touched. */
bool maildir_sync(Maildirs *dirs, GError **error);

#endif
