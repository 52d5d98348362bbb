/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes from a process what it does not need, so that mail which takes it over gains nothing. */
#ifndef NOTME_WORK_CONFINE_H
#define NOTME_WORK_CONFINE_H

#include <stdbool.h>

/* From now on: no file can be opened, no connection made, no program or process started; what is
 * open can be read and written. A call that is not allowed fails like a missing file. False where
 * the system cannot do it (built without libseccomp, or refused): then nothing has changed. */
bool confine(void);

#endif
