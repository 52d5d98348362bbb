/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints: what their planner has to know first, and where the cursor goes. */
#include "complaint/offer.h"
#include "config/config_edit.h"
#include "screen/clock.h"
#include "stage/acts_private.h"

#include <string.h>

const char *act_id_here(const App *app)
{
    const View *view = app_top(app);
    int row = view_row(view);
    if (row >= 0)
        return model_id(app->model, (guint)row);
    return view->ops->cursor ? view->ops->cursor(view) : NULL;
}

/* Nothing was drafted, or not yet: the cursor goes back to what it was about, unless it was moved
 * meanwhile. */
static void complaint_back(App *app)
{
    View *view = app_top(app);
    Act *complaint = &app->acts->complaint;
    if (complaint->left && g_strcmp0(complaint->left, act_id_here(app)) == 0 && view->ops->go_to)
        view->ops->go_to(view, model_id(app->model, g_array_index(complaint->rows, guint, 0)));
    g_clear_pointer(&complaint->left, g_free);
}

void acts_complaint_ended(App *app, const JobStatus *status)
{
    const GArray *rows = app->acts->complaint.rows;
    if (!rows)
        return;
    if (status->done == 0) {
        complaint_back(app);
        return;
    }
    for (guint i = 0; i < rows->len; i++)
        model_mark(app->model, g_array_index(rows, guint, i), false);
}

/* "dns=true" into the configuration: from the next start on it is not asked. */
static void always_write(App *app)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = config_answer(app->config_path, JOB_ALWAYS_DNS, &error);
    if (file)
        app_say(app, ROLE_MESSAGE, "dns=true is in [complain] of %s", file);
    else
        app_say(app, ROLE_ERROR, "The DNS is asked this time; dns=true cannot be written: %s",
                error->message);
}

static void dns_answered(gpointer data, const char *text)
{
    App *app = data;
    if (!text) {
        act_answered(app, NULL);
        return;
    }
    app->acts->dns = *text == 'n' ? DNS_NO : DNS_YES;
    if (*text == 'a')
        always_write(app);
    act_start(app);
}

void acts_ask_complaint(App *app, const char *text)
{
    g_autofree char *line = g_strdup_printf("%s (y/n) ", text);
    if (!app->acts->complaint.rows || app->prompt) { /* another question stands there */
        app_say(app, ROLE_ERROR, "No complaint was drafted: %s", text);
        return;
    }
    bool dns = strcmp(text, JOB_ASK_DNS) == 0;
    act_clear(&app->acts->waiting);
    complaint_back(app);
    app->acts->waiting = app->acts->complaint;
    app->acts->complaint = (Act){0};
    if (dns)
        app_ask(app, JOB_TELL_DNS " " JOB_ASK_DNS " (y)es, (n)o, (a)lways ", "yna", dns_answered);
    else
        app_ask(app, line, "yn", act_answered);
}

bool acts_offered(const App *app, ActionId action, const Row *row, const Finding *finding)
{
    if (action != ACTION_COMPLAIN && action != ACTION_COMPLAIN_NETWORK)
        return true;
    Side side = action == ACTION_COMPLAIN ? SIDE_REPORTER : SIDE_NETWORK;
    return complaint_offered(row, finding, app->config, side, clock_now());
}
