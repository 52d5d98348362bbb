/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that frames arrive whole, in order and with their descriptors, however the socket cuts
 * them; and that rubbish ends the connection and nothing else. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "work/frame.h"

static void pair(FrameLink **a, FrameLink **b)
{
    int ends[2];
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    *a = frame_link_new(ends[0]);
    *b = frame_link_new(ends[1]);
}

static void test_order(void)
{
    FrameLink *a, *b;
    pair(&a, &b);
    for (int i = 0; i < 1000; i++)
        frame_send(a, json_pack("{s:i}", "n", i));
    for (int i = 0; i < 1000; i++) {
        bool closed;
        json_t *object;
        while (!(object = frame_receive(b, &closed)) && !closed)
            frame_flush(a);
        g_assert_cmpint(json_integer_value(json_object_get(object, "n")), ==, i);
        json_decref(object);
    }
    frame_link_free(a);
    frame_link_free(b);
}

/* Frames larger than the socket's buffer, with two descriptors each. */
static void test_large_with_descriptors(void)
{
    FrameLink *a, *b;
    pair(&a, &b);
    int pipes[5][2];
    for (int i = 0; i < 5; i++) {
        GByteArray *bytes = g_byte_array_new();
        g_byte_array_set_size(bytes, 700000);
        memset(bytes->data, "vwxyz"[i], bytes -> len);
        g_assert_cmpint(pipe(pipes[i]), ==, 0);
        g_assert_cmpint(write(pipes[i][1], &"abcde"[i], 1), ==, 1);
        frame_send_bytes(a, bytes, pipes[i], 2);
    }
    for (int i = 0; i < 5; i++) {
        bool closed = false;
        Frame frame;
        char letter;
        while (!frame_receive_bytes(b, &frame, &closed) && !closed)
            frame_flush(a);
        g_assert_false(closed);
        g_assert_cmpuint(frame.bytes.n, ==, 700000);
        g_assert_cmpint(frame.bytes.p[699999], ==, "vwxyz"[i]);
        g_assert_cmpuint(frame.fd_count, ==, 2);
        g_assert_cmpint(read(frame.fds[0], &letter, 1), ==, 1);
        g_assert_cmpint(letter, ==, "abcde"[i]);
        for (int k = 0; k < 2; k++) {
            close(frame.fds[k]);
            close(pipes[i][k]);
        }
    }
    frame_link_free(a);
    frame_link_free(b);
}

/* Nothing longer than a link's limit is read, and no descriptor where none is expected. */
static void test_limit(void)
{
    FrameLink *a, *b;
    for (int i = 0; i < 3; i++) {
        GByteArray *bytes = g_byte_array_new();
        Frame frame;
        bool closed;
        pair(&a, &b);
        frame_link_limit(b, 1000, false);
        g_byte_array_set_size(bytes, i == 1 ? 1001 : 1000);
        memset(bytes->data, 'x', bytes->len);
        frame_send_bytes(a, bytes, (const int[]){0}, i == 2);
        g_assert_cmpint(frame_receive_bytes(b, &frame, &closed), ==, i == 0);
        g_assert_cmpint(closed, ==, i != 0);
        frame_link_free(a);
        frame_link_free(b);
    }
}

/* @bytes end the connection; what came whole before them is still given out. */
static void check_rubbish(const char *bytes, gsize length)
{
    int ends[2];
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
    FrameLink *b = frame_link_new(ends[1]);
    g_assert_cmpint(write(ends[0], "nm2\0\0\0\0\2{}", 10), ==, 10);
    g_assert_cmpint(write(ends[0], bytes, length), ==, (gssize)length);
    close(ends[0]);
    json_t *first = frame_receive_wait(b);
    g_assert_nonnull(first);
    json_decref(first);
    g_assert_null(frame_receive_wait(b));
    frame_link_free(b);
}

static void test_rubbish(void)
{
    check_rubbish("", 0);
    check_rubbish("HTTP/1.1 200", 12);
    check_rubbish("nm2\0\0\0\0\5{", 9);           /* cut off */
    check_rubbish("nm2\0\0\0\0\3[1]", 11);        /* no object */
    check_rubbish("nm2\0\0\0\0\3{]}", 11);        /* no JSON */
    check_rubbish("nm2\0\377\377\377\377{}", 10); /* too long */
    check_rubbish("nm2\1\0\0\0\2{}", 10);         /* a descriptor that did not come */
    check_rubbish("nm2\377\0\0\0\2{}", 10);       /* too many of them */
    check_rubbish("nm2\0\22\300\0\0{}", 10);      /* 300 MB */
}

static void test_bytes(void)
{
    static const char *const texts[] = {"plain",    "",     "Grüße", "latin \xe4\xf6",
                                        "\001mark", "\xff", "a%41"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        json_t *json = frame_bytes(texts[i]);
        char *dumped = json_dumps(json, JSON_ENCODE_ANY);
        json_t *again = json_loads(dumped, JSON_DECODE_ANY, NULL);
        g_autofree char *back = frame_bytes_text(again);
        g_assert_cmpstr(back, ==, texts[i]);
        json_decref(json);
        json_decref(again);
        free(dumped);
    }
    json_t *none = frame_bytes(NULL);
    g_assert_true(json_is_null(none));
    g_assert_null(frame_bytes_text(none));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/frame/order", test_order);
    g_test_add_func("/frame/large", test_large_with_descriptors);
    g_test_add_func("/frame/limit", test_limit);
    g_test_add_func("/frame/rubbish", test_rubbish);
    g_test_add_func("/frame/bytes", test_bytes);
    return g_test_run();
}
