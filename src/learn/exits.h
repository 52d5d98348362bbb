/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From where our mail leaves, by the bounces of mail that is in the sent folders: who handed it to
 * the server that bounced it. That is a server of ours, or one that carried it on for a recipient:
 * of those that took it from another of the addresses found, it is the latter. */
#ifndef NOTME_LEARN_EXITS_H
#define NOTME_LEARN_EXITS_H

#include "trace/trace.h"

typedef struct Exits Exits;

Exits *exits_new(void);
void exits_free(Exits *exits);
/* Takes in how one such message travelled. @by_us: our own host wrote the line of the injection,
 * whose client may be anywhere. @named_ours: the looked-up name of the injection is ours. */
void exits_add(Exits *exits, const Trace *trace, bool by_us, bool named_ours);
/* Adds what was found, with its messages (text -> count): addresses of ours, and those of others
 * who carried it on. @ours may have some already. */
void exits_find(const Exits *exits, GHashTable *ours, GHashTable *carriers);

#endif
