/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See likeness.h. */
#include "message/likeness.h"

#include <string.h>

#include "message/message.h"

/* Fields of the header in which mail readers and mbox files keep what they know of a message; none
 * of them says what it is (mutt's and Dovecot's, and those of RFC 4155's kin). */
static const char *const kept_by_readers[] = {"Status",         "X-Status", "X-Keywords",
                                              "Content-Length", "Lines",    "X-UID"};

typedef struct Pass {
    GChecksum *sum;
    gsize empty; /* lines, not counted yet: at the end they say nothing */
    bool head, left_out;
} Pass;

static bool is_kept_by_reader(Span line)
{
    gssize colon = span_find(span_sub(line, 0, 20), ":");
    Span name = span_sub(line, 0, (gsize)MAX(colon, 0));
    for (gsize i = 0; i < G_N_ELEMENTS(kept_by_readers); i++)
        if (span_ieq(name, kept_by_readers[i]))
            return true;
    return false;
}

static bool is_from(Span line)
{
    return line.n >= 5 && memcmp(line.p, "From ", 5) == 0;
}

/* "From " is quoted in an mbox by one more ">". */
static Span without_quoting(Span line)
{
    gsize n = 0;
    while (n < line.n && line.p[n] == '>')
        n++;
    Span bare = span_sub(line, n, line.n);
    return is_from(bare) ? bare : line;
}

static void pass_line(Pass *pass, Span line)
{
    if (line.n == 0) {
        pass->head = false;
        pass->empty++;
        return;
    }
    if (pass->head) {
        bool continued = *line.p == ' ' || *line.p == '\t';
        pass->left_out = continued ? pass->left_out : is_kept_by_reader(line);
        if (pass->left_out)
            return;
    }
    line = without_quoting(line);
    for (; pass->empty; pass->empty--)
        g_checksum_update(pass->sum, (const guchar *)"\n", 1);
    g_checksum_update(pass->sum, (const guchar *)line.p, (gssize)line.n);
    g_checksum_update(pass->sum, (const guchar *)"\n", 1);
}

/* @bytes behind empty lines and the "From " line of an mbox. */
static Span behind_from(Span bytes)
{
    Span rest = bytes, line;
    while (span_line(&rest, &line) && (line.n == 0 || is_from(without_quoting(line))))
        bytes = rest;
    return bytes;
}

static char *content_of(Span text)
{
    Span rest = text, line;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    Pass pass = {.sum = sum, .head = true};
    while (span_line(&rest, &line))
        pass_line(&pass, line);
    return g_strdup(g_checksum_get_string(sum));
}

Likeness likeness_of(Span bytes)
{
    Span text = behind_from(bytes);
    g_autoptr(GPtrArray) headers = headers_parse(text, NULL);
    return (Likeness){
        .message_id = g_strdup(headers_get(headers, "Message-ID")),
        .content = content_of(text),
        .sha1 = g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)bytes.p, bytes.n)};
}

void likeness_clear(Likeness *likeness)
{
    g_free(likeness->message_id);
    g_free(likeness->sha1);
    g_free(likeness->content);
    *likeness = (Likeness){0};
}

bool likeness_same(const Likeness *one, const Likeness *other)
{
    return g_strcmp0(one->content, other->content) == 0;
}
