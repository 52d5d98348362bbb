/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser: bytes from a descriptor in, row and finding out. It opens no file itself. */
#include "reading/parser.h"

#include <string.h>
#include <sys/resource.h>

#include "base/safe.h"
#include "maildir/mailfile.h"
#include "message/mime.h"
#include "reading/reader.h"
#include "reading/store_facts.h"
#include "verdict/dkim.h"
#include "work/confine.h"
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
    return json_pack("{s:o, s:o, s:i, s:I, s:o, s:o, s:b, s:b, s:i}", "id", frame_bytes(c->id),
                     "file", frame_bytes(c->file), "files", (int)c->files, "timestamp",
                     (json_int_t)c->timestamp, "tags", frame_bytes(c->tags), "word",
                     frame_bytes(c->word), "finding", c->finding, "any", c->any, "text",
                     (int)c->text);
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
    c->finding = json_is_true(json_object_get(json, "finding"));
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

static void finding_decide(Finding *finding, const Candidate *candidate, const Identity *identity,
                           ParserAsk ask, gpointer data)
{
    json_t *question = ask ? facts_question(finding) : NULL;
    json_t *answer = question ? ask(question, data) : NULL;
    g_autoptr(StoreFacts) facts = facts_from_json(answer);
    json_decref(answer);
    finding_judge(finding, identity, facts);
    finding_override(finding, word_value(candidate->word, finding->sha256));
}

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

json_t *parser_read(int fd, const Candidate *candidate, const Identity *identity, ParserAsk ask,
                    gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) bytes = mailfile_read(fd, &error);
    if (!bytes)
        return json_pack("{s:o}", "error", frame_bytes(error->message));
    if (candidate->text != TEXT_NONE)
        return text_result(bytes, candidate->text);
    g_autoptr(Finding) finding =
        finding_read(candidate->file, (const char *)bytes->data, bytes->len, identity);
    finding_decide(finding, candidate, identity, ask, data);
    json_t *out = json_pack("{s:s}", "sha256", finding->sha256);
    bool counts = finding->bounce->kind != KIND_NONE;
    if (counts) {
        g_autoptr(Row) row =
            row_from_finding(finding, candidate->id, candidate->file, candidate->files,
                             candidate->timestamp, candidate->tags);
        json_object_set_new(out, "row", row_to_json(row));
    }
    if (candidate->finding && (counts || candidate->any))
        json_object_set_new(out, "finding", finding_to_json(finding, true));
    return out;
}

/* --- what came out -------------------------------------------------------------------------- */

void parsed_free(Parsed *parsed)
{
    if (!parsed)
        return;
    row_free(parsed->row);
    finding_free(parsed->finding);
    g_free(parsed->sha256);
    g_free(parsed->text);
    g_free(parsed);
}

/* A parser says what a message is, never which message it was. */
static void row_is_of(Row *row, const Candidate *candidate)
{
    g_free(row->id);
    g_free(row->file);
    g_free(row->tags);
    row->id = g_strdup(candidate->id);
    row->file = g_strdup(candidate->file);
    row->tags = g_strdup(candidate->tags);
    row->files = candidate->files;
    row->timestamp = candidate->timestamp;
}

Parsed *parsed_from_json(const json_t *json, const Candidate *candidate, char **why)
{
    const json_t *error = json_object_get(json, "error"), *row = json_object_get(json, "row"),
                 *finding = json_object_get(json, "finding");
    const char *text = json_string_value(json_object_get(json, "text"));
    const char *sha = json_string_value(json_object_get(json, "sha256"));
    g_autoptr(Parsed) parsed = g_new0(Parsed, 1);
    parsed->sha256 = g_strdup(sha);
    parsed->text = g_strdup(text);
    parsed->row = row ? row_from_json(row) : NULL;
    parsed->finding = finding ? finding_from_json(finding) : NULL;
    if (json_is_string(error))
        *why = frame_bytes_text(error);
    else if (candidate->text != TEXT_NONE && text)
        return g_steal_pointer(&parsed);
    else if (!sha || strlen(sha) != 64 || (row && !parsed->row) || (finding && !parsed->finding))
        *why = g_strdup("the process that read it sent rubbish");
    else {
        if (parsed->row)
            row_is_of(parsed->row, candidate);
        return g_steal_pointer(&parsed);
    }
    return NULL;
}

/* --- the process ---------------------------------------------------------------------------- */

/* Behind the first screens there is no hurry: whoever types comes first. */
enum { HURRY = 100, PATIENCE = 10 };

typedef struct ParserWorker {
    Identity *identity;
    PoolPeer *peer;
    guint answered;
} ParserWorker;

json_t *parser_hello(const Config *config)
{
    return json_pack("{s:o}", "identity", identity_to_json(config->identity));
}

static bool worker_hello(const json_t *hello, gpointer data)
{
    ParserWorker *worker = data;
    worker->identity = identity_from_json(json_object_get(hello, "identity"));
    mime_init();
    mime_prepare();
    if (worker->identity && worker->identity->dkim_keys->len)
        dkim_prepare();
    confine();
    return worker->identity != NULL;
}

static json_t *worker_ask(json_t *question, gpointer data)
{
    const ParserWorker *worker = data;
    return pool_ask(worker->peer, question);
}

static json_t *worker_answer(PoolPeer *peer, const json_t *request, int fd, gpointer data)
{
    ParserWorker *worker = data;
    worker->peer = peer;
    if (++worker->answered == HURRY)
        setpriority(PRIO_PROCESS, 0, PATIENCE);
    g_autoptr(Candidate) candidate = candidate_from_json(request);
    return parser_read(fd, candidate, worker->identity, worker_ask, worker);
}

int parser_body(FrameLink *link)
{
    static const PoolBody body = {worker_hello, worker_answer};
    ParserWorker worker = {0};
    int status = pool_serve(link, &body, &worker);
    if (worker.identity)
        identity_free(worker.identity);
    return status;
}
