/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See draw_row.h. */
#include "draw/draw_row.h"

#include <string.h>

#include "base/count.h"
#include "base/names.h"
#include "draw/draw_case.h"
#include "screen/clock.h"

RowColumns row_columns(int width)
{
    RowColumns at = {.date = 4};
    int extra = MAX(width - 80, 0);
    int recipient = MAX(21, MIN(width * 24 / 100, 44));
    int injection = width >= 150 ? 28 : width >= 120 ? 20 : 15;
    if (width < 50) {
        at.recipient = 12;
        at.injection = width >= 38 ? width - 16 : 0;
        return at;
    }
    at.recipient = 12;
    at.reason = at.recipient + recipient + 1;
    if (width < 64) {
        at.reason = 0;
        at.injection = width - 15;
        return at;
    }
    at.injection = at.reason + 13;
    at.more = width - 5;
    if (width < 76)
        return at;
    at.reporter = at.injection + injection + 1;
    int next = at.reporter + 13 + MIN(extra / 5, 18);
    if (width >= 100) {
        at.abused = next;
        next += MAX(18, MIN(width * 18 / 100, 30)) + 1;
    }
    if (width - next >= 20)
        at.subject = next;
    return at;
}

/* The mark of a row: marked, being acted on, complained about. */
static void mark_draw(const Model *model, guint item, const Row *row, Screen *screen, int x, int y)
{
    gpointer job;
    if (g_hash_table_lookup_extended(model->pending, GUINT_TO_POINTER(item + 1), NULL, &job))
        screen_put(screen, x, y, x + 1, job_action_sign((JobAction)GPOINTER_TO_UINT(job)),
                   ROLE_MARK);
    else if (model_marked(model, item))
        screen_put(screen, x, y, x + 1, glyph_text(GLYPH_MARK, screen->utf8), ROLE_MARK);
    else if (names_list_has(row->tags, model->complained))
        screen_put(screen, x, y, x + 1, "c", ROLE_DIM);
}

static void column(Screen *screen, int y, int from, int to, const char *text, Role role)
{
    if (from > 0 && to > from)
        screen_put_cut(screen, from, y, to, text, role);
}

static void reporter_draw(const Row *row, Screen *screen, int from, int to, int y)
{
    if (row->verdict != VERDICT_FAKE) {
        column(screen, y, from, to, row->reporter_domain ? row->reporter_domain : "", ROLE_NORMAL);
        return;
    }
    const char *name = row->reporter_domain ? row->reporter_domain : "";
    g_autofree char *quoted = g_strdup_printf(*name == '"' ? "%s" : "\"%s\"", name);
    column(screen, y, from, to, quoted, ROLE_NORMAL);
}

typedef struct More {
    char text[COUNT_SIZE + 1]; /* empty: there is nothing to say */
    int x;                     /* where it begins */
} More;

/* How many files an id has, or how many more the campaign has. */
static More more_of(const Model *model, guint item, const Row *row, int x, int end)
{
    More it = {.x = x};
    char count[COUNT_SIZE];
    guint more = model_more(model, item);
    if (x == 0)
        return it;
    if (row->files > 1)
        g_snprintf(it.text, sizeof it.text, "%sf", count_text(row->files, count));
    else if (more)
        g_snprintf(it.text, sizeof it.text, "+%s", count_text(more, count));
    if (*it.text) /* it takes no more than it needs */
        it.x = end - (int)strlen(it.text);
    return it;
}

static void more_draw(const More *it, const Row *row, Screen *screen, int y)
{
    if (row->files > 1)
        screen_put(screen, it->x, y, screen->width, it->text, ROLE_UNDECIDED);
    else
        screen_put_right(screen, it->x, y, screen->width, it->text, ROLE_DIM);
}

/* Behind an address that nobody knows it was sent from stands "?", in the gap between the columns
 * where there is no other room. */
static void sender_draw(const Row *row, Screen *screen, int from, int to, int y, bool stays)
{
    bool open;
    g_autofree char *text = row_sender(row, &open);
    Role role = stays                   ? ROLE_DIM
                : row->warning          ? ROLE_NORMAL
                : row->injection_own    ? ROLE_OWN
                : row->injection.family ? ROLE_NORMAL
                                        : ROLE_DIM;
    if (from <= 0 || to <= from)
        return;
    int x = screen_put_cut(screen, from, y, to, text, role);
    if (open)
        screen_put(screen, x, y, to + 1, "?", stays ? ROLE_DIM : ROLE_UNDECIDED);
}

static int after_recipient(const RowColumns *at, int end)
{
    return (at->reason ? at->reason : at->injection ? at->injection : end + 1) - 1;
}

void row_draw(const Model *model, guint item, const RowColumns *at, Screen *screen, int x, int y,
              int end)
{
    const Row *row = model_row(model, item);
    const char *dash = glyph_text(GLYPH_DASH, screen->utf8);
    /* what no longer fits stays, dimmed */
    bool stays = model_stays(model, item);
    Role role = stays ? ROLE_DIM : draw_verdict_role(row->verdict),
         normal = stays ? ROLE_DIM : ROLE_NORMAL;
    char date[16];
    const More more = more_of(model, item, row, at->more, screen->width);
    bool tail = *more.text != '\0';
    int after_injection = (at->reporter ? at->reporter : tail ? more.x : end) - 1;
    int last = tail ? more.x - 1 : end;
    int after_abused = at->subject ? at->subject - 1 : last;
    int after_reporter = at->abused    ? at->abused - 1
                         : at->subject ? at->subject - 1
                         : tail        ? more.x - 1
                                       : end;
    const char *warned = warning_word(row->warning, row->login_denied);

    screen_put(screen, x, y, end, glyph_text(draw_verdict_glyph(row->verdict), screen->utf8), role);
    mark_draw(model, item, row, screen, x + 1, y);
    clock_short_date(row->timestamp, clock_now(), date);
    column(screen, y, at->date, at->recipient - 1, date, normal);
    column(screen, y, at->recipient, after_recipient(at, end), row_named(row),
           row->recipient ? normal : ROLE_DIM);
    column(screen, y, at->reason, at->injection - 1,
           warned                         ? warned
           : row->verdict == VERDICT_FAKE ? dash
                                          : row_reason_text(row),
           warned                            ? ROLE_ERROR
           : row->verdict == VERDICT_GENUINE ? role
                                             : normal);
    sender_draw(row, screen, at->injection, after_injection, y, stays);
    if (at->reporter)
        reporter_draw(row, screen, at->reporter, after_reporter, y);
    if (at->abused)
        column(screen, y, at->abused, after_abused, row->abused ? row->abused : "", normal);
    if (at->subject)
        column(screen, y, at->subject, more.x - 1,
               row->returned_subject ? row->returned_subject : "", ROLE_DIM);
    if (tail)
        more_draw(&more, row, screen, y);
}

void row_heads_draw(const RowColumns *at, Screen *screen, int y)
{
    const struct {
        int from, to;
        const char *text;
    } heads[] = {
        {at->date, at->recipient - 1, "date"},
        {at->recipient, at->reason ? at->reason - 1 : at->injection - 1, "failed"},
        {at->reason, at->injection - 1, "why"},
        {at->injection, at->reporter ? at->reporter - 1 : screen->width, "sent from"},
        {at->reporter, at->abused ? at->abused - 1 : screen->width, "reported by"},
        {at->abused, at->subject ? at->subject - 1 : screen->width, "in whose name"},
        {at->subject, screen->width, "subject"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
        column(screen, y, heads[i].from, heads[i].to, heads[i].text, ROLE_HEAD);
}
