/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal that plays a script. */
#ifndef NOTME_UI_SCREEN_TERM_SCRIPT_H
#define NOTME_UI_SCREEN_TERM_SCRIPT_H

#include "screen/terminal.h"

/* Plays the script in @file (doc/HACKING). */
Term *term_script_new(const TermSetup *setup, const char *file, GError **error);

#endif
