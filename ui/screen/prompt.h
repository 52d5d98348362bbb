/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at the bottom where something is typed or asked. */
#ifndef NOTME_UI_SCREEN_PROMPT_H
#define NOTME_UI_SCREEN_PROMPT_H

#include "keymap/keymap.h"
#include "screen/cells.h"

/* @text NULL: cancelled. */
typedef void (*PromptDone)(gpointer data, const char *text);
/* All completions of the word that ends at the end of @text (of char *), or NULL; @start is where
 * in
 * @text the word begins. The caller unrefs it. */
typedef GPtrArray *(*PromptComplete)(gpointer data, const char *text, gsize *start);

typedef struct Prompt {
    char *label;
    GString *text;
    gsize cursor;       /* in bytes */
    GPtrArray *history; /* of char *, the latest last; borrowed, or NULL */
    guint history_at;
    char *kept;    /* what was typed before going through the history */
    char *choices; /* a question answered by one of these keys; else NULL */
    bool late;     /* it came by itself, not by the key just pressed */
    gint64 shown;  /* since when it is on the screen, monotonic; 0: not yet */
    PromptDone done;
    PromptDone changed; /* told of the text as it is typed; or NULL */
    PromptComplete complete;
    gpointer data;
    char *hint; /* shown behind the text: completions; of a question: what it waits for */
} Prompt;

Prompt *prompt_new(const char *label, const char *text, PromptDone done, gpointer data);
void prompt_free(Prompt *prompt);
void prompt_type(Prompt *prompt, const char *text);
/* Editing actions; ACTION_ACCEPT and ACTION_CANCEL are the owner's. False if it is none. */
bool prompt_act(Prompt *prompt, ActionId action);
/* The question says which keys answer it, and that @cancel (its name) leaves it. */
void prompt_remind(Prompt *prompt, const char *cancel);
/* It is on the screen now. */
void prompt_shown(Prompt *prompt);
/* Whether a key may answer the question: one that came before it could be read is for something
 * else. What came by itself has to stand for a moment first: the user may be typing. */
bool prompt_listens(const Prompt *prompt);
/* Draws itself over line @y, the end of a long text in sight; puts the cursor there. */
void prompt_draw(const Prompt *prompt, Screen *screen, int y);

#endif
