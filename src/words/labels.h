/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses in running text, and what labels in front of them say that they are. */
#ifndef NOTME_WORDS_LABELS_H
#define NOTME_WORDS_LABELS_H

#include "words/phrases.h"

typedef enum Label {
    LABEL_NONE = -1,
    LABEL_FINAL,    /* a recipient */
    LABEL_MAILBOX,  /* a recipient; inside a diagnostic, the mailbox to which mail was passed on */
    LABEL_ORIGINAL, /* the address that another came from */
    LABEL_SKIP      /* a sender, or whom to write to */
} Label;

/* What stands before an address: Label for each; ends with a row without text. */
extern const Phrase label_phrases[];
/* May stand in an unquoted local part. */
bool label_is_local(char c);
/* Length of a bare address at the start of @s, or 0. */
gsize label_bare_length(Span s);
/* First address in @s, or NULL. The caller frees it. */
char *label_first_address(Span s);
/* The address that a label in @line names, or NULL; @label says as what. @folded is text_fold of
 * @line. The caller frees it. */
char *label_address(Span line, const char *folded, Label *label);

#endif
