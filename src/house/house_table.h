/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailbox providers, mail services, clouds and filters. */
#ifndef NOTME_HOUSE_HOUSE_TABLE_H
#define NOTME_HOUSE_HOUSE_TABLE_H

#include <glib.h>

#include "house/house.h"

/* The rows, @n of them. */
const House *house_table(gsize *n);

#endif
