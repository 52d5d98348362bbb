/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves what the command line cannot show of jobs: stopping, a watcher that goes away, a writer
 * that is ended while it waits for the database, changes of others between plan and act, and the
 * reviewer's word. Skipped without notmuch. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "job/job_client.h"
#include "job/job_frame.h"
#include "job/job_list.h"
#include "job/job_process.h"
#include "job_world.h"
#include "work/process.h"

/* A process that holds the lock of the database until it is killed. */
static pid_t lock_hold(void)
{
    int ready[2];
    char byte = 0;
    g_assert_cmpint(pipe(ready), ==, 0);
    pid_t pid = fork();
    if (pid == 0) {
        g_autofree char *path = g_build_filename(folder, "mail/.notmuch/xapian/flintlock", NULL);
        int fd = open(path, O_RDWR);
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
        if (fd < 0 || fcntl(fd, F_SETLK, &lock) < 0 || write(ready[1], "x", 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    g_assert_cmpint(read(ready[0], &byte, 1), ==, 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

static void lock_release(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void test_word(void)
{
    JobRequest *request = request_for(JOB_VERDICT, 0, 1);
    ((JobItem *)request->items->pdata[0])->verdict = VERDICT_GENUINE;
    job_status_free(run(request, NULL, NULL));
    g_autofree char *word = word_of("m0@example.org");
    g_assert_true(g_str_has_prefix(word, "genuine:"));
    g_assert_cmpuint(strlen(word), ==, strlen("genuine:") + 64);
    request = request_for(JOB_VERDICT, 0, 1);
    ((JobItem *)request->items->pdata[0])->verdict = VERDICT_NONE;
    job_status_free(run(request, NULL, NULL));
    g_assert_null(word_of("m0@example.org"));
    undo();
    g_autofree char *again = word_of("m0@example.org");
    g_assert_cmpstr(again, ==, word);
    undo();
    g_assert_null(word_of("m0@example.org"));
}

static bool stop_at_once(const JobStatus *status, gpointer data)
{
    (void)data;
    return !status || !status->running || status->done == 0;
}

static void test_stop(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JobRequest) request = request_for(JOB_QUARANTINE, 0, MESSAGES);
    g_autoptr(JobClient) client = job_client_start(config, request, &error);
    g_assert_no_error(error);
    g_autoptr(JobStatus) status = job_client_wait(client, stop_at_once, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(status->planned, ==, MESSAGES);
    g_assert_cmpuint(count_of("tag:quarantined"), ==, status->done);
    g_assert_cmpuint(count_of("tag:inbox"), ==, MESSAGES - status->done);
    if (status->done == MESSAGES)
        g_test_message("it was done before it could be stopped");
    undo();
    g_assert_cmpuint(count_of("tag:inbox"), ==, MESSAGES);
}

static JobState state_of_last(void)
{
    g_autoptr(GPtrArray) jobs = job_list(config, NULL);
    return ((JobStatus *)jobs->pdata[jobs->len - 1])->state;
}

static void wait_until(bool (*there)(void))
{
    for (int i = 0; i < 6000 && !there(); i++)
        g_usleep(10000);
    g_assert_true(there());
}

static bool is_open(void)
{
    g_autoptr(GPtrArray) jobs = job_list(config, NULL);
    const JobStatus *last = jobs->len ? jobs->pdata[jobs->len - 1] : NULL;
    return last && last->state == JOB_OPEN;
}

static bool is_done(void)
{
    return state_of_last() == JOB_DONE;
}

static void test_watcher_leaves(void)
{
    pid_t holder = lock_hold();
    g_autoptr(JobRequest) request = request_for(JOB_DELETE, 0, 20);
    JobClient *client = job_client_start(config, request, NULL);
    wait_until(is_open);
    job_client_free(client);
    g_assert_cmpuint(job_open_one(config), ==, 0); /* somebody is at it */
    lock_release(holder);
    wait_until(is_done);
    g_assert_cmpuint(count_of("tag:deleted"), ==, 20);
    undo();
}

static void test_ended_while_waiting(void)
{
    pid_t holder = lock_hold();
    g_autoptr(JobRequest) request = request_for(JOB_DELETE, 0, 20);
    Worker *worker = worker_start("writer", NULL);
    GByteArray *hello = g_byte_array_new();
    pack_number(hello, JOB_FRAME_BEGIN);
    config_pack(hello, config);
    job_request_pack(hello, request);
    frame_send_bytes(worker->link, hello, NULL, 0);
    wait_until(is_open);
    worker_stop(worker);
    lock_release(holder);
    g_assert_cmpuint(job_open_one(config), >, 0);
    g_assert_cmpuint(count_of("tag:deleted"), ==, 0);
    g_autoptr(JobStatus) status = run(request_for(JOB_DELETE, 30, 1), NULL, NULL);
    g_assert_nonnull(status->recovered);
    g_assert_nonnull(strstr(status->recovered, "finished"));
    g_assert_cmpuint(count_of("tag:deleted"), ==, 21);
    undo();
    undo();
    g_assert_cmpuint(count_of("tag:deleted"), ==, 0);
}

typedef struct Meddler {
    pid_t holder;
    bool done;
} Meddler;

/* While the job waits: one message loses its inbox tag, one gets a second file, one is renamed, one
 * goes away. */
static bool meddle(const JobStatus *status, gpointer data)
{
    Meddler *meddler = data;
    if (!status->waiting_for_lock || meddler->done)
        return true;
    meddler->done = true;
    lock_release(meddler->holder);
    g_autofree char *from = g_strdup_printf("%s/12.M1P1.h:2,", inbox);
    g_autofree char *to = g_strdup_printf("%s/12.M1P1.h:2,FS", inbox);
    g_autofree char *gone = g_strdup_printf("%s/13.M1P1.h:2,", inbox);
    g_assert_cmpint(rename(from, to), ==, 0);
    g_assert_cmpint(unlink(gone), ==, 0);
    message("copy.M1P1.h:2,", "m1@example.org", "real mail with the same id");
    g_assert_cmpint(system("notmuch new --quiet && notmuch tag -inbox id:m0@example.org"), ==, 0);
    return true;
}

static void test_meddled(void)
{
    Meddler meddler = {lock_hold(), false};
    g_autoptr(JobStatus) status = run(request_for(JOB_QUARANTINE, 0, 5), meddle, &meddler);
    g_assert_true(meddler.done);
    g_assert_cmpuint(status->planned, ==, 5);
    g_assert_cmpuint(status->done, ==, 4);
    g_assert_cmpuint(status->problems->len, ==, 1);
    g_autofree char *shared = tags_of("m1@example.org");
    g_assert_cmpstr(shared, ==, "inbox unread"); /* moved, not tagged */
    g_autofree char *moved = g_strdup_printf("%s/mail/Quarantine/cur/11.M1P1.h:2,", folder);
    g_assert_true(g_file_test(moved, G_FILE_TEST_EXISTS));
    g_autofree char *flagged = g_strdup_printf("%s/mail/Quarantine/cur/12.M1P1.h:2,FS", folder);
    g_assert_true(g_file_test(flagged, G_FILE_TEST_EXISTS));
    g_autofree char *one = tags_of("m0@example.org");
    g_assert_cmpstr(one, ==, "quarantined");
    undo();
    g_autofree char *back = tags_of("m0@example.org");
    g_assert_cmpstr(back, ==, "unread"); /* the inbox tag was taken by somebody else */
    g_autofree char *plain = tags_of("m4@example.org");
    g_assert_cmpstr(plain, ==, "inbox unread");
}

int main(int argc, char **argv)
{
    int status;
    if (!world_begin(&argc, &argv, &status))
        return status;
    g_test_add_func("/job/word", test_word);
    g_test_add_func("/job/stop", test_stop);
    g_test_add_func("/job/watcher-leaves", test_watcher_leaves);
    g_test_add_func("/job/ended-while-waiting", test_ended_while_waiting);
    g_test_add_func("/job/meddled", test_meddled);
    return world_end();
}
