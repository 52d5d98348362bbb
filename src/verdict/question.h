/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that the reviewer can answer and that settle cases: "is-own:198.51.100.77". One table
 * of kinds; an answer is a value in a list of [identity], or one of its switches. */
#ifndef NOTME_VERDICT_QUESTION_H
#define NOTME_VERDICT_QUESTION_H

#include <glib.h>
#include <stdbool.h>

typedef enum QuestionKind {
    QUESTION_IS_OWN,        /* is-own:ADDRESS */
    QUESTION_FORWARDER,     /* forwarder:HOST or forwarder:ADDRESS */
    QUESTION_ACCOUNT,       /* account:NAME */
    QUESTION_LOGIN,         /* login:ADDRESS */
    QUESTION_COMPLETE,      /* complete */
    QUESTION_SENT_COMPLETE, /* sent-complete */
    QUESTION_SIGNS_ALL,     /* signs-all */
    QUESTION_COUNT
} QuestionKind;

/* A kind of question. */
typedef struct QuestionType {
    const char *name;      /* in front of the colon of an id */
    bool subject;          /* it asks about something, which the id names */
    const char *sentence;  /* with one %s where it has a subject */
    const char *yes_key;   /* key of [identity] that a yes sets to true, or adds the subject to */
    const char *no_key;    /* ... that a no sets to false, or adds the subject to */
    const char *yes_means; /* what follows from a yes, with one %s for a subject */
    const char *no_means;  /* ... from a no */
    const char *no_leaves; /* what is left to do after a no; NULL: nothing */
} QuestionType;

const QuestionType *question_type(QuestionKind kind);
/* The id of the question of that kind about @subject (NULL where the kind has none). NULL where
 * @subject is none that an id may hold: empty, over 253 bytes, or with other characters than
 * letters, digits and .:-_@/ (it ends in a configuration, on a command line and on a screen). The
 * caller frees it. */
char *question_id(QuestionKind kind, const char *subject);
/* Reads an id: its kind, and where the subject begins (borrowed from @id; NULL for none). False if
 * it is none. */
bool question_parse(const char *id, QuestionKind *kind, const char **subject);
/* The question as a sentence, "Is 198.51.100.77 yours?"; NULL if @id is none. The caller frees it.
 */
char *question_text(const char *id);

#endif
