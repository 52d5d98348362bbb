/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail addresses (RFC 5321/5322), with what return-path schemes wrap around them taken off. */
#ifndef NOTME_BASE_ADDRESS_H
#define NOTME_BASE_ADDRESS_H

#include "base/span.h"

typedef enum AddressWrap {
    ADDRESS_PLAIN,
    ADDRESS_BATV, /* prvs=KDDDSSSSSS=local@dom and its relatives (draft-levine-smtp-batv, Barracuda,
                     SparkPost) */
    ADDRESS_SRS   /* SRS0=HHHH=TT=dom=local@fwd, SRS1=... */
} AddressWrap;

/* Longest address (RFC 5321 4.5.3.1: local part 64, domain 255, "@"): what is longer is none. */
#define ADDRESS_MAX 320

/* The addr-spec in @text: takes off display name, comments, angle brackets, a "rfc822;" type,
 * quotes around the whole and a trailing dot. Returns NULL where there is none. The caller frees
 * it. Case is kept. */
char *address_extract(Span text);
/* All addr-specs of an address list header (groups included), as written. Free with
 * g_ptr_array_unref. */
GPtrArray *address_list(Span header_value);
/* The addr-spec in @value; NULL for none, and for one longer than ADDRESS_MAX. The caller frees it.
 */
char *address_bounded(const char *value);
/* Adds the addr-specs of the list @value to @out (of char *), which holds @most at most; none that
 * is longer than ADDRESS_MAX. */
void address_list_add(GPtrArray *out, const char *value, guint most);
/* @address without BATV and SRS (repeatedly, at most four layers). @wrap, if not NULL, says what
 * the outermost was. The caller frees it. */
char *address_unwrap(const char *address, AddressWrap *wrap);
/* The same without a copy where nothing is taken off, as nearly always: every wrapping has a "=".
 * Borrowed from @address or from *@own, which the caller frees. */
const char *address_plain(const char *address, char **own);
/* Same mailbox after unwrapping: domains without case, local parts without case too (no real server
 * differs). */
bool address_same(const char *a, const char *b);
/* The domain part (behind the last @), lower case; NULL without one. The caller frees it. */
char *address_domain(const char *address);

#endif
