/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: gzip data. The input as they come; and the input packed here, in several members,
 * and damaged as its first bytes say. In whatever pieces it is given, the same comes out. */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "message/mime.h"
#include "message/packed.h"

#define FUZZ_SEEDS                                                                                 \
    "aaaaSubject: x\n\nsome words, some words, some words\n", "b~zcFrom: a@b.example\n\nx\n",      \
        "P!0~", "\x1f\x8b\x08\x01\x01\x01\x01\x01\x01\x03\x4b\x01", "BZh9", "zQQQ\x1f\x8b"

enum { MOST = 1 << 20 }; /* more of it tells nothing new */

/* What is unpacked of @packed, given @step bytes at a time, with room for @room. */
static GByteArray *unpack(Span packed, gsize step, gsize room, const char **why)
{
    g_autoptr(Unzip) unzip = unzip_new();
    GByteArray *out = g_byte_array_new();
    g_autofree char *piece = g_malloc(room);
    while (packed.n && out->len < MOST) {
        Span in = span_sub(packed, 0, step);
        packed = span_sub(packed, in.n, packed.n);
        gsize made;
        while (out->len < MOST && (made = unzip_some(unzip, &in, piece, room)) > 0) {
            if (made > room)
                abort();
            g_byte_array_append(out, (const guint8 *)piece, (guint)made);
        }
    }
    *why = unzip_why(unzip);
    return out;
}

static void pack(GByteArray *to, Span text)
{
    g_autoptr(GZlibCompressor) zlib = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
    gsize length = text.n + text.n / 100 + 200, read = 0, written = 0;
    g_autofree guint8 *out = g_malloc(length);
    if (g_converter_convert(G_CONVERTER(zlib), text.n ? text.p : "", text.n, out, length,
                            G_CONVERTER_INPUT_AT_END, &read, &written,
                            NULL) != G_CONVERTER_FINISHED)
        abort();
    g_byte_array_append(to, out, (guint)written);
}

/* The same in pieces of each kind, and no more than a message may be. */
static void check_pieces(Span packed, gsize step, gsize room)
{
    const char *why, *other_why, *tiny_why;
    g_autoptr(GByteArray) whole = unpack(packed, packed.n, 65536, &why);
    g_autoptr(GByteArray) pieces = unpack(packed, step, room, &other_why);
    g_autoptr(GByteArray) tiny = unpack(packed, 1, 7, &tiny_why);
    gsize least = MIN(MIN(whole->len, pieces->len), tiny->len);
    bool ended = whole->len < MOST;
    if (memcmp(whole->data ? whole->data : (guint8 *)"", pieces->len ? pieces->data : (guint8 *)"",
               least) != 0 ||
        memcmp(whole->data ? whole->data : (guint8 *)"", tiny->len ? tiny->data : (guint8 *)"",
               least) != 0)
        abort();
    if (!ended)
        return;
    /* of a piece that breaks zlib gives nothing, so a small one is lost where a large one was */
    bool same = whole->len == pieces->len && whole->len == tiny->len;
    if (why != other_why || why != tiny_why || (!why && !same))
        abort();
}

static void check_opened(Span bytes)
{
    g_autoptr(GError) error = NULL;
    GByteArray *copy = g_byte_array_new();
    g_byte_array_append(copy, (const guint8 *)bytes.p, (guint)bytes.n);
    g_autoptr(GByteArray) opened = packed_open(copy, &error);
    if (!opened == !error || (opened && opened->len > MIME_MAX_BYTES + 1 && bytes.n < opened->len))
        abort();
}

/* @text in two members, split, damaged and followed as @how says. */
static void check_packed(const guint8 how[4], Span text)
{
    g_autoptr(GByteArray) packed = g_byte_array_new();
    gsize split = text.n * how[0] / 255;
    const char *why;
    pack(packed, span_sub(text, 0, split));
    pack(packed, span_sub(text, split, text.n));
    Span bytes = {(const char *)packed->data, packed->len};
    g_autoptr(GByteArray) out = unpack(bytes, how[1] + 1u, how[2] + 1u, &why);
    if (why || (text.n < MOST &&
                (out->len != text.n || memcmp(out->data ? out->data : how, text.p, text.n) != 0)))
        abort();
    packed->data[packed->len * how[3] / 256] ^= how[0] | 1;
    check_pieces(bytes, how[1] + 1u, how[2] + 1u);
    check_opened(bytes);
}

static void fuzz_one(const char *data, gsize size)
{
    guint8 how[4] = {1, 2, 3, 4};
    memcpy(how, data, MIN(size, sizeof how));
    check_pieces((Span){data, size}, how[1] + 1u, how[2] + 1u);
    check_opened((Span){data, size});
    if (size > sizeof how)
        check_packed(how, (Span){data + sizeof how, size - sizeof how});
}

#include "fuzz.h"
