/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reading: bytes -> Message -> Bounce and hops. */
#include "analysis/reading.h"

#include <string.h>

#include "analysis/reading_headers.h"
#include "analysis/reading_private.h"
#include "analysis/signature.h"
#include "bounce/bounce_read.h"
#include "bounce/message_id.h"
#include "message/header_decode.h"
#include "message/mime.h"

/* --- the object ------------------------------------------------------------------------------- */

Reading *reading_new(void)
{
    Reading *reading = g_new0(Reading, 1);
    reading->refs = 1;
    reading->date = TIME_NONE;
    reading->outer = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    reading->returned = g_ptr_array_new_with_free_func((GDestroyNotify)hop_free);
    return reading;
}

static void reading_free(gpointer data)
{
    Reading *reading = data;
    g_free(reading->message_id);
    g_free(reading->from);
    g_free(reading->subject);
    g_free(reading->sha256);
    bounce_free(reading->bounce);
    g_ptr_array_unref(reading->outer);
    g_ptr_array_unref(reading->returned);
    g_free(reading->claims);
    g_free(reading->headers);
    g_free(reading);
}

/* Where twenty thousand are judged again, making and freeing the lists of each is a tenth of the
 * work: each thread keeps one reading that nobody has, and its lists serve the next. */
static GPrivate *spare_place(void)
{
    static GPrivate spare = G_PRIVATE_INIT(reading_free);
    return &spare;
}

Reading *reading_new_borrowing(void)
{
    Reading *reading = g_private_get(spare_place());
    if (reading)
        g_private_set(spare_place(), NULL);
    else
        reading = reading_new();
    reading->borrows = true;
    return reading;
}

/* An empty one again, but for what is in its lists. */
static void reading_renew(Reading *reading)
{
    Bounce *bounce = reading->bounce;
    g_free(reading->claims);
    g_free(reading->headers);
    *reading = (Reading){.refs = 1,
                         .date = TIME_NONE,
                         .bounce = bounce,
                         .outer = reading->outer,
                         .returned = reading->returned};
    if (bounce)
        bounce_renew(bounce);
}

Reading *reading_ref(const Reading *reading)
{
    Reading *shared = (Reading *)(gsize)reading;
    shared->refs++;
    return shared;
}

void reading_unref(Reading *reading)
{
    if (!reading || --reading->refs > 0)
        return;
    if (reading->borrows) {
        reading_forget(reading);
        reading_renew(reading);
        if (!g_private_get(spare_place())) {
            g_private_set(spare_place(), reading);
            return;
        }
    }
    reading_free(reading);
}

/* --- what the walk takes ---------------------------------------------------------------------- */

static InjectionSource source_of(ClaimSource source)
{
    static const InjectionSource sources[] = {
        [CLAIM_SENTENCE] = INJECTION_SENTENCE,
        [CLAIM_DSN_FIELD] = INJECTION_DSN_FIELD,
        [CLAIM_ORIGINATING_IP] = INJECTION_ORIGINATING_IP,
        [CLAIM_DIAGNOSTIC] = INJECTION_DIAGNOSTIC,
    };
    return sources[source];
}

static void claims_add(Reading *reading)
{
    const GArray *claims = reading->bounce->claims;
    reading->claims = claims->len ? g_new(TraceClaim, claims->len) : NULL;
    for (guint i = 0; i < claims->len; i++) {
        const Claim *claim = &g_array_index(claims, Claim, i);
        reading->claims[i] = (TraceClaim){source_of(claim->source), claim->ip, claim->host};
    }
}

/* Into @out, which has the room. */
static void headers_put(TraceHeader *out, const GPtrArray *headers)
{
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        out[i] = (TraceHeader){header->name, header->value, header->above};
    }
}

static const char *failed_recipient(const Bounce *bounce)
{
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *recipient = bounce->recipients->pdata[i];
        if (recipient->final || recipient->original)
            return recipient->final ? recipient->final : recipient->original;
    }
    return NULL;
}

/* The returned lines stand in running text, and may be words of the sender that somebody quotes: no
 * words of a mail system announce them, or it answers instead of reporting whom it did not reach.
 */
static bool is_quoted(const Bounce *bounce)
{
    if (bounce->returned.where != RETURNED_TEXT)
        return false;
    bool answers = bounce->kind == KIND_AUTO_REPLY || bounce->kind == KIND_CHALLENGE;
    return answers || !bounce->returned.announced || !failed_recipient(bounce);
}

void reading_close(Reading *reading)
{
    const Bounce *bounce = reading->bounce;
    claims_add(reading);
    guint own = bounce->headers->len, returned = bounce->returned.headers->len;
    reading->headers = g_new(TraceHeader, own + returned + 1);
    headers_put(reading->headers, bounce->headers);
    headers_put(reading->headers + own, bounce->returned.headers);
    reading->input = (TraceInput){
        .outer = reading->outer,
        .returned = reading->returned,
        .outer_headers = reading->headers,
        .outer_header_count = own,
        .returned_headers = reading->headers + own,
        .returned_header_count = returned,
        .claims = reading->claims,
        .claim_count = bounce->kind == KIND_NONE ? 0 : bounce->claims->len,
        .reporting_mta = bounce->reporting_mta,
        .from = bounce->from,
        .from_domain = bounce->from_domain,
        .failed_recipient = failed_recipient(bounce),
        .returned_message_id = bounce->returned.message_id,
        .returned_date = bounce->returned.date,
        .arrival_date = bounce->arrival_date,
        .returned_is_quoted = is_quoted(bounce),
        .returned_to = bounce->returned.to,
        .returned_has_list_id = headers_get(bounce->returned.headers, "List-Id") != NULL,
    };
}

/* --- reading ---------------------------------------------------------------------------------- */

static void hops_read(GPtrArray *hops, const GPtrArray *headers)
{
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        if (header_is(header, "Received"))
            g_ptr_array_add(hops, received_parse(span_of(header->value)));
    }
}

static void message_describe(Reading *reading, const Message *message)
{
    Date date;
    const char *id = message_header(message, "Message-ID");
    const char *when = message_header(message, "Date");
    reading->message_id = id ? message_id_bare(span_of(id)) : NULL;
    reading->from = header_decode(message_header(message, "From"));
    reading->subject = header_decode(message_header(message, "Subject"));
    if (when && date_parse(span_of(when), &date))
        reading->date = date.utc != TIME_NONE ? date.utc : date.local;
}

/* When the message came to us: what the newest Received line says, else its own date. */
static gint64 arrival_of(const Reading *reading)
{
    const Hop *hop = reading->outer->len ? reading->outer->pdata[0] : NULL;
    return hop && hop->date.utc != TIME_NONE ? hop->date.utc : reading->date;
}

static void hops_forget_words(const GPtrArray *hops)
{
    for (guint i = 0; i < hops->len; i++)
        g_clear_pointer(&((Hop *)hops->pdata[i])->raw, g_free);
}

/* What stays of the message's own words: all, or what judging looks at. */
static void words_keep(Reading *reading, const GPtrArray *headers, bool all)
{
    Bounce *bounce = reading->bounce;
    GPtrArray *returned = bounce->returned.headers;
    g_ptr_array_unref(bounce->headers);
    bounce->headers = all ? reading_headers_all(headers) : reading_headers_outer(headers);
    bounce->returned.headers =
        all ? reading_headers_all(returned) : reading_headers_returned(returned);
    g_ptr_array_unref(returned);
    if (all)
        return;
    g_clear_pointer(&bounce->text, g_free);
    hops_forget_words(reading->outer);
    hops_forget_words(reading->returned);
}

Reading *reading_make(const char *bytes, gsize length, const GPtrArray *dkim_keys, guint wants)
{
    Reading *reading = reading_new();
    g_autoptr(Message) message = mime_read(bytes, length);
    if (wants & READING_HASH)
        reading->sha256 =
            g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    message_describe(reading, message);
    Bounce *bounce = reading->bounce = bounce_read(message);
    hops_read(reading->outer, message_headers(message));
    signature_look(bounce, bytes, length, dkim_keys, arrival_of(reading));
    if (bounce->kind != KIND_NONE)
        hops_read(reading->returned, bounce->returned.headers);
    words_keep(reading, message_headers(message), wants & READING_WORDS);
    reading_close(reading);
    return reading;
}

/* --- what the store is asked ------------------------------------------------------------------ */

GPtrArray *reading_references(const Reading *reading)
{
    return g_ptr_array_ref(reading->bounce->returned.references);
}

char *reading_answered_id(const Reading *reading)
{
    const Bounce *bounce = reading->bounce;
    if (bounce->returned.message_id || bounce_kind_is_bounce(bounce->kind))
        return g_strdup(bounce->returned.message_id);
    return g_strdup(bounce->in_reply_to);
}
