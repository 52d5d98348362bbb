/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at all bounces of the mailbox for what they say together. */
#ifndef NOTME_READING_CAMPAIGNS_RENEW_H
#define NOTME_READING_CAMPAIGNS_RENEW_H

#include "reading/reader.h"

/* Brings what is kept up to date: reads what changed since, or all that is reviewed, deleted or in
 * quarantine where nothing is kept for this identity. Which rows are asked for does not matter.
 * *@changed (may be NULL): it is not what it was before. @from (may be NULL) has read the query of
 * the review, and kept or held what it read: that is not read again. @shelf (may be NULL) keeps
 * what was read; @between and @data as in ReaderOptions. Failures are those that reading has again,
 * where they are told: then what is kept stays. */
void campaigns_renew(const Config *config, const Reader *from, struct Shelf *shelf,
                     bool (*between)(gpointer data), gpointer data, bool *changed);
/* Something is kept for the identity of @reader and its database: campaigns_renew reads only what
 * changed since. */
bool campaigns_are_kept(Reader *reader);

#endif
