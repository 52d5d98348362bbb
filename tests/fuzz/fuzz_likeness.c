/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: which message a text is. However programs pass it on - with a "From " line, quoted
 * in an mbox, with other line ends, with what a mail reader notes - it stays the same one. */
#include <stdlib.h>

#include "message/likeness.h"

#define FUZZ_SEEDS                                                                                 \
    "Message-ID: <a@b.example>\nFrom: a@b.example\nSubject: x\n y\n\nFrom here on\n>From b\n\n",   \
        "From a Mon Apr 13 10:00:00 2026\nStatus: RO\n more\nmessage-id:\n <a@b.example>\n\nx",    \
        "\n\n>>From x\n\nSubject: x\nX-UID: 7\nLines: 2\nContent-Length: 3\n\n\n\nx\n\n\n",        \
        " folded\n\tfolded\nX-Keywords: a\n b\nStatus", "Subject: x\r\n\r\nFrom x\r>From y\r\n"

static void check_same(const char *data, gsize size, GString *changed)
{
    g_auto(Likeness) one = likeness_of((Span){data, size});
    g_auto(Likeness) other = likeness_of((Span){changed->str, changed->len});
    if (!likeness_same(&one, &other) || strlen(one.content) != 64 || strlen(one.sha1) != 40)
        abort();
    g_string_truncate(changed, 0);
}

/* Line by line: quoted as in an mbox, or with line ends of another kind. */
static void copy_lines(GString *to, Span text, bool quoted, const char *line_end)
{
    Span line;
    while (span_line(&text, &line)) {
        gsize at = 0;
        while (at < line.n && line.p[at] == '>')
            at++;
        if (quoted && line.n - at >= 5 && memcmp(line.p + at, "From ", 5) == 0)
            g_string_append_c(to, '>');
        g_string_append_len(to, line.p, (gssize)line.n);
        g_string_append(to, line_end);
    }
}

static void fuzz_one(const char *data, gsize size)
{
    g_autoptr(GString) changed = g_string_new(NULL);
    Span text = {data, size};
    copy_lines(changed, text, false, "\r\n");
    check_same(data, size, changed);
    copy_lines(changed, text, false, "\r");
    check_same(data, size, changed);
    g_string_append(changed, "From a@b.example Mon Apr 13 10:00:00 2026\n");
    copy_lines(changed, text, true, "\n");
    g_string_append(changed, "\n\n");
    check_same(data, size, changed);
    if (size == 0 || !g_ascii_isalpha(*data) || (size >= 5 && memcmp(data, "From ", 5) == 0))
        return; /* what stands in front of it would not be a field of its header */
    g_string_append(changed, "Status: RO\nx-uid: 7\n folded\n");
    g_string_append_len(changed, data, (gssize)size);
    check_same(data, size, changed);
}

#include "fuzz.h"
