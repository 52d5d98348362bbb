/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See content_fields.h. */
#include "message/content_fields.h"

#include <string.h>

typedef struct Parameter {
    const char *name;
    Span *value;
} Parameter;

static bool is_token_char(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("-._+", c));
}

static Span token_take(Span *rest)
{
    gsize n = 0;
    while (n < rest->n && is_token_char(rest->p[n]))
        n++;
    Span token = span_sub(*rest, 0, n);
    *rest = span_sub(*rest, n, rest->n);
    return token;
}

static bool char_take(Span *rest, char c)
{
    if (rest->n == 0 || *rest->p != c)
        return false;
    *rest = span_sub(*rest, 1, rest->n);
    return true;
}

static bool is_blank(char c)
{
    return c && strchr(" \t\r\n", c);
}

static void blanks_pass(Span *rest)
{
    while (rest->n && is_blank(*rest->p))
        *rest = span_sub(*rest, 1, rest->n);
}

/* Without the blanks at both ends. Vertical tabs and form feeds stay, and leave it in doubt. */
static Span blanks_trim(Span value)
{
    blanks_pass(&value);
    while (value.n && is_blank(value.p[value.n - 1]))
        value.n--;
    return value;
}

/* What stands in quotes at the start of @rest: printable ASCII that needs no decoding. */
static bool quoted_take(Span *rest, Span *value)
{
    gsize n = 1;
    while (n < rest->n && rest->p[n] != '"' && rest->p[n] != '\\' && rest->p[n] >= ' ' &&
           rest->p[n] < 0x7f)
        n++;
    if (n == rest->n || rest->p[n] != '"')
        return false;
    *value = span_sub(*rest, 1, n - 1);
    *rest = span_sub(*rest, n + 1, rest->n);
    return span_find(*value, "=?") < 0;
}

static bool value_take(Span *rest, Span *value)
{
    if (rest->n && *rest->p == '"')
        return quoted_take(rest, value);
    *value = token_take(rest);
    return value->n > 0;
}

/* "; name=value" as often as it comes, up to the end of @rest. */
static bool parameters_take(Span rest, const Parameter *wanted, gsize count)
{
    for (blanks_pass(&rest); rest.n; blanks_pass(&rest)) {
        Span value;
        if (!char_take(&rest, ';'))
            return false;
        blanks_pass(&rest);
        if (rest.n == 0)
            return true;
        Span name = token_take(&rest);
        if (name.n == 0 || !char_take(&rest, '=') || !value_take(&rest, &value))
            return false;
        for (gsize i = 0; i < count; i++) {
            if (!span_ieq(name, wanted[i].name))
                continue;
            if (wanted[i].value->p)
                return false;
            *wanted[i].value = value;
        }
    }
    return true;
}

static bool type_add(ContentFields *fields, Span value)
{
    const Parameter wanted[] = {{"charset", &fields->charset},
                                {"report-type", &fields->report_type},
                                {"name", &fields->name},
                                {"boundary", &fields->boundary}};
    Span rest = value;
    gsize major = token_take(&rest).n;
    if (fields->type.p || major == 0 || !char_take(&rest, '/') || token_take(&rest).n == 0)
        return false;
    fields->type = span_sub(value, 0, value.n - rest.n);
    return parameters_take(rest, wanted, G_N_ELEMENTS(wanted));
}

static bool disposition_add(ContentFields *fields, Span value)
{
    const Parameter wanted[] = {{"filename", &fields->file_name}};
    Span rest = value, word = token_take(&rest);
    if (fields->disposition.p || word.n == 0)
        return false;
    fields->disposition = word;
    return parameters_take(rest, wanted, G_N_ELEMENTS(wanted));
}

static bool encoding_add(ContentFields *fields, Span value)
{
    static const struct {
        const char *name;
        GMimeContentEncoding encoding;
    } known[] = {{"7bit", GMIME_CONTENT_ENCODING_7BIT},
                 {"8bit", GMIME_CONTENT_ENCODING_8BIT},
                 {"binary", GMIME_CONTENT_ENCODING_BINARY},
                 {"base64", GMIME_CONTENT_ENCODING_BASE64},
                 {"quoted-printable", GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE}};
    for (gsize i = 0; i < G_N_ELEMENTS(known) && !fields->has_encoding; i++)
        if (span_ieq(value, known[i].name)) {
            fields->has_encoding = true;
            fields->encoding = known[i].encoding;
            return true;
        }
    return false;
}

bool content_fields_add(ContentFields *fields, Span name, Span value)
{
    value = blanks_trim(value);
    if (span_ieq(name, "Content-Type"))
        return type_add(fields, value);
    if (span_ieq(name, "Content-Disposition"))
        return disposition_add(fields, value);
    return !span_ieq(name, "Content-Transfer-Encoding") || encoding_add(fields, value);
}
