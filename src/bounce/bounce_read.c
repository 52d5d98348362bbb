/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which a bounce is read. Each step is given what the steps before it made, and cannot
 * change that: the source, then the returned message, then the text in front of it, then the
 * recipients, then the kind, and last what is only asked of a bounce. */
#include "bounce/bounce_read.h"

#include <string.h>

#include "base/address.h"
#include "bounce/claims.h"
#include "bounce/dialects.h"
#include "bounce/links.h"
#include "bounce/message_id.h"
#include "bounce/reason.h"
#include "bounce/recipients.h"
#include "bounce/recognise.h"
#include "bounce/report.h"
#include "bounce/reporter_name.h"
#include "words/phrases.h"
#include "words/reply.h"

/* Most of the text that is kept, in bytes. */
#define TEXT_KEPT (64u << 10)

/* Headers that name whom a message was delivered to. */
static const char *const addressed[] = {"To", "Delivered-To", "X-Original-To", "Envelope-To",
                                        "X-Envelope-To"};

static void read_delivered(const BounceSource *source, GPtrArray *out)
{
    for (gsize i = 0; i < G_N_ELEMENTS(addressed); i++) {
        g_autoptr(GPtrArray) values = headers_all(message_headers(source->message), addressed[i]);
        for (guint k = 0; k < values->len && out->len < DELIVERED_TO_MAX; k++)
            address_list_add(out, values->pdata[k], DELIVERED_TO_MAX);
    }
}

/* What the header of the message itself says, whatever its kind. */
static void read_header(const BounceSource *source, Bounce *out)
{
    const Sender *sender = &source->sender;
    const char *answered = source_header(source, "In-Reply-To");
    out->from = g_strdup(sender->from);
    out->from_domain = g_strdup(sender->from_domain);
    out->return_path = g_strdup(sender->return_path);
    out->null_return_path = sender->null_return_path;
    out->in_reply_to = answered ? message_id_bare(span_of(answered)) : NULL;
    read_delivered(source, out->delivered_to);
}

/* Where it is none of ours: only what is known of the message itself stays. */
static Bounce *forget(const BounceSource *source, Bounce *bounce)
{
    bounce_free(bounce);
    Bounce *none = bounce_new();
    read_header(source, none);
    return none;
}

/* The reply to what was delivered: "250 2.0.0 Ok: queued as 4F2AB". */
static void take_success(Recipient *one)
{
    Reply reply;
    if (one->reply_code || !reply_find_success(span_of(one->diagnostic), &reply))
        return;
    one->reply_code = reply.code;
    if (!one->status && reply.status[0])
        one->status = g_strdup(reply.status);
}

/* Failure, delay and success each have recipients with an action and, the first two, a reason. */
static void decide_reasons(const BounceText *text, Bounce *out)
{
    static const char *const actions[] = {
        [KIND_FAILURE] = "failed", [KIND_DELAY] = "delayed", [KIND_SUCCESS] = NULL};
    if (!bounce_kind_is_bounce(out->kind))
        return;
    ReasonContext context = reason_context(text->human, out->kind);
    for (guint i = 0; i < out->recipients->len; i++) {
        Recipient *one = out->recipients->pdata[i];
        if (!one->action && actions[out->kind])
            one->action = g_strdup(actions[out->kind]);
        if (out->kind == KIND_SUCCESS)
            take_success(one);
        reason_decide(one, &context);
    }
}

static Bounce *read_possible(const BounceSource *source, Bounce *out)
{
    BounceText text;
    RecipientList *list = recipient_list_new();
    report_read(source, list, out);
    char *whole = source_text(source);
    ReturnedPlace place = returned_read(source, whole, &out->returned);
    bounce_text_read(&text, source, whole, &place);
    dialect_find(source, &text, list, out);
    recipients_read(source, &text, list, out);
    g_ptr_array_unref(out->recipients);
    out->recipients = recipient_list_take(list);
    recognise(source, &text, out);
    if (out->kind == KIND_NONE) {
        out = forget(source, out);
    } else {
        if (!out->reporting_mta)
            out->reporting_mta = reporter_name_read(&text);
        out->talks = (text.in_text & (MEANS_TALK | MEANS(MEANS_RETURNED))) != 0;
        claims_read(source, &text, out);
        links_read(source, &text, out);
        decide_reasons(&text, out);
        out->text = span_dup_utf8(span_sub(text.human, 0, TEXT_KEPT));
        out->names_address = strchr(out->text, '@') != NULL;
    }
    bounce_text_clear(&text);
    return out;
}

Bounce *bounce_read(const Message *message)
{
    BounceSource source;
    Bounce *bounce = bounce_new();
    source_read(&source, message);
    read_header(&source, bounce);
    if (recognise_possible(&source))
        bounce = read_possible(&source, bounce);
    source_clear(&source);
    return bounce;
}
