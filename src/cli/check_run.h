/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of "notme check": files and streams of mail go to confined parsers as they come, their
 * lines go out in the same order. This process reads no mail: it opens the files, cuts streams
 * where messages begin, and looks at no more of a line than whether it is one. */
#ifndef NOTME_CLI_CHECK_RUN_H
#define NOTME_CLI_CHECK_RUN_H

#include "cli/check_names.h"
#include "config/config.h"
#include "reading/line.h"

typedef struct CheckOptions {
    const Config *config;
    const char *format, *fields; /* as line_form_new() takes them */
    guint jobs;                  /* 0: as many as there are cores */
    bool mbox;                   /* files hold several messages */
    bool quiet;                  /* no lines, only statuses */
    CheckNames *names;           /* may be NULL; comes before ... */
    char *const *files;          /* ... these, NULL-terminated; "-" is standard input */
} CheckOptions;

typedef struct CheckResult {
    guint64 told[LINE_STATUS_COUNT]; /* messages of each status */
    LineStatus last;
} CheckResult;

/* False with an error where no process can be started, or the output cannot be written. Files that
 * cannot be read are named on standard error. */
bool check_run(const CheckOptions *options, CheckResult *result, GError **error);

#endif
