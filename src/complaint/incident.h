/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An incident: what a complaint needs to know of one bounce. It holds nothing of the body of the
 * returned message. */
#ifndef NOTME_COMPLAINT_INCIDENT_H
#define NOTME_COMPLAINT_INCIDENT_H

#include "analysis/finding.h"

/* Whom a complaint is about: who bounced, or who sent the forged mail. */
typedef enum Side { SIDE_REPORTER, SIDE_NETWORK, SIDE_COUNT } Side;

typedef struct Incident {
    char *id; /* as the user knows the bounce: its id in the store, or its file */
    BounceKind kind;
    VerdictValue verdict;
    bool sure;      /* it is proved that it was not ours, and all that we send through is named */
    bool stolen;    /* it went through an account of ours, by nobody knows whom */
    gint64 arrived; /* when our server took the bounce; TIME_NONE */
    bool unrouted;  /* the bounce has no Received line at all */

    /* who bounced */
    Standing standing;
    char *standing_why;
    Ip source;          /* recorded by our server; family 0: unknown */
    char *source_name;  /* as our server looked it up, or NULL */
    char *forwarder;    /* of ours, through which it came, where @source is not known; or NULL */
    char *own_server;   /* our server that recorded it, or NULL */
    char *reporter;     /* name of the reporter, or its address; NULL: unknown */
    char *organisation; /* of the reporter, as far as our server's line bears it out; or NULL */

    /* who sent the forged mail, by the reporter's word */
    Ip ip;         /* family 0: unknown */
    char *ip_name; /* as the reporter looked it up, or NULL */
    guint port;    /* of the client, where the reporter recorded it; or 0 */
    bool ip_own, ip_forwarder;
    gint64 taken;    /* TIME_NONE */
    char *line;      /* the reporter's own words, one line, unbroken; or NULL */
    bool ip_claimed; /* @ip stands in a header that the sender may have written himself */
    bool asked;      /* it is an open question whose @ip is, or its house's account */
    char *program;   /* what named the script or account that sent it: a sentence; or NULL */
    char *witnesses; /* who else took mail in our name from @ip, a line each; or NULL */
    guint witness_count;

    char *spoofed;     /* the address of ours that was forged; or NULL */
    bool spoofed_own;  /* ... and the identity says that it is ours */
    char *forged_from; /* the returned message's sender, or NULL */
    char *recipient;   /* first that failed, or NULL */
    char *reason;      /* the reporter's words, one line, or NULL */
    bool virus, whole;
    char *subject, *returned_subject; /* decoded; or NULL */
    char *message_id;                 /* of the returned message, without brackets; or NULL */
    char *headers, *returned_headers; /* "Name: value" lines, folded, safe; may be "" */
    char *returned_lines;             /* the returned ones unfolded, each on a line; may be "" */
} Incident;

/* Reads what is needed from @finding, whose message must be there. */
Incident *incident_new(const Finding *finding, const char *id, const Identity *identity);
void incident_free(Incident *incident);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Incident, incident_free)
/* The question @id is about @ip, from where the mail was sent, or about what sent it there: while
 * it is open nobody is complained of. */
bool incident_is_asked(const char *id, const Ip *ip);
/* The address that a complaint of @side is about. */
const Ip *incident_ip(const Incident *incident, Side side);
/* The Received lines among @headers hold one whose peer has the address @ip. */
bool incident_headers_show(const char *headers, const Ip *ip);
/* A host name in letters, digits, hyphens, underscores and dots. */
bool incident_is_host(const char *name);
/* A mail address that can stand in a header as it is: ASCII, dot-atom, a domain with a dot. */
bool incident_is_address(const char *address);

#endif
