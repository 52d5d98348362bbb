/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures, and what the reporter's own checks of SPF, DKIM and DMARC found. */
#ifndef NOTME_VERDICT_AUTHENTICATION_H
#define NOTME_VERDICT_AUTHENTICATION_H

#include "verdict/rule.h"

/* What is found out once for all rules. */
typedef struct Authentication {
    char *signer; /* the domain of ours in whose name a signature of the returned message is made,
                     whether it verifies or not; NULL for none */
    bool whole;   /* the headers that came back are all that the message had when it was refused */
    bool refused; /* a recipient was refused because such a check failed */
    Ip ours;      /* the address of ours that this refusal names; family 0: none */
} Authentication;

/* Looks. The caller clears it. */
Authentication authentication_look(const Case *c);
void authentication_clear(Authentication *said);

Answer authentication_unsigned(const Case *c);
/* The refusal says that the checks failed: against us, ... */
Answer authentication_refused(const Case *c);
/* ... or, where it names an address of ours, for us. */
Answer authentication_refused_us(const Case *c);

#endif
