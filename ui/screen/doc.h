/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of pieces with roles, broken into lines of a given width: what pages and panes show. */
#ifndef NOTME_UI_SCREEN_DOC_H
#define NOTME_UI_SCREEN_DOC_H

#include "screen/cells.h"

typedef struct Doc Doc;

Doc *doc_new(int width, bool utf8);
void doc_free(Doc *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Doc, doc_free)
int doc_width(const Doc *doc);
bool doc_utf8(const Doc *doc);
int doc_lines(const Doc *doc);
/* The column at which the next piece begins. */
int doc_column(const Doc *doc);
/* Ends the line. Behind the most lines that are held what comes is dropped: doc_is_full. */
void doc_end(Doc *doc);
bool doc_is_full(const Doc *doc);
/* A piece on the line; what does not fit is cut. */
void doc_put(Doc *doc, Role role, const char *text);
void doc_printf(Doc *doc, Role role, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Blanks up to @column, at least @least of them. */
void doc_tab(Doc *doc, int column, int least);
/* The same as a part of what stands on both sides: a change of look within a line costs bytes. */
void doc_tab_as(Doc *doc, Role role, int column, int least);
/* A piece cut to end at @column. */
void doc_put_to(Doc *doc, Role role, const char *text, int column);
/* As doc_put, but goes on in further lines, indented by @indent, broken at blanks where there are.
 */
void doc_wrap(Doc *doc, Role role, const char *text, int indent);
/* A line of its own, or more: @label in the second column, @text wrapped from @column on. */
void doc_field(Doc *doc, const char *label, int column, Role role, const char *text);
/* A line with @text between some of a glyph. */
void doc_rule(Doc *doc, Role role, Glyph glyph, const char *text, int indent);
/* Text of many lines (LF), each broken at the width. */
void doc_text(Doc *doc, Role role, const char *text);
/* Draws the lines from @top on into the rectangle. Matches of @needle (or NULL) are shown. */
void doc_draw(const Doc *doc, Screen *screen, int x, int y, int width, int height, int top,
              const char *needle);
/* The line as text. The caller frees it. */
char *doc_line_text(const Doc *doc, int line);

#endif
