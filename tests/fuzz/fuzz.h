/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of a fuzz target: define FUZZ_SEEDS and fuzz_one(), include this last. With files the
 * program runs each of them; with --seeds it runs its seeds, whole and cut off at 64 places, and
 * 300 mutations (for "make check"); with --write DIR it writes its seeds there as files; without,
 * COUNT mutations (-n COUNT SEED; default 20,000), always the same ones for the same SEED. Built
 * with -DFUZZ_LIBFUZZER it is a target for libFuzzer and AFL++ instead. */
#ifndef NOTME_TESTS_FUZZ_H
#define NOTME_TESTS_FUZZ_H

#include <glib.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
    char *copy = g_memdup2(data, size ? size : 1); /* exact size: reading past the end shows */

    fuzz_one(copy, size);
    g_free(copy);
    return 0;
}

#ifndef FUZZ_LIBFUZZER
/* One to eight bytes changed, doubled, dropped, or replaced by a piece that parsers care for. */
static GString *fuzz_mutate(const char *seed, GRand *random)
{
    static const char *const pieces[] = {
        "[",    "]",    "(",          ")",    "<", ">",  "\"",         ";", "\\",
        "\n",   "\r\n", "\t",         "@",    ".", ":",  "::",         "=", "from ",
        " by ", "id",   "Received: ", "\xff", "%", "\0", "[127.0.0.1]"};
    GString *text = g_string_new(seed);

    for (int n = g_rand_int_range(random, 1, 9); n > 0; n--) {
        gssize at = g_rand_int_range(random, 0, (gint32)text->len + 1);
        gssize some =
            g_rand_int_range(random, 1, 20); /* not inside MIN: it would be rolled twice */

        some = MIN(some, (gssize)text->len - at);

        switch (g_rand_int_range(random, 0, 4)) {
        case 0:
            if (at < (gssize)text->len)
                text->str[at] = (char)g_rand_int_range(random, 0, 256);
            break;
        case 1:
            g_string_erase(text, at, some);
            break;
        case 2:
            g_string_insert(text, at, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
            break;
        default:
            if (some > 0 && text->len < 20000) {
                g_autofree char *piece = g_strndup(text->str + at, (gsize)some);

                g_string_insert(text, g_rand_int_range(random, 0, (gint32)text->len + 1), piece);
            }
        }
    }
    return text;
}

/* @seed whole, then less and less of it. */
static void fuzz_seed(const char *seed)
{
    enum { CUTS = 64 };
    gsize length = strlen(seed);
    for (gsize cut = 0; cut < CUTS; cut++)
        LLVMFuzzerTestOneInput((const guint8 *)seed, length * (CUTS - cut) / CUTS);
}

static int fuzz_write(const char *dir, const char *const *seeds, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autofree char *name = g_strdup_printf("%s/seed-%02u", dir, (guint)i);
        if (!g_file_set_contents(name, seeds[i], -1, NULL))
            return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    static const char *const seeds[] = {FUZZ_SEEDS};
    if (argc == 3 && strcmp(argv[1], "--write") == 0)
        return fuzz_write(argv[2], seeds, G_N_ELEMENTS(seeds));
    if (argc == 2 && strcmp(argv[1], "--seeds") == 0) {
        for (gsize i = 0; i < G_N_ELEMENTS(seeds); i++)
            fuzz_seed(seeds[i]);
        static char option[] = "-n", count[] = "300";
        char *again[] = {argv[0], option, count, NULL};
        return main(3, again);
    }
    long count = argc > 2 && strcmp(argv[1], "-n") == 0 ? strtol(argv[2], NULL, 10) : 20000;
    GRand *random = g_rand_new_with_seed(argc > 3 ? (guint32)strtoul(argv[3], NULL, 10) : 1);

    for (int i = 1; i < argc && strcmp(argv[1], "-n") != 0; i++) {
        g_autofree char *text = NULL;
        gsize size;

        if (g_file_get_contents(argv[i], &text, &size, NULL))
            LLVMFuzzerTestOneInput((const guint8 *)text, size);
        count = 0;
    }
    for (long i = 0; i < count; i++) {
        GString *text =
            fuzz_mutate(seeds[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(seeds))], random);

        LLVMFuzzerTestOneInput((const guint8 *)text->str, text->len);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
    return 0;
}
#endif

#endif
