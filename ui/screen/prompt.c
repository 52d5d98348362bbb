/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing a line. */
#include "screen/prompt.h"

#include <string.h>

#include "screen/doc.h"
#include "screen/text.h"

enum {
    LONGEST_INPUT = 4000,
    LEAST_TYPING = 30,
    LATE_STANDS_US = 500 * 1000 /* longer than it takes to stop typing */
};

Prompt *prompt_new(const char *label, const char *text, PromptDone done, gpointer data)
{
    Prompt *prompt = g_new0(Prompt, 1);
    prompt->label = g_strdup(label);
    prompt->text = g_string_new(text);
    prompt->cursor = prompt->text->len;
    prompt->done = done;
    prompt->data = data;
    return prompt;
}

void prompt_free(Prompt *prompt)
{
    if (!prompt)
        return;
    g_free(prompt->label);
    g_string_free(prompt->text, TRUE);
    g_free(prompt->kept);
    g_free(prompt->choices);
    g_free(prompt->hint);
    g_free(prompt);
}

void prompt_type(Prompt *prompt, const char *text)
{
    if (prompt->text->len + strlen(text) > LONGEST_INPUT)
        return;
    g_string_insert(prompt->text, (gssize)prompt->cursor, text);
    prompt->cursor += strlen(text);
    g_clear_pointer(&prompt->hint, g_free);
}

static bool combines(const char *p)
{
    return *p && g_unichar_iszerowidth(g_utf8_get_char(p));
}

static gsize left_of(const Prompt *prompt, gsize at)
{
    const char *text = prompt->text->str, *p = text + at;
    while (p > text) {
        p = g_utf8_prev_char(p);
        if (!combines(p))
            break;
    }
    return (gsize)(p - text);
}

static gsize right_of(const Prompt *prompt, gsize at)
{
    const char *text = prompt->text->str, *p = text + at;
    if (*p)
        p = g_utf8_find_next_char(p, NULL);
    while (combines(p))
        p = g_utf8_find_next_char(p, NULL);
    return (gsize)(p - text);
}

static gsize word_left(const Prompt *prompt)
{
    gsize at = prompt->cursor;
    const char *text = prompt->text->str;
    while (at > 0 && text[at - 1] == ' ')
        at--;
    while (at > 0 && text[at - 1] != ' ')
        at--;
    return at;
}

static gsize word_right(const Prompt *prompt)
{
    gsize at = prompt->cursor;
    const char *text = prompt->text->str;
    while (text[at] == ' ')
        at++;
    while (text[at] && text[at] != ' ')
        at++;
    return at;
}

static void erase(Prompt *prompt, gsize from, gsize to)
{
    g_string_erase(prompt->text, (gssize)from, (gssize)(to - from));
    prompt->cursor = from;
}

static void replace(Prompt *prompt, const char *text)
{
    g_string_assign(prompt->text, text);
    prompt->cursor = prompt->text->len;
}

static void go_history(Prompt *prompt, int by)
{
    guint count = prompt->history ? prompt->history->len : 0;
    if ((by < 0 && prompt->history_at >= count) || (by > 0 && prompt->history_at == 0))
        return;
    if (prompt->history_at == 0) {
        g_free(prompt->kept);
        prompt->kept = g_strdup(prompt->text->str);
    }
    prompt->history_at -= (guint)by;
    replace(prompt,
            prompt->history_at ? prompt->history->pdata[count - prompt->history_at] : prompt->kept);
}

static void go_older(Prompt *prompt)
{
    go_history(prompt, -1);
}

static void go_newer(Prompt *prompt)
{
    go_history(prompt, 1);
}

/* What all of @words begin with. */
static gsize common(const GPtrArray *words)
{
    const char *first = words->pdata[0];
    gsize n = strlen(first);
    for (guint i = 1; i < words->len; i++) {
        const char *other = words->pdata[i];
        gsize k = 0;
        while (k < n && other[k] == first[k])
            k++;
        n = k;
    }
    return n;
}

static void complete(Prompt *prompt)
{
    gsize start = 0;
    if (!prompt->complete)
        return;
    g_autofree char *before = g_strndup(prompt->text->str, prompt->cursor);
    g_autoptr(GPtrArray) words = prompt->complete(prompt->data, before, &start);
    if (!words || words->len == 0)
        return;
    g_autofree char *all = g_strndup(words->pdata[0], common(words));
    if (strlen(all) >= prompt->cursor - start) {
        erase(prompt, start, prompt->cursor);
        prompt_type(prompt, all);
    }
    if (words->len == 1) {
        const char *last = words->pdata[0];
        if (*last && last[strlen(last) - 1] != ':')
            prompt_type(prompt, " ");
        return;
    }
    GString *hint = g_string_new(NULL);
    for (guint i = 0; i < words->len && hint->len < 400; i++)
        g_string_append_printf(hint, "%s%s", i ? " " : "", (char *)words->pdata[i]);
    g_free(prompt->hint);
    prompt->hint = g_string_free(hint, FALSE);
}

static void go_left(Prompt *prompt)
{
    prompt->cursor = left_of(prompt, prompt->cursor);
}

static void go_right(Prompt *prompt)
{
    prompt->cursor = right_of(prompt, prompt->cursor);
}

static void go_word_left(Prompt *prompt)
{
    prompt->cursor = word_left(prompt);
}

static void go_word_right(Prompt *prompt)
{
    prompt->cursor = word_right(prompt);
}

static void go_start(Prompt *prompt)
{
    prompt->cursor = 0;
}

static void go_end(Prompt *prompt)
{
    prompt->cursor = prompt->text->len;
}

static void erase_before(Prompt *prompt)
{
    erase(prompt, left_of(prompt, prompt->cursor), prompt->cursor);
}

static void erase_next(Prompt *prompt)
{
    erase(prompt, prompt->cursor, right_of(prompt, prompt->cursor));
}

static void erase_word(Prompt *prompt)
{
    erase(prompt, word_left(prompt), prompt->cursor);
}

static void erase_line(Prompt *prompt)
{
    erase(prompt, 0, prompt->cursor);
}

static void erase_rest(Prompt *prompt)
{
    erase(prompt, prompt->cursor, prompt->text->len);
}

static const struct {
    ActionId action;
    void (*run)(Prompt *prompt);
} edits[] = {
    {ACTION_OLDER, go_older},         {ACTION_NEWER, go_newer},
    {ACTION_LEFT, go_left},           {ACTION_RIGHT, go_right},
    {ACTION_WORD_LEFT, go_word_left}, {ACTION_WORD_RIGHT, go_word_right},
    {ACTION_LINE_START, go_start},    {ACTION_LINE_END, go_end},
    {ACTION_ERASE, erase_before},     {ACTION_ERASE_NEXT, erase_next},
    {ACTION_ERASE_WORD, erase_word},  {ACTION_ERASE_LINE, erase_line},
    {ACTION_ERASE_REST, erase_rest},  {ACTION_COMPLETE, complete},
};

bool prompt_act(Prompt *prompt, ActionId action)
{
    for (gsize i = 0; i < G_N_ELEMENTS(edits); i++) {
        if (edits[i].action != action)
            continue;
        g_clear_pointer(&prompt->hint, g_free);
        if (!prompt->choices)
            edits[i].run(prompt);
        return true;
    }
    return false;
}

void prompt_remind(Prompt *prompt, const char *cancel)
{
    GString *text = g_string_new(NULL);
    for (const char *p = prompt->choices; p && *p; p++)
        g_string_append_printf(text, "%s%c", p > prompt->choices ? ", " : "press ", *p);
    g_string_append_printf(text, " or %s ", cancel);
    g_free(prompt->hint);
    prompt->hint = g_string_free(text, FALSE);
}

void prompt_shown(Prompt *prompt)
{
    if (!prompt->shown)
        prompt->shown = g_get_monotonic_time();
}

bool prompt_listens(const Prompt *prompt)
{
    gint64 stood = g_get_monotonic_time() - prompt->shown;
    return !prompt->choices || (prompt->shown && (!prompt->late || stood >= LATE_STANDS_US));
}

/* A question is shown whole: in as many lines as it takes, upwards from @y. */
static void question_draw(const Prompt *prompt, Screen *screen, int y)
{
    g_autoptr(Doc) doc = doc_new(screen->width - 1, screen->utf8);
    doc_wrap(doc, ROLE_MESSAGE, prompt->label, 0);
    if (prompt->hint)
        doc_wrap(doc, ROLE_KEY, prompt->hint, 0);
    screen->cursor_x = MIN(doc_column(doc) + 1, screen->width - 1);
    doc_end(doc);
    int lines = MIN(doc_lines(doc), y);
    for (int i = 0; i < lines; i++)
        screen_blank(screen, y - i);
    doc_draw(doc, screen, 0, y - lines + 1, screen->width, lines, doc_lines(doc) - lines, NULL);
    screen->cursor_y = y;
    screen->cursor_shown = true;
}

/* Where little room would be left to type, the label stands above. Returns where typing begins. */
static int label_draw(const Prompt *prompt, Screen *screen, int y)
{
    int width = screen->width, label = text_width(prompt->label, screen->utf8);
    if (y < 3 || width - label >= MIN(LEAST_TYPING, width / 2))
        return screen_put_cut(screen, 0, y, MAX(width - 10, width / 2), prompt->label,
                              ROLE_MESSAGE);
    g_autoptr(Doc) doc = doc_new(width - 1, screen->utf8);
    doc_wrap(doc, ROLE_MESSAGE, prompt->label, 0);
    doc_end(doc);
    int lines = MIN(doc_lines(doc), y / 2);
    for (int i = 1; i <= lines; i++)
        screen_blank(screen, y - i);
    doc_draw(doc, screen, 0, y - lines, width, lines, 0, NULL);
    return screen_put(screen, 0, y, width, "> ", ROLE_MESSAGE);
}

void prompt_draw(const Prompt *prompt, Screen *screen, int y)
{
    int width = screen->width;
    if (prompt->choices) {
        question_draw(prompt, screen, y);
        return;
    }
    screen_blank(screen, y);
    int x = label_draw(prompt, screen, y);
    g_autofree char *before = g_strndup(prompt->text->str, prompt->cursor);
    /* What does not fit is left out at its start, so that the cursor is seen. */
    const char *from = before;
    while (*from && text_width(from, screen->utf8) > width - x - 1)
        from = g_utf8_find_next_char(from, NULL);
    x = screen_put(screen, x, y, width, from, ROLE_NORMAL);
    screen->cursor_x = MIN(x, width - 1);
    screen->cursor_y = y;
    screen->cursor_shown = true;
    x = screen_put(screen, x, y, width, prompt->text->str + prompt->cursor, ROLE_NORMAL);
    if (prompt->hint)
        screen_put_cut(screen, x + 2, y, width, prompt->hint, ROLE_DIM);
}
