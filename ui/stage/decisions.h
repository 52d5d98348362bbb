/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions on campaigns: asked for in the bottom line, written by a job, and carried out by a job
 * each once all is read. */
#ifndef NOTME_UI_STAGE_DECISIONS_H
#define NOTME_UI_STAGE_DECISIONS_H

#include "stage/app.h"

Decisions *decisions_new(void);
void decisions_free(Decisions *decisions);
/* Asks what becomes of new backscatter of the campaign of row @i. */
void decisions_ask(App *app, guint i);
/* All is read: what is new of campaigns that were decided on waits for its job. */
void decisions_look(App *app);
/* Begins the next such job where none is running. */
void decisions_next(App *app);
/* The job that ended carried one out and found nothing new: there is nothing to say. */
bool decisions_silent(const App *app, const JobStatus *status);

#endif
