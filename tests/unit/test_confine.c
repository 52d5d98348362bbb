/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a confined process can read mail in any usual charset, and nothing else. Left out
 * only where this build cannot confine. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "message/header_decode.h"
#include "message/mime.h"
#include "work/confine.h"

#ifdef CONFINE_BUILT
static const char mail[] = "From: =?koi8-r?B?8NLJ18XU?= <a@birch.example>\n"
                           "MIME-Version: 1.0\n"
                           "Content-Type: text/plain; charset=iso-2022-jp\n\n"
                           "\033$B%(%i!<\033(B\n";

static void test_reads(void)
{
    if (g_test_subprocess()) {
        mime_init();
        mime_prepare();
        g_assert_cmpint(confine(STDOUT_FILENO), ==, CONFINED);
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
        pid_t parent = getppid();
        struct stat st;
        void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        int other = dup(0), zero = open("/dev/zero", O_RDONLY);
        g_assert_cmpint(confine(STDOUT_FILENO), ==, CONFINED);
        g_assert_cmpint(open("/etc/passwd", O_RDONLY), ==, -1);
        g_assert_cmpint(creat("notme-confine-test", 0600), ==, -1);
        g_assert_cmpint(socket(AF_INET, SOCK_STREAM, 0), ==, -1);
        g_assert_cmpint(fork(), ==, -1);
        g_assert_cmpint(unlink("notme-confine-test"), ==, -1);
        execl("/bin/true", "true", (char *)NULL);
        /* others cannot be signalled, slowed down or looked at */
        g_assert_cmpint(kill(parent, 0), ==, -1);
        g_assert_cmpint(syscall(SYS_tgkill, parent, parent, 0), ==, -1);
        g_assert_cmpint(syscall(SYS_tgkill, getpid(), getpid(), 0), ==, 0);
        g_assert_cmpint(fcntl(zero, F_SETOWN, parent), ==, -1);
        g_assert_cmpint(setpriority(PRIO_PROCESS, 0, 19), ==, -1);
        g_assert_cmpint(stat("/etc/passwd", &st), ==, -1);
        g_assert_cmpint(syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", &st, AT_EMPTY_PATH), ==,
                        -1);
        /* no code can be brought in, no file mapped, nothing written but to the link */
        g_assert_true(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                      MAP_FAILED);
        g_assert_true(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, zero, 0) == MAP_FAILED);
        g_assert_cmpint(mprotect(page, 4096, PROT_READ | PROT_EXEC), ==, -1);
        g_assert_cmpint(mprotect(page, 4096, PROT_READ), ==, 0);
        g_assert_cmpint(write(other, "x", 1), ==, -1);
        g_assert_cmpint(write(STDOUT_FILENO, "", 0), ==, 0);
        g_assert_cmpint(read(zero, &st, 1), ==, 1);
        g_assert_cmpint(ioctl(other, FIONREAD, &st), ==, -1);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
}

#else
static void test_left_out(void)
{
    g_assert_cmpint(confine(STDOUT_FILENO), !=, CONFINED);
    g_assert_cmpint(confine_outlook(), !=, CONFINED);
    g_test_skip("built without libseccomp, or with sanitizers or for gcov");
}
#endif

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#ifdef CONFINE_BUILT
    g_assert_cmpint(confine_outlook(), ==, CONFINED);
    g_test_add_func("/confine/reads", test_reads);
    g_test_add_func("/confine/nothing-else", test_nothing_else);
#else
    g_test_add_func("/confine/left-out", test_left_out);
#endif
    return g_test_run();
}
