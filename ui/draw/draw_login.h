/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A login that somebody else may have, as lines: by which name and from where, who else was reached
 * since when, and what to do. */
#ifndef NOTME_UI_DRAW_DRAW_LOGIN_H
#define NOTME_UI_DRAW_DRAW_LOGIN_H

#include "analysis/finding.h"
#include "model/login_trail.h"
#include "screen/doc.h"

void draw_login(Doc *doc, const Row *row, const LoginTrail *trail);
/* What more is to be done than the advice says; nothing for other cases. */
void draw_login_more(Doc *doc, const Finding *finding);

#endif
