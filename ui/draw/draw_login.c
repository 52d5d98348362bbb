/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draw_login.h. */
#include "draw/draw_login.h"

#include "base/count.h"
#include "screen/clock.h"
#include "verdict/login.h"

enum { LABEL = 10 };

static void line(Doc *doc, const char *label, Role role, const char *text)
{
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, label);
    doc_tab(doc, LABEL, 1);
    doc_wrap(doc, role, text, LABEL);
    doc_end(doc);
}

static char *trail_text(const LoginTrail *trail)
{
    char count[32], first[16], last[16];
    gint64 now = clock_now();
    count_text(trail->count, count);
    clock_short_date(trail->first, now, first);
    clock_short_date(trail->last, now, last);
    return g_strdup_printf("%s message%s by this login came back, from %s, first %s, last %s",
                           count, trail->count == 1 ? "" : "s",
                           trail->addresses ? trail->addresses : "nobody knows where", first, last);
}

void draw_login(Doc *doc, const Row *row, const LoginTrail *trail)
{
    g_autofree char *told = trail_text(trail);
    g_autofree char *advice = login_advice(row->login);
    line(doc, "login", ROLE_ERROR, row->login ? row->login : "(its name was not written down)");
    line(doc, "so far", ROLE_NORMAL, told);
    if (trail->recipients)
        line(doc, "to", ROLE_NORMAL, trail->recipients);
    line(doc, "to do", ROLE_NORMAL, advice);
}
