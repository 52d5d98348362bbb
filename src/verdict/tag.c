/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags. See tag.h. */
#include "verdict/tag.h"

#include <string.h>

#include "base/address.h"

/* Addresses of one header that are looked at. */
#define ADDRESSES_MAX 20

typedef struct TagSearch {
    const Case *c;
    gint64 when;
    Tag tag;
} TagSearch;

static void try_address(TagSearch *s, const char *address, bool recorded)
{
    if (!address || !identity_owns_address(s->c->identity, address))
        return;
    AddressWrap wrap = ADDRESS_PLAIN;
    BatvResult result = batv_check(address, s->c->identity->batv_keys, s->when);
    g_autofree char *bare = address_unwrap(address, &wrap);
    if (result == BATV_PLAIN && wrap == ADDRESS_SRS)
        result = BATV_TAGGED;
    Tag *tag = &s->tag;
    bool better = result > tag->result || (result == tag->result && recorded && !tag->recorded) ||
                  !tag->address;
    if (!bare || !better || (result == BATV_PLAIN && !recorded))
        return;
    g_free(tag->address);
    *tag = (Tag){result, g_strdup(address), recorded};
}

/* How many lines, from the newest, our own side wrote. */
static guint outer_believed(const Trace *trace)
{
    guint n = 0;
    while (n < trace->outer->len &&
           (trace->outer_notes[n].mark == MARK_OWN || trace->outer_notes[n].mark == MARK_BELIEVED))
        n++;
    return n;
}

/* Of an address that nobody recorded only a tag tells something, and every tag has a "=". */
static void try_header(TagSearch *s, const Header *header, bool recorded)
{
    if (!recorded && !strchr(header->value, '='))
        return;
    g_autoptr(GPtrArray) list = address_list(span_of(header->value));
    for (guint i = 0; i < list->len && i < ADDRESSES_MAX; i++)
        try_address(s, list->pdata[i], recorded);
}

static bool names_recipient(const Header *header)
{
    static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To",
                                        "X-Envelope-To", "X-Delivered-To"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (header_is(header, names[i]))
            return true;
    return false;
}

Tag tag_find(const Case *c)
{
    TagSearch s = {c, TIME_NONE, {BATV_PLAIN, NULL, false}};
    const GPtrArray *outer = c->trace->outer, *headers = c->bounce->headers;
    guint believed = outer_believed(c->trace);
    for (guint i = 0; i < outer->len && s.when == TIME_NONE; i++)
        s.when = ((const Hop *)outer->pdata[i])->date.utc;
    for (guint i = 0; i < believed; i++)
        try_address(&s, ((const Hop *)outer->pdata[i])->for_, true);
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        if (names_recipient(header))
            try_header(&s, header, header->above < believed || (believed && header->above == 0));
        else if (header_is(header, "To"))
            try_header(&s, header, false);
    }
    return s.tag;
}

void tag_clear(Tag *tag)
{
    g_clear_pointer(&tag->address, g_free);
}
