/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What maildir.c and maildir_move.c share; nobody else includes it. */
#ifndef NOTME_MAILDIR_MAILDIR_PRIVATE_H
#define NOTME_MAILDIR_MAILDIR_PRIVATE_H

#include "maildir/maildir.h"

struct Maildirs {
    char *root, *real_root;
    GHashTable *refused;  /* folder -> reason or NULL */
    GHashTable *listings; /* maildir -> Listing */
    GHashTable *taken;    /* set of maildir/unique: names given out */
    GHashTable *touched;  /* set of folders to sync */
    GHashTable *folders;  /* maildir//folder -> path */
};

#endif
