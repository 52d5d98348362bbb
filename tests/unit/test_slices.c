/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that work on many things is done once for each, on as many threads as are asked for, and
 * that what comes of it is taken in order, by who asked, and with any number of threads the same.
 */
#include "work/slices.h"

enum { MOST = 5000 };

typedef struct Sums {
    guint done[MOST];
    guint64 made[MOST];
    guint taken;
    GThread *asked;
    GString *text;
    gint waiting; /* threads that are at work; atomic */
} Sums;

static void sums_work(guint i, gpointer data)
{
    Sums *sums = data;
    sums->done[i]++;
    guint64 mix = i;
    for (guint k = 0; k < i % 97; k++) /* some take longer */
        mix = mix * G_GUINT64_CONSTANT(6364136223846793005) + k;
    sums->made[i] = mix;
}

static void sums_take(guint i, gpointer data)
{
    Sums *sums = data;
    g_assert_cmpuint(i, ==, sums->taken++);
    g_assert_true(g_thread_self() == sums->asked);
    g_assert_cmpuint(sums->done[i], ==, 1);
    g_string_append_printf(sums->text, "%" G_GINT64_MODIFIER "x ", sums->made[i]);
}

static char *sums_text(guint count, guint threads)
{
    g_autofree Sums *sums = g_new0(Sums, 1);
    sums->asked = g_thread_self();
    sums->text = g_string_new(NULL);
    slices_run(count, threads, sums_work, sums_take, sums);
    g_assert_cmpuint(sums->taken, ==, count);
    return g_string_free(sums->text, FALSE);
}

static void test_same(void)
{
    static const guint counts[] = {0, 1, 7, 8, 9, 16, 100, MOST};
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *one = sums_text(counts[i], 1);
        for (guint threads = 0; threads <= SLICES_THREADS; threads++) {
            g_autofree char *many = sums_text(counts[i], threads);
            g_assert_cmpstr(many, ==, one);
        }
    }
}

/* Waits until another is here, too: nobody could get on alone. */
static void meet_work(guint i, gpointer data)
{
    Sums *sums = data;
    (void)i;
    g_atomic_int_inc(&sums->waiting);
    while (g_atomic_int_get(&sums->waiting) < 2)
        g_thread_yield();
}

static void test_at_once(void)
{
    g_autofree Sums *sums = g_new0(Sums, 1);
    slices_run(16, 2, meet_work, NULL, sums);
    g_assert_cmpint(sums->waiting, ==, 16);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/slices/same", test_same);
    g_test_add_func("/slices/at-once", test_at_once);
    return g_test_run();
}
