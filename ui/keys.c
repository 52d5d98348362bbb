/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a key to what it does: keymap -> action -> what it needs -> the view -> actions on mail ->
 * what is the same everywhere -> "not bound". */
#include "keys.h"

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "globals.h"
#include "stage/acts.h"
#include "stage/seen.h"

enum {
    ESCAPE = 0x1b,
    SEQUENCE_WAIT = 1000,
    /* behind every key that has come already, however late it is looked at: it goes on with the
     * sequence */
    SEQUENCE_PRIORITY = G_PRIORITY_LOW + 10
};

/* --- what an action needs --------------------------------------------------------------------- */

static bool under_cursor(App *app)
{
    View *view = app_top(app);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    view_rows(view, rows);
    return rows->len > 0 || (app->marked_next && model_mark_count(app->model));
}

/* Why @action cannot run now, or NULL. */
static const char *refusal(App *app, const Action *row)
{
    if (!(row->contexts & app_top(app)->ops->context))
        return "it means nothing here";
    if (row->needs & NEED_CASE && !under_cursor(app))
        return app->reading ? "there is no case here yet" : "there is no case here";
    if (row->needs & NEED_MARKS && !model_mark_count(app->model))
        return "nothing is marked";
    if (row->needs & NEED_FIND && !app->needle)
        return "nothing was searched for yet";
    if (row->needs & NEED_BUSY && !session_busy(app->session) && !app->reading)
        return "nothing is running";
    return NULL;
}

/* For the test that finds actions which no screen test uses. */
static void tell_used(const App *app, ActionId action)
{
    const char *file = app->term->scripted ? g_getenv("NOTME_ACTIONS") : NULL;
    FILE *out = file ? fopen(file, "a") : NULL;
    if (!out)
        return;
    fprintf(out, "%s\n", action_row(action)->name);
    fclose(out);
}

/* ";" is for the next action; the two that are typed out have it then. */
static bool keeps_marked(ActionId action)
{
    return action == ACTION_MARKED || action == ACTION_COMMAND || action == ACTION_PIPE;
}

static void action_do(App *app, ActionId action)
{
    View *view = app_top(app);
    const Action *row = action_row(action);
    const char *why = refusal(app, row);
    app_touch(app);
    if (why) {
        app_say(app, ROLE_ERROR, "%s: %s", row->name, why);
        return;
    }
    tell_used(app, action);
    if (action == ACTION_COMMAND)
        command_prompt(app);
    else if (!(view->ops->act && view->ops->act(view, action)) && !acts_do(app, action) &&
             !global_do(app, action))
        app_say(app, ROLE_ERROR, "%s: it means nothing here", row->name);
}

void keys_do(App *app, ActionId action)
{
    action_do(app, action);
    if (!keeps_marked(action))
        app->marked_next = false;
}

/* --- keys ------------------------------------------------------------------------------------- */

static void sequence_end(App *app)
{
    app->key_count = 0;
    g_clear_handle_id(&app->key_timer, g_source_remove);
}

/* <Esc> leaves a sequence, and needs no word for it. */
static void unbound(App *app)
{
    if (app->key_count > 1 && app->keys[app->key_count - 1] == ESCAPE)
        return;
    g_autofree char *keys = key_texts(app->keys, app->key_count);
    g_autofree char *help = app_key(app, app_top(app)->ops->context, ACTION_HELP);
    app_say(app, ROLE_ERROR, "%s is not bound; press %s for help", keys, help);
}

/* What a count repeats. */
static bool is_repeated(ActionId action)
{
    static const ActionId repeated[] = {
        ACTION_NEXT,           ACTION_PREVIOUS,
        ACTION_PAGE_DOWN,      ACTION_PAGE_UP,
        ACTION_HALF_DOWN,      ACTION_HALF_UP,
        ACTION_NEXT_CASE,      ACTION_PREVIOUS_CASE,
        ACTION_FIND_NEXT,      ACTION_FIND_PREVIOUS,
        ACTION_NEXT_UNDECIDED, ACTION_PREVIOUS_UNDECIDED,
        ACTION_NEXT_GENUINE,   ACTION_PREVIOUS_GENUINE,
        ACTION_PANE_DOWN,      ACTION_PANE_UP,
        ACTION_MARK,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(repeated); i++)
        if (repeated[i] == action)
            return true;
    return false;
}

static void do_counted(App *app, ActionId action, guint count)
{
    View *view = app_top(app);
    if ((action == ACTION_FIRST || action == ACTION_LAST) && view->ops->go_spot) {
        view->ops->go_spot(view, count - 1);
        app_touch(app);
    } else if (is_repeated(action)) {
        for (guint i = 0; i < count; i++)
            keys_do(app, action);
    } else if (count == 1 || !acts_from_here(app, action, count)) {
        keys_do(app, action);
    }
}

static void sequence_do(App *app, ActionId action)
{
    guint count = app->count;
    app->count = 0;
    app->own = keymap_argument(app->keymap, app_top(app)->ops->context, app->keys, app->key_count);
    sequence_end(app);
    if (action == ACTION_CANCEL && count)
        app_touch(app); /* of the count */
    else if (action && count)
        do_counted(app, action, count);
    else if (action)
        keys_do(app, action);
    app->own = NULL;
}

/* A digit of a count, where the keymap has them: 0 goes on with one, and begins none. */
static bool count_key(App *app, Key key)
{
    enum { COUNT_MOST = 99999 };
    ActionId action;
    if (app->key_count || key < '0' || key > '9')
        return false;
    keymap_find(app->keymap, app_top(app)->ops->context, &key, 1, &action);
    if (action != ACTION_DIGIT && !app->count)
        return false;
    tell_used(app, ACTION_DIGIT);
    app->count = MIN(app->count * 10 + (guint)(key - '0'), COUNT_MOST);
    app_touch(app);
    return true;
}

static void key_begin(App *app)
{
    seen_key_begin(app);
    app->keyed = true;
}

static void key_end(App *app)
{
    app->keyed = false;
    app_choose(app);
    seen_key_end(app);
}

static gboolean on_sequence_wait(gpointer data)
{
    App *app = data;
    ActionId action;
    app->key_timer = 0;
    keymap_find(app->keymap, app_top(app)->ops->context, app->keys, app->key_count, &action);
    key_begin(app);
    sequence_do(app, action);
    key_end(app);
    return G_SOURCE_REMOVE;
}

static void view_key(App *app, Key key)
{
    ActionId action;
    g_clear_pointer(&app->message, g_free);
    g_clear_handle_id(&app->key_timer, g_source_remove);
    if (count_key(app, key))
        return;
    app->keys[app->key_count++] = key;
    KeymapAnswer answer =
        keymap_find(app->keymap, app_top(app)->ops->context, app->keys, app->key_count, &action);
    if (app->key_count == KEYMAP_LONGEST && answer == KEYMAP_PREFIX)
        answer = KEYMAP_UNBOUND;
    switch (answer) {
    case KEYMAP_FOUND:
        sequence_do(app, action);
        break;
    case KEYMAP_EITHER:
        app->key_timer =
            g_timeout_add_full(SEQUENCE_PRIORITY, SEQUENCE_WAIT, on_sequence_wait, app, NULL);
        break;
    case KEYMAP_PREFIX:
        break;
    case KEYMAP_UNBOUND:
        unbound(app);
        app->count = 0;
        sequence_end(app);
        break;
    }
    app_touch(app);
}

/* A key that is no answer, and none to leave: nothing happens, and not in silence. */
static void question_remind(App *app)
{
    const Key escape = ESCAPE;
    ActionId action;
    keymap_find(app->keymap, CONTEXT_PROMPT, &escape, 1, &action);
    g_autofree char *other = keymap_key(app->keymap, CONTEXT_PROMPT, ACTION_CANCEL);
    prompt_remind(app->prompt, action == ACTION_CANCEL || !other ? "<Esc>" : other);
    app->deaf = true;
}

static void question_key(App *app, Key key)
{
    char text[8] = {0};
    if (key >= KEY_SPECIAL || !g_unichar_isprint(key)) {
        question_remind(app);
        return;
    }
    g_unichar_to_utf8(g_unichar_tolower(key), text);
    bool known = strstr(app->prompt->choices, text) != NULL;
    app->deaf = !known;
    if (known)
        g_string_assign(app->prompt->text, text);
    app_prompt_end(app, known);
}

/* What is typed is told of at once. */
static void prompt_tell(App *app, const char *before)
{
    const Prompt *prompt = app->prompt;
    if (prompt && prompt->changed && strcmp(before, prompt->text->str) != 0)
        prompt->changed(prompt->data, prompt->text->str);
}

static void prompt_key(App *app, Key key)
{
    ActionId action;
    char text[8] = {0};
    g_autofree char *before = g_strdup(app->prompt->text->str);
    keymap_find(app->keymap, CONTEXT_PROMPT, &key, 1, &action);
    if (action)
        tell_used(app, action);
    bool edits = action && prompt_act(app->prompt, action);
    if (action == ACTION_CANCEL) {
        app_prompt_end(app, false);
    } else if (app->prompt->choices &&
               (edits || action == ACTION_ACCEPT || !prompt_listens(app->prompt))) {
        question_remind(app);
    } else if (action == ACTION_ACCEPT) {
        app_prompt_end(app, true);
    } else if (action && !edits) {
        global_do(app, action);
    } else if (!action && app->prompt->choices) {
        question_key(app, key);
    } else if (!action && key < KEY_SPECIAL && g_unichar_isprint(key)) {
        g_unichar_to_utf8(key, text);
        prompt_type(app->prompt, text);
    }
    prompt_tell(app, before);
    app_touch(app);
}

void keys_press(App *app, Key key)
{
    if (app->deaf)
        return;
    key_begin(app);
    if (app->prompt)
        prompt_key(app, key);
    else
        view_key(app, key);
    key_end(app);
}
