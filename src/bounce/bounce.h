/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bounce or notice says: kind, recipients, reasons, the returned message. Says nothing of
 * who sent it. */
#ifndef NOTME_BOUNCE_BOUNCE_H
#define NOTME_BOUNCE_BOUNCE_H

#include "base/date.h"
#include "base/ip.h"
#include "message/message.h"

typedef enum BounceKind {
    KIND_NONE,
    KIND_FAILURE,
    KIND_DELAY,
    KIND_SUCCESS,
    KIND_AUTO_REPLY,
    KIND_CHALLENGE,
    KIND_VIRUS_NOTICE,
    KIND_READ_RECEIPT,
    KIND_ABUSE_REPORT,
    KIND_COUNT
} BounceKind;

typedef enum Reason {
    REASON_NONE, /* not asked: success, notices */
    REASON_USER_UNKNOWN,
    REASON_HOST_UNKNOWN,
    REASON_MAILBOX_FULL,
    REASON_TOO_BIG,
    REASON_SPAM,
    REASON_VIRUS,
    REASON_POLICY,
    REASON_RATE_LIMITED,
    REASON_NOT_AUTHENTICATED,
    REASON_RELAY_DENIED,
    REASON_EXPIRED,
    REASON_MOVED,
    REASON_NETWORK,
    REASON_SYSTEM,
    REASON_SYNTAX,
    REASON_FILTERED,
    REASON_SUSPENDED,
    REASON_OTHER,
    REASON_COUNT
} Reason;

/* Most addresses that a bounce is held to have been delivered to. */
#define DELIVERED_TO_MAX 100

typedef enum Tri { TRI_UNKNOWN = -1, TRI_NO = 0, TRI_YES = 1 } Tri;

/* Where the words stood that decided a reason. */
typedef enum ReasonWhere {
    WHERE_NONE,       /* nothing decided */
    WHERE_REPLY,      /* the other side's SMTP reply */
    WHERE_DIAGNOSTIC, /* the reporter's own diagnostic */
    WHERE_STATUS,     /* the RFC 3463 status */
    WHERE_CODE,       /* the reply code */
    WHERE_TEXT        /* the text for people */
} ReasonWhere;

typedef struct Recipient {
    char *final;      /* Final-Recipient's address, BATV and SRS left as written; NULL if unknown */
    char *original;   /* Original-Recipient's address or NULL */
    char *action;     /* "failed", "delayed", "delivered", "relayed", "expanded" or NULL */
    char *status;     /* RFC 3463 "5.1.1" or NULL: never invented */
    int reply_code;   /* SMTP reply code, 0 if none */
    char *diagnostic; /* unfolded text or NULL */
    char *remote_mta; /* host name or NULL */
    Reason reason;    /* REASON_NONE where it was delivered */
    ReasonWhere reason_where;
    char *reason_words; /* that decided, as they were compared (small, no accents), or NULL */
    Tri permanent;
    gint64 retry_until; /* Will-Retry-Until (RFC 3464, 2.3.9); TIME_NONE */
} Recipient;

typedef enum ReturnedWhere {
    RETURNED_NONE,
    RETURNED_RFC822,
    RETURNED_HEADERS,
    RETURNED_TEXT
} ReturnedWhere;

/* What our own signature (DKIM) on the returned message says. In order: a later one says more. */
typedef enum SignatureState {
    SIGNATURE_NONE,    /* none by a key of ours, or no key is known */
    SIGNATURE_FAILS,   /* one does not verify */
    SIGNATURE_REFUSED, /* one proves nothing: weak, for a part of the body only ... */
    SIGNATURE_HEADERS, /* the header verifies; the body did not come back as it was sent */
    SIGNATURE_WHOLE    /* header and body verify */
} SignatureState;

typedef struct Signature {
    SignatureState state;
    char *key;       /* "SELECTOR:DOMAIN", or NULL for none */
    char *recipient; /* a failed recipient that a signed To or Cc names, or NULL */
    char *why;       /* of FAILS and REFUSED: a sentence without its full stop, or NULL */
    bool expired;    /* it had expired when the bounce was written */
    bool other_body; /* of HEADERS: a body came back, and is not the one that was signed */
} Signature;

typedef struct Returned {
    ReturnedWhere where;
    GPtrArray
        *headers;     /* of Header: the returned message's header block; may be empty, never NULL */
    char *from;       /* the addr-spec, or NULL */
    GPtrArray *to;    /* of char *: addr-specs of To and Cc */
    char *subject;    /* decoded */
    char *message_id; /* without angle brackets */
    GPtrArray *references; /* of char *: ids named by In-Reply-To and References, never NULL */
    char *return_path;     /* the address in its Return-Path, or NULL */
    gint64 date;           /* TIME_NONE if unknown */
    bool whole;            /* the body came back too */
    bool announced;        /* where it stands in the text: words in front of it announce it */
    Signature signature;   /* set by who has the bytes and the keys */
} Returned;

/* Where the bounce says, outside the returned Received lines, who handed the message over. */
typedef enum ClaimSource {
    CLAIM_SENTENCE,
    CLAIM_DSN_FIELD,
    CLAIM_ORIGINATING_IP,
    CLAIM_DIAGNOSTIC
} ClaimSource;

typedef struct Claim {
    ClaimSource source;
    Ip ip;      /* family 0 if only a name is given */
    char *host; /* the name beside the address, or NULL */
    char *text; /* the words, one line, for the evidence */
} Claim;

/* Something that decided the kind; shown as evidence "for kind". */
typedef struct KindMark {
    char *rule; /* short name: "delivery-status", "null-return-path", "phrase" ... */
    char *text; /* one English sentence */
} KindMark;

typedef struct Bounce {
    BounceKind kind;
    const char
        *format; /* a constant: "rfc3464", "qmail", "exim", ..., "text"; NULL where kind is none */
    GPtrArray *headers;  /* of Header: of the message itself, those that say something of its way or
                            of whom it was for; filled by who reads the message; never NULL */
    char *reporting_mta; /* host name of the Reporting-MTA or the name the text gives, or NULL */
    char *from;          /* From address of the bounce itself (addr-spec), or NULL */
    char *from_domain;   /* domain of From, lower case, or NULL */
    char *return_path;   /* Return-Path's address of the bounce itself, or NULL */
    GPtrArray *delivered_to; /* of char *: the addresses that its own To, Delivered-To,
                                X-Original-To, Envelope-To and X-Envelope-To name, in this order; at
                                most DELIVERED_TO_MAX, never NULL */
    char *in_reply_to;       /* the first id of its own In-Reply-To, or NULL */
    bool null_return_path;
    gint64 arrival_date;   /* RFC 3464 Arrival-Date or the sentence's date; TIME_NONE */
    GPtrArray *recipients; /* of Recipient, never NULL */
    Returned returned;
    GArray *claims;      /* of Claim, in the order of trust of ClaimSource, never NULL */
    GPtrArray *marks;    /* of KindMark, never NULL */
    bool has_report;     /* a machine-readable report (RFC 3464, 8098, 5965) was there */
    bool has_diagnostic; /* any failed recipient, diagnostic or transcript was there */
    bool names_address;  /* its text holds an "@" */
    bool talks;          /* its text, not only its subject, speaks as bounces do */
    GPtrArray *links;    /* of char *: host names of links (lower case) outside returned message and
                            diagnostics */
    GPtrArray *lures;    /* of char *: those of them beside which words ask to act: to log in, to
                            confirm, to release */
    GPtrArray *baits;    /* of char *: names of executable, archive or HTML attachments that are no
                            part of the report */
    char *text; /* the human-readable text of the bounce (not the returned message), UTF-8, capped;
                   or NULL, also where nobody asked for it */
} Bounce;

/* An empty bounce of kind none. Never NULL. */
Bounce *bounce_new(void);
/* Makes it an empty one again, but for what is in its lists. Frees nothing. */
void bounce_renew(Bounce *bounce);
void bounce_free(Bounce *bounce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bounce, bounce_free)
/* Adds evidence for the kind; takes @text over. */
void bounce_mark_add(Bounce *bounce, const char *rule, char *text);
Recipient *recipient_new(void);
void recipient_free(Recipient *recipient);

/* The names of the enumerations in JSON, in output and in options, and back (-1 if unknown). */
const char *bounce_kind_name(BounceKind kind);
int bounce_kind_from_name(const char *name);
const char *reason_name(Reason reason); /* NULL for REASON_NONE */
int reason_from_name(const char *name);
const char *reason_where_name(ReasonWhere where); /* NULL for WHERE_NONE */
const char *returned_where_name(ReturnedWhere where);
void signature_clear(Signature *signature);
/* failure, delay and success are bounces; the rest are notices. */
bool bounce_kind_is_bounce(BounceKind kind);

#endif
