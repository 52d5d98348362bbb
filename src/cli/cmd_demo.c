/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme demo: a small sample mailbox with a database and a configuration of its own, so that a
 * newcomer can try everything. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "demo/demo.h"
#include "store/store.h"

typedef struct Demo {
    char *dir;
    Store *store;
    GError *error;
    guint count;
} Demo;

static bool fail(GError **error, const char *what)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT, "%s: %s", what, g_strerror(errno));
    return false;
}

/* A new or empty folder. */
static bool demo_make_dir(Demo *demo, const char *dir, GError **error)
{
    if (!dir) {
        demo->dir = g_dir_make_tmp("notme-demo-XXXXXX", error);
        return demo->dir != NULL;
    }
    demo->dir = g_canonicalize_filename(dir, NULL);
    if (g_mkdir_with_parents(demo->dir, 0700) != 0)
        return fail(error, demo->dir);
    g_autoptr(GDir) open = g_dir_open(demo->dir, 0, error);
    if (open && g_dir_read_name(open)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CANNOT,
                    "%s: the folder is not empty; name a new one", demo->dir);
        return false;
    }
    return open != NULL;
}

static bool demo_make_maildirs(const Demo *demo, GError **error)
{
    static const char *const folders[] = {"mail/Inbox/cur", "mail/Inbox/new", "mail/Inbox/tmp",
                                          "mail/Sent/cur",  "mail/Sent/new",  "mail/Sent/tmp"};
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(demo->dir, folders[i], NULL);
        if (g_mkdir_with_parents(path, 0700) != 0)
            return fail(error, path);
    }
    return true;
}

static bool demo_write(const Demo *demo, const char *name, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(demo->dir, name, NULL);
    return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static bool demo_make_configs(const Demo *demo, GError **error)
{
    g_autofree char *notmuch =
        g_strdup_printf("[database]\npath=%s/mail\n\n[user]\nname=" DEMO_NAME
                        "\nprimary_email=" DEMO_ADDRESS "\n\n[new]\ntags=unread;inbox;\n\n"
                        "[search]\nexclude_tags=deleted;spam;\n\n"
                        "[maildir]\nsynchronize_flags=true\n",
                        demo->dir);
    g_autofree char *config = g_strdup_printf(
        "# The sample mailbox of \"notme demo\": whose it is, and where.\n[mail]\n"
        "notmuch_config=%s/notmuch-config\nstate=%s/state\n\n[identity]\naddresses=" DEMO_ADDRESS
        "\ndomains=" DEMO_DOMAIN "\nhosts=" DEMO_HOST "\nnetworks=" DEMO_NETWORK
        "\ncomplete=true\nsent_folders=Sent\nsent_complete=true\n"
        "dkim_keys=" DEMO_KEY "\n",
        demo->dir, demo->dir);
    return demo_write(demo, "notmuch-config", notmuch, error) &&
           demo_write(demo, "config", config, error);
}

static void demo_message(const char *folder, const char *message, gint64 time, gpointer data)
{
    static const char *const inbox[] = {"inbox", "unread", NULL}, *const sent[] = {"sent", NULL};
    Demo *demo = data;
    bool ours = strcmp(folder, "Sent") == 0;
    g_autofree char *name = g_strdup_printf("mail/%s/cur/%" G_GINT64_FORMAT ".%u.demo:2,%s", folder,
                                            time, ++demo->count, ours ? "S" : "");
    g_autofree char *path = g_build_filename(demo->dir, name, NULL);
    g_autofree char *id = NULL;
    StoreChange change = {.add = ours ? sent : inbox};
    if (demo->error || !demo_write(demo, name, message, &demo->error) ||
        !store_add_file(demo->store, path, &id, &demo->error))
        return;
    store_change(demo->store, id, &change, &demo->error);
}

static bool demo_make_mail(Demo *demo, GError **error)
{
    g_autofree char *config = g_build_filename(demo->dir, "notmuch-config", NULL);
    demo->store = store_create(config, error);
    if (!demo->store)
        return false;
    demo_play(g_get_real_time() / G_USEC_PER_SEC, demo_message, demo);
    bool good = store_close(demo->store, demo->error ? NULL : &demo->error) && !demo->error;
    if (!good)
        g_propagate_error(error, demo->error);
    return good;
}

/* @path as a shell takes it, without quotes where none are needed. The caller frees it. */
static char *shell_word(const char *path)
{
    for (const char *p = path; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("/._-+,@", *p))
            return g_shell_quote(path);
    return g_strdup(path);
}

int cmd_demo(CommandContext *context, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    int status;
    if (!cli_parse(context, NULL, &argc, &argv, &status))
        return status;
    if (argc > 2)
        return cli_usage(context, "one folder at most is named");
    Demo demo = {0};
    bool good = demo_make_dir(&demo, argc > 1 ? argv[1] : NULL, &error) &&
                demo_make_maildirs(&demo, &error) && demo_make_configs(&demo, &error) &&
                demo_make_mail(&demo, &error);
    if (good) {
        g_autofree char *config = g_build_filename(demo.dir, "config", NULL);
        g_autofree char *word = shell_word(config);
        printf("notme --config=%s\n", word);
    }
    g_free(demo.dir);
    return good ? EXIT_DONE : cli_failed(g_steal_pointer(&error));
}
