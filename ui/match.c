/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matching rows. */
#include "match.h"

#include <string.h>

#include "config/config.h"
#include "doc.h"
#include "rows.h"

const char *const match_fields[] = {"tag:",    "from:", "to:",      "subject:", "ip:", "reporter:",
                                    "reason:", "kind:", "verdict:", "is:",      "id:", NULL};

typedef struct Term {
    guint field; /* index of match_fields; its length: anywhere */
    bool negated;
    char *value;
    Network network; /* of "ip:" */
    bool has_network;
} Term;

struct Match {
    GPtrArray *terms;
};

static void term_free(gpointer data)
{
    g_free(((Term *)data)->value);
    g_free(data);
}

void match_free(Match *match)
{
    if (!match)
        return;
    g_ptr_array_unref(match->terms);
    g_free(match);
}

static bool term_parse(Match *match, const char *word, bool negated, GError **error)
{
    guint field = 0;
    if (*word == '-' && word[1]) {
        negated = !negated;
        word++;
    }
    while (match_fields[field] && !g_str_has_prefix(word, match_fields[field]))
        field++;
    const char *colon = strchr(word, ':');
    if (!match_fields[field] && ((colon && !strchr(word, ' ')) || strpbrk(word, "()"))) {
        g_set_error(error, CONFIG_ERROR, 0,
                    "\"%s\" is for notmuch: limit by it, mark all, then act", word);
        return false;
    }
    Term *term = g_new0(Term, 1);
    term->field = field;
    term->negated = negated;
    term->value = g_strdup(match_fields[field] ? word + strlen(match_fields[field]) : word);
    term->has_network = network_parse(span_of(term->value), &term->network);
    g_ptr_array_add(match->terms, term);
    return true;
}

Match *match_parse(const char *query, GError **error)
{
    g_autoptr(Match) match = g_new0(Match, 1);
    g_auto(GStrv) words = NULL;
    bool negated = false;
    match->terms = g_ptr_array_new_with_free_func(term_free);
    if (!g_shell_parse_argv(query, NULL, &words, NULL)) {
        g_set_error_literal(error, CONFIG_ERROR, 0, "a quotation mark is not closed");
        return NULL;
    }
    for (char **word = words; *word; word++) {
        if (g_ascii_strcasecmp(*word, "or") == 0) {
            g_set_error_literal(error, CONFIG_ERROR, 0,
                                "\"or\" is for notmuch: limit by it, then mark all");
            return NULL;
        }
        if (g_ascii_strcasecmp(*word, "and") == 0 || strcmp(*word, "*") == 0)
            continue;
        if (g_ascii_strcasecmp(*word, "not") == 0) {
            negated = true;
            continue;
        }
        if (!term_parse(match, *word, negated, error))
            return NULL;
        negated = false;
    }
    return g_steal_pointer(&match);
}

static bool has_tag(const Row *row, const char *tag)
{
    g_auto(GStrv) tags = g_strsplit(row->tags ? row->tags : "", " ", -1);
    return g_strv_contains((const char *const *)tags, tag);
}

static bool ip_matches(const Term *term, const Row *row)
{
    g_autofree char *text = row_injection_text(row);
    if (term->has_network && row->injection.family)
        return network_contains(&term->network, &row->injection);
    return text_matches(text, term->value);
}

static bool term_matches(const Term *term, const Row *row)
{
    const char *field = match_fields[term->field], *value = term->value;
    if (!field)
        return row_matches(row, value);
    switch (field[0]) {
    case 't':
        return field[1] == 'a' ? has_tag(row, value) : text_matches(row->recipient, value);
    case 'f':
        return text_matches(row->from, value);
    case 's':
        return text_matches(row->returned_subject, value);
    case 'i':
        return field[1] == 's'   ? has_tag(row, value)
               : field[1] == 'd' ? g_strcmp0(row->id, value) == 0
                                 : ip_matches(term, row);
    case 'r':
        return field[2] == 'p'
                   ? text_matches(row->reporter, value) || text_matches(row->reporter_domain, value)
                   : strcmp(row_reason_text(row), value) == 0;
    case 'k':
        return g_strcmp0(bounce_kind_name(row->kind), value) == 0;
    default:
        return g_strcmp0(verdict_name(row->verdict), value) == 0;
    }
}

bool match_row(const Match *match, const Row *row)
{
    for (guint i = 0; i < match->terms->len; i++) {
        const Term *term = match->terms->pdata[i];
        if (term_matches(term, row) == term->negated)
            return false;
    }
    return true;
}
