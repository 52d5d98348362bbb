/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace: the links between the hops of both chains, the reporter's standing and the trust walk
 * (doc/TRACING). Pure: hops and an identity in, a result out; no files, no clock. */
#ifndef NOTME_TRACE_TRACE_H
#define NOTME_TRACE_TRACE_H

#include "received/received.h"
#include "trace/identity.h"

/* From where the injection's address is known. */
typedef enum InjectionSource {
    INJECTION_NONE,
    INJECTION_RECEIVED,
    INJECTION_SENTENCE,
    INJECTION_DSN_FIELD,
    INJECTION_ORIGINATING_IP,
    INJECTION_FILTER_HEADER, /* fields of the house's own front door: front_door.h */
    INJECTION_DIAGNOSTIC,
    INJECTION_LAST = INJECTION_DIAGNOSTIC
} InjectionSource;

/* What the bounce says about the hand-over outside Received lines, best source first. */
typedef struct TraceClaim {
    InjectionSource source;
    Ip ip;
    const char *host; /* may be NULL */
} TraceClaim;

/* A header that speaks of the way of the message (Authentication-Results, Received-SPF ...), and
 * its place: above the Received line with index @above; the number of lines where it stands below
 * them all. Servers put theirs on top, so it was written by who wrote that line, or above it. */
typedef struct TraceHeader {
    const char *name, *value;
    guint above;
} TraceHeader;

/* All that the tracing needs to know of a message. Everything is borrowed; the chains are shared by
 * reference with the traces made of them. */
typedef struct TraceInput {
    GPtrArray *outer;    /* of Hop: Received lines of the message itself, newest first */
    GPtrArray *returned; /* of Hop: of the returned message, newest first */
    const TraceHeader *outer_headers, *returned_headers; /* in the order of the message */
    gsize outer_header_count, returned_header_count;
    const TraceClaim *claims;
    gsize claim_count;
    const char *reporting_mta;    /* may be NULL */
    const char *from;             /* address in the bounce's From, may be NULL */
    const char *from_domain;      /* its domain, may be NULL */
    const char *failed_recipient; /* the first one, may be NULL */
    const char *returned_message_id;
    gint64 returned_date; /* TIME_NONE */
    gint64 arrival_date;  /* TIME_NONE */
    bool returned_has_list_id;
    bool returned_is_quoted; /* its lines stand in running text, and nothing tells them from words
                                of the sender that somebody quotes */
    const GPtrArray *returned_to; /* of char *: the addresses in its To and Cc; may be NULL */
} TraceInput;

typedef enum HopMark {
    MARK_NONE,
    MARK_OWN,
    MARK_BELIEVED,
    MARK_INJECTION,
    MARK_UNVERIFIED,
    MARK_FORGED
} HopMark;

/* What of the words for people is made: of a row nobody reads them. What is found is the same
 * without. */
typedef enum Wording {
    WORDING_NONE,
    WORDING_SUMMARY, /* no sentence but the summary of the verdict */
    WORDING_FOUND,   /* all but what was tried, and why it did not hold */
    WORDING_ALL
} Wording;

/* What the walk makes of one hop. */
typedef struct HopNote {
    HopMark mark;
    char *why; /* one English sentence; NULL with MARK_NONE, or without words */
} HopNote;

typedef enum Standing {
    REPORTER_UNKNOWN,
    REPORTER_VOUCHED,
    REPORTER_CONTRADICTED,
    REPORTER_DOUBTFUL
} Standing;

typedef enum LinkResult { LINK_SILENT, LINK_CONSISTENT, LINK_WEAK, LINK_STRONG } LinkResult;

/* One test of one hop against the older one under it, or against itself. */
typedef struct Link {
    int hop;          /* index in the chain of the hop that the result speaks about */
    const char *test; /* constant: "adjacency", "time", "id-clock", "family", "identity-theft",
                         "address-sense", "literal", "duplicate" */
    LinkResult result;
    bool explained; /* a contradiction with an honest explanation: not held against the line */
    char *text;     /* one English sentence with the facts in it; NULL without words */
} Link;

/* What contradicts a line, where nothing honest explains it: bits. */
typedef enum Contradiction {
    CONTRADICTED_BY_NAMES = 1 << 0, /* it is by somebody else than who handed the message on above
                                       it, or its client greeted as ours */
    CONTRADICTED_BY_ELSE = 1 << 1   /* its dates, its id, its form, its addresses */
} Contradiction;

typedef struct Injection {
    Ip ip;             /* family 0 if unknown */
    int hop;           /* index into the returned chain, -1 */
    char *helo, *rdns; /* or NULL */
    InjectionSource source;
    char *name;     /* what was looked up for the address, by any believed line; or NULL */
    Lookup lookup;  /* ... and whether it was */
    bool by_own;    /* a host of ours wrote the line that shows it, whatever it calls itself */
    bool own;       /* the address is ours */
    bool forwarder; /* the address is a declared forwarder's */
    /* A line below shows an address of ours handing it over, but belief came there only over the
     * step of this hop, whose peer could have written it: */
    bool own_beyond;
    Ip beyond_ip;
    int beyond_hop; /* index into the returned chain */
} Injection;

/* What our own hosts did, where one of them wrote the newest returned line. */
typedef enum Relay {
    RELAY_NONE,      /* none wrote it */
    RELAY_SUBMITTED, /* it took the message from a client who logged in, of ours or on the machine
                      */
    RELAY_OUTSIDER,  /* it took the message from a stranger */
    RELAY_UNCLEAR    /* its lines do not tell */
} Relay;

/* Its sentences are only made with WORDING_FOUND or more. Without it those that are also a sign,
 * which NULL says is not there, are empty where it is; all others are NULL. */
typedef struct Trace {
    Wording wording;
    guint promises;       /* of Promise (identity.h): what the walk asked about */
    GPtrArray *outer;     /* of Hop, newest first; shared with the reading, never changed */
    GPtrArray *returned;  /* of Hop, newest first; likewise */
    HopNote *outer_notes; /* one for each hop of the chain, in its order */
    HopNote *returned_notes;
    GArray *links; /* of Link, of the returned chain */
    Standing reporter;
    char *reporter_why;          /* one sentence; NULL without words */
    char *reporter_organisation; /* or NULL */
    Ip handing_ip; /* the peer that handed us the bounce; family 0: none (our own host wrote it) or
                      unknown */
    char *handing_rdns; /* the verified name of that peer, or NULL */
    char *handing_helo;
    Lookup handing_lookup; /* whether it was looked up */
    bool outer_capped;     /* a step above the bounce could have been written by a stranger */
    Injection injection;
    bool capped;      /* belief came down over a step that a stranger could have written: what is
                         found there is no proof */
    char *capped_why; /* which step; NULL if not capped */
    int capped_from;  /* ... the newest line that a stranger could have written; -1 */
    bool forwarded;   /* belief came down over a declared forwarder */
    bool own_wrote;   /* a host of ours wrote the bounce itself */
    bool own_unnamed; /* ... which no setting names: only the way of the bounce shows it */
    Relay relay;
    bool has_list_id; /* the returned headers hold a List-Id */
    char *held_why; /* why a foreign injection is no proof that the message was not ours; or NULL */
    bool held_way;  /* ... because somebody who carries mail for many may have carried it on */
    bool held_own;  /* ... because the address may be one of ours that was forgotten */
    bool held_theirs; /* ... because who got the message may have sent it on, or has machines before
                         his mailbox: that the address is not ours is no answer to that */
    char *not_ours; /* why a hand-over by our address shows no message of ours: the line of our own
                       server names who handed it in there, and that is none of us. In words behind
                       "but"; or NULL */
    Ip submitter_ip;
    int forged_hop; /* -1 if none */
} Trace;

/* A trace of two chains (of Hop; referenced) without any marks, with all words. */
Trace *trace_new(GPtrArray *outer, GPtrArray *returned);
void trace_free(Trace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trace, trace_free)
/* The returned line @i could have been written by a stranger. */
bool trace_is_capped_at(const Trace *trace, int i);
/* Of Contradiction: what the strong links say of line @i of the returned chain. */
guint trace_contradictions(const Trace *trace, int i);
bool trace_has_words(const Trace *trace);
/* A sentence for @trace, made as by printf; NULL where it has none. The caller frees it. */
char *trace_say(const Trace *trace, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* One that is also a sign: empty where it has no words. The caller frees it. */
char *trace_sign(const Trace *trace, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* ip_format() for a sentence; NULL where it has no words. The caller frees it. */
char *trace_ip_text(const Trace *trace, const Ip *ip);
/* Sets the mark of one hop. Takes over @why. */
void hop_note_set(HopNote *note, HopMark mark, char *why);
/* Takes all marks away: of a message that is no bounce nothing is said. */
void trace_unmark(Trace *trace);
const char *hop_mark_name(HopMark mark);                   /* NULL for MARK_NONE */
const char *injection_source_name(InjectionSource source); /* NULL for none */

#endif
