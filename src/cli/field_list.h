/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --fields asks for: the columns of a table of the mailbox's bounces, or the members of their
 * objects; those of "check", and what only the mailbox knows. */
#ifndef NOTME_CLI_FIELD_LIST_H
#define NOTME_CLI_FIELD_LIST_H

#include "reading/row.h"

typedef struct FieldList FieldList;

/* @names: "verdict,recipient,..."; @json: names of members of JSON, else of columns. NULL with an
 * error, a sentence, that names what there is. The caller frees it. */
FieldList *field_list_new(const char *names, bool json, GError **error);
void field_list_free(FieldList *fields);
guint field_list_count(const FieldList *fields);
/* The value of column @i, safe, on one line. The caller frees it. */
char *field_list_value(const FieldList *fields, guint i, const Row *row, const Finding *finding);
/* Appends the members of the object; @fields NULL: all. */
void field_list_members(GString *to, const FieldList *fields, const Row *row,
                        const Finding *finding);

#endif
