/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal's lines, and reading them back. */
#include <dirent.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/autoptr.h"
#include "job/journal_private.h"

enum { HEAD_MOST = 1 << 20, TAIL_MOST = 16 << 10 };

json_t *journal_head_to_json(const Journal *journal)
{
    return json_pack("{s:i, s:i, s:s, s:I, s:o, s:o, s:i, s:i, s:o, s:i, s:i, s:o}", "notme_job", 1,
                     "job", (int)journal->number, "action", job_action_name(journal->action),
                     "time", (json_int_t)journal->time, "who", frame_bytes(journal->who), "query",
                     frame_bytes(journal->query), "planned", (int)journal->planned, "skipped",
                     (int)journal->skipped_in_plan, "verdicts",
                     job_verdicts_to_json(journal->verdicts), "undoes", (int)journal->undoes,
                     "redoes", (int)journal->redoes, "memory",
                     job_strings_to_json(journal->memory));
}

static bool head_from_json(Journal *journal, const json_t *json)
{
    int action = job_action_from_name(json_string_value(json_object_get(json, "action")));
    if (action < 0 || step_member_number(json, "notme_job") != 1)
        return false;
    journal->number = step_member_number(json, "job");
    journal->action = (JobAction)action;
    journal->time = json_integer_value(json_object_get(json, "time"));
    g_free(journal->who);
    journal->who = step_member_text(json, "who");
    journal->query = step_member_text(json, "query");
    journal->planned = step_member_number(json, "planned");
    journal->skipped_in_plan = step_member_number(json, "skipped");
    job_verdicts_from_json(json_object_get(json, "verdicts"), journal->verdicts);
    journal->undoes = step_member_number(json, "undoes");
    journal->redoes = step_member_number(json, "redoes");
    g_ptr_array_unref(journal->memory);
    journal->memory = job_strings_from_json(json_object_get(json, "memory"));
    return true;
}

static void end_from_json(Journal *journal, const json_t *json)
{
    const char *how = json_string_value(json_object_get(json, "end"));
    size_t i;
    json_t *it;
    journal->ended = true;
    journal->rollback = g_strcmp0(how, "rolled back") == 0;
    journal->done = step_member_number(json, "done");
    journal->skipped = step_member_number(json, "skipped");
    guint begun = step_member_number(json, "begun");
    if (begun < journal->planned)
        journal->stopped = begun;
    json_array_foreach(json_object_get(json, "steps_skipped"), i, it)
    {
        guint step = (guint)json_integer_value(json_array_get(it, 0));
        if (step < journal->steps->len) {
            Step *skipped = journal->steps->pdata[step];
            g_free(skipped->skipped);
            skipped->skipped = frame_bytes_text(json_array_get(it, 1));
        }
    }
}

/* One line behind the plan. */
static void event_from_json(Journal *journal, const json_t *json)
{
    json_t *amended = json_object_get(json, "amend");
    if (amended) {
        guint i = (guint)json_integer_value(amended);
        Step *step = step_from_json(json_object_get(json, "step"));
        if (step && i < journal->steps->len) {
            step_free(journal->steps->pdata[i]);
            journal->steps->pdata[i] = step;
        } else
            step_free(step);
    } else if (json_object_get(json, "end"))
        end_from_json(journal, json);
    else if (json_object_get(json, "stop"))
        journal->stopped = step_member_number(json, "stop");
    else if (json_object_get(json, "rollback"))
        journal->rollback = true;
    else if (json_object_get(json, "partly"))
        journal->partly_by = step_member_number(json, "partly");
    else if (json_object_get(json, "undone"))
        journal->undone_by = step_member_number(json, "undone");
    else if (json_object_get(json, "purged"))
        journal->purged_by = step_member_number(json, "purged");
}

/* The next line of @text as JSON; NULL for one that is torn or no object, and for steps where they
 * are not wanted: most of a journal is steps. */
static json_t *line_next(Span *rest, bool steps)
{
    static const char step_begins[] = "{\"kind\":";
    const char *end = memchr(rest->p, '\n', rest->n);
    gsize n = end ? (gsize)(end - rest->p) : rest->n;
    bool passed = !steps && n >= sizeof step_begins &&
                  memcmp(rest->p, step_begins, sizeof step_begins - 1) == 0;
    json_t *json = end && !passed ? json_loadb(rest->p, n, 0, NULL) : NULL;
    *rest = span_sub(*rest, n + (end != NULL), rest->n);
    if (json && !json_is_object(json))
        g_clear_pointer(&json, json_decref);
    return json;
}

static bool journal_parse(Journal *journal, Span text, bool steps)
{
    bool head = false;
    while (text.n > 0) {
        g_autoptr(json_t) json = line_next(&text, steps);
        bool is_step = json && json_object_get(json, "kind") && json_object_get(json, "mark");
        if (json && !head)
            head = head_from_json(journal, json);
        else if (json && is_step && steps && journal->steps->len < journal->planned) {
            Step *step = step_from_json(json);
            if (step)
                g_ptr_array_add(journal->steps, step);
        } else if (json && !is_step)
            event_from_json(journal, json);
        if (!head)
            return false;
    }
    return head && (!steps || journal->steps->len == journal->planned);
}

/* Head line and tail of a journal: enough for the list of jobs. */
static char *ends_read(int fd, gsize *length)
{
    off_t size = lseek(fd, 0, SEEK_END);
    if (size <= 0)
        return NULL;
    if (size <= TAIL_MOST * 2) {
        char *all = g_malloc((gsize)size);
        ssize_t n = pread(fd, all, (gsize)size, 0);
        *length = n > 0 ? (gsize)n : 0;
        return all;
    }
    g_autofree char *head = g_malloc(HEAD_MOST);
    ssize_t n = pread(fd, head, HEAD_MOST, 0);
    const char *end = n > 0 ? memchr(head, '\n', (gsize)n) : NULL;
    if (!end)
        return NULL;
    gsize keep = (gsize)(end - head) + 1;
    char *text = g_malloc(keep + TAIL_MOST);
    memcpy(text, head, keep);
    /* the tail begins within a line: the first piece is thrown away as torn */
    ssize_t m = pread(fd, text + keep, TAIL_MOST, size - TAIL_MOST);
    char *first = m > 0 ? memchr(text + keep, '\n', (gsize)m) : NULL;
    if (!first) {
        *length = keep;
        return text;
    }
    gsize rest = (gsize)(text + keep + m - (first + 1));
    memmove(text + keep, first + 1, rest);
    *length = keep + rest;
    return text;
}

Journal *journal_read(const char *state_dir, guint number, bool whole, GError **error)
{
    g_autofree char *path = journal_path(state_dir, number), *text = NULL;
    gsize length = 0;
    if (whole)
        g_file_get_contents(path, &text, &length, NULL);
    else {
        int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        text = fd >= 0 ? ends_read(fd, &length) : NULL;
        if (fd >= 0)
            close(fd);
    }
    if (!text) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "there is no job %u; \"notme log\" lists them", number);
        return NULL;
    }
    g_autoptr(Journal) journal = journal_new(JOB_DELETE, NULL);
    if (!whole && journal_parse(journal, (Span){text, length}, false) && !journal->ended) {
        /* open, which is rare; or its last line is longer than the tail that was read */
        g_clear_pointer(&journal, journal_free);
        journal = journal_new(JOB_DELETE, NULL);
        g_clear_pointer(&text, g_free);
        if (!g_file_get_contents(path, &text, &length, error))
            return NULL;
    } else if (!whole) {
        g_clear_pointer(&journal, journal_free);
        journal = journal_new(JOB_DELETE, NULL);
    }
    if (!journal_parse(journal, (Span){text, length}, whole) || journal->number != number) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "the journal of job %u is damaged: %s", number, path);
        return NULL;
    }
    journal->path = g_steal_pointer(&path);
    return g_steal_pointer(&journal);
}

static gint number_compare(gconstpointer a, gconstpointer b)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    return x < y ? -1 : x > y;
}

GArray *journal_numbers(const char *state_dir)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree char *folder = g_build_filename(state_dir, "jobs", NULL);
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        guint64 value = g_ascii_strtoull(entry->d_name, NULL, 10);
        guint number = (guint)value;
        char name[16];
        if (value == 0 || value > JOURNAL_NUMBER_MOST)
            continue;
        g_snprintf(name, sizeof name, "%06u", number); /* as journal_path writes it */
        if (strcmp(name, entry->d_name) == 0)
            g_array_append_val(numbers, number);
    }
    if (dir)
        closedir(dir);
    g_array_sort(numbers, number_compare);
    return numbers;
}

JobStatus *journal_status(const Journal *journal)
{
    JobStatus *status = job_status_new();
    status->job = journal->number;
    status->action = journal->action;
    status->time = journal->time;
    status->query = g_strdup(journal->query);
    status->planned = journal->planned;
    status->done = journal->done;
    status->skipped = journal->skipped;
    status->partly_by = journal->undone_by ? 0 : journal->partly_by;
    memcpy(status->verdicts, journal->verdicts, sizeof status->verdicts);
    status->state = !journal->ended                           ? JOB_OPEN
                    : journal->purged_by                      ? JOB_PURGED
                    : journal->undone_by || journal->rollback ? JOB_UNDONE
                    : journal->partly_by                      ? JOB_PARTLY
                    : journal->stopped < journal->planned     ? JOB_STOPPED
                                                              : JOB_DONE;
    return status;
}
