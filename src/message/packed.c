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

bool packed_is_gzip(Span first)
{
    return first.n >= 3 && memcmp(first.p, gzip_magic, 3) == 0;
}

/* --- unpacking -------------------------------------------------------------------------------- */

/* Nobody's mail becomes so many times its size; what would make millions of bytes of each thousand
 * is there to keep us busy. */
enum { RATIO_MOST = 250, RATIO_FROM = 64 << 20 };

struct Unzip {
    GZlibDecompressor *zlib;
    guint64 in, out;
    bool between; /* a member has ended, and no other begun */
    bool over;    /* no more can be read */
    const char *why;
};

Unzip *unzip_new(void)
{
    Unzip *unzip = g_new0(Unzip, 1);
    unzip->zlib = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    return unzip;
}

void unzip_free(Unzip *unzip)
{
    if (!unzip)
        return;
    g_object_unref(unzip->zlib);
    g_free(unzip);
}

static void unzip_stop(Unzip *unzip, const char *why)
{
    unzip->over = true;
    unzip->why = why;
}

/* One step of zlib's. */
static gsize unzip_step(Unzip *unzip, Span *in, char *out, gsize room)
{
    gsize read = 0, written = 0;
    g_autoptr(GError) error = NULL;
    GConverterResult result =
        g_converter_convert(G_CONVERTER(unzip->zlib), in->p ? in->p : "", in->n, out, room,
                            G_CONVERTER_NO_FLAGS, &read, &written, &error);
    if (result == G_CONVERTER_ERROR) {
        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
            unzip_stop(unzip, "its gzip data are broken");
        return 0;
    }
    *in = span_sub(*in, read, in->n);
    unzip->in += read;
    unzip->out += written;
    if (result == G_CONVERTER_FINISHED) {
        g_converter_reset(G_CONVERTER(unzip->zlib));
        unzip->between = true;
    }
    if (unzip->out > RATIO_FROM && unzip->out / RATIO_MOST > unzip->in)
        unzip_stop(unzip, "it becomes more than 250 times its size: no mail does");
    return written;
}

gsize unzip_some(Unzip *unzip, Span *in, char *out, gsize room)
{
    gsize made = 0, left;
    do {
        if (unzip->between && in->n) {
            unzip->between = false;
            unzip->over = *in->p != gzip_magic[0];
        }
        left = in->n;
        if (!unzip->over && !unzip->between)
            made = unzip_step(unzip, in, out, room);
    } while (!made && in->n < left && !unzip->over);
    return made;
}

const char *unzip_why(const Unzip *unzip)
{
    bool cut = !unzip->over && !unzip->between;
    return cut ? "its gzip data break off" : unzip->why;
}

/* What came out before the data ended or broke off counts, as with a message that was cut. */
static GByteArray *unzip_all(const GByteArray *bytes, GError **error)
{
    g_autoptr(Unzip) unzip = unzip_new();
    g_autoptr(GByteArray) out = g_byte_array_new();
    const gsize most = (gsize)MIME_MAX_BYTES + 1;
    Span in = {(const char *)bytes->data, bytes->len};
    gsize made = 1;
    while (made && out->len < most) {
        guint had = out->len;
        g_byte_array_set_size(out, (guint)MIN((gsize)had + 65536, most));
        made = unzip_some(unzip, &in, (char *)out->data + had, out->len - had);
        g_byte_array_set_size(out, had + (guint)made);
    }
    if (out->len)
        return g_steal_pointer(&out);
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                        "this is no mail: gzip data that is empty or broken");
    return NULL;
}

GByteArray *packed_open(GByteArray *bytes, GError **error)
{
    g_autoptr(GByteArray) packed = bytes;
    g_autoptr(GByteArray) out = NULL;
    if (packed_is_gzip((Span){(const char *)bytes->data, bytes->len}))
        out = unzip_all(packed, error);
    else
        out = g_byte_array_ref(packed);
    if (!out || is_no_mail(out, error))
        return NULL;
    return g_steal_pointer(&out);
}
