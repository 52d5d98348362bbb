/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl-C (SIGINT), where a command has to end its work in its own way. */
#ifndef NOTME_CLI_INTERRUPT_H
#define NOTME_CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on Ctrl-C does not end the program, but is told by interrupt_came. */
void interrupt_catch(void);
bool interrupt_came(void);

#endif
