/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of houses, for house.c and the test of them. */
#ifndef NOTME_HOUSE_HOUSE_PRIVATE_H
#define NOTME_HOUSE_HOUSE_PRIVATE_H

#include <glib.h>

#include "house/house.h"

/* Mailbox providers, mail services, clouds and filters (house_table.c): the rows, @n of them. */
const House *house_table(gsize *n);
/* Access providers and hosters, whoever sells connections, machines or web space (house_access.c).
 */
const House *house_access(gsize *n);

#endif
