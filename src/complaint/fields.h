/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the {fields} of a template stand for. */
#ifndef NOTME_COMPLAINT_FIELDS_H
#define NOTME_COMPLAINT_FIELDS_H

#include "complaint/incident.h"
#include "complaint/letter.h"

/* One of several bounces that a draft stands for. */
typedef struct Occurrence {
    gint64 time;
    Ip source, ip;
} Occurrence;

typedef struct FieldsInput {
    Side side;
    const Incident *incident;
    const char *name, *from;
    const GArray *occurrences; /* of Occurrence, newest first; the first is @incident's */
    bool report;               /* headers are enclosed */
} FieldsInput;

typedef struct Fields Fields;

Fields *fields_new(const FieldsInput *input);
void fields_free(Fields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fields, fields_free)
/* Up to one without a name; borrowed. With @fields NULL the names alone. */
const LetterField *fields_list(const Fields *fields);

#endif
