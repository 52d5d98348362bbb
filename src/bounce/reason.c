/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a message was not delivered: the words of the reply, then the status where its meaning is
 * fixed, then what is around. An unknown wording is "other": the class of a code says nothing. The
 * same bytes always give the same reason. */
#include "bounce/reason.h"

#include <string.h>

#include "bounce/reason_codes.h"
#include "bounce/reason_pairs.h"
#include "bounce/reason_words.h"
#include "words/phrases.h"
#include "words/reason_text.h"
#include "words/reply.h"
#include "words/text.h"

/* Weak words say something in a short text: a long one is no mail system's own. In bytes. */
#define SHORT_TEXT 4096

/* --- words ------------------------------------------------------------------------------------ */

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

/* --- codes of the diagnostic ------------------------------------------------------------------ */

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
    if (reply->status[0] == '2') /* no failure's: the number of a version */
        reply->status[0] = '\0';
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

/* --- deciding --------------------------------------------------------------------------------- */

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

/* RFC 3463: bad sender's mailbox or system address. */
static bool status_of_sender(const char *status)
{
    return status && (strcmp(status + 1, ".1.7") == 0 || strcmp(status + 1, ".1.8") == 0);
}

/* The words of a diagnostic, and how they are to be taken. */
typedef struct Words {
    Span text; /* as reason_text writes */
    ReasonWhere where;
    int not_these;  /* flags of rows that do not count */
    bool late;      /* the recipient was taken before */
    bool of_client; /* only the client has said who he is */
    bool of_sender; /* nobody else was spoken of before */
} Words;

/* Who is unknown before a recipient was named, or with a status that says so, is the sender; and so
 * is a domain, once the recipient was taken. */
static Reason about_sender(const Words *words, Reason reason)
{
    bool of_sender = reason == REASON_HOST_UNKNOWN
                         ? words->of_sender || words->late
                         : reason == REASON_USER_UNKNOWN && words->of_sender;
    bool of_client = reason == REASON_SYNTAX && words->of_client;
    return of_sender || of_client ? REASON_POLICY : reason;
}

static bool decide_words(Recipient *one, const Words *words, ReasonFound found)
{
    return decide(one, about_sender(words, found.reason), words->where,
                  span_sub(words->text, found.at, found.n));
}

/* What leaves no doubt. */
static bool decide_clear(Recipient *one, const Words *words)
{
    return decide_words(one, words, clear_words(words->text, words->not_these));
}

static bool decide_status(Recipient *one, const Words *words, bool firm)
{
    Reason reason = about_sender(words, reason_of_status(one->status, firm));
    return decide(one, reason, WHERE_STATUS, span_of(one->status));
}

static bool decide_code(Recipient *one, bool firm)
{
    g_autofree char *code = g_strdup_printf("%d", one->reply_code);
    return decide(one, reason_of_code(one->reply_code, firm), WHERE_CODE, span_of(code));
}

/* Words for a step before a recipient is named, in @text; NULL for none. */
static const char *early_stage(Span text)
{
    static const char *const stages[] = {"after ehlo",
                                         "after helo",
                                         "after mail from",
                                         "reply to mail from",
                                         "reply to ehlo",
                                         "reply to helo",
                                         "initial connection",
                                         "refused to talk to me",
                                         "my name was rejected",
                                         "sender was rejected",
                                         NULL};
    for (const char *const *stage = stages; *stage; stage++)
        if (span_find(text, *stage) >= 0)
            return *stage;
    return NULL;
}

/* A refusal before a recipient was named is of the client or the sender. */
static bool decide_stage(Recipient *one, const char *stage)
{
    return stage && one->reply_code >= 500 &&
           decide(one, REASON_POLICY, WHERE_DIAGNOSTIC, span_of(stage));
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

/* A reply of nothing but a link: "553 http://www.spamhaus.org/…". Only there its words count. */
static bool decide_link(Recipient *one, const Words *words, Span reply)
{
    if (words->text.n > 1 || span_find(reply, "://") < 0)
        return false;
    g_autofree char *link = span_dup(reply);
    for (char *p = link; *p; p++)
        if (!g_ascii_isalnum(*p))
            *p = ' ';
    g_autofree char *apart = reason_text(span_of(link));
    Words of_link = *words;
    of_link.text = span_of(apart);
    return decide_clear(one, &of_link);
}

/* What the other side repeats of a third, where it does. */
static bool decide_repeated(Recipient *one, const Words *words, Span diagnostic, gsize from)
{
    gsize inner = innermost(diagnostic, from);
    if (inner == from)
        return false;
    g_autofree char *within = reason_text(span_sub(diagnostic, inner, diagnostic.n));
    Words repeated = *words;
    repeated.text = span_of(within);
    return decide_clear(one, &repeated);
}

/* The words of the diagnostic: the other side's reply, and what the reporter says in front of it.
 */
static bool decide_diagnostic(Recipient *one, bool passing)
{
    Reply reply;
    Span diagnostic = span_of(one->diagnostic);
    bool replied = reply_find(diagnostic, &reply);
    gsize from = replied ? reply.at : 0;
    g_autofree char *behind = reason_text(span_sub(diagnostic, from, diagnostic.n));
    g_autofree char *front = reason_text(span_sub(diagnostic, 0, from));
    const char *stage = early_stage(span_of(front));
    stage = stage ? stage : early_stage(span_of(behind));
    Words said = {.text = span_of(behind),
                  .where = replied ? WHERE_REPLY : WHERE_DIAGNOSTIC,
                  .not_these = passing ? ONLY_PERMANENT : ONLY_PASSING | (replied ? NOT_REPLY : 0),
                  .late = span_find(span_of(behind), "reply to end of data") >= 0 ||
                          span_find(span_of(front), "after end of data") >= 0,
                  .of_client = stage && (strstr(stage, "helo") || strstr(stage, "ehlo") ||
                                         strstr(stage, "my name")),
                  .of_sender = stage || status_of_sender(one->status)};
    Words lead = said;
    lead.text = span_of(front);
    lead.where = WHERE_DIAGNOSTIC;
    lead.not_these |= ONLY_REPLY;
    return decide_link(one, &said, span_sub(diagnostic, from, diagnostic.n)) ||
           decide_repeated(one, &said, diagnostic, from) || decide_clear(one, &said) ||
           decide_status(one, &said, true) ||
           decide_words(one, &said, weak_words(said.text, said.not_these)) ||
           decide_clear(one, &lead) || decide_code(one, true) || decide_status(one, &said, false) ||
           decide_stage(one, stage) ||
           decide_words(one, &said, refusal_words(said.text, said.not_these));
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
    return (ReasonContext){.text = text, .kind = kind};
}

/* Most diagnostics say enough; the text is long, and looked at for the first that does not. */
static const ReasonContext *context_look(ReasonContext *context)
{
    static PhraseIndex *around;
    if (context->looked)
        return context;
    context->looked = true;
    g_autofree char *words = text_words(context->text), *folded = text_fold(context->text);
    Span said = span_of(words);
    context->means = phrases_in(span_of(folded));
    ReasonFound found = clear_words(said, ONLY_REPLY);
    if (found.reason == REASON_NONE && said.n <= SHORT_TEXT)
        found = weak_words(said, ONLY_REPLY);
    context_words(context, found, said);
    context->last = word_find(reason_around_words, &around, span_of(folded), 0).reason;
    return context;
}

static Tri permanence(const Recipient *one, ReasonContext *context)
{
    char class = one->status ? one->status[0] : 0;
    if (context->kind == KIND_DELAY || g_strcmp0(one->action, "delayed") == 0)
        return TRI_NO;
    if (class == '5' || class == '4')
        return class == '5' ? TRI_YES : TRI_NO;
    if (one->reply_code)
        return one->reply_code >= 500 ? TRI_YES : TRI_NO;
    if (context_look(context)->means & MEANS(MEANS_PERMANENT))
        return TRI_YES;
    return context->means & MEANS(MEANS_TEMPORARY) ? TRI_NO : TRI_UNKNOWN;
}

static void decide_around(Recipient *one, ReasonContext *context)
{
    if (decide(one, reason_of_subject(one->status), WHERE_STATUS, span_of(one->status)) ||
        decide(one, context_look(context)->last, WHERE_TEXT, (Span){"", 0}))
        return;
    if (!decide_code(one, false))
        decide(one, REASON_OTHER, WHERE_NONE, (Span){"", 0});
}

void reason_decide(Recipient *one, ReasonContext *context)
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
    if (!one->reply_code &&
        decide(one, context_look(context)->words, WHERE_TEXT, span_of(context->said)))
        return;
    decide_around(one, context);
}
