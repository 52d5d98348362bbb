/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of message it is. Private to src/bounce. */
#ifndef NOTME_BOUNCE_RECOGNISE_H
#define NOTME_BOUNCE_RECOGNISE_H

#include "bounce/bounce_text.h"

/* False where nothing but mail of persons has the marks of this message: its text need not be read.
 */
bool recognise_possible(const BounceSource *source);
/* Sets kind, marks and has_report of @out, whose recipients and returned message are known. */
void recognise(const BounceSource *source, const BounceText *text, Bounce *out);

#endif
