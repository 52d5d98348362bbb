/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signature on a returned message: see signature.h. */
#include "analysis/signature.h"

#include <string.h>

#include "dkim/dkim.h"
#include "message/mime.h"

static GPtrArray *failed_addresses(const Bounce *bounce)
{
    GPtrArray *list = g_ptr_array_new();
    for (guint i = 0; i < bounce->recipients->len; i++) {
        const Recipient *recipient = bounce->recipients->pdata[i];
        if (recipient->final)
            g_ptr_array_add(list, recipient->final);
        if (recipient->original)
            g_ptr_array_add(list, recipient->original);
    }
    return list;
}

/* The header as text again, one line a field. The folds are gone, and with them what a signature
 * over the simple form is about. */
static GString *header_text(const GPtrArray *headers)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        g_string_append_printf(text, "%s: %s\r\n", header->name, header->value);
    }
    return text;
}

static int header_compare(gconstpointer a, gconstpointer b)
{
    const Header *x = *(Header *const *)a, *y = *(Header *const *)b;
    int order = g_ascii_strcasecmp(x->name, y->name);
    return order ? order : strcmp(x->value, y->value);
}

static GPtrArray *sorted(const GPtrArray *headers)
{
    GPtrArray *list = g_ptr_array_sized_new(headers->len);
    for (guint i = 0; i < headers->len; i++)
        g_ptr_array_add(list, headers->pdata[i]);
    g_ptr_array_sort(list, header_compare);
    return list;
}

/* Both hold the same fields, in whatever order. */
static bool same_headers(const GPtrArray *a, const GPtrArray *b)
{
    g_autoptr(GPtrArray) x = sorted(a), y = sorted(b);
    if (x->len != y->len)
        return false;
    for (guint i = 0; i < x->len; i++)
        if (header_compare(&x->pdata[i], &y->pdata[i]) != 0)
            return false;
    return true;
}

/* Among the attached messages, as bytes, the one whose header was read as the returned one; NULL:
 * it stands in the text, or was changed in reading. Borrowed. */
static const MimeAttached *attached_choose(const GPtrArray *attached, const GPtrArray *headers)
{
    for (guint i = 0; i < attached->len; i++) {
        const MimeAttached *one = attached->pdata[i];
        g_autoptr(GPtrArray) its = headers_parse((Span){one->bytes, one->size}, NULL);
        if (same_headers(its, headers))
            return one;
    }
    return NULL;
}

static void signature_take(Signature *out, DkimResult *result)
{
    static const SignatureState states[] = {
        [DKIM_NONE] = SIGNATURE_NONE,       [DKIM_FAILS] = SIGNATURE_FAILS,
        [DKIM_REFUSED] = SIGNATURE_REFUSED, [DKIM_HEADERS] = SIGNATURE_HEADERS,
        [DKIM_WHOLE] = SIGNATURE_WHOLE,
    };
    signature_clear(out);
    out->state = states[result->state];
    out->key = g_steal_pointer(&result->key);
    out->recipient = g_steal_pointer(&result->recipient);
    out->why = g_steal_pointer(&result->why);
    out->expired = result->expired;
    out->other_body = result->other_body;
}

/* Most messages carry no signature of ours: the header as it was read tells. The bytes, for the
 * simple form and for the body, are looked for only where there is one. */
void signature_look(Bounce *bounce, const char *bytes, gsize length, const GPtrArray *keys,
                    gint64 when)
{
    const GPtrArray *headers = bounce->returned.headers;
    if (!keys || keys->len == 0 || !headers_get(headers, "DKIM-Signature"))
        return;
    g_autoptr(GPtrArray) failed = failed_addresses(bounce);
    g_autoptr(GString) text = header_text(headers);
    DkimMail mail = {.header = {text->str, text->len}, .refolded = true};
    g_autoptr(DkimResult) result = dkim_verify(&mail, keys, failed, when);
    if (result->state == DKIM_NONE)
        return;
    g_autoptr(GPtrArray) attached = mime_attached(bytes, length);
    const MimeAttached *one = attached_choose(attached, headers);
    if (one) {
        mail = dkim_mail_split((Span){one->bytes, one->size});
        mail.has_body = mail.has_body && !one->headers_only;
        dkim_result_free(result);
        result = dkim_verify(&mail, keys, failed, when);
    }
    signature_take(&bounce->returned.signature, result);
}
