/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See check_run.h. */
#include "cli/check_run.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_out.h"
#include "base/safe.h"
#include "cli/check_output.h"
#include "cli/command.h"
#include "cli/mail_stream.h"
#include "maildir/mailfile.h"
#include "reading/parser.h"
#include "work/pool.h"

/* Messages that are under way for each parser; bytes of those that were cut out of streams. */
enum { WINDOW = 48, HELD_MOST = 32 << 20, ROUND_MS = 500 };

/* One message, from when it is known to when its line is out. */
typedef struct Item {
    char *file;
    guint message; /* within the file, from 1; 0: it is the file */
    char *error;   /* it could not be opened: no parser has it */
    gsize held;
} Item;

typedef struct Run {
    const CheckOptions *options;
    CheckResult *result;
    LineForm *form;
    Pool *pool;
    CheckOutput *output;
    GQueue items; /* of Item, in order */
    guint window, next_file;
    CheckNames *names;
    MailStream *stream; /* that is read now; NULL: none */
    char *stream_name;
    guint stream_messages;
    gsize held;
    bool live; /* somebody may be waiting for each line */
} Run;

static void item_free(Item *item)
{
    g_free(item->file);
    g_free(item->error);
    g_free(item);
}

/* --- lines ------------------------------------------------------------------------------------ */

static void append_json(GString *line, const Item *item, const LineForm *form, Span rest)
{
    g_string_append_c(line, '{');
    if (form->file)
        json_out_text(line, "file", item->file);
    if (item->message)
        json_out_number(line, "message", item->message);
    if (line->len > 1 && rest.n > 2)
        g_string_append_c(line, ',');
    g_string_append_len(line, rest.p + 1, (gssize)rest.n - 1);
}

static void append_name(GString *line, const Item *item)
{
    g_autofree char *safe = safe_text(span_of(item->file), SAFE_LINE);
    g_string_append(line, safe);
}

/* The file's name goes before its column; the number of the message stands behind the name. */
static void append_tsv(GString *line, const Item *item, const LineForm *form, Span rest)
{
    for (guint i = 0; form->file && i < form->file_at; i++) {
        const char *tab = memchr(rest.p, '\t', rest.n);
        gsize n = tab ? (gsize)(tab - rest.p) + 1 : rest.n;
        g_string_append_len(line, rest.p, (gssize)n);
        if (!tab)
            g_string_append_c(line, '\t');
        rest = span_sub(rest, n, rest.n);
    }
    if (form->file) {
        append_name(line, item);
        if (item->message)
            g_string_append_printf(line, ":%u", item->message);
        if (form->file_at < form->columns->len)
            g_string_append_c(line, '\t');
    }
    g_string_append_len(line, rest.p, (gssize)rest.n);
}

static void append_text(GString *line, const Item *item, Span rest)
{
    append_name(line, item);
    if (item->message)
        g_string_append_printf(line, ":%u", item->message);
    g_string_append(line, ": ");
    g_string_append_len(line, rest.p, (gssize)rest.n);
}

static void run_print(Run *run, const Item *item, Span rest)
{
    g_autoptr(GString) line = g_string_sized_new(rest.n + 256);
    switch (run->form->format) {
    case LINE_JSON:
        append_json(line, item, run->form, rest);
        break;
    case LINE_TSV:
        append_tsv(line, item, run->form, rest);
        break;
    case LINE_TEXT:
        append_text(line, item, rest);
        break;
    case LINE_VERDICT:
        g_string_append_len(line, rest.p, (gssize)rest.n);
        break;
    }
    g_string_append_c(line, '\n');
    check_output_line(run->output, line);
}

static void run_told(Run *run, LineStatus status)
{
    run->result->told[status]++;
    run->result->last = status;
}

static void run_unreadable(Run *run, const Item *item, const char *why)
{
    g_autofree char *name = item->message
                                ? g_strdup_printf("%s: message %u", item->file, item->message)
                                : g_strdup(item->file);
    run_told(run, LINE_UNREADABLE);
    cli_error(name, why);
    if (run->form->format != LINE_JSON || run->options->quiet)
        return;
    g_autoptr(GString) line = g_string_new("{");
    json_out_text(line, "file", item->file);
    if (item->message)
        json_out_number(line, "message", item->message);
    json_out_text(line, "error", why);
    g_string_append(line, "}\n");
    check_output_line(run->output, line);
}

/* Those at the head that no parser has. */
static void run_tell_unopened(Run *run)
{
    Item *item;
    while ((item = g_queue_peek_head(&run->items)) && item->error) {
        run_unreadable(run, item, item->error);
        item_free(g_queue_pop_head(&run->items));
    }
}

static bool answer_good(Span answer, gpointer data)
{
    const Run *run = data;
    guint8 status = answer.n ? (guint8)*answer.p : LINE_STATUS_COUNT;
    if (status == LINE_UNREADABLE)
        return answer.n > 1 && answer.n < 1000;
    return status < LINE_STATUS_COUNT && line_good(run->form, span_sub(answer, 1, answer.n));
}

static void answer_take(gpointer head, Span answer, const char *why, gpointer data)
{
    Run *run = data;
    run_tell_unopened(run);
    Item *item = g_queue_pop_head(&run->items);
    g_assert(item == head);
    LineStatus status = why ? LINE_UNREADABLE : (LineStatus)*answer.p;
    Span rest = span_sub(answer, 1, answer.n);
    if (status == LINE_UNREADABLE) {
        g_autofree char *said = why ? g_strdup(why) : span_dup_utf8(rest);
        run_unreadable(run, item, said);
    } else {
        run_told(run, status);
        if (!run->options->quiet)
            run_print(run, item, rest);
    }
    run->held -= item->held;
    item_free(item);
    run_tell_unopened(run);
}

/* --- what is to be read ----------------------------------------------------------------------- */

/* Takes over @fd; -1: it cannot be read, as @why says. */
static void run_submit(Run *run, const char *file, guint message, int fd, gsize held,
                       const char *why)
{
    Item *item = g_new0(Item, 1);
    item->file = g_strdup(file);
    item->message = message;
    item->held = held;
    run->held += held;
    g_queue_push_tail(&run->items, item);
    if (fd >= 0) {
        pool_submit(run->pool, g_byte_array_new(), fd, false, item);
        return;
    }
    item->error = g_strdup(why);
    run->held -= held;
    if (pool_pending(run->pool) == 0)
        run_tell_unopened(run);
}

static void stream_message(int fd, gsize size, const char *why, gpointer data)
{
    Run *run = data;
    bool counted = run->options->mbox || mail_stream_is_several(run->stream);
    bool nothing = run->options->mbox || mail_stream_why(run->stream);
    if (nothing && size == 0 && fd >= 0)
        close(fd);
    else
        run_submit(run, run->stream_name, counted ? ++run->stream_messages : 0, fd, size, why);
}

static void stream_open(Run *run, const char *name, int fd)
{
    run->stream_name = g_strdup(name);
    run->stream_messages = 0;
    /* only standard input is looked at whether it holds several */
    run->stream = mail_stream_new(fd, run->options->mbox, stream_message, run);
    run->live = run->live || fd == STDIN_FILENO;
}

static void stream_close(Run *run)
{
    const char *why = mail_stream_why(run->stream);
    if (why)
        run_submit(run, run->stream_name, 0, -1, 0, why);
    g_clear_pointer(&run->stream, mail_stream_free);
    g_clear_pointer(&run->stream_name, g_free);
}

/* Some of the stream; false when nothing of it is there now. */
static bool stream_take(Run *run)
{
    bool any = mail_stream_take(run->stream);
    if (mail_stream_ended(run->stream))
        stream_close(run);
    return any;
}

/* What is under way comes to its end: somebody else is waited for. */
static void run_drain(Run *run)
{
    while (pool_run(run->pool, ROUND_MS) && !check_output_failed(run->output))
        ;
    run_tell_unopened(run);
    check_output_flush(run->output);
}

static bool is_fifo(const char *file)
{
    struct stat st;
    return stat(file, &st) == 0 && S_ISFIFO(st.st_mode);
}

/* A FIFO is opened when somebody writes to it. */
static int stream_fd(Run *run, const char *file, GError **error)
{
    if (!is_fifo(file))
        return mailfile_open(file, error);
    run_drain(run);
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        g_set_error_literal(error, G_IO_ERROR, g_io_error_from_errno(errno), g_strerror(errno));
    return fd;
}

static bool is_too_many(const GError *error)
{
    return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
}

static void run_open(Run *run, const char *file)
{
    g_autoptr(GError) error = NULL;
    if (strcmp(file, "-") == 0) {
        if (run->options->names && check_names_fd(run->options->names) == STDIN_FILENO)
            run_submit(run, file, 0, -1, 0, "standard input is the list of names");
        else
            stream_open(run, file, STDIN_FILENO);
        return;
    }
    bool stream = run->options->mbox || is_fifo(file);
    int fd = stream_fd(run, file, &error);
    while (fd < 0 && is_too_many(error) && pool_pending(run->pool)) {
        pool_run(run->pool, ROUND_MS);
        g_clear_error(&error);
        fd = stream_fd(run, file, &error);
    }
    if (fd >= 0 && stream)
        stream_open(run, file, fd);
    else
        run_submit(run, file, 0, fd, 0, error ? error->message : NULL);
}

/* One step of what is to be read; false: nothing is there now. */
static bool run_take(Run *run)
{
    if (run->stream)
        return stream_take(run);
    if (run->names) {
        g_autofree char *name = check_names_next(run->names);
        if (name)
            run_open(run, name);
        else if (check_names_ended(run->names))
            run->names = NULL;
        else
            return false;
        return true;
    }
    const char *file = run->options->files[run->next_file];
    if (!file)
        return false;
    run->next_file++;
    run_open(run, file);
    return true;
}

/* --- the loop --------------------------------------------------------------------------------- */

static bool run_has_room(const Run *run)
{
    guint pending = pool_pending(run->pool);
    return pending < run->window && run->items.length < 2 * run->window &&
           (run->held < HELD_MOST || pending == 0);
}

static bool run_has_more(const Run *run)
{
    return run->stream || run->names || run->options->files[run->next_file];
}

/* Waits for answers, and for more to read where there is room for it. */
static void run_wait(Run *run, bool room)
{
    g_autoptr(GArray) polls = g_array_new(FALSE, FALSE, sizeof(struct pollfd));
    struct pollfd source = {.fd = -1, .events = POLLIN};
    if (run->stream)
        source.fd = mail_stream_fd(run->stream);
    else if (run->names)
        source.fd = check_names_fd(run->names);
    pool_add_polls(run->pool, polls);
    if (room && source.fd >= 0)
        g_array_append_val(polls, source);
    struct pollfd *all = (struct pollfd *)(void *)polls->data;
    int timeout = pool_pending(run->pool) ? ROUND_MS : -1;
    if (run->live && poll(all, polls->len, 0) == 0)
        check_output_flush(run->output);
    poll(all, polls->len, timeout);
}

static void run_all(Run *run)
{
    while (!check_output_failed(run->output) &&
           (run_has_more(run) || pool_pending(run->pool) || run->items.length)) {
        bool room = run_has_room(run);
        while (room && run_take(run))
            room = run_has_room(run);
        pool_run(run->pool, 0);
        if (pool_pending(run->pool) == 0)
            run_tell_unopened(run);
        if (run_has_room(run) == room && (run_has_more(run) || pool_pending(run->pool)))
            run_wait(run, room);
    }
}

/* Where this is known before, it was told at the start. */
static void run_unconfined(const char *word, gpointer data)
{
    (void)data;
    if (!confinement_word(confine_outlook()))
        cli_error(word, NULL);
}

static bool run_finish(Run *run, GError **error)
{
    bool good = check_output_flush(run->output) || !check_output_why(run->output);
    if (!good)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "standard output: %s",
                    check_output_why(run->output));
    pool_free(run->pool);
    g_queue_clear_full(&run->items, (GDestroyNotify)item_free);
    check_output_free(run->output);
    mail_stream_free(run->stream);
    g_free(run->stream_name);
    line_form_free(run->form);
    return good;
}

bool check_run(const CheckOptions *options, CheckResult *result, GError **error)
{
    Run run = {.options = options, .result = result, .names = options->names};
    const PoolOptions pool = {.jobs = options->jobs,
                              .done = answer_take,
                              .check = answer_good,
                              .unconfined = run_unconfined,
                              .data = &run};
    run.form = line_form_new(options->format, options->fields, error);
    run.pool = run.form ? pool_new(&pool, error) : NULL;
    if (!run.pool) {
        line_form_free(run.form);
        return false;
    }
    pool_greet(run.pool, parser_hello_lines(options->config, options->format, options->fields));
    run.window = WINDOW * (options->jobs ? options->jobs : MAX(1, g_get_num_processors()));
    run.output = check_output_new();
    run.live = isatty(STDOUT_FILENO) || (run.names && check_names_live(run.names));
    run_all(&run);
    return run_finish(&run, error);
}
