/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step's order: the file on the disk, then the names in the index, then tags and property in one
 * freeze/thaw. Flags that go with tags are part of the planned name: libnotmuch's own way would
 * take away flags that a mail client has set since the last "notmuch new". A crash between any two
 * leaves something that the same step, done again, finishes. */
#include "job/carry_out.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "base/crash_point.h"
#include "config/config_edit.h"
#include "maildir/maildir_id.h"

enum { NAMES_TRIED_MOST = 5 };

static void skip(Step *step, const char *why)
{
    g_free(step->skipped);
    step->skipped = g_strdup_printf("%s: %s; left as it is", step->file, why);
}

/* A failure that concerns one message only. */
static bool is_small(const GError *error)
{
    return g_error_matches(error, STORE_ERROR, STORE_ERROR_GONE) ||
           g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Where the file is now: *@moved when that is where the step takes it. NULL: gone. */
static char *step_locate(CarryOut *out, const Step *step, bool *moved)
{
    FileMark mark;
    *moved = false;
    if (maildir_mark(step->file, &mark, NULL) && mark.size == step->mark.size &&
        (!step->mark.inode || file_mark_same(&mark, &step->mark)))
        return g_strdup(step->file);
    char *there = step->to ? maildir_find(out->dirs, step->to, &step->mark) : NULL;
    *moved = there != NULL;
    return there ? there : maildir_find(out->dirs, step->file, &step->mark);
}

static bool amend(CarryOut *out, guint i, GError **error)
{
    return i == G_MAXUINT || journal_amend(out->journal, i, error);
}

/* The place is taken. By a copy that an interrupted move across file systems made: then only the
 * source is left to take away. Else by a stranger: another name. */
static bool step_make_room(CarryOut *out, Step *step, guint i, const char *now, bool *copied,
                           GError **error)
{
    *copied = false;
    if (!g_file_test(step->to, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return true;
    if (out->again && maildir_same_content(now, step->to)) {
        *copied = true;
        if (unlink(now) == 0)
            return true;
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s: %s", now,
                    g_strerror(errno));
        return false;
    }
    char *other = maildir_free_name(out->dirs, step->to);
    g_free(step->to);
    step->to = other;
    return amend(out, i, error);
}

/* A move across file systems makes another file of it: what purges it later has to know. */
static bool step_mark_again(CarryOut *out, Step *step, guint i, GError **error)
{
    FileMark now;
    if (!maildir_mark(step->to, &now, NULL) || file_mark_same(&now, &step->mark))
        return true;
    step->mark = now;
    return amend(out, i, error);
}

/* Brings the file to its place; *@now becomes that. */
static bool step_move(CarryOut *out, Step *step, guint i, char **now, GError **error)
{
    bool copied = false;
    if (!maildir_make_for(out->dirs, step->to, error))
        return false;
    for (guint tries = 0;; tries++) {
        g_autoptr(GError) why = NULL;
        if (!step_make_room(out, step, i, *now, &copied, error))
            return false;
        if (copied || maildir_move(out->dirs, *now, step->to, &why))
            break;
        if (!g_error_matches(why, G_IO_ERROR, G_IO_ERROR_EXISTS) || tries > NAMES_TRIED_MOST) {
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
    }
    g_free(*now);
    *now = g_strdup(step->to);
    return step_mark_again(out, step, i, error);
}

/* The index loses the names of @files that the step's file had before; @now, where it is, stays. */
static bool names_drop(CarryOut *out, const Step *step, char *const *files, const char *now,
                       GError **error)
{
    g_autofree char *unique = now ? maildir_unique(now) : NULL;
    g_autofree char *old_unique = maildir_unique(step->file);
    for (char *const *file = files; file && *file; file++) {
        FileMark mark;
        g_autofree char *its = maildir_unique(*file);
        if (g_strcmp0(*file, now) == 0 || maildir_mark(*file, &mark, NULL))
            continue;
        if ((g_strcmp0(its, unique) == 0 || strcmp(its, old_unique) == 0) &&
            !store_remove_file(out->store, *file, error))
            return false;
    }
    return true;
}

/* The index gets @now as a file of the step's message, and loses the names that it had before. */
static bool step_index(CarryOut *out, const Step *step, const char *now, GError **error)
{
    g_auto(GStrv) files = store_files_of(out->store, step->id);
    bool listed = files && g_strv_contains((const char *const *)files, now);
    if (!listed && !store_add_file(out->store, now, NULL, error))
        return false;
    return names_drop(out, step, files, now, error);
}

static char **without(char **list, char *const *present, bool keep_present)
{
    GPtrArray *kept = g_ptr_array_new();
    for (char **it = list; *it; it++) {
        bool there = g_strv_contains((const char *const *)present, *it);
        if (there == keep_present)
            g_ptr_array_add(kept, *it);
        else
            g_free(*it);
    }
    g_free(list);
    g_ptr_array_add(kept, NULL);
    return (char **)g_ptr_array_free(kept, FALSE);
}

/* Another file has the step's Message-ID by now: the file is moved, with the flags that it has (the
 * flags of all files of an id become its tags), and the id is left alone. */
static void step_make_shared(Step *step)
{
    step->shared = true;
    g_strfreev(step->add);
    g_strfreev(step->remove);
    step->add = g_new0(char *, 1);
    step->remove = g_new0(char *, 1);
    if (step->to) {
        char *plain = maildir_with_flags_of(step->to, step->file);
        g_free(step->to);
        step->to = plain;
        if (maildir_same_folder(plain, step->file))
            g_clear_pointer(&step->to, g_free);
    }
    if (!step->to && !step->set_word)
        skip(step, "another file with its Message-ID came in");
}

static guint others_of(CarryOut *out, const Step *step, const char *now)
{
    g_auto(GStrv) files = store_files_of(out->store, step->id);
    guint others = 0;
    for (char **file = files; file && *file; file++) {
        FileMark mark;
        others += strcmp(*file, now) != 0 && maildir_mark(*file, &mark, NULL);
    }
    return others;
}

/* Somebody wrote to the database after the plan was made: what the step really changes may be less
 * by now. The journal has to know before it is done, or undo would take back what others did. */
static bool step_refresh(CarryOut *out, Step *step, guint i, const char *now, GError **error)
{
    g_auto(GStrv) tags = store_tags_of(out->store, step->id);
    guint before = g_strv_length(step->add) + g_strv_length(step->remove), applied = 0;
    bool undo = out->journal->action == JOB_UNDO; /* the tags are the undone job's own */
    if (!tags || step->shared)
        return true;
    for (char **tag = step->add; *tag; tag++)
        applied += g_strv_contains((const char *const *)tags, *tag) ? 1 : 0;
    if (!undo && others_of(out, step, now) > 0 && !(out->again && applied)) {
        step_make_shared(step);
        return amend(out, i, error);
    }
    if (out->again) /* what is so already may be the step's own work */
        return true;
    step->add = without(step->add, tags, false);
    step->remove = without(step->remove, tags, true);
    if (g_strv_length(step->add) + g_strv_length(step->remove) == before)
        return true;
    return amend(out, i, error);
}

static bool step_tags(CarryOut *out, const Step *step, const char *id, GError **error)
{
    StoreChange change = {.add = (const char *const *)step->add,
                          .remove = (const char *const *)step->remove,
                          .property = step->set_word ? STORE_WORD : NULL,
                          .value = step->word};
    if (!*step->add && !*step->remove && !step->set_word)
        return true;
    bool good = store_change(out->store, id, &change, error);
    crash_point();
    return good;
}

/* A mail client gave the file another name (flags) after the plan was made: what the step changes
 * is done to that name. True when the file has still to be moved there. */
static bool step_follow(Step *step, const char *now)
{
    if (strcmp(now, step->file) == 0 || strcmp(now, step->to) == 0)
        return strcmp(now, step->to) != 0;
    char *wanted = maildir_carry_flags(step->file, step->to, now);
    g_free(step->to);
    step->to = wanted;
    return strcmp(now, wanted) != 0;
}

static bool act_message(CarryOut *out, Step *step, guint i, GError **error)
{
    bool moved = false, quick = !out->again && !out->changed && !step->to;
    if (quick) /* the database is as the plan saw it, and the file is not touched */
        return step_tags(out, step, step->id, error);
    g_autofree char *now = step_locate(out, step, &moved);
    if (!now) {
        skip(step, "it is gone or was changed meanwhile");
        return true;
    }
    const char *refused = maildir_refuse(out->dirs, now);
    if (refused) {
        skip(step, refused);
        return true;
    }
    if (!moved && (out->changed || out->again) && !step_refresh(out, step, i, now, error))
        return false;
    if (step->to && (!moved || maildir_same_folder(step->file, step->to))) {
        g_autofree char *planned = g_strdup(step->to);
        moved = !step_follow(step, now);
        if (strcmp(planned, step->to) != 0 && !amend(out, i, error))
            return false;
    }
    bool back =
        out->again || out->journal->action == JOB_UNDO; /* it was looked at when it was done */
    if (step->to && !moved && !back && !maildir_may_be(now, step->id)) {
        skip(step, MAILDIR_ANOTHER);
        return true;
    }
    if (step->to && !moved && !step_move(out, step, i, &now, error))
        return false;
    if (!step_index(out, step, now, error))
        return false;
    crash_point();
    return step_tags(out, step, step->id, error);
}

static bool act_add(CarryOut *out, Step *step, GError **error)
{
    g_autofree char *id = NULL;
    g_autofree char *now = maildir_find(out->dirs, step->file, NULL);
    const char *refused = maildir_refuse(out->dirs, now ? now : step->file);
    if (refused) {
        skip(step, refused);
        return true;
    }
    if (!now) {
        if (!maildir_make_for(out->dirs, step->file, error) ||
            !maildir_write(step->file, step->content, strlen(step->content), error))
            return false;
        now = g_strdup(step->file);
    }
    crash_point();
    return store_add_file(out->store, now, &id, error) && step_tags(out, step, id, error);
}

static bool act_unlink(CarryOut *out, Step *step, GError **error)
{
    g_autofree char *now = maildir_find(out->dirs, step->file, &step->mark);
    const char *why = !now ? "it is gone already" : maildir_refuse(out->dirs, now);
    if (!why)
        why = maildir_why_not(now, &step->mark, step->sha256);
    if (!why && out->changed && !out->again && step->job && !step->shared) {
        g_auto(GStrv) tags = store_tags_of(out->store, step->id);
        if (tags && !g_strv_contains((const char *const *)tags, out->config->tags.deleted))
            why = "it is not marked as deleted any more";
    }
    if (why && (now || !out->again)) {
        skip(step, why);
        return true;
    }
    crash_point();
    if (now && unlink(now) < 0 && errno != ENOENT) {
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s: %s", now,
                    g_strerror(errno));
        return false;
    }
    crash_point();
    if (now && strcmp(now, step->file) != 0 && !store_remove_file(out->store, now, error))
        return false;
    /* a mail client may have renamed it since it was indexed */
    g_auto(GStrv) files = *step->id ? store_files_of(out->store, step->id) : NULL;
    return names_drop(out, step, files, NULL, error) &&
           store_remove_file(out->store, step->file, error);
}

/* The file may have been edited since: what is so already stays. */
static bool act_entry(Step *step, GError **error)
{
    crash_point();
    bool back = !step->word; /* what is taken back has none */
    bool good = config_change_back(step->file, back ? step->content : NULL,
                                   (const char *const *)step->remove,
                                   (const char *const *)step->add, error);
    crash_point();
    return good;
}

static bool act_any(CarryOut *out, Step *step, guint i, GError **error)
{
    g_autoptr(GError) why = NULL;
    bool good = step->kind == STEP_ADD      ? act_add(out, step, &why)
                : step->kind == STEP_UNLINK ? act_unlink(out, step, &why)
                : step->kind == STEP_ENTRY  ? act_entry(step, &why)
                                            : act_message(out, step, i, &why);
    if (good)
        return true;
    if (is_small(why)) { /* this message only: say so and go on */
        g_free(step->skipped);
        step->skipped = g_strdup_printf("%s; left as it is", why->message);
        return true;
    }
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

bool carry_out_step(CarryOut *out, guint i, GError **error)
{
    return act_any(out, out->journal->steps->pdata[i], i, error);
}

bool carry_out_loose(CarryOut *out, Step *step, GError **error)
{
    return act_any(out, step, G_MAXUINT, error);
}
