/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the journal gives back what was written, survives torn lines, and counts jobs; and
 * that maildir names are read and made as other programs expect. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "job/job_memory.h"
#include "job/journal.h"

static char *folder;

static char **list_of(const char *words)
{
    return g_strsplit(words, " ", -1);
}

static Journal *example(guint steps)
{
    Journal *journal = journal_new(JOB_QUARANTINE, "from:\xe4 and tag:x");
    for (guint i = 0; i < steps; i++) {
        g_autofree char *id = g_strdup_printf("id%u@example.org", i);
        Step *step = step_new(STEP_MESSAGE, id, "/mail/cur/caf\xe9:2,");
        step->to = g_strdup("/mail/Quarantine/cur/caf\xe9:2,S");
        step->mark = (FileMark){1, G_MAXUINT32, 77};
        g_strfreev(step->remove);
        step->remove = list_of("inbox unread");
        step->verdict = VERDICT_FAKE;
        journal->verdicts[VERDICT_FAKE]++;
        g_ptr_array_add(journal->steps, step);
    }
    return journal;
}

static void test_round(void)
{
    g_autofree char *state = g_build_filename(folder, "round", NULL);
    g_autoptr(Journal) journal = example(3);
    g_assert_true(journal_begin(journal, state, NULL));
    g_assert_cmpuint(journal->number, ==, 1);
    struct stat it;
    g_assert_cmpint(stat(journal->path, &it), ==, 0);
    g_assert_cmpuint(it.st_mode & 0777, ==, 0600);
    g_assert_cmpint(stat(state, &it), ==, 0);
    g_assert_cmpuint(it.st_mode & 0777, ==, 0700);

    g_autoptr(Journal) open_one = journal_read(state, 1, true, NULL);
    g_assert_false(open_one->ended);
    g_assert_cmpstr(open_one->query, ==, "from:\xe4 and tag:x");
    g_assert_cmpuint(open_one->steps->len, ==, 3);
    const Step *step = open_one->steps->pdata[1];
    g_assert_cmpstr(step->id, ==, "id1@example.org");
    g_assert_cmpstr(step->file, ==, "/mail/cur/caf\xe9:2,");
    g_assert_cmpstr(step->remove[1], ==, "unread");
    g_assert_cmpuint(step->mark.inode, ==, G_MAXUINT32);
    g_assert_cmpint(step->verdict, ==, VERDICT_FAKE);

    Step *skipped = journal->steps->pdata[2];
    skipped->skipped = g_strdup("it is gone");
    g_assert_true(journal_end(journal, state, NULL));
    g_assert_cmpuint(journal->done, ==, 2);
    g_autoptr(Journal) done = journal_read(state, 1, true, NULL);
    g_assert_true(done->ended);
    g_assert_true(journal_step_done(done, 0));
    g_assert_false(journal_step_done(done, 2));
    g_autoptr(JobStatus) status = journal_status(done);
    g_assert_cmpint(status->state, ==, JOB_DONE);
    g_assert_cmpuint(status->done, ==, 2);

    g_assert_true(journal_mark(state, 1, "undone", 2, NULL));
    g_autoptr(Journal) ends = journal_read(state, 1, false, NULL);
    g_assert_cmpuint(ends->undone_by, ==, 2);
    g_assert_cmpuint(ends->verdicts[VERDICT_FAKE], ==, 3);
}

/* Cut off anywhere behind the plan, the job reads as open, or as ended once the end is whole. */
static void test_torn(void)
{
    g_autofree char *state = g_build_filename(folder, "torn", NULL);
    g_autoptr(Journal) journal = example(2);
    g_assert_true(journal_begin(journal, state, NULL));
    gsize plan = (gsize)lseek(journal->fd, 0, SEEK_END), all;
    g_assert_true(journal_end(journal, state, NULL));
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(journal->path, &text, &all, NULL));
    for (gsize cut = plan; cut <= all; cut++) {
        g_assert_true(g_file_set_contents(journal->path, text, (gssize)cut, NULL));
        g_autoptr(Journal) read = journal_read(state, 1, true, NULL);
        g_assert_nonnull(read);
        g_assert_cmpint(read->ended, ==, cut == all);
        if (cut < all) {
            g_assert_true(journal_reopen(read, NULL));
            g_assert_true(journal_end(read, state, NULL));
            g_autoptr(Journal) again = journal_read(state, 1, true, NULL);
            g_assert_true(again->ended);
        }
    }
    for (gsize cut = 0; cut < plan; cut += 7) {
        g_assert_true(g_file_set_contents(journal->path, text, (gssize)cut, NULL));
        g_autoptr(Journal) read = journal_read(state, 1, true, NULL);
        g_assert_null(read);
    }
}

/* The end of a job of which thousands were left out is longer than the tail that lists read. */
static void test_long_end(void)
{
    g_autofree char *state = g_build_filename(folder, "long", NULL);
    g_autoptr(Journal) journal = example(9000);
    g_assert_true(journal_begin(journal, state, NULL));
    for (guint i = 0; i < journal->steps->len; i++)
        ((Step *)journal->steps->pdata[i])->skipped =
            g_strdup("/mail/a/rather/long/path/to/a/file: it is gone; left as it is");
    g_assert_true(journal_end(journal, state, NULL));
    g_autoptr(Journal) ends = journal_read(state, 1, false, NULL);
    g_assert_true(ends->ended);
    g_assert_cmpuint(ends->skipped, ==, 9000);
}

static void test_numbers(void)
{
    g_autofree char *state = g_build_filename(folder, "numbers", NULL);
    for (guint i = 1; i <= 3; i++) {
        g_autoptr(Journal) journal = example(1);
        g_assert_true(journal_begin(journal, state, NULL));
        g_assert_cmpuint(journal->number, ==, i);
        g_assert_true(journal_end(journal, state, NULL));
    }
    g_autoptr(GArray) numbers = journal_numbers(state);
    g_assert_cmpuint(numbers->len, ==, 3);
    g_autoptr(GError) error = NULL;
    g_assert_null(journal_read(state, 9, true, &error));
    g_assert_nonnull(strstr(error->message, "no job 9"));
}

static void test_memory(void)
{
    g_autofree char *state = g_build_filename(folder, "numbers", NULL);
    g_autofree char *path = g_build_filename(state, "complaints", NULL), *text = NULL;
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_autoptr(GPtrArray) both = g_ptr_array_new();
    g_ptr_array_add(one, (gpointer) "a 1");
    g_ptr_array_add(both, (gpointer) "a 1");
    g_ptr_array_add(both, (gpointer) "b 2");
    g_assert_true(job_memory(state, both, true, NULL));
    g_assert_true(job_memory(state, both, true, NULL));
    g_assert_true(job_memory(state, one, false, NULL));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "b 2\n");
}

static void check_flag(const char *path, char flag, bool set, const char *wanted)
{
    g_autofree char *got = maildir_with_flag(path, flag, set);
    g_assert_cmpstr(got, ==, wanted);
}

static void test_flags(void)
{
    check_flag("/m/cur/1.a.h:2,FS", 'T', true, "/m/cur/1.a.h:2,FST");
    check_flag("/m/cur/1.a.h:2,FST", 'T', false, "/m/cur/1.a.h:2,FS");
    check_flag("/m/cur/1.a.h:2,FT", 'S', true, "/m/cur/1.a.h:2,FST");
    check_flag("/m/new/1.a.h", 'T', true, "/m/cur/1.a.h:2,T");
    check_flag("/m/cur/1.a.h,S=3", 'S', true, "/m/cur/1.a.h,S=3:2,S");
    check_flag("/m/cur/1.a.h:2,S", 'S', true, "/m/cur/1.a.h:2,S");
    check_flag("/mh/17", 'T', true, "/mh/17");
    g_autofree char *carried = maildir_carry_flags("/m/new/1", "/Q/cur/1:2,S", "/m/cur/1:2,F");
    g_assert_cmpstr(carried, ==, "/Q/cur/1:2,FS");
    g_autofree char *same = maildir_carry_flags("/m/cur/1:2,", "/m/cur/1:2,T", "/m/cur/1,U=4:2,S");
    g_assert_cmpstr(same, ==, "/m/cur/1,U=4:2,ST");
}

static void make_file(const char *path)
{
    g_autofree char *dir = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(dir, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, "x", 1, NULL));
}

static void test_names(void)
{
    g_autofree char *root = g_build_filename(folder, "mail", NULL);
    g_autofree char *file = g_build_filename(root, "INBOX/cur/12.M3P4.h,S=9,U=5:2,RS", NULL);
    g_autofree char *other = g_build_filename(root, "Trash/cur/13.M3P4.h:2,", NULL);
    g_autofree char *trash = g_build_filename(root, "Trash", NULL);
    make_file(file);
    make_file(other);
    g_autoptr(Maildirs) dirs = maildirs_new(root, root);
    g_autofree char *unique = maildir_unique(file), *place = maildir_name_in(dirs, file, trash);
    g_assert_cmpstr(unique, ==, "12.M3P4.h");
    g_autofree char *wanted = g_build_filename(trash, "cur/12.M3P4.h,S=9:2,RS", NULL);
    g_assert_cmpstr(place, ==, wanted);
    /* a name is given out once, and never one that is there with other flags */
    g_autofree char *second = maildir_name_in(dirs, file, trash);
    g_assert_cmpstr(second, !=, wanted);
    g_autofree char *clash = g_build_filename(root, "INBOX/new/13.M3P4.h", NULL);
    make_file(clash);
    g_autofree char *third = maildir_name_in(dirs, clash, trash);
    g_assert_null(strstr(third, "/13.M3P4.h"));
    /* found again under another name */
    g_autofree char *old = g_build_filename(root, "INBOX/new/12.M3P4.h,S=9", NULL);
    g_autofree char *found = maildir_find(dirs, old, &(FileMark){.size = 1});
    g_assert_cmpstr(found, ==, file);
    g_assert_null(maildir_find(dirs, old, &(FileMark){.size = 2}));
    g_assert_true(maildir_in_folder(root, other, "Trash"));
    g_assert_false(maildir_in_folder(root, file, "Trash"));
    g_assert_false(maildir_in_folder(root, file, "INBO"));
}

static void test_refused(void)
{
    g_autofree char *root = g_build_filename(folder, "mail", NULL);
    g_autofree char *link = g_build_filename(root, "out", NULL);
    g_autoptr(Maildirs) dirs = maildirs_new(root, root);
    g_assert_cmpint(symlink("/etc", link), ==, 0);
    g_autofree char *inside = g_build_filename(root, "INBOX/cur/1", NULL);
    g_autofree char *outside = g_build_filename(root, "out/passwd", NULL);
    g_autofree char *dots = g_build_filename(root, "INBOX/../../x/cur/1", NULL);
    g_assert_null(maildir_refuse(dirs, inside));
    g_assert_nonnull(maildir_refuse(dirs, outside));
    g_assert_nonnull(maildir_refuse(dirs, dots));
    g_assert_nonnull(maildir_refuse(dirs, "/etc/passwd"));
    g_autofree char *prefix = g_strconcat(root, "x/cur/1", NULL);
    g_assert_nonnull(maildir_refuse(dirs, prefix));
}

static void test_move(void)
{
    g_autofree char *root = g_build_filename(folder, "mail", NULL);
    g_autofree char *from = g_build_filename(root, "INBOX/cur/50", NULL);
    g_autofree char *to = g_build_filename(root, "INBOX/cur/51", NULL);
    g_autoptr(Maildirs) dirs = maildirs_new(root, root);
    g_autoptr(GError) error = NULL;
    make_file(from);
    make_file(to);
    g_assert_false(maildir_move(dirs, from, to, &error)); /* never replaces */
    g_assert_true(g_file_test(from, G_FILE_TEST_EXISTS));
    g_unlink(to);
    g_assert_true(maildir_move(dirs, from, to, NULL));
    g_assert_false(g_file_test(from, G_FILE_TEST_EXISTS));
    g_assert_true(maildir_sync(dirs, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("notme-journal-XXXXXX", NULL);
    g_test_add_func("/journal/round", test_round);
    g_test_add_func("/journal/torn", test_torn);
    g_test_add_func("/journal/long-end", test_long_end);
    g_test_add_func("/journal/numbers", test_numbers);
    g_test_add_func("/journal/memory", test_memory);
    g_test_add_func("/maildir/flags", test_flags);
    g_test_add_func("/maildir/names", test_names);
    g_test_add_func("/maildir/refused", test_refused);
    g_test_add_func("/maildir/move", test_move);
    int status = g_test_run();
    g_autofree char *remove = g_strdup_printf("rm -rf '%s'", folder);
    if (system(remove) != 0)
        fprintf(stderr, "%s could not be removed\n", folder);
    g_free(folder);
    return status;
}
