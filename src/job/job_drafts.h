/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drafts that a complaint's job has written: what each is, to whom, and where it lies now. */
#ifndef NOTME_JOB_JOB_DRAFTS_H
#define NOTME_JOB_JOB_DRAFTS_H

#include "base/pack.h"
#include "config/config.h"

typedef struct DraftLine {
    char *file;    /* where it is, or was put */
    bool gone;     /* not there any more: taken back, or moved or sent by a mail program */
    char *what;    /* "letter", "report" or "XARF report" */
    char *to;      /* addresses as in the header; NULL: nobody yet */
    char *subject; /* decoded */
    char *about;   /* from where the mail was sent that it is about, or NULL */
    bool bounces;  /* it complains of bounces of that mail, not of the mail itself */
    guint count;   /* bounces that it stands for; 0: it does not say */
} DraftLine;

void draft_line_free(DraftLine *line);
/* The drafts of job @job (of DraftLine) in the order in which they were written; NULL with an error
 * where there is no such job. The caller unrefs it. */
GPtrArray *job_drafts(const Config *config, guint job, GError **error);
/* From the writer to who asks. NULL for what is none: @from is broken then. The caller unrefs it.
 */
void draft_lines_pack(GByteArray *to, const GPtrArray *lines);
GPtrArray *draft_lines_unpack(Unpack *from);

#endif
