/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step of a job: one message moved and tagged, one file written or removed; and its line in the
 * journal. */
#ifndef NOTME_JOB_STEP_H
#define NOTME_JOB_STEP_H

#include <jansson.h>

#include "maildir/maildir.h"
#include "verdict/verdict.h"

typedef enum StepKind {
    STEP_MESSAGE, /* move and tag a message */
    STEP_ADD,     /* write a new file (a draft) and index it */
    STEP_UNLINK,  /* take a file off the disk and out of the index */
    STEP_ENTRY    /* change entries of the configuration */
} StepKind;

/* One step; all of it is known before the job begins. Lists of strings are NULL-terminated and
 * never NULL. */
typedef struct Step {
    StepKind kind;
    char *id;   /* STEP_ENTRY: of the question */
    char *file; /* where it was when planned; STEP_ADD: where it will be; STEP_ENTRY: the
                   configuration */
    char *to;   /* where it is to be; NULL: stays */
    FileMark mark;
    bool shared;          /* other files have the id: nothing of the id is touched */
    char **tags;          /* before */
    char **add, **remove; /* what really changes: the difference to @tags; STEP_ENTRY: of
                             "KEY=VALUE" */
    bool set_word;
    char *word_before, *word; /* the property; NULL: none; STEP_ENTRY: the answer, yes or no;
                                 STEP_ADD: JobDraft.about */
    char *content;            /* STEP_ADD; STEP_ENTRY: config_text_way_back of what it does, and
                                 without a word of what it takes back */
    char *sha256; /* of the file's bytes: what is removed for good must still hold them. NULL: not
                     known */
    VerdictValue verdict;
    guint job; /* STEP_UNLINK: the job that deleted it; 0: none */
    /* Not in the plan's line: */
    char *skipped; /* why it was not done; NULL: it was */
} Step;

/* Copies @id and @file. */
Step *step_new(StepKind kind, const char *id, const char *file);
void step_free(Step *step);
/* Adds @text to a list of a step. */
char **step_strv_add(char **list, const char *text);
/* @text is in a list of a step. */
bool step_strv_has(char *const *list, const char *text);
/* A member of a line of the journal: bytes (the caller frees them; NULL: none), a number (0: none
 * that can be). */
char *step_member_text(const json_t *json, const char *key);
guint step_member_number(const json_t *json, const char *key);
/* A new reference. */
json_t *step_to_json(const Step *step);
/* NULL where it is no step. The caller frees it. */
Step *step_from_json(const json_t *json);

#endif
