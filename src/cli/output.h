/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output interface of the commands that print bounces: a command gives rows and cases and does
 * not know the format. */
#ifndef NOTME_CLI_OUTPUT_H
#define NOTME_CLI_OUTPUT_H

#include "cli/command.h"
#include "cli/field_list.h"
#include "reading/row.h"

typedef struct Output Output;

typedef struct OutputFormat {
    const char *name;
    bool findings; /* it needs the whole findings, not only rows */
    bool words;    /* ... and shows their sentences */
    bool fields;   /* --fields says what of them */
    void (*row)(Output *output, const Row *row, const Finding *finding);
} OutputFormat;

struct Output {
    const OutputFormat *format;
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
const OutputFormat *output_format(const CommandContext *context, const char *name);
void output_init(Output *output, const CommandContext *context, const OutputFormat *format);
/* @names of --fields; NULL: those that the format has by itself. False after telling the user what
 * is wrong. */
bool output_set_fields(Output *output, const CommandContext *context, const char *names);
/* Whole findings are needed, not only rows. */
bool output_wants_findings(const Output *output);
/* Behind the last row. */
void output_end(Output *output);
void output_clear(Output *output);
/* One row of a list. @finding may be NULL where the format does not need it. */
void output_row(Output *output, const Row *row, const Finding *finding);
/* One case in full (output_case.c). @row is NULL where it is no bounce or notice. */
void output_case(Output *output, const Row *row, const Finding *finding);
/* Prints check's object with what the store knows, on one line. */
void output_json(const Row *row, const Finding *finding);

/* For text (output_text.c). */
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
void output_add(const Output *output, GString *out, Paint paint, const char *text, int width);
/* Appends @text, made safe, in lines that fit; those behind the first begin with @indent blanks.
 * The first one has @used columns already. (output_case.c) */
void output_add_wrapped(const Output *output, GString *out, Paint paint, const char *text,
                        int indent, int used);
Paint output_paint(VerdictValue verdict);
const char *output_sign(const Output *output, VerdictValue verdict);
/* Columns that safe @text takes. */
int output_columns(const char *text);

#endif
