/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output interface of the commands that print bounces: a command gives rows and cases and does
 * not know the format. */
#ifndef NOTME_CLI_WRITER_H
#define NOTME_CLI_WRITER_H

#include "cli/command.h"
#include "cli/field_list.h"
#include "reading/row.h"

typedef struct Writer Writer;

typedef struct WriterFormat {
    const char *name;
    bool findings; /* it needs the whole findings, not only rows */
    bool fields;   /* --fields says what of them */
    void (*row)(Writer *writer, const Row *row, const Finding *finding);
} WriterFormat;

struct Writer {
    const WriterFormat *format;
    bool color;
    bool ascii;        /* no UTF-8 on the terminal */
    bool terminal;     /* standard output is one */
    int width;         /* of the terminal, to cut lines; 0: they are not cut */
    bool explain;      /* cases with every rule tried */
    bool headed;       /* the heads of the columns were printed */
    GHashTable *told;  /* for "addresses": what was printed */
    FieldList *fields; /* what --fields asked for, or NULL */
    GPtrArray *table;  /* with --fields and text: lines (char **) that wait for their widths */
};

/* The format's row of the table, or NULL with a line on what is allowed told to the user. */
const WriterFormat *writer_format(const CommandContext *context, const char *name);
void writer_init(Writer *writer, const CommandContext *context, const WriterFormat *format);
/* @names of --fields; NULL: those that the format has by itself. False after telling the user what
 * is wrong. */
bool writer_set_fields(Writer *writer, const CommandContext *context, const char *names);
/* Whole findings are needed, not only rows. */
bool writer_wants_findings(const Writer *writer);
/* Behind the last row. */
void writer_end(Writer *writer);
void writer_clear(Writer *writer);
/* One row of a list. @finding may be NULL where the format does not need it. */
void writer_row(Writer *writer, const Row *row, const Finding *finding);
/* One case in full (writer_case.c). @row is NULL where it is no bounce or notice. */
void writer_case(Writer *writer, const Row *row, const Finding *finding);
/* Prints check's object with what the store knows, on one line. */
void writer_json(const Row *row, const Finding *finding);

/* For text (writer_text.c). */
typedef enum Paint {
    PAINT_PLAIN,
    PAINT_BOLD,
    PAINT_DIM,
    PAINT_GENUINE,
    PAINT_BACKSCATTER,
    PAINT_FAKE,
    PAINT_UNDECIDED,
    PAINT_OWN,
    PAINT_INJECTION,
    PAINT_FORGED
} Paint;
/* Appends @text, made safe, in its colour; padded or cut to @width columns unless that is 0. */
void writer_add(const Writer *writer, GString *out, Paint paint, const char *text, int width);
Paint writer_paint(VerdictValue verdict);
const char *writer_sign(const Writer *writer, VerdictValue verdict);
/* Columns that safe @text takes. */
int writer_columns(const char *text);

#endif
