/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What our own server found of the bounce's authenticity (RFC 8601, RFC 7208): fields that stand
 * above a line of our own side, under its name. All other such fields are the sender's word. */
#ifndef NOTME_TRACE_AUTHENTICATION_H
#define NOTME_TRACE_AUTHENTICATION_H

#include "trace/walk.h"

typedef enum Authenticated {
    AUTHENTICATED_NOT,     /* nothing that bears on who wrote the bounce */
    AUTHENTICATED_SIGNED,  /* who it says wrote it signed it */
    AUTHENTICATED_SENT,    /* who handed it over may send for who it says wrote it */
    AUTHENTICATED_REFUSED, /* ... may not */
    AUTHENTICATED_OTHER    /* it claims to be a known house's, and somebody else signed it */
} Authenticated;

/* @domain gets the domain that the result is about; the caller frees it. */
Authenticated authentication_find(const Walk *w, char **domain);

#endif
