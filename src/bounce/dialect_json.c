/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amazon SES by way of SNS: the report is JSON in the text, sometimes as a string inside JSON. */
#include "bounce/dialect_json.h"

#include <jansson.h>
#include <string.h>

#include "base/autoptr.h"
#include "bounce/report_field.h"
#include "words/reply.h"

#define JSON_MAX         (128u << 10)
#define JSON_HEADERS_MAX 1000

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
    g_autoptr(json_t) whole = json_loadb(text.p, text.n, JSON_DISABLE_EOF_CHECK, &error);
    const char *inner = whole ? text_of(whole, "Message") : NULL;
    return inner ? json_loads(inner, JSON_DISABLE_EOF_CHECK, &error) : g_steal_pointer(&whole);
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

static void add_recipient(RecipientList *list, const json_t *one, const char *action, Tri permanent)
{
    const char *address =
        json_is_string(one) ? json_string_value(one) : text_of(one, "emailAddress");
    const char *status = text_of(one, "status"), *said = text_of(one, "diagnosticCode");
    char code[STATUS_SIZE];
    Recipient *recipient = address ? recipient_list_add(list, address) : NULL;
    if (!recipient)
        return;
    g_free(recipient->action);
    recipient->action = g_strdup(action);
    recipient->permanent = permanent;
    if (status && !recipient->status && reply_status_find(span_of(status), code, NULL))
        recipient->status = g_strdup(code);
    if (said)
        recipient_say(recipient, report_untyped(span_of(said)));
}

/* "Undetermined" says nothing of whether another try would help. */
static Tri permanence(const char *type)
{
    return !type                            ? TRI_UNKNOWN
           : strcmp(type, "Permanent") == 0 ? TRI_YES
           : strcmp(type, "Transient") == 0 ? TRI_NO
                                            : TRI_UNKNOWN;
}

/* Where SES was not asked for all headers, it gives some of them another way. */
static void read_common(Returned *returned, const json_t *common)
{
    static const char *const names[][2] = {{"from", "From"},
                                           {"to", "To"},
                                           {"subject", "Subject"},
                                           {"date", "Date"},
                                           {"messageId", "Message-ID"}};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const json_t *value = json_object_get(common, names[i][0]);
        const json_t *first = json_is_array(value) ? json_array_get(value, 0) : value;
        const char *text = json_string_value(first);
        if (text)
            g_ptr_array_add(returned->headers, header_new(span_of(names[i][1]), span_of(text)));
    }
}

static void read_mail(Returned *returned, const json_t *mail)
{
    const json_t *headers = json_object_get(mail, "headers"), *header;
    size_t i;
    json_array_foreach(headers, i, header)
    {
        const char *name = text_of(header, "name"), *value = text_of(header, "value");
        if (name && value && i < JSON_HEADERS_MAX)
            g_ptr_array_add(returned->headers, header_new(span_of(name), span_of(value)));
    }
    if (returned->headers->len == 0)
        read_common(returned, json_object_get(mail, "commonHeaders"));
    if (returned->headers->len && returned->where == RETURNED_NONE) {
        returned->where = RETURNED_TEXT;
        returned_describe(returned);
    }
}

static void read_notification(const json_t *notification, RecipientList *list, Bounce *out)
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
            add_recipient(list, one, types[k].action, permanence(text_of(object, "bounceType")));
        if (host)
            out->reporting_mta = span_dup_utf8(report_untyped(span_of(host)));
        read_mail(&out->returned, json_object_get(notification, "mail"));
        out->kind = types[k].kind;
        out->has_report = true;
        bounce_mark_add(out, "json-report",
                        g_strdup_printf("It is a %s notification of Amazon SES.", type));
        return;
    }
}

void dialect_json_read(const BounceSource *source, BounceText *text, RecipientList *list,
                       Bounce *out)
{
    const char *open = strchr(text->whole, '{');
    if (!open || !(source->sender.daemon || source->sender.automatic))
        return;
    g_autofree char *json = unwrapped(span_sub(span_of(open), 0, JSON_MAX));
    g_autoptr(json_t) notification = load(span_of(json));
    if (notification)
        read_notification(notification, list, out);
}
