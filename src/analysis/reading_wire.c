/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reading over the wire: the tables of what travels. A parser process may have been taken over by
 * its input, so everything is checked (base/fields.h). */
#include <string.h>

#include "analysis/reading_private.h"
#include "base/fields.h"

/* More than any true message holds. */
enum { HOPS_MAX = 20000, LIST_MAX = 20000, SHA256_HEX = 64 };

static gpointer create_hop(void)
{
    return hop_new();
}

static gpointer create_header(void)
{
    Header *header = g_new(Header, 1);
    *header = (Header){.refs = 1};
    return header;
}

static gpointer create_recipient(void)
{
    return recipient_new();
}

static gpointer create_mark(void)
{
    KindMark *mark = g_new(KindMark, 1);
    *mark = (KindMark){0};
    return mark;
}

static const Field date_fields[] = {
    FIELD(Date, utc, FIELD_TIME),
    FIELD(Date, local, FIELD_TIME),
    FIELD_RANGE(Date, zone, -2000, 2000),
    FIELD(Date, has_zone, FIELD_BOOL),
};
static const Shape date_shape = SHAPE(Date, date_fields, NULL);

static const Field hop_fields[] = {
    FIELD(Hop, raw, FIELD_TEXT),
    FIELD(Hop, from_helo, FIELD_TEXT),
    FIELD(Hop, from_rdns, FIELD_TEXT),
    FIELD(Hop, rdns_forged, FIELD_BOOL),
    FIELD_RANGE(Hop, lookup, 0, LOOKUP_NAME),
    FIELD(Hop, from_ip, FIELD_IP),
    FIELD(Hop, ip_disputed, FIELD_BOOL),
    FIELD(Hop, helo_ip, FIELD_IP),
    FIELD(Hop, by, FIELD_TEXT),
    FIELD(Hop, by_ip, FIELD_IP),
    FIELD(Hop, with, FIELD_TEXT),
    FIELD(Hop, via, FIELD_TEXT),
    FIELD(Hop, id, FIELD_TEXT),
    FIELD(Hop, for_, FIELD_TEXT),
    FIELD(Hop, envelope_from, FIELD_TEXT),
    FIELD(Hop, ident, FIELD_TEXT),
    FIELD(Hop, login, FIELD_TEXT),
    FIELD(Hop, user, FIELD_TEXT),
    FIELD_OF(Hop, date, FIELD_STRUCT, 0, date_shape),
    FIELD_RANGE(Hop, software, 0, SOFTWARE_OTHER),
    FIELD(Hop, software_named, FIELD_BOOL),
    FIELD_RANGE(Hop, release, -1, RELEASE_MOST),
    FIELD(Hop, pickup, FIELD_BOOL),
    FIELD(Hop, local, FIELD_BOOL),
    FIELD(Hop, authenticated, FIELD_BOOL),
};
static const Shape hop_shape = SHAPE(Hop, hop_fields, create_hop);

static const Field header_fields[] = {
    FIELD(Header, name, FIELD_TEXT),
    FIELD(Header, value, FIELD_TEXT),
    FIELD_RANGE(Header, above, 0, HOPS_MAX),
};
static const Shape header_shape = SHAPE(Header, header_fields, create_header);

static const Field recipient_fields[] = {
    FIELD(Recipient, final, FIELD_TEXT),
    FIELD(Recipient, original, FIELD_TEXT),
    FIELD(Recipient, action, FIELD_TEXT),
    FIELD(Recipient, status, FIELD_TEXT),
    FIELD_RANGE(Recipient, reply_code, 0, 999),
    FIELD(Recipient, diagnostic, FIELD_TEXT),
    FIELD(Recipient, remote_mta, FIELD_TEXT),
    FIELD_RANGE(Recipient, reason, 0, REASON_COUNT - 1),
    FIELD_RANGE(Recipient, reason_where, 0, WHERE_TEXT),
    FIELD(Recipient, reason_words, FIELD_TEXT),
    FIELD_RANGE(Recipient, permanent, TRI_UNKNOWN, TRI_YES),
    FIELD(Recipient, retry_until, FIELD_TIME),
};
static const Shape recipient_shape = SHAPE(Recipient, recipient_fields, create_recipient);

static const Field claim_fields[] = {
    FIELD_RANGE(Claim, source, 0, CLAIM_DIAGNOSTIC),
    FIELD(Claim, ip, FIELD_IP),
    FIELD(Claim, host, FIELD_TEXT),
    FIELD(Claim, text, FIELD_TEXT),
};
static const Shape claim_shape = SHAPE(Claim, claim_fields, NULL);

static const Field mark_fields[] = {
    FIELD(KindMark, rule, FIELD_TEXT),
    FIELD(KindMark, text, FIELD_TEXT),
};
static const Shape mark_shape = SHAPE(KindMark, mark_fields, create_mark);

static const Field signature_fields[] = {
    FIELD_RANGE(Signature, state, 0, SIGNATURE_WHOLE),
    FIELD(Signature, key, FIELD_TEXT),
    FIELD(Signature, recipient, FIELD_TEXT),
    FIELD(Signature, why, FIELD_TEXT),
    FIELD(Signature, expired, FIELD_BOOL),
    FIELD(Signature, other_body, FIELD_BOOL),
};
static const Shape signature_shape = SHAPE(Signature, signature_fields, NULL);

static const Field returned_fields[] = {
    FIELD_RANGE(Returned, where, 0, RETURNED_TEXT),
    FIELD_OF(Returned, headers, FIELD_LIST, LIST_MAX, header_shape),
    FIELD(Returned, from, FIELD_TEXT),
    FIELD_MANY(Returned, to, LIST_MAX),
    FIELD(Returned, subject, FIELD_TEXT),
    FIELD(Returned, message_id, FIELD_TEXT),
    FIELD_MANY(Returned, references, LIST_MAX),
    FIELD(Returned, return_path, FIELD_TEXT),
    FIELD(Returned, date, FIELD_TIME),
    FIELD(Returned, whole, FIELD_BOOL),
    FIELD(Returned, announced, FIELD_BOOL),
    FIELD_OF(Returned, signature, FIELD_STRUCT, 0, signature_shape),
};
static const Shape returned_shape = SHAPE(Returned, returned_fields, NULL);

static const Field bounce_fields[] = {
    FIELD_RANGE(Bounce, kind, 0, KIND_COUNT - 1),
    FIELD(Bounce, format, FIELD_CONSTANT),
    FIELD_OF(Bounce, headers, FIELD_LIST, LIST_MAX, header_shape),
    FIELD(Bounce, reporting_mta, FIELD_TEXT),
    FIELD(Bounce, from, FIELD_TEXT),
    FIELD(Bounce, from_domain, FIELD_TEXT),
    FIELD(Bounce, return_path, FIELD_TEXT),
    FIELD_MANY(Bounce, delivered_to, DELIVERED_TO_MAX),
    FIELD(Bounce, in_reply_to, FIELD_TEXT),
    FIELD(Bounce, null_return_path, FIELD_BOOL),
    FIELD(Bounce, arrival_date, FIELD_TIME),
    FIELD_OF(Bounce, recipients, FIELD_LIST, LIST_MAX, recipient_shape),
    FIELD_OF(Bounce, returned, FIELD_STRUCT, 0, returned_shape),
    FIELD_OF(Bounce, claims, FIELD_INLINE, LIST_MAX, claim_shape),
    FIELD_OF(Bounce, marks, FIELD_LIST, LIST_MAX, mark_shape),
    FIELD(Bounce, has_report, FIELD_BOOL),
    FIELD(Bounce, has_diagnostic, FIELD_BOOL),
    FIELD(Bounce, names_address, FIELD_BOOL),
    FIELD(Bounce, talks, FIELD_BOOL),
    FIELD_MANY(Bounce, links, LIST_MAX),
    FIELD_MANY(Bounce, lures, LIST_MAX),
    FIELD_MANY(Bounce, baits, LIST_MAX),
    FIELD(Bounce, text, FIELD_TEXT),
};
static const Shape bounce_shape = SHAPE(Bounce, bounce_fields, NULL);

static const Field reading_fields[] = {
    FIELD(Reading, message_id, FIELD_TEXT),
    FIELD(Reading, from, FIELD_TEXT),
    FIELD(Reading, subject, FIELD_TEXT),
    FIELD(Reading, date, FIELD_TIME),
    FIELD(Reading, sha256, FIELD_TEXT),
    FIELD_OF(Reading, outer, FIELD_LIST, HOPS_MAX, hop_shape),
    FIELD_OF(Reading, returned, FIELD_LIST, HOPS_MAX, hop_shape),
};
static const Shape reading_shape = SHAPE(Reading, reading_fields, NULL);

/* What every reader of these structs may take for granted. */
static bool reading_is_whole(const Reading *reading)
{
    const GPtrArray *lists[] = {reading->bounce->headers, reading->bounce->returned.headers};
    for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
        for (guint i = 0; i < lists[k]->len; i++) {
            const Header *header = lists[k]->pdata[i];
            if (!header->name || !header->value)
                return false;
        }
    for (guint i = 0; i < reading->bounce->marks->len; i++) {
        const KindMark *mark = reading->bounce->marks->pdata[i];
        if (!mark->rule || !mark->text)
            return false;
    }
    for (guint i = 0; i < reading->bounce->claims->len; i++)
        if (!g_array_index(reading->bounce->claims, Claim, i).text)
            return false;
    return !reading->sha256 || strlen(reading->sha256) == SHA256_HEX;
}

void reading_pack(GByteArray *to, const Reading *reading)
{
    fields_pack(to, &reading_shape, reading);
    fields_pack(to, &bounce_shape, reading->bounce);
}

void reading_forget(Reading *reading)
{
    fields_forget(&reading_shape, reading);
    fields_forget(&bounce_shape, reading->bounce);
}

static Reading *reading_from(Unpack from)
{
    g_autoptr(Reading) reading = from.known ? reading_new_borrowing() : reading_new();
    if (!reading->bounce)
        reading->bounce = bounce_new();
    fields_unpack(&from, &reading_shape, reading);
    fields_unpack(&from, &bounce_shape, reading->bounce);
    if (!unpack_finished(&from) || !reading_is_whole(reading))
        return NULL;
    Signature *signature = &reading->bounce->returned.signature;
    if (!signature->key) /* no process that is to be believed says so */
        signature->state = SIGNATURE_NONE;
    reading_close(reading);
    return g_steal_pointer(&reading);
}

Reading *reading_unpack(Span bytes)
{
    return reading_from(unpack_new(bytes.p, bytes.n));
}

Reading *reading_unpack_known(Span bytes)
{
    Unpack from = unpack_new(bytes.p, bytes.n);
    from.known = true;
    return reading_from(from);
}
