/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draw_login.h. */
#include "draw/draw_login.h"

#include "base/count.h"
#include "screen/clock.h"
#include "verdict/advice.h"

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

void draw_login(Doc *doc, const Row *row, const LoginTrail *trail)
{
    g_autofree char *told = trail_text(trail);
    doc_field(doc, "login", LABEL, ROLE_ERROR,
              row->login ? row->login : "(its name was not written down)");
    doc_field(doc, "so far", LABEL, ROLE_NORMAL, told);
    if (trail->recipients)
        doc_field(doc, "to", LABEL, ROLE_NORMAL, trail->recipients);
}

void draw_login_more(Doc *doc, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    if (verdict && verdict->warning != WARNING_NONE)
        doc_field(doc, "", LABEL, ROLE_NORMAL, advice_login_more(verdict->login_denied));
}
