/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of letters, and letters made from them. */
#ifndef NOTME_COMPLAINT_LETTER_H
#define NOTME_COMPLAINT_LETTER_H

#include <glib.h>
#include <stdbool.h>

/* What a {field} stands for. @value NULL: not known, and the paragraph that names the field is left
 * out. Values are not looked into for fields. */
typedef struct LetterField {
    const char *name, *value;
} LetterField;

typedef struct LetterTemplate {
    char *origin; /* the file, or "built-in NAME" */
    char *text;
} LetterTemplate;

/* The template @name: complaint/NAME.txt of @config_dir (may be NULL) where it is there, else the
 * built-in one. An unknown field in it is an error with file and line; @fields names those that are
 * known, up to one without a name. */
LetterTemplate *letter_template_load(const char *name, const char *config_dir,
                                     const LetterField *fields, GError **error);
void letter_template_free(LetterTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LetterTemplate, letter_template_free)
/* The letter, wrapped; @subject gets what the template's first line "Subject: ..." says, or NULL.
 * The caller frees both. */
char *letter_write(const LetterTemplate *template, const LetterField *fields, char **subject);

#endif
