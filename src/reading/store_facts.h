/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the store knows of a message that bounced: whether we sent it, whether we know what it
 * answers and whom it went to. Questions and answers are JSON: they travel between a parser and the
 * reader. */
#ifndef NOTME_READING_STORE_FACTS_H
#define NOTME_READING_STORE_FACTS_H

#include "analysis/finding.h"
#include "config/config.h"

typedef struct Facts Facts;

/* Borrows @config. The database is opened (a handle of its own) at the first question. */
Facts *facts_new(const Config *config);
void facts_free(Facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)

/* What to ask about @finding; NULL when it is no bounce or notice. A new reference. */
json_t *facts_question(const Finding *finding);
/* A new reference; null when the store cannot be asked. @question may be hostile. */
json_t *facts_answer(Facts *facts, const json_t *question);
/* The answer as the verdict takes it: NULL when there is none. */
StoreFacts *facts_from_json(const json_t *answer);
void store_facts_free(StoreFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreFacts, store_facts_free)

/* @file lies in one of @folders (NULL-terminated, relative to the mail root; ".Sent" of Maildir++
 * is "Sent" too) of a mail root. */
bool facts_file_under(const char *file, const char *root, const char *real_root,
                      const char *const *folders);

#endif
