/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who logged in to hand the message in, by the lines that can be believed. */
#ifndef NOTME_VERDICT_LOGIN_H
#define NOTME_VERDICT_LOGIN_H

#include "verdict/case.h"

/* A login that a believed line records. */
typedef struct Login {
    const Hop *hop; /* that records it; NULL: none */
    bool own;       /* one of our addresses logged in, or somebody at our own server */
    bool capped;    /* a stranger could have written that line */
    char *name;     /* that it was done with, or NULL */
} Login;

/* The oldest believed line of the returned chain that records one. */
Login login_find(const Case *c);
void login_clear(Login *login);
/* Where somebody logged in as us from an address that is not known to be ours, and nothing shows
 * that it was us: sets the warning of @verdict and its question. */
void login_warn(const Case *c, Verdict *verdict);

#endif
