/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied of a case. It is pasted into shells, and an enemy wrote most of it: one line, in
 * which a shell finds nothing to do. */
#ifndef NOTME_UI_MODEL_COPY_TEXT_H
#define NOTME_UI_MODEL_COPY_TEXT_H

#include "reading/row.h"

/* The address that it was sent from; NULL where none is stated. */
char *copy_address(const Row *row);
/* "id:..." as a term of a query, in quotes for the shell where it needs them; NULL: it holds
 * characters that no line can show. */
char *copy_id(const Row *row);
/* "backscatter, failed a@b.example, user-unknown, sent from 198.51.100.77, ...": words and what
 * stands in addresses; other characters of mail become "_". */
char *copy_case(const Row *row);

#endif
