/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A summary as plain text with bars, for a mail or a ticket. */
#ifndef NOTME_SUMMARY_SUMMARY_TEXT_H
#define NOTME_SUMMARY_SUMMARY_TEXT_H

#include "summary/summary.h"

/* Safe for a terminal, ends with a line end; no line but of a long name is over 79 columns. The
 * caller frees it. */
char *summary_text(const Summary *summary);

#endif
