/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal: keys in, screens out. Two of them: a real one (term_curses.c, the only file that
 * knows curses) and one that plays a script, for tests (term_script.c). */
#ifndef NOTME_UI_SCREEN_TERMINAL_H
#define NOTME_UI_SCREEN_TERMINAL_H

#include "keymap/keymap.h"
#include "screen/cells.h"

typedef struct Term Term;

/* What the terminal tells; called from the main context. */
typedef struct TermEvents {
    void (*key)(Key key, gpointer data);
    void (*mouse)(int x, int y, int wheel, gpointer data); /* @wheel -1, 0 (a click), 1 */
    void (*pasted)(const char *text, gpointer data);
    void (*resized)(gpointer data); /* term_size has changed, or all must be drawn again */
    /* hang-up, end of input or of the script: leave. @why is what is wrong with the script, or NULL
     */
    void (*gone)(const char *why, gpointer data);
    char *(*rows)(gpointer data);   /* what the view in front is about, as text (for "rows") */
    bool (*settled)(gpointer data); /* nothing is being read, no job runs (for "wait") */
    /* what is under the cursor, or how a case is judged, has just changed by itself (for "late") */
    bool (*unseen)(gpointer data);
} TermEvents;

typedef struct TermOps {
    void (*free)(Term *term);
    void (*start)(Term *term);
    void (*show)(Term *term, const Screen *screen);
    void (*repaint)(Term *term);
    void (*leave)(Term *term);
    void (*enter)(Term *term);
    void (*suspend)(Term *term);
    void (*copy)(Term *term, const char *text);
} TermOps;

struct Term {
    const TermOps *ops;
    const TermEvents *events;
    gpointer data;
    int width, height;
    bool utf8;
    bool scripted;
    bool lost; /* the line was lost, or all input ended: nobody meant to leave */
    const Theme *theme;
};

/* Where the interface can be drawn. */
enum { TERM_LEAST_WIDTH = 20, TERM_LEAST_HEIGHT = 5 };

/* What a terminal is made of. */
typedef struct TermSetup {
    bool color; /* wanted, if it has any */
    bool mouse;
    bool utf8;
    GHashTable *theme; /* [theme] */
    const TermEvents *events;
    gpointer data;
} TermSetup;

void term_free(Term *term);
/* Events come from now on. */
void term_start(Term *term);
/* Shows @screen: sends what has changed. */
void term_show(Term *term, const Screen *screen);
/* The next term_show sends everything. */
void term_repaint(Term *term);
/* Gives the terminal to another program, and takes it back. */
void term_leave(Term *term);
void term_enter(Term *term);
/* Stops the process as ^Z does. */
void term_suspend(Term *term);
/* Asks the terminal to put @text, one safe line, on the clipboard (OSC 52). It does not answer. */
void term_copy(Term *term, const char *text);

#define TERM_ERROR (term_error_quark())
GQuark term_error_quark(void);

#endif
