/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing into cells: measuring, cutting, making safe. */
#include "screen/cells.h"

#include <stdarg.h>
#include <string.h>

#include "screen/text.h"

static const char *const glyphs[GLYPH_COUNT][2] = {
    [GLYPH_GENUINE] = {"+", "✔"},   [GLYPH_BACKSCATTER] = {"x", "✘"}, [GLYPH_FAKE] = {"!", "!"},
    [GLYPH_UNDECIDED] = {"?", "?"}, [GLYPH_CURSOR] = {">", "›"},      [GLYPH_MARK] = {"*", "●"},
    [GLYPH_INJECTION] = {">", "▶"}, [GLYPH_UNVERIFIED] = {".", "·"},  [GLYPH_RULE] = {"-", "─"},
    [GLYPH_BREAK] = {"-", "┄"},     [GLYPH_DASH] = {"-", "—"},        [GLYPH_MORE] = {"~", "…"},
    [GLYPH_BARS] = {"_", "▁"},      [GLYPH_BARS + 1] = {".", "▂"},    [GLYPH_BARS + 2] = {":", "▃"},
    [GLYPH_BARS + 3] = {"-", "▄"},  [GLYPH_BARS + 4] = {"=", "▅"},    [GLYPH_BARS + 5] = {"+", "▆"},
    [GLYPH_BARS + 6] = {"*", "▇"},  [GLYPH_BARS + 7] = {"#", "█"},
};

static const Cell blank = {" ", ROLE_NORMAL, 0};

Screen *screen_new(bool utf8)
{
    Screen *screen = g_new0(Screen, 1);
    screen->utf8 = utf8;
    return screen;
}

void screen_free(Screen *screen)
{
    if (!screen)
        return;
    g_free(screen->cells);
    g_free(screen);
}

void screen_resize(Screen *screen, int width, int height)
{
    screen->width = CLAMP(width, 1, 1000);
    screen->height = CLAMP(height, 1, 1000);
    screen->cells = g_renew(Cell, screen->cells, (gsize)screen->width * (gsize)screen->height);
    screen_clear(screen);
}

void screen_clear(Screen *screen)
{
    for (int i = 0; i < screen->width * screen->height; i++)
        screen->cells[i] = blank;
    screen->cursor_x = screen->cursor_y = 0;
    screen->cursor_shown = false;
}

const char *glyph_text(Glyph glyph, bool utf8)
{
    return glyphs[glyph][utf8];
}

/* A wide character of which one half is overwritten leaves a blank. */
static void cell_clear(Screen *screen, int x, int y)
{
    Cell *row = screen->cells + y * screen->width;
    if (!*row[x].text && x > 0)
        strcpy(row[x - 1].text, " ");
    if (x + 1 < screen->width && !*row[x + 1].text)
        strcpy(row[x + 1].text, " ");
}

/* In the line under the cursor only what warns has a colour of its own: each change of it costs
 * twenty bytes, twice a key. */
static Role role_under_cursor(const Cell *under, Role role)
{
    return under->selected == SELECTED_ADDED && role != ROLE_ERROR ? ROLE_SELECTED : role;
}

static int put_shown(Screen *screen, int x, int y, int end, const char *shown, Role role)
{
    Cell *row = screen->cells + y * screen->width;
    while (*shown && x < end) {
        Cell cell = {.role = (guint8)role};
        int width = text_cell(&shown, cell.text);
        if (x + width > end)
            break;
        if (x >= 0) {
            cell_clear(screen, x, y);
            cell.selected = row[x].selected;
            cell.role = (guint8)role_under_cursor(&row[x], role);
            row[x] = cell;
            if (width == 2) {
                cell_clear(screen, x + 1, y);
                cell.text[0] = '\0';
                row[x + 1] = cell;
            }
        }
        x += width;
    }
    return x;
}

int screen_put(Screen *screen, int x, int y, int end, const char *text, Role role)
{
    end = MIN(end, screen->width);
    if (y < 0 || y >= screen->height || x < 0 || x >= end || !text)
        return x;
    g_autofree char *shown = text_shown(text, screen->utf8);
    return put_shown(screen, x, y, end, shown, role);
}

int screen_put_cut(Screen *screen, int x, int y, int end, const char *text, Role role)
{
    end = MIN(end, screen->width);
    if (y < 0 || y >= screen->height || x < 0 || x >= end || !text)
        return x;
    g_autofree char *shown = text_shown(text, screen->utf8);
    if (text_width(shown, screen->utf8) <= end - x)
        return put_shown(screen, x, y, end, shown, role);
    int behind = put_shown(screen, x, y, end - 1, shown, role);
    return put_shown(screen, behind, y, end, glyph_text(GLYPH_MORE, screen->utf8), role);
}

void screen_put_right(Screen *screen, int x, int y, int end, const char *text, Role role)
{
    int width = text_width(text, screen->utf8);
    end = MIN(end, screen->width);
    screen_put_cut(screen, MAX(x, end - width), y, end, text, role);
}

int screen_printf(Screen *screen, int x, int y, int end, Role role, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return screen_put(screen, x, y, end, text, role);
}

void screen_fill(Screen *screen, int x, int y, int end, Glyph glyph, Role role)
{
    const char *text = glyph_text(glyph, screen->utf8);
    for (end = MIN(end, screen->width); x < end;)
        x = MAX(x + 1, screen_put(screen, x, y, end, text, role));
}

void screen_blank(Screen *screen, int y)
{
    for (int x = 0; x < screen->width; x++)
        screen_put(screen, x, y, x + 1, " ", ROLE_NORMAL);
}

void screen_select(Screen *screen, int x, int y, int end)
{
    for (; y >= 0 && y < screen->height && x < MIN(end, screen->width); x++) {
        Cell *cell = &screen->cells[y * screen->width + x];
        cell->selected = screen->short_cursor ? SELECTED_PLAIN : SELECTED_ADDED;
        cell->role = (guint8)role_under_cursor(cell, cell->role);
    }
}

void screen_role(Screen *screen, int x, int y, int end, Role role)
{
    for (; y >= 0 && y < screen->height && x < MIN(end, screen->width); x++)
        screen->cells[y * screen->width + x].role = (guint8)role;
}

char *screen_text(const Screen *screen)
{
    GString *all = g_string_new(NULL);
    for (int y = 0; y < screen->height; y++) {
        gsize start = all->len;
        for (int x = 0; x < screen->width; x++)
            g_string_append(all, screen->cells[y * screen->width + x].text);
        while (all->len > start && all->str[all->len - 1] == ' ')
            g_string_truncate(all, all->len - 1);
        g_string_append_c(all, '\n');
    }
    return g_string_free(all, FALSE);
}
