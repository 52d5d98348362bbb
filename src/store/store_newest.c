/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See store_newest.h. Messages that are only counted cost next to nothing. */
#include "store/store_newest.h"

#include <string.h>

#include "base/id_term.h"
#include "store/store_private.h"

enum { DAY_S = 24 * 60 * 60, FIRST_DAYS = 30, OLDEST_DAYS = 20 * 365, GROWTH_MOST = 8 };
/* A part may have so many times what is wanted; so many messages are named at most. */
enum { FEW_TIMES = 8, NAMED_MOST = 512 };

/* Goes on by @count messages. By how many there were. */
static guint messages_pass(notmuch_messages_t *messages, guint count)
{
    guint passed = 0;
    for (; passed < count && notmuch_messages_valid(messages); passed++)
        notmuch_messages_move_to_next(messages);
    return passed;
}

/* The next @count of them, or fewer. The caller unrefs them before @messages is gone. */
static GPtrArray *messages_take(notmuch_messages_t *messages, guint count)
{
    GPtrArray *taken = g_ptr_array_new_with_free_func((GDestroyNotify)notmuch_message_destroy);
    while (taken->len < count && notmuch_messages_valid(messages)) {
        notmuch_message_t *message = notmuch_messages_get(messages);
        if (!message)
            break;
        g_ptr_array_add(taken, message);
        notmuch_messages_move_to_next(messages);
    }
    return taken;
}

/* "id:A or id:B ..." of @messages; NULL: they cannot be read. */
static char *ids_of(const GPtrArray *messages)
{
    GString *ids = g_string_new(NULL);
    bool good = true;
    for (guint i = 0; i < messages->len && good; i++) {
        const char *id = notmuch_message_get_message_id(messages->pdata[i]);
        g_autofree char *term = id ? id_term(id) : NULL;
        good = term != NULL;
        if (term)
            g_string_append_printf(ids, "%s%s", i ? " or " : "", term);
    }
    return g_string_free(ids, !good);
}

/* "date:@N..", also as a part of @query, which may be all ("*"). */
static char *since_text(const char *query, gint64 from)
{
    bool all = strcmp(query, "*") == 0;
    return g_strdup_printf("%s%s%sdate:@%" G_GINT64_FORMAT "..", all ? "" : "(", all ? "" : query,
                           all ? "" : ") and ", from);
}

/* As store_newest, of @messages, which are all since @from; *there is how many these are, so far as
 * it was counted. */
static char *newest_among(notmuch_messages_t *messages, gint64 from, guint count, guint *there)
{
    const bool named = count <= NAMED_MOST;
    *there = named ? 0 : messages_pass(messages, count - 1);
    g_autoptr(GPtrArray) taken = messages_take(messages, count - *there);
    *there += taken->len;
    if (*there < count)
        return NULL;
    const gint64 last = notmuch_message_get_date(taken->pdata[taken->len - 1]);
    *there += messages_pass(messages, count - 1);
    g_autoptr(GPtrArray) beyond = messages_take(messages, 1);
    if (beyond->len && notmuch_message_get_date(beyond->pdata[0]) == last)
        return named ? ids_of(taken) : NULL;
    *there += beyond->len + messages_pass(messages, FEW_TIMES * count);
    bool whole = from != TIME_NONE && !notmuch_messages_valid(messages);
    return since_text("*", whole ? from : last);
}

static char *newest_since(Store *store, const char *query, bool excluding, gint64 from, guint count,
                          guint *there)
{
    g_autofree char *text = from == TIME_NONE ? g_strdup(query) : since_text(query, from);
    notmuch_query_t *it = store_query_new(store, text, excluding);
    notmuch_messages_t *messages = NULL;
    char *newest = NULL;
    *there = 0;
    if (it && notmuch_query_search_messages(it, &messages) == NOTMUCH_STATUS_SUCCESS)
        newest = newest_among(messages, from, count, there);
    if (messages)
        notmuch_messages_destroy(messages);
    if (it)
        notmuch_query_destroy(it);
    return newest;
}

/* Further back, by how many there were; to the beginning at last. */
static void go_back(StoreNewest *looked, guint count)
{
    guint more = looked->there ? CLAMP(count / looked->there + 1, 2, GROWTH_MOST) : GROWTH_MOST;
    looked->days = looked->days ? looked->days * more : FIRST_DAYS;
}

/* notmuch sorts all that it gives: so a month is tried first. */
char *store_newest(Store *store, const char *query, bool excluding, guint count,
                   StoreNewest *looked)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    char *newest = NULL;
    bool all = false;
    while (!newest && !all) {
        if (count > looked->there)
            go_back(looked, count);
        all = looked->days > OLDEST_DAYS;
        gint64 from = all ? TIME_NONE : now - looked->days * DAY_S;
        newest = newest_since(store, query, excluding, from, count, &looked->there);
        all = all || count <= looked->there;
    }
    return newest;
}

char *store_newest_month(const char *query, char **older)
{
    g_autofree char *month =
        since_text("*", g_get_real_time() / G_USEC_PER_SEC - FIRST_DAYS * DAY_S);
    *older = store_newest_join(query, NULL, month);
    return store_newest_join(query, month, NULL);
}

char *store_newest_join(const char *query, const char *newest, const char *before)
{
    GString *part = g_string_new(NULL);
    g_string_append_printf(part, "(%s)", query);
    if (newest)
        g_string_append_printf(part, " and (%s)", newest);
    if (before)
        g_string_append_printf(part, " and not (%s)", before);
    return g_string_free(part, FALSE);
}
