/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other programs on the same terminal: editor, pipes, "notme learn". The terminal is theirs until
 * they end. */
#include "stage/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/editor.h"

/* In the child: opens what it shall read; @quiet where there is no real terminal. */
static void child_run(char *const *argv, const char *const *environment, const char *input,
                      bool quiet)
{
    for (const char *const *one = environment; one && *one; one++)
        putenv(g_strdup(*one));
    const char *in = input ? input : quiet ? "/dev/null" : NULL;
    int null = quiet ? open("/dev/null", O_WRONLY) : -1;
    static const int usual[] = {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE,
                                SIGHUP, SIGTERM, SIGCONT, SIGWINCH};
    for (gsize i = 0; i < G_N_ELEMENTS(usual); i++)
        signal(usual[i], SIG_DFL);
    if (null >= 0) {
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    }
    if (in) {
        int fd = open(in, O_RDONLY | O_NOCTTY);
        if (fd < 0 || dup2(fd, STDIN_FILENO) < 0) {
            fprintf(stderr, "notme: %s cannot be opened\n", in);
            _exit(127);
        }
    }
    execvp(argv[0], argv);
    fprintf(stderr, "notme: %s cannot be started\n", argv[0]);
    _exit(127);
}

static void wait_for(pid_t child)
{
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
}

static void run_one(char *const *argv, const char *const *environment, const char *input,
                    bool quiet)
{
    pid_t child = fork();
    if (child == 0)
        child_run(argv, environment, input, quiet);
    if (child > 0)
        wait_for(child);
}

void program_run(App *app, const char *const *argv, const char *const *environment,
                 const GPtrArray *input, bool pause)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free); /* as exec wants them */
    for (const char *const *word = argv; *word; word++)
        g_ptr_array_add(words, g_strdup(*word));
    g_ptr_array_add(words, NULL);
    char *const *program = (char **)words->pdata;
    bool quiet = app->term->scripted;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigemptyset(&ignore.sa_mask);
    term_leave(app->term);
    sigaction(SIGINT, &ignore, &before);
    for (guint i = 0; input && i < input->len; i++)
        run_one(program, environment, input->pdata[i], quiet);
    if (!input)
        run_one(program, environment, NULL, quiet);
    sigaction(SIGINT, &before, NULL);
    if (pause && !quiet) {
        int c;
        printf("\nPress Enter to go on. ");
        fflush(stdout);
        while ((c = getchar()) != '\n' && c != EOF)
            ;
    }
    term_enter(app->term);
    app_touch(app);
}

bool program_edit(App *app, const char *file)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) command = editor_command(app->config, file, &error);
    if (command)
        program_run(app, (const char *const *)command, NULL, NULL, false);
    else
        app_say(app, ROLE_ERROR, "The draft is in %s; no editor: %s", file, error->message);
    return command != NULL;
}
