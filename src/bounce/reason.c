/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was not delivered: rules in a fixed order from the words of the diagnostic, the
 * status, the reply code and the words around it. The same bytes always give the same reason. */
#include <string.h>

#include "bounce/reason.h"

#include "bounce/reply.h"
#include "bounce/text.h"

static bool lowest(guint row, gsize at, void *data)
{
    guint *best = data;
    (void)at;
    *best = MIN(*best, row);
    return *best > 0;
}

/* The first row of @table that is in @folded; REASON_NONE for none. */
static Reason word_reason(const Phrase *table, PhraseIndex **kept, const char *folded)
{
    guint best = G_MAXUINT;
    phrase_scan(phrase_index(table, kept), span_of(folded), lowest, &best);
    return best == G_MAXUINT ? REASON_NONE : (Reason)table[best].means;
}

/* By detail of RFC 3463 and its registry; the class does not matter. A firm one is more exact than
 * most words. */
static const struct {
    const char *detail;
    Reason reason;
    bool firm;
} by_status[] = {
    {"1.1", REASON_USER_UNKNOWN, true},
    {"1.2", REASON_HOST_UNKNOWN, true},
    {"1.3", REASON_USER_UNKNOWN, false},
    {"1.4", REASON_USER_UNKNOWN, false},
    {"1.6", REASON_MOVED, true},
    {"1.7", REASON_POLICY, true},
    {"1.8", REASON_POLICY, true},
    {"1.10", REASON_POLICY, false},
    {"2.1", REASON_FILTERED, false},
    {"2.2", REASON_MAILBOX_FULL, true},
    {"2.3", REASON_TOO_BIG, true},
    {"2.4", REASON_FILTERED, false},
    {"3.1", REASON_MAILBOX_FULL, false},
    {"3.2", REASON_POLICY, false},
    {"3.3", REASON_SYSTEM, false},
    {"3.4", REASON_TOO_BIG, true},
    {"3.5", REASON_SYSTEM, false},
    {"4.2", REASON_NETWORK, false},
    {"4.3", REASON_SYSTEM, false},
    {"4.4", REASON_HOST_UNKNOWN, false},
    {"4.5", REASON_NETWORK, false},
    {"4.6", REASON_NETWORK, false},
    {"4.7", REASON_EXPIRED, true},
    {"4.14", REASON_NETWORK, false},
    {"4.310", REASON_HOST_UNKNOWN, false},
    {"4.316", REASON_EXPIRED, false},
    {"4.317", REASON_NETWORK, false},
    {"5.2", REASON_SYNTAX, false},
    {"5.3", REASON_RATE_LIMITED, false},
    {"5.4", REASON_SYNTAX, false},
    {"6.0", REASON_POLICY, false},
    {"6.1", REASON_POLICY, false},
    {"6.2", REASON_POLICY, false},
    {"6.3", REASON_POLICY, false},
    {"6.7", REASON_SYNTAX, true},
    {"7.2", REASON_POLICY, false},
    {"7.4", REASON_POLICY, false},
    {"7.5", REASON_POLICY, false},
    {"7.7", REASON_NOT_AUTHENTICATED, true},
    {"7.8", REASON_NOT_AUTHENTICATED, true},
    {"7.9", REASON_POLICY, true},
    {"7.10", REASON_POLICY, false},
    {"7.13", REASON_SUSPENDED, true},
    {"7.14", REASON_POLICY, false},
    {"7.17", REASON_MOVED, true},
    {"7.18", REASON_MOVED, true},
    {"7.20", REASON_NOT_AUTHENTICATED, true},
    {"7.21", REASON_NOT_AUTHENTICATED, true},
    {"7.22", REASON_NOT_AUTHENTICATED, true},
    {"7.23", REASON_NOT_AUTHENTICATED, true},
    {"7.24", REASON_NOT_AUTHENTICATED, true},
    {"7.25", REASON_POLICY, true},
    {"7.26", REASON_NOT_AUTHENTICATED, true},
    {"7.27", REASON_POLICY, false},
    {"7.28", REASON_RATE_LIMITED, true},
    {"7.29", REASON_NOT_AUTHENTICATED, true},
    {"7.30", REASON_NOT_AUTHENTICATED, true},
    {"7.705", REASON_POLICY, true},
    {"7.509", REASON_NOT_AUTHENTICATED, true},
    {"7.515", REASON_NOT_AUTHENTICATED, true},
};

static Reason status_reason(const char *status, bool firm)
{
    for (gsize i = 0; status && i < G_N_ELEMENTS(by_status); i++)
        if (by_status[i].firm == firm && strcmp(by_status[i].detail, status + 2) == 0)
            return by_status[i].reason;
    return REASON_NONE;
}

static const struct {
    int code;
    Reason reason;
} by_code[] = {
    {421, REASON_NETWORK},
    {422, REASON_MAILBOX_FULL},
    {431, REASON_SYSTEM},
    {432, REASON_SYSTEM},
    {450, REASON_SYSTEM},
    {451, REASON_SYSTEM},
    {452, REASON_MAILBOX_FULL},
    {500, REASON_SYNTAX},
    {501, REASON_SYNTAX},
    {502, REASON_SYNTAX},
    {503, REASON_SYNTAX},
    {504, REASON_SYNTAX},
    {521, REASON_POLICY},
    {525, REASON_SUSPENDED},
    {530, REASON_NOT_AUTHENTICATED},
    {535, REASON_NOT_AUTHENTICATED},
    {550, REASON_POLICY},
    {551, REASON_MOVED},
    {552, REASON_MAILBOX_FULL},
    {553, REASON_POLICY},
    {554, REASON_POLICY},
    {556, REASON_POLICY},
};

static Reason code_reason(int code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(by_code); i++)
        if (by_code[i].code == code)
            return by_code[i].reason;
    return REASON_NONE;
}

/* By subject of RFC 3463, where the detail says nothing. */
static Reason subject_reason(const char *status)
{
    static const Reason reasons[] = {REASON_NONE,   REASON_USER_UNKNOWN, REASON_NONE,
                                     REASON_SYSTEM, REASON_NETWORK,      REASON_NONE,
                                     REASON_POLICY, REASON_POLICY};
    int subject = status ? status[2] - '0' : 0;
    if (!status || status[3] != '.' || subject < 0 || subject > 7)
        return REASON_NONE;
    return reasons[subject];
}

/* A refusal before a recipient was named is of the client or the sender. */
static Reason stage_reason(const char *folded, int code)
{
    static const char *const stages[] = {"after ehlo",
                                         "after helo",
                                         "after mail from",
                                         "reply to mail from",
                                         "reply to ehlo",
                                         "reply to helo",
                                         "initial connection",
                                         "refused to talk to me",
                                         NULL};
    for (const char *const *stage = stages; *stage && code >= 500; stage++)
        if (strstr(folded, *stage))
            return REASON_POLICY;
    return REASON_NONE;
}

/* Reply code and status of the diagnostic. An error of the other side that an expiry wraps in
 * "<421 4.4.2 …>" is closer to the cause. */
static void reply_of(const char *diagnostic, Reply *reply)
{
    Reply inner;
    Span text = span_of(diagnostic);
    if (!reply_find(text, reply)) {
        status_find(text, reply->status, NULL);
        return;
    }
    gssize open = span_find(text, ".<");
    if (g_str_has_suffix(reply->status, ".4.7") && open > 0 &&
        reply_find(span_sub(text, (gsize)open + 2, text.n), &inner) && inner.at == 0) {
        *reply = inner;
        return;
    }
    if (!reply->status[0])
        status_find(text, reply->status, NULL);
}

/* Reply code and status that only the diagnostic tells; its status replaces a general one, or one
 * that only says that the reporter gave up. */
static void complete(Recipient *one)
{
    Reply reply = {0};
    reply_of(one->diagnostic, &reply);
    if (reply.code && !one->reply_code)
        one->reply_code = reply.code;
    bool general = !one->status || g_str_has_suffix(one->status, ".0.0") ||
                   g_str_has_suffix(one->status, ".4.7");
    if (reply.status[0] && general && (!one->status || !g_str_has_suffix(reply.status, ".0.0"))) {
        g_free(one->status);
        one->status = g_strdup(reply.status);
    }
}

/* The diagnostic folded, without the codes that begin each line of a long reply. */
static char *folded_diagnostic(const Recipient *one)
{
    Reply reply;
    char *folded = text_fold(span_of(one->diagnostic));
    if (!reply_find(span_of(folded), &reply) || !reply.status[0])
        return folded;
    char *first = folded + reply.at, *from = first + 4 + strlen(reply.status);
    g_autofree char *plain = g_strdup_printf("%d %s ", reply.code, reply.status);
    g_autofree char *dashed = g_strdup_printf("%d-%s ", reply.code, reply.status);
    GString *out = g_string_new_len(folded, from - folded);
    for (const char *p = from; *p;) {
        if (*p == *plain && (g_str_has_prefix(p, plain) || g_str_has_prefix(p, dashed)))
            p += strlen(plain);
        else
            g_string_append_c(out, *p++);
    }
    g_free(folded);
    return g_string_free(out, FALSE);
}

static Tri permanence(const Recipient *one, const ReasonContext *context)
{
    char class = one->status ? one->status[0] : 0;
    if (context->kind == KIND_DELAY || (one->action && strcmp(one->action, "delayed") == 0))
        return TRI_NO;
    if (class == '5' || class == '4')
        return class == '5' ? TRI_YES : TRI_NO;
    if (one->reply_code)
        return one->reply_code >= 500 ? TRI_YES : TRI_NO;
    if (context->means & MEANS(MEANS_PERMANENT))
        return TRI_YES;
    return context->means & MEANS(MEANS_TEMPORARY) ? TRI_NO : TRI_UNKNOWN;
}

/* What the words and the status say, the plainest first. */
static Reason words_reason(const char *folded, const char *status)
{
    static PhraseIndex *plain, *other;
    Reason reason = word_reason(reason_plain_words, &plain, folded);
    if (reason == REASON_NONE)
        reason = status_reason(status, true);
    if (reason == REASON_NONE)
        reason = word_reason(reason_other_words, &other, folded);
    if (reason == REASON_NONE)
        reason = status_reason(status, false);
    return reason;
}

ReasonContext reason_context(Span text, BounceKind kind)
{
    static PhraseIndex *around;
    g_autofree char *folded = text_fold(text);
    return (ReasonContext){words_reason(folded, NULL),
                           word_reason(reason_context_words, &around, folded),
                           phrases_in(span_of(folded)), kind};
}

void reason_decide(Recipient *one, const ReasonContext *context)
{
    complete(one);
    if (context->kind == KIND_SUCCESS || (one->action && !strstr("failed delayed", one->action))) {
        one->permanent = TRI_NO;
        return;
    }
    g_autofree char *folded = folded_diagnostic(one);
    Reason reason = words_reason(folded, one->status);
    if (reason == REASON_NONE && !one->reply_code)
        reason = context->words;
    if (reason == REASON_NONE)
        reason = stage_reason(folded, one->reply_code);
    if (reason == REASON_NONE)
        reason = subject_reason(one->status);
    if (reason == REASON_NONE)
        reason = context->last;
    if (reason == REASON_NONE)
        reason = code_reason(one->reply_code);
    one->reason = reason == REASON_NONE ? REASON_OTHER : reason;
    one->permanent = permanence(one, context);
}
