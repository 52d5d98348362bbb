#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the program needs no more than C11 and POSIX.1-2008 with XSI: what asks for more is named in HACKING, and compiles where there is no more; and it does its work without /proc (tests/cli/noproc.t) and where files without a name have to be made by hand.
. "$(dirname "$0")/../lib/tap.sh"
build=${NOTME_BUILD:-$top}
flags=$(sed 's/ | .*//' "$build/obj/flags" 2>/dev/null)
[ -n "$flags" ] || skip_all "what the build was made with is not known"
cd "$top" || exit 1

more=$(grep -lE '^#define _(GNU|DEFAULT|BSD|ALL)_SOURCE' src/*/*.c ui/*.c ui/*/*.c | sort)
is "$(for file in $more; do grep -qF "$file" doc/HACKING || echo "$file"; done)" "" "what asks for more than POSIX is named in HACKING"
linux=$(grep -lE '__linux__' src/*/*.[ch] ui/*.[ch] ui/*/*.[ch] | sort)
like "$flags" '-D_XOPEN_SOURCE=700' "all else is built without"

# a build folder of another system: no seccomp, nothing of Linux, nothing of GNU
mkdir "$work/b" && cd "$work/b" || exit 1
ln -s "$top/src" src
ln -s "$top/ui" ui
grep -v 'HAVE_SECCOMP' "$build/config.h" >config.h
flags=$(sed "s# -I$top/# -I./#g; s# -I\\.\\./[^ ]*/src# -I./src#; s# -I\\.\\./[^ ]*/ui# -I./ui#" <<<"$flags")
for file in $more $linux; do
    sed '/^#define _GNU_SOURCE/d' "$top/$file" >one.c
    out=$($flags -Werror -U__linux__ -U__linux -Ulinux -I"$(dirname "$file")" -fsyntax-only one.c 2>&1)
    is "$out" "" "$file compiles where there is no more"
done

# where there is no memfd_create
sed '/^#define _GNU_SOURCE/d' "$top/src/maildir/mbox.c" >one.c
if $flags -c one.c -o one.o 2>/dev/null && ! nm one.o | grep -q memfd_create; then
    ok 0 "a file without a name is made by hand where the system has none"
else
    ok 1 "a file without a name is made by hand where the system has none"
fi
done_testing
