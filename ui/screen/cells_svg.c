/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as a picture, for the manual and for looking at it without a terminal. */
#include "screen/cells.h"

enum { CELL_W = 9, CELL_H = 18, MARGIN = 9 };

static void run_append(GString *svg, const Screen *screen, const Theme *theme, int y, int start,
                       int end)
{
    const Cell *row = screen->cells + y * screen->width;
    guint8 flags = theme->looks[row[start].role].flags;
    guint32 fg, bg;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int x = start; x < end; x++)
        g_string_append(text, row[x].text);
    g_autofree char *escaped = g_markup_escape_text(text->str, -1);
    if (row[start].selected == SELECTED_PLAIN) {
        theme_ink(theme, ROLE_NORMAL, false, &bg, &fg);
        flags = 0;
    } else {
        theme_ink(theme, (Role)row[start].role, row[start].selected, &fg, &bg);
    }
    int px = MARGIN + start * CELL_W, py = MARGIN + y * CELL_H, width = (end - start) * CELL_W;
    if (bg != theme_paper(theme))
        g_string_append_printf(
            svg, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n", px, py,
            width, CELL_H, bg);
    g_string_append_printf(
        svg,
        "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s xml:space=\"preserve\">%s"
        "</text>\n",
        px, py + 14, width, fg, flags & LOOK_BOLD ? " font-weight=\"bold\"" : "",
        flags & LOOK_UNDERLINE ? " text-decoration=\"underline\"" : "", escaped);
}

static bool is_blank(const Cell *cell)
{
    return cell->text[0] == ' ' && !cell->text[1];
}

char *screen_svg(const Screen *screen, const Theme *theme)
{
    GString *svg = g_string_new(NULL);
    int width = screen->width * CELL_W + 2 * MARGIN, height = screen->height * CELL_H + 2 * MARGIN;
    g_string_append_printf(svg,
                           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                           "font-family=\"DejaVu Sans Mono, monospace\" font-size=\"15\">\n"
                           "<rect width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
                           width, height, width, height, theme_paper(theme));
    for (int y = 0; y < screen->height; y++) {
        const Cell *row = screen->cells + y * screen->width;
        for (int x = 0; x < screen->width;) {
            int end = x + 1;
            bool skip = is_blank(&row[x]) && theme->looks[row[x].role].bg < 0 && !row[x].selected &&
                        !(theme->looks[row[x].role].flags & LOOK_REVERSE);
            while (end < screen->width && row[end].role == row[x].role &&
                   row[end].selected == row[x].selected && (!skip || is_blank(&row[end])))
                end++;
            if (!skip)
                run_append(svg, screen, theme, y, x, end);
            x = end;
        }
    }
    g_string_append(svg, "</svg>\n");
    return g_string_free(svg, FALSE);
}
