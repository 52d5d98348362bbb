/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The root of the interface: one object with the session, the stack of views, the prompt and the
 * status line. A key goes: keymap -> action -> what it needs -> the view -> all views (dispatch.c).
 */
#ifndef NOTME_UI_APP_H
#define NOTME_UI_APP_H

#include "keymap/keymap.h"
#include "list.h"
#include "model.h"
#include "prompt.h"
#include "session/session_job.h"
#include "terminal.h"

typedef struct App App;
typedef struct View View;

/* A view: a const table of functions and a struct of its own that begins with View. All but @free,
 * @recalc and @draw may be NULL. */
typedef struct ViewOps {
    const char *name; /* in the title of the help */
    Context context;
    void (*free)(View *view);
    /* Prepares for drawing in the given size: asks for what is missing, makes lines. Called before
     * each draw. */
    void (*recalc)(View *view, int width, int height);
    /* Changes nothing. Lines 0 to @height - 1 are its own. */
    void (*draw)(const View *view, Screen *screen, int height);
    bool (*act)(View *view, ActionId action); /* false: not an action of this view */
    bool (*find)(View *view, const char *needle, int by, bool from_here);
    /* The case under the cursor, or -1. */
    int (*row)(const View *view);
    /* The cases an action is for: those of what is under the cursor. Without it: row's. */
    void (*targets)(View *view, GArray *rows);
    /* All cases it shows. */
    void (*all)(View *view, GArray *rows);
    void (*go_on)(View *view); /* after an action: to the next */
    void (*go_to)(View *view, const char *id);
    void (*changed)(View *view);   /* rows came, went or changed */
    void (*restarted)(View *view); /* rows are read anew */
    void (*text)(View *view, guint row, TextWanted what, const char *text, const char *error);
    void (*click)(View *view, int x, int y);
    bool (*settled)(View *view); /* nothing is missing of what it shows */
    /* "3/412" */
    void (*place)(const View *view, char text[32]);
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
    const Config *config;
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
    Key keys[KEYMAP_LONGEST]; /* a sequence begun */
    guint key_count, key_timer;
    char *query, *limit; /* what is reviewed; the limit on it or NULL */
    char *needle;        /* what was searched for last */
    guint candidates, read;
    bool reading;
    char *read_error;
    gint64 read_since; /* monotonic, microseconds */
    JobStatus job;     /* the running or last one; message and query are copies */
    bool job_running;
    gint64 job_since;
    bool new_mail;
    bool marked_next; /* ";" was pressed */
    GQueue acts;      /* actions that wait for the running job (acts.c) */
    guint act_source; /* the next of them is about to begin, or 0 */
    ActionId last_action;
    VerdictValue last_verdict;
    char *acted_on;    /* id of the one row that the running job is for, or NULL */
    GHashTable *acted; /* job -> id of the one row that it was for */
    guint undoing;     /* the job that is being taken back, or 0 */
    guint undoable;    /* the job that "undo" takes back, or 0 */
    GroupBy group;
    guint draw_source;
    gint64 drawn; /* monotonic, when the screen was last drawn */
    int draws;    /* screens shown */
};

/* Runs the interface to its end on bounces among @query. */
int app_run(const Config *config, const char *config_path, const char *query, bool color,
            GError **error);

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
/* Rows changed: views make their lists anew. */
void app_rows_changed(App *app);
/* Opens a line to type in; @history HISTORY_COUNT: none. */
Prompt *app_prompt(App *app, const char *label, const char *text, HistoryKind history,
                   PromptDone done);
/* Asks for one key of @choices; @done gets it as text of one character, or NULL. */
void app_ask(App *app, const char *question, const char *choices, PromptDone done);
void app_prompt_end(App *app, bool accepted);
/* Starts reading with the query and limit in force. */
void app_query(App *app);
/* Runs a program on the terminal; its standard input is the terminal or, where @input is not NULL,
 * each of these files (of char *) in turn. */
void app_run_program(App *app, const char *const *argv, const GPtrArray *input, bool pause);
bool app_settled(const App *app);

/* dispatch.c */
void app_key(App *app, Key key);
/* Does @action as if its key had been pressed. */
void app_do(App *app, ActionId action);
/* acts.c: actions that change mail. False if @action is none of them. */
bool act_do(App *app, ActionId action);
/* On these rows; asks first where that is due. */
void act_on_rows(App *app, ActionId action, const GArray *rows);
void act_undo(App *app, guint job);
/* A job has ended: the cursor goes to what came back; and the next that waits is started. */
void act_ended(App *app, const JobStatus *status);
void act_next(App *app);
/* Asks what a complaint's planner has to know, and starts it again when the answer is yes. */
void act_ask_complaint(App *app, const char *text);
void act_clear(App *app);
/* What "undo" can take back, from the journal. */
/* command.c: the command line. */
void command_prompt(App *app);
/* status.c */
void status_draw(const App *app, Screen *screen, int y);
/* "reading 1,200 of 20,000, 9,000/s, 2 s left"; NULL when nothing is read. The caller frees it. */
char *status_reading(const App *app);

/* The views. */
View *view_review_new(App *app, const Scope *scope);
View *view_case_new(App *app, View *list, guint page);
View *view_groups_new(App *app, GroupBy by);
View *view_jobs_new(App *app);
View *view_help_new(App *app, Context context);
enum {
    CASE_PAGE_CHAIN,
    CASE_PAGE_EVIDENCE,
    CASE_PAGE_RECIPIENTS,
    CASE_PAGE_OUTER,
    CASE_PAGE_TEXT,
    CASE_PAGE_RAW,
    CASE_PAGE_COUNT
};
/* The first line of views: "412 bounces   6 genuine ...", or @what in place of the number. */
/* @counts: of the verdicts of what is shown; NULL: it has none, and no order. */
void header_draw(const App *app, Screen *screen, const char *what, const guint *counts);
/* The line between list and case: verdict, summary, place. */
void rule_draw(Screen *screen, int y, const Row *row, const char *summary, const char *place);
void verdict_counts_draw(Screen *screen, int *x, int y, int end, const guint *counts, bool words);

#endif
