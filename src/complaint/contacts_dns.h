/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TXT answers of the contact services, kept in the state folder as long as they are good. */
#ifndef NOTME_COMPLAINT_CONTACTS_DNS_H
#define NOTME_COMPLAINT_CONTACTS_DNS_H

#include <glib.h>
#include <stdbool.h>

typedef struct ContactsCache ContactsCache;

ContactsCache *contacts_cache_load(const char *state_dir, gint64 now);
/* Writes it if something was added, and frees it. */
void contacts_cache_end(ContactsCache *cache);
/* The texts of @name, or NULL: not known. Borrowed; may be empty. */
const GPtrArray *contacts_cache_get(const ContactsCache *cache, const char *name);
/* Asks the DNS for those of @names (of char *) that are not known. *trouble: see contacts.h. */
void contacts_cache_fill(ContactsCache *cache, const GPtrArray *names, char **trouble);

#endif
