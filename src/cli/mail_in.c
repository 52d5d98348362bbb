/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See mail_in.h. The bytes are looked at by a confined process: this one only cuts them where
 * messages begin. */
#include "cli/mail_in.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/id_term.h"
#include "cli/command.h"
#include "cli/mail_stream.h"
#include "maildir/maildir.h"
#include "reading/asker.h"

/* Files of one id that are compared. */
enum { FILES_MAX = 64 };

typedef struct Input {
    const Config *config;
    Store *store;
    Asker *asker; /* with the store */
    MailStream *stream;
    guint messages;
    bool any, enough;
    MailInEach each;
    gpointer data;
} Input;

/* --- finding ---------------------------------------------------------------------------------- */

/* The ids under which notmuch may have a message: what stands between < and >, without blanks; the
 * whole field where there are none; a hash of the file where there is no field. Free with
 * g_strfreev. */
static char **ids_of(const Likeness *likeness)
{
    GPtrArray *ids = g_ptr_array_new();
    const char *field = likeness->message_id ? likeness->message_id : "";
    const char *open = strchr(field, '<'), *close = open ? strchr(open, '>') : NULL;
    if (open) {
        GString *id = g_string_new(NULL);
        for (const char *p = open + 1; *p && p != close; p++)
            if (!g_ascii_isspace(*p))
                g_string_append_c(id, *p);
        g_ptr_array_add(ids, g_string_free(id, FALSE));
    }
    if (*field)
        g_ptr_array_add(ids, g_strdup(field));
    g_ptr_array_add(ids, g_strconcat("notmuch-sha1-", likeness->sha1, NULL));
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(ids, FALSE);
}

static bool is_away(const Input *input, const char *file)
{
    const char *root = store_mail_root(input->store);
    return maildir_in_folder(root, file, input->config->actions.trash) ||
           maildir_in_folder(root, file, input->config->actions.quarantine);
}

/* The file among @files that is the message; NULL: none. */
static char *file_among(Input *input, char *const *files, const Likeness *wanted)
{
    const char *found = NULL;
    for (guint i = 0; files[i] && i < FILES_MAX; i++) {
        g_auto(Likeness) likeness = {0};
        bool away = is_away(input, files[i]);
        if ((found && away) || !asker_likeness(input->asker, files[i], &likeness, NULL) ||
            !likeness_same(&likeness, wanted))
            continue;
        found = files[i];
        if (!away)
            break;
    }
    return g_strdup(found);
}

/* The caller frees it; NULL with @why, a constant. */
static char *file_of(Input *input, const Likeness *likeness, const char **why)
{
    g_auto(GStrv) ids = ids_of(likeness);
    *why = likeness->message_id ? "no message of the mailbox has its Message-ID; \"notmuch new\" "
                                  "may help"
                                : "it has no Message-ID, and no file of the mailbox is the same";
    for (char **id = ids; *id; id++) {
        g_auto(GStrv) files = **id ? store_files_of(input->store, *id) : NULL;
        char *file = files ? file_among(input, files, likeness) : NULL;
        if (file)
            return file;
        if (files)
            *why = "the message of the mailbox that has its Message-ID says something else";
    }
    return NULL;
}

/* A descriptor of its own for who reads @fd from the start. */
static int fd_again(int fd)
{
    return lseek(fd, 0, SEEK_SET) < 0 ? -1 : dup(fd);
}

static void input_find(Input *input, MailIn *mail, char **file)
{
    g_autoptr(GError) error = NULL;
    g_auto(Likeness) likeness = {0};
    if (!input->store) {
        mail->why_none = "there is no notmuch database";
    } else if (!asker_likeness_of(input->asker, fd_again(mail->fd), &likeness, &error)) {
        mail->why_none = "it could not be read";
    } else {
        *file = file_of(input, &likeness, &mail->why_none);
        mail->file = *file;
    }
    lseek(mail->fd, 0, SEEK_SET);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void input_message(int fd, gsize size, const char *why, gpointer data)
{
    Input *input = data;
    bool counted = mail_stream_is_several(input->stream);
    g_autofree char *name = counted
                                ? g_strdup_printf("standard input: message %u", ++input->messages)
                                : g_strdup("standard input");
    g_autofree char *file = NULL;
    MailIn mail = {.name = name, .fd = fd, .why_none = why};
    input->any = input->any || size;
    if (size && !input->enough) {
        if (fd >= 0)
            input_find(input, &mail, &file);
        input->enough = !input->each(&mail, input->data);
    }
    if (fd >= 0)
        close(fd);
}

static bool input_read(Input *input, GError **error)
{
    input->stream = mail_stream_new(STDIN_FILENO, false, input_message, input);
    while (!mail_stream_ended(input->stream) && !input->enough) {
        struct pollfd it = {.fd = mail_stream_fd(input->stream), .events = POLLIN};
        if (!mail_stream_take(input->stream))
            poll(&it, 1, -1);
    }
    const char *why = mail_stream_why(input->stream);
    bool good = !why && input->any;
    if (!good)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "standard input: %s",
                    why ? why : "it is empty; a message is expected there");
    mail_stream_free(input->stream);
    return good;
}

bool mail_in_each(const Config *config, Store *store, MailInEach each, gpointer data,
                  GError **error)
{
    Input input = {.config = config, .store = store, .each = each, .data = data};
    if (isatty(STDIN_FILENO)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                            "standard input is a terminal; a message is expected there, from a "
                            "pipe or a file");
        return false;
    }
    input.asker = store ? asker_new(config, error) : NULL;
    if (store && !input.asker)
        return false;
    bool good = input_read(&input, error);
    asker_free(input.asker);
    return good;
}

void mail_in_end(void)
{
    int fd = open("/dev/tty", O_RDWR);
    if (fd < 0)
        fd = open("/dev/null", O_RDONLY);
    if (fd <= STDIN_FILENO)
        return;
    dup2(fd, STDIN_FILENO);
    close(fd);
}

/* --- as a query ------------------------------------------------------------------------------- */

typedef struct Terms {
    Store *store;
    GString *query;
} Terms;

static bool terms_add(const MailIn *mail, gpointer data)
{
    Terms *terms = data;
    g_autofree char *id = mail->file ? store_id_of_file(terms->store, mail->file) : NULL;
    if (!id) {
        cli_error(mail->name, mail->why_none);
        return true;
    }
    g_autofree char *term = id_term(id);
    g_string_append_printf(terms->query, "%s%s", terms->query->len ? " or " : "", term);
    return true;
}

char *mail_in_query(const Config *config, GError **error)
{
    g_autoptr(Store) store = store_open(config->notmuch_config, false, NULL, NULL, error);
    if (!store)
        return NULL;
    g_autoptr(GString) query = g_string_new(NULL);
    Terms terms = {store, query};
    if (!mail_in_each(config, store, terms_add, &terms, error))
        return NULL;
    mail_in_end();
    if (query->len)
        return g_strdup(query->str);
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                        "nothing of what is on standard input is in the mailbox");
    return NULL;
}
