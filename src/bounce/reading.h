/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of src/bounce share while one message is read. Private to src/bounce. */
#ifndef NOTME_BOUNCE_READING_H
#define NOTME_BOUNCE_READING_H

#include "bounce/bounce.h"

/* Caps: text that is looked at, its lines, and what is taken from it. */
#define READ_TEXT_MAX       (256u << 10)
#define READ_LINES_MAX      20000
#define READ_RECIPIENTS_MAX 10000

/* What a part is for, as seen from the message that reports. */
typedef enum PartRole {
    ROLE_INSIDE,    /* belongs to an attached message: says nothing of this one */
    ROLE_CONTAINER, /* multipart */
    ROLE_TEXT,      /* for people */
    ROLE_STATUS,    /* RFC 3464, RFC 6533 */
    ROLE_DISPOSITION,
    ROLE_FEEDBACK,
    ROLE_MESSAGE, /* an attached message or header block */
    ROLE_OTHER
} PartRole;

/* Phrases are sorted by what they mean; a set of meanings is a bit mask. */
typedef enum Meaning {
    MEANS_FAILURE,
    MEANS_DELAY,
    MEANS_SUCCESS,
    MEANS_SUBJECT,   /* a bounce where it stands in the subject */
    MEANS_VIRUS,     /* a virus was found in the message */
    MEANS_CHALLENGE, /* prove that you are a person */
    MEANS_AWAY,      /* the recipient is away, or a machine has taken note */
    MEANS_RETURNED,  /* the returned message follows */
    MEANS_PERMANENT,
    MEANS_TEMPORARY,
    MEANS_ROBOT /* lists, tickets, commands: an automatic answer that reports no delivery */
} Meaning;

#define MEANS(meaning) (1u << (meaning))

typedef struct Line {
    Span text;    /* trimmed */
    guint indent; /* columns in front */
    bool used;    /* part of a diagnostic, a recipient or the returned message */
} Line;

typedef struct Reading {
    const Message *message;
    Bounce *bounce;
    int base;       /* root of the message that reports: 0, or a report in a filter's wrapper */
    PartRole *role; /* of each part */
    int status, disposition, feedback; /* part or -1 */
    int returned_part;                 /* part whose headers or text are the returned ones, or -1 */
    char *text;                        /* for people, HTML taken off; never NULL */
    Span human;                        /* the piece of @text in front of the returned message */
    GArray *lines;                     /* of Line, of @human */
    char *subject;                     /* decoded, never NULL */
    guint in_subject, in_text;         /* sets of MEANS */
    GHashTable *known; /* while recipients are read: address in lower case -> Recipient */
    bool enrich;       /* recipients are known from a report; text only adds to them */
    bool daemon;       /* the sender is a mail system */
    bool automatic;    /* the sender is some program */
    bool announced;    /* words announce the returned message in the text */
} Reading;

/* structure.c */
void structure_read(Reading *r);
/* The text for people: @text. */
void text_gather(Reading *r);
/* Whether part @i is of the message that reports (no attached message's). */
bool structure_own(const Reading *r, int i);

/* html.c: text of an HTML page; line breaks where it breaks lines. The caller frees it. */
char *html_text(const char *html);

/* recognise.c */
void recognise_sender(Reading *r);
void recognise(Reading *r);
/* False where nothing but mail of persons has the marks of this message. */
bool recognise_possible(const Reading *r);
void mark_add(Bounce *bounce, const char *rule, char *text);

/* report.c: fields of the status part, or of a text that holds such fields. */
void report_read(Reading *r);
/* True when @text holds the fields of a delivery report at the start of lines. */
bool report_in_text(Span text);
/* Reads report fields out of the text for people: sets recipients; false if there are none. */
bool report_read_text(Reading *r);
/* Takes "dns;" and the like off a field. */
Span report_untyped(Span value);

/* returned.c */
void returned_read(Reading *r);
/* From, To, Subject, Message-ID and Date out of its headers. */
void returned_describe(Returned *returned);

/* claims.c */
void claims_read(Reading *r);

/* recipients.c */
void recipients_read(Reading *r);
/* Adds @address unless it is there already. The recipient either way; NULL above the cap. */
Recipient *recipient_add(Reading *r, const char *address);

/* transcript.c */
typedef struct Reply {
    int code;        /* 0 if none */
    char status[12]; /* "" if none */
    gsize at;        /* where it begins */
} Reply;
/* First SMTP reply in @text; false if there is none. */
bool reply_find(Span text, Reply *reply);
/* First RFC 3463 status in @text, into @out (12 bytes). @code gets its offset. */
bool status_find(Span text, char *out, gsize *at);
void transcript_read(Reading *r);

/* reason.c */
/* What the text around the diagnostics says; looked at once for all recipients. */
typedef struct ReasonContext {
    Reason words; /* as of a diagnostic */
    Reason last;  /* where nothing else says it */
    guint means;  /* set of MEANS */
    BounceKind kind;
} ReasonContext;
ReasonContext reason_context(Span text, BounceKind kind);
void reason_decide(Recipient *recipient, const ReasonContext *context);

/* dialects.c: names the format, and lets a dialect read what the general readers cannot. */
void dialect_find(Reading *r);

/* links.c */
void links_read(Reading *r);

/* lines.c */
GArray *lines_of(Span text);
/* @text in lower case, white space runs as one blank, at most READ_TEXT_MAX. The caller frees it.
 */
char *text_fold(Span text);

#endif
