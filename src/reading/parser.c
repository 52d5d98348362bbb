/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See parser.h. It opens no file itself. */
#include "reading/parser.h"

#include <string.h>

#include "base/autoptr.h"
#include "base/pack.h"
#include "base/safe.h"
#include "bounce/returned_text.h"
#include "maildir/mailfile.h"
#include "message/mime.h"
#include "message/packed.h"
#include "reading/line.h"
#include "work/pool.h"

/* The first byte of an answer. */
typedef enum Answer {
    ANSWER_ERROR,   /* text: why */
    ANSWER_NOTHING, /* text: sha256, or none; no bounce or notice */
    ANSWER_READING, /* the reading */
    ANSWER_TEXT,    /* text */
    ANSWER_HEADERS, /* name and value of each */
    ANSWER_LIKENESS,
    ANSWER_COUNT
} Answer;

/* Header fields that are passed on. */
enum { HEADERS_MOST = 2000 };

static const char rubbish[] = "the process that read it sent rubbish";

/* --- reading ---------------------------------------------------------------------------------- */

/* What a person is shown of one message at most. */
enum { TEXT_MOST = 1 << 20 };

static void parts_append(GString *text, const Message *message)
{
    for (guint i = 0; i < message->parts->len && text->len < TEXT_MOST; i++) {
        const Part *part = message_part(message, i);
        if (!part->text)
            continue;
        if (text->len)
            g_string_append_c(text, '\n');
        if (message->parts->len > 1)
            g_string_append_printf(text, "[part %u: %s%s%s]\n", i + 1, part->type,
                                   part->name ? ", " : "", part->name ? part->name : "");
        g_string_append(text, part->text);
    }
}

static void text_answer(GByteArray *answer, const GByteArray *bytes, ParserWant what)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (what == WANT_TEXT) {
        g_autoptr(Message) message = mime_read((const char *)bytes->data, bytes->len);
        parts_append(text, message);
    } else if (what == WANT_RETURNED) {
        g_autoptr(Message) message = mime_read((const char *)bytes->data, bytes->len);
        g_autofree char *returned = returned_text(message);
        g_string_append(text, returned);
    } else
        g_string_append_len(text, (const char *)bytes->data, bytes->len);
    bool more = text->len > TEXT_MOST;
    g_string_truncate(text, MIN(text->len, (gsize)TEXT_MOST));
    g_autofree char *safe = safe_text((Span){text->str, text->len}, SAFE_KEEP_NEWLINES);
    g_autofree char *all =
        g_strconcat(safe, more ? "\n[there is more than is shown here]\n" : "", NULL);
    pack_number(answer, ANSWER_TEXT);
    pack_text(answer, all);
}

static void headers_answer(GByteArray *answer, const GByteArray *bytes)
{
    g_autoptr(GPtrArray) headers =
        headers_parse((Span){(const char *)bytes->data, bytes->len}, NULL);
    pack_number(answer, ANSWER_HEADERS);
    for (guint i = 0; i < headers->len && i < HEADERS_MOST; i++) {
        const Header *header = headers->pdata[i];
        pack_text(answer, header->name);
        pack_text(answer, header->value);
    }
}

static void likeness_answer(GByteArray *answer, const GByteArray *bytes)
{
    g_auto(Likeness) likeness = likeness_of((Span){(const char *)bytes->data, bytes->len});
    pack_number(answer, ANSWER_LIKENESS);
    pack_text(answer, likeness.message_id);
    pack_text(answer, likeness.sha1);
    pack_text(answer, likeness.content);
}

static void reading_answer(GByteArray *answer, const GByteArray *bytes, ParserWish wish,
                           const GPtrArray *dkim_keys)
{
    g_autoptr(Reading) reading =
        reading_make((const char *)bytes->data, bytes->len, dkim_keys, wish.more);
    if (wish.any || reading->bounce->kind != KIND_NONE) {
        pack_number(answer, ANSWER_READING);
        reading_pack(answer, reading);
    } else {
        pack_number(answer, ANSWER_NOTHING);
        pack_text(answer, reading->sha256);
    }
}

/* What @fd holds, unpacked. */
static GByteArray *mail_bytes(int fd, GError **error)
{
    GByteArray *bytes = mailfile_read(fd, error);
    return bytes ? packed_open(bytes, error) : NULL;
}

static void error_answer(GByteArray *answer, const char *why)
{
    g_byte_array_set_size(answer, 0);
    pack_number(answer, ANSWER_ERROR);
    pack_text(answer, why);
}

static void wish_answer(GByteArray *answer, int fd, ParserWish wish, const GPtrArray *dkim_keys)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) bytes = mail_bytes(fd, &error);
    if (!bytes)
        error_answer(answer, error->message);
    else if (wish.what == WANT_READING)
        reading_answer(answer, bytes, wish, dkim_keys);
    else if (wish.what == WANT_HEADERS)
        headers_answer(answer, bytes);
    else if (wish.what == WANT_LIKENESS)
        likeness_answer(answer, bytes);
    else
        text_answer(answer, bytes, wish.what);
    if (answer->len > POOL_ANSWER_MOST)
        error_answer(answer, "too much was found in it");
}

/* --- what came out ---------------------------------------------------------------------------- */

void parsed_free(Parsed *parsed)
{
    if (!parsed)
        return;
    reading_unref(parsed->reading);
    g_free(parsed->sha256);
    g_free(parsed->text);
    if (parsed->headers)
        g_ptr_array_unref(parsed->headers);
    likeness_clear(&parsed->likeness);
    g_free(parsed);
}

static bool headers_unpack(Unpack *from, GPtrArray *headers)
{
    while (!from->broken && from->at < from->end && headers->len < HEADERS_MOST) {
        const char *name = unpack_text(from), *value = unpack_text(from);
        if (!name || !value)
            return false;
        g_ptr_array_add(headers, header_new(span_of(name), span_of(value)));
    }
    return unpack_finished(from);
}

static Span unpack_rest(const Unpack *from)
{
    return (Span){(const char *)from->at, (gsize)(from->end - from->at)};
}

static bool likeness_unpack(Unpack *from, Likeness *likeness)
{
    likeness->message_id = g_strdup(unpack_text(from));
    likeness->sha1 = g_strdup(unpack_text(from));
    likeness->content = g_strdup(unpack_text(from));
    return likeness->sha1 && strlen(likeness->sha1) == 40 && likeness->content &&
           strlen(likeness->content) == 64 && unpack_finished(from);
}

static bool wish_is_text(ParserWish wish)
{
    return wish.what == WANT_TEXT || wish.what == WANT_SOURCE || wish.what == WANT_RETURNED;
}

/* Whether @kind is an answer to @wish, and the rest of it is in order. */
static bool parsed_fill(Parsed *parsed, Answer kind, Unpack *from, ParserWish wish)
{
    switch (kind) {
    case ANSWER_NOTHING:
        parsed->sha256 = g_strdup(unpack_text(from));
        return wish.what == WANT_READING && !wish.any && unpack_finished(from);
    case ANSWER_READING:
        if (wish.what == WANT_READING)
            parsed->reading = reading_unpack(unpack_rest(from));
        if (parsed->reading)
            parsed->sha256 = g_strdup(parsed->reading->sha256);
        return parsed->reading != NULL;
    case ANSWER_TEXT:
        parsed->text = g_strdup(unpack_text(from));
        return wish_is_text(wish) && parsed->text && unpack_finished(from);
    case ANSWER_HEADERS:
        parsed->headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
        return wish.what == WANT_HEADERS && headers_unpack(from, parsed->headers);
    case ANSWER_LIKENESS:
        return wish.what == WANT_LIKENESS && likeness_unpack(from, &parsed->likeness);
    default:
        return false;
    }
}

Parsed *parsed_read(Span answer, ParserWish wish, char **why)
{
    Unpack from = unpack_new(answer.p, answer.n);
    Answer kind = (Answer)unpack_number(&from, ANSWER_COUNT - 1);
    if (kind == ANSWER_ERROR && !from.broken) {
        const char *text = unpack_text(&from);
        *why = g_strdup(text ? text : rubbish);
        return NULL;
    }
    g_autoptr(Parsed) parsed = g_new0(Parsed, 1);
    bool good = !from.broken && parsed_fill(parsed, kind, &from, wish);
    if (wish.more & READING_HASH && wish.what == WANT_READING)
        good = good && parsed->sha256 && strlen(parsed->sha256) == 64;
    if (good)
        return g_steal_pointer(&parsed);
    *why = g_strdup(rubbish);
    return NULL;
}

Reading *parsed_reading_known(Span answer)
{
    Unpack from = unpack_new(answer.p, answer.n);
    bool there = unpack_number(&from, ANSWER_COUNT - 1) == ANSWER_READING;
    return there ? reading_unpack_known(unpack_rest(&from)) : NULL;
}

/* --- the process ------------------------------------------------------------------------------ */

typedef struct ParserWorker {
    GPtrArray *dkim_keys; /* as in Identity */
    Identity *identity;   /* with form: lines are asked for, not readings */
    LineForm *form;
} ParserWorker;

static void keys_pack(GByteArray *to, const GPtrArray *keys)
{
    pack_number(to, keys->len);
    for (guint i = 0; i < keys->len; i++)
        pack_name(to, keys->pdata[i]);
}

static GPtrArray *keys_unpack(Unpack *from)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
    guint64 count = unpack_number(from, G_MAXINT);
    for (guint64 i = 0; i < count && !from->broken; i++)
        g_ptr_array_add(keys, g_strdup(unpack_name(from)));
    return keys;
}

GByteArray *parser_hello(const Config *config)
{
    GByteArray *hello = g_byte_array_new();
    keys_pack(hello, config->identity->dkim_keys);
    pack_text(hello, NULL);
    return hello;
}

GByteArray *parser_hello_lines(const Config *config, const char *format, const char *fields)
{
    GByteArray *hello = g_byte_array_new();
    keys_pack(hello, config->identity->dkim_keys);
    pack_text(hello, format);
    pack_text(hello, fields);
    identity_pack(hello, config->identity);
    return hello;
}

GByteArray *parser_request(ParserWish wish)
{
    GByteArray *request = g_byte_array_new();
    pack_number(request, wish.what);
    pack_number(request, wish.any);
    pack_number(request, wish.more);
    return request;
}

static bool worker_hello(Span bytes, gpointer data)
{
    ParserWorker *worker = data;
    Unpack from = unpack_new(bytes.p, bytes.n);
    worker->dkim_keys = keys_unpack(&from);
    const char *format = unpack_text(&from);
    bool good = true;
    if (format) {
        worker->form = line_form_new(format, unpack_text(&from), NULL);
        worker->identity = identity_unpack(&from);
        good = worker->form != NULL;
    }
    good = good && unpack_finished(&from);
    mime_init();
    mime_prepare();
    return good;
}

/* A status, and the line; or why there is none. */
static void line_answer(const ParserWorker *worker, int fd, GByteArray *answer)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) bytes = mail_bytes(fd, &error);
    g_autoptr(GString) line = g_string_sized_new(4096);
    LineStatus status = LINE_UNREADABLE;
    if (bytes) {
        g_autoptr(Reading) reading =
            reading_make((const char *)bytes->data, bytes->len, worker->dkim_keys, 0);
        g_autoptr(Judgement) judgement =
            judgement_make(reading, worker->identity, NULL, NULL, worker->form->wording);
        g_autoptr(Finding) finding = finding_new(NULL, reading, judgement);
        status = line_status(finding);
        line_append(line, worker->form, finding);
    }
    if (line->len >= POOL_ANSWER_MOST) {
        status = LINE_UNREADABLE;
        g_string_assign(line, "too much was found in it");
    } else if (!bytes)
        g_string_assign(line, error->message);
    g_byte_array_append(answer, &(guint8){(guint8)status}, 1);
    g_byte_array_append(answer, (const guint8 *)line->str, (guint)line->len);
}

static void worker_answer(Span bytes, int fd, GByteArray *answer, gpointer data)
{
    const ParserWorker *worker = data;
    if (worker->form) {
        line_answer(worker, fd, answer);
        return;
    }
    Unpack from = unpack_new(bytes.p, bytes.n);
    ParserWish wish = {.what = (ParserWant)unpack_number(&from, WANT_COUNT - 1)};
    wish.any = unpack_bool(&from);
    wish.more = (guint)unpack_number(&from, G_MAXUINT);
    wish_answer(answer, fd, wish, worker->dkim_keys);
}

int parser_body(FrameLink *link)
{
    static const PoolBody body = {worker_hello, worker_answer};
    ParserWorker worker = {0};
    int status = pool_serve(link, &body, &worker);
    if (worker.dkim_keys)
        g_ptr_array_unref(worker.dkim_keys);
    if (worker.identity)
        identity_free(worker.identity);
    line_form_free(worker.form);
    return status;
}
