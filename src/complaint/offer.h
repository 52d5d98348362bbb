/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a front end offers complaints: not where they are refused (refuse.h), as far as a row and
 * its finding tell. */
#ifndef NOTME_COMPLAINT_OFFER_H
#define NOTME_COMPLAINT_OFFER_H

#include "complaint/incident.h"
#include "config/config.h"
#include "reading/row.h"

/* @finding may be NULL: it is not read yet, and what only it tells refuses nothing. @now: Unix
 * seconds. */
bool complaint_offered(const Row *row, const Finding *finding, const Config *config, Side side,
                       gint64 now);

#endif
