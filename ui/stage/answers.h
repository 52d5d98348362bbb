/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answering questions: asked once more in the bottom line, written by a job, judged by at once. */
#ifndef NOTME_UI_STAGE_ANSWERS_H
#define NOTME_UI_STAGE_ANSWERS_H

#include "screen/doc.h"
#include "stage/app.h"

/* Asks the question @id (verdict/question.h) with what a yes writes; y and n answer it, anything
 * else does not. */
void answers_ask(App *app, const char *id);
/* The question of row @i with the key that answers it, and what to do about the case, with the keys
 * for that. @brief: the question alone, without what an answer would settle. */
void answers_draw(const App *app, Doc *doc, Context context, guint i, const Finding *finding,
                  bool brief);
/* The id of that question: the one whose cases are looked at, else what would settle most; NULL: it
 * has none. The caller frees it. */
char *answers_question(const App *app, guint i);
/* A job ended: what it wrote into the configuration, or took out, is judged by. */
void answers_ended(App *app, const JobStatus *status);
/* All rows are judged by it: how many an answer settled is said behind what was said of it. */
void answers_judged(App *app);
/* Reads the configuration again; where what is own is another, all rows are judged by it, and true.
 * No mail is read again for that. A configuration with a mistake is told, and changes nothing. */
bool answers_reload(App *app);

#endif
