/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging again what was read: nobody is asked for it, and all cores do it. */
#include "analysis/change.h"
#include "reading/query_store.h"
#include "reading/reader_private.h"
#include "work/slices.h"

/* --- what is kept ----------------------------------------------------------------------------- */

Candidate *reader_kept(const Reader *reader, guint n)
{
    return n < reader->book->len ? reader->book->pdata[n] : NULL;
}

Candidate *reader_steal_kept(Reader *reader, guint n)
{
    return n < reader->book->len ? g_steal_pointer(&reader->book->pdata[n]) : NULL;
}

void reader_keep_instead(Reader *reader, guint n, Candidate *candidate)
{
    Candidate *before = reader_kept(reader, n);
    if (n >= reader->book->len) {
        candidate_free(candidate);
        return;
    }
    reader->book->pdata[n] = candidate;
    if (!candidate && before) /* who was put away stays a witness */
        g_ptr_array_add(reader->others, before);
    else
        candidate_free(before);
}

/* What the parser said of @candidate; its bytes are NULL where it is not there any more. */
static Span candidate_answer(const Reader *reader, const Candidate *candidate)
{
    return shelf_find(reader->options.shelf, &candidate->key);
}

bool reader_can_judge_again(const Reader *reader)
{
    if (!reader->query || query_has_own(reader->query) || !reader->options.keep)
        return false;
    const GPtrArray *const lists[] = {reader->book, reader->others};
    for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
        for (guint i = 0; i < lists[k]->len; i++) {
            const Candidate *candidate = lists[k]->pdata[i];
            if (candidate && !candidate_answer(reader, candidate).p)
                return false;
        }
    return true;
}

/* --- one -------------------------------------------------------------------------------------- */

/* What @candidate is a witness of by the identity of now. */
static void candidate_see_again(Candidate *candidate, const Reader *reader)
{
    g_autoptr(Reading) reading = parsed_reading_known(candidate_answer(reader, candidate));
    g_autoptr(Judgement) judgement =
        reading ? judgement_walk(reading, reader->config->identity, WORDING_NONE) : NULL;
    if (judgement)
        reader_see(reader, candidate, reading, judgement);
}

/* Other cases say something else of its sender than they did. */
static bool candidate_counts_differ(const Candidate *candidate, Campaigns *now, Campaigns *before)
{
    static const CaseCounts none = {.first = TIME_NONE, .last = TIME_NONE};
    if (!candidate->injection.family || (!now && !before))
        return false;
    const CaseCounts *one = now ? campaigns_counts(now, &candidate->injection) : &none;
    const CaseCounts *other = before ? campaigns_counts(before, &candidate->injection) : &none;
    return (one->organisations > 1 || other->organisations > 1) &&
           !campaigns_counts_same(one, other);
}

/* Judges one that was told; its row where that is another now, else NULL. Where @see, what it is a
 * witness of is looked at, too. The caller frees it. */
static Row *candidate_judge_again(Candidate *candidate, const Reader *reader, bool see)
{
    g_autoptr(Reading) reading = parsed_reading_known(candidate_answer(reader, candidate));
    if (!reading)
        return NULL;
    g_autoptr(Judgement) judgement =
        judgement_walk(reading, reader->config->identity, WORDING_NONE);
    if (see)
        reader_see(reader, candidate, reading, judgement);
    candidate->injection = judgement->trace->injection.ip;
    reader_decide(reader, candidate, reading, judgement);
    guint before = candidate->judged;
    candidate->judged = reading->bounce->kind == KIND_NONE ? 0 : row_judged(judgement);
    if (candidate->judged == before)
        return NULL;
    g_autoptr(Finding) finding = finding_new(candidate->file, reading, judgement);
    return reader_row(candidate, finding);
}

/* --- all -------------------------------------------------------------------------------------- */

/* One round. Its members are only read while it goes on, but each one's own row. */
typedef struct Again {
    const Reader *reader;
    const Change *change; /* reaches whom it reaches; NULL: it is about campaigns */
    Campaigns *before;    /* what was known of them; may be NULL */
    bool see;             /* what they are witnesses of is looked at, too */
    Row **rows;           /* for each of the book: what it is now; NULL: the same */
} Again;

static bool again_reaches(const Again *again, const Candidate *candidate)
{
    const Reader *reader = again->reader;
    return again->change ? change_reaches(again->change, candidate->promises,
                                          candidate_answer(reader, candidate))
                         : candidate_counts_differ(candidate, reader->campaigns, again->before);
}

/* Those of the book first, and behind them those that were not told. */
static void again_work(guint i, gpointer data)
{
    Again *again = data;
    const Reader *reader = again->reader;
    bool told = i < reader->book->len;
    Candidate *candidate =
        told ? reader->book->pdata[i] : reader->others->pdata[i - reader->book->len];
    if (!candidate || !again_reaches(again, candidate))
        return;
    if (told)
        again->rows[i] = candidate_judge_again(candidate, reader, again->see);
    else
        candidate_see_again(candidate, reader);
}

static void again_take(guint i, gpointer data)
{
    const Again *again = data;
    const ReaderOptions *options = &again->reader->options;
    g_autoptr(Row) row = i < again->reader->book->len ? again->rows[i] : NULL;
    if (row)
        options->judged(i, row, options->data);
}

static void reader_go_through(Reader *reader, Again *again)
{
    guint others = again->see ? reader->others->len : 0;
    g_autofree Row **rows = g_new0(Row *, reader->book->len + 1);
    again->reader = reader;
    again->rows = rows;
    identity_prepare(reader->config->identity);
    if (reader->campaigns)
        campaigns_count(reader->campaigns);
    if (again->before)
        campaigns_count(again->before);
    slices_run(reader->book->len + others, 0, again_work, again_take, again);
}

void reader_count_again(Reader *reader)
{
    g_autoptr(Campaigns) before = g_steal_pointer(&reader->campaigns);
    Again again = {.before = before};
    reader_load_campaigns(reader);
    reader_go_through(reader, &again);
}

/* First those that the change can reach, by what other cases said before, and what they, and those
 * that were not told, are witnesses of now; then of whose senders others say something else. */
void reader_judge_again(Reader *reader, const Config *config, ReaderRenew renew)
{
    g_autoptr(Config) old = reader->config;
    reader->config = config_with_addresses(config, store_addresses(reader->store));
    facts_free(reader->facts);
    reader->facts = facts_new(reader->config);
    g_autoptr(Change) change = change_new(old->identity, reader->config->identity);
    Again again = {.change = change, .see = change_is_of_walk(change)};
    reader_go_through(reader, &again);
    renew(reader, reader->options.data);
    reader_count_again(reader);
}
