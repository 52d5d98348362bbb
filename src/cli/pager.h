/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long text on a terminal goes through a pager. */
#ifndef NOTME_CLI_PAGER_H
#define NOTME_CLI_PAGER_H

#include <stdbool.h>

typedef struct Pager Pager;

/* Where standard output is a terminal and a pager is wanted ($NOTME_PAGER, else $PAGER, else less
 * where it is there; "" or "cat": none), starts it: standard output goes to it from now on. NULL:
 * there is none. Whoever has to know the terminal's size or colours looks before. */
Pager *pager_open(void);
/* Gives standard output back, after the user has left the pager. False after telling that it could
 * not be run; frees @pager (may be NULL). */
bool pager_close(Pager *pager);

#endif
