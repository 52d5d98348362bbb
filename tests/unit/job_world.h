/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small mailbox with a database, in a scratch folder, for the tests of jobs. */
#ifndef NOTME_TESTS_JOB_WORLD_H
#define NOTME_TESTS_JOB_WORLD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "job/job_process.h"
#include "job/job_run.h"
#include "store/store.h"
#include "work/process.h"

enum { MESSAGES = 600 };

static char *folder, *inbox;
static Config *config;

static void put(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void message(const char *name, const char *id, const char *text)
{
    g_autofree char *path = g_build_filename(inbox, name, NULL);
    g_autofree char *mail =
        g_strdup_printf("From: MAILER-DAEMON@example.org\nTo: me@own.example\nSubject: x\n"
                        "Message-ID: <%s>\nDate: Mon, 3 Nov 2025 10:00:00 +0000\n\n%s\n",
                        id, text);
    g_assert_true(g_file_set_contents(path, mail, -1, NULL));
}

static void make_mailbox(void)
{
    g_autoptr(GError) error = NULL;
    folder = g_dir_make_tmp("notme-job-XXXXXX", NULL);
    inbox = g_build_filename(folder, "mail/INBOX/cur", NULL);
    g_autofree char *half = g_build_filename(folder, "mail/INBOX/new", NULL);
    g_assert_cmpint(g_mkdir_with_parents(inbox, 0700), ==, 0);
    g_assert_cmpint(g_mkdir_with_parents(half, 0700), ==, 0);
    for (int i = 0; i < MESSAGES; i++) {
        g_autofree char *id = g_strdup_printf("m%d@example.org", i);
        g_autofree char *name = g_strdup_printf("1%d.M1P1.h:2,", i);
        message(name, id, id);
    }
    g_autofree char *notmuch =
        g_strdup_printf("[database]\npath=%s/mail\n[user]\nname=J\nprimary_email=me@own.example\n"
                        "[new]\ntags=unread;inbox\n",
                        folder);
    g_autofree char *own =
        g_strdup_printf("[mail]\nnotmuch_config=%s/notmuch\nstate=%s/state\n", folder, folder);
    put("notmuch", notmuch);
    put("config", own);
    g_autofree char *path = g_build_filename(folder, "notmuch", NULL);
    setenv("NOTMUCH_CONFIG", path, 1);
    g_assert_cmpint(system("notmuch new --quiet"), ==, 0);
    g_autofree char *config_path = g_build_filename(folder, "config", NULL);
    config = config_load(config_path, &error);
    g_assert_no_error(error);
}

G_GNUC_UNUSED static JobRequest *request_for(JobAction action, int first, int count)
{
    JobRequest *request = job_request_new(action);
    for (int i = first; i < first + count; i++) {
        g_autofree char *id = g_strdup_printf("m%d@example.org", i);
        g_autofree char *file = g_strdup_printf("%s/1%d.M1P1.h:2,", inbox, i);
        g_ptr_array_add(request->items, job_item_new(id, file, VERDICT_BACKSCATTER, KIND_FAILURE));
    }
    return request;
}

G_GNUC_UNUSED static char *tags_of(const char *id)
{
    Store *store = store_open(config->notmuch_config, false, NULL, NULL, NULL);
    g_auto(GStrv) tags = store_tags_of(store, id);
    store_close(store, NULL);
    return tags ? g_strjoinv(" ", tags) : NULL;
}

G_GNUC_UNUSED static char *word_of(const char *id)
{
    Store *store = store_open(config->notmuch_config, false, NULL, NULL, NULL);
    char *word = store_property_of(store, id, STORE_WORD);
    store_close(store, NULL);
    return word;
}

G_GNUC_UNUSED static guint count_of(const char *query)
{
    Store *store = store_open(config->notmuch_config, false, NULL, NULL, NULL);
    guint count = store_count(store, query);
    store_close(store, NULL);
    return count;
}

G_GNUC_UNUSED static JobStatus *run(JobRequest *request, JobProgress progress, gpointer data)
{
    g_autoptr(GError) error = NULL;
    JobStatus *status = job_run(config, request, NULL, progress, data, &error);
    g_assert_no_error(error);
    g_assert_nonnull(status);
    job_request_free(request);
    return status;
}

G_GNUC_UNUSED static void undo(void)
{
    g_autoptr(JobStatus) status = run(job_request_new(JOB_UNDO), NULL, NULL);
    g_assert_cmpint(status->state, ==, JOB_DONE);
}

static int writer_role(FrameLink *link)
{
    return job_process_body(link, NULL);
}

/* False with @status where main is to end: this is a worker, or notmuch is missing. */
static bool world_begin(int *argc, char ***argv, int *status)
{
    static const WorkerRole roles[] = {{"writer", writer_role, false}};
    *status = worker_main(*argc, *argv, roles, G_N_ELEMENTS(roles));
    if (*status >= 0)
        return false;
    *status = 0;
    g_test_init(argc, argv, NULL);
    g_autofree char *notmuch = g_find_program_in_path("notmuch");
    if (!notmuch) {
        printf("1..0 # SKIP notmuch is missing\n");
        return false;
    }
    make_mailbox();
    return true;
}

/* Runs the tests; the scratch folder goes. */
static int world_end(void)
{
    int status = g_test_run();
    g_autofree char *clean = g_strdup_printf("chmod -R u+w '%s'; rm -rf '%s'", folder, folder);
    if (system(clean) != 0)
        fprintf(stderr, "%s could not be removed\n", folder);
    config_unref(config);
    g_free(inbox);
    g_free(folder);
    return status;
}

#endif
