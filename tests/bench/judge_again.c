/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a changed identity costs a session whose rows are all read: usage judge_again CONFIG
 * OTHER... Each OTHER is judged by, and after it CONFIG again; a line for each says how many rows
 * are judged otherwise, when the last of them was there, and the reader's CPU time. With
 * BENCH_COMPARE set the rows are compared with those of a session that reads them anew; with
 * BENCH_MEMORY the reader's memory is looked at fifty times a second, and the most told (the times
 * are worth less then). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "job/job_process.h"
#include "reading/parser.h"
#include "reading/reader_worker.h"
#include "session/session_private.h"
#include "work/process.h"

typedef struct Bench {
    Session *session;
    bool done;
    guint changed;
    gint64 first, last; /* when rows were told that are judged otherwise; 0: none */
    double memory;      /* most of the reader's, MB (PSS) */
} Bench;

static void on_changed(const guint *rows, guint count, gpointer data)
{
    Bench *bench = data;
    (void)rows;
    bench->last = g_get_monotonic_time();
    bench->first = bench->first ? bench->first : bench->last;
    bench->changed += count;
}

static void on_reading(const ReadingState *reading, gpointer data)
{
    if (reading->error)
        g_error("%s", reading->error);
    ((Bench *)data)->done = reading->done;
}

static const SessionEvents events = {.rows_changed = on_changed, .reading = on_reading};

static void bench_wait(Bench *bench)
{
    while (!bench->done)
        g_main_context_iteration(NULL, TRUE);
}

static void bench_read(Bench *bench, const Config *config)
{
    bench->session = session_new(config, &events, bench);
    bench->done = false;
    session_query(bench->session, config->review.query);
    bench_wait(bench);
}

/* Milliseconds of CPU time that the reader has had, in all its threads: in clock ticks. */
static double reader_cpu(const Bench *bench)
{
    g_autofree char *name = g_strdup_printf("/proc/%d/stat", (int)bench->session->reader->pid);
    g_autofree char *text = NULL;
    unsigned long user = 0, system = 0;
    const char *behind = g_file_get_contents(name, &text, NULL, NULL) ? strrchr(text, ')') : NULL;
    if (!behind || sscanf(behind, ") %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu", &user,
                          &system) != 2)
        return 0;
    return (double)(user + system) * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

static gboolean memory_look(gpointer data)
{
    Bench *bench = data;
    const Worker *reader = bench->session ? bench->session->reader : NULL;
    g_autofree char *name = g_strdup_printf("/proc/%d/smaps_rollup", reader ? (int)reader->pid : 0);
    g_autofree char *text = NULL;
    const char *pss = g_file_get_contents(name, &text, NULL, NULL) ? strstr(text, "\nPss:") : NULL;
    if (pss)
        bench->memory = MAX(bench->memory, g_ascii_strtod(pss + strlen("\nPss:"), NULL) / 1024);
    return G_SOURCE_CONTINUE;
}

static char *row_bytes(const Session *session, guint i, gsize *length)
{
    GByteArray *packed = g_byte_array_new();
    row_pack(packed, session_row(session, i));
    *length = packed->len;
    return (char *)g_byte_array_free(packed, FALSE);
}

/* How many rows differ from those that are read anew, by the names of their files. */
static guint rows_differing(const Session *one, const Session *other)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    guint wrong = 0;
    for (guint i = 0; i < session_row_count(other); i++)
        g_hash_table_insert(places, session_row(other, i)->file, GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < session_row_count(one); i++) {
        gsize a, b = 0;
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(places, session_row(one, i)->file));
        g_autofree char *mine = row_bytes(one, i, &a);
        g_autofree char *theirs = at ? row_bytes(other, at - 1, &b) : NULL;
        wrong += a != b || memcmp(mine, theirs, a) != 0;
    }
    return wrong + (session_row_count(one) != session_row_count(other));
}

static void bench_compare(const Bench *bench, const Config *config)
{
    Bench other = {0};
    bench_read(&other, config);
    printf("    %u of %u rows differ from rows read anew\n",
           rows_differing(bench->session, other.session), session_row_count(bench->session));
    session_free(other.session);
}

static void bench_judge(Bench *bench, const Config *config, const char *name)
{
    double cpu = reader_cpu(bench);
    gint64 began = g_get_monotonic_time();
    bench->done = false;
    bench->changed = 0;
    bench->first = bench->last = 0;
    session_configure(bench->session, config);
    bench_wait(bench);
    printf("%-24s %6u rows, first %5.0f ms, last %5.0f ms; CPU of the reader %5.0f ms\n", name,
           bench->changed, bench->first ? (double)(bench->first - began) / 1e3 : 0,
           bench->last ? (double)(bench->last - began) / 1e3 : 0, reader_cpu(bench) - cpu);
    if (getenv("BENCH_MEMORY"))
        printf("    the reader's memory so far: at most %.1f MB (PSS)\n", bench->memory);
    if (getenv("BENCH_COMPARE"))
        bench_compare(bench, config);
    fflush(stdout);
}

static Config *bench_config(const char *file)
{
    g_autoptr(GError) error = NULL;
    Config *config = config_load(file, &error);
    if (!config)
        g_error("%s", error->message);
    return config;
}

static int bench_writer(FrameLink *link)
{
    return job_process_body(link, NULL);
}

int main(int argc, char **argv)
{
    static const WorkerRole roles[] = {{"parser", parser_body, true},
                                       {"reader", reader_body, false},
                                       {"writer", bench_writer, false}};
    int worker = worker_main(argc, argv, roles, G_N_ELEMENTS(roles));
    if (worker >= 0)
        return worker;
    if (argc < 3)
        return 2;
    g_autoptr(Config) config = bench_config(argv[1]);
    Bench bench = {0};
    if (getenv("BENCH_MEMORY"))
        g_timeout_add(20, memory_look, &bench);
    bench_read(&bench, config);
    printf("%u rows", session_row_count(bench.session));
    if (getenv("BENCH_MEMORY"))
        printf(", the reader's memory at most %.1f MB (PSS)", bench.memory);
    putchar('\n');
    for (int i = 2; i < argc; i++) {
        g_autoptr(Config) other = bench_config(argv[i]);
        g_autofree char *name = g_path_get_basename(argv[i]);
        g_free(other->path); /* as if the one file had been written anew */
        other->path = g_strdup(config->path);
        bench_judge(&bench, other, name);
        bench_judge(&bench, config, "  and back");
    }
    session_free(bench.session);
    return 0;
}
