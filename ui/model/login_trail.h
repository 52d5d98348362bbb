/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else went out by a login that somebody else may have: over the rows that have a warning. */
#ifndef NOTME_UI_MODEL_LOGIN_TRAIL_H
#define NOTME_UI_MODEL_LOGIN_TRAIL_H

#include "model/model.h"

typedef struct LoginTrail {
    guint count;        /* messages that came back */
    gint64 first, last; /* Unix seconds */
    char *addresses;    /* from where: "198.51.100.9, 203.0.113.4 and 2 more" */
    char *recipients;   /* to whom; NULL: nobody is named */
} LoginTrail;

/* Of the login of row @i; NULL where it has no warning. The caller frees it. */
LoginTrail *login_trail_new(const Model *model, guint i);
void login_trail_free(LoginTrail *trail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LoginTrail, login_trail_free)

#endif
