/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole lines to standard output: several programs that write into one pipe or file ("xargs -P")
 * tear none of each other's. */
#ifndef NOTME_CLI_CHECK_OUTPUT_H
#define NOTME_CLI_CHECK_OUTPUT_H

#include <glib.h>
#include <stdbool.h>

typedef struct CheckOutput CheckOutput;

CheckOutput *check_output_new(void);
/* Writes what is left. The caller has asked check_output_failed() before, where it wants to know.
 */
void check_output_free(CheckOutput *output);
/* Takes @line, which ends with its newline; writes what has gathered where that is enough. */
void check_output_line(CheckOutput *output, const GString *line);
/* Writes all; false when it failed, now or before. */
bool check_output_flush(CheckOutput *output);
/* Nothing more can be written: the reader is gone, or the disk full. */
bool check_output_failed(const CheckOutput *output);
/* Why, for the user; NULL: it has not failed, or the reader went away, which is no fault. */
const char *check_output_why(const CheckOutput *output);

#endif
