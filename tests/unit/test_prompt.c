/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question takes no key before it is on the screen; one that came by itself none before it has
 * stood there for a moment. What is typed into is there at once. */
#include "screen/prompt.h"

static Prompt *question(bool late)
{
    Prompt *prompt = prompt_new("Delete? ", "", NULL, NULL);
    prompt->choices = g_strdup("yn");
    prompt->late = late;
    return prompt;
}

static void test_listens(void)
{
    Prompt *asked = question(false), *late = question(true);
    Prompt *typed = prompt_new(":", "", NULL, NULL);
    g_assert_true(prompt_listens(typed));
    g_assert_false(prompt_listens(asked));
    g_assert_false(prompt_listens(late));
    prompt_shown(asked);
    prompt_shown(late);
    g_assert_true(prompt_listens(asked));
    late->shown = g_get_monotonic_time() + G_USEC_PER_SEC; /* whatever this test waits for */
    g_assert_false(prompt_listens(late));
    late->shown = 1;
    g_assert_true(prompt_listens(late));
    prompt_shown(late); /* again: it has stood since then */
    g_assert_cmpint(late->shown, ==, 1);
    prompt_free(asked);
    prompt_free(late);
    prompt_free(typed);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/prompt/listens", test_listens);
    return g_test_run();
}
