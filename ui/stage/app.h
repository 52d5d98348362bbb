/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage of the interface: one object with the session, the stack of views, the prompt and the
 * line that says what happened. A key goes: keymap -> action -> what it needs -> the view -> all
 * views (keys.c); run.c sets everything up. */
#ifndef NOTME_UI_STAGE_APP_H
#define NOTME_UI_STAGE_APP_H

#include <gio/gio.h>

#include "keymap/keymap.h"
#include "model/model.h"
#include "screen/list.h"
#include "screen/prompt.h"
#include "screen/terminal.h"
#include "session/session.h"

typedef struct App App;
typedef struct View View;
typedef struct Acts Acts;
typedef struct Seen Seen;
typedef struct Decisions Decisions;
typedef struct Choice Choice;

/* A view: a const table of functions and a struct of its own that begins with View. All but @free,
 * @recalc and @draw may be NULL. */
typedef struct ViewOps {
    const char *name; /* in the title of the help */
    Context context;
    void (*free)(View *view);
    /* Prepares for drawing in the given size: asks for what is missing, makes lines. Called before
     * each draw. */
    void (*recalc)(View *view, int width, int height);
    /* Makes anew what the user chose otherwise, and nothing else: called behind each key, so that
     * the next finds the cursor where it belongs though no screen was drawn between them. What
     * came in by itself waits for recalc: a key is for what was on the screen. */
    void (*choose)(View *view);
    /* Changes nothing. Lines 0 to @height - 1 are its own. */
    void (*draw)(const View *view, Screen *screen, int height);
    bool (*act)(View *view, ActionId action); /* false: not an action of this view */
    bool (*find)(View *view, const char *needle, int by, bool from_here);
    /* Where it stands, for a search: a line; and back to it. With find only. */
    guint (*spot)(const View *view);
    void (*go_spot)(View *view, guint spot);
    /* The case under the cursor, or -1. */
    int (*row)(const View *view);
    /* The cases an action is for: those of what is under the cursor. Without it: row's. */
    void (*targets)(View *view, GArray *rows);
    /* All cases it shows. */
    void (*all)(View *view, GArray *rows);
    void (*go_on)(View *view); /* after an action: to the next */
    /* To the case with this id, or to its group. */
    void (*go_to)(View *view, const char *id);
    void (*changed)(View *view);   /* rows came, went or changed */
    void (*restarted)(View *view); /* rows are read anew */
    void (*text)(View *view, guint row, TextWanted what, const char *text, const char *error);
    void (*click)(View *view, int x, int y);
    bool (*settled)(View *view); /* nothing is missing of what it shows */
    /* "3/412" */
    void (*place)(const View *view, char text[LIST_PLACE_SIZE]);
    const Scope *(*scope)(const View *view); /* what it shows, or divides; NULL: all */
    /* The path of the group that an action is for; NULL: none. The caller frees it. */
    char *(*where)(const View *view);
    /* Lines that came in above what is on the screen. */
    guint (*above)(const View *view);
    /* Where its cursor is, as text that a later start understands (borrowed), and back to it. */
    const char *(*cursor)(const View *view);
    void (*set_cursor)(View *view, const char *cursor);
    /* What it shows, for a later start: groups by this within its scope; GROUP_NONE: a list. */
    GroupBy (*by)(const View *view);
    /* What it is sorted by, where it is not the list's order. */
    const char *(*order)(const View *view);
    /* The drafts of job @job (of DraftLine) have come; NULL: they will not. */
    void (*drafts)(View *view, guint job, const GPtrArray *drafts);
    int (*job)(View *view); /* the job under the cursor, or -1 */
} ViewOps;

struct View {
    const ViewOps *ops;
    App *app;
    View *parent; /* the one below in the stack, or NULL */
};

typedef enum HistoryKind {
    HISTORY_COMMAND,
    HISTORY_FIND,
    HISTORY_LIMIT,
    HISTORY_PIPE,
    HISTORY_COUNT
} HistoryKind;

struct App {
    Config *config;          /* a reference; not changed: another one is read */
    const char *config_path; /* --config, or NULL: for commands started from here */
    Session *session;
    Model *model;
    Keymap *keymap;
    Term *term;
    Screen *screen;
    GMainLoop *loop;
    GPtrArray *views; /* of View, the top last */
    Prompt *prompt;   /* or NULL */
    GPtrArray *histories[HISTORY_COUNT];
    char *message; /* on the status line until the next key, or NULL */
    Role message_role;
    int undecided;            /* rows that were, before an answer; -1: none is being judged by */
    Key keys[KEYMAP_LONGEST]; /* a sequence begun */
    guint key_count, key_timer;
    bool keyed;          /* what is done now is done by a key */
    bool deaf;           /* a key came to nothing: those typed behind it, before that was on the
                            screen, counted on what it did not do, and are dropped */
    const char *own;     /* of ACTION_RUN that is being done: which command; borrowed, or NULL */
    guint count;         /* typed before an action; 0: none */
    char *query, *limit; /* what is reviewed; the limit on it or NULL */
    char *limit_before;  /* while a new one is tried: the one that comes back if it is refused */
    guint limit_source;  /* it is about to come back, or 0 */
    bool limit_tried;
    char *needle;      /* what was searched for last */
    guint find_spot;   /* where the search that is being typed began ... */
    char *find_id;     /* ... in a list; else NULL */
    guint read, total; /* messages read, and how many there are; 0: not known yet */
    guint left_out;    /* by search.exclude_tags of notmuch */
    bool reading;
    bool judging; /* ... and what is read is judged anew, by another configuration */
    char *read_error;
    char *failed;      /* why it has to be left, or NULL */
    gint64 read_since; /* monotonic, microseconds */
    JobStatus job;     /* numbers of the running or last one; its texts are NULL */
    bool job_running;
    gint64 job_since;    /* when it had done ... */
    guint job_done_then; /* ... so much */
    bool new_mail;
    bool marked_next;      /* ";" was pressed */
    GCancellable *copying; /* a command that copies still runs, or NULL (clipboard.h) */
    char *question;        /* that is being asked in the bottom line, or NULL (answers.h) */
    Choice *choice;        /* a command that waits for its query's answer, or NULL (command.h) */
    Decisions *decisions;  /* on campaigns, and their jobs that wait (decisions.h) */
    Acts *acts;            /* actions on mail: what waits, what can be undone (acts.h) */
    Seen *seen;            /* of what a key is for (seen.h) */
    GroupBy group;
    guint draw_source;
    gint64 drawn; /* monotonic, when the screen was last drawn */
    int draws;    /* screens shown */
    /* Handed down by the roof, so that nothing below it has to know what stands above. */
    void (*draw)(App *app);
    void (*perform)(App *app, ActionId action);
};

View *app_top(const App *app);
void app_push(App *app, View *view);
/* Closes the top view; quits when it was the last. */
void app_pop(App *app);
void app_quit(App *app);
/* One line on the status line, until the next key. */
void app_say(App *app, Role role, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* The screen is drawn once the keys that wait are done. */
void app_touch(App *app);
/* ... or a little later, together with what else comes: for rows being read. */
void app_touch_soon(App *app);
/* Rows came: views look at them. */
void app_tell_views(App *app);
/* A key was done: the view in front is as the user chose, before the next key. */
void app_choose(App *app);
/* The key of @action in @context, or its name for the command line. The caller frees it. */
char *app_key(const App *app, Context context, ActionId action);
/* Makes the list of a view anew; @choice is the model's that it was made by last (0: none), and is
 * that of now then. */
void app_relist(const App *app, List *list, guint *choice);
/* Rows changed: views make their lists anew. */
void app_rows_changed(App *app);
/* Opens a line to type in; @history HISTORY_COUNT: none. */
Prompt *app_prompt(App *app, const char *label, const char *text, HistoryKind history,
                   PromptDone done);
/* Asks for one key of @choices; @done gets it as text of one character, or NULL. Keys typed ahead
 * of the question do not answer it. */
void app_ask(App *app, const char *question, const char *choices, PromptDone done);
void app_prompt_end(App *app, bool accepted);
/* Starts reading with the query and limit in force. */
void app_query(App *app);
/* Judges all rows by @config from now on, which is @config of the stage then. No mail is read again
 * for that. */
void app_query_judge(App *app, const Config *config);
/* Reads the same again, where the database has changed. */
void app_query_again(App *app);
/* Does @action as if its key had been pressed. */
void app_do(App *app, ActionId action);
/* The rows that an action on what is under the cursor of @view is for. */
void view_rows(View *view, GArray *rows);
/* The case under the cursor of @view, or -1. */
int view_row(const View *view);

#endif
