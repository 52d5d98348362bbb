/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From where our mail leaves, by what came back of mail that is in the sent folders: bounces, posts
 * by way of a list. Who got a letter of ours can write such things about any address: one is taken
 * where two organisations that are vouched for saw it. It may be that of who carried the letter on
 * for a recipient: one that took it from another of the addresses found. */
#ifndef NOTME_LEARN_EXITS_H
#define NOTME_LEARN_EXITS_H

#include "trace/trace.h"

typedef struct Exits Exits;

Exits *exits_new(void);
void exits_free(Exits *exits);
/* Takes in how one message travelled that a bounce returned. @by_us: our own host wrote the line of
 * the injection, whose client may be anywhere. @name: the looked-up one of the injection where that
 * is ours, or NULL. */
void exits_add_bounce(Exits *exits, const Trace *trace, bool by_us, const char *name);
/* ... and one that came by a list: @witness, an organisation whose server brought it, says that
 * @ip of the name @name, which is ours, handed it over. */
void exits_add_post(Exits *exits, const Ip *ip, const char *name, const char *witness);
/* What was found, with its messages (text -> count). @ours, @hosts: addresses of ours and their
 * names; @ours may have some already. @carriers: others, who carried it on. @single: those that
 * fewer than two organisations saw. */
void exits_find(const Exits *exits, GHashTable *ours, GHashTable *hosts, GHashTable *carriers,
                GHashTable *single);

#endif
