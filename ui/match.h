/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small query over rows, for the command line: words that all must match, each "field:value" or a
 * word to find anywhere, "not" or "-" before it turning it round. What only notmuch can answer is
 * refused with the way out. */
#ifndef NOTME_UI_MATCH_H
#define NOTME_UI_MATCH_H

#include "reading/row.h"

typedef struct Match Match;

extern const char *const match_fields[]; /* "tag:", "from:" ...; NULL at the end */

Match *match_parse(const char *query, GError **error);
bool match_row(const Match *match, const Row *row);
void match_free(Match *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Match, match_free)

#endif
