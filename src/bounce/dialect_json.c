/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amazon SES by way of SNS: the report is JSON in the text, sometimes as a string inside JSON. */
#include <jansson.h>
#include <string.h>

#include "bounce/dialects.h"

#define JSON_MAX (128u << 10)

static const struct {
    const char *type;
    BounceKind kind;
    const char *object, *list; /* where the recipients are */
    const char *action;
} types[] = {
    {"Bounce", KIND_FAILURE, "bounce", "bouncedRecipients", "failed"},
    {"Complaint", KIND_ABUSE_REPORT, "complaint", "complainedRecipients", NULL},
    {"Delivery", KIND_SUCCESS, "delivery", "recipients", "delivered"},
    {"DeliveryDelay", KIND_DELAY, "deliveryDelay", "delayedRecipients", "delayed"},
};

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The notification in @text, which may have other text behind it. NULL if there is none. */
static json_t *load(Span text)
{
    json_error_t error;
    json_t *whole = json_loadb(text.p, text.n, JSON_DISABLE_EOF_CHECK, &error);
    const char *inner = whole ? text_of(whole, "Message") : NULL;
    if (inner) {
        json_t *message = json_loads(inner, JSON_DISABLE_EOF_CHECK, &error);
        json_decref(whole);
        whole = message;
    }
    return whole;
}

/* Line breaks that a mailer put into long strings are none of JSON's. */
static char *unwrapped(Span text)
{
    GString *out = g_string_sized_new(text.n);
    for (gsize i = 0; i < text.n; i++) {
        bool cut = text.p[i] == '!' && i + 1 < text.n && text.p[i + 1] == '\n';
        if (text.p[i] == '\n' || cut) {
            i += cut;
            while (i + 1 < text.n && text.p[i + 1] == ' ')
                i++;
            g_string_append(out, cut ? "" : " ");
        } else {
            g_string_append_c(out, text.p[i]);
        }
    }
    return g_string_free(out, FALSE);
}

static void add_recipient(Reading *r, const json_t *one, const char *action)
{
    const char *address =
        json_is_string(one) ? json_string_value(one) : text_of(one, "emailAddress");
    const char *status = text_of(one, "status"), *said = text_of(one, "diagnosticCode");
    char code[12];
    if (!address || r->bounce->recipients->len >= READ_RECIPIENTS_MAX)
        return;
    Recipient *recipient = recipient_new();
    recipient->final = g_strdup(address);
    recipient->action = g_strdup(action);
    if (status && status_find(span_of(status), code, NULL))
        recipient->status = g_strdup(code);
    if (said)
        recipient->diagnostic = span_dup_utf8(report_untyped(span_of(said)));
    g_ptr_array_add(r->bounce->recipients, recipient);
}

static void read_mail(Reading *r, const json_t *mail)
{
    const json_t *headers = json_object_get(mail, "headers"), *header;
    size_t i;
    json_array_foreach(headers, i, header)
    {
        const char *name = text_of(header, "name"), *value = text_of(header, "value");
        if (name && value && i < 1000)
            g_ptr_array_add(r->bounce->returned.headers, header_new(span_of(name), span_of(value)));
    }
    if (r->bounce->returned.headers->len && r->bounce->returned.where == RETURNED_NONE) {
        r->bounce->returned.where = RETURNED_TEXT;
        returned_describe(&r->bounce->returned);
    }
}

static void read_notification(Reading *r, const json_t *notification)
{
    const char *type = text_of(notification, "notificationType");
    if (!type)
        type = text_of(notification, "eventType");
    for (gsize k = 0; type && k < G_N_ELEMENTS(types); k++) {
        if (strcmp(types[k].type, type) != 0)
            continue;
        const json_t *object = json_object_get(notification, types[k].object), *one;
        const char *host = text_of(object, "reportingMTA");
        size_t i;
        if (!object)
            return;
        json_array_foreach(json_object_get(object, types[k].list), i, one)
            add_recipient(r, one, types[k].action);
        if (host)
            r->bounce->reporting_mta = span_dup_utf8(report_untyped(span_of(host)));
        read_mail(r, json_object_get(notification, "mail"));
        r->bounce->kind = types[k].kind;
        r->bounce->has_report = true;
        mark_add(r->bounce, "json-report",
                 g_strdup_printf("It is a %s notification of Amazon SES.", type));
        return;
    }
}

void dialect_json_read(Reading *r)
{
    const char *open = strchr(r->text, '{');
    if (!open || !(r->daemon || r->automatic))
        return;
    g_autofree char *text = unwrapped(span_sub(span_of(open), 0, JSON_MAX));
    json_t *notification = load(span_of(text));
    if (!notification)
        return;
    read_notification(r, notification);
    json_decref(notification);
}
