/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Confinement by seccomp: a list of what a parser needs, with the arguments where those matter. */
#define _GNU_SOURCE /* syscall */
#include "work/confine.h"

#include <stddef.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

void confine_memory(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

void confine_limits(void)
{
#ifndef CONFINE_NEVER
    enum { MEMORY = 1 << 30, CPU_SECONDS = 400, FILES = 128 };
    setrlimit(RLIMIT_AS, &(struct rlimit){MEMORY, MEMORY});
    setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_SECONDS, CPU_SECONDS});
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){FILES, FILES});
#endif
}

const char *confinement_word(Confinement confinement)
{
    static const char *const words[CONFINE_COUNT] = {
        [CONFINE_NOT_BUILT] = "mail is read by processes that are not confined: this notme was "
                              "built without libseccomp (libseccomp-dev)",
        [CONFINE_REFUSED] = "mail is read by processes that are not confined: the system refuses "
                            "seccomp",
    };
    return confinement < CONFINE_COUNT ? words[confinement] : words[CONFINE_REFUSED];
}

#if defined(CONFINE_NEVER)

Confinement confine_outlook(void)
{
    return CONFINE_EXEMPT;
}

Confinement confine(int link)
{
    (void)link;
    return CONFINE_EXEMPT;
}

#elif !defined(CONFINE_BUILT)

Confinement confine_outlook(void)
{
    return CONFINE_NOT_BUILT;
}

Confinement confine(int link)
{
    (void)link;
    return CONFINE_NOT_BUILT;
}

#else

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Reading what is open, memory, time, the own signals, the end. fstat by its own number only: that
 * of newer libraries, newfstatat, takes names too. */
static const int allowed[] = {
    SCMP_SYS(read),         SCMP_SYS(readv),         SCMP_SYS(pread64),
    SCMP_SYS(poll),         SCMP_SYS(ppoll),         SCMP_SYS(close),
    SCMP_SYS(fstat),        SCMP_SYS(lseek),         SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),       SCMP_SYS(brk),
    SCMP_SYS(futex),        SCMP_SYS(sched_yield),   SCMP_SYS(getpid),
    SCMP_SYS(gettid),       SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(time),         SCMP_SYS(nanosleep),     SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sysinfo),       SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),
};

typedef struct Rule {
    int call;
    unsigned count;
    struct scmp_arg_cmp arguments[2];
} Rule;

/* Arguments are compared by their lower 32 bits, which is all that an int or a flag has. */
#define LOW(argument, value)                                                                       \
    {                                                                                              \
        (argument), SCMP_CMP_MASKED_EQ, 0xffffffffU, (scmp_datum_t)(unsigned)(value)               \
    }
#define WITHOUT(argument, flag)                                                                    \
    {                                                                                              \
        (argument), SCMP_CMP_MASKED_EQ, (flag), 0                                                  \
    }

static int rules_add(scmp_filter_ctx filter, int link)
{
    const Rule rules[] = {
        {SCMP_SYS(write), 1, {LOW(0, link)}},
        {SCMP_SYS(write), 1, {LOW(0, STDERR_FILENO)}},
        {SCMP_SYS(writev), 1, {LOW(0, STDERR_FILENO)}},
        {SCMP_SYS(sendmsg), 1, {LOW(0, link)}},
        {SCMP_SYS(recvmsg), 1, {LOW(0, link)}},
        {SCMP_SYS(fcntl), 1, {LOW(1, F_GETFL)}},
        {SCMP_SYS(fcntl), 1, {LOW(1, F_GETFD)}},
        {SCMP_SYS(mmap), 2, {WITHOUT(2, PROT_EXEC), LOW(4, -1)}},
        {SCMP_SYS(mprotect), 1, {WITHOUT(2, PROT_EXEC)}},
        {SCMP_SYS(tgkill), 1, {LOW(0, getpid())}},
    };
    int status = 0;
    for (size_t i = 0; status == 0 && i < sizeof rules / sizeof *rules; i++)
        status = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, rules[i].call, rules[i].count,
                                        rules[i].arguments);
    return status;
}

Confinement confine_outlook(void)
{
    uint32_t action = SECCOMP_RET_ERRNO;
    long status = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
    return status == 0 ? CONFINED : CONFINE_REFUSED;
}

Confinement confine(int link)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOENT));
    bool good = filter != NULL;
    for (size_t i = 0; good && i < sizeof allowed / sizeof *allowed; i++)
        good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
    good = good && rules_add(filter, link) == 0 && seccomp_load(filter) == 0;
    if (filter)
        seccomp_release(filter);
    return good ? CONFINED : CONFINE_REFUSED;
}

#endif
