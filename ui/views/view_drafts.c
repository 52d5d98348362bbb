/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drafts of a complaint: to whom each goes, what it is and where it lies; opened one by one. */
#include <string.h>

#include "views/view_drafts.h"

#include "base/count.h"
#include "base/needle.h"
#include "screen/doc.h"
#include "screen/text.h"
#include "stage/header.h"
#include "stage/program.h"

enum {
    PANE_LINES = 6,
    WHAT = 12,   /* columns: of what it is */
    BOUNCES = 9, /* ... of how many bounces it stands for */
    LEAST_LIST = 3,
    LABEL = 10,
    NARROW = 60,    /* columns: below, only to whom and what */
    HEADS_FROM = 16 /* lines of the screen: the columns have heads */
};

typedef struct Drafts {
    View view;
    List *list;
    guint job;
    int heads;         /* lines of the columns' heads: 0 or 1 */
    GPtrArray *drafts; /* of DraftLine; NULL: they have not come yet */
    bool unknown;      /* and will not */
    bool asked;        /* an answer is on its way */
} Drafts;

static const DraftLine *draft_at(const Drafts *self, guint item)
{
    return self->drafts->pdata[item];
}

static const DraftLine *draft_here(const Drafts *self)
{
    int item = list_current(self->list);
    return item < 0 ? NULL : draft_at(self, (guint)item);
}

static void client_order(gpointer data, GArray *order)
{
    const Drafts *self = data;
    for (guint i = 0; self->drafts && i < self->drafts->len; i++)
        g_array_append_val(order, i);
}

static const char *client_id(gpointer data, guint item)
{
    return draft_at(data, item)->file;
}

static bool client_matches(gpointer data, guint item, const char *needle)
{
    const DraftLine *draft = draft_at(data, item);
    return needle_in(needle, draft->to) || needle_in(needle, draft->subject) ||
           needle_in(needle, draft->about) || needle_in(needle, draft->file);
}

/* Where the second column begins, in @width columns. */
static int what_column(int width)
{
    return width < NARROW ? width - 12 : MAX(width * 40 / 100, 34);
}

static void client_draw(gpointer data, guint item, Screen *screen, int x, int y, int end)
{
    const DraftLine *draft = draft_at(data, item);
    int what = what_column(end);
    Role role = draft->gone ? ROLE_DIM : ROLE_NORMAL;
    screen_put_cut(screen, x + 1, y, what - 1, draft->to ? draft->to : "(nobody yet)",
                   draft->to ? role : ROLE_ERROR);
    screen_put_cut(screen, what, y, what + WHAT, draft->gone ? "gone" : draft->what, role);
    if (end < NARROW)
        return;
    char count[32];
    count_text(draft->count, count);
    if (draft->count)
        screen_put_right(screen, what + WHAT, y, what + WHAT + BOUNCES - 2, count, role);
    screen_put_cut(screen, what + WHAT + BOUNCES, y, end,
                   draft->about ? draft->about : "not stated", draft->about ? role : ROLE_DIM);
}

static const ListClient client = {
    .order = client_order,
    .id = client_id,
    .draw = client_draw,
    .matches = client_matches,
};

static int list_room(int height)
{
    return height - 1 >= PANE_LINES + LEAST_LIST ? height - 1 - PANE_LINES
                                                 : MIN(LEAST_LIST, height - 1);
}

static void drafts_recalc(View *view, int width, int height)
{
    Drafts *self = (Drafts *)view;
    (void)width;
    self->heads = height + 1 >= HEADS_FROM;
    list_rebuild(self->list);
    list_settle(self->list);
    list_resize(self->list, list_room(height - self->heads));
}

/* What it complains of. The caller frees it. */
static char *about_text(const DraftLine *draft)
{
    g_autofree char *mail = draft->about ? g_strconcat("mail from ", draft->about, NULL)
                                         : g_strdup("mail from nobody knows where");
    return draft->bounces ? g_strconcat("bounces of ", mail, NULL) : g_steal_pointer(&mail);
}

/* The one under the cursor, whole. */
static void pane_draw(const Drafts *self, Screen *screen, int y, int height)
{
    const DraftLine *draft = draft_here(self);
    char place[LIST_PLACE_SIZE];
    if (!draft || y >= height)
        return;
    list_place(self->list, place);
    header_rule(screen, y, NULL, NULL, place);
    g_autoptr(Doc) doc = doc_new(screen->width, screen->utf8);
    if (draft->gone)
        doc_field(doc, "note", LABEL, ROLE_MESSAGE,
                  "not there any more: undo took it back, or a mail program moved it");
    doc_field(doc, "to", LABEL, ROLE_NORMAL,
              draft->to ? draft->to : "nobody yet: it says where to look");
    g_autofree char *about = about_text(draft);
    doc_field(doc, "about", LABEL, ROLE_NORMAL, about);
    doc_field(doc, "subject", LABEL, ROLE_NORMAL, draft->subject);
    doc_field(doc, draft->gone ? "lay in" : "lies in", LABEL, ROLE_NORMAL, draft->file);
    doc_draw(doc, screen, 0, y + 1, screen->width, height - y - 1, 0, NULL);
}

static void heads_draw(Screen *screen)
{
    int what = what_column(screen->width);
    screen_put(screen, 2, 1, screen->width, "to", ROLE_HEAD);
    screen_put(screen, what, 1, screen->width, "what", ROLE_HEAD);
    if (screen->width >= NARROW)
        screen_put(screen, what + WHAT, 1, screen->width, "bounces", ROLE_HEAD);
    if (screen->width >= NARROW)
        screen_put(screen, what + WHAT + BOUNCES, 1, screen->width, "about mail from", ROLE_HEAD);
}

static void drafts_draw(const View *view, Screen *screen, int height)
{
    const Drafts *self = (const Drafts *)view;
    guint count = list_count(self->list);
    g_autofree char *title =
        g_strdup_printf("%u draft%s of job %u", count, count == 1 ? "" : "s", self->job);
    header_draw(view->app, screen, title, NULL, NULL);
    if (self->heads && count)
        heads_draw(screen);
    list_draw(self->list, screen, 0, 1 + self->heads, screen->width);
    if (count == 0)
        screen_put(screen, 2, 2, screen->width,
                   self->unknown  ? "What this job has written is not known any more."
                   : self->drafts ? "None was written."
                                  : "Reading ...",
                   ROLE_DIM);
    pane_draw(self, screen, 1 + self->heads + list_room(height - self->heads), height);
}

static void drafts_ask(Drafts *self)
{
    self->asked = true;
    session_list_drafts(self->view.app->session, self->job);
}

static void draft_edit(Drafts *self)
{
    const DraftLine *draft = draft_here(self);
    App *app = self->view.app;
    if (!draft)
        return;
    if (draft->gone) {
        app_say(app, ROLE_ERROR,
                "Not there any more: undo took it back, or a mail program moved it");
        return;
    }
    if (!program_edit(app, draft->file))
        return;
    list_move(self->list, 1);
    drafts_ask(self);
}

static bool drafts_act(View *view, ActionId action)
{
    Drafts *self = (Drafts *)view;
    if (action == ACTION_OPEN) {
        draft_edit(self);
        return true;
    }
    return list_act(self->list, action);
}

static bool drafts_find(View *view, const char *needle, int by, bool from_here)
{
    return list_find(((Drafts *)view)->list, needle, by, from_here);
}

static void drafts_listed(View *view, guint job, const GPtrArray *drafts)
{
    Drafts *self = (Drafts *)view;
    if (job != self->job)
        return;
    self->asked = false;
    self->unknown = !drafts;
    if (!drafts)
        return;
    g_clear_pointer(&self->drafts, g_ptr_array_unref);
    self->drafts = g_ptr_array_ref((GPtrArray *)(gsize)drafts);
}

/* A job has ended, which may have been the one that takes them back. */
static void drafts_changed(View *view)
{
    drafts_ask((Drafts *)view);
}

static int drafts_job(View *view)
{
    return (int)((Drafts *)view)->job;
}

static guint drafts_spot(const View *view)
{
    return list_position(((const Drafts *)view)->list);
}

static void drafts_go_spot(View *view, guint spot)
{
    list_go(((Drafts *)view)->list, spot);
}

static bool drafts_settled(View *view)
{
    return !((Drafts *)view)->asked;
}

static void drafts_free(View *view)
{
    Drafts *self = (Drafts *)view;
    list_free(self->list);
    g_clear_pointer(&self->drafts, g_ptr_array_unref);
    g_free(self);
}

static const ViewOps drafts_ops = {
    .name = "the drafts",
    .context = CONTEXT_DRAFTS,
    .free = drafts_free,
    .recalc = drafts_recalc,
    .draw = drafts_draw,
    .act = drafts_act,
    .find = drafts_find,
    .spot = drafts_spot,
    .go_spot = drafts_go_spot,
    .changed = drafts_changed,
    .drafts = drafts_listed,
    .settled = drafts_settled,
    .job = drafts_job,
};

View *view_drafts_new(App *app, guint job)
{
    Drafts *self = g_new0(Drafts, 1);
    self->view = (View){&drafts_ops, app, NULL};
    self->job = job;
    self->list = list_new(&client, self);
    drafts_ask(self);
    return &self->view;
}
