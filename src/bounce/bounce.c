/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bounce says: its data, and the order in which it is read. */
#include "bounce/bounce.h"

#include <string.h>

#include "base/address.h"
#include "bounce/reading.h"

static const char *const kind_names[KIND_COUNT] = {
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

static const char *const reason_names[REASON_COUNT] = {
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

static int name_find(const char *const *names, int count, const char *name)
{
    for (int i = 0; name && i < count; i++)
        if (names[i] && strcmp(names[i], name) == 0)
            return i;
    return -1;
}

const char *bounce_kind_name(BounceKind kind)
{
    return kind_names[kind];
}

int bounce_kind_from_name(const char *name)
{
    return name_find(kind_names, KIND_COUNT, name);
}

const char *reason_name(Reason reason)
{
    return reason_names[reason];
}

int reason_from_name(const char *name)
{
    return name_find(reason_names, REASON_COUNT, name);
}

const char *returned_where_name(ReturnedWhere where)
{
    static const char *const names[] = {"none", "rfc822", "rfc822-headers", "text"};
    return names[where];
}

const char *claim_source_name(ClaimSource source)
{
    static const char *const names[] = {"sentence", "dsn-field", "originating-ip", "diagnostic"};
    return names[source];
}

bool bounce_kind_is_bounce(BounceKind kind)
{
    return kind == KIND_FAILURE || kind == KIND_DELAY || kind == KIND_SUCCESS;
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

Recipient *recipient_new(void)
{
    Recipient *recipient = g_new0(Recipient, 1);
    recipient->permanent = TRI_UNKNOWN;
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
    g_free(recipient);
}

Bounce *bounce_new(void)
{
    Bounce *bounce = g_new0(Bounce, 1);
    bounce->arrival_date = TIME_NONE;
    bounce->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)recipient_free);
    bounce->returned.headers = g_ptr_array_new_with_free_func((GDestroyNotify)header_free);
    bounce->returned.to = g_ptr_array_new_with_free_func(g_free);
    bounce->returned.date = TIME_NONE;
    bounce->returned.signature = TRI_UNKNOWN;
    bounce->claims = g_array_new(FALSE, TRUE, sizeof(Claim));
    g_array_set_clear_func(bounce->claims, claim_clear);
    bounce->marks = g_ptr_array_new_with_free_func(mark_free);
    bounce->links = g_ptr_array_new_with_free_func(g_free);
    bounce->baits = g_ptr_array_new_with_free_func(g_free);
    return bounce;
}

void bounce_free(Bounce *bounce)
{
    if (!bounce)
        return;
    g_free(bounce->reporting_mta);
    g_free(bounce->from);
    g_free(bounce->from_domain);
    g_ptr_array_unref(bounce->recipients);
    g_ptr_array_unref(bounce->returned.headers);
    g_free(bounce->returned.from);
    g_ptr_array_unref(bounce->returned.to);
    g_free(bounce->returned.subject);
    g_free(bounce->returned.message_id);
    g_array_unref(bounce->claims);
    g_ptr_array_unref(bounce->marks);
    g_ptr_array_unref(bounce->links);
    g_ptr_array_unref(bounce->baits);
    g_free(bounce->text);
    g_free(bounce);
}

Bounce *bounce_read(const Message *message)
{
    Reading *reading = reading_new(message);
    Bounce *bounce = reading->bounce;
    returned_find(reading);
    report_read(reading);
    recognise(reading);
    if (bounce->kind != KIND_NONE) {
        recipients_read(reading);
        reasons_give(reading);
        claims_read(reading);
        text_finish(reading);
    }
    return reading_finish(reading);
}
