/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for a terminal: safe, in columns, in colours. */
#include <string.h>

#include "base/columns.h"
#include "base/safe.h"
#include "cli/output.h"

enum { DOTS = 3 /* columns of what stands for what was cut off */ };

static const char *const colors[] = {
    [PAINT_PLAIN] = "",
    [PAINT_BOLD] = "\033[1m",
    [PAINT_DIM] = "\033[2m",
    [PAINT_GENUINE] = "\033[32m",
    [PAINT_BACKSCATTER] = "\033[31m",
    [PAINT_FAKE] = "\033[35m",
    [PAINT_UNDECIDED] = "\033[33m",
    [PAINT_OWN] = "\033[32m",
    [PAINT_INJECTION] = "\033[1;31m",
    [PAINT_FORGED] = "\033[35m",
};

Paint output_paint(VerdictValue verdict)
{
    static const Paint paints[VERDICT_COUNT] = {[VERDICT_GENUINE] = PAINT_GENUINE,
                                                [VERDICT_BACKSCATTER] = PAINT_BACKSCATTER,
                                                [VERDICT_FAKE] = PAINT_FAKE,
                                                [VERDICT_UNDECIDED] = PAINT_UNDECIDED};
    return paints[verdict];
}

const char *output_sign(const Output *output, VerdictValue verdict)
{
    static const char *const signs[VERDICT_COUNT] = {" ", "✔", "✘", "!", "?"};
    static const char *const plain[VERDICT_COUNT] = {" ", "+", "x", "!", "?"};
    return output->ascii ? plain[verdict] : signs[verdict];
}

/* What no terminal knows is shown by a sign of its own. */
static int char_columns(const char *p)
{
    int columns = columns_of(g_utf8_get_char(p));
    return columns < 0 ? 1 : columns;
}

int output_columns(const char *text)
{
    int columns = 0;
    for (const char *p = text; *p; p = g_utf8_find_next_char(p, NULL))
        columns += char_columns(p);
    return columns;
}

void output_add(const Output *output, GString *out, Paint paint, const char *text, int width)
{
    g_autofree char *safe = safe_text(span_of(text), output->ascii ? SAFE_ASCII : SAFE_LINE);
    const char *end = safe;
    int columns = 0;
    bool cut = width > DOTS && output_columns(safe) > width;
    for (; *end; end = g_utf8_find_next_char(end, NULL)) {
        int wide = char_columns(end);
        if (width && columns + wide > width - (cut ? DOTS : 0))
            break;
        columns += wide;
    }
    bool painted = output->color && *colors[paint];
    if (painted)
        g_string_append(out, colors[paint]);
    g_string_append_len(out, safe, end - safe);
    if (cut) {
        g_string_append(out, "...");
        columns += DOTS;
    }
    if (painted)
        g_string_append(out, "\033[0m");
    for (; columns < width; columns++)
        g_string_append_c(out, ' ');
}
