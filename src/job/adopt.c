/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See adopt.h. */
#include "job/adopt.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "job/job_lock.h"
#include "job/journal_private.h"
#include "maildir/durable.h"

/* What is remembered beside the journal; that it may speak of another mailbox, too, does no harm.
 * "campaigns" is counted again by itself. */
static const char *const remembered[] = {"complaints", "contacts", "decided", "tag-revision"};

typedef struct Adopt {
    const char *common, *draft; /* the folder in the making */
    const char *const *roots;
    GHashTable *numbers; /* of the jobs that were taken */
} Adopt;

static bool fail(GError **error, const char *path)
{
    int why = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why),
                "what notme remembers of this mailbox cannot be moved to %s: %s", path,
                g_strerror(why));
    return false;
}

static bool copy_text(const char *text, gsize length, const char *to, GError **error)
{
    const GFileSetContentsFlags flags =
        G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
    return g_file_set_contents_full(to, text, (gssize)length, flags, 0600, error);
}

/* One that is not there is no error. */
static bool copy_file(const Adopt *adopt, const char *name, GError **error)
{
    g_autofree char *from = g_build_filename(adopt->common, name, NULL);
    g_autofree char *to = g_build_filename(adopt->draft, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    g_autoptr(GError) cause = NULL;
    if (g_file_get_contents(from, &text, &length, &cause))
        return copy_text(text, length, to, error);
    if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return true;
    g_propagate_error(error, g_steal_pointer(&cause));
    return false;
}

static bool is_below(const char *file, const char *const *roots)
{
    for (; *roots; roots++) {
        gsize n = strlen(*roots);
        if (strncmp(file, *roots, n) == 0 && file[n] == '/')
            return true;
    }
    return false;
}

/* A job is about one mailbox; an answer is written to the configuration. */
static bool is_own(const Adopt *adopt, const Journal *journal)
{
    const Step *first = journal->steps->len ? journal->steps->pdata[0] : NULL;
    return !first || first->kind == STEP_ENTRY || is_below(first->file, adopt->roots);
}

static bool jobs_copy(Adopt *adopt, GError **error)
{
    g_autoptr(GArray) numbers = journal_numbers(adopt->common);
    for (guint i = 0; i < numbers->len; i++) {
        guint number = g_array_index(numbers, guint, i);
        g_autoptr(Journal) journal = journal_read(adopt->common, number, true, NULL);
        if (journal && !is_own(adopt, journal))
            continue; /* a damaged one is told of by whoever meets it */
        g_autofree char *name = g_strdup_printf("jobs/%06u", number);
        if (!copy_file(adopt, name, error))
            return false;
        g_hash_table_add(adopt->numbers, GUINT_TO_POINTER(number));
    }
    return true;
}

/* The audit lines of the jobs that were taken. */
static bool log_copy(const Adopt *adopt, GError **error)
{
    g_autofree char *from = g_build_filename(adopt->common, "log", NULL);
    g_autofree char *to = g_build_filename(adopt->draft, "log", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GString) kept = g_string_new(NULL);
    if (!g_file_get_contents(from, &text, NULL, NULL))
        return true;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        const char *job = strstr(*line, "\"job\":");
        guint64 number = job ? g_ascii_strtoull(job + strlen("\"job\":"), NULL, 10) : 0;
        if (number && g_hash_table_contains(adopt->numbers, GUINT_TO_POINTER(number)))
            g_string_append_printf(kept, "%s\n", *line);
    }
    return copy_text(kept->str, kept->len, to, error);
}

/* What is left of a draft whose making was cut short. */
static void draft_remove(const char *draft)
{
    g_autofree char *jobs = g_build_filename(draft, "jobs", NULL);
    const char *const folders[] = {jobs, draft};
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autoptr(GDir) dir = g_dir_open(folders[i], 0, NULL);
        const char *name;
        while (dir && (name = g_dir_read_name(dir))) {
            g_autofree char *path = g_build_filename(folders[i], name, NULL);
            unlink(path);
        }
        rmdir(folders[i]);
    }
}

static bool draft_make(Adopt *adopt, GError **error)
{
    draft_remove(adopt->draft);
    if (!journal_make_folders(adopt->draft, error) || !jobs_copy(adopt, error) ||
        !log_copy(adopt, error))
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(remembered); i++)
        if (!copy_file(adopt, remembered[i], error))
            return false;
    g_autofree char *jobs = g_build_filename(adopt->draft, "jobs", NULL);
    return durable_sync_folder(jobs) && durable_sync_folder(adopt->draft)
               ? true
               : fail(error, adopt->draft);
}

bool adopt_state(const char *common, const char *state_dir, const char *const *roots,
                 GError **error)
{
    g_autofree char *jobs = g_build_filename(common, "jobs", NULL);
    g_autofree char *draft = g_strconcat(state_dir, ".new", NULL);
    if (g_file_test(state_dir, G_FILE_TEST_EXISTS) || !g_file_test(jobs, G_FILE_TEST_IS_DIR))
        return true;
    int lock = job_lock(common, NULL, NULL, error);
    if (lock < 0)
        return false;
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    Adopt adopt = {.common = common, .draft = draft, .roots = roots, .numbers = numbers};
    bool good =
        g_file_test(state_dir, G_FILE_TEST_EXISTS) || /* another was quicker */
        (draft_make(&adopt, error) && (rename(draft, state_dir) == 0 || fail(error, state_dir)) &&
         (durable_sync_folder(common) || fail(error, common)));
    close(lock);
    return good;
}
