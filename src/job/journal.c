/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the journal. */
#include "job/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/autoptr.h"
#include "base/crash_point.h"
#include "job/journal_private.h"
#include "maildir/durable.h"

bool journal_fail(GError **error, const char *path)
{
    int why = errno;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why), "the journal cannot be kept: %s: %s",
                path, g_strerror(why));
    return false;
}

static char *jobs_folder(const char *state_dir)
{
    return g_build_filename(state_dir, "jobs", NULL);
}

bool journal_make_folders(const char *state_dir, GError **error)
{
    g_autofree char *jobs = jobs_folder(state_dir);
    if (!durable_make_folder(jobs))
        return journal_fail(error, jobs);
    chmod(state_dir, 0700);
    return true;
}

char *journal_path(const char *state_dir, guint number)
{
    g_autofree char *name = g_strdup_printf("%06u", number);
    return g_build_filename(state_dir, "jobs", name, NULL);
}

bool journal_step_done(const Journal *journal, guint i)
{
    const Step *step = journal->steps->pdata[i];
    return i < journal->stopped && !step->skipped;
}

Journal *journal_new(JobAction action, const char *query)
{
    Journal *journal = g_new0(Journal, 1);
    journal->fd = -1;
    journal->action = action;
    journal->query = g_strdup(query);
    journal->who = g_strdup(g_get_user_name());
    journal->time = g_get_real_time() / G_USEC_PER_SEC;
    journal->memory = g_ptr_array_new_with_free_func(g_free);
    journal->steps = g_ptr_array_new_with_free_func((GDestroyNotify)step_free);
    journal->stopped = G_MAXUINT;
    return journal;
}

void journal_free(Journal *journal)
{
    if (!journal)
        return;
    if (journal->fd >= 0)
        close(journal->fd);
    g_free(journal->path);
    g_free(journal->who);
    g_free(journal->query);
    g_free(journal->message);
    g_ptr_array_unref(journal->memory);
    g_ptr_array_unref(journal->steps);
    g_free(journal);
}

/* Writes one object and a line end; takes @json over. */
static bool line_write(int fd, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    bool good = text && durable_write(fd, text, strlen(text)) && durable_write(fd, "\n", 1);
    free(text);
    return good;
}

/* Appends @json (taken over) and syncs. */
static bool journal_append(Journal *journal, json_t *json, GError **error)
{
    crash_point();
    bool good = line_write(journal->fd, json) && fsync(journal->fd) == 0;
    crash_point();
    return good || journal_fail(error, journal->path);
}

static bool plan_write(const Journal *journal, int fd)
{
    if (!line_write(fd, journal_head_to_json(journal)))
        return false;
    /* many small lines: one write for some hundred of them */
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < journal->steps->len; i++) {
        g_autoptr(json_t) json = step_to_json(journal->steps->pdata[i]);
        char *text = json_dumps(json, JSON_COMPACT);
        if (!text)
            return false;
        g_string_append(lines, text);
        g_string_append_c(lines, '\n');
        free(text);
        if (lines->len > 64 << 10 || i + 1 == journal->steps->len) {
            if (!durable_write(fd, lines->str, lines->len))
                return false;
            g_string_truncate(lines, 0);
        }
    }
    return true;
}

bool journal_begin(Journal *journal, const char *state_dir, GError **error)
{
    if (!journal_make_folders(state_dir, error))
        return false;
    GArray *numbers = journal_numbers(state_dir);
    journal->number = numbers->len ? g_array_index(numbers, guint, numbers->len - 1) + 1 : 1;
    g_array_unref(numbers);
    if (journal->number > JOURNAL_NUMBER_MOST) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "the journal cannot be kept: its numbers are used up; move %s/jobs away",
                    state_dir);
        return false;
    }
    journal->planned = journal->steps->len;
    journal->path = journal_path(state_dir, journal->number);
    g_autofree char *draft = g_strconcat(journal->path, ".new", NULL);
    g_autofree char *folder = jobs_folder(state_dir);
    unlink(draft);
    journal->fd = open(draft, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (journal->fd < 0)
        return journal_fail(error, draft);
    bool good = plan_write(journal, journal->fd) && fsync(journal->fd) == 0;
    crash_point();
    if (!good || !durable_rename_new(draft, journal->path) || !durable_sync_folder(folder)) {
        journal_fail(error, draft);
        unlink(draft);
        return false;
    }
    crash_point();
    return true;
}

bool journal_amend(Journal *journal, guint i, GError **error)
{
    const Step *step = journal->steps->pdata[i];
    return journal_append(
        journal, json_pack("{s:i, s:o}", "amend", (int)i, "step", step_to_json(step)), error);
}

bool journal_note_stop(Journal *journal, guint step, GError **error)
{
    journal->stopped = step;
    return journal_append(journal, json_pack("{s:i}", "stop", (int)step), error);
}

bool journal_note_rollback(Journal *journal, const char *why, GError **error)
{
    journal->rollback = true;
    return journal_append(journal, json_pack("{s:o}", "rollback", frame_bytes(why)), error);
}

/* One line a job that a person can read: who, when, what, how many, of which verdicts. */
static void audit_write(const Journal *journal, const char *state_dir)
{
    g_autofree char *path = g_build_filename(state_dir, "log", NULL);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *when = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    json_t *line =
        json_pack("{s:s, s:o, s:i, s:s, s:o, s:i, s:i, s:i, s:o}", "time", when, "who",
                  frame_bytes(journal->who), "job", (int)journal->number, "action",
                  job_action_name(journal->action), "query", frame_bytes(journal->query), "planned",
                  (int)journal->planned, "done", (int)journal->done, "skipped",
                  (int)journal->skipped, "verdicts", job_verdicts_to_json(journal->verdicts));
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        json_decref(line);
    else {
        line_write(fd, line);
        close(fd);
    }
}

bool journal_end(Journal *journal, const char *state_dir, GError **error)
{
    json_t *skipped = json_array();
    guint begun = 0;
    journal->done = 0;
    journal->skipped = journal->skipped_in_plan;
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        begun += i < journal->stopped;
        if (step->skipped) {
            json_array_append_new(skipped, json_pack("[io]", (int)i, frame_bytes(step->skipped)));
            journal->skipped++;
        } else if (i < journal->stopped && !journal->rollback)
            journal->done++;
    }
    json_t *line =
        json_pack("{s:s, s:i, s:i, s:i, s:o}", "end", journal->rollback ? "rolled back" : "done",
                  "done", (int)journal->done, "skipped", (int)journal->skipped, "begun", (int)begun,
                  "steps_skipped", skipped);
    if (!journal_append(journal, line, error))
        return false;
    journal->ended = true;
    audit_write(journal, state_dir);
    return true;
}

bool journal_mark(const char *state_dir, guint number, const char *what, guint by, GError **error)
{
    g_autoptr(Journal) journal = journal_read(state_dir, number, false, error);
    if (!journal)
        return false;
    if ((strcmp(what, "undone") == 0 && journal->undone_by) ||
        (strcmp(what, "purged") == 0 && journal->purged_by))
        return true;
    return journal_reopen(journal, error) &&
           journal_append(journal, json_pack("{s:i}", what, (int)by), error);
}

bool journal_reopen(Journal *journal, GError **error)
{
    char last = '\n';
    journal->fd = open(journal->path, O_RDWR | O_APPEND | O_CLOEXEC);
    if (journal->fd < 0)
        return journal_fail(error, journal->path);
    off_t end = lseek(journal->fd, 0, SEEK_END);
    /* a torn line ends here, so that the next one can be read */
    if (end > 0 && pread(journal->fd, &last, 1, end - 1) == 1 && last != '\n' &&
        !durable_write(journal->fd, "\n", 1))
        return journal_fail(error, journal->path);
    return true;
}
