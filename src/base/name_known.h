/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found out of a host's name: one message asks for the same few names again and again, and
 * a mailbox for the same few thousand. Each thread remembers what it asked last; a name takes the
 * place of another with its hash. What a name says never changes, so nothing hangs on what is
 * remembered but time. */
#ifndef NOTME_BASE_NAME_KNOWN_H
#define NOTME_BASE_NAME_KNOWN_H

#include <glib.h>
#include <stdbool.h>

/* Small, since each thread has thousands. */
typedef struct NameKnown {
    char *host;           /* as it stood; owned; NULL: too long to be remembered */
    gconstpointer house;  /* of its organisation, or NULL (house/house.c) */
    guint at;             /* where in it the organisation stands (domain.c) */
    guint8 length;        /* of what is remembered */
    guint8 n;             /* of the organisation; 0: there is none */
    guint8 words;         /* of house/hostname.c; 0: not looked at */
    bool found : 1;       /* organisation, and: */
    bool is_public : 1;   /* a name that the public DNS could hold */
    bool house_found : 1; /* house is there */
} NameKnown;

/* What this thread knows of @host (NULL: of the empty name): where it is asked for the first time,
 * nothing. It may be added to, and stays until the next call. */
NameKnown *name_known(const char *host);

#endif
