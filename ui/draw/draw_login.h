/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A login that somebody else may have, as lines: by which name and from where, who else was reached
 * since when, and what to do. */
#ifndef NOTME_UI_DRAW_DRAW_LOGIN_H
#define NOTME_UI_DRAW_DRAW_LOGIN_H

#include "analysis/finding.h"
#include "model/login_trail.h"
#include "screen/doc.h"

/* What to do is said once @finding, which may be NULL, is there. */
void draw_login(Doc *doc, const Row *row, const LoginTrail *trail, const Finding *finding);

#endif
