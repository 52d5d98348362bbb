/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names of a from clause mean, by the habit of the software that wrote it: which the
 * client said, which the server looked up, and whether the step was a local one. */
#ifndef NOTME_RECEIVED_RECEIVED_NAMES_H
#define NOTME_RECEIVED_RECEIVED_NAMES_H

#include "received/received_from.h"

/* Fills what @hop says of the other side. */
void names_interpret(const Clauses *clauses, const Style *style, const FromParts *parts, Hop *hop);

#endif
