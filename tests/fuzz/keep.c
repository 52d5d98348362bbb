/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into unit tests (--wrap), keeps what they read as seeds for the fuzz targets: each input
 * in NOTME_SEEDS/TARGET/HASH, where TARGET is there. tests/fuzz/seeds builds them so. */
#include "auth/auth.h"
#include "dkim/dkim.h"
#include "keymap/keymap.h"
#include "message/mime.h"
#include "received/received.h"

Message *__real_mime_read(const char *bytes, gsize length);
Message *__wrap_mime_read(const char *bytes, gsize length);
Hop *__real_received_parse(Span value);
Hop *__wrap_received_parse(Span value);
AuthResults *__real_auth_read(const char *name, Span value);
AuthResults *__wrap_auth_read(const char *name, Span value);
bool __real_date_parse(Span text, Date *out);
bool __wrap_date_parse(Span text, Date *out);
DkimMail __real_dkim_mail_split(Span message);
DkimMail __wrap_dkim_mail_split(Span message);
Keymap *__real_keymap_parse(const char *file, const char *text, const char *folder, GError **error);
Keymap *__wrap_keymap_parse(const char *file, const char *text, const char *folder, GError **error);

/* Large ones are made by loops: their parts are in others. */
#define LARGEST 20000

static void keep(const char *target, Span input)
{
    const char *seeds = g_getenv("NOTME_SEEDS");
    if (!seeds || input.n > LARGEST)
        return;
    g_autofree char *hash =
        g_compute_checksum_for_data(G_CHECKSUM_SHA1, (const guchar *)input.p, input.n);
    g_autofree char *name = g_build_filename(seeds, target, hash, NULL);
    if (!g_file_test(name, G_FILE_TEST_EXISTS))
        g_file_set_contents(name, input.p, (gssize)input.n, NULL);
}

Message *__wrap_mime_read(const char *bytes, gsize length)
{
    keep("fuzz_message", (Span){bytes, length});
    return __real_mime_read(bytes, length);
}

Hop *__wrap_received_parse(Span value)
{
    keep("fuzz_received", value);
    return __real_received_parse(value);
}

AuthResults *__wrap_auth_read(const char *name, Span value)
{
    keep("fuzz_auth", value);
    return __real_auth_read(name, value);
}

bool __wrap_date_parse(Span text, Date *out)
{
    keep("fuzz_date", text);
    return __real_date_parse(text, out);
}

DkimMail __wrap_dkim_mail_split(Span message)
{
    keep("fuzz_dkim", message);
    return __real_dkim_mail_split(message);
}

Keymap *__wrap_keymap_parse(const char *file, const char *text, const char *folder, GError **error)
{
    keep("fuzz_keymap", span_of(text));
    return __real_keymap_parse(file, text, folder, error);
}
