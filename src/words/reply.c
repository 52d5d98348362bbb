/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMTP replies and status codes in text. */
#include "words/reply.h"

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
        gsize digits = 0, most = field ? 3 : 1; /* subjects end at 7; "4.11.19" is a day */
        n = field ? n : 1;
        if (n >= s.n || s.p[n] != '.')
            return 0;
        n++;
        while (n < s.n && g_ascii_isdigit(s.p[n]) && digits < most)
            n++, digits++;
        if (digits == 0 || (n < s.n && g_ascii_isdigit(s.p[n])))
            return 0;
    }
    if (n + 1 < s.n && s.p[n] == '.' && g_ascii_isdigit(s.p[n + 1]))
        return 0; /* an address */
    return n < s.n && (g_ascii_isalpha(s.p[n]) || s.p[n] == '_' || s.p[n] == '/') ? 0 : n;
}

/* The word in front of offset @i: letters, digits and dots up to a blank or a comma. */
static Span word_before(Span text, gsize i)
{
    while (i && strchr(" \t,", text.p[i - 1]))
        i--;
    gsize end = i;
    while (i && (g_ascii_isalnum(text.p[i - 1]) || text.p[i - 1] == '.'))
        i--;
    return span_sub(text, i, end - i);
}

static bool is_one_of(Span word, const char *const *words)
{
    for (; *words; words++)
        if (span_ieq(word, *words))
            return true;
    return false;
}

/* Whether what stands at @i is the number of a version or of a section: "Postfix 2.5.1", "RFC 5321
 * 4.2.2". */
static bool is_version(Span text, gsize i)
{
    static const char *const words[] = {"version",  "ver",     "v",       "release", "build",
                                        "section",  "sec",     "chapter", "postfix", "exim",
                                        "sendmail", "dovecot", "since",   NULL};
    Span word = word_before(text, i);
    bool digits = word.n >= 4;
    for (gsize k = 0; k < word.n; k++)
        digits = digits && g_ascii_isdigit(word.p[k]);
    return digits || span_istarts(word, "rfc") || is_one_of(word, words);
}

bool reply_status_find(Span text, char *out, gsize *at)
{
    for (gsize i = 0; i + 5 <= text.n; i++) {
        if (text.p[i + 1] != '.')
            continue;
        if (i && (g_ascii_isalnum(text.p[i - 1]) || strchr("._/", text.p[i - 1])))
            continue;
        gsize n = status_length(span_sub(text, i, 12));
        if (n && n < 12 && !is_version(text, i)) {
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

static bool starts_with_one_of(Span text, const char *const *words)
{
    for (; *words; words++)
        if (span_istarts(text, *words))
            return true;
    return false;
}

/* A number of things: "550 bytes"; inside a sentence also "of 500 users", "line 512". */
static bool counts(Span text, gsize i)
{
    static const char *const units[] = {"byte", "kb",     "mb",     "day",
                                        "hour", "minute", "second", NULL};
    static const char *const things[] = {"users",  "messages", "mails",       "recipients",
                                         "emails", "attempts", "connections", NULL};
    static const char *const names[] = {"of",   "line", "lines", "room", "port",   "street",
                                        "page", "than", "first", "last", "ticket", NULL};
    Span behind = span_trim(span_sub(text, i + 3, 14)), word = word_before(text, i);
    return starts_with_one_of(behind, units) || is_one_of(word, names) ||
           (word.n && starts_with_one_of(behind, things));
}

/* Words behind which a number is a reply, whatever standards know. */
static bool is_introduced(Span text, gsize i)
{
    static const char *const words[] = {"smtp;", "said:", "replied:", "returned:", "response:",
                                        "was:",  "<<<",   "code:",    "code :",    "reply:"};
    Span before = span_trim(span_sub(text, i > 12 ? i - 12 : 0, MIN(i, 12)));
    for (gsize k = 0; before.n && k < G_N_ELEMENTS(words); k++)
        if (span_iends(before, words[k]))
            return true;
    return false;
}

/* The status behind the code at @i, into @out; empty for none. */
static void status_behind(Span text, gsize i, char *out)
{
    gsize k = i + 3;
    while (k < text.n && k < i + 8 && strchr(" \t-:#(,'\"[", text.p[k]))
        k++;
    gsize n = status_length(span_sub(text, k, STATUS_SIZE));
    if (n >= STATUS_SIZE)
        n = 0;
    memcpy(out, text.p + k, n);
    out[n] = '\0';
}

/* The three digits at @i, or 0. */
static int code_at(Span text, gsize i)
{
    char class = i + 3 <= text.n ? text.p[i] : ' ';
    if ((class != '2' && class != '4' && class != '5') || !g_ascii_isdigit(text.p[i + 1]) ||
        !g_ascii_isdigit(text.p[i + 2]))
        return 0;
    return (text.p[i] - '0') * 100 + (text.p[i + 1] - '0') * 10 + (text.p[i + 2] - '0');
}

/* Whether the code at @i is the reply that is looked for. */
static bool is_reply(Span text, gsize i, int code, bool success, Reply *reply)
{
    if (success != (code < 300) || !bounded(text, i) || counts(text, i))
        return false;
    status_behind(text, i, reply->status);
    bool confirmed = reply->status[0] && reply->status[0] == text.p[i];
    bool alone = i && text.p[i - 1] == '#'; /* "#550 5.1.1" is a reply, "ticket #550" is none */
    bool known = success || alone ? confirmed : is_known(code) || confirmed;
    return known || is_introduced(text, i);
}

static bool find(Span text, bool success, Reply *reply)
{
    *reply = (Reply){0};
    for (gsize i = 0; i + 3 <= text.n; i++) {
        int code = code_at(text, i);
        if (!code || !is_reply(text, i, code, success, reply))
            continue;
        reply->code = code;
        reply->at = i;
        return true;
    }
    *reply = (Reply){0};
    return false;
}

bool reply_find(Span text, Reply *reply)
{
    return find(text, false, reply);
}

bool reply_find_success(Span text, Reply *reply)
{
    return find(text, true, reply);
}

int reply_code_at_start(Span text)
{
    text = span_trim(text);
    int code = text.n ? code_at(text, 0) : 0;
    return code && bounded(text, 0) && !counts(text, 0) ? code : 0;
}
