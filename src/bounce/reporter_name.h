/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The host that a bounce's text names as its writer. Private to src/bounce. */
#ifndef NOTME_BOUNCE_REPORTER_NAME_H
#define NOTME_BOUNCE_REPORTER_NAME_H

#include "bounce/bounce_text.h"
#include "words/phrases.h"

/* Words behind which a reporter names itself; ends with a row without text. */
extern const Phrase reporter_words[];

/* The host name, or NULL. The caller frees it. */
char *reporter_name_read(const BounceText *text);

#endif
