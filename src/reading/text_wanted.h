/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which text of a message a person wants to see. */
#ifndef NOTME_READING_TEXT_WANTED_H
#define NOTME_READING_TEXT_WANTED_H

typedef enum TextWanted {
    TEXT_NONE,     /* none: the message is to be read, not shown */
    TEXT_RAW,      /* its source */
    TEXT_PARTS,    /* its text parts, decoded */
    TEXT_RETURNED, /* the message that it brings back, as far as it came */
    TEXT_COUNT
} TextWanted;

#endif
