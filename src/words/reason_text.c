/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a diagnostic, as the tables of reasons are written. */
#include "words/reason_text.h"

#include <string.h>

#include "words/text.h"

/* --- what is no word -------------------------------------------------------------------------- */

/* Bytes that addresses and host names are made of. No others: Japanese has no blank around them. */
static bool is_atom(char c)
{
    return g_ascii_isalnum(c) || (c > ' ' && strchr(".-_@+=%~#$&*|", c));
}

/* A word of letters only, which most are. */
static bool is_letters(Span word)
{
    for (gsize i = 0; i < word.n; i++)
        if (!g_ascii_isalpha(word.p[i]))
            return false;
    return true;
}

/* Last labels of names of two labels; a pair like "full.please" or "adr.recip" is two words whose
 * blank was lost, or an identifier. Two letters are a country. */
static bool is_top_domain(Span label)
{
    static const char *const names[] = {
        "com",     "net",     "org",    "edu",   "gov",       "mil",         "int",  "info",
        "biz",     "name",    "arpa",   "local", "localhost", "localdomain", "lan",  "internal",
        "corp",    "home",    "test",   "intra", "example",   "invalid",     "mail", "email",
        "online",  "app",     "dev",    "shop",  "site",      "xyz",         "club", "cloud",
        "systems", "network", "global", "mobi",  "coop",      "aero",        "pro",  "travel"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (span_ieq(label, names[i]))
            return true;
    return label.n == 2;
}

/* "mx1.elm.example", "MX.ELM.EXAMPLE"; not "STOREDRV.Submission.Exception". */
static bool is_host(Span word)
{
    gsize labels = 1, from = 0;
    bool lower = false, upper = false;
    while (word.n && word.p[word.n - 1] == '.')
        word.n--;
    for (gsize i = 0; i < word.n; i++) {
        char c = word.p[i];
        if (c == '.') {
            if (i == from)
                return false;
            labels++;
            from = i + 1;
        } else if (!g_ascii_isalnum(c) && !strchr("-_", c)) {
            return false;
        }
        lower = lower || g_ascii_islower(c);
        upper = upper || (g_ascii_isupper(c) && labels > 1 && i > from);
    }
    Span last = span_sub(word, from, word.n);
    for (gsize i = 0; i < last.n; i++)
        if (!g_ascii_isalpha(last.p[i]))
            return false;
    return labels > 1 && last.n > 1 && !(lower && upper) && (labels > 2 || is_top_domain(last));
}

/* Reply codes, statuses, IP addresses, sizes: digits and what joins them. */
static bool is_number(Span word)
{
    bool digit = false;
    for (gsize i = 0; i < word.n; i++) {
        if (g_ascii_isdigit(word.p[i]))
            digit = true;
        else if (!strchr(".-#+=", word.p[i]))
            return false;
    }
    return digit && (word.n == 3 || memchr(word.p, '.', word.n) || memchr(word.p, '-', word.n));
}

/* "550-or": the code of a reply of several lines, glued to a word that goes on from the line above.
 */
static bool is_continued(Span word)
{
    return word.n > 4 && (word.p[0] == '4' || word.p[0] == '5') && g_ascii_isdigit(word.p[1]) &&
           g_ascii_isdigit(word.p[2]) && word.p[3] == '-' && g_ascii_isalpha(word.p[4]);
}

static gsize atom_length(Span text, gsize i)
{
    gsize n = 0;
    while (i + n < text.n && is_atom(text.p[i + n]))
        n++;
    return n;
}

/* To the end of a URL or a path. */
static gsize path_length(Span text, gsize i)
{
    gsize n = 0;
    while (i + n < text.n && !g_ascii_isspace(text.p[i + n]) && !strchr("<>\"'", text.p[i + n]))
        n++;
    return n;
}

/* "<joe>", "<mx1>": a name in brackets. A reply in brackets is more than a word. */
static gsize bracket_length(Span text, gsize i)
{
    gsize n = 1;
    while (i + n < text.n && n < 320 && !strchr(" \t\r\n<>", text.p[i + n]))
        n++;
    return i + n < text.n && text.p[i + n] == '>' ? n + 1 : 0;
}

/* Length of what stands at @i and is no word; 0 for a word. @atom gets the length of the run. */
static gsize no_word_length(Span text, gsize i, gsize *atom)
{
    gsize n = *atom = atom_length(text, i);
    if (text.p[i] == '<' && (n = bracket_length(text, i)) > 0)
        return n;
    Span word = span_sub(text, i, *atom);
    if (word.n == 0)
        return 0;
    Span behind = span_sub(text, i + word.n, 3);
    if (is_letters(word) && !span_istarts(behind, "://"))
        return 0;
    if (span_istarts(behind, "://") || span_istarts(word, "www."))
        return path_length(text, i);
    if (span_find(word, "@") > 0)
        return word.n;
    if (is_host(word))
        return word.n + (behind.n && behind.p[0] == '/' ? path_length(text, i + word.n) : 0);
    if (is_continued(word))
        return strlen("550-");
    return is_number(word) ? word.n : 0;
}

/* --- words ------------------------------------------------------------------------------------ */

typedef struct Words {
    GString *out;
    gsize letters;  /* of the word that is written */
    bool gap;       /* a blank stands before the next letter */
    bool was_lower; /* the last letter was a small one */
} Words;

static void words_gap(Words *words)
{
    words->gap = words->out->len > 0;
    words->letters = 0;
    words->was_lower = false;
}

/* "e mail" is one word, however it is joined. */
static void words_join_email(GString *out)
{
    gsize n = out->len;
    if (n >= 6 && out->str[n - 1] == 'l' && memcmp(out->str + n - 6, "e mail", 6) == 0 &&
        (n == 6 || out->str[n - 7] == ' '))
        g_string_erase(out, (gssize)n - 5, 1);
}

static void words_put(Words *words, const char *bytes, gsize n)
{
    if (words->gap)
        g_string_append_c(words->out, ' ');
    words->gap = false;
    words->letters++;
    if (n == 1)
        g_string_append_c(words->out, *bytes);
    else
        g_string_append_len(words->out, bytes, (gssize)n);
    if (*bytes == 'l')
        words_join_email(words->out);
}

static void words_ascii(Words *words, char c)
{
    if (!g_ascii_isalnum(c)) {
        words_gap(words);
        return;
    }
    if (g_ascii_isupper(c) && words->was_lower)
        words_gap(words);
    char small = g_ascii_tolower(c);
    words_put(words, &small, 1);
    words->was_lower = g_ascii_islower(c);
}

/* Letters that no decomposition takes apart. */
static const char *plain_letters(gunichar c)
{
    static const struct {
        gunichar c;
        const char *plain;
    } letters[] = {{0xdf, "ss"},  {0xe6, "ae"},        {0xf8, "o"},  {0xf0, "d"},
                   {0xfe, "th"},  {0x111, "d"},        {0x131, "i"}, {0x142, "l"},
                   {0x153, "oe"}, {0x451, "\xd0\xb5"}, {0x130, "i"}};
    for (gsize i = 0; i < G_N_ELEMENTS(letters); i++)
        if (letters[i].c == c)
            return letters[i].plain;
    return NULL;
}

/* One character that is not ASCII: accents are lost (servers lose them too), wide forms are made
 * narrow. */
static void words_wide(Words *words, gunichar c)
{
    char bytes[8];
    c = g_unichar_tolower(c);
    if (c >= 0xff01 && c <= 0xff5e) {
        words_ascii(words, (char)(c - 0xfee0));
        return;
    }
    const char *plain = plain_letters(c);
    gunichar first, second;
    if (plain) {
        words_put(words, plain, strlen(plain));
    } else if ((c < 0x250 || (c >= 0x1e00 && c < 0x1f00)) && c >= 0xc0) {
        while (g_unichar_decompose(c, &first, &second))
            c = first;
        words_put(words, bytes, (gsize)g_unichar_to_utf8(c, bytes));
    } else if (g_unichar_isalnum(c)) {
        words_put(words, bytes, (gsize)g_unichar_to_utf8(c, bytes));
    } else if (!g_unichar_ismark(c)) {
        words_gap(words);
        return;
    }
    words->was_lower = false;
}

/* "doesn't", "user's": one word; "n'existe", "l'adresse": two. */
static bool is_contraction(const Words *words, Span behind)
{
    gsize n = 0;
    while (n < behind.n && g_ascii_isalpha(behind.p[n]))
        n++;
    return !words->gap && words->letters > 1 && n > 0 && n <= 2;
}

/* Length of an apostrophe at the start of @s, plain or typographic; 0 for none. */
static gsize apostrophe_length(Span s)
{
    static const char *const forms[] = {"'", "\xe2\x80\x99", "\xe2\x80\x98", "\xc2\xb4", "`", NULL};
    if (s.n == 0)
        return 0;
    for (const char *const *form = forms; *form; form++)
        if (span_istarts(s, *form))
            return strlen(*form);
    return 0;
}

/* The character at @i; its length is returned. */
static gsize words_character(Words *words, Span text, gsize i)
{
    char c = text.p[i];
    if (g_ascii_isalnum(c) || c == ' ') {
        words_ascii(words, c);
        return 1;
    }
    gsize quote = apostrophe_length(span_sub(text, i, 3));
    if (quote) {
        if (!is_contraction(words, span_sub(text, i + quote, 4)))
            words_gap(words);
        return quote;
    }
    if ((guchar)c < 0x80) {
        words_ascii(words, c);
        return 1;
    }
    gunichar wide = g_utf8_get_char_validated(text.p + i, (gssize)(text.n - i));
    bool valid = wide != (gunichar)-1 && wide != (gunichar)-2;
    words_wide(words, valid ? wide : (guchar)c);
    return valid ? (gsize)g_unichar_to_utf8(wide, NULL) : 1;
}

char *reason_text(Span text)
{
    Words words = {g_string_sized_new(MIN(text.n, TEXT_BYTES_MAX) + 2), 0, false, false};
    text.n = MIN(text.n, TEXT_BYTES_MAX);
    for (gsize i = 0; i < text.n;) {
        gsize atom, skip = no_word_length(text, i, &atom);
        if (skip) {
            words_gap(&words);
            i += skip;
            continue;
        }
        gsize end = i + MAX(atom, 1);
        while (i < end)
            i += words_character(&words, text, i);
    }
    g_string_append_c(words.out, ' ');
    return g_string_free(words.out, FALSE);
}
