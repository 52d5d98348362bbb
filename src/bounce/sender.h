/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sent a message, as its header says, and whether that is a machine. Private to src/bounce. */
#ifndef NOTME_BOUNCE_SENDER_H
#define NOTME_BOUNCE_SENDER_H

#include "message/message.h"

typedef struct Sender {
    char *from;            /* From's addr-spec, or NULL */
    char *from_domain;     /* its domain, lower case, or NULL */
    char *return_path;     /* Return-Path's addr-spec, or NULL */
    bool null_return_path; /* there is a Return-Path, and it is empty */
    bool daemon;           /* a mail system */
    bool automatic;        /* some program */
    bool nameless;         /* From is there and names no address */
} Sender;

/* Fills @sender, which the caller clears with sender_clear. */
void sender_read(Sender *sender, const Message *message);
void sender_clear(Sender *sender);
/* A mail system, an empty return path, or a message that calls itself automatic (RFC 3834 5). */
bool sender_is_machine(const Sender *sender, const Message *message);

#endif
