/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was not delivered: the words of the reply, then the status where its meaning is
 * fixed, then what is around. An unknown wording is "other": the class of a code says nothing. The
 * same bytes always give the same reason. */
#include "bounce/reason.h"

#include <string.h>

#include "bounce/reason_pairs.h"
#include "bounce/reason_words.h"
#include "words/phrases.h"
#include "words/reason_text.h"
#include "words/reply.h"
#include "words/text.h"

/* Weak words say something in a short text: a long one is no mail system's own. In bytes. */
#define SHORT_TEXT 4096

/* --- words ---------------------------------------------------------------------------------- */

typedef struct Search {
    const PhraseIndex *index;
    Span text;
    int not_these; /* flags of rows that do not count */
    guint row;     /* the lowest that fits */
    gsize at;
} Search;

static bool search_found(guint row, gsize at, void *data)
{
    Search *search = data;
    bool counts = !(phrase_row(search->index, row)->means & search->not_these);
    if (row < search->row && counts && phrase_begins_word(search->text, at)) {
        search->row = row;
        search->at = at;
    }
    return search->row > 0;
}

/* The first row of @lists that is in @text; its flags in @flags. */
static ReasonFound word_find_flags(const PhraseList *lists, PhraseIndex **kept, Span text,
                                   int not_these, int *flags)
{
    Search search = {phrase_index_lists(lists, kept), text, not_these, G_MAXUINT, 0};
    *flags = 0;
    phrase_scan(search.index, text, search_found, &search);
    if (search.row == G_MAXUINT)
        return (ReasonFound){REASON_NONE, 0, 0};
    const Phrase *row = phrase_row(search.index, search.row);
    *flags = row->means & ~REASON_MASK;
    return (ReasonFound){(Reason)(row->means & REASON_MASK), search.at, strlen(row->text)};
}

static ReasonFound word_find(const PhraseList *lists, PhraseIndex **kept, Span text, int not_these)
{
    int flags;
    return word_find_flags(lists, kept, text, not_these, &flags);
}

/* Whether a refusal of the sender can have this cause; what recipients are is none. */
static bool is_of_sender(Reason reason)
{
    return reason == REASON_NOT_AUTHENTICATED || reason == REASON_RATE_LIMITED ||
           reason == REASON_SPAM || reason == REASON_VIRUS || reason == REASON_RELAY_DENIED;
}

/* What leaves no doubt. */
static ReasonFound clear_words(Span text, int not_these)
{
    static PhraseIndex *first, *next;
    int flags;
    ReasonFound found = word_find_flags(reason_first_words, &first, text, not_these, &flags);
    if (flags & SENDER_REFUSED) {
        ReasonFound cause = clear_words(text, not_these | SENDER_REFUSED);
        return is_of_sender(cause.reason) ? cause : found;
    }
    if (flags & OF_CODE) {
        ReasonFound cause = clear_words(text, not_these | OF_CODE);
        return cause.reason != REASON_NONE ? cause : found;
    }
    if (found.reason != REASON_NONE)
        return found;
    ReasonFound pair = reason_pair(text);
    bool of_recipient = pair.reason != REASON_NONE && pair.reason != REASON_POLICY &&
                        pair.reason != REASON_SYSTEM && pair.reason != REASON_SYNTAX;
    if (of_recipient)
        return pair;
    found = word_find_flags(reason_next_words, &next, text, not_these, &flags);
    if (flags & OF_CODE) {
        ReasonFound cause = word_find(reason_next_words, &next, text, not_these | OF_CODE);
        return cause.reason != REASON_NONE ? cause : found;
    }
    return found.reason != REASON_NONE ? found : pair;
}

static ReasonFound refusal_words(Span text, int not_these)
{
    static PhraseIndex *refusal;
    return word_find(reason_refusal_words, &refusal, text, not_these);
}

static ReasonFound weak_words(Span text, int not_these)
{
    static PhraseIndex *last;
    return word_find(reason_last_words, &last, text, not_these);
}

/* --- status and code ------------------------------------------------------------------------ */

/* A status is firm where its registry leaves one meaning; the class does not matter. */
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
    {"1.10", REASON_POLICY, true},
    {"2.1", REASON_SUSPENDED, false},
    {"2.2", REASON_MAILBOX_FULL, true},
    {"2.3", REASON_TOO_BIG, true},
    {"2.4", REASON_SYSTEM, false},
    {"3.1", REASON_SYSTEM, false},
    {"3.2", REASON_SYSTEM, false},
    {"3.3", REASON_SYSTEM, false},
    {"3.4", REASON_TOO_BIG, true},
    {"3.5", REASON_SYSTEM, false},
    {"4.1", REASON_NETWORK, false},
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
    {"5.1", REASON_SYNTAX, false},
    {"5.2", REASON_SYNTAX, false},
    {"5.3", REASON_RATE_LIMITED, true},
    {"5.4", REASON_SYNTAX, false},
    {"5.5", REASON_SYNTAX, false},
    {"6.0", REASON_POLICY, false},
    {"6.1", REASON_POLICY, false},
    {"6.2", REASON_POLICY, false},
    {"6.3", REASON_POLICY, false},
    {"6.7", REASON_SYNTAX, true},
    {"7.1", REASON_POLICY, false},
    {"7.2", REASON_POLICY, false},
    {"7.3", REASON_POLICY, false},
    {"7.4", REASON_POLICY, false},
    {"7.5", REASON_POLICY, false},
    {"7.7", REASON_NOT_AUTHENTICATED, false},
    {"7.8", REASON_NOT_AUTHENTICATED, true},
    {"7.9", REASON_NOT_AUTHENTICATED, false},
    {"7.10", REASON_NOT_AUTHENTICATED, true},
    {"7.11", REASON_NOT_AUTHENTICATED, true},
    {"7.12", REASON_NOT_AUTHENTICATED, true},
    {"7.13", REASON_SUSPENDED, false},
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
    {"7.27", REASON_POLICY, true},
    {"7.28", REASON_RATE_LIMITED, true},
    {"7.29", REASON_NOT_AUTHENTICATED, true},
    {"7.30", REASON_NOT_AUTHENTICATED, true},
    {"7.64", REASON_RELAY_DENIED, false},
    {"7.509", REASON_NOT_AUTHENTICATED, true},
    {"7.515", REASON_NOT_AUTHENTICATED, true},
    {"7.705", REASON_POLICY, true},
};

static Reason status_reason(const char *status, bool firm)
{
    if (!status || status[0] == '2') /* "see RFC 5322 2.1.1" */
        return REASON_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(by_status); i++)
        if (by_status[i].firm == firm && strcmp(by_status[i].detail, status + 2) == 0)
            return by_status[i].reason;
    return REASON_NONE;
}

/* Codes of one meaning only: RFC 5321 4.2.2, RFC 4954, RFC 7504. What 450, 550, 553, 554 mean is in
 * the words. Firm: nothing else answers with them. */
static const struct {
    int code;
    Reason reason;
    bool firm;
} by_code[] = {
    {422, REASON_MAILBOX_FULL, false},
    {500, REASON_SYNTAX, false},
    {501, REASON_SYNTAX, false},
    {502, REASON_SYNTAX, false},
    {503, REASON_SYNTAX, false},
    {504, REASON_SYNTAX, false},
    {521, REASON_POLICY, false},
    {525, REASON_SUSPENDED, false},
    {530, REASON_NOT_AUTHENTICATED, true},
    {534, REASON_NOT_AUTHENTICATED, true},
    {535, REASON_NOT_AUTHENTICATED, true},
    {538, REASON_NOT_AUTHENTICATED, true},
    {551, REASON_MOVED, false},
    {552, REASON_MAILBOX_FULL, false},
    {556, REASON_POLICY, false},
};

static Reason code_reason(int code, bool firm)
{
    for (gsize i = 0; i < G_N_ELEMENTS(by_code); i++)
        if (by_code[i].firm == firm && by_code[i].code == code)
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
    if (!status || status[0] == '2' || status[3] != '.' || subject < 0 || subject > 7)
        return REASON_NONE;
    if (status[0] == '4' && subject == 1) /* nobody is unknown for now */
        return REASON_NONE;
    return reasons[subject];
}

/* --- codes of the diagnostic ---------------------------------------------------------------- */

/* Reply code and status of the diagnostic. An error of the other side that an expiry wraps in
 * "<421 4.4.2 …>" is closer to the cause. */
static void reply_of(const char *diagnostic, Reply *reply)
{
    Reply inner;
    Span text = span_of(diagnostic);
    if (!reply_find(text, reply)) {
        reply_status_find(text, reply->status, NULL);
        return;
    }
    gssize open = span_find(text, ".<");
    if (g_str_has_suffix(reply->status, ".4.7") && open > 0 &&
        reply_find(span_sub(text, (gsize)open + 2, text.n), &inner) && inner.at == 0) {
        *reply = inner;
        return;
    }
    if (!reply->status[0])
        reply_status_find(text, reply->status, NULL);
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

static Tri permanence(const Recipient *one, const ReasonContext *context)
{
    char class = one->status ? one->status[0] : 0;
    if (context->kind == KIND_DELAY || g_strcmp0(one->action, "delayed") == 0)
        return TRI_NO;
    if (class == '5' || class == '4')
        return class == '5' ? TRI_YES : TRI_NO;
    if (one->reply_code)
        return one->reply_code >= 500 ? TRI_YES : TRI_NO;
    if (context->means & MEANS(MEANS_PERMANENT))
        return TRI_YES;
    return context->means & MEANS(MEANS_TEMPORARY) ? TRI_NO : TRI_UNKNOWN;
}

/* --- deciding ------------------------------------------------------------------------------- */

/* Sets the reason and what decided; false leaves it open. */
static bool decide(Recipient *one, Reason reason, ReasonWhere where, Span words)
{
    if (reason == REASON_NONE)
        return false;
    one->reason = reason;
    one->reason_where = where;
    g_free(one->reason_words);
    one->reason_words = words.n ? span_dup_utf8(span_trim(words)) : NULL;
    return true;
}

static bool decide_words(Recipient *one, ReasonFound found, ReasonWhere where, Span text)
{
    return decide(one, found.reason, where, span_sub(text, found.at, found.n));
}

static bool decide_code(Recipient *one, bool firm)
{
    g_autofree char *code = g_strdup_printf("%d", one->reply_code);
    return decide(one, code_reason(one->reply_code, firm), WHERE_CODE, span_of(code));
}

static bool decide_status(Recipient *one, bool firm)
{
    return decide(one, status_reason(one->status, firm), WHERE_STATUS, span_of(one->status));
}

/* A refusal before a recipient was named is of the client or the sender. */
static bool decide_stage(Recipient *one, Span lead)
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
    for (const char *const *stage = stages; *stage && one->reply_code >= 500; stage++)
        if (span_find(lead, *stage) >= 0)
            return decide(one, REASON_POLICY, WHERE_DIAGNOSTIC, span_of(*stage));
    return false;
}

/* Where the last reply begins that one side repeats of another ("host … said: 550 …"), from @from
 * on.
 */
static gsize innermost(Span diagnostic, gsize from)
{
    Reply reply;
    gssize next;
    for (gsize at = from;
         (next = span_find(span_sub(diagnostic, at, diagnostic.n), "said: ")) >= 0;) {
        at += (gsize)next + strlen("said: ");
        if (reply_find(span_sub(diagnostic, at, 4), &reply) && reply.at == 0)
            from = at;
    }
    return from;
}

/* A status that says that the sender is at fault: who is unknown is he. */
static Reason about_sender(const Recipient *one, Reason reason)
{
    bool sender = one->status &&
                  (strcmp(one->status + 1, ".1.7") == 0 || strcmp(one->status + 1, ".1.8") == 0);
    bool unknown = reason == REASON_USER_UNKNOWN || reason == REASON_HOST_UNKNOWN;
    return sender && unknown ? REASON_POLICY : reason;
}

/* What leaves no doubt in the words of @diagnostic from @from on. */
static bool decide_clear(Recipient *one, Span words, int not_these, ReasonWhere where)
{
    ReasonFound found = clear_words(words, not_these);
    found.reason = about_sender(one, found.reason);
    return decide_words(one, found, where, words);
}

/* A reply of nothing but a link: "553 http://www.spamhaus.org/…". Only there its words count. */
static bool decide_link(Recipient *one, Span words, Span reply)
{
    if (words.n > 1 || span_find(reply, "://") < 0)
        return false;
    g_autofree char *link = span_dup(reply);
    for (char *p = link; *p; p++)
        if (!g_ascii_isalnum(*p))
            *p = ' ';
    g_autofree char *apart = reason_text(span_of(link));
    return decide_clear(one, span_of(apart), 0, WHERE_REPLY);
}

/* The words of the diagnostic: the other side's reply, and what the reporter says in front of it.
 */
static bool decide_diagnostic(Recipient *one, bool passing)
{
    Reply reply;
    Span diagnostic = span_of(one->diagnostic);
    bool replied = reply_find(diagnostic, &reply);
    int not_these = (passing ? ONLY_PERMANENT : 0) | (replied ? NOT_REPLY : 0);
    gsize from = replied ? reply.at : 0, inner = innermost(diagnostic, from);
    ReasonWhere where = replied ? WHERE_REPLY : WHERE_DIAGNOSTIC;
    g_autofree char *within = reason_text(span_sub(diagnostic, inner, diagnostic.n));
    g_autofree char *behind = reason_text(span_sub(diagnostic, from, diagnostic.n));
    g_autofree char *front = reason_text(span_sub(diagnostic, 0, from));
    Span said = span_of(behind), lead = span_of(front);
    return decide_link(one, said, span_sub(diagnostic, from, diagnostic.n)) ||
           decide_clear(one, span_of(within), not_these, where) ||
           decide_clear(one, said, not_these, where) || decide_status(one, true) ||
           decide_words(one, weak_words(said, not_these), where, said) ||
           decide_clear(one, lead, not_these | ONLY_REPLY, WHERE_DIAGNOSTIC) ||
           decide_code(one, true) || decide_status(one, false) || decide_stage(one, lead) ||
           decide_stage(one, said) ||
           decide_words(one, refusal_words(said, not_these), where, said);
}

/* Footers of scanners speak of no delivery: "Checked by … antivirus". */
static bool footer_found(guint row, gsize at, void *data)
{
    (void)row;
    (void)at;
    *(bool *)data = true;
    return false;
}

/* The words of @text but for the lines that every mail may have. */
static char *text_words(Span text)
{
    static PhraseIndex *kept;
    const PhraseIndex *index = phrase_index_lists(reason_footer_words, &kept);
    GString *out = g_string_new(NULL);
    Span rest = span_sub(text, 0, TEXT_BYTES_MAX), line;
    while (span_line(&rest, &line)) {
        bool footer = false;
        g_autofree char *words = reason_text(line);
        phrase_scan(index, span_of(words), footer_found, &footer);
        if (!footer && words[0] != ' ')
            g_string_append(out, words);
    }
    return g_string_free(out, FALSE);
}

static void context_words(ReasonContext *context, ReasonFound found, Span text)
{
    context->words = found.reason;
    g_autofree char *words = span_dup_utf8(span_trim(span_sub(text, found.at, found.n)));
    g_strlcpy(context->said, words, sizeof(context->said));
}

ReasonContext reason_context(Span text, BounceKind kind)
{
    static PhraseIndex *around;
    g_autofree char *words = text_words(text), *folded = text_fold(text);
    Span said = span_of(words);
    ReasonContext context = {.means = phrases_in(span_of(folded)), .kind = kind};
    ReasonFound found = clear_words(said, ONLY_REPLY);
    if (found.reason == REASON_NONE && said.n <= SHORT_TEXT)
        found = weak_words(said, ONLY_REPLY);
    context_words(&context, found, said);
    context.last = word_find(reason_around_words, &around, span_of(folded), 0).reason;
    return context;
}

static void decide_around(Recipient *one, const ReasonContext *context)
{
    if (decide(one, subject_reason(one->status), WHERE_STATUS, span_of(one->status)) ||
        decide(one, context->last, WHERE_TEXT, (Span){"", 0}))
        return;
    if (!decide_code(one, false))
        decide(one, REASON_OTHER, WHERE_NONE, (Span){"", 0});
}

void reason_decide(Recipient *one, const ReasonContext *context)
{
    bool undelivered =
        !one->action || strcmp(one->action, "failed") == 0 || strcmp(one->action, "delayed") == 0;
    if (context->kind == KIND_SUCCESS || !undelivered) {
        one->permanent = TRI_NO;
        return;
    }
    complete(one);
    if (one->permanent == TRI_UNKNOWN) /* else the report says it */
        one->permanent = permanence(one, context);
    bool passing = one->reply_code && one->reply_code < 500;
    if (decide_diagnostic(one, passing))
        return;
    if (!one->reply_code && decide(one, context->words, WHERE_TEXT, span_of(context->said)))
        return;
    decide_around(one, context);
}
