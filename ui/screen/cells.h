/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as data: cells with a character and a role. Views draw here; only a terminal
 * (terminal.h) shows it, so a screen can be tested as text. Whatever is put here is made safe. */
#ifndef NOTME_UI_SCREEN_CELLS_H
#define NOTME_UI_SCREEN_CELLS_H

#include "screen/theme.h"

typedef enum Selected {
    SELECTED_NOT,
    SELECTED_ADDED, /* ROLE_SELECTED's look is added to the role's */
    SELECTED_PLAIN  /* reversed, whatever the role: few bytes */
} Selected;

typedef struct Cell {
    char text[13]; /* a character with what combines with it; empty: the right half of a wide one */
    guint8 role;
    guint8 selected; /* Selected: in the line of the cursor */
} Cell;

typedef struct Screen {
    int width, height;
    Cell *cells; /* height * width */
    int cursor_x, cursor_y;
    bool cursor_shown; /* there is typing: else it only rests there */
    bool utf8;         /* else everything is ASCII */
    bool short_cursor; /* the cursor's line is marked at its beginning only: few bytes */
} Screen;

/* Signs that fall back to ASCII. */
typedef enum Glyph {
    GLYPH_GENUINE,
    GLYPH_BACKSCATTER,
    GLYPH_FAKE,
    GLYPH_UNDECIDED,
    GLYPH_CURSOR,
    GLYPH_MARK,
    GLYPH_INJECTION,
    GLYPH_UNVERIFIED,
    GLYPH_RULE,
    GLYPH_BREAK,
    GLYPH_DASH,
    GLYPH_MORE,
    GLYPH_BARS, /* eight of them, lowest first */
    GLYPH_COUNT = GLYPH_BARS + 8
} Glyph;

Screen *screen_new(bool utf8);
void screen_free(Screen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Screen, screen_free)
/* Also empties it. */
void screen_resize(Screen *screen, int width, int height);
void screen_clear(Screen *screen);
/* The sign, in ASCII where @utf8 is false. */
const char *glyph_text(Glyph glyph, bool utf8);
/* Writes @text from (@x, @y) up to and without column @end; what does not fit is cut at a cell's
 * border. Returns the column behind it. Outside the screen nothing happens. */
int screen_put(Screen *screen, int x, int y, int end, const char *text, Role role);
/* As screen_put, but where something is cut the last column says so ("…", "~"). */
int screen_put_cut(Screen *screen, int x, int y, int end, const char *text, Role role);
/* As screen_put_cut, flush right: ends before @end. */
void screen_put_right(Screen *screen, int x, int y, int end, const char *text, Role role);
int screen_printf(Screen *screen, int x, int y, int end, Role role, const char *format, ...)
    G_GNUC_PRINTF(6, 7);
/* Fills columns @x up to @end with a glyph. */
void screen_fill(Screen *screen, int x, int y, int end, Glyph glyph, Role role);
/* Empties line @y. */
void screen_blank(Screen *screen, int y);
/* Columns @x up to @end of line @y are under the cursor. */
void screen_select(Screen *screen, int x, int y, int end);
void screen_role(Screen *screen, int x, int y, int end, Role role);
/* The screen as lines without blanks at their ends. The caller frees it. */
char *screen_text(const Screen *screen);
/* The screen as a picture. The caller frees it. */
char *screen_svg(const Screen *screen, const Theme *theme);

#endif
