/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between counting campaigns and their file. */
#ifndef NOTME_CAMPAIGN_CAMPAIGNS_PRIVATE_H
#define NOTME_CAMPAIGN_CAMPAIGNS_PRIVATE_H

#include "campaign/campaigns.h"

/* An organisation that took mail from the address. */
typedef struct Witness {
    gint64 first, last;
} Witness;

/* One injection address. */
typedef struct Place {
    GHashTable *witnesses; /* organisation -> Witness */
    bool sent_here;        /* mail of ours came from it, too */
    bool bare, named;      /* somebody looked it up, and found no server's name; and found one */
    bool counted;          /* counts are those of the witnesses */
    CaseCounts counts;
} Place;

struct Campaigns {
    GHashTable *places; /* address -> Place */
    CampaignsStamp stamp;
    CaseCounts none; /* of an address that nothing is known of */
};

/* Of that address, made where it is not there. Borrowed. */
Place *campaigns_place(Campaigns *campaigns, const char *ip);
void place_witness(Place *place, const char *organisation, gint64 first, gint64 last);
/* Of all that decides what is own. The caller frees it. */
char *campaigns_identity_hash(const Identity *identity);
/* The file: a line of the stamp, then all addresses in order. The caller frees it. */
char *campaigns_text(const Campaigns *campaigns);

#endif
