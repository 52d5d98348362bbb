/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The returned message: in a part of its own, in a part's own header, or as a block of headers in
 * the text, indented, quoted or neither. */
#include "bounce/returned.h"

#include <string.h>

#include "base/address.h"
#include "bounce/message_id.h"
#include "message/header_decode.h"
#include "message/undress.h"
#include "words/header_run.h"
#include "words/text.h"

/* Most addresses and ids that are taken from the returned header. */
#define TO_MAX         10000
#define REFERENCES_MAX 20

/* --- in parts --------------------------------------------------------------------------------- */

static bool is_header_block(const GPtrArray *headers)
{
    return headers_get(headers, "Received") || headers_get(headers, "From") ||
           headers_get(headers, "Message-ID") || headers_get(headers, "Subject") ||
           headers_get(headers, "To");
}

static void take_headers(Returned *returned, GPtrArray *headers)
{
    g_ptr_array_unref(returned->headers);
    returned->headers = g_ptr_array_ref(headers);
}

/* The header in @text, whatever it is dressed in; @whole: something follows it. The caller unrefs
 * it. */
static GPtrArray *parse_dressed(Span text, bool *whole)
{
    Span rest = {"", 0};
    g_autofree char *shape = NULL;
    GString *plain = undress(text, &shape, NULL);
    g_autofree char *hard = text_harden((Span){plain->str, plain->len});
    GPtrArray *headers =
        headers_parse(hard ? span_of(hard) : (Span){plain->str, plain->len}, &rest);
    *whole = span_trim(rest).n > 0;
    g_string_free(plain, TRUE);
    return headers;
}

/* True if part @i holds the returned message. */
static bool take_part(const BounceSource *source, guint i, Returned *returned)
{
    const Part *part = message_part(source->message, i);
    int child = message_child(source->message, (int)i, -1);
    bool headers_only = strstr(part->type, "headers") || strstr(part->type, "rfc822-header");
    if (child >= 0 && source->structure.role[child] == ROLE_INSIDE) {
        const Part *root = message_part(source->message, (guint)child);
        if (!is_header_block(root->headers))
            return false;
        take_headers(returned, root->headers);
        returned->whole = root->size > 0 || message_child(source->message, child, -1) >= 0;
    } else if (strcmp(part->type, "text/plain") == 0 || strcmp(part->type, "text/html") == 0) {
        take_headers(returned, part->headers);
    } else {
        bool whole = false;
        g_autoptr(GPtrArray) headers =
            part->text ? parse_dressed(span_of(part->text), &whole) : g_ptr_array_new();
        GPtrArray *best = is_header_block(headers) ? headers : part->headers;
        if (!is_header_block(best))
            return false;
        take_headers(returned, best);
        returned->whole = !headers_only && whole;
    }
    returned->where = headers_only ? RETURNED_HEADERS : RETURNED_RFC822;
    return true;
}

/* An attachment without a telling type whose text begins as a header does. */
static bool take_attachment(const BounceSource *source, guint i, Returned *returned)
{
    const Part *part = message_part(source->message, i);
    bool whole = false;
    if (!part->text || source->structure.role[i] != ROLE_OTHER)
        return false;
    g_autoptr(GPtrArray) headers = parse_dressed(span_of(part->text), &whole);
    if (!headers_get(headers, "Received") && !headers_get(headers, "Message-ID"))
        return false;
    take_headers(returned, headers);
    returned->where = RETURNED_RFC822;
    returned->whole = whole;
    return true;
}

int returned_part(const BounceSource *source, Returned *out)
{
    guint n = source->message->parts->len;
    for (int pass = 0; pass < 2; pass++) /* the one behind the report first */
        for (guint i = 0; i < n; i++)
            if (source->structure.role[i] == ROLE_MESSAGE &&
                (pass == 1 || (int)i > source->structure.status) && take_part(source, i, out))
                return (int)i;
    for (guint i = 0; i < n; i++)
        if (take_attachment(source, i, out))
            return (int)i;
    return -1;
}

/* --- in text ---------------------------------------------------------------------------------- */

static ReturnedPlace from_text(const char *text, Returned *returned)
{
    HeaderRun run;
    if (!header_run_find(text, &run))
        return (ReturnedPlace){0};
    bool certain = run.rank == RUN_CERTAIN;
    if (returned->where == RETURNED_NONE) {
        g_autoptr(GString) block = header_run_text(text, &run);
        g_autofree char *hard = text_harden((Span){block->str, block->len});
        g_autoptr(GPtrArray) headers =
            headers_parse(hard ? span_of(hard) : (Span){block->str, block->len}, NULL);
        take_headers(returned, headers);
        returned->where = headers->len ? RETURNED_TEXT : RETURNED_NONE;
        returned->announced = run.marked && !run.quoted;
        returned->whole = certain && span_trim(span_of(text + run.end)).n > 0;
    }
    return (ReturnedPlace){.found = true,
                           .certain = certain,
                           .announced = run.marked,
                           .at = run.start,
                           .first = run.first,
                           .last = run.last};
}

/* --- what it says ----------------------------------------------------------------------------- */

static void add_addresses(GPtrArray *to, const GPtrArray *headers, const char *name)
{
    g_autoptr(GPtrArray) values = headers_all(headers, name);
    for (guint i = 0; i < values->len && to->len < TO_MAX; i++)
        address_list_add(to, values->pdata[i], TO_MAX);
}

void returned_describe(Returned *returned)
{
    const GPtrArray *headers = returned->headers;
    const char *from = headers_get(headers, "From");
    const char *path = headers_get(headers, "Return-Path");
    const char *subject = headers_get(headers, "Subject");
    const char *id = headers_get(headers, "Message-ID");
    const char *when = headers_get(headers, "Date");
    Date date;
    returned->from = address_bounded(from);
    returned->return_path = address_bounded(path);
    returned->subject = subject ? header_decode(subject) : NULL;
    char *bare = id ? message_id_bare(span_of(id)) : NULL;
    if (bare) { /* else what a report says of it stays */
        g_free(returned->message_id);
        returned->message_id = bare;
    }
    if (when && date_parse(span_of(when), &date))
        returned->date = date.utc != TIME_NONE ? date.utc : date.local;
    add_addresses(returned->to, headers, "To");
    add_addresses(returned->to, headers, "Cc");
    message_ids_add(returned->references, headers_get(headers, "In-Reply-To"), REFERENCES_MAX);
    message_ids_add(returned->references, headers_get(headers, "References"), REFERENCES_MAX);
}

ReturnedPlace returned_read(const BounceSource *source, const char *text, Returned *out)
{
    returned_part(source, out);
    ReturnedPlace place = from_text(text, out);
    returned_describe(out);
    return place;
}
