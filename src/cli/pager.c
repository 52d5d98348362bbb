/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See pager.h. */
#include "cli/pager.h"

#include <errno.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command.h"

/* What a shell says of a command that is not there, or is no program. */
enum { NOT_RUN = 126, NOT_FOUND = 127 };

struct Pager {
    GPid pid;
    char *command;
    int terminal; /* standard output as it was */
};

/* NULL: none is wanted. The caller frees it. */
static char *pager_command(void)
{
    const char *wish = getenv("NOTME_PAGER");
    if (!wish)
        wish = getenv("PAGER");
    if (wish)
        return *wish && strcmp(wish, "cat") != 0 ? g_strdup(wish) : NULL;
    g_autofree char *less = g_find_program_in_path("less");
    return less ? g_strdup("less -FRX") : NULL;
}

Pager *pager_open(void)
{
    g_autofree char *command = isatty(STDOUT_FILENO) ? pager_command() : NULL;
    if (!command)
        return NULL;
    char shell[] = "/bin/sh", option[] = "-c"; /* as exec wants them */
    char *argv[] = {shell, option, command, NULL};
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "LESS", "FRX", FALSE);
    GPid pid;
    int in;
    if (!g_spawn_async_with_pipes(NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                  &pid, &in, NULL, NULL, NULL))
        return NULL;
    Pager *pager = g_new0(Pager, 1);
    pager->pid = pid;
    pager->command = g_steal_pointer(&command);
    fflush(stdout);
    pager->terminal = dup(STDOUT_FILENO);
    dup2(in, STDOUT_FILENO);
    close(in);
    signal(SIGINT, SIG_IGN); /* it is the pager's now */
    return pager;
}

bool pager_close(Pager *pager)
{
    int status = 0;
    if (!pager)
        return true;
    fflush(stdout);
    clearerr(stdout); /* the user left before the end */
    dup2(pager->terminal, STDOUT_FILENO);
    close(pager->terminal);
    while (waitpid(pager->pid, &status, 0) < 0 && errno == EINTR)
        ;
    signal(SIGINT, SIG_DFL);
    bool run =
        !WIFEXITED(status) || (WEXITSTATUS(status) != NOT_RUN && WEXITSTATUS(status) != NOT_FOUND);
    if (!run)
        cli_error(pager->command, "this pager could not be run; set NOTME_PAGER or PAGER to "
                                  "another one, or say --no-pager");
    g_free(pager->command);
    g_free(pager);
    return run;
}
