/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See packed.h. */
#include "message/packed.h"

#include <gio/gio.h>
#include <string.h>

#include "message/mime.h"

typedef struct Magic {
    const char *name;
    const char *bytes;
    gsize length, at;
} Magic;

/* First bytes that no mail has. */
static const Magic magics[] = {
    {"xz",
     "\xfd"
     "7zXZ\0",
     6, 0},
    {"zstd", "\x28\xb5\x2f\xfd", 4, 0},
    {"bzip2", "BZh", 3, 0},
    {"zip", "PK\3\4", 4, 0},
    {"7z", "7z\xbc\xaf\x27\x1c", 6, 0},
    {"tar", "ustar", 5, 257},
    {"compress", "\x1f\x9d", 2, 0},
    {"PDF", "%PDF-", 5, 0},
    {"PNG", "\x89PNG", 4, 0},
    {"JPEG", "\xff\xd8\xff", 3, 0},
    {"ELF",
     "\x7f"
     "ELF",
     4, 0},
    {"SQLite", "SQLite format 3", 15, 0},
};

static const char gzip_magic[] = "\x1f\x8b\x08";

static bool is_no_mail(const GByteArray *bytes, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(magics); i++) {
        const Magic *m = &magics[i];
        if (bytes->len < m->at + m->length || memcmp(bytes->data + m->at, m->bytes, m->length) != 0)
            continue;
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "this is no mail: %s data; only gzip is unpacked here", m->name);
        return true;
    }
    return false;
}

/* What came out before the data ended or broke off counts, as with a message that was cut. */
static GByteArray *unzip(const GByteArray *bytes, GError **error)
{
    g_autoptr(GZlibDecompressor) zlib = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    GByteArray *out = g_byte_array_new();
    const gsize most = (gsize)MIME_MAX_BYTES + 1;
    gsize from = 0;
    GConverterResult result = G_CONVERTER_CONVERTED;
    while (result == G_CONVERTER_CONVERTED && out->len < most && from < bytes->len) {
        gsize read = 0, written = 0;
        guint had = out->len;
        g_byte_array_set_size(out, (guint)MIN((gsize)had + 65536, most));
        result = g_converter_convert(G_CONVERTER(zlib), bytes->data + from, bytes->len - from,
                                     out->data + had, out->len - had, G_CONVERTER_INPUT_AT_END,
                                     &read, &written, NULL);
        if (result == G_CONVERTER_ERROR)
            read = written = 0;
        g_byte_array_set_size(out, had + (guint)written);
        from += read;
    }
    if (out->len)
        return out;
    g_byte_array_unref(out);
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                        "this is no mail: gzip data that is empty or broken");
    return NULL;
}

GByteArray *packed_open(GByteArray *bytes, GError **error)
{
    g_autoptr(GByteArray) packed = bytes;
    g_autoptr(GByteArray) out = NULL;
    if (bytes->len < 3 || memcmp(bytes->data, gzip_magic, 3) != 0)
        out = g_byte_array_ref(packed);
    else
        out = unzip(packed, error);
    if (!out || is_no_mail(out, error))
        return NULL;
    return g_steal_pointer(&out);
}
