/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row: what the list shows of one bounce; small, since twenty thousand of them are held. */
#ifndef NOTME_READING_ROW_H
#define NOTME_READING_ROW_H

#include "analysis/finding.h"
#include "base/pack.h"

typedef struct Row {
    guint refs;  /* of row_ref; not for several threads */
    char *id;    /* Message-ID in the store */
    char *file;  /* the file that was read: what is acted on */
    guint files; /* how many files share the id */
    gint64 timestamp;
    char *tags; /* joined by blanks */
    BounceKind kind;
    VerdictValue verdict;
    bool by_reviewer;
    char *recipient;  /* first failed one, or NULL */
    guint recipients; /* how many */
    Reason reason;
    Ip injection; /* of a fake, who brought it; family 0: not stated */
    bool injection_own;
    bool injection_open;   /* whether it was sent from there is not known (verdict/origin.h) */
    char *reporter;        /* host, or NULL */
    char *reporter_domain; /* organisational domain, or NULL; for fakes: the From as a person reads
                              it */
    char *from;            /* of the bounce */
    char *returned_subject;
    char *campaign;  /* key under which rows are one campaign: injection, or reporter + subject;
                        never NULL */
    char *questions; /* ids of what would settle it (verdict/question.h), joined by blanks; NULL:
                        none */
    char *abused;    /* the own address in whose name it was sent, or NULL */
    Warning warning;
    char *login; /* of a warning: the name that logged in, or NULL; and from where */
    Ip login_ip;
    bool login_denied; /* ... and the reviewer said that it was not he */
} Row;

/* A row belongs to whoever has a reference, and is const to all of them. The caller unrefs it. */
Row *row_from_finding(const Finding *finding, const char *id, const char *file, guint files,
                      gint64 timestamp, const char *tags);
/* Of one that was decided: differs where a row of another judgement of the same reading would. */
guint row_judged(const Judgement *judgement);
/* Between processes. */
void row_pack(GByteArray *to, const Row *row);
/* NULL where it is none: then @from is broken. */
Row *row_unpack(Unpack *from);
/* The network that its injection address is in, "198.51.100.0/24"; NULL where none is stated. The
 * caller frees it. */
char *row_network(const Row *row);
enum { ROW_NETWORK_SIZE = IP_TEXT_SIZE + sizeof "/48" };
/* The same into @text; false where that is NULL. */
bool row_network_write(const Row *row, char text[ROW_NETWORK_SIZE]);
/* Another reference. */
Row *row_ref(const Row *row);
void row_unref(Row *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Row, row_unref)

/* Who handed it over: "own", "not stated", or the address, written into @text. */
const char *row_injection(const Row *row, char text[IP_TEXT_SIZE]);
/* From where it was sent: the same, but of a warning who logged in; *@open (may be NULL): whether
 * it was sent from there is not known. The caller frees it. */
char *row_sender(const Row *row, bool *open);
/* Who @row speaks of: the first failed recipient, else of a reply that names nobody its writer,
 * else "(nobody named)". Borrowed. */
const char *row_named(const Row *row);

#endif
