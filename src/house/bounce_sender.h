/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Under which addresses a house writes its bounces. */
#ifndef NOTME_HOUSE_BOUNCE_SENDER_H
#define NOTME_HOUSE_BOUNCE_SENDER_H

#include "house/house.h"

/* "mailer-daemon@", "postmaster@" and their like: local parts that are given to no customer. */
bool bounce_sender_is_system(const char *address);
/* @from, an address, is one with which @house itself writes bounces: a system's local part at one
 * of its names or below it; or, for a house that does so, in the domain of @recipient, the address
 * that failed (NULL: not known). It is a claim like all of From: only what else can be in the way
 * of a customer. */
bool bounce_sender_is_of(const House *house, const char *from, const char *recipient);

#endif
