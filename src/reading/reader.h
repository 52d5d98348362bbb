/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store reader's work: query, files, parsers, facts of the store, verdict, rows. It is the body
 * of the reader process of the interface, and used in the same way by the command line. */
#ifndef NOTME_READING_READER_H
#define NOTME_READING_READER_H

#include "config/config.h"
#include "reading/row.h"
#include "reading/text_wanted.h"
#include "store/store.h"

/* Called for each bounce and notice, in the order of the query. Return false to stop. @row and
 * @finding are borrowed. @row is NULL for other messages (only where ReaderOptions.any asks for
 * them), @finding where ReaderOptions.findings is not set. */
typedef bool (*ReaderEach)(const Row *row, const Finding *finding, gpointer data);
/* Told of a file that could not be read: one sentence. */
typedef void (*ReaderProblem)(const char *text, gpointer data);
typedef struct Reader Reader;
typedef struct ReaderOptions {
    bool all_folders;  /* files under trash and quarantine too */
    bool findings;     /* @each gets findings: dearer */
    bool wordless;     /* ... without any sentence */
    bool any;          /* all messages, not only what may be a bounce or notice */
    bool excluded_too; /* search.exclude_tags do not hold */
    bool staged;       /* what the index knows best comes first, each stage newest first: the first
                          rows are there sooner than in one order */
    guint few; /* @each will stop it at about so many rows: the store is asked for the newest
                  messages first, which is cheaper than to ask for all; 0: it will not */
    guint first_findings; /* without @findings: so many of the first messages have them */
    struct Shelf *shelf;  /* may be NULL; borrowed: what was read before, and is kept from now on */
    bool keep;            /* with a shelf: what is told is kept, to be judged again */
    bool counting; /* adds what is read to the campaigns that are known, instead of judging by them
                    */
    ReaderEach each; /* not called where it counts */
    /* With keep: the @n-th that was told is judged otherwise now. */
    void (*judged)(guint n, const Row *row, gpointer data);
    ReaderProblem problem;    /* may be NULL */
    ReaderProblem unconfined; /* may be NULL; told once where the parsers are not confined */
    /* May be NULL; called between messages, often. False to stop. */
    bool (*between)(gpointer data);
    gpointer data;
} ReaderOptions;

/* Opens the database. @options is copied. Where the configuration names no own addresses,
 * notmuch's are taken. */
Reader *reader_new(const Config *config, const ReaderOptions *options, GError **error);
/* As reader_new, but goes on without a database: for files. */
Reader *reader_new_for_files(const Config *config, const ReaderOptions *options, GError **error);
void reader_free(Reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reader, reader_free)
Store *reader_store(Reader *reader); /* NULL: none; borrowed */
/* The configuration with notmuch's addresses; borrowed. */
const Config *reader_config(const Reader *reader);
/* Reads all that @query (query.h) gives; returns when all of it was told. False with an error when
 * the query failed. Files that @query asks for by name are read wherever they are:
 * "tag:quarantined" asks for what is in quarantine. */
bool reader_query(Reader *reader, const char *query, GError **error);
/* Reads the text of a query and asks the store for what only it knows of it, but not for messages:
 * which files are in sight goes by it from now on. reader_query does that too. */
bool reader_prepare(Reader *reader, const char *text, GError **error);
/* What other cases say, as it was kept when the reader was made; with "counting" also what it read.
 * NULL where nothing is kept for this identity, or there is no database. Borrowed. */
struct Campaigns *reader_campaigns(Reader *reader);
/* @each or @between had enough. */
bool reader_was_stopped(const Reader *reader);
/* How many messages of the query that may be bounces search.exclude_tags left out. */
guint reader_left_out(Reader *reader);
/* The text of @query that notmuch is asked: all that can match. NULL with an error where @query
 * does not say what it seems to say (query.h). The caller frees it. */
char *reader_store_query(const Reader *reader, const char *query, GError **error);
/* Reads one file as part of the order; whatever folder it is in. Told by reader_finish at the
 * latest. @id may be NULL: asked of the store. */
void reader_file(Reader *reader, const char *file, const char *id);
/* The same for a message that is in no file: what @fd (taken over) holds, shown as @name. */
void reader_stream(Reader *reader, const char *name, int fd);
void reader_finish(Reader *reader);
/* The source of @file, or its text parts, as text that is safe for a terminal; NULL after telling
 * the problem. The caller frees it. */
char *reader_text(Reader *reader, const char *file, TextWanted what);
/* @store, opened now, has messages for @query that reader_query was not given, changed after
 * @revision. */
bool reader_has_news(const Reader *reader, Store *store, const char *query, guint64 revision);
/* The query gave the message @id. */
bool reader_gave(const Reader *reader, const char *id);
/* How many messages were given by the query, and read, so far. */
guint reader_candidates(const Reader *reader);
guint reader_done(const Reader *reader);
/* How many messages the query has by the index, counted once the first are on their way; 0: not
 * known yet, or not ReaderOptions.staged. */
guint reader_total(const Reader *reader);

/* Where the file of @id that was @file is now, in a folder that is shown; NULL: gone from there.
 * The caller frees it. */
char *reader_place_now(Reader *reader, const char *id, const char *file);
/* What of @query, made wide, changed after @revision. The caller frees it. */
char *reader_recent_query(const char *query, guint64 revision);
/* @query and what may be a bounce or notice: wide, since the reader decides. The caller frees it.
 */
char *reader_wide_query(const char *query);
/* The same in two stages: what most bounces have, and all else. The caller frees them. */
char *reader_sure_query(const char *query);
char *reader_rest_query(const char *query);
/* Opens @file, or the same file after a mail client gave it other
 * flags or moved it from new/ to cur/; @found (may be NULL) gets the name. -1 with an error whose
 * message is the reason alone. */
int reader_open(Reader *reader, const char *file, char **found, GError **error);

/* --- judging (reader_judge.c) ----------------------------------------------------------------- */

/* Reads all that @query gives, but holds it back. For what is said together: reader_add_sightings.
 * Needs ReaderOptions.shelf. */
bool reader_hold(Reader *reader, const char *query, GError **error);
/* Tells what is held, judged by what is kept of campaigns now. */
void reader_tell_held(Reader *reader);
/* Takes what is kept of campaigns now. */
void reader_load_campaigns(Reader *reader);
/* Adds what all that was read of the query is witness of: with ReaderOptions.keep, or held. */
void reader_add_sightings(const Reader *reader, struct Campaigns *campaigns);

/* With ReaderOptions.keep: */

/* What is kept of the @n-th of those that were told; NULL: gone. Borrowed. */
struct Candidate *reader_kept(const Reader *reader, guint n);
/* Takes it out of there: the caller owns it. */
struct Candidate *reader_steal_kept(Reader *reader, guint n);
/* Takes over @candidate in its place; NULL: it is gone from the query. */
void reader_keep_instead(Reader *reader, guint n, struct Candidate *candidate);
/* All of it is there in memory, and no term of the query depends on a judgement. */
bool reader_can_judge_again(const Reader *reader);
/* Judges again those for which other cases say something else now than before. Tells by
 * ReaderOptions.judged. */
void reader_count_again(Reader *reader);
/* Judges by @config from now on, whose identity alone differs, and tells what is judged otherwise.
 * @renew brings the campaigns up to date, when it is known what all are witnesses of. */
typedef void (*ReaderRenew)(Reader *reader, gpointer data);
void reader_judge_again(Reader *reader, const Config *config, ReaderRenew renew);

#endif
