/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help: made from the keymap in force, so it is never wrong. */
#include "views/view_help.h"

#include "screen/pager.h"

typedef struct Help {
    View view;
    Context context; /* from where it was asked for: its keys come first */
    Pager pager;
    int width;
} Help;

static const struct {
    Context context;
    const char *title;
} parts[] = {
    {CONTEXT_LIST, "In the list"},
    {CONTEXT_CASE, "In a case"},
    {CONTEXT_GROUPS, "In groups"},
    {CONTEXT_JOBS, "In the jobs"},
    {CONTEXT_QUESTIONS, "In the questions"},
    {CONTEXT_DRAFTS, "In the drafts (open a complaint in the jobs)"},
    {CONTEXT_HELP, "In the help"},
    {CONTEXT_PROMPT, "While typing"},
};

static const struct {
    Glyph glyph;
    Role role;
    const char *meaning;
} signs[] = {
    {GLYPH_GENUINE, ROLE_GENUINE, "genuine: the returned message was yours; a real failure"},
    {GLYPH_BACKSCATTER, ROLE_BACKSCATTER,
     "backscatter: a server bounced what someone else sent in "
     "your name"},
    {GLYPH_FAKE, ROLE_FAKE, "fake: spam or phishing dressed as a bounce"},
    {GLYPH_UNDECIDED, ROLE_UNDECIDED, "undecided: the evidence does not carry either way"},
    {GLYPH_MARK, ROLE_MARK, "marked"},
    {GLYPH_INJECTION, ROLE_INJECTION, "in a chain: who really sent it"},
    {GLYPH_UNVERIFIED, ROLE_UNVERIFIED, "in a chain: nobody confirms this line"},
};

static void title_add(Doc *doc, const char *title)
{
    doc_put(doc, ROLE_TITLE, title);
    doc_end(doc);
}

/* What else stands in rows and chains. */
static const struct {
    const char *text;
    Role role;
    const char *meaning;
} words[] = {
    {"+12", ROLE_DIM, "so many more are of the same campaign: one sender, one subject"},
    {"2f", ROLE_UNDECIDED, "so many files have this Message-ID"},
    {"4 more", ROLE_DIM, "so many lines of the case follow: scroll the case below the list"},
    {"d z c", ROLE_MARK, "a job is about to delete, quarantine or complain"},
    {"c", ROLE_DIM, "a complaint was drafted"},
    {"failed", ROLE_DIM, "to whom it could not be delivered, the code, and the server's words"},
    {"reporter", ROLE_DIM, "the mail server that wrote the bounce, and when"},
    {"sent as", ROLE_DIM, "the address of yours in whose name the message was sent"},
    {"why", ROLE_DIM, "what the verdict rests on; (for ...): what speaks for another one"},
    {"ask", ROLE_UNDECIDED, "the question that would settle the case"},
    {"open", ROLE_DIM, "why no answer of yours would settle the case"},
    {"to do", ROLE_NORMAL, "what to do about the case, with the keys for it"},
    {WARNING_WORD, ROLE_ERROR,
     "sent through your own account: was it you? The row shows from where"},
    {"(2 " WARNING_WORD ")", ROLE_ERROR, "in the title: so many of those counted before it"},
    {WARNING_WORD_DENIED, ROLE_ERROR, "... and you said that it was not: change the password"},
    {"not stated", ROLE_DIM, "nobody recorded from where the message was sent"},
    {"own", ROLE_OWN, "one of your servers, as you said or learn found"},
    {"believed", ROLE_BELIEVED, "a server whose word is taken for what it saw itself"},
    {"SENT FROM", ROLE_INJECTION, "where a server that is believed took the message"},
    {"SENT FROM?", ROLE_INJECTION, "the same, but whether it began there is open"},
    {"CLAIMED", ROLE_INJECTION, "an address that nobody who is believed stands for"},
    {"192.0.2.1?", ROLE_UNDECIDED, "in a row: SENT FROM? or CLAIMED, as the case says"},
    {"unverified", ROLE_UNVERIFIED, "nobody confirms this line, and nothing speaks against it"},
    {"FORGED", ROLE_FORGED, "the evidence contradicts this line: the sender wrote it"},
};

static void words_add(Doc *doc)
{
    enum { MEANING = 14 };
    title_add(doc, "Words in rows and chains");
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        doc_tab(doc, 2, 0);
        doc_put(doc, words[i].role, words[i].text);
        doc_tab(doc, MEANING, 1);
        doc_wrap(doc, ROLE_NORMAL, words[i].meaning, MEANING);
        doc_end(doc);
    }
}

/* The reviewer's own commands that have a key in @context. */
static void commands_add(Doc *doc, const App *app, Context context, int column)
{
    const GPtrArray *bindings = keymap_bindings(app->keymap);
    for (guint i = 0; i < bindings->len; i++) {
        const Binding *binding = bindings->pdata[i];
        if (!binding->argument || binding->context != context)
            continue;
        g_autofree char *keys = key_texts(binding->keys, binding->length);
        const char *command = g_hash_table_lookup(app->config->commands, binding->argument);
        doc_tab(doc, 2, 0);
        doc_put(doc, ROLE_KEY, keys);
        doc_tab(doc, column, 1);
        g_autofree char *line = g_strdup_printf("%s: %s", binding->argument, command);
        doc_wrap(doc, ROLE_NORMAL, line, column);
        doc_end(doc);
    }
}

static void part_add(Doc *doc, const App *app, Context context)
{
    int column = MIN(24, doc_width(doc) / 3);
    for (int id = ACTION_NONE + 1; id < ACTION_COUNT; id++) {
        const Action *row = action_row((ActionId)id);
        g_autofree char *keys = keymap_keys(app->keymap, context, (ActionId)id);
        if (id == ACTION_RUN && keys) {
            commands_add(doc, app, context, column);
            continue;
        }
        if (!(row->contexts & context) || (!keys && context == CONTEXT_PROMPT))
            continue;
        doc_tab(doc, 2, 0);
        if (keys)
            doc_put(doc, ROLE_KEY, keys);
        else
            doc_printf(doc, ROLE_DIM, ":%s", row->name);
        if (doc_column(doc) > column - 1)
            doc_end(doc);
        doc_tab(doc, column, 0);
        doc_wrap(doc, ROLE_NORMAL, row->sentence, column);
        doc_end(doc);
    }
    doc_end(doc);
}

static Doc *help_doc(const Help *self, int width)
{
    const App *app = self->view.app;
    Doc *doc = doc_new(width, app->screen->utf8);
    for (int pass = 0; pass < 2; pass++) {
        for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
            if ((parts[i].context == self->context) != (pass == 0))
                continue;
            title_add(doc, parts[i].title);
            part_add(doc, app, parts[i].context);
        }
        for (gsize i = 0; pass == 0 && i < G_N_ELEMENTS(signs); i++) {
            if (i == 0)
                title_add(doc, "Signs");
            doc_tab(doc, 2, 0);
            doc_put(doc, signs[i].role, glyph_text(signs[i].glyph, app->screen->utf8));
            doc_tab(doc, 6, 1);
            doc_wrap(doc, ROLE_NORMAL, signs[i].meaning, 6);
            doc_end(doc);
        }
        doc_end(doc);
        if (pass == 0)
            words_add(doc);
        if (pass == 0)
            doc_end(doc);
    }
    return doc;
}

static void help_free(View *view)
{
    pager_clear(&((Help *)view)->pager);
    g_free(view);
}

static void help_recalc(View *view, int width, int height)
{
    Help *self = (Help *)view;
    pager_resize(&self->pager, height - 1);
    if (self->width == width)
        return;
    self->width = width;
    pager_set(&self->pager, help_doc(self, width), false);
}

static void help_draw(const View *view, Screen *screen, int height)
{
    const Help *self = (const Help *)view;
    char place[16];
    (void)height;
    pager_place(&self->pager, place);
    g_autofree char *title = g_strdup_printf(
        "notme  help: the keys of keymap \"%s\"",
        view->app->config->review.keymap ? view->app->config->review.keymap : "default");
    screen_put_cut(screen, 0, 0, screen->width - 6, title, ROLE_TITLE);
    screen_put_right(screen, 0, 0, screen->width, place, ROLE_DIM);
    pager_draw(&self->pager, screen, 0, 1, screen->width);
}

static bool help_act(View *view, ActionId action)
{
    return action == ACTION_HELP || pager_act(&((Help *)view)->pager, action);
}

static bool help_find(View *view, const char *needle, int by, bool from_here)
{
    return pager_find(&((Help *)view)->pager, needle, by, from_here);
}

static guint help_spot(const View *view)
{
    return pager_spot(&((const Help *)view)->pager);
}

static void help_go_spot(View *view, guint spot)
{
    pager_go_spot(&((Help *)view)->pager, spot);
}

static const ViewOps help_ops = {
    .name = "help",
    .context = CONTEXT_HELP,
    .free = help_free,
    .recalc = help_recalc,
    .draw = help_draw,
    .act = help_act,
    .find = help_find,
    .spot = help_spot,
    .go_spot = help_go_spot,
};

View *view_help_new(App *app, Context context)
{
    Help *self = g_new0(Help, 1);
    self->view = (View){&help_ops, app, NULL};
    self->context = context;
    return &self->view;
}
