/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves where a stream of mail is cut into messages, and where it is not, however it arrives. */
#include <string.h>
#include <unistd.h>

#include "maildir/mbox.h"
#include "message/mime.h"

#define FROM "From lee@birch.example Mon Jul  6 10:00:01 2026\n"

static void message(int fd, gsize size, const char *why, gpointer data)
{
    g_autofree char *text = g_malloc0(size + 1);
    g_assert_null(why);
    g_assert_cmpint(read(fd, text, size), ==, (gssize)size);
    close(fd);
    g_ptr_array_add(data, g_steal_pointer(&text));
}

/* @stream gives @wanted (messages with "|" between), in pieces of @piece bytes. */
static void check_piece(const char *stream, bool several, const char *wanted, gsize piece)
{
    g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
    Mbox *mbox = mbox_new(several, message, got);
    for (gsize i = 0, n = strlen(stream); i < n; i += piece)
        mbox_feed(mbox, stream + i, MIN(piece, n - i));
    mbox_end(mbox);
    g_assert_cmpint(mbox_is_several(mbox), ==, got->len > 1);
    mbox_free(mbox);
    g_ptr_array_add(got, NULL);
    g_autofree char *joined = g_strjoinv("|", (char **)got->pdata);
    g_assert_cmpstr(joined, ==, wanted);
}

static void check(const char *stream, bool several, const char *wanted)
{
    for (gsize piece = 1; piece < 40; piece += 4)
        check_piece(stream, several, wanted, piece);
    check_piece(stream, several, wanted, 100000);
}

static void test_cut(void)
{
    check(FROM "A: 1\n\nx\n\n" FROM "B: 2\n\ny\n", false, FROM "A: 1\n\nx\n\n|" FROM "B: 2\n\ny\n");
    check(FROM "A: 1\r\n\r\nx\r\n\r\n" FROM "B: 2\r\n", true,
          FROM "A: 1\r\n\r\nx\r\n\r\n|" FROM "B: 2\r\n");
    check("A: 1\n\nx\n\n" FROM "B: 2\n", true, "A: 1\n\nx\n\n|" FROM "B: 2\n");
    check(FROM FROM "A: 1\n", true, FROM FROM "A: 1\n");
    check("", false, "");
    check("Fro", false, "Fro");
}

static void test_not_cut(void)
{
    /* one message, that does not begin with From */
    check("A: 1\n\nx\n\n" FROM "B: 2\n", false, "A: 1\n\nx\n\n" FROM "B: 2\n");
    /* no empty line before; no header line behind; no date; the end */
    check(FROM "A: 1\n\nx\n" FROM "B: 2\n", true, FROM "A: 1\n\nx\n" FROM "B: 2\n");
    check(FROM "A: 1\n\n" FROM "says he\n", true, FROM "A: 1\n\n" FROM "says he\n");
    check(FROM "A: 1\n\nFrom here on: none\nB: 2\n", true,
          FROM "A: 1\n\nFrom here on: none\nB: 2\n");
    check(FROM "A: 1\n\n" FROM, true, FROM "A: 1\n\n" FROM);
}

/* A message longer than any that is read keeps one byte more; the next is cut all the same. */
static void test_long(void)
{
    g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
    Mbox *mbox = mbox_new(true, message, got);
    g_autofree char *much = g_strnfill(1 << 20, 'x');
    mbox_feed(mbox, "A: 1\n\n", 6);
    for (int i = 0; i < 10; i++)
        mbox_feed(mbox, much, 1 << 20);
    mbox_feed(mbox, "\n\n" FROM "B: 2\n", 2 + strlen(FROM) + 5);
    mbox_end(mbox);
    g_assert_cmpuint(got->len, ==, 2);
    g_assert_cmpuint(strlen(got->pdata[0]), ==, MIME_MAX_BYTES + 1);
    g_assert_cmpstr(got->pdata[1], ==, FROM "B: 2\n");
    mbox_free(mbox);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mbox/cut", test_cut);
    g_test_add_func("/mbox/not-cut", test_not_cut);
    g_test_add_func("/mbox/long", test_long);
    return g_test_run();
}
