/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings to rows: judged, told, and where it is wanted held back or kept, so that they can be
 * judged again without asking a parser or the store. */
#include "analysis/change.h"
#include "maildir/maildir.h"
#include "reading/query_store.h"
#include "reading/reader_private.h"

/* --- which of them are told ------------------------------------------------------------------- */

/* The files of one id are copies as a rule: told once. But ids can be copied, and what hides behind
 * another's id is told too. */
static bool reader_is_copy(Reader *reader, const Candidate *candidate, const char *sha256)
{
    if (!candidate->id || candidate->alone || !sha256)
        return false;
    if (g_strcmp0(candidate->id, reader->last_id) != 0) {
        g_free(reader->last_id);
        reader->last_id = g_strdup(candidate->id);
        g_hash_table_remove_all(reader->last);
    }
    return !g_hash_table_add(reader->last, g_strdup(sha256));
}

/* A complaint that we drafted or sent is an abuse report, but none that came back: whoever names
 * its file can look at it, and nothing else. */
static bool reader_sent_it(const Reader *reader, const Row *row)
{
    if (!row || row->kind != KIND_ABUSE_REPORT || !reader->store || reader->options.any)
        return false;
    return maildir_in_folder(store_mail_root(reader->store), row->file,
                             reader->config->complain.drafts) ||
           facts_file_under(row->file, store_mail_root(reader->store),
                            store_real_root(reader->store),
                            (const char *const *)reader->config->sent_folders);
}

/* Own terms of the query are decided here; a file that was named is wanted whatever it is. */
static bool reader_wants(const Reader *reader, const Candidate *candidate, const Row *row)
{
    if (!reader->query || candidate->alone || !query_has_own(reader->query))
        return true;
    return row && query_match(reader->query, row, query_facts_has, reader->query_facts);
}

/* --- judging ---------------------------------------------------------------------------------- */

/* What others say of the same sender; NULL: nothing. One organisation says nothing more than its
 * bounce. But a case shows when others were looked at. */
static const CaseCounts *reader_counts(const Reader *reader, const Candidate *candidate,
                                       const Judgement *judgement)
{
    if (!reader->campaigns)
        return NULL;
    const CaseCounts *counts = campaigns_counts(reader->campaigns, &judgement->trace->injection.ip);
    return counts->organisations > 1 || candidate->finding ? counts : NULL;
}

static void candidate_see(Candidate *candidate, const Reader *reader, const Reading *reading,
                          const Judgement *judgement)
{
    g_free(candidate->sighting);
    candidate->promises = judgement_promises(judgement);
    candidate->sighting = sighting_of(reading, judgement, reader->config->identity,
                                      candidate->facts, candidate->timestamp);
}

/* The verdict on what was walked, and the row; NULL for a message that is neither bounce nor
 * notice. */
static Row *reader_decide(const Reader *reader, Candidate *candidate, const Reading *reading,
                          Judgement *judgement, Finding **finding)
{
    judgement_decide(judgement, reading, reader->config->identity, candidate->facts,
                     reader_counts(reader, candidate, judgement));
    candidate->promises = judgement_promises(judgement);
    judgement_override(judgement, candidate_word_value(candidate->word, reading->sha256));
    *finding = finding_new(candidate->file, reading, judgement);
    if (reading->bounce->kind == KIND_NONE)
        return NULL;
    return row_from_finding(*finding, candidate->id, candidate->file, candidate->files,
                            candidate->timestamp, candidate->tags);
}

/* Tells it. Where it is to be kept; NULL: nowhere. */
static GPtrArray *reader_judge(Reader *reader, Candidate *candidate, const Reading *reading)
{
    if (!candidate->facts)
        candidate->facts = facts_ask(reader->facts, reading);
    g_autoptr(Judgement) judgement = judgement_walk(reading, reader->config->identity);
    g_autoptr(Finding) finding = NULL;
    bool counted = reader->options.counting || candidate->silent || reader->holding;
    if (counted || reader->options.keep)
        candidate_see(candidate, reader, reading, judgement);
    if (reader->options.counting)
        campaigns_add(reader->campaigns, candidate->sighting);
    if (reader->options.counting)
        return NULL;
    if (counted)
        return candidate->silent ? reader->others : reader->book;
    g_autoptr(Row) row = reader_decide(reader, candidate, reading, judgement, &finding);
    if (reader_sent_it(reader, row) || !reader_wants(reader, candidate, row))
        return reader->options.keep ? reader->others : NULL;
    candidate->judged = row ? candidate_judged(row) : 0;
    candidate->injection = judgement->trace->injection.ip;
    reader->stopped =
        !reader->options.each(row, candidate->finding ? finding : NULL, reader->options.data);
    return reader->options.keep ? reader->book : NULL;
}

static GPtrArray *reader_take(Reader *reader, Candidate *candidate, Span answer, const char *why)
{
    g_autofree char *rubbish = NULL;
    g_autoptr(Parsed) parsed = why ? NULL : parsed_read(answer, candidate->wish, &rubbish);
    reader->done++;
    if (!parsed) {
        if (!candidate->silent)
            reader_tell(reader, candidate->file, why ? why : rubbish);
        return NULL;
    }
    if (candidate->keep)
        shelf_keep(reader->options.shelf, &candidate->key, answer);
    if (parsed->text) {
        g_free(reader->text);
        reader->text = g_steal_pointer(&parsed->text);
        return NULL;
    }
    if (reader->stopped || !parsed->reading ||
        (!candidate->silent && reader_is_copy(reader, candidate, parsed->sha256)))
        return NULL;
    return reader_judge(reader, candidate, parsed->reading);
}

void reader_parsed(gpointer item, Span answer, const char *why, gpointer data)
{
    Reader *reader = data;
    g_autoptr(Candidate) candidate = item;
    GPtrArray *place = reader_take(reader, candidate, answer, why);
    if (place)
        g_ptr_array_add(place, g_steal_pointer(&candidate));
}

/* --- what is held ----------------------------------------------------------------------------- */

bool reader_hold(Reader *reader, const char *query, GError **error)
{
    reader->holding = true;
    bool good = reader_query(reader, query, error);
    reader->holding = false;
    return good;
}

void reader_tell_held(Reader *reader)
{
    g_autoptr(GPtrArray) held = reader->book;
    reader->book = g_ptr_array_new_with_free_func((GDestroyNotify)candidate_free);
    g_clear_pointer(&reader->last_id, g_free);
    g_ptr_array_set_free_func(held, NULL);
    for (guint i = 0; i < held->len; i++) {
        Candidate *candidate = held->pdata[i];
        if (reader->stopped)
            candidate_free(candidate);
        else
            reader_hand_on(reader, candidate, true);
    }
    reader_finish(reader);
}

void reader_load_campaigns(Reader *reader)
{
    campaigns_free(reader->campaigns);
    reader->campaigns = campaigns_read(reader->config->state_dir, reader->config->identity);
}

void reader_add_sightings(const Reader *reader, Campaigns *campaigns)
{
    const GPtrArray *const lists[] = {reader->book, reader->others};
    for (gsize k = 0; k < G_N_ELEMENTS(lists); k++)
        for (guint i = 0; i < lists[k]->len; i++) {
            const Candidate *candidate = lists[k]->pdata[i];
            if (candidate)
                campaigns_add(campaigns, candidate->sighting);
        }
}

/* --- judging again ---------------------------------------------------------------------------- */

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

static Parsed *candidate_parsed(const Reader *reader, const Candidate *candidate)
{
    g_autofree char *rubbish = NULL;
    return parsed_read(candidate_answer(reader, candidate), candidate->wish, &rubbish);
}

/* What @candidate is a witness of by the identity of now. */
static void candidate_see_again(Candidate *candidate, const Reader *reader)
{
    g_autoptr(Parsed) parsed = candidate_parsed(reader, candidate);
    g_autoptr(Judgement) judgement = parsed && parsed->reading
                                         ? judgement_walk(parsed->reading, reader->config->identity)
                                         : NULL;
    if (judgement)
        candidate_see(candidate, reader, parsed->reading, judgement);
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

/* Judges one that was told. Where @see, what it is a witness of is looked at, too. */
static void reader_judge_one_again(Reader *reader, guint n, bool see)
{
    Candidate *candidate = reader->book->pdata[n];
    g_autoptr(Parsed) parsed = candidate_parsed(reader, candidate);
    if (!parsed || !parsed->reading)
        return;
    g_autoptr(Judgement) judgement = judgement_walk(parsed->reading, reader->config->identity);
    g_autoptr(Finding) finding = NULL;
    if (see)
        candidate_see(candidate, reader, parsed->reading, judgement);
    candidate->injection = judgement->trace->injection.ip;
    g_autoptr(Row) row = reader_decide(reader, candidate, parsed->reading, judgement, &finding);
    guint judged = row ? candidate_judged(row) : 0;
    if (row && judged != candidate->judged)
        reader->options.judged(n, row, reader->options.data);
    candidate->judged = judged;
}

static bool reader_is_reached(const Reader *reader, const Change *change,
                              const Candidate *candidate)
{
    return change_reaches(change, candidate->promises, candidate_answer(reader, candidate));
}

/* Judges those that @change can reach, by what other cases said before; and looks at what they, and
 * those that were not told, are witnesses of now. */
static void reader_reach(Reader *reader, const Change *change)
{
    bool see = change_is_of_walk(change);
    for (guint i = 0; i < reader->book->len; i++) {
        const Candidate *candidate = reader->book->pdata[i];
        if (candidate && reader_is_reached(reader, change, candidate))
            reader_judge_one_again(reader, i, see);
    }
    for (guint i = 0; see && i < reader->others->len; i++) {
        Candidate *candidate = reader->others->pdata[i];
        if (candidate && reader_is_reached(reader, change, candidate))
            candidate_see_again(candidate, reader);
    }
}

/* Judges again of whose senders others say something else than @before (may be NULL). */
static void reader_judge_counted(Reader *reader, Campaigns *before)
{
    for (guint i = 0; i < reader->book->len; i++) {
        const Candidate *candidate = reader->book->pdata[i];
        if (candidate && candidate_counts_differ(candidate, reader->campaigns, before))
            reader_judge_one_again(reader, i, false);
    }
}

void reader_count_again(Reader *reader)
{
    g_autoptr(Campaigns) before = g_steal_pointer(&reader->campaigns);
    reader_load_campaigns(reader);
    reader_judge_counted(reader, before);
}

void reader_judge_again(Reader *reader, const Config *config, ReaderRenew renew)
{
    g_autoptr(Config) old = reader->config;
    reader->config = config_with_addresses(config, store_addresses(reader->store));
    facts_free(reader->facts);
    reader->facts = facts_new(reader->config);
    g_autoptr(Change) change = change_new(old->identity, reader->config->identity);
    reader_reach(reader, change);
    renew(reader, reader->options.data);
    reader_count_again(reader);
}
