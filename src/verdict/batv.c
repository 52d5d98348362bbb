/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounce address tag validation: reading the tag, and HMAC-SHA1 by GLib. See batv.h. */
#include "verdict/batv.h"

#include <string.h>

/* A tag is good for a week (its day is the last); a bounce may come some days late. */
#define DAYS_BEFORE 10
#define DAYS_AFTER  10

void batv_tag(const char *address, const char *secret, char key, unsigned day, char tag[11])
{
    GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA1, (const guchar *)secret, strlen(secret));
    char head[16];
    guint8 digest[20];
    gsize length = sizeof digest;
    g_snprintf(head, sizeof head, "%c%03u", key, day % 1000);
    g_hmac_update(hmac, (const guchar *)head, 4);
    g_hmac_update(hmac, (const guchar *)address, (gssize)strlen(address));
    g_hmac_get_digest(hmac, digest, &length);
    g_hmac_unref(hmac);
    g_snprintf(tag, 11, "%.4s%02X%02X%02X", head, digest[0], digest[1], digest[2]);
}

static bool is_tag(Span text)
{
    if (text.n < 9 || text.n > 11)
        return false;
    for (gsize i = 0; i < text.n; i++)
        if (!g_ascii_isxdigit(text.p[i]))
            return false;
    return true;
}

/* Finds tag and plain local part: "prvs=TAG=local", "prvs=local=TAG", "local+prvs=TAG". */
static bool find_tag(Span local, Span *tag, Span *plain)
{
    gssize at = span_ifind(local, "+prvs="), equal;
    if (at >= 0) {
        *tag = span_sub(local, (gsize)at + 6, local.n);
        *plain = span_sub(local, 0, (gsize)at);
        return is_tag(*tag);
    }
    if (!span_istarts(local, "prvs="))
        return false;
    local = span_sub(local, 5, local.n);
    equal = span_find(local, "=");
    if (equal < 0)
        return false;
    *tag = span_sub(local, 0, (gsize)equal);
    *plain = span_sub(local, (gsize)equal + 1, local.n);
    if (is_tag(*tag))
        return true;
    for (gsize i = local.n; i > 0; i--)
        if (local.p[i - 1] == '=') {
            *tag = span_sub(local, i, local.n);
            *plain = span_sub(local, 0, i - 1);
            return is_tag(*tag);
        }
    return false;
}

/* The secret of key @number in "N:secret", or NULL. */
static const char *secret_of(const GPtrArray *keys, char number)
{
    for (guint i = 0; keys && i < keys->len; i++) {
        const char *key = keys->pdata[i];
        if (key[0] == number && key[1] == ':')
            return key + 2;
    }
    return NULL;
}

/* The days from the bounce to the tag's last day, the shorter way round the circle of 1000. */
static bool is_of_these_days(unsigned day, gint64 when)
{
    gint64 ahead;
    if (when == TIME_NONE || when < 0)
        return true;
    ahead = ((gint64)day - when / 86400 % 1000 + 1000) % 1000;
    return ahead <= DAYS_AFTER || ahead >= 1000 - DAYS_BEFORE;
}

static bool tag_matches(Span tag, const char *address, const char *secret)
{
    g_autofree char *lower = g_ascii_strdown(address, -1);
    const char *const forms[] = {address, lower};
    unsigned day = (unsigned)(g_ascii_digit_value(tag.p[1]) * 100 +
                              g_ascii_digit_value(tag.p[2]) * 10 + g_ascii_digit_value(tag.p[3]));
    char made[11];

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        batv_tag(forms[i], secret, tag.p[0], day, made);
        if (span_ieq(tag, made))
            return true;
    }
    return false;
}

BatvResult batv_check(const char *address, const GPtrArray *keys, gint64 when)
{
    const char *at = address ? strrchr(address, '@') : NULL, *secret;
    Span local, tag, plain;
    g_autofree char *bare = NULL, *name = NULL;
    AddressWrap wrap;
    unsigned day;
    if (!at)
        return BATV_PLAIN;
    local = (Span){address, (gsize)(at - address)};
    if (!find_tag(local, &tag, &plain)) {
        bare = address_unwrap(address, &wrap);
        return wrap == ADDRESS_BATV ? BATV_TAGGED : BATV_PLAIN;
    }
    for (gsize i = 1; i < 4; i++)
        if (!g_ascii_isdigit(tag.p[i]))
            return BATV_TAGGED;
    secret = tag.n == 10 ? secret_of(keys, tag.p[0]) : NULL;
    if (!secret)
        return BATV_TAGGED;
    name = span_dup(plain);
    bare = g_strconcat(name, at, NULL);
    if (!tag_matches(tag, bare, secret))
        return BATV_WRONG;
    day = (unsigned)(g_ascii_digit_value(tag.p[1]) * 100 + g_ascii_digit_value(tag.p[2]) * 10 +
                     g_ascii_digit_value(tag.p[3]));
    return is_of_these_days(day, when) ? BATV_VERIFIED : BATV_OLD;
}
