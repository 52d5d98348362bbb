/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of actions: all that a key can do. The enumeration, the look-up by name, the help
 * screen, "notme keys", completion and the manual come from this one table. A handler for each is
 * in ui/. */
#ifndef NOTME_KEYMAP_ACTION_H
#define NOTME_KEYMAP_ACTION_H

#include <glib.h>
#include <stdbool.h>

/* Where a key is pressed; bits, since an action may mean something in several places. */
typedef enum Context {
    CONTEXT_LIST = 1,
    CONTEXT_CASE = 2, /* a case in full screen, and its raw source and text */
    CONTEXT_GROUPS = 4,
    CONTEXT_JOBS = 8,
    CONTEXT_HELP = 16,
    CONTEXT_PROMPT = 32,
    CONTEXT_QUESTIONS = 64,
    CONTEXT_DRAFTS = 128, /* of a complaint's job */
    CONTEXT_ANY = 256     /* all of them; in a prompt only keys that type nothing */
} Context;

enum {
    IN_LISTS = CONTEXT_LIST | CONTEXT_GROUPS | CONTEXT_JOBS | CONTEXT_QUESTIONS | CONTEXT_DRAFTS,
    IN_VIEWS = IN_LISTS | CONTEXT_CASE | CONTEXT_HELP,
    IN_MAIL = CONTEXT_LIST | CONTEXT_CASE | CONTEXT_GROUPS,
    IN_EDIT = CONTEXT_PROMPT
};

/* What has to be so before an action runs: tested in one place, with the reason told. */
typedef enum ActionNeeds {
    NEED_NOTHING = 0,
    NEED_CASE = 1,  /* there is a case (or group) under the cursor */
    NEED_MARKS = 2, /* something is marked */
    NEED_FIND = 4,  /* something was searched for */
    NEED_BUSY = 8   /* a job or a search is running */
} ActionNeeds;

/* id, name, sentence, needs, contexts */
#define ACTIONS(X)                                                                                 \
    X(NEXT, "next", "go to the next line", NEED_NOTHING, IN_VIEWS)                                 \
    X(PREVIOUS, "previous", "go to the line before", NEED_NOTHING, IN_VIEWS)                       \
    X(PAGE_DOWN, "page-down", "go a page down", NEED_NOTHING, IN_VIEWS)                            \
    X(PAGE_UP, "page-up", "go a page up", NEED_NOTHING, IN_VIEWS)                                  \
    X(HALF_DOWN, "half-page-down", "go half a page down", NEED_NOTHING, IN_VIEWS)                  \
    X(HALF_UP, "half-page-up", "go half a page up", NEED_NOTHING, IN_VIEWS)                        \
    X(FIRST, "first", "go to the first line", NEED_NOTHING, IN_VIEWS)                              \
    X(LAST, "last", "go to the last line", NEED_NOTHING, IN_VIEWS)                                 \
    X(DIGIT, "count", "a digit of a count: 5 and next goes five lines, 5 and delete asks first",   \
      NEED_NOTHING, IN_VIEWS)                                                                      \
    X(JUMP, "jump", "go to the line with a number", NEED_NOTHING, IN_LISTS)                        \
    X(OPEN, "open", "open the case, group, job, question or draft", NEED_NOTHING,                  \
      IN_LISTS | CONTEXT_CASE)                                                                     \
    X(BACK, "back", "go back; in the first list: quit", NEED_NOTHING, IN_VIEWS)                    \
    X(QUIT, "quit", "leave the program", NEED_NOTHING, IN_VIEWS)                                   \
    X(NEXT_CASE, "next-case", "go to the next case, also from inside one", NEED_CASE, IN_MAIL)     \
    X(PREVIOUS_CASE, "previous-case", "go to the case before, also from inside one", NEED_CASE,    \
      IN_MAIL)                                                                                     \
    X(NEXT_UNDECIDED, "next-undecided", "go to the next undecided case", NEED_CASE,                \
      CONTEXT_LIST | CONTEXT_CASE)                                                                 \
    X(PREVIOUS_UNDECIDED, "previous-undecided", "go to the undecided case before", NEED_CASE,      \
      CONTEXT_LIST | CONTEXT_CASE)                                                                 \
    X(NEXT_GENUINE, "next-genuine", "go to the next genuine case", NEED_CASE,                      \
      CONTEXT_LIST | CONTEXT_CASE)                                                                 \
    X(PREVIOUS_GENUINE, "previous-genuine", "go to the genuine case before", NEED_CASE,            \
      CONTEXT_LIST | CONTEXT_CASE)                                                                 \
    X(NEXT_PAGE, "next-page", "show the next page of the case", NEED_CASE, CONTEXT_CASE)           \
    X(PREVIOUS_PAGE, "previous-page", "show the page of the case before", NEED_CASE, CONTEXT_CASE) \
    X(RAW, "raw", "show the raw source", NEED_CASE, IN_MAIL)                                       \
    X(TEXT, "text", "show the text of the message", NEED_CASE, IN_MAIL)                            \
    X(RETURNED, "returned", "show the message that came back", NEED_CASE, IN_MAIL)                 \
    X(DELETE, "delete", "delete (undo is possible)", NEED_CASE, IN_MAIL)                           \
    X(QUARANTINE, "quarantine", "quarantine: to its folder, or by tag", NEED_CASE, IN_MAIL)        \
    X(RELEASE, "release", "put back from quarantine", NEED_CASE, IN_MAIL)                          \
    X(COMPLAIN, "complain", "draft a complaint to the reporter; nothing is sent", NEED_CASE,       \
      IN_MAIL)                                                                                     \
    X(COMPLAIN_NETWORK, "complain-network", "draft one to the injecting network; nothing is sent", \
      NEED_CASE, IN_MAIL)                                                                          \
    X(VERDICT, "verdict", "the verdict is wrong: set it", NEED_CASE, IN_MAIL)                      \
    X(UNDO, "undo", "undo the last job, or the one under the cursor", NEED_NOTHING,                \
      IN_MAIL | CONTEXT_JOBS | CONTEXT_QUESTIONS | CONTEXT_DRAFTS)                                 \
    X(REDO, "redo", "do again what undo took back, or the job under the cursor", NEED_NOTHING,     \
      IN_MAIL | CONTEXT_JOBS | CONTEXT_QUESTIONS | CONTEXT_DRAFTS)                                 \
    X(ANSWER, "answer", "answer the question that the case waits for", NEED_NOTHING,               \
      CONTEXT_LIST | CONTEXT_CASE | CONTEXT_QUESTIONS)                                             \
    X(DECIDE, "decide", "say what becomes of new backscatter of the campaign", NEED_CASE, IN_MAIL) \
    X(REPEAT, "repeat", "do the last action again", NEED_CASE, IN_MAIL)                            \
    X(PIPE, "pipe", "pipe the message to a command", NEED_CASE, IN_MAIL)                           \
    X(RUN, "run", "run a command of your own (run:NAME in a keymap)", NEED_CASE,                   \
      CONTEXT_LIST | CONTEXT_CASE)                                                                 \
    X(COPY_ADDRESS, "copy-address", "copy the address that it was sent from", NEED_CASE,           \
      CONTEXT_LIST | CONTEXT_CASE)                                                                 \
    X(COPY_ID, "copy-id", "copy the message's id", NEED_CASE, CONTEXT_LIST | CONTEXT_CASE)         \
    X(COPY_CASE, "copy-case", "copy the case in one line", NEED_CASE, CONTEXT_LIST | CONTEXT_CASE) \
    X(MARK, "mark", "mark, or take the mark off", NEED_CASE, IN_MAIL)                              \
    X(MARK_ALL, "mark-all", "mark all that is shown", NEED_NOTHING, IN_MAIL)                       \
    X(CLEAR_MARKS, "clear-marks", "take all marks off", NEED_MARKS, IN_MAIL)                       \
    X(MARKED, "marked", "the next action is for all that is marked", NEED_MARKS, IN_MAIL)          \
    X(FIND, "find", "find in what is shown", NEED_NOTHING, IN_VIEWS)                               \
    X(FIND_NEXT, "find-next", "go to the next match", NEED_FIND, IN_VIEWS)                         \
    X(FIND_PREVIOUS, "find-previous", "go to the match before", NEED_FIND, IN_VIEWS)               \
    X(LIMIT, "limit", "limit by a notmuch query; an empty one shows all", NEED_NOTHING, IN_MAIL)   \
    X(ONLY_GENUINE, "only-genuine", "show only genuine bounces", NEED_NOTHING, IN_MAIL)            \
    X(ONLY_BACKSCATTER, "only-backscatter", "show only backscatter", NEED_NOTHING, IN_MAIL)        \
    X(ONLY_FAKE, "only-fake", "show only fakes", NEED_NOTHING, IN_MAIL)                            \
    X(ONLY_UNDECIDED, "only-undecided", "show only undecided ones", NEED_NOTHING, IN_MAIL)         \
    X(SHOW_ALL, "show-all", "show all verdicts", NEED_NOTHING, IN_MAIL)                            \
    X(CAMPAIGN, "campaign", "show only the campaign of the case", NEED_CASE, CONTEXT_LIST)         \
    X(GROUP, "group", "group by the next thing", NEED_NOTHING, IN_MAIL)                            \
    X(SORT, "sort", "sort the list, or the groups, by the next thing", NEED_NOTHING, IN_MAIL)      \
    X(REVERSE, "reverse", "turn the order of the list round", NEED_NOTHING, IN_MAIL)               \
    X(SHRINK, "shrink", "make the list smaller", NEED_NOTHING, CONTEXT_LIST)                       \
    X(GROW, "grow", "make the list larger", NEED_NOTHING, CONTEXT_LIST)                            \
    X(PANE, "pane", "show or hide the case below the list", NEED_NOTHING, CONTEXT_LIST)            \
    X(PANE_DOWN, "pane-down", "scroll the case below the list down", NEED_CASE, CONTEXT_LIST)      \
    X(PANE_UP, "pane-up", "scroll the case below the list up", NEED_CASE, CONTEXT_LIST)            \
    X(LOOK_AGAIN, "look-again", "run the query again", NEED_NOTHING, IN_VIEWS)                     \
    X(REDRAW, "redraw", "draw the screen again", NEED_NOTHING, IN_VIEWS | IN_EDIT)                 \
    X(JOBS, "jobs", "list the jobs; open a complaint there: its drafts", NEED_NOTHING, IN_VIEWS)   \
    X(QUESTIONS, "questions", "list what you could settle", NEED_NOTHING, IN_VIEWS)                \
    X(STOP, "stop", "stop the running job at the next message", NEED_BUSY, IN_VIEWS)               \
    X(HELP, "help", "show the keys", NEED_NOTHING, IN_VIEWS)                                       \
    X(COMMAND, "command", "type a command", NEED_NOTHING, IN_VIEWS)                                \
    X(LEARN, "learn", "find out which addresses and hosts are yours", NEED_NOTHING, IN_VIEWS)      \
    X(CANCEL, "cancel", "cancel the search or the prompt", NEED_NOTHING, IN_VIEWS | IN_EDIT)       \
    X(SUSPEND, "suspend", "stop the program for a while (\"fg\" brings it back)", NEED_NOTHING,    \
      IN_VIEWS | IN_EDIT)                                                                          \
    X(ACCEPT, "accept", "take what was typed", NEED_NOTHING, IN_EDIT)                              \
    X(COMPLETE, "complete", "complete the word", NEED_NOTHING, IN_EDIT)                            \
    X(OLDER, "older", "the line typed before", NEED_NOTHING, IN_EDIT)                              \
    X(NEWER, "newer", "the line typed after", NEED_NOTHING, IN_EDIT)                               \
    X(LEFT, "left", "a character to the left", NEED_NOTHING, IN_EDIT)                              \
    X(RIGHT, "right", "a character to the right", NEED_NOTHING, IN_EDIT)                           \
    X(WORD_LEFT, "word-left", "a word to the left", NEED_NOTHING, IN_EDIT)                         \
    X(WORD_RIGHT, "word-right", "a word to the right", NEED_NOTHING, IN_EDIT)                      \
    X(LINE_START, "line-start", "to the start of the line", NEED_NOTHING, IN_EDIT)                 \
    X(LINE_END, "line-end", "to the end of the line", NEED_NOTHING, IN_EDIT)                       \
    X(ERASE, "erase", "erase the character before", NEED_NOTHING, IN_EDIT)                         \
    X(ERASE_NEXT, "erase-next", "erase the character under the cursor", NEED_NOTHING, IN_EDIT)     \
    X(ERASE_WORD, "erase-word", "erase the word before", NEED_NOTHING, IN_EDIT)                    \
    X(ERASE_LINE, "erase-line", "erase all before the cursor", NEED_NOTHING, IN_EDIT)              \
    X(ERASE_REST, "erase-rest", "erase all behind the cursor", NEED_NOTHING, IN_EDIT)

typedef enum ActionId {
    ACTION_NONE,
#define ACTION_ID(id, name, sentence, needs, contexts) ACTION_##id,
    ACTIONS(ACTION_ID)
#undef ACTION_ID
        ACTION_COUNT
} ActionId;

typedef struct Action {
    const char *name;
    const char *sentence;
    unsigned needs;    /* ActionNeeds */
    unsigned contexts; /* where it means something; CONTEXT_ANY is never among them */
} Action;

/* The row of @id, which is not ACTION_NONE. */
const Action *action_row(ActionId id);
/* ACTION_NONE if there is none of that name. */
ActionId action_from_name(const char *name);
/* The known name that is most like @name, or NULL if none is near. */
const char *action_nearest(const char *name);
/* "list", "case" ...; and back, 0 if unknown. */
const char *context_name(Context context);
Context context_from_name(const char *name);

#endif
