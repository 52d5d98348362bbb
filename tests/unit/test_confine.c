/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a confined process can read mail in any usual charset, and nothing else. Left out only
 * where this build cannot confine. */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message/mime.h"
#include "work/confine.h"

static const char mail[] = "From: =?koi8-r?B?8NLJ18XU?= <a@birch.example>\n"
                           "MIME-Version: 1.0\n"
                           "Content-Type: text/plain; charset=iso-2022-jp\n\n"
                           "\033$B%(%i!<\033(B\n";

#ifdef CONFINE_BUILT
static void test_reads(void)
{
    if (g_test_subprocess()) {
        mime_init();
        mime_prepare();
        g_assert_true(confine());
        g_autoptr(Message) message = mime_read(mail, strlen(mail));
        g_autofree char *from = header_decode(message_header(message, "From"));
        g_assert_cmpstr(from, ==, "Привет <a@birch.example>");
        g_assert_cmpstr(message_part(message, 0)->text, ==, "エラー\n");
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
}

static void test_nothing_else(void)
{
    if (g_test_subprocess()) {
        g_assert_true(confine());
        g_assert_cmpint(open("/etc/passwd", O_RDONLY), ==, -1);
        g_assert_cmpint(creat("notme-confine-test", 0600), ==, -1);
        g_assert_cmpint(socket(AF_INET, SOCK_STREAM, 0), ==, -1);
        g_assert_cmpint(fork(), ==, -1);
        g_assert_cmpint(unlink("notme-confine-test"), ==, -1);
        execl("/bin/true", "true", (char *)NULL);
        g_assert_cmpint(kill(getppid(), 0), ==, -1);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
}
#else
static void test_left_out(void)
{
    g_assert_false(confine());
    g_test_skip("built without libseccomp, or with sanitizers or for gcov");
}
#endif

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#ifdef CONFINE_BUILT
    g_test_add_func("/confine/reads", test_reads);
    g_test_add_func("/confine/nothing-else", test_nothing_else);
#else
    g_test_add_func("/confine/left-out", test_left_out);
#endif
    return g_test_run();
}
