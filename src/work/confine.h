/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes from a process what it does not need, so that mail which takes it over gains nothing. */
#ifndef NOTME_WORK_CONFINE_H
#define NOTME_WORK_CONFINE_H

#include <stdbool.h>

/* Whether this build can confine. Sanitizers open files and start programs of their own, and
 * gcov writes its counts when a process ends. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CONFINE_NEVER
#endif
#endif
#if defined(HAVE_SECCOMP) && !defined(__SANITIZE_ADDRESS__) && !defined(NOTME_COVERAGE) &&         \
    !defined(CONFINE_NEVER)
#define CONFINE_BUILT
#endif

/* From now on: no file can be opened, no connection made, no program or process started; what is
 * open can be read and written. A call that is not allowed fails like a missing file. False where
 * the system cannot do it (built without CONFINE_BUILT, or refused): then nothing has changed. */
bool confine(void);

#endif
