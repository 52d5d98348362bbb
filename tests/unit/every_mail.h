/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All the mail that there is to look at: the sample mailbox of "notme demo", and what stands in the
 * folder that NOTME_CORPUS names. */
#ifndef NOTME_TESTS_EVERY_MAIL_H
#define NOTME_TESTS_EVERY_MAIL_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/commands.h"

typedef void (*EveryMail)(const char *bytes, gsize length, gpointer data);

/* The files of a mailbox, which are removed; or those of a corpus. */
static inline void every_mail_in(const char *folder, guint depth, bool mailbox, EveryMail look,
                                 gpointer data)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        bool inside = g_file_test(path, G_FILE_TEST_IS_DIR);
        if (inside && depth < 8)
            every_mail_in(path, depth + 1, mailbox, look, data);
        else if (!inside && (mailbox ? strstr(path, "/cur/") || strstr(path, "/new/")
                                     : g_str_has_suffix(path, ".eml"))) {
            g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
            look(bytes, length, data);
        }
        if (mailbox)
            remove(path);
    }
}

static inline bool bytes_are_same(const GByteArray *a, const GByteArray *b)
{
    return a->len == b->len && (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

static inline void every_mail(EveryMail look, gpointer data)
{
    const Command command = {.name = "demo", .arguments = "", .sentence = ""};
    CommandContext context = {.command = &command};
    g_autofree char *folder = g_dir_make_tmp("notme-test-XXXXXX", NULL);
    char *argv[] = {(char *)"demo", folder, NULL};
    const char *more = g_getenv("NOTME_CORPUS");
    g_assert_nonnull(folder);
    g_assert_cmpint(cmd_demo(&context, 2, argv), ==, 0);
    every_mail_in(folder, 0, true, look, data);
    remove(folder);
    if (more)
        every_mail_in(more, 0, false, look, data);
}

#endif
