/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that jobs touch nothing but what they were asked to: a purge removes the very file that
 * was deleted and no other, journals that were edited lead nowhere outside the mail root and are
 * never overwritten, damaged ones are named, an undo without a number is never the hook's tags, a
 * redo does it again and leaves what was changed since. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "job/job_list.h"
#include "job/journal.h"
#include "job/redo.h"
#include "job/undo.h"
#include "job_world.h"

static char *path_of(const char *name)
{
    return g_build_filename(inbox, name, NULL);
}

static bool is_there(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

static JobRequest *request_file(JobAction action, const char *id, const char *name)
{
    JobRequest *request = job_request_new(action);
    g_autofree char *file = path_of(name);
    g_ptr_array_add(request->items, job_item_new(id, file, VERDICT_BACKSCATTER, KIND_FAILURE));
    return request;
}

static void notmuch_new(void)
{
    g_assert_cmpint(system("notmuch new --quiet"), ==, 0);
}

static JobStatus *purge(void)
{
    JobRequest *request = job_request_new(JOB_PURGE);
    request->older_than = -1000;
    return run(request, NULL, NULL);
}

/* Two names with one part in front of ":" and one size; the one that was deleted goes away by
 * another hand. */
static void test_purge_twin(void)
{
    message("msg,1:2,S", "twin1@example.org", "aaaa");
    message("msg,2:2,S", "twin2@example.org", "bbbb");
    notmuch_new();
    g_autofree char *first = path_of("msg,1:2,S"), *second = path_of("msg,2:2,S");
    job_status_free(run(request_file(JOB_DELETE, "twin1@example.org", "msg,1:2,S"), NULL, NULL));
    g_assert_cmpint(unlink(first), ==, 0);
    g_autoptr(JobStatus) status = purge();
    g_assert_true(is_there(second));
    g_assert_cmpuint(status->done, ==, 0);
    g_assert_cmpuint(status->problems->len, ==, 1);
    g_assert_cmpint(unlink(second), ==, 0);
    notmuch_new();
}

/* The name that was deleted is another file's by now, of the same size. */
static void test_purge_replaced(void)
{
    message("20.M9P9.h:2,S", "old20@example.org", "aaaa");
    notmuch_new();
    job_status_free(
        run(request_file(JOB_DELETE, "old20@example.org", "20.M9P9.h:2,S"), NULL, NULL));
    g_autofree char *file = path_of("20.M9P9.h:2,S"), *aside = path_of("aside");
    g_assert_cmpint(rename(file, aside), ==, 0); /* its inode stays in use */
    message("20.M9P9.h:2,S", "old20@example.org", "bbbb");
    g_autoptr(JobStatus) status = purge();
    g_assert_true(is_there(file));
    g_assert_cmpuint(status->done, ==, 0);
    /* and the very file with other content */
    g_assert_cmpint(rename(aside, file), ==, 0);
    int fd = open(file, O_WRONLY);
    g_assert_cmpint(pwrite(fd, "X", 1, 5), ==, 1);
    close(fd);
    g_autoptr(JobStatus) again = purge();
    g_assert_true(is_there(file));
    g_assert_cmpuint(again->done, ==, 0);
    g_assert_nonnull(strstr(again->problems->pdata[0], "changed"));
    g_assert_cmpint(unlink(file), ==, 0);
    notmuch_new();
}

/* What was deleted, renamed by a mail client, is purged; nothing else goes. */
static void test_purge_right(void)
{
    message("30.M9P9.h:2,", "old30@example.org", "gone soon");
    notmuch_new();
    job_status_free(run(request_file(JOB_DELETE, "old30@example.org", "30.M9P9.h:2,"), NULL, NULL));
    g_autofree char *file = path_of("30.M9P9.h:2,"), *seen = path_of("30.M9P9.h:2,S");
    g_assert_cmpint(rename(file, seen), ==, 0);
    guint before = count_of("*");
    g_autoptr(JobStatus) status = purge();
    g_assert_cmpuint(status->done, ==, 1);
    g_assert_false(is_there(seen));
    g_assert_cmpuint(count_of("*"), ==, before - 1);
}

/* --- journals that were edited ---------------------------------------------------------------- */

static char *journal_file(const char *name)
{
    return g_build_filename(config->state_dir, "jobs", name, NULL);
}

/* Writes an open job by hand, one step of @kind on @file with @content. */
static guint forge_journal(StepKind kind, const char *file, const char *to, const char *content)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Journal) journal = journal_new(JOB_COMPLAIN, "forged");
    Step *step = step_new(kind, "m1@example.org", file);
    step->to = g_strdup(to);
    step->content = g_strdup(content);
    maildir_mark(file, &step->mark, NULL);
    g_ptr_array_add(journal->steps, step);
    g_assert_true(journal_begin(journal, config->state_dir, &error));
    return journal->number;
}

static JobStatus *run_any(void)
{
    g_autoptr(GError) error = NULL;
    JobRequest *request = request_for(JOB_DELETE, 100, 1);
    JobStatus *status = job_run(config, request, NULL, NULL, NULL, &error);
    job_request_free(request);
    return status;
}

static void test_outside(void)
{
    g_autofree char *outside = g_build_filename(folder, "precious", NULL);
    g_autofree char *inside = path_of("10.M1P1.h:2,");
    g_autofree char *beside = g_build_filename(folder, "written", NULL);
    put("precious", "mine");
    static const struct {
        StepKind kind;
        bool content, move;
    } forged[] = {{STEP_UNLINK, false, false},
                  {STEP_ADD, true, false},
                  {STEP_MESSAGE, false, true},
                  {STEP_MESSAGE, false, false}};
    for (gsize i = 0; i < G_N_ELEMENTS(forged); i++) {
        forge_journal(forged[i].kind, forged[i].kind == STEP_ADD ? beside : outside,
                      forged[i].move ? inside : NULL, forged[i].content ? "draft" : NULL);
        job_status_free(run_any());
        g_assert_true(is_there(outside));
        g_assert_false(is_there(beside));
        g_assert_true(is_there(inside));
    }
    /* out of the root */
    forge_journal(STEP_MESSAGE, inside, beside, NULL);
    job_status_free(run_any());
    g_assert_true(is_there(inside));
    g_assert_false(is_there(beside));
    /* rolled back by hand: a draft outside the root, and one that is not what was written */
    for (int i = 0; i < 2; i++) {
        const char *file = i ? inside : outside;
        guint number = forge_journal(STEP_ADD, file, NULL, i ? "other" : "mine");
        g_autoptr(Journal) journal = journal_read(config->state_dir, number, true, NULL);
        g_assert_true(journal_reopen(journal, NULL));
        g_assert_true(journal_note_rollback(journal, "by hand", NULL));
        job_status_free(run_any());
        g_assert_true(is_there(file));
    }
}

static void test_numbers(void)
{
    static const char *const names[] = {
        "2147483646", "4294967297", "0000007", "99999999999999999999", "000000", "12a", "1"};
    g_autoptr(GArray) before = journal_numbers(config->state_dir);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = journal_file(names[i]);
        g_assert_true(g_file_set_contents(path, "not a journal\n", -1, NULL));
    }
    g_autoptr(GArray) after = journal_numbers(config->state_dir);
    g_assert_cmpuint(after->len, ==, before->len);
    /* a place that is taken is never written over */
    guint next = g_array_index(after, guint, after->len - 1) + 1;
    g_autofree char *name = g_strdup_printf("%06u", next);
    g_autofree char *link = journal_file(name);
    g_autofree char *target = g_build_filename(folder, "elsewhere", NULL);
    g_assert_cmpint(symlink(target, link), ==, 0);
    job_status_free(run_any());
    g_assert_false(is_there(target));
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_cmpint(unlink(link), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = journal_file(names[i]), *text = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_assert_cmpstr(text, ==, "not a journal\n");
        unlink(path);
    }
}

static void test_damaged(void)
{
    g_autoptr(GArray) numbers = journal_numbers(config->state_dir);
    guint next = g_array_index(numbers, guint, numbers->len - 1) + 1;
    g_autofree char *name = g_strdup_printf("%06u", next);
    g_autofree char *path = journal_file(name);
    g_assert_true(g_file_set_contents(path, "rubbish\n", -1, NULL));
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) list = job_list(config, problems);
    g_assert_cmpuint(problems->len, ==, 1);
    g_assert_cmpuint(list->len, ==, numbers->len);
    g_assert_nonnull(strstr(problems->pdata[0], "damaged"));
    /* it may be the one that "the last" means */
    g_autoptr(GError) error = NULL;
    g_assert_cmpuint(undo_last(config->state_dir, &error), ==, 0);
    g_assert_nonnull(strstr(error->message, "damaged"));
    g_autoptr(JobStatus) status = run_any();
    g_assert_nonnull(strstr(status->recovered, "damaged"));
    g_assert_cmpint(unlink(path), ==, 0);
}

/* --- undo and redo ---------------------------------------------------------------------------- */

static void test_hook(void)
{
    g_autoptr(JobStatus) deleted = run(request_for(JOB_DELETE, 40, 3), NULL, NULL);
    g_autoptr(JobStatus) tagged = run(request_for(JOB_TAG, 50, 3), NULL, NULL);
    g_assert_cmpuint(tagged->done, ==, 3);
    g_assert_cmpuint(tagged->undoable, ==, deleted->job);
    g_autoptr(JobStatus) back = run(job_request_new(JOB_UNDO), NULL, NULL);
    g_assert_cmpuint(back->done, ==, 3);
    g_assert_cmpuint(count_of("tag:deleted and (id:m40@example.org or id:m41@example.org)"), ==, 0);
    g_assert_cmpuint(count_of("tag:backscatter and id:m50@example.org"), ==, 1);
    JobRequest *by_number = job_request_new(JOB_UNDO);
    by_number->undo = tagged->job;
    g_autoptr(JobStatus) tags_back = run(by_number, NULL, NULL);
    g_assert_cmpuint(tags_back->done, ==, 3);
}

static void test_redo(void)
{
    g_autoptr(JobStatus) first = run(request_for(JOB_QUARANTINE, 60, 3), NULL, NULL);
    g_autoptr(JobStatus) second = run(request_for(JOB_DELETE, 70, 2), NULL, NULL);
    g_assert_cmpuint(second->redoable, ==, 0);
    undo();
    g_autoptr(JobStatus) back = run(job_request_new(JOB_UNDO), NULL, NULL);
    g_assert_cmpuint(back->redoable, ==, first->job);
    /* one of the three is another message by now, one is gone */
    g_autofree char *changed = path_of("160.M1P1.h:2,"), *gone = path_of("161.M1P1.h:2,");
    g_assert_true(g_file_set_contents(changed, "Subject: other\n\nother mail, longer", -1, NULL));
    g_assert_cmpint(unlink(gone), ==, 0);
    g_autoptr(JobStatus) again = run(job_request_new(JOB_REDO), NULL, NULL);
    g_assert_cmpint(again->action, ==, JOB_QUARANTINE);
    g_assert_cmpuint(again->done, ==, 1);
    g_assert_cmpuint(again->problems->len, ==, 2);
    g_assert_cmpuint(count_of("tag:quarantined"), ==, 1);
    g_assert_cmpuint(again->redoable, ==, second->job);
    g_autoptr(JobStatus) next = run(job_request_new(JOB_REDO), NULL, NULL);
    g_assert_cmpuint(next->done, ==, 2);
    g_assert_cmpuint(next->redoable, ==, 0);
    undo();
    /* a new action ends it */
    g_autoptr(JobStatus) other = run(request_for(JOB_DELETE, 80, 1), NULL, NULL);
    g_assert_cmpuint(other->redoable, ==, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(JobRequest) redo = job_request_new(JOB_REDO);
    g_assert_null(job_run(config, redo, NULL, NULL, NULL, &error));
    g_assert_nonnull(strstr(error->message, "done again"));
}

static bool stop_at_once(const JobStatus *status, gpointer data)
{
    (void)data;
    return status->planned == 0 || status->done + status->skipped == 0;
}

static void test_stopped_state(void)
{
    g_autoptr(JobStatus) status = run(request_for(JOB_DELETE, 200, 300), stop_at_once, NULL);
    if (status->done < status->planned)
        g_assert_cmpint(status->state, ==, JOB_STOPPED);
    undo();
}

int main(int argc, char **argv)
{
    int status;
    if (!world_begin(&argc, &argv, &status))
        return status;
    g_test_add_func("/harm/purge-twin", test_purge_twin);
    g_test_add_func("/harm/purge-replaced", test_purge_replaced);
    g_test_add_func("/harm/purge-right", test_purge_right);
    g_test_add_func("/harm/outside", test_outside);
    g_test_add_func("/harm/numbers", test_numbers);
    g_test_add_func("/harm/damaged", test_damaged);
    g_test_add_func("/harm/hook", test_hook);
    g_test_add_func("/harm/redo", test_redo);
    g_test_add_func("/harm/stopped", test_stopped_state);
    return world_end();
}
