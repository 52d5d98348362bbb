/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hop: what one Received line says. */
#ifndef NOTME_RECEIVED_HOP_H
#define NOTME_RECEIVED_HOP_H

#include "base/date.h"
#include "base/ip.h"

/* The software that wrote the line, as the line itself shows it; decides how "from" is read and how
 * the id is decoded. */
typedef enum Software {
    SOFTWARE_UNKNOWN,
    SOFTWARE_SENDMAIL,
    SOFTWARE_POSTFIX,
    SOFTWARE_EXIM,
    SOFTWARE_QMAIL,
    SOFTWARE_EXCHANGE,
    SOFTWARE_GMAIL,
    SOFTWARE_COURIER,
    SOFTWARE_DOMINO,
    SOFTWARE_INTERMAIL,
    SOFTWARE_OPENSMTPD,
    SOFTWARE_OTHER /* recognised, without rules of its own beyond the grammar */
} Software;

/* What the receiver's look-up of the peer's address says. Only software that tests whether the name
 * leads back to the address counts: Postfix, sendmail, Exim and Gmail. The name that others write
 * is whatever the owner of the address likes. */
typedef enum Lookup {
    LOOKUP_NOT,  /* not looked up, not verified, or the line does not tell */
    LOOKUP_NONE, /* looked up, and there is no such name: Postfix' "unknown", sendmail's bare
                    "[IP]" and "may be forged", Exim's and Gmail's address without a name */
    LOOKUP_NAME  /* from_rdns is verified */
} Lookup;

/* The highest Hop.release. */
enum { RELEASE_MOST = 9999 };

typedef struct Hop {
    char *raw;        /* the header's value, unfolded; NULL where nobody asked for it */
    char *from_helo;  /* said by the client */
    char *from_rdns;  /* looked up by the receiver */
    bool rdns_forged; /* "may be forged" */
    Lookup lookup;
    Ip from_ip;       /* the address the receiver saw; family 0 if it recorded none */
    bool ip_disputed; /* several comments before "by" hold different addresses */
    Ip helo_ip;       /* the address in a HELO literal, if it is one */
    char *by;
    Ip by_ip;
    char *with;
    char *via;
    char *id;
    char *for_; /* "for" address */
    char *envelope_from;
    char *ident; /* what an IDENT query answered: the client's word */
    char *login; /* the name of who logged in, as the server wrote it, or NULL */
    char *user;  /* who handed it in on the machine itself, where a local step names somebody: a
                    name, or the digits of a uid; received_user_kind() tells whose that is */
    Date date;   /* date.utc TIME_NONE if there is none or no zone */
    Software software;
    bool software_named; /* by a comment, a "with", its host or its whole form; not by an id's shape
                          */
    int release; /* of the software, where its ids tell it: N of Exim 4.N and sendmail 8.N; 0 where
                    the line names Postfix or Domino; -1 where it names none */
    bool pickup; /* "from mail pickup service": a program of the machine handed it in */
    bool local;  /* the line says that the step was local: no peer */
    bool authenticated; /* ESMTPA, ESMTPSA, Authenticated sender, auth= */
} Hop;

Hop *hop_new(void);
void hop_free(Hop *hop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hop, hop_free)

#endif
