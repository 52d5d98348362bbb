/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal through curses. */
#ifndef NOTME_UI_SCREEN_TERM_CURSES_H
#define NOTME_UI_SCREEN_TERM_CURSES_H

#include "screen/terminal.h"

/* The real terminal; NULL with one sentence where it cannot be used. */
Term *term_curses_new(const TermSetup *setup, GError **error);

#endif
