/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be asked of one hop: which of its names were checked, whose organisation they are, how
 * the other side is called in a sentence. */
#ifndef NOTME_TRACE_PEER_H
#define NOTME_TRACE_PEER_H

#include "received/received.h"
#include "trace/identity.h"

/* The looked-up name, where the software verifies it; NULL otherwise. Borrowed. */
const char *peer_looked_up(const Hop *hop);
/* The best name of the other side: looked up, else as it called itself; NULL for none. Borrowed. */
const char *peer_name(const Hop *hop);
/* The other side as a sentence names it: "198.51.100.77 (host.example)" by the name that was looked
 * up; "198.51.100.77, which called itself "host.example""; "host.example", "a program on the same
 * machine". The caller frees it. */
char *peer_text(const Hop *hop);
/* The host that wrote the line, or "an unnamed server". Borrowed. */
const char *peer_writer(const Hop *hop);
/* It looked the peer up, and the name marks a home connection; or there is no such name. */
bool peer_is_nameless_or_home(const Hop *hop);
/* A "from" clause is there but no address can be read in it. */
bool peer_is_unreadable(const Hop *hop);
/* Whether @hop was written by a host that the identity calls own. A claim. */
bool peer_written_by_own(const Hop *hop, const Identity *identity);
/* The client, from elsewhere, called itself by the name of the very host that wrote the line: a
 * host hands nothing to itself from another's address. */
bool peer_greets_as_writer(const Hop *hop);
/* The writer printed another organisation's name beside what the client called itself, whether it
 * verified that or not: then the greeting makes nobody of that house. */
bool peer_has_other_name(const Hop *hop);
/* A web page's program took it: what the line says of who stands before that, the browser or its
 * proxy said. */
bool peer_is_of_browser(const Hop *hop);
/* "localhost" and its relatives. */
bool peer_name_is_localhost(const char *name);
/* No dot in it, and no address. */
bool peer_name_is_single_label(const char *name);
/* The first labels are the same: one machine under two names of a house. */
bool peer_name_is_same_machine(const char *a, const char *b);

#endif
