/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody typed to find something. */
#ifndef NOTME_BASE_NEEDLE_H
#define NOTME_BASE_NEEDLE_H

#include <stdbool.h>

/* @needle is in @text, whatever their case. Never where one of them is NULL or @needle is empty. */
bool needle_in(const char *needle, const char *text);

#endif
