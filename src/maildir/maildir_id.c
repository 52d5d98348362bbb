/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header is read as bytes and taken apart no further than to its Message-ID fields. */
#include "maildir/maildir_id.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#define HASHED "notmuch-sha1-"

enum {
    PIECE = 4096,
    HEADER_MOST = 256 << 10, /* of a longer one nothing is said */
    LONG_ID = 150            /* longer ones may be hashed */
};

/* Where the header of @text ends, looked for from @from on; 0: not in there. */
static gsize header_end(const GString *text, gsize from)
{
    const char *lf = strstr(text->str + from, "\n\n"), *crlf = strstr(text->str + from, "\n\r\n");
    const char *end = lf && (!crlf || lf < crlf) ? lf : crlf;
    return end ? (gsize)(end - text->str) + 1 : 0;
}

/* Appends a piece, its zeros as blanks. 0: the end of the file; -1: it cannot be read. */
static ssize_t piece_read(int fd, GString *text)
{
    char piece[PIECE];
    ssize_t n;
    do
        n = read(fd, piece, sizeof piece);
    while (n < 0 && errno == EINTR);
    for (ssize_t i = 0; i < n; i++)
        g_string_append_c(text, piece[i] ? piece[i] : ' ');
    return n;
}

/* The caller frees it; NULL: it cannot be read, or has no end nearby. */
static GString *header_read(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    GString *text = g_string_new(NULL);
    gsize end = 0, looked = 0;
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0 && !end && text->len < HEADER_MOST) {
        n = piece_read(fd, text);
        end = header_end(text, looked);
        looked = text->len - MIN(text->len, 2);
    }
    if (fd >= 0)
        close(fd);
    if (!end && n == 0)
        end = text->len;
    if (end)
        g_string_truncate(text, end);
    else
        g_string_free(g_steal_pointer(&text), TRUE);
    return text;
}

/* The field that begins at @line, with the lines that go on with it, blanks taken out. */
static GString *field_take(const char *line)
{
    GString *field = g_string_new(NULL);
    for (const char *p = line; *p && (*p != '\n' || p[1] == ' ' || p[1] == '\t'); p++)
        if (!g_ascii_isspace(*p))
            g_string_append_c(field, *p);
    return field;
}

static bool needs_decoding(const char *field)
{
    for (const char *p = field; *p; p++)
        if ((guchar)*p >= 0x80)
            return true;
    return strstr(field, "=?") != NULL;
}

static bool is_hash_of_file(const char *path, const char *id)
{
    g_autofree char *content = NULL;
    gsize length;
    if (!g_file_get_contents(path, &content, &length, NULL))
        return true;
    g_autofree char *sum =
        g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)content, length);
    return strcmp(sum, id + strlen(HASHED)) == 0;
}

bool maildir_may_be(const char *path, const char *id)
{
    static const char name[] = "message-id";
    g_autoptr(GString) wanted = field_take(id);
    GString *header = header_read(path);
    bool hashed = g_str_has_prefix(id, HASHED),
         packed = header && g_str_has_prefix(header->str, "\x1f\x8b");
    bool found = !header || packed;
    for (const char *line = header ? header->str : NULL; line && !found;
         line = strchr(line, '\n'), line += line ? 1 : 0) {
        if (g_ascii_strncasecmp(line, name, strlen(name)) != 0)
            continue;
        g_autoptr(GString) field = field_take(line + strlen(name));
        found = strstr(field->str, wanted->str) || needs_decoding(field->str) ||
                (hashed && field->len > LONG_ID);
    }
    if (header)
        g_string_free(header, TRUE);
    return found || (hashed && is_hash_of_file(path, id));
}
