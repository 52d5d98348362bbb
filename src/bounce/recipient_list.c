/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recipients of a bounce while they are gathered: see recipient_list.h. */
#include "bounce/recipient_list.h"

#include <string.h>

#include "base/address.h"
#include "words/reply.h"

RecipientList *recipient_list_new(void)
{
    RecipientList *list = g_new0(RecipientList, 1);
    list->all = g_ptr_array_new_with_free_func((GDestroyNotify)recipient_free);
    list->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return list;
}

GPtrArray *recipient_list_take(RecipientList *list)
{
    GPtrArray *all = list->all;
    g_hash_table_unref(list->known);
    g_free(list);
    return all;
}

Recipient *recipient_list_append(RecipientList *list)
{
    if (list->all->len >= RECIPIENTS_MAX)
        return NULL;
    Recipient *one = recipient_new();
    g_ptr_array_add(list->all, one);
    return one;
}

Recipient *recipient_list_add(RecipientList *list, const char *address)
{
    g_autofree char *key = g_ascii_strdown(address, -1);
    Recipient *one = g_hash_table_lookup(list->known, key);
    if (one)
        return one;
    if (list->closed)
        return list->all->len == 1 ? list->all->pdata[0] : NULL;
    if (strlen(address) > ADDRESS_MAX || !(one = recipient_list_append(list)))
        return NULL;
    one->final = g_strdup(address);
    g_hash_table_insert(list->known, g_steal_pointer(&key), one);
    return one;
}

static void know(RecipientList *list, const char *name, Recipient *one)
{
    if (name)
        g_hash_table_insert(list->known, g_ascii_strdown(name, -1), one);
}

void recipient_list_know(RecipientList *list)
{
    g_hash_table_remove_all(list->known);
    for (guint i = 0; i < list->all->len; i++) {
        Recipient *one = list->all->pdata[i];
        know(list, one->final, one);
        know(list, one->original, one);
    }
}

bool recipient_has_reply(const Recipient *one)
{
    Reply reply;
    return one->diagnostic && reply_find(span_of(one->diagnostic), &reply);
}

void recipient_say(Recipient *one, Span text)
{
    if (text.n == 0 || (one->diagnostic && strlen(one->diagnostic) > DIAGNOSTIC_MAX))
        return;
    g_autofree char *more = span_dup_utf8(span_sub(text, 0, DIAGNOSTIC_MAX));
    g_strdelimit(more, "\r\n\t", ' ');
    if (one->diagnostic && strstr(one->diagnostic, more)) /* said in two languages, or twice */
        return;
    char *joined = one->diagnostic ? g_strconcat(one->diagnostic, " ", more, NULL) : g_strdup(more);
    g_free(one->diagnostic);
    one->diagnostic = joined;
}

void recipient_go_on(Recipient *one, Span text)
{
    if (!one->diagnostic || text.n == 0) {
        recipient_say(one, text);
        return;
    }
    if (strlen(one->diagnostic) > DIAGNOSTIC_MAX)
        return;
    g_autofree char *more = span_dup_utf8(span_sub(text, 0, DIAGNOSTIC_MAX));
    g_strdelimit(more, "\r\n\t", ' ');
    char *joined = g_strconcat(one->diagnostic, " ", more, NULL);
    g_free(one->diagnostic);
    one->diagnostic = joined;
}
