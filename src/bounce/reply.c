/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP replies and status codes in text. */
#include "bounce/reply.h"

#include <string.h>

/* Reply codes that servers give (RFC 5321 4.2.3 and its extensions, and what is seen besides). */
static bool is_known(int code)
{
    static const short known[] = {
        421, 422, 430, 432, 441, 442, 447, 449, 450, 451, 452, 453, 454, 455, 458, 459, 471, 500,
        501, 502, 503, 504, 510, 511, 512, 513, 515, 520, 521, 522, 523, 524, 525, 530, 531, 532,
        533, 534, 535, 538, 540, 541, 542, 543, 544, 546, 547, 550, 551, 552, 553, 554, 555, 556,
        557, 558, 559, 560, 570, 571, 572, 573, 574, 577, 578, 579, 581, 582, 583, 590, 591};
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i] == code)
            return true;
    return false;
}

/* Length of a status "5.1.1" at the start of @s, or 0. */
static gsize status_length(Span s)
{
    gsize n = 0;
    if (s.n < 5 || !strchr("245", s.p[0]) || s.p[1] != '.')
        return 0;
    for (int field = 0; field < 2; field++) {
        gsize digits = 0;
        n = field ? n : 1;
        if (n >= s.n || s.p[n] != '.')
            return 0;
        n++;
        while (n < s.n && g_ascii_isdigit(s.p[n]) && digits < 3)
            n++, digits++;
        if (digits == 0 || (n < s.n && g_ascii_isdigit(s.p[n])))
            return 0;
    }
    if (n + 1 < s.n && s.p[n] == '.' && g_ascii_isdigit(s.p[n + 1]))
        return 0; /* an address */
    return n < s.n && (g_ascii_isalpha(s.p[n]) || s.p[n] == '_' || s.p[n] == '/') ? 0 : n;
}

bool status_find(Span text, char *out, gsize *at)
{
    for (gsize i = 0; i + 5 <= text.n; i++) {
        if (text.p[i + 1] != '.')
            continue;
        if (i && (g_ascii_isalnum(text.p[i - 1]) || strchr("._/", text.p[i - 1])))
            continue;
        gsize n = status_length(span_sub(text, i, 12));
        if (n && n < 12) {
            memcpy(out, text.p + i, n);
            out[n] = '\0';
            if (at)
                *at = i;
            return true;
        }
    }
    return false;
}

/* What may stand before and behind a reply code. */
static bool bounded(Span text, gsize i)
{
    char before = i ? text.p[i - 1] : ' ';
    char after = i + 3 < text.n ? text.p[i + 3] : ' ';
    char then = i + 4 < text.n ? text.p[i + 4] : ' ';
    if (g_ascii_isalnum(before) || strchr(".,_@+", before))
        return false;
    if (before == '-' && i > 1 && !g_ascii_isspace(text.p[i - 2]) && text.p[i - 2] != '-')
        return false;
    if (after == '-')
        return !g_ascii_isdigit(then) || (i + 5 < text.n && text.p[i + 5] == '.');
    return after != '\0' && strchr(" \t\n:;,.)]'\"<#=>", after) &&
           !(after == '.' && g_ascii_isdigit(then));
}

/* A number of things: "550 bytes". */
static bool counts(Span text, gsize i)
{
    static const char *const units[] = {"byte", "kb",     "mb",     "day",
                                        "hour", "minute", "second", NULL};
    Span behind = span_trim(span_sub(text, i + 3, 14));
    for (const char *const *unit = units; *unit; unit++)
        if (span_istarts(behind, *unit))
            return true;
    return i >= 5 && span_istarts(span_sub(text, i - 5, 5), "port ");
}

bool reply_find(Span text, Reply *reply)
{
    *reply = (Reply){0};
    for (gsize i = 0; i + 3 <= text.n; i++) {
        char c = text.p[i];
        if ((c != '4' && c != '5') || !g_ascii_isdigit(text.p[i + 1]) ||
            !g_ascii_isdigit(text.p[i + 2]))
            continue;
        int code = (c - '0') * 100 + (text.p[i + 1] - '0') * 10 + (text.p[i + 2] - '0');
        if (!is_known(code) || !bounded(text, i) || counts(text, i))
            continue;
        reply->code = code;
        reply->at = i;
        gsize k = i + 3;
        while (k < text.n && k < i + 8 && strchr(" \t-:#(,'\"", text.p[k]))
            k++;
        gsize n = status_length(span_sub(text, k, 12));
        if (n && n < 12) {
            memcpy(reply->status, text.p + k, n);
            reply->status[n] = '\0';
        }
        return true;
    }
    return false;
}
