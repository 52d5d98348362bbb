/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speaks for and against the promises of the identity (sent_complete, dkim_always), counted in
 * the mailbox: nobody knows by heart what his programs do. A count is a hint for who answers, and
 * never a verdict: a sender can make it look worse, but not better. */
#ifndef NOTME_READING_PROMISES_H
#define NOTME_READING_PROMISES_H

#include "config/config.h"
#include "verdict/question.h"

typedef struct Promises {
    guint kept;          /* messages in the sent folders, the newest of them */
    bool copies_signed;  /* copies there carry signatures; else they are kept before they are signed
                            and only those tell that came back, by a list or a copy to ourselves */
    guint seen;          /* of which one can tell: all that are kept, or those that came back */
    guint with_our_key;  /* of these: signed in the name of a domain of ours */
    char *signer;        /* by whom most: "s1._domainkey.alder.example"; NULL: none */
    guint by_signer;     /* of these */
    guint answered;      /* messages of ours that somebody answered */
    guint answered_kept; /* of these: in the sent folders */
} Promises;

/* Counts in the newest mail; NULL where there is no database. @between (may be NULL) is called
 * between messages; false stops, and gives NULL. The caller frees it. */
Promises *promises_count(const Config *config, bool (*between)(gpointer data), gpointer data);
void promises_free(Promises *promises);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Promises, promises_free)
/* One sentence for a question about a promise: "Of 412 messages in Sent, 412 are signed by
 * s1._domainkey.alder.example." NULL for other questions, and where @promises is NULL. The caller
 * frees it. */
char *promises_text(const Promises *promises, const char *question);
/* @questions (ids joined by blanks, or NULL) ask for a promise that is counted here. */
bool promises_are_asked(const char *questions);
/* What of @config they depend on. The caller frees it. */
char *promises_key(const Config *config);

#endif
