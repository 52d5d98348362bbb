/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounces: names and lives. */
#include "bounce/bounce.h"

#include <string.h>

#include "base/names.h"

static const char *const kind_names[] = {
    [KIND_NONE] = "none",
    [KIND_FAILURE] = "failure",
    [KIND_DELAY] = "delay",
    [KIND_SUCCESS] = "success",
    [KIND_AUTO_REPLY] = "auto-reply",
    [KIND_CHALLENGE] = "challenge",
    [KIND_VIRUS_NOTICE] = "virus-notice",
    [KIND_READ_RECEIPT] = "read-receipt",
    [KIND_ABUSE_REPORT] = "abuse-report",
};

static const char *const reason_names[] = {
    [REASON_NONE] = NULL,
    [REASON_USER_UNKNOWN] = "user-unknown",
    [REASON_HOST_UNKNOWN] = "host-unknown",
    [REASON_MAILBOX_FULL] = "mailbox-full",
    [REASON_TOO_BIG] = "too-big",
    [REASON_SPAM] = "spam",
    [REASON_VIRUS] = "virus",
    [REASON_POLICY] = "policy",
    [REASON_RATE_LIMITED] = "rate-limited",
    [REASON_NOT_AUTHENTICATED] = "not-authenticated",
    [REASON_RELAY_DENIED] = "relay-denied",
    [REASON_EXPIRED] = "expired",
    [REASON_MOVED] = "moved",
    [REASON_NETWORK] = "network",
    [REASON_SYSTEM] = "system",
    [REASON_SYNTAX] = "syntax",
    [REASON_FILTERED] = "filtered",
    [REASON_SUSPENDED] = "suspended",
    [REASON_OTHER] = "other",
};

static const char *const reason_where_names[] = {
    [WHERE_NONE] = NULL,       [WHERE_REPLY] = "reply", [WHERE_DIAGNOSTIC] = "diagnostic",
    [WHERE_STATUS] = "status", [WHERE_CODE] = "code",   [WHERE_TEXT] = "text",
};

static const char *const where_names[] = {
    [RETURNED_NONE] = "none",
    [RETURNED_RFC822] = "rfc822",
    [RETURNED_HEADERS] = "rfc822-headers",
    [RETURNED_TEXT] = "text",
};

const char *bounce_kind_name(BounceKind kind)
{
    return kind_names[kind];
}

int bounce_kind_from_name(const char *name)
{
    return names_find(kind_names, G_N_ELEMENTS(kind_names), name);
}

const char *reason_name(Reason reason)
{
    return reason_names[reason];
}

int reason_from_name(const char *name)
{
    return names_find(reason_names, G_N_ELEMENTS(reason_names), name);
}

const char *reason_where_name(ReasonWhere where)
{
    return reason_where_names[where];
}

const char *returned_where_name(ReturnedWhere where)
{
    return where_names[where];
}

void signature_clear(Signature *signature)
{
    g_free(signature->key);
    g_free(signature->recipient);
    g_free(signature->why);
    *signature = (Signature){0};
}

bool bounce_kind_is_bounce(BounceKind kind)
{
    return kind == KIND_FAILURE || kind == KIND_DELAY || kind == KIND_SUCCESS;
}

Recipient *recipient_new(void)
{
    Recipient *recipient = g_new(Recipient, 1);
    *recipient = (Recipient){.permanent = TRI_UNKNOWN, .retry_until = TIME_NONE};
    return recipient;
}

void recipient_free(Recipient *recipient)
{
    if (!recipient)
        return;
    g_free(recipient->final);
    g_free(recipient->original);
    g_free(recipient->action);
    g_free(recipient->status);
    g_free(recipient->diagnostic);
    g_free(recipient->remote_mta);
    g_free(recipient->reason_words);
    g_free(recipient);
}

static void claim_clear(gpointer data)
{
    Claim *claim = data;
    g_free(claim->host);
    g_free(claim->text);
}

static void mark_free(gpointer data)
{
    KindMark *mark = data;
    g_free(mark->rule);
    g_free(mark->text);
    g_free(mark);
}

void bounce_renew(Bounce *bounce)
{
    *bounce = (Bounce){
        .headers = bounce->headers,
        .delivered_to = bounce->delivered_to,
        .arrival_date = TIME_NONE,
        .recipients = bounce->recipients,
        .returned = {.headers = bounce->returned.headers,
                     .to = bounce->returned.to,
                     .references = bounce->returned.references,
                     .date = TIME_NONE},
        .claims = bounce->claims,
        .marks = bounce->marks,
        .links = bounce->links,
        .lures = bounce->lures,
        .baits = bounce->baits,
    };
}

Bounce *bounce_new(void)
{
    Bounce *bounce = g_new0(Bounce, 1);
    bounce_renew(bounce);
    bounce->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)recipient_free);
    bounce->headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    bounce->returned.headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    bounce->returned.to = g_ptr_array_new_with_free_func(g_free);
    bounce->returned.references = g_ptr_array_new_with_free_func(g_free);
    bounce->delivered_to = g_ptr_array_new_with_free_func(g_free);
    bounce->claims = g_array_new(FALSE, TRUE, sizeof(Claim));
    g_array_set_clear_func(bounce->claims, claim_clear);
    bounce->marks = g_ptr_array_new_with_free_func(mark_free);
    bounce->links = g_ptr_array_new_with_free_func(g_free);
    bounce->lures = g_ptr_array_new_with_free_func(g_free);
    bounce->baits = g_ptr_array_new_with_free_func(g_free);
    return bounce;
}

void bounce_free(Bounce *bounce)
{
    if (!bounce)
        return;
    g_free(bounce->reporting_mta);
    g_free(bounce->return_path);
    g_free(bounce->in_reply_to);
    g_ptr_array_unref(bounce->delivered_to);
    g_ptr_array_unref(bounce->returned.references);
    g_free(bounce->returned.return_path);
    g_free(bounce->from);
    g_free(bounce->from_domain);
    g_ptr_array_unref(bounce->recipients);
    g_ptr_array_unref(bounce->headers);
    g_ptr_array_unref(bounce->returned.headers);
    g_free(bounce->returned.from);
    g_ptr_array_unref(bounce->returned.to);
    g_free(bounce->returned.subject);
    g_free(bounce->returned.message_id);
    signature_clear(&bounce->returned.signature);
    g_array_unref(bounce->claims);
    g_ptr_array_unref(bounce->marks);
    g_ptr_array_unref(bounce->links);
    g_ptr_array_unref(bounce->lures);
    g_ptr_array_unref(bounce->baits);
    g_free(bounce->text);
    g_free(bounce);
}

void bounce_mark_add(Bounce *bounce, const char *rule, char *text)
{
    KindMark *mark = g_new0(KindMark, 1);
    mark->rule = g_strdup(rule);
    mark->text = text;
    g_ptr_array_add(bounce->marks, mark);
}
