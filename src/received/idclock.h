/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that tell the time: mail servers build the moment into the ids that they write
 * into Received lines, and a forger rarely knows. doc/TRACING says where each form comes from. */
#ifndef NOTME_RECEIVED_IDCLOCK_H
#define NOTME_RECEIVED_IDCLOCK_H

#include "received/hop.h"

/* How the digits are to be read. */
typedef enum IdZone {
    ID_UTC,    /* the true moment */
    ID_CLOCK,  /* the wall clock of the machine, or UTC: the id does not say */
    ID_PACIFIC /* the wall clock in California */
} IdZone;

typedef struct IdTime {
    gint64 seconds; /* read as if UTC */
    IdZone zone;
} IdTime;

/* Each reads an id of its software. False where the digits are no date. */
bool idclock_exim(Span id, IdTime *out);
/* The id holds the year modulo 60: the one nearest to @near is meant (TIME_NONE: after 1990). */
bool idclock_sendmail(Span id, gint64 near, IdTime *out);
bool idclock_gmail(Span id, IdTime *out);
bool idclock_postfix(Span id, IdTime *out); /* long ids only */
bool idclock_digits(Span id, IdTime *out);  /* YYYYMMDDhhmmss...: InterMail, Domino */

/* Postfix' short ids begin with microseconds. True for any other shape too. */
bool idclock_postfix_short_fits(Span id);
/* A queue id that Postfix could have written, long or short. */
bool idclock_postfix_shape(Span id);

/* The time in the id of @hop, read as the software that the line itself names writes it. False
 * where the line names none: a Postfix id of digits also looks like one of sendmail. */
bool idclock_read(const Hop *hop, IdTime *out);
/* The moment meant by @time that is nearest to @date (whose zone the machine uses). */
gint64 idclock_moment(const IdTime *time, const Date *date);

#endif
