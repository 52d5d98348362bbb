/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See handle.h. */
#include "reading/handle.h"

#include <string.h>

#include "base/id_term.h"
#include "maildir/maildir.h"

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

void handle_of(const char *id, const char *file, char handle[HANDLE_SIZE])
{
    guint8 hash[32];
    gsize size = sizeof hash;
    guint64 bits = 0;
    g_autofree char *unique = maildir_unique(file);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)id, (gssize)strlen(id) + 1);
    g_checksum_update(sum, (const guchar *)unique, (gssize)strlen(unique));
    g_checksum_get_digest(sum, hash, &size);
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | hash[i];
    handle[0] = '@';
    for (int i = 1; i < HANDLE_LENGTH; i++, bits <<= 5)
        handle[i] = digits[bits >> 59];
    handle[HANDLE_LENGTH] = '\0';
}

bool handle_is(const char *text)
{
    if (*text != '@' || strlen(text) != HANDLE_LENGTH)
        return false;
    for (const char *p = text + 1; *p; p++)
        if (!strchr(digits, g_ascii_tolower(*p)))
            return false;
    return true;
}

char *handle_twice(const char *handle, const char *one, const char *other)
{
    g_autofree char *first = id_term(one), *second = id_term(other);
    return g_strdup_printf("%s is the handle of two messages; name the one that you mean: %s or %s",
                           handle, first, second);
}
