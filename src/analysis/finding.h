/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding: one file with what it says and what that means, and its JSON form, which is what
 * "check" prints. */
#ifndef NOTME_ANALYSIS_FINDING_H
#define NOTME_ANALYSIS_FINDING_H

#include "analysis/judgement.h"

typedef struct Finding {
    char *file;           /* as given, or NULL */
    char *error;          /* why the file could not be read; then the rest is NULL */
    Reading *reading;     /* shared */
    Judgement *judgement; /* shared */
} Finding;

/* Takes references to both. @file may be NULL. */
Finding *finding_new(const char *file, const Reading *reading, const Judgement *judgement);
/* A finding that only says why @file could not be read. */
Finding *finding_unreadable(const char *file, const char *why);
/* Another one of the same. */
Finding *finding_copy(const Finding *finding);
void finding_free(Finding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Finding, finding_free)

/* The server that wrote it: as it says, else who handed it to us, else its From; NULL: nobody.
 * Borrowed. */
const char *finding_reporter(const Finding *finding);

/* The members of the object that "check --format=json" prints (notme(1), JSON), but "file": those
 * that are @wanted, a bit for each of finding_member_name(). For what could be read. */
void finding_write_members(GString *to, const Finding *finding, guint64 wanted);
/* The name of member @i, in order; NULL: there are no more. */
const char *finding_member_name(guint i);
#define FINDING_ALL_MEMBERS G_MAXUINT64

/* Between the program's own processes: reading and judgement. */
void finding_pack(GByteArray *to, const Finding *finding);
/* NULL if it is none: then @from is broken. Checked. The caller frees it. */
Finding *finding_unpack(Unpack *from);

#endif
