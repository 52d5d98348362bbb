/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draw_login.h. */
#include "draw/draw_login.h"

#include "base/count.h"
#include "screen/clock.h"
#include "verdict/login.h"

enum { LABEL = 10 };

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

void draw_login(Doc *doc, const Row *row, const LoginTrail *trail, const Finding *finding)
{
    g_autofree char *told = trail_text(trail);
    doc_field(doc, "login", LABEL, ROLE_ERROR,
              row->login ? row->login : "(its name was not written down)");
    doc_field(doc, "so far", LABEL, ROLE_NORMAL, told);
    if (trail->recipients)
        doc_field(doc, "to", LABEL, ROLE_NORMAL, trail->recipients);
    if (!finding)
        return;
    g_autofree char *advice = login_advice(row->login, finding->judgement->verdict->login_denied);
    doc_field(doc, "to do", LABEL, ROLE_NORMAL, advice);
}
