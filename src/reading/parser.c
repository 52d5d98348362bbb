/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser: bytes from a descriptor in, a reading out. It opens no file itself. */
#include "reading/parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/safe.h"
#include "maildir/mailfile.h"
#include "message/mime.h"
#include "message/packed.h"
#include "reading/line.h"
#include "reading/reader.h"
#include "work/pool.h"

Candidate *candidate_new(const char *id, const char *file)
{
    Candidate *candidate = g_new0(Candidate, 1);
    candidate->id = g_strdup(id);
    candidate->file = g_strdup(file);
    candidate->files = 1;
    candidate->tags = g_strdup("");
    return candidate;
}

void candidate_free(Candidate *candidate)
{
    if (!candidate)
        return;
    g_free(candidate->id);
    g_free(candidate->file);
    g_free(candidate->tags);
    g_free(candidate->word);
    g_free(candidate);
}

json_t *candidate_to_json(const Candidate *c)
{
    return json_pack("{s:o, s:o, s:i, s:I, s:o, s:o, s:b, s:i}", "id", frame_bytes(c->id), "file",
                     frame_bytes(c->file), "files", (int)c->files, "timestamp",
                     (json_int_t)c->timestamp, "tags", frame_bytes(c->tags), "word",
                     frame_bytes(c->word), "any", c->any, "text", (int)c->text);
}

Candidate *candidate_from_json(const json_t *json)
{
    Candidate *c = g_new0(Candidate, 1);
    c->id = frame_bytes_text(json_object_get(json, "id"));
    c->file = frame_bytes_text(json_object_get(json, "file"));
    c->files = (guint)json_integer_value(json_object_get(json, "files"));
    c->timestamp = json_integer_value(json_object_get(json, "timestamp"));
    c->tags = frame_bytes_text(json_object_get(json, "tags"));
    c->word = frame_bytes_text(json_object_get(json, "word"));
    c->any = json_is_true(json_object_get(json, "any"));
    c->text = (TextWanted)json_integer_value(json_object_get(json, "text"));
    return c;
}

VerdictValue word_value(const char *word, const char *sha256)
{
    const char *colon = word ? strchr(word, ':') : NULL;
    if (!colon || !sha256 || g_ascii_strcasecmp(colon + 1, sha256) != 0)
        return VERDICT_NONE;
    g_autofree char *name = g_strndup(word, (gsize)(colon - word));
    int value = verdict_from_name(name);
    return value > 0 ? (VerdictValue)value : VERDICT_NONE;
}

/* --- reading -------------------------------------------------------------------------------- */

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

static json_t *text_result(const GByteArray *bytes, TextWanted what)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (what == TEXT_PARTS) {
        g_autoptr(Message) message = mime_read((const char *)bytes->data, bytes->len);
        parts_append(text, message);
    } else
        g_string_append_len(text, (const char *)bytes->data, bytes->len);
    bool more = text->len > TEXT_MOST;
    g_string_truncate(text, MIN(text->len, (gsize)TEXT_MOST));
    g_autofree char *safe = safe_text((Span){text->str, text->len}, SAFE_KEEP_NEWLINES);
    g_autofree char *all =
        g_strconcat(safe, more ? "\n[there is more than is shown here]\n" : "", NULL);
    return json_pack("{s:s}", "text", all);
}

/* What @fd holds, unpacked. */
static GByteArray *mail_bytes(int fd, GError **error)
{
    GByteArray *bytes = mailfile_read(fd, error);
    return bytes ? packed_open(bytes, error) : NULL;
}

json_t *parser_read(int fd, const Candidate *candidate, const GPtrArray *dkim_keys)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) bytes = mail_bytes(fd, &error);
    if (!bytes)
        return json_pack("{s:o}", "error", frame_bytes(error->message));
    if (candidate->text != TEXT_NONE)
        return text_result(bytes, candidate->text);
    g_autoptr(Reading) reading =
        reading_make((const char *)bytes->data, bytes->len, dkim_keys, READING_HASH);
    json_t *out = json_pack("{s:s}", "sha256", reading->sha256);
    if (candidate->any || reading->bounce->kind != KIND_NONE)
        json_object_set_new(out, "reading", reading_to_json(reading));
    return out;
}

/* --- what came out -------------------------------------------------------------------------- */

void parsed_free(Parsed *parsed)
{
    if (!parsed)
        return;
    reading_unref(parsed->reading);
    g_free(parsed->sha256);
    g_free(parsed->text);
    g_free(parsed);
}

static Parsed *parsed_from_json(const json_t *json, const Candidate *candidate, char **why)
{
    const json_t *error = json_object_get(json, "error"),
                 *reading = json_object_get(json, "reading");
    const char *text = json_string_value(json_object_get(json, "text"));
    const char *sha = json_string_value(json_object_get(json, "sha256"));
    g_autoptr(Parsed) parsed = g_new0(Parsed, 1);
    parsed->sha256 = g_strdup(sha);
    parsed->text = g_strdup(text);
    parsed->reading = reading ? reading_from_json(reading) : NULL;
    if (json_is_string(error))
        *why = frame_bytes_text(error);
    else if (candidate->text != TEXT_NONE && text)
        return g_steal_pointer(&parsed);
    else if (!sha || strlen(sha) != 64 || (reading && !parsed->reading))
        *why = g_strdup("the process that read it sent rubbish");
    else
        return g_steal_pointer(&parsed);
    return NULL;
}

/* --- the process ---------------------------------------------------------------------------- */

typedef struct ParserWorker {
    GPtrArray *dkim_keys; /* as in Identity */
    Identity *identity;   /* with form: lines are asked for, not readings */
    LineForm *form;
} ParserWorker;

static void append_json(GByteArray *to, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (text)
        g_byte_array_append(to, (const guint8 *)text, (guint)strlen(text));
    free(text);
}

Parsed *parsed_read(Span answer, const Candidate *candidate, char **why)
{
    json_t *json = json_loadb(answer.p, answer.n, 0, NULL);
    Parsed *parsed = parsed_from_json(json, candidate, why);
    json_decref(json);
    return parsed;
}

static json_t *keys_json(const Config *config)
{
    json_t *keys = json_array();
    for (guint i = 0; i < config->identity->dkim_keys->len; i++)
        json_array_append_new(keys, frame_bytes(config->identity->dkim_keys->pdata[i]));
    return keys;
}

GByteArray *parser_hello(const Config *config)
{
    GByteArray *hello = g_byte_array_new();
    append_json(hello, json_pack("{s:o}", "dkim_keys", keys_json(config)));
    return hello;
}

GByteArray *parser_hello_lines(const Config *config, const char *format, const char *fields)
{
    GByteArray *hello = g_byte_array_new();
    append_json(hello,
                json_pack("{s:o, s:o, s:s, s:s?}", "dkim_keys", keys_json(config), "identity",
                          identity_to_json(config->identity), "format", format, "fields", fields));
    return hello;
}

GByteArray *parser_request(const Candidate *candidate)
{
    GByteArray *request = g_byte_array_new();
    append_json(request, candidate_to_json(candidate));
    return request;
}

static bool worker_hello(Span bytes, gpointer data)
{
    ParserWorker *worker = data;
    json_t *hello = json_loadb(bytes.p, bytes.n, 0, NULL);
    const json_t *keys = json_object_get(hello, "dkim_keys");
    bool good = json_is_array(keys);
    worker->dkim_keys = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < json_array_size(keys); i++)
        g_ptr_array_add(worker->dkim_keys, frame_bytes_text(json_array_get(keys, i)));
    const char *format = json_string_value(json_object_get(hello, "format"));
    if (format) {
        worker->identity = identity_from_json(json_object_get(hello, "identity"));
        worker->form =
            line_form_new(format, json_string_value(json_object_get(hello, "fields")), NULL);
        good = good && worker->identity && worker->form;
    }
    json_decref(hello);
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
        g_autoptr(Judgement) judgement = judgement_make(reading, worker->identity, NULL, NULL);
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
    ParserWorker *worker = data;
    if (worker->form) {
        line_answer(worker, fd, answer);
        return;
    }
    json_t *request = json_loadb(bytes.p, bytes.n, 0, NULL);
    g_autoptr(Candidate) candidate = candidate_from_json(request);
    json_decref(request);
    append_json(answer, parser_read(fd, candidate, worker->dkim_keys));
    if (answer->len > POOL_ANSWER_MOST) {
        g_byte_array_set_size(answer, 0);
        append_json(answer, json_pack("{s:s}", "error", "too much was found in it"));
    }
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
