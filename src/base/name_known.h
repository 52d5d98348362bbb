/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found out of a host's name: one message asks for the same few names again and again, and
 * a mailbox for the same few thousand. Each thread remembers what it asked last; a name takes the
 * place of another with its hash. What a name says never changes, so nothing hangs on what is
 * remembered but time. */
#ifndef NOTME_BASE_NAME_KNOWN_H
#define NOTME_BASE_NAME_KNOWN_H

#include <glib.h>
#include <stdbool.h>

typedef struct NameKnown {
    char *host;          /* as it stood; owned; NULL: too long to be remembered */
    gsize length;        /* of it */
    bool found;          /* the next three are there (domain.c) */
    bool is_public;      /* a name that the public DNS could hold */
    gsize at, n;         /* where in it the organisation stands; 0 bytes: nowhere */
    bool house_found;    /* the next is there (house/house.c) */
    gconstpointer house; /* of its organisation, or NULL */
    guint words;         /* of house/hostname.c; 0: not looked at */
} NameKnown;

/* What this thread knows of @host (NULL: of the empty name): where it is asked for the first time,
 * nothing but its length. It may be added to, and stays until the next call. */
NameKnown *name_known(const char *host);

#endif
