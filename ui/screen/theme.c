/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The looks of the roles, read from their words. */
#include "screen/theme.h"

#include <string.h>

#include "base/nearest.h"

G_DEFINE_QUARK(notme-theme-error, theme_error);

static const struct {
    const char *name, *dark, *light, *mono;
} roles[ROLE_COUNT] = {
#define ROLE_ROW(id, name, dark, light, mono) {name, dark, light, mono},
    ROLES(ROLE_ROW)
#undef ROLE_ROW
};

static const char *const color_names[] = {"black", "red",     "green", "yellow",
                                          "blue",  "magenta", "cyan",  "white"};

static const struct {
    const char *name;
    LookFlags flag;
} attributes[] = {
    {"bold", LOOK_BOLD},
    {"dim", LOOK_DIM},
    {"underline", LOOK_UNDERLINE},
    {"reverse", LOOK_REVERSE},
};

#define BACKGROUND "background" /* in [theme]: no role */

static const guint32 basic[16] = {0x000000, 0xaa0000, 0x00aa00, 0xaa7700, 0x3333cc, 0xaa00aa,
                                  0x00aaaa, 0xaaaaaa, 0x555555, 0xff5555, 0x55ff55, 0xffff55,
                                  0x7777ff, 0xff55ff, 0x55ffff, 0xffffff};

guint32 theme_rgb(int color)
{
    static const guint32 step[] = {0, 95, 135, 175, 215, 255};
    if (color < 16)
        return basic[MAX(color, 0)];
    if (color >= 232) {
        guint32 grey = (guint32)(8 + (color - 232) * 10);
        return grey << 16 | grey << 8 | grey;
    }
    int cube = color - 16;
    return step[cube / 36] << 16 | step[cube / 6 % 6] << 8 | step[cube % 6];
}

guint32 theme_paper(const Theme *theme)
{
    return theme->light ? 0xfafaf7 : 0x14171c;
}

/* Faint is two thirds of the way from the background, as in xterm. */
static guint32 faint(guint32 fg, guint32 bg)
{
    guint32 mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        mixed |= ((fg >> shift & 0xff) * 2 + (bg >> shift & 0xff)) / 3 << shift;
    return mixed;
}

void theme_ink(const Theme *theme, Role role, bool selected, guint32 *fg, guint32 *bg)
{
    Look look = theme->looks[role];
    if (selected) {
        look.flags |= theme->looks[ROLE_SELECTED].flags;
        look.bg = look.bg < 0 ? theme->looks[ROLE_SELECTED].bg : look.bg;
    }
    guint32 ink = look.fg >= 0 ? theme_rgb(look.fg) : theme->light ? 0x202328 : 0xd7dae0;
    guint32 paper = look.bg >= 0 ? theme_rgb(look.bg) : theme_paper(theme);
    if (look.flags & LOOK_DIM)
        ink = faint(ink, paper);
    bool reversed = look.flags & LOOK_REVERSE;
    *fg = reversed ? paper : ink;
    *bg = reversed ? ink : paper;
}

int theme_nearest(int color, int colors)
{
    if (color < colors)
        return color;
    guint32 wanted = theme_rgb(color);
    int best = 7, least = G_MAXINT;
    for (int i = 0; i < MIN(colors, 16); i++) {
        guint32 got = theme_rgb(i);
        int difference = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int d = (int)(wanted >> shift & 0xff) - (int)(got >> shift & 0xff);
            difference += d * d;
        }
        if (difference < least) {
            least = difference;
            best = i;
        }
    }
    return best;
}

/* "red", "bright-red", "0" to "255", "default". */
static bool color_parse(const char *word, gint16 *color)
{
    bool bright = g_str_has_prefix(word, "bright-");
    if (strcmp(word, "default") == 0) {
        *color = -1;
        return true;
    }
    if (g_ascii_isdigit(*word)) {
        guint64 number;
        if (!g_ascii_string_to_unsigned(word, 10, 0, 255, &number, NULL))
            return false;
        *color = (gint16)number;
        return true;
    }
    for (gint16 i = 0; i < (gint16)G_N_ELEMENTS(color_names); i++) {
        if (strcmp(word + (bright ? 7 : 0), color_names[i]) == 0) {
            *color = (gint16)(i + (bright ? 8 : 0));
            return true;
        }
    }
    return false;
}

static bool attribute_parse(const char *word, guint8 *flags)
{
    for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++) {
        if (strcmp(word, attributes[i].name) == 0) {
            *flags = (guint8)(*flags | attributes[i].flag);
            return true;
        }
    }
    return false;
}

/* "colour [on colour] [attributes]"; false with the word that is none of them. */
static bool look_parse(const char *text, Look *look, char **wrong)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    gint16 *color = &look->fg;
    *look = (Look){-1, -1, 0};
    for (char **word = words; *word; word++) {
        if (!**word || attribute_parse(*word, &look->flags))
            continue;
        if (strcmp(*word, "on") == 0) {
            color = &look->bg;
        } else if (!color_parse(*word, color)) {
            *wrong = g_strdup(*word);
            return false;
        }
    }
    return true;
}

/* COLORFGBG is "foreground;background" (rxvt, konsole and others), numbers of colours: 7 and all
 * from 9 on are light. */
static bool terminal_is_light(void)
{
    const char *colors = g_getenv("COLORFGBG"), *last = colors ? strrchr(colors, ';') : NULL;
    guint64 number;
    return last && g_ascii_string_to_unsigned(last + 1, 10, 0, 15, &number, NULL) &&
           (number == 7 || number > 8);
}

static bool background_read(GHashTable *table, bool *light, GError **error)
{
    const char *word = table ? g_hash_table_lookup(table, BACKGROUND) : NULL;
    if (!word || strcmp(word, "auto") == 0)
        *light = terminal_is_light();
    else if (strcmp(word, "light") == 0 || strcmp(word, "dark") == 0)
        *light = *word == 'l';
    else {
        g_set_error(error, THEME_ERROR, 0,
                    "[theme] background: \"%s\" is none of auto, light and "
                    "dark",
                    word);
        return false;
    }
    return true;
}

static int role_from_name(const char *name)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(roles[i].name, name) == 0)
            return i;
    return -1;
}

static void unknown_role(const char *name, GError **error)
{
    Nearest nearest = nearest_to(name);
    g_autoptr(GString) all = g_string_new(NULL);
    for (int i = 0; i < ROLE_COUNT; i++) {
        nearest_try(&nearest, roles[i].name);
        g_string_append_printf(all, "%s%s", i ? ", " : "", roles[i].name);
    }
    if (nearest.found)
        g_set_error(error, THEME_ERROR, 0, "[theme]: unknown role \"%s\"; did you mean \"%s\"?",
                    name, nearest.found);
    else
        g_set_error(error, THEME_ERROR, 0, "[theme]: unknown role \"%s\"; there are %s", name,
                    all->str);
}

static bool theme_apply(Theme *theme, GHashTable *table, GError **error)
{
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &name, &text)) {
        if (strcmp(name, BACKGROUND) == 0)
            continue;
        int role = role_from_name(name);
        g_autofree char *wrong = NULL;
        Look look;
        if (role < 0) {
            unknown_role(name, error);
            return false;
        }
        if (!look_parse(text, &look, &wrong)) {
            g_set_error(error, THEME_ERROR, 0,
                        "[theme] %s: \"%s\" is no colour and no attribute; colours are default, "
                        "black, red, green, yellow, blue, magenta, cyan, white, bright-red ... and "
                        "0 to 255; attributes are bold, dim, underline and reverse",
                        (const char *)name, wrong);
            return false;
        }
        if (!theme->color)
            look.fg = look.bg = -1;
        theme->looks[role] = look;
    }
    return true;
}

Theme *theme_new(GHashTable *table, bool color, GError **error)
{
    g_autofree Theme *theme = g_new0(Theme, 1);
    theme->color = color;
    if (!background_read(table, &theme->light, error))
        return NULL;
    for (int i = 0; i < ROLE_COUNT; i++) {
        g_autofree char *wrong = NULL;
        const char *look = !color ? roles[i].mono : theme->light ? roles[i].light : roles[i].dark;
        look_parse(look, &theme->looks[i], &wrong);
    }
    if (table && !theme_apply(theme, table, error))
        return NULL;
    return g_steal_pointer(&theme);
}
