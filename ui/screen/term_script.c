/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal that plays a script and saves screens: what screen tests run on (doc/HACKING).
 *   size W H      the size of the screen
 *   wait          until nothing is being read, no job runs and the screen is complete
 *   keys K K ...  presses keys, named as in a keymap: faster than anything else happens, so that
 *                 what comes of the first comes behind the last
 *   ahead K K ... as one chunk, as typed ahead of a slow line: no screen between them
 *   late K K ...  presses them once what is under the cursor, or judged, has changed by itself
 *   type TEXT     types the text as it stands
 *   paste TEXT    as if pasted
 *   click X Y, wheel UP|DOWN
 *   hangup        the line is lost; no more is played
 *   copied FILE   what was copied last through the terminal
 *   save FILE     the screen as text, or as a picture where FILE ends in .svg
 *   rows FILE     what the view in front is about: a line a case, ">" where the cursor is, "*"
 *                 where it is marked, its id
 *   sleep MS      for what has a time-out
 * Empty lines and lines that begin with "#" are passed over. At the end the program is left. The
 * file may be a FIFO, whose other end waits for what was saved. */
#include "screen/term_script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_WAIT = 60, /* seconds: then the script fails */
    /* behind drawing, for a key sees the screen that the key before it has made; before all that
     * other processes send */
    KEY_PRIORITY = G_PRIORITY_HIGH + 30
};

typedef struct Script {
    Term base;
    Theme *theme;
    FILE *lines;
    Screen *shown;        /* a copy of the last screen */
    GQueue keys;          /* of GUINT_TO_POINTER(Key): still to press */
    gint64 waiting_since; /* 0: it does not */
    bool late;            /* it waits for something unseen, to press the keys then */
    gint64 asleep_until;
    guint source;
    guint key_source; /* 0: no key is left to press */
    guint line;
    char *file;
    char *copied; /* or NULL */
    bool failed;
} Script;

/* Leaves; the first word counts. */
static void fail(Script *script, const char *what)
{
    if (script->failed)
        return;
    g_autofree char *why = g_strdup_printf("%s:%u: %s", script->file, script->line, what);
    script->failed = true;
    script->base.events->gone(why, script->base.data);
}

static void save(Script *script, const char *file)
{
    bool picture = g_str_has_suffix(file, ".svg");
    g_autofree char *text =
        picture ? screen_svg(script->shown, script->theme) : screen_text(script->shown);
    if (!g_file_set_contents(file, text, -1, NULL))
        fail(script, "the screen cannot be saved");
}

static void rows(Script *script, const char *file)
{
    g_autofree char *text = script->base.events->rows(script->base.data);
    if (!g_file_set_contents(file, text, -1, NULL))
        fail(script, "the rows cannot be saved");
}

static void copied(Script *script, const char *file)
{
    if (!g_file_set_contents(file, script->copied ? script->copied : "", -1, NULL))
        fail(script, "what was copied cannot be saved");
}

static void key_press(Script *script)
{
    Key key = GPOINTER_TO_UINT(g_queue_pop_head(&script->keys));
    script->base.events->key(key, script->base.data);
}

static gboolean on_key(gpointer data)
{
    Script *script = data;
    key_press(script);
    if (!script->failed && !g_queue_is_empty(&script->keys))
        return G_SOURCE_CONTINUE;
    script->key_source = 0;
    return G_SOURCE_REMOVE;
}

static void keys_press(Script *script)
{
    if (!script->key_source && !g_queue_is_empty(&script->keys))
        script->key_source = g_idle_add_full(KEY_PRIORITY, on_key, script, NULL);
}

static void keys_queue(Script *script, const char *argument)
{
    g_auto(GStrv) names = g_strsplit(argument, " ", -1);
    for (char **name = names; *name; name++) {
        Key key;
        if (!**name)
            continue;
        if (!key_parse(*name, &key)) {
            fail(script, "no such key");
            return;
        }
        g_queue_push_tail(&script->keys, GUINT_TO_POINTER(key));
    }
}

static void do_keys(Script *script, const char *argument)
{
    keys_queue(script, argument);
    keys_press(script);
}

static void do_ahead(Script *script, const char *argument)
{
    keys_queue(script, argument);
    while (!script->failed && !g_queue_is_empty(&script->keys))
        key_press(script);
}

static void do_late(Script *script, const char *argument)
{
    keys_queue(script, argument);
    script->late = true;
    script->waiting_since = g_get_monotonic_time();
}

static void do_type(Script *script, const char *argument)
{
    for (const char *p = argument; *p; p = g_utf8_find_next_char(p, NULL))
        g_queue_push_tail(&script->keys, GUINT_TO_POINTER(g_utf8_get_char(p)));
    keys_press(script);
}

static void do_size(Script *script, const char *argument)
{
    if (sscanf(argument, "%d %d", &script->base.width, &script->base.height) != 2) {
        fail(script, "size W H");
        return;
    }
    script->base.events->resized(script->base.data);
}

static void do_paste(Script *script, const char *argument)
{
    script->base.events->pasted(argument, script->base.data);
}

static void do_click(Script *script, const char *argument)
{
    int x, y;
    if (sscanf(argument, "%d %d", &x, &y) == 2)
        script->base.events->mouse(x, y, 0, script->base.data);
    else
        fail(script, "click X Y");
}

static void do_wheel(Script *script, const char *argument)
{
    script->base.events->mouse(0, 0, g_str_equal(argument, "up") ? -1 : 1, script->base.data);
}

static void do_sleep(Script *script, const char *argument)
{
    script->asleep_until = g_get_monotonic_time() + g_ascii_strtoll(argument, NULL, 10) * 1000;
}

static void do_hangup(Script *script, const char *argument)
{
    (void)argument;
    script->failed = script->base.lost = true;
    script->base.events->gone(NULL, script->base.data);
}

static void do_wait(Script *script, const char *argument)
{
    (void)argument;
    script->waiting_since = g_get_monotonic_time();
}

static const struct {
    const char *name;
    void (*run)(Script *script, const char *argument);
} words[] = {
    {"size", do_size},   {"wait", do_wait},     {"keys", do_keys},   {"ahead", do_ahead},
    {"late", do_late},   {"type", do_type},     {"paste", do_paste}, {"click", do_click},
    {"wheel", do_wheel}, {"save", save},        {"sleep", do_sleep}, {"rows", rows},
    {"copied", copied},  {"hangup", do_hangup},
};

static void line_run(Script *script, const char *line)
{
    const char *argument = line + strcspn(line, " ");
    g_autofree char *word = g_strndup(line, (gsize)(argument - line));
    while (*argument == ' ')
        argument++;
    if (!*word || *word == '#')
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(words[i].name, word) == 0) {
            words[i].run(script, argument);
            return;
        }
    }
    fail(script, "no such command");
}

/* Whether the script may go on; while the screen is not drawn it may not. */
static bool ready(Script *script)
{
    gint64 now = g_get_monotonic_time();
    if (now < script->asleep_until)
        return false;
    if (!script->waiting_since)
        return true;
    const TermEvents *events = script->base.events;
    if (script->late ? events->unseen(script->base.data) : events->settled(script->base.data)) {
        script->waiting_since = 0;
        if (script->late)
            keys_press(script);
        script->late = false;
        return true;
    }
    if (now - script->waiting_since > (gint64)LONGEST_WAIT * G_USEC_PER_SEC)
        fail(script, "waited too long for the screen to be complete");
    return false;
}

static gboolean on_step(gpointer data)
{
    Script *script = data;
    bool go = ready(script);
    if (script->failed) {
        script->source = 0;
        return G_SOURCE_REMOVE;
    }
    if (!go)
        return G_SOURCE_CONTINUE;
    char *line = NULL;
    size_t size = 0;
    ssize_t n = getline(&line, &size, script->lines);
    script->line++;
    if (n < 0) {
        free(line);
        script->source = 0;
        script->base.events->gone(NULL, script->base.data);
        return G_SOURCE_REMOVE;
    }
    line_run(script, g_strchomp(line));
    free(line);
    return G_SOURCE_CONTINUE;
}

static void script_start(Term *term)
{
    Script *script = (Script *)term;
    /* Behind drawing: each step sees the screen that the step before it has made. */
    script->source = g_timeout_add_full(G_PRIORITY_LOW, 1, on_step, script, NULL);
}

static void script_show(Term *term, const Screen *screen)
{
    Script *script = (Script *)term;
    screen_resize(script->shown, screen->width, screen->height);
    memcpy(script->shown->cells, screen->cells,
           sizeof *screen->cells * (gsize)screen->width * (gsize)screen->height);
}

static void script_nothing(Term *term)
{
    (void)term;
}

static void script_copy(Term *term, const char *text)
{
    Script *script = (Script *)term;
    g_free(script->copied);
    script->copied = g_strdup(text);
}

static void script_free(Term *term)
{
    Script *script = (Script *)term;
    g_clear_handle_id(&script->source, g_source_remove);
    g_clear_handle_id(&script->key_source, g_source_remove);
    fclose(script->lines);
    g_queue_clear(&script->keys);
    screen_free(script->shown);
    g_free(script->theme);
    g_free(script->file);
    g_free(script->copied);
    g_free(script);
}

static const TermOps script_ops = {
    .free = script_free,
    .start = script_start,
    .show = script_show,
    .repaint = script_nothing,
    .leave = script_nothing,
    .enter = script_nothing,
    .suspend = script_nothing,
    .copy = script_copy,
};

Term *term_script_new(const TermSetup *setup, const char *file, GError **error)
{
    g_autofree Theme *theme = theme_new(setup->theme, setup->color, error);
    FILE *lines = theme ? fopen(file, "re") : NULL;
    if (theme && !lines)
        g_set_error(error, TERM_ERROR, 0, "%s: %s", file, g_strerror(errno));
    if (!lines)
        return NULL;
    Script *script = g_new0(Script, 1);
    script->base = (Term){.ops = &script_ops,
                          .events = setup->events,
                          .data = setup->data,
                          .width = 80,
                          .height = 24,
                          .utf8 = setup->utf8,
                          .scripted = true,
                          .theme = theme};
    script->theme = g_steal_pointer(&theme);
    script->lines = lines;
    script->shown = screen_new(setup->utf8);
    script->file = g_strdup(file);
    g_queue_init(&script->keys);
    return &script->base;
}
