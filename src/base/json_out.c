/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See json_out.h. */
#include "base/json_out.h"

#include <string.h>

#include "base/date.h"
#include "base/safe.h"

static void key_append(GString *to, const char *key)
{
    char last = to->len ? to->str[to->len - 1] : '[';
    if (last != '[' && last != '{')
        g_string_append_c(to, ',');
    if (!key)
        return;
    gsize n = strlen(key), at = to->len;
    g_string_set_size(to, at + n + 3);
    to->str[at] = '"';
    memcpy(to->str + at + 1, key, n);
    memcpy(to->str + at + 1 + n, "\":", 2);
}

void json_out_open(GString *to, const char *key, char bracket)
{
    key_append(to, key);
    g_string_append_c(to, bracket);
}

void json_out_close(GString *to, char bracket)
{
    g_string_append_c(to, bracket);
}

static void escape_append(GString *to, gunichar c)
{
    static const char short_from[] = "\"\\\n\r\t\b\f", short_to[] = "\"\\nrtbf";
    const char *found = c && c < 0x80 ? strchr(short_from, (int)c) : NULL;
    if (found) {
        g_string_append_c(to, '\\');
        g_string_append_c(to, short_to[found - short_from]);
    } else if (c < 0x10000)
        g_string_append_printf(to, "\\u%04x", c);
    else /* RFC 8259 7: a pair of surrogates */
        g_string_append_printf(to, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                               0xdc00 + ((c - 0x10000) & 0x3ff));
}

static bool is_plain(guchar c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void text_append(GString *to, const char *text)
{
    for (const char *p = text; *p;) {
        const char *plain = p;
        while (is_plain((guchar)*p))
            p++;
        if (p > plain)
            g_string_append_len(to, plain, p - plain);
        if (!*p)
            return;
        gunichar c = g_utf8_get_char_validated(p, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append(to, "\xef\xbf\xbd");
            p++;
            continue;
        }
        const char *next = p + g_utf8_skip[(guchar)*p];
        if (c == '"' || c == '\\' || safe_is_hostile(c))
            escape_append(to, c);
        else
            g_string_append_len(to, p, next - p);
        p = next;
    }
}

void json_out_text(GString *to, const char *key, const char *text)
{
    key_append(to, key);
    if (!text) {
        g_string_append_len(to, "null", 4);
        return;
    }
    g_string_append_c(to, '"');
    text_append(to, text);
    g_string_append_c(to, '"');
}

void json_out_number(GString *to, const char *key, gint64 number)
{
    key_append(to, key);
    char digits[24], *end = digits + sizeof digits, *p = end;
    guint64 rest = number < 0 ? -(guint64)number : (guint64)number;
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--p = '-';
    g_string_append_len(to, p, end - p);
}

void json_out_bool(GString *to, const char *key, bool value)
{
    key_append(to, key);
    g_string_append(to, value ? "true" : "false");
}

void json_out_null(GString *to, const char *key)
{
    json_out_text(to, key, NULL);
}

/* Nothing in @text has to be escaped. */
static void plain_out(GString *to, const char *key, const char *text)
{
    key_append(to, key);
    g_string_append_c(to, '"');
    g_string_append(to, text);
    g_string_append_c(to, '"');
}

void json_out_time(GString *to, const char *key, gint64 utc)
{
    char text[DATE_RFC3339_SIZE];
    if (date_write_rfc3339(utc, text))
        plain_out(to, key, text);
    else
        json_out_null(to, key);
}

void json_out_ip(GString *to, const char *key, const Ip *ip)
{
    char text[IP_TEXT_SIZE];
    if (ip_write(ip, text))
        plain_out(to, key, text);
    else
        json_out_null(to, key);
}

void json_out_texts(GString *to, const char *key, const GPtrArray *texts)
{
    json_out_open(to, key, '[');
    for (guint i = 0; i < texts->len; i++)
        json_out_text(to, NULL, texts->pdata[i]);
    json_out_close(to, ']');
}
