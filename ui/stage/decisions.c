/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See decisions.h. */
#include "stage/decisions.h"

#include "config/config_edit.h"
#include "decision/decision.h"
#include "stage/acts.h"

struct Decisions {
    char *asked;       /* the campaign that is being asked about, or NULL */
    GHashTable *tried; /* ids of messages that a job of this session was for */
    GQueue waiting;    /* of char *: campaigns whose job is still to begin */
    bool running;      /* the running job is one of these */
};

Decisions *decisions_new(void)
{
    Decisions *decisions = g_new0(Decisions, 1);
    decisions->tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_queue_init(&decisions->waiting);
    return decisions;
}

void decisions_free(Decisions *decisions)
{
    if (!decisions)
        return;
    g_free(decisions->asked);
    g_hash_table_unref(decisions->tried);
    g_queue_clear_full(&decisions->waiting, g_free);
    g_free(decisions);
}

/* --- deciding --------------------------------------------------------------------------------- */

static void chosen(gpointer data, const char *text)
{
    static const struct {
        char key;
        const char *word;
    } words[] = {{'d', "delete"}, {'z', "quarantine"}, {'n', "nothing"}};
    App *app = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *campaign = g_steal_pointer(&app->decisions->asked);
    g_autofree char *file = config_last_path(app->config_path);
    for (gsize i = 0; text && i < G_N_ELEMENTS(words); i++) {
        if (words[i].key != *text)
            continue;
        if (!session_decide(app->session, file, campaign, words[i].word, &error))
            app_say(app, ROLE_ERROR, "%s", error->message);
        return;
    }
    app_say(app, ROLE_MESSAGE, "Nothing is decided");
}

void decisions_ask(App *app, guint i)
{
    const Row *row = model_row(app->model, i);
    if (!decision_may_name(row->campaign)) {
        app_say(app, ROLE_ERROR,
                "No decision can be kept on \"%s\": the configuration takes no brackets, no = and "
                "nothing unprintable there",
                row->campaign);
        return;
    }
    const char *now = decision_of(app->config, row->campaign);
    g_autofree char *line = g_strdup_printf(
        "New backscatter of %s, from now on%s%s%s: (d)elete, (z) quarantine, (n)othing ",
        row->campaign, now ? " (now: " : "", now ? now : "", now ? ")" : "");
    g_free(app->decisions->asked);
    app->decisions->asked = g_strdup(row->campaign);
    app_ask(app, line, "dzn", chosen);
}

/* --- carrying out ----------------------------------------------------------------------------- */

static bool is_due(const App *app, guint i)
{
    const Row *row = model_row(app->model, i);
    return !session_row_gone(app->session, i) && decision_is_due(app->config, row) &&
           !g_hash_table_contains(app->decisions->tried, row->id);
}

void decisions_look(App *app)
{
    Decisions *decisions = app->decisions;
    if (g_hash_table_size(app->config->decisions) == 0)
        return;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < session_row_count(app->session); i++) {
        char *campaign = model_row(app->model, i)->campaign;
        if (is_due(app, i) && g_hash_table_add(seen, campaign))
            g_queue_push_tail(&decisions->waiting, g_strdup(campaign));
    }
    decisions_next(app);
}

/* The rows of the campaign that are due, each once in a session. */
static GArray *rows_take(App *app, const char *campaign)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < session_row_count(app->session); i++) {
        const Row *row = model_row(app->model, i);
        if (!g_str_equal(row->campaign, campaign) || !is_due(app, i))
            continue;
        g_array_append_val(rows, i);
        g_hash_table_add(app->decisions->tried, g_strdup(row->id));
    }
    return rows;
}

void decisions_next(App *app)
{
    Decisions *decisions = app->decisions;
    while (!app->reading && !session_busy(app->session) && !acts_waiting(app) &&
           !g_queue_is_empty(&decisions->waiting)) {
        g_autofree char *campaign = g_queue_pop_head(&decisions->waiting);
        g_autoptr(GArray) rows = rows_take(app, campaign);
        g_autoptr(GError) error = NULL;
        if (rows->len == 0)
            continue;
        decisions->running = session_carry_out(app->session, campaign, (guint *)(void *)rows->data,
                                               rows->len, &error);
        if (!decisions->running)
            app_say(app, ROLE_ERROR, "%s", error->message);
    }
}

bool decisions_silent(const App *app, const JobStatus *status)
{
    bool ours = app->decisions->running;
    app->decisions->running = false;
    return ours && !status->job;
}
