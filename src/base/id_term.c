/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See id_term.h. */
#include "base/id_term.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* What could end the term, or means something in a query, wants quotes; a quote is doubled. */
char *id_term(const char *id)
{
    bool plain = *id != '\0';
    for (const char *p = id; *p; p++)
        plain = plain && (g_ascii_isalnum(*p) || strchr("@.-_+=$%~#/!&^:?{}|", *p));
    if (plain)
        return g_strconcat("id:", id, NULL);
    g_autoptr(GString) text = g_string_new("id:\"");
    for (const char *p = id; *p; p++) {
        if (*p == '"')
            g_string_append_c(text, '"');
        g_string_append_c(text, *p);
    }
    g_string_append_c(text, '"');
    return g_string_free(g_steal_pointer(&text), FALSE);
}
