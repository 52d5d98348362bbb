/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See copy_text.h. */
#include "model/copy_text.h"

#include <string.h>

#include "base/date.h"
#include "base/id_term.h"
#include "base/safe.h"
#include "model/rows.h"

enum { WORD_MOST = 200 }; /* characters of one piece of mail */

/* A shell takes it as it stands, also as the beginning of a word. */
static bool is_quiet(gunichar c)
{
    if (c < 0x80)
        return g_ascii_isalnum((char)c) || (c && strchr("@.:_+-/,%", (int)c));
    return g_unichar_isalnum(c);
}

static bool all_quiet(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_find_next_char(p, NULL))
        if (!is_quiet(g_utf8_get_char(p)))
            return false;
    return true;
}

char *copy_address(const Row *row)
{
    return ip_format(row->warning == WARNING_NONE ? &row->injection : &row->login_ip);
}

char *copy_id(const Row *row)
{
    if (!row->id || !g_utf8_validate(row->id, -1, NULL))
        return NULL;
    for (const char *p = row->id; *p; p = g_utf8_find_next_char(p, NULL))
        if (safe_is_hostile(g_utf8_get_char(p)))
            return NULL;
    g_autofree char *term = id_term(row->id);
    return all_quiet(term) ? g_steal_pointer(&term) : g_shell_quote(term);
}

static void add(GString *line, const char *label, const char *text)
{
    guint count = 0;
    if (!text || !*text)
        return;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_string_append_printf(line, ", %s", label);
    for (const char *p = valid; *p && count < WORD_MOST;
         p = g_utf8_find_next_char(p, NULL), count++) {
        gunichar c = g_utf8_get_char(p);
        g_string_append_unichar(line, c == ' ' || is_quiet(c) ? c : '_');
    }
}

char *copy_case(const Row *row)
{
    GString *line = g_string_new(verdict_name(row->verdict));
    bool open;
    g_autofree char *from = row_sender(row, &open);
    g_autofree char *date = date_format_rfc3339(row->timestamp);
    g_autofree char *term = row->id ? id_term(row->id) : NULL;
    add(line, "failed ", row->recipient);
    add(line, "", row_reason_text(row));
    add(line, open ? "perhaps sent from " : "sent from ", from);
    add(line, "in the name of ", row->abused);
    add(line, "reported by ", row->reporter ? row->reporter : row->reporter_domain);
    add(line, "", date);
    if (term && all_quiet(term)) /* another one would be wrong */
        add(line, "", term);
    return g_string_free(line, FALSE);
}
