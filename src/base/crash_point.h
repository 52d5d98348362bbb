/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a test kills the process. */
#ifndef NOTME_BASE_CRASH_POINT_H
#define NOTME_BASE_CRASH_POINT_H

/* For tests: dies by SIGKILL when the environment's NOTME_CRASH_AT counts down to this call. */
void crash_point(void);

#endif
