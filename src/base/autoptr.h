/* SPDX-License-Identifier: GPL-3.0-or-later */
/* g_autoptr() for types of other libraries. */
#ifndef NOTME_BASE_AUTOPTR_H
#define NOTME_BASE_AUTOPTR_H

#include <glib.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

#endif
