/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See leaf.h. */
#include "message/leaf.h"

#include <string.h>

#include "message/charset.h"

bool leaf_is_encoded(GMimeContentEncoding encoding)
{
    return encoding == GMIME_CONTENT_ENCODING_BASE64 ||
           encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

GByteArray *leaf_decoded(Span sent, GMimeContentEncoding encoding)
{
    GMimeEncoding state;
    GByteArray *out = g_byte_array_new();
    if (!leaf_is_encoded(encoding))
        return g_byte_array_append(out, (const guint8 *)sent.p, (guint)sent.n);
    g_mime_encoding_init_decode(&state, encoding);
    g_byte_array_set_size(out, (guint)g_mime_encoding_outlen(&state, sent.n));
    if (out->len)
        g_byte_array_set_size(
            out, (guint)g_mime_encoding_flush(&state, sent.p, sent.n, (char *)out->data));
    return out;
}

/* Types whose bodies are read as text (RFC 3464, 6533, 8098, 5965); any text; any message type; and
 * bodies without a type worth the name that look like text. */
static bool reads_as_text(const char *type, Span bytes)
{
    if (g_str_has_prefix(type, "text/") || g_str_has_prefix(type, "message/"))
        return true;
    if (strcmp(type, "application/octet-stream") != 0 && strchr(type, '/') != NULL &&
        strcmp(type, "application/x-unknown") != 0)
        return false;
    gsize n = MIN(bytes.n, 2000), odd = 0;
    for (gsize i = 0; i < n; i++)
        odd += (guchar)bytes.p[i] < 0x20 && !strchr("\t\r\n", bytes.p[i] ? bytes.p[i] : 1);
    return odd == 0;
}

void leaf_read(Message *message, Part *part, Span bytes)
{
    part->size = bytes.n;
    if (!reads_as_text(part->type, bytes))
        return;
    message->truncated = message->truncated || bytes.n > TEXT_MAX;
    part->text = charset_decode(span_sub(bytes, 0, TEXT_MAX), part->charset);
}

void leaf_read_sent(Message *message, Part *part, Span sent, GMimeContentEncoding encoding)
{
    if (!leaf_is_encoded(encoding)) {
        leaf_read(message, part, sent);
        return;
    }
    g_autoptr(GByteArray) bytes = leaf_decoded(sent, encoding);
    leaf_read(message, part, (Span){bytes->len ? (const char *)bytes->data : "", bytes->len});
}
