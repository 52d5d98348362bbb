/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Message-ID as a term of a query. */
#ifndef NOTME_BASE_ID_TERM_H
#define NOTME_BASE_ID_TERM_H

/* "id:..." as the query language takes any id: in quotes where it needs them. The caller frees it.
 */
char *id_term(const char *id);

#endif
