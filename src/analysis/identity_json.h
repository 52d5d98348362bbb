/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity over the wire, for the program's own processes and files. */
#ifndef NOTME_ANALYSIS_IDENTITY_JSON_H
#define NOTME_ANALYSIS_IDENTITY_JSON_H

#include <jansson.h>

#include "trace/identity.h"

json_t *identity_to_json(const Identity *identity);
/* NULL if it is none. The caller frees it. */
Identity *identity_from_json(const json_t *json);

#endif
