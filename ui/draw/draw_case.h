/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case as lines: its head, why, evidence, recipients. Pure: from a finding and its row. */
#ifndef NOTME_UI_DRAW_DRAW_CASE_H
#define NOTME_UI_DRAW_DRAW_CASE_H

#include "reading/row.h"
#include "screen/doc.h"
#include "verdict/advice.h"

/* Sign and role of a verdict, its name in capitals. */
Glyph draw_verdict_glyph(VerdictValue verdict);
Role draw_verdict_role(VerdictValue verdict);
const char *draw_verdict_title(VerdictValue verdict);

/* The verdict in one short sentence, or NULL. The caller frees it. */
char *draw_summary(const Row *row, const Finding *finding);
/* Who failed, who reports, when: from the finding, or without it from the row alone; only the first
 * line with @brief. */
void draw_head(Doc *doc, const Row *row, const Finding *finding, bool brief);
/* The reasons that carry the verdict, at most @most of them. */
void draw_why(Doc *doc, const Finding *finding, guint most);
/* The question @id, how many cases wait for it (0: not told), what an answer would settle (or
 * NULL), and the @key that answers (or NULL). */
void draw_question(Doc *doc, const char *id, const char *counts, guint waiting, const char *key);
/* Why nothing that the reviewer knows settles an undecided case; nothing for others. */
void draw_unsettled(Doc *doc, const Finding *finding);
/* What to do about it, with the keys that @name gives (verdict/advice.h). */
void draw_advice(Doc *doc, const Finding *finding, AdviceName name, gpointer data);
/* All evidence, with its strength. */
void draw_evidence(Doc *doc, const Finding *finding);
void draw_recipients(Doc *doc, const Finding *finding);

#endif
