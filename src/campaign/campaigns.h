/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bounces of one address say together: for each injection address, which organisations of
 * vouched reporters took mail in our name from it, first and last. What is added can be added in
 * any order, and twice. It is kept in the state folder, for all that judges (doc/TRACING, 7). */
#ifndef NOTME_CAMPAIGN_CAMPAIGNS_H
#define NOTME_CAMPAIGN_CAMPAIGNS_H

#include "analysis/judgement.h"
#include "config/config.h"

typedef struct Campaigns Campaigns;

/* For which state of things they were counted. */
typedef struct CampaignsStamp {
    char *identity; /* a hash of it: another one finds other addresses foreign */
    char *database; /* its uuid */
    guint64 revision;
    gint64 looked; /* Unix seconds */
} CampaignsStamp;

/* Nothing counted yet, for @identity. */
Campaigns *campaigns_new(const Identity *identity);
void campaigns_free(Campaigns *campaigns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Campaigns, campaigns_free)
/* Borrowed; the caller may set database, revision and looked. */
CampaignsStamp *campaigns_stamp(Campaigns *campaigns);
/* As new: of another database. */
void campaigns_forget(Campaigns *campaigns);
/* What one case is a witness of. */
typedef struct Sighting {
    Ip ip;
    bool vouched, sent_here; /* one of them at least */
    bool bare, named;        /* as in what is kept of the address */
    gint64 time;             /* when it came, Unix seconds */
    char witness[];          /* the organisation */
} Sighting;

/* NULL: of nothing. The caller frees it with g_free. */
Sighting *sighting_of(const Reading *reading, const Judgement *judgement, const Identity *identity,
                      const StoreFacts *facts, gint64 time);
/* Adds it; NULL adds nothing. */
void campaigns_add(Campaigns *campaigns, const Sighting *sighting);
/* What is said of the address; never NULL, and zero where nothing is. Borrowed until the next
 * campaigns_add. Counts what is not counted yet. */
const CaseCounts *campaigns_counts(Campaigns *campaigns, const Ip *ip);
/* Counts all: until the next is added, several threads can look at what is said. */
void campaigns_count(Campaigns *campaigns);
/* Who took mail in our name from the address, "aol.com, 3 Nov 2025 10:00 UTC" each on a line of its
 * own, the first first, at most @most; those of the organisation @but (may be NULL) left out, and
 * *count told all the same. NULL for none. The caller frees it. */
char *campaigns_witnesses(const Campaigns *campaigns, const Ip *ip, const char *but, guint most,
                          guint *count);
/* They say the same, whenever they were looked at. */
bool campaigns_counts_same(const CaseCounts *one, const CaseCounts *other);
/* The same is known of all addresses by both, whenever they were looked at. */
bool campaigns_same(const Campaigns *one, const Campaigns *other);

/* Those that are kept for @identity; NULL where there are none. A file that somebody wrote in is
 * read as far as it can be. */
Campaigns *campaigns_read(const char *state_dir, const Identity *identity);
/* Keeps them, 0600. Where that fails, as on a read-only disk, they are counted anew next time. */
void campaigns_write(const Campaigns *campaigns, const char *state_dir);

#endif
