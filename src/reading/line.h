/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finding as one line of output, made in the process that read the mail. Which file it is, only
 * its parent says: "file" is none of the line's own business. */
#ifndef NOTME_READING_LINE_H
#define NOTME_READING_LINE_H

#include "reading/row.h"

typedef enum LineFormat { LINE_TEXT, LINE_JSON, LINE_TSV, LINE_VERDICT } LineFormat;

typedef struct LineForm {
    LineFormat format;
    Wording wording; /* what its line shows */
    bool file;       /* the file's name is wanted ... */
    guint file_at;   /* ... in front of this column of tsv */
    guint64 members; /* of JSON: finding_write_members() */
    GArray *columns; /* of tsv: of const Column * */
} LineForm;

/* @format ("text", "json", "tsv", "verdict") and @fields ("verdict,submitter_ip", or NULL: the
 * usual ones). NULL with an error that names what is wrong. The caller frees it. */
LineForm *line_form_new(const char *format, const char *fields, GError **error);
void line_form_free(LineForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LineForm, line_form_free)
/* Appends the line of @finding without its end: an object, columns with tabs between them, or
 * text that is safe for a terminal. */
void line_append(GString *to, const LineForm *form, const Finding *finding);

/* What a finding comes to, for exit statuses; the first byte of a parser's answer. */
typedef enum LineStatus {
    LINE_UNREADABLE, /* the rest of the answer says why */
    LINE_NONE,       /* neither bounce nor notice */
    LINE_GENUINE,
    LINE_BACKSCATTER,
    LINE_FAKE,
    LINE_UNDECIDED,
    LINE_STATUS_COUNT
} LineStatus;
LineStatus line_status(const Finding *finding);
/* "none", "genuine" ...; NULL for LINE_UNREADABLE. */
const char *line_status_name(LineStatus status);

/* @line is what line_append() makes for @form, whoever made it: for whoever passes it on. */
bool line_good(const LineForm *form, Span line);

#endif
