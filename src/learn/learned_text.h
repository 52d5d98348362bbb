/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was learned, as text that is safe for a terminal: each thing with the messages that show it.
 */
#ifndef NOTME_LEARN_LEARNED_TEXT_H
#define NOTME_LEARN_LEARNED_TEXT_H

#include "learn/learn.h"

/* All of it, in lines. @config is what is configured already. The caller frees it. */
char *learned_text(const Learned *learned, const Config *config);
/* Who perhaps sends in our name, in one line without its end. The caller frees it. */
char *learned_service(const Service *service);

#endif
