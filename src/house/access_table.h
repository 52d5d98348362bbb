/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access providers and hosters: whoever sells connections, machines or web space. */
#ifndef NOTME_HOUSE_ACCESS_TABLE_H
#define NOTME_HOUSE_ACCESS_TABLE_H

#include <glib.h>

#include "house/house.h"

/* The rows, @n of them. */
const House *access_table(gsize *n);

#endif
