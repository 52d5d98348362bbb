/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours by role: what a piece of the screen means, never what it looks like, is what views say.
 */
#ifndef NOTME_UI_SCREEN_THEME_H
#define NOTME_UI_SCREEN_THEME_H

#include <glib.h>
#include <stdbool.h>

/* id, name in [theme], look on a dark background, on a light one, without colours */
#define ROLES(X)                                                                                   \
    X(NORMAL, "normal", "default", "default", "")                                                  \
    X(TITLE, "title", "default bold", "default bold", "bold")                                      \
    X(HEAD, "head", "default dim", "default dim", "dim")                                           \
    X(RULE, "rule", "cyan", "blue", "")                                                            \
    X(CURSOR, "cursor", "cyan bold", "blue bold", "bold")                                          \
    X(SELECTED, "selected", "default on 238", "default on 253", "reverse")                         \
    X(MARK, "mark", "yellow bold", "magenta bold", "bold")                                         \
    X(GENUINE, "genuine", "green bold", "22 bold", "bold")                                         \
    X(BACKSCATTER, "backscatter", "bright-red", "red", "")                                         \
    X(FAKE, "fake", "bright-magenta", "magenta", "")                                               \
    X(UNDECIDED, "undecided", "yellow", "blue", "")                                                \
    X(OWN, "own", "green", "22", "")                                                               \
    X(BELIEVED, "believed", "default", "default", "")                                              \
    X(INJECTION, "injection", "bright-red bold", "red bold", "bold")                               \
    X(UNVERIFIED, "unverified", "default dim", "default dim", "dim")                               \
    X(FORGED, "forged", "bright-magenta bold", "magenta bold", "bold")                             \
    X(BREAK, "break", "yellow", "blue", "")                                                        \
    X(DIM, "dim", "default dim", "default dim", "dim")                                             \
    X(KEY, "key", "cyan", "blue", "bold")                                                          \
    X(MESSAGE, "message", "default bold", "default bold", "bold")                                  \
    X(ERROR, "error", "bright-red bold", "red bold", "bold")                                       \
    X(MATCH, "match", "black on yellow", "black on yellow", "reverse")                             \
    X(BAR, "bar", "cyan", "blue", "")

typedef enum Role {
#define ROLE_ID(id, name, dark, light, mono) ROLE_##id,
    ROLES(ROLE_ID)
#undef ROLE_ID
        ROLE_COUNT
} Role;

typedef enum LookFlags {
    LOOK_BOLD = 1,
    LOOK_DIM = 2,
    LOOK_UNDERLINE = 4,
    LOOK_REVERSE = 8
} LookFlags;

typedef struct Look {
    gint16 fg, bg; /* -1: the terminal's own; else a number of the 256-colour table */
    guint8 flags;
} Look;

typedef struct Theme {
    Look looks[ROLE_COUNT];
    bool color;
    bool light; /* for a light background */
} Theme;

/* The built-in looks, changed by @table (role -> "colour [on colour] [attributes]", or NULL);
 * without colours where @color is false. Its "background" is light, dark or auto: by COLORFGBG,
 * which terminals set, else dark. NULL with what is wrong: an unknown role, colour or attribute. */
Theme *theme_new(GHashTable *table, bool color, GError **error);
/* The nearest of @colors (8, 16 or 256) to colour number @color. */
int theme_nearest(int color, int colors);
/* 0xRRGGBB of a colour of the 256-colour table; the first sixteen as the Linux console has them. */
guint32 theme_rgb(int color);
/* What a role looks like on a terminal of usual colours, as 0xRRGGBB; @selected: in the line under
 * the cursor. */
void theme_ink(const Theme *theme, Role role, bool selected, guint32 *fg, guint32 *bg);
/* The background of such a terminal. */
guint32 theme_paper(const Theme *theme);

#define THEME_ERROR (theme_error_quark())
GQuark theme_error_quark(void);

#endif
