/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of groups never run together: with a hundred thousand in each, with few, in any
 * width; and what must not be lost stays longest. */
#include "draw/draw_group.h"

#include <string.h>

static Group *group_new(const char *key, guint genuine, guint backscatter, guint fake,
                        guint undecided)
{
    Group *group = g_new0(Group, 1);
    group->key = g_strdup(key);
    group->verdicts[VERDICT_GENUINE] = genuine;
    group->verdicts[VERDICT_BACKSCATTER] = backscatter;
    group->verdicts[VERDICT_FAKE] = fake;
    group->verdicts[VERDICT_UNDECIDED] = undecided;
    group->count = genuine + backscatter + fake + undecided;
    group->first = 1762164000;
    group->last = 1764764000;
    group->hist[0] = group->hist[HIST_BARS - 1] = group->count;
    return group;
}

static void group_clear(gpointer data)
{
    Group *group = data;
    g_free(group->key);
    g_free(group);
}

/* The line of @group in @width. The caller frees it. */
static char *line_of(const Group *group, const GPtrArray *all, int width)
{
    Screen *screen = screen_new(true);
    screen_resize(screen, width, 1);
    screen_clear(screen);
    const GroupColumns at = group_columns(all, width);
    const GroupLine line = {1, 0, width, false, false};
    group_draw(group, &at, screen, &line);
    char *text = screen_text(screen);
    screen_free(screen);
    return text;
}

/* The words of the line in their order; those of the key are one. */
static void check(const char *line, const char *numbers, int width)
{
    g_auto(GStrv) wanted = g_strsplit(numbers, " ", -1);
    const char *at = line;
    for (char **word = wanted; *word; word++) {
        const char *found = strstr(at, *word);
        if (!found)
            g_test_message("%d: \"%s\" is not in \"%s\"", width, *word, line);
        g_assert_nonnull(found);
        at = found + strlen(*word);
        g_assert_true(*at == ' ' || *at == '\n' || *at == '\0');
        g_assert_true(found == line || found[-1] == ' ');
    }
}

static void test_many(void)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(group_clear);
    g_ptr_array_add(all, group_new("198.51.100.77", 100000, 100000, 100000, 100000));
    g_ptr_array_add(all, group_new("a-name-that-is-longer-than-its-column.example", 1, 0, 0, 0));
    for (int width = 61; width <= 200; width++) {
        g_autofree char *line = line_of(all->pdata[0], all, width);
        check(line, "400,000 100,000 100,000 100,000 100,000", width);
    }
    /* backscatter goes first, then fakes, then undecided */
    for (int width = 41; width < 61; width++) {
        g_autofree char *line = line_of(all->pdata[0], all, width);
        check(line, "400,000 100,000 100,000", width);
        g_assert_nonnull(strstr(line, "✔"));
    }
    g_autofree char *wide = line_of(all->pdata[0], all, 80);
    g_assert_nonnull(strstr(wide, "✔ 100,000 ✘ 100,000 ! 100,000 ? 100,000"));
}

static void test_any_width(void)
{
    static const guint counts[] = {0, 1, 9999, 100000};
    for (guint mix = 0; mix < 256; mix++) {
        g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(group_clear);
        Group *group = group_new("198.51.100.77", counts[mix & 3], counts[mix >> 2 & 3],
                                 counts[mix >> 4 & 3], counts[mix >> 6 & 3]);
        g_ptr_array_add(all, group);
        for (int width = 20; width <= 120; width += 7) {
            const GroupColumns at = group_columns(all, width);
            int end = at.label_end;
            for (guint i = 0; i < GROUP_VERDICTS; i++) {
                if (!at.verdict[i])
                    continue;
                g_assert_cmpint(at.verdict[i], >, end);
                end = at.verdict[i] + 1 + at.digits[i];
            }
            g_assert_cmpint(end, <=, width);
            if (at.dates)
                g_assert_cmpint(at.dates, >, end);
            if (at.bars)
                g_assert_cmpint(at.bars, >, at.dates);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("NOTME_NOW", "2025-12-04T12:00:00Z", TRUE);
    g_test_add_func("/group-columns/many", test_many);
    g_test_add_func("/group-columns/any-width", test_any_width);
    return g_test_run();
}
