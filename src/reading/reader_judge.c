/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings to rows: judged, told, and where it is wanted held back or kept, so that they can be
 * judged again (reader_again.c) without asking a parser or the store. */
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

void reader_see(const Reader *reader, Candidate *candidate, const Reading *reading,
                const Judgement *judgement)
{
    g_free(candidate->sighting);
    candidate->promises = judgement_promises(judgement);
    candidate->sighting = sighting_of(reading, judgement, reader->config->identity,
                                      candidate->facts, candidate->timestamp);
}

void reader_decide(const Reader *reader, Candidate *candidate, const Reading *reading,
                   Judgement *judgement)
{
    judgement_decide(judgement, reading, reader->config->identity, candidate->facts,
                     reader_counts(reader, candidate, judgement));
    candidate->promises = judgement_promises(judgement);
    judgement_override(judgement, candidate_word_value(candidate->word, reading->sha256));
}

Row *reader_row(const Candidate *candidate, const Finding *finding)
{
    if (finding->reading->bounce->kind == KIND_NONE)
        return NULL;
    return row_from_finding(finding, candidate->id, candidate->file, candidate->files,
                            candidate->timestamp, candidate->tags);
}

/* Tells it. Where it is to be kept; NULL: nowhere. */
static GPtrArray *reader_judge(Reader *reader, Candidate *candidate, const Reading *reading)
{
    if (!candidate->facts)
        candidate->facts = facts_ask(reader->facts, reading);
    Wording words = candidate->finding && !reader->options.wordless ? WORDING_ALL : WORDING_NONE;
    g_autoptr(Judgement) judgement = judgement_walk(reading, reader->config->identity, words);
    bool counted = reader->options.counting || candidate->silent || reader->holding;
    if (counted || reader->options.keep)
        reader_see(reader, candidate, reading, judgement);
    if (reader->options.counting)
        campaigns_add(reader->campaigns, candidate->sighting);
    if (reader->options.counting)
        return NULL;
    if (counted)
        return candidate->silent ? reader->others : reader->book;
    reader_decide(reader, candidate, reading, judgement);
    g_autoptr(Finding) finding = finding_new(candidate->file, reading, judgement);
    g_autoptr(Row) row = reader_row(candidate, finding);
    if (reader_sent_it(reader, row) || !reader_wants(reader, candidate, row))
        return reader->options.keep ? reader->others : NULL;
    candidate->judged = row ? row_judged(judgement) : 0;
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
