/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals as some hundred servers and providers write them give the reason that a reader of their
 * words would give: the rows of tests/unit/refusals, a test for each source. */
#include <string.h>

#include "bounce/reason.h"

static ReasonContext *context;

static bool is_reason(const char *name)
{
    for (int reason = REASON_NONE + 1; reason < REASON_COUNT; reason++)
        if (strcmp(name, reason_name((Reason)reason)) == 0)
            return true;
    return false;
}

/* A row's reasons: each is one, so that a slip of the pen passes nothing. */
static GStrv wanted(char *field)
{
    GStrv names = g_strsplit(g_strstrip(field), " ", -1);
    for (char **name = names; *name; name++)
        g_assert_true(is_reason(*name));
    return names;
}

static void test_row(const char *row)
{
    g_auto(GStrv) fields = g_strsplit(row, "|", 3);
    g_assert_cmpuint(g_strv_length(fields), ==, 3);
    g_auto(GStrv) names = wanted(fields[0]);
    const char *status = g_strstrip(fields[1]);
    Recipient *one = recipient_new();
    one->action = g_strdup("failed");
    one->status = status[0] ? g_strdup(status) : NULL;
    one->diagnostic = g_strcompress(g_strstrip(fields[2]));
    reason_decide(one, context);
    if (!g_strv_contains((const char *const *)names, reason_name(one->reason))) {
        g_test_message("%s: %s (\"%s\"), not %s", fields[2], reason_name(one->reason),
                       one->reason_words, fields[0]);
        g_test_fail();
    }
    recipient_free(one);
}

static void test_source(gconstpointer data)
{
    const GPtrArray *rows = data;
    g_assert_cmpuint(rows->len, >, 0);
    for (guint i = 0; i < rows->len; i++)
        test_row(rows->pdata[i]);
}

static GPtrArray *source_add(const char *name)
{
    GPtrArray *rows = g_ptr_array_new();
    g_autofree char *words = g_strstrip(g_strdup(name));
    g_autofree char *path = g_strconcat("/refusals/", g_strdelimit(words, "/", ' '), NULL);
    g_test_add_data_func_full(path, rows, test_source, (GDestroyNotify)g_ptr_array_unref);
    return rows;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    const char *top = g_getenv("NOTME_SOURCE");
    g_autofree char *file = g_build_filename(top ? top : ".", "tests", "unit", "refusals", NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(file, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *rows = NULL;
    for (char **line = lines; *line; line++) {
        if ((*line)[0] == '=') {
            rows = source_add(*line + 1);
        } else if ((*line)[0] && (*line)[0] != '#') {
            g_assert_nonnull(rows);
            g_ptr_array_add(rows, *line);
        }
    }
    g_assert_nonnull(rows);
    ReasonContext around = reason_context(span_of("It could not be delivered."), KIND_FAILURE);
    context = &around;
    return g_test_run();
}
