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
#if defined(__SANITIZE_ADDRESS__) || defined(NOTME_COVERAGE)
#define CONFINE_NEVER
#endif
#if defined(HAVE_SECCOMP) && !defined(CONFINE_NEVER)
#define CONFINE_BUILT
#endif

typedef enum Confinement {
    CONFINED,
    CONFINE_NOT_BUILT, /* the program was built without libseccomp */
    CONFINE_REFUSED,   /* the system does not allow it */
    CONFINE_EXEMPT,    /* a build with sanitizers or for gcov */
    CONFINE_COUNT
} Confinement;

/* From now on: no file can be opened or looked at by name, no connection made, no program or
 * process started, no signal sent to others, no memory made executable; what is open can be read,
 * @link and standard error can be written. A call that is not allowed fails like a missing file.
 * Where it says anything but CONFINED, nothing has changed. */
Confinement confine(int link);
/* What confine() would say, without doing it. */
Confinement confine_outlook(void);
/* What a reader of mail may use of the machine: memory 1 GB, 400 s of the CPU, 128 open files,
 * no core (it would hold mail). With a confined process these cannot be taken back.
 */
void confine_limits(void);
/* No core of this process is kept, and no other process of the user can look into it. */
void confine_memory(void);
/* What to tell whoever started it; NULL: nothing. */
const char *confinement_word(Confinement confinement);

#endif
