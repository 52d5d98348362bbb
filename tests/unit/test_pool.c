/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a parser which dies, hangs, kills itself or sends rubbish costs its own message only:
 * all others are answered, once and in order. The parser here is this program itself, which does to
 * the pool what each request says. */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/pack.h"
#include "work/pool.h"
#include "work/pool_wire.h"

/* --- a parser that was taken over ------------------------------------------------------------- */

static void write_raw(FrameLink *link, const void *bytes, gsize length)
{
    const char *p = bytes;
    while (length) {
        ssize_t n = write(frame_link_fd(link), p, length);
        if (n <= 0)
            _exit(3);
        p += n;
        length -= (gsize)n;
    }
}

static void send_frame(FrameLink *link, guint64 kind, const char *answer, guint times)
{
    GByteArray *frame = g_byte_array_new();
    pack_number(frame, kind);
    for (guint i = 0; i < times; i++)
        pack_bytes(frame, answer, strlen(answer));
    frame_send_bytes_wait(link, frame);
}

/* A header that says 300 MB, and some of it. */
static void send_huge(FrameLink *link)
{
    const guint8 header[8] = {'n', 'm', '2', 0, 0x12, 0xc0, 0, 0};
    static const char some[1 << 16];
    write_raw(link, header, sizeof header);
    for (int i = 0; i < 100; i++)
        write_raw(link, some, sizeof some);
}

/* Descriptors that nobody asked for. */
static void send_descriptors(FrameLink *link)
{
    GByteArray *frame = g_byte_array_new();
    pack_number(frame, POOL_ANSWERS);
    const int fds[] = {0, 1};
    frame_send_bytes(link, frame, fds, 2);
    frame_flush(link);
}

static void flood(FrameLink *link)
{
    for (;;)
        send_frame(link, POOL_ANSWERS, "one more", 1000);
}

typedef struct Attack {
    const char *name;
    const char *why; /* what the message gets */
} Attack;

static const char died[] = "the process that read it died",
                  rubbish[] = "the process that read it sent rubbish";

static const Attack attacks[] = {
    {"exit", died},
    {"abort", died},
    {"stop", "reading it took longer than 3 seconds"},
    {"hang", "reading it took longer than 3 seconds"},
    {"raw", died},
    {"kind", rubbish},
    {"cut", rubbish},
    {"too many", rubbish},
    {"huge", died},
    {"flood", rubbish},
    {"fds", died},
    {"bad", rubbish},

    {"hello", rubbish},
};

static void attack(FrameLink *link, const char *name)
{
    if (strcmp(name, "exit") == 0)
        _exit(0);
    else if (strcmp(name, "abort") == 0)
        raise(SIGKILL);
    else if (strcmp(name, "stop") == 0)
        raise(SIGSTOP);
    else if (strcmp(name, "hang") == 0)
        poll(NULL, 0, -1);
    else if (strcmp(name, "raw") == 0)
        write_raw(link, "\033[2J\033]0;owned\007 not a frame at all", 34);
    else if (strcmp(name, "kind") == 0)
        send_frame(link, 77, "x", 1);
    else if (strcmp(name, "cut") == 0)
        write_raw(link, "nm2\0\0\0\0\3\4\x7fx", 11);
    else if (strcmp(name, "too many") == 0)
        send_frame(link, POOL_ANSWERS, "not asked for", 40);
    else if (strcmp(name, "huge") == 0)
        send_huge(link);
    else if (strcmp(name, "flood") == 0)
        flood(link);
    else if (strcmp(name, "fds") == 0)
        send_descriptors(link);
    else if (strcmp(name, "hello") == 0)
        send_frame(link, POOL_CONFINED, "", 3);
}

static FrameLink *fake_link;

static bool fake_hello(Span hello, gpointer data)
{
    (void)data;
    return span_eq(hello, "good morning");
}

/* What was written into the descriptor, behind its name. */
static void fake_answer(Span request, int fd, GByteArray *answer, gpointer data)
{
    (void)data;
    char bytes[64];
    g_autofree char *text = span_dup(request);
    attack(fake_link, text);
    ssize_t n = fd >= 0 ? read(fd, bytes, sizeof bytes) : 0;
    g_byte_array_append(answer, (const guint8 *)text, (guint)strlen(text));
    if (n > 0)
        g_byte_array_append(answer, (const guint8 *)bytes, (guint)n);
}

static int fake_body(FrameLink *link)
{
    static const PoolBody body = {fake_hello, fake_answer};
    fake_link = link;
    return pool_serve(link, &body, NULL);
}

/* --- the pool --------------------------------------------------------------------------------- */

typedef struct Told {
    GPtrArray *answers; /* of char * */
    guint last;
} Told;

static void done(gpointer item, Span answer, const char *why, gpointer data)
{
    Told *told = data;
    guint n = GPOINTER_TO_UINT(item);
    g_assert_cmpuint(n, ==, told->last + 1);
    told->last = n;
    g_ptr_array_add(told->answers, why ? g_strconcat("! ", why, NULL) : span_dup(answer));
}

static bool check(Span answer, gpointer data)
{
    (void)data;
    return !span_eq(answer, "bad!");
}

static int file_of(const char *text)
{
    char name[] = "/tmp/notme-pool.XXXXXX";
    int fd = mkstemp(name);
    g_assert_cmpint(fd, >=, 0);
    unlink(name);
    g_assert_cmpint(write(fd, text, strlen(text)), ==, (gssize)strlen(text));
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static Pool *fake_pool(Told *told, guint jobs)
{
    const PoolOptions options = {
        .jobs = jobs, .deadline_ms = 3000, .done = done, .check = check, .data = told};
    Pool *pool = pool_new(&options, NULL);
    g_assert_nonnull(pool);
    told->answers = g_ptr_array_new_with_free_func(g_free);
    GByteArray *hello = g_byte_array_new();
    g_byte_array_append(hello, (const guint8 *)"good morning", 12);
    pool_greet(pool, hello);
    return pool;
}

static void submit(Pool *pool, const char *text, guint n)
{
    GByteArray *request = g_byte_array_new();
    g_byte_array_append(request, (const guint8 *)text, (guint)strlen(text));
    pool_submit(pool, request, file_of("!"), false, GUINT_TO_POINTER(n));
}

/* One such message among forty others. */
static void test_attack(gconstpointer which)
{
    const Attack *of = which;
    Told told = {0};
    Pool *pool = fake_pool(&told, 2);
    for (guint i = 1; i <= 41; i++)
        submit(pool, i == 20 ? of->name : "mail", i);
    while (pool_run(pool, 1000))
        ;
    g_assert_cmpuint(told.answers->len, ==, 41);
    for (guint i = 1; i <= 41; i++) {
        g_autofree char *why = g_strconcat("! ", of->why, NULL);
        g_assert_cmpstr(told.answers->pdata[i - 1], ==, i == 20 ? why : "mail!");
    }
    pool_free(pool);
    g_ptr_array_unref(told.answers);
}

/* Nothing but such messages: each gets its error, and there is an end. */
static void test_all_bad(void)
{
    Told told = {0};
    Pool *pool = fake_pool(&told, 2);
    for (guint i = 1; i <= 30; i++)
        submit(pool, i % 2 ? "exit" : "kind", i);
    while (pool_run(pool, 1000))
        ;
    for (guint i = 1; i <= 30; i++)
        g_assert_cmpstr(told.answers->pdata[i - 1], ==,
                        i % 2 ? "! the process that read it died"
                              : "! the process that read it sent rubbish");
    pool_free(pool);
    g_ptr_array_unref(told.answers);
}

static void item_freed(gpointer item)
{
    ++*(guint *)item;
}

static void not_done(gpointer item, Span answer, const char *why, gpointer data)
{
    (void)item;
    (void)answer;
    (void)why;
    (void)data;
    g_assert_not_reached();
}

/* What is cancelled is told to nobody, its item is freed once, and the pool goes on. */
static void test_cancel(void)
{
    guint freed = 0;
    const PoolOptions options = {.jobs = 1, .done = not_done, .item_free = item_freed};
    Pool *pool = pool_new(&options, NULL);
    GByteArray *hello = g_byte_array_new();
    g_byte_array_append(hello, (const guint8 *)"good morning", 12);
    pool_greet(pool, hello);
    for (guint i = 0; i < 100; i++) {
        GByteArray *request = g_byte_array_new();
        g_byte_array_append(request, (const guint8 *)"mail", 4);
        pool_submit(pool, request, -1, false, &freed);
    }
    pool_run(pool, 0);
    pool_cancel(pool);
    g_assert_cmpuint(freed, ==, 100);
    while (pool_run(pool, 1000))
        ;
    pool_free(pool);
    g_assert_cmpuint(freed, ==, 100);
}

/* Thousands of messages leave no descriptor behind, and a parser says whether it is confined. */
static void test_many(void)
{
    Told told = {0};
    Pool *pool = fake_pool(&told, 2);
    int before = dup(0);
    close(before);
    for (guint i = 1; i <= 3000; i++) {
        submit(pool, "mail", i);
        while (pool_pending(pool) >= 64)
            pool_run(pool, 1000);
    }
    while (pool_run(pool, 1000))
        ;
    int after = dup(0);
    close(after);
    g_assert_cmpuint(told.last, ==, 3000);
    g_assert_cmpint(after, <=, before + 2); /* the second parser's socket */
#ifdef CONFINE_BUILT
    g_assert_cmpint(pool_confinement(pool), ==, CONFINED);
#endif
    pool_free(pool);
    g_ptr_array_unref(told.answers);
}

int main(int argc, char **argv)
{
    static const WorkerRole roles[] = {{"parser", fake_body, true}};
    int worker = worker_main(argc, argv, roles, 1);
    if (worker >= 0)
        return worker;
    g_test_init(&argc, &argv, NULL);
    alarm(120); /* a pool that waits for ever fails */
    for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++) {
        g_autofree char *path = g_strconcat("/pool/attack/", attacks[i].name, NULL);
        g_test_add_data_func(path, &attacks[i], test_attack);
    }
    g_test_add_func("/pool/all-bad", test_all_bad);
    g_test_add_func("/pool/cancel", test_cancel);
    g_test_add_func("/pool/many", test_many);
    return g_test_run();
}
