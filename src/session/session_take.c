/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes from the reader's process: each frame is unpacked or read, checked, held and told. */
#include "base/autoptr.h"
#include "reading/reader_wire.h"
#include "session/session_private.h"

/* Cases that came with their rows. */
static void session_take_ahead(Session *session, guint first, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++)
        if (findings->pdata[i] && session->events.case_ready)
            session->events.case_ready(first + i, findings->pdata[i], NULL, session->data);
}

static void finding_clear(gpointer finding)
{
    finding_free(finding);
}

static void session_take_rows(Session *session, Unpack *from)
{
    guint first = session->rows->len;
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(finding_clear);
    guint64 count = unpack_number(from, G_MAXINT);
    for (guint64 i = 0; i < count && !from->broken; i++) {
        Held held = {.row = row_unpack(from)};
        if (!held.row)
            break;
        g_array_append_val(session->rows, held);
        g_ptr_array_add(findings, unpack_bool(from) ? finding_unpack(from) : NULL);
    }
    guint added = session->rows->len - first;
    if (added && session->events.rows_added)
        session->events.rows_added(first, added, session->data);
    session_take_ahead(session, first, findings);
}

static void session_tell_changed(Session *session, const guint *rows, guint count)
{
    if (count && session->events.rows_changed)
        session->events.rows_changed(rows, count, session->data);
}

/* Rows that are judged otherwise, or are as a job has left them: all at once. */
static void session_take_judged(Session *session, Unpack *from)
{
    g_autoptr(GArray) changed = g_array_new(FALSE, FALSE, sizeof(guint));
    guint64 count = unpack_number(from, G_MAXINT);
    for (guint64 i = 0; i < count && !from->broken; i++) {
        guint n = (guint)unpack_number(from, G_MAXINT);
        Row *row = row_unpack(from);
        Held *held = row ? session_held(session, n) : NULL;
        if (!held) {
            row_unref(row);
            continue;
        }
        row_unref(held->row);
        *held = (Held){.row = row};
        g_array_append_val(changed, n);
    }
    session_tell_changed(session, (const guint *)(const void *)changed->data, changed->len);
}

void session_tell_reading(Session *session)
{
    if (session->events.reading)
        session->events.reading(&session->reading, session->data);
}

static void session_take_state(Session *session, const json_t *frame)
{
    session->reading.candidates = (guint)json_integer_value(json_object_get(frame, "candidates"));
    session->reading.total = (guint)json_integer_value(json_object_get(frame, "total"));
    session->reading.left_out = (guint)json_integer_value(json_object_get(frame, "left_out"));
    session->reading.read = (guint)json_integer_value(json_object_get(frame, "read"));
    session->reading.done = json_is_true(json_object_get(frame, "done"));
    session_tell_reading(session);
    if (session->reading.done && !session->listing)
        session_list_jobs(session);
}

void session_fail_reading(Session *session, const char *why)
{
    g_free(session->reading.error);
    session->reading.error = g_strdup(why);
    session->reading.done = true;
    session_tell_reading(session);
}

/* @finding is NULL where there is an error, or rubbish. */
static void session_take_case(Session *session, gint64 n, const Finding *finding, const char *error)
{
    session->case_asked = -1;
    if (session->case_wanted != n) {
        session_ask_case(session);
        return;
    }
    session->case_wanted = -1;
    if (session->events.case_ready)
        session->events.case_ready((guint)n, finding,
                                   finding ? NULL
                                   : error ? error
                                           : "the process that read it sent rubbish",
                                   session->data);
}

static void session_take_no_case(Session *session, const json_t *frame)
{
    g_autofree char *error = frame_bytes_text(json_object_get(frame, "error"));
    session_take_case(session, json_integer_value(json_object_get(frame, "case")), NULL, error);
}

static void session_take_finding(Session *session, Unpack *from)
{
    gint64 n = (gint64)unpack_number(from, G_MAXINT);
    g_autoptr(Finding) finding = finding_unpack(from);
    session_take_case(session, n, finding, NULL);
}

static void session_take_text(Session *session, const json_t *frame)
{
    session->text_asked = -1;
    g_autofree char *content = frame_bytes_text(json_object_get(frame, "content"));
    g_autofree char *error = frame_bytes_text(json_object_get(frame, "error"));
    if (session->events.text_ready)
        session->events.text_ready((guint)json_integer_value(json_object_get(frame, "text")),
                                   (TextWanted)json_integer_value(json_object_get(frame, "what")),
                                   content, error, session->data);
}

static void session_take_word(Session *session, const json_t *word)
{
    g_autofree char *text = frame_bytes_text(word);
    if (text && session->events.word)
        session->events.word(text, session->data);
}

/* A row is gone after a job: {"n": N, "gone": true}. */
static void session_take_look(Session *session, const json_t *look)
{
    json_int_t n = json_integer_value(json_object_get(look, "n"));
    guint row = (guint)n;
    Held *held = n >= 0 && n < G_MAXINT ? session_held(session, row) : NULL;
    if (!held || held->gone || !json_is_true(json_object_get(look, "gone")))
        return;
    held->gone = true;
    session_tell_changed(session, &row, 1);
}

static GHashTable *ids_of(const json_t *json)
{
    GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; i < json_array_size(json); i++) {
        char *id = frame_bytes_text(json_array_get(json, i));
        if (id)
            g_hash_table_add(ids, id);
    }
    return ids;
}

static void session_take_match(Session *session, const json_t *frame)
{
    const json_t *lists = json_object_get(frame, "ids");
    g_autofree char *error = frame_bytes_text(json_object_get(frame, "error"));
    if (json_integer_value(json_object_get(frame, "match")) != session->match_asked)
        return;
    session->matching = false;
    g_autoptr(GPtrArray) sets = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    for (gsize i = 0; i < json_array_size(lists); i++)
        g_ptr_array_add(sets, ids_of(json_array_get(lists, i)));
    if (session->events.matched)
        session->events.matched(lists ? sets : NULL, error, session->data);
}

static void session_take_prefixes(Session *session, const json_t *list)
{
    g_strfreev(session->prefixes);
    session->prefixes = g_new0(char *, json_array_size(list) + 1);
    for (gsize i = 0, n = 0; i < json_array_size(list); i++) {
        char *name = frame_bytes_text(json_array_get(list, i));
        if (name)
            session->prefixes[n++] = name;
    }
}

static void session_take_promises(Session *session, const json_t *texts)
{
    const char *question;
    const json_t *value;
    g_hash_table_remove_all(session->promises);
    json_object_foreach((json_t *)(gsize)texts, question, value)
    {
        char *text = frame_bytes_text(value);
        if (text)
            g_hash_table_insert(session->promises, g_strdup(question), text);
    }
}

/* The answer to "again" and "judge". */
static void session_take_again(Session *session, bool same)
{
    if (!same) {
        session_read(session);
        return;
    }
    session->reading.done = true;
    session_tell_reading(session);
}

static void session_take(Session *session, const json_t *frame)
{
    const json_t *value = json_object_get(frame, "q");
    bool old = json_is_integer(value) && json_integer_value(value) != session->number;
    if (old && !json_object_get(frame, "word") && !json_object_get(frame, "match"))
        return;
    session->answered = true;
    session_begun(session);
    if (json_object_get(frame, "same") || json_object_get(frame, "changed"))
        session_take_again(session, json_object_get(frame, "same") != NULL);
    else if (json_object_get(frame, "candidates"))
        session_take_state(session, frame);
    else if (json_object_get(frame, "case"))
        session_take_no_case(session, frame);
    else if (json_object_get(frame, "text"))
        session_take_text(session, frame);
    else if ((value = json_object_get(frame, "look")))
        session_take_look(session, value);
    else if (json_object_get(frame, "match"))
        session_take_match(session, frame);
    else if ((value = json_object_get(frame, "promises")))
        session_take_promises(session, value);
    else if ((value = json_object_get(frame, "prefixes")))
        session_take_prefixes(session, value);
    else if (json_object_get(frame, "looked"))
        session->looking -= MIN(session->looking, 1);
    else if ((value = json_object_get(frame, "word")))
        session_take_word(session, value);
    else if ((value = json_object_get(frame, "error"))) {
        g_autofree char *why = frame_bytes_text(value);
        session_fail_reading(session, why ? why : "the mail cannot be read");
    } else if (json_object_get(frame, "new_mail") && session->events.new_mail)
        session->events.new_mail(session->data);
}

/* A frame of packed values (reading/reader_wire.h). */
static void session_take_packed(Session *session, Span bytes)
{
    Unpack from = unpack_new(bytes.p, bytes.n);
    ReaderFrame kind = (ReaderFrame)unpack_number(&from, READER_FRAMES - 1);
    if (unpack_number(&from, G_MAXUINT) != session->number || from.broken)
        return;
    session->answered = true;
    session_begun(session);
    if (kind == READER_ROWS)
        session_take_rows(session, &from);
    else if (kind == READER_JUDGED)
        session_take_judged(session, &from);
    else if (kind == READER_CASE)
        session_take_finding(session, &from);
}

void session_take_frame(Session *session, Frame *frame)
{
    if (frame->bytes.n && frame->bytes.p[0] != '{') {
        session_take_packed(session, frame->bytes);
        return;
    }
    g_autoptr(json_t) object = frame_object(session->reader->link, frame);
    if (object)
        session_take(session, object);
}
