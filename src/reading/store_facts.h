/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the store knows of a message that bounced: whether we sent it, whether we know what it
 * answers and whom it went to. */
#ifndef NOTME_READING_STORE_FACTS_H
#define NOTME_READING_STORE_FACTS_H

#include "analysis/reading.h"
#include "config/config.h"
#include "verdict/facts.h"

typedef struct Facts Facts;

/* Borrows @config. The database is opened (a handle of its own) at the first question. */
Facts *facts_new(const Config *config);
void facts_free(Facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)

/* What the store knows of @reading; NULL where it cannot be asked, or where kind is none. The
 * caller frees it. */
StoreFacts *facts_ask(Facts *facts, const Reading *reading);
void store_facts_free(StoreFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreFacts, store_facts_free)

/* The query for all that lies in the sent folders; empty where there are none. The caller frees it.
 */
char *facts_sent_query(const Config *config);
/* @file lies in one of @folders (NULL-terminated, relative to the mail root; ".Sent" of Maildir++
 * is "Sent" too) of a mail root. */
bool facts_file_under(const char *file, const char *root, const char *real_root,
                      const char *const *folders);

#endif
