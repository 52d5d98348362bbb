/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the session reads, shows, acts and takes back on a small mailbox, with its reader and
 * writer as processes, and that it survives the death of the reader. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "job/job_process.h"
#include "reading/parser.h"
#include "reading/reader.h"
#include "reading/reader_worker.h"
#include "session/session_private.h"
#include "work/process.h"

typedef struct World {
    char *dir;
    Config *config;
    Session *session;
    bool done, job_ended;
    char *error;
    guint listed;
    guint added, resets, changed, cases, texts;
    Finding *finding;
    char *text;
    JobStatus *status;
    guint jobs;   /* that have ended */
    bool goes_on; /* the next job begins when one is told to have ended */
    char *first;  /* what all cases said by the first identity; NULL: not asked */
} World;

static void on_rows(guint first, guint count, gpointer data)
{
    World *w = data;
    g_assert_cmpuint(first, ==, w->added);
    w->added += count;
}

static void on_reset(gpointer data)
{
    World *w = data;
    w->resets++;
    w->added = 0;
    w->done = false;
}

static void on_changed(const guint *rows, guint count, gpointer data)
{
    World *w = data;
    for (guint i = 0; i < count; i++)
        g_assert_cmpuint(rows[i], <, session_row_count(w->session));
    w->changed += count;
}

static void on_reading(const ReadingState *reading, gpointer data)
{
    World *w = data;
    w->done = reading->done;
    g_free(w->error);
    w->error = g_strdup(reading->error);
}

static void on_listed(const JobListing *listing, gpointer data)
{
    ((World *)data)->listed = listing->jobs->len;
}

static void on_case(guint row, const Finding *finding, const char *error, gpointer data)
{
    World *w = data;
    (void)row;
    g_assert_cmpstr(error, ==, NULL);
    g_assert_nonnull(finding);
    finding_free(w->finding);
    w->finding = finding_copy(finding);
    w->cases++;
}

static void on_text(guint row, TextWanted what, const char *text, const char *error, gpointer data)
{
    World *w = data;
    (void)row;
    (void)what;
    g_assert_cmpstr(error, ==, NULL);
    g_free(w->text);
    g_free(w->first);
    w->text = g_strdup(text);
    w->texts++;
}

static void on_job(const JobStatus *status, gpointer data)
{
    World *w = data;
    if (status->running)
        return;
    g_autoptr(GByteArray) packed = g_byte_array_new();
    job_status_pack(packed, status);
    Unpack from = unpack_new(packed->data, packed->len);
    job_status_free(w->status);
    w->status = job_status_unpack(&from);
    w->job_ended = true;
    w->jobs++;
    if (w->goes_on) {
        const guint row = 1;
        w->goes_on = false;
        g_assert_true(session_act(w->session, JOB_DELETE, &row, 1, NULL, NULL));
    }
}

static const SessionEvents events = {.rows_added = on_rows,
                                     .rows_reset = on_reset,
                                     .rows_changed = on_changed,
                                     .reading = on_reading,
                                     .case_ready = on_case,
                                     .text_ready = on_text,
                                     .job_changed = on_job,
                                     .jobs_listed = on_listed};

static gboolean too_late(gpointer data)
{
    (void)data;
    g_error("nothing happened for two minutes");
    return G_SOURCE_REMOVE;
}

#define WAIT(condition)                                                                            \
    do {                                                                                           \
        guint timer = g_timeout_add_seconds(120, too_late, NULL);                                  \
        while (!(condition))                                                                       \
            g_main_context_iteration(NULL, TRUE);                                                  \
        g_source_remove(timer);                                                                    \
    } while (0)

static void setup(World *w, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    const Command command = {.name = "demo", .arguments = "", .sentence = ""};
    CommandContext context = {.command = &command};
    w->dir = g_dir_make_tmp("notme-test-XXXXXX", &error);
    g_assert_no_error(error);
    char *argv[] = {(char *)"demo", w->dir, NULL};
    g_assert_cmpint(cmd_demo(&context, 2, argv), ==, 0);
    g_autofree char *path = g_build_filename(w->dir, "config", NULL);
    w->config = config_load(path, &error);
    g_assert_no_error(error);
    w->session = session_new(w->config, &events, w);
}

static void remove_all(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        if (g_file_test(inner, G_FILE_TEST_IS_DIR) && !g_file_test(inner, G_FILE_TEST_IS_SYMLINK))
            remove_all(inner);
        else
            g_unlink(inner);
    }
    g_rmdir(path);
}

static void teardown(World *w, gconstpointer data)
{
    (void)data;
    session_free(w->session);
    config_unref(w->config);
    remove_all(w->dir);
    finding_free(w->finding);
    job_status_free(w->status);
    g_free(w->dir);
    g_free(w->error);
    g_free(w->text);
    g_free(w->first);
}

static void query(World *w, const char *text)
{
    session_query(w->session, text);
    WAIT(w->done);
}

static guint count(const World *w, VerdictValue verdict)
{
    guint n = 0;
    for (guint i = 0; i < session_row_count(w->session); i++)
        n += session_row(w->session, i)->verdict == verdict && !session_row_gone(w->session, i);
    return n;
}

static void test_read(World *w, gconstpointer data)
{
    (void)data;
    query(w, w->config->review.query);
    g_assert_cmpstr(w->error, ==, NULL);
    g_assert_cmpuint(w->added, ==, session_row_count(w->session));
    g_assert_cmpuint(count(w, VERDICT_GENUINE), ==, 11);
    g_assert_cmpuint(count(w, VERDICT_BACKSCATTER), ==, 38);
    g_assert_cmpuint(count(w, VERDICT_FAKE), ==, 2);
    g_assert_cmpuint(count(w, VERDICT_UNDECIDED), ==, 5);
    guint stages = 1; /* each newest first */
    for (guint i = 1; i < session_row_count(w->session); i++)
        stages += session_row(w->session, i)->timestamp > session_row(w->session, i - 1)->timestamp;
    g_assert_cmpuint(stages, <=, 2);
}

static void test_case(World *w, gconstpointer data)
{
    (void)data;
    query(w, "tag:inbox");
    w->cases = 0; /* the first come with their rows */
    for (guint i = 0; i < 5; i++)
        session_case(w->session, i); /* only the last counts */
    WAIT(w->cases);
    g_assert_cmpuint(w->cases, ==, 1);
    g_assert_cmpstr(w->finding->file, ==, session_row(w->session, 4)->file);
    g_assert_cmpint(w->finding->judgement->verdict->value, ==, session_row(w->session, 4)->verdict);
    session_case(w->session, 4); /* the same again */
    WAIT(w->cases == 2);
    session_text(w->session, 0, TEXT_RAW);
    WAIT(w->texts == 1);
    g_assert_nonnull(strstr(w->text, "Return-Path: <>"));
    session_text(w->session, 0, TEXT_PARTS);
    WAIT(w->texts == 2);
    g_assert_null(strstr(w->text, "Return-Path: <>\nDelivered"));
}

static void test_act(World *w, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    const guint rows[] = {0, 1, 2};
    query(w, w->config->review.query);
    guint before = w->added;
    g_assert_true(session_act(w->session, JOB_DELETE, rows, 3, NULL, &error));
    g_assert_no_error(error);
    g_assert_true(session_busy(w->session));
    g_assert_false(session_act(w->session, JOB_DELETE, rows, 3, NULL, NULL));
    WAIT(w->job_ended && w->changed == 3);
    g_assert_cmpuint(w->status->done, ==, 3);
    for (guint i = 0; i < 4; i++)
        g_assert_true(session_row_gone(w->session, i) == (i < 3));
    w->job_ended = false;
    w->changed = 0;
    g_assert_cmpuint(w->status->undoable, ==, 1);
    g_assert_true(session_undo(w->session, 1, &error));
    WAIT(w->job_ended && w->changed == 3);
    for (guint i = 0; i < 4; i++)
        g_assert_false(session_row_gone(w->session, i));
    w->job_ended = false;
    w->changed = 0;
    g_assert_cmpuint(w->status->redoable, ==, 1);
    g_assert_true(session_act(w->session, JOB_QUARANTINE, rows, 2, NULL, &error));
    WAIT(w->job_ended && w->changed == 2);
    g_assert_true(session_row_gone(w->session, 1));
    query(w, w->config->review.query);
    g_assert_cmpuint(w->added, ==, before - 2);
    w->listed = 0;
    session_list_jobs(w->session);
    WAIT(w->listed == 3);
    g_assert_cmpuint(session_listing(w->session)->undoable, ==, 3);
    g_assert_true(session_owns_job(w->session, 3));
    g_assert_false(session_owns_job(w->session, 4));
}

/* Who leaves while a text is on its way is not told that it will not come: teardown frees the
 * session, and on_text takes no error. */
static void test_leave(World *w, gconstpointer data)
{
    (void)data;
    query(w, "tag:inbox");
    session_text(w->session, 0, TEXT_RAW);
    g_assert_cmpint(w->session->text_asked, ==, 0);
}

/* A job that begins as soon as another has ended: each finds its own rows, and the list is of what
 * is there at last. */
static void test_next(World *w, gconstpointer data)
{
    (void)data;
    const guint row = 0;
    query(w, w->config->review.query);
    w->goes_on = true;
    g_assert_true(session_act(w->session, JOB_DELETE, &row, 1, NULL, NULL));
    WAIT(w->jobs == 2 && session_settled(w->session));
    for (guint i = 0; i < 3; i++)
        g_assert_true(session_row_gone(w->session, i) == (i < 2));
    session_list_jobs(w->session);
    session_list_jobs(w->session); /* while a list is on its way, which may be older */
    g_assert_true(w->session->list_again);
    WAIT(session_settled(w->session));
    g_assert_false(w->session->list_again);
    g_assert_cmpuint(session_listing(w->session)->undoable, ==, 2);
    g_assert_cmpuint(session_listing(w->session)->jobs->len, ==, 2);
}

static void test_word(World *w, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    const guint row = 0;
    const SessionWish wish = {.verdict = VERDICT_FAKE};
    query(w, w->config->review.query);
    g_assert_cmpint(session_row(w->session, 0)->verdict, ==, VERDICT_BACKSCATTER);
    g_assert_true(session_act(w->session, JOB_VERDICT, &row, 1, &wish, &error));
    WAIT(w->job_ended && w->changed == 1);
    g_assert_cmpint(session_row(w->session, 0)->verdict, ==, VERDICT_FAKE);
    g_assert_true(session_row(w->session, 0)->by_reviewer);
}

static void test_cancel(World *w, gconstpointer data)
{
    (void)data;
    session_query(w->session, "*");
    session_query(w->session, "tag:nothing");
    WAIT(w->done);
    g_assert_cmpuint(w->resets, ==, 2);
    g_assert_cmpuint(session_row_count(w->session), ==, 0);
    session_query(w->session, "*");
    session_cancel(w->session);
    g_assert_true(w->done);
}

/* The reader has read rows that it has not told yet when another query comes: they are none of its.
 * It is held for longer than it keeps rows back, each time a little later. */
static void test_query_late(World *w, gconstpointer data)
{
    enum { ROUNDS = 40, KEPT_BACK_US = 60000 };
    (void)data;
    query(w, "*");
    guint rows = session_row_count(w->session);
    for (guint i = 0; i < ROUNDS; i++) {
        session_query(w->session, "*");
        gint64 until = g_get_monotonic_time() + i * 1000;
        while (g_get_monotonic_time() < until)
            g_main_context_iteration(NULL, FALSE);
        pid_t reader = w->session->reader->pid;
        g_assert_cmpint(kill(reader, SIGSTOP), ==, 0);
        g_usleep(KEPT_BACK_US);
        session_query(w->session, "*");
        g_assert_cmpint(kill(reader, SIGCONT), ==, 0);
        WAIT(w->done);
        g_assert_cmpuint(session_row_count(w->session), ==, rows);
    }
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What the rows say, in the order of their files. */
static char *rows_text(const Session *session)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < session_row_count(session); i++) {
        g_autoptr(GByteArray) packed = g_byte_array_new();
        row_pack(packed, session_row(session, i));
        char *text = g_base64_encode(packed->data, packed->len);
        g_ptr_array_add(lines, g_strconcat(session_row(session, i)->file, " ", text, NULL));
        g_free(text);
    }
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    char *all = g_strjoinv("\n", (char **)lines->pdata);
    g_ptr_array_unref(lines);
    return all;
}

/* Looking again does nothing where nothing has changed, and reads where something has. */
static void test_again(World *w, gconstpointer data)
{
    (void)data;
    query(w, "*");
    guint resets = w->resets, rows = session_row_count(w->session);
    w->done = false;
    session_again(w->session);
    WAIT(w->done);
    g_assert_cmpuint(w->resets, ==, resets);
    g_assert_cmpuint(session_row_count(w->session), ==, rows);
    g_autofree char *tag =
        g_strdup_printf("NOTMUCH_CONFIG=%s/notmuch-config notmuch tag +seen '*'", w->dir);
    g_assert_cmpint(system(tag), ==, 0);
    w->done = false;
    session_again(w->session);
    WAIT(w->done && w->resets == resets + 1);
    g_assert_cmpuint(session_row_count(w->session), ==, rows);
    g_assert_nonnull(strstr(session_row(w->session, 0)->tags, "seen"));
}

/* Each case in all its members, in the order of their files. */
static char *cases_text(World *w)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < session_row_count(w->session); i++) {
        GString *text = g_string_new(session_row(w->session, i)->file);
        guint before = w->cases;
        session_case(w->session, i);
        WAIT(w->cases > before);
        g_string_append_c(text, '{');
        finding_write_members(text, w->finding, FINDING_ALL_MEMBERS);
        g_ptr_array_add(lines, g_string_free(text, FALSE));
    }
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    char *all = g_strjoinv("\n", (char **)lines->pdata);
    g_ptr_array_unref(lines);
    return all;
}

static Config *config_with(const World *w, const char *identity)
{
    g_autofree char *path = g_build_filename(w->dir, "other", NULL);
    g_autofree char *text =
        g_strdup_printf("[mail]\nnotmuch_config=%s/notmuch-config\nstate=%s/state\n[identity]\n%s",
                        w->dir, w->dir, identity);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    Config *config = config_load(path, NULL);
    g_assert_nonnull(config);
    return config;
}

#define NELL                                                                                       \
    "addresses=nell@quince.example\nsent_folders=Sent\n"                                           \
    "hosts=mail.quince.example\nnetworks=203.0.113.80/29\n"
#define NELL_ALL NELL "domains=quince.example\ncomplete=true\nsent_complete=true\n"

/* A case that is asked for before the rows are judged again. */
static char *case_at_once(World *w, const Config *config)
{
    guint before = w->cases;
    GString *text = g_string_new("{");
    w->done = false;
    session_configure(w->session, config);
    session_case(w->session, 0);
    WAIT(w->done && w->cases > before);
    finding_write_members(text, w->finding, FINDING_ALL_MEMBERS);
    return g_string_free(text, FALSE);
}

/* Judged by @identity, all that @w has says what a new session says, which reads it anew. */
static void judge_by(World *w, const char *query_text, const char *identity)
{
    g_autoptr(Config) config = config_with(w, identity);
    g_autofree char *at_once = case_at_once(w, config);
    World other = {.config = config};
    other.session = session_new(config, &events, &other);
    query(&other, query_text);
    g_autofree char *one = rows_text(w->session), *two = rows_text(other.session);
    g_assert_cmpstr(one, ==, two);
    g_autofree char *cases = cases_text(w), *fresh = cases_text(&other);
    g_assert_cmpstr(cases, ==, fresh);
    g_assert_nonnull(strstr(fresh, at_once));
    session_free(other.session);
    finding_free(other.finding);
    g_autofree char *back = case_at_once(w, w->config), *whole = cases_text(w);
    g_assert_nonnull(strstr(whole, back));
    if (!w->first)
        w->first = g_strdup(whole);
    g_assert_cmpstr(whole, ==, w->first); /* whatever came between */
}

/* The reader judges again on one thread, or on four. */
static void setup_one(World *w, gconstpointer data)
{
    g_setenv("NOTME_THREADS", "1", TRUE);
    setup(w, data);
}

static void setup_four(World *w, gconstpointer data)
{
    g_setenv("NOTME_THREADS", "4", TRUE);
    setup(w, data);
}

/* What was read once and is judged by another identity is what a new session says, in every member
 * of its rows and cases, whether one thread judges or four; the rows stay where they are. */
static void test_judged_again(World *w, gconstpointer data)
{
    static const char *const identities[] = {
        "",
        NELL_ALL,
        NELL_ALL "not_own=198.51.100.77\n",
        NELL "domains=quince.example\ncomplete=true\n",
        NELL "domains=quince.example;teasel.example\nsent_complete=true\n",
        NELL_ALL "forwarders=198.51.100.0/24;mx.teasel.example\n",
        NELL_ALL "dkim_always=true\nknown_logins=198.51.100.0/24\n",
        "addresses=nobody@willow.example\n",
        "networks=192.0.2.0/24;198.51.100.0/24\n",
        "complete=true\nnot_own=192.0.2.9\n",
    };
    g_autoptr(Config) config = config_with(w, NELL_ALL);
    const char *text = data ? data : config->review.query;
    config_unref(w->config);
    w->config = g_steal_pointer(&config);
    session_configure(w->session, w->config);
    query(w, text);
    guint resets = w->resets, changed = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(identities); i++) {
        w->changed = 0;
        judge_by(w, text, identities[i]);
        changed += w->changed > 0;
        /* other folders of sent mail are other facts of the store: then it is read again */
        bool sent = strstr(identities[i], "sent_folders") != NULL;
        g_assert_true(!sent || w->resets == resets);
        resets = w->resets;
    }
    g_assert_cmpuint(changed, >=, 4);
}

/* The reader dies, while it reads and when it has read: it is said, and looking again works. */
static void test_reader_dies(World *w, gconstpointer data)
{
    (void)data;
    session_query(w->session, "*");
    kill(w->session->reader->pid, SIGKILL);
    WAIT(w->done);
    g_assert_nonnull(strstr(w->error, "died"));
    query(w, "*");
    guint rows = session_row_count(w->session);
    g_assert_cmpuint(rows, >, 40);
    kill(w->session->reader->pid, SIGKILL);
    WAIT(!w->session->reader);
    w->cases = 0;
    session_case(w->session, 2);
    WAIT(w->cases == 1);
    w->done = false;
    session_again(w->session);
    WAIT(w->done);
    g_assert_cmpuint(session_row_count(w->session), ==, rows);
    /* one that hangs is killed when something else is wanted */
    kill(w->session->reader->pid, SIGSTOP);
    query(w, "tag:inbox");
    g_assert_cmpuint(session_row_count(w->session), >, 0);
}

static int test_writer(FrameLink *link)
{
    return job_process_body(link, NULL);
}

int main(int argc, char **argv)
{
    static const WorkerRole roles[] = {{"parser", parser_body, true},
                                       {"reader", reader_body, false},
                                       {"writer", test_writer, false}};
    int worker = worker_main(argc, argv, roles, G_N_ELEMENTS(roles));
    if (worker >= 0)
        return worker;
    g_test_init(&argc, &argv, NULL);
    g_test_add("/session/read", World, NULL, setup, test_read, teardown);
    g_test_add("/session/case", World, NULL, setup, test_case, teardown);
    g_test_add("/session/act", World, NULL, setup, test_act, teardown);
    g_test_add("/session/leave", World, NULL, setup, test_leave, teardown);
    g_test_add("/session/next", World, NULL, setup, test_next, teardown);
    g_test_add("/session/word", World, NULL, setup, test_word, teardown);
    g_test_add("/session/cancel", World, NULL, setup, test_cancel, teardown);
    g_test_add("/session/query-late", World, NULL, setup, test_query_late, teardown);
    g_test_add("/session/again", World, NULL, setup, test_again, teardown);
    g_test_add("/session/judged-again", World, NULL, setup_one, test_judged_again, teardown);
    g_test_add("/session/judged-again-all", World, "*", setup_four, test_judged_again, teardown);
    g_test_add("/session/reader-dies", World, NULL, setup, test_reader_dies, teardown);
    return g_test_run();
}
