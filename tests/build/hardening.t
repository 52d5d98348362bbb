#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the built program has what makes a mistake in it hard to use: it is loaded anywhere, its tables are read-only once it runs, its stack and its strings are guarded, nothing in it is both written and run.
. "$(dirname "$0")/../lib/tap.sh"
command -v readelf >/dev/null || skip_all "no readelf"
readelf -h "$NOTME" >/dev/null 2>&1 || skip_all "no ELF"
sanitized && skip_all "a build with sanitizers"

headers=$(LC_ALL=C readelf -W -h -l -d "$NOTME")
symbols=$(LC_ALL=C readelf -W --dyn-syms "$NOTME")
like "$headers" 'Type: +DYN' "position independent"
like "$headers" 'GNU_RELRO' "tables are read-only once it runs"
like "$headers" '\(FLAGS(_1)?\).*(BIND_)?NOW' "... and complete by then: bound at the start"
like "$headers" 'GNU_STACK.* RW ' "the stack cannot be run"
unlike "$headers" '^ *LOAD .* RWE ' "nothing is both written and run"
unlike "$headers" '\((RPATH|RUNPATH)\)' "libraries are looked for in the system's folders only"
if grep -q 'cc\|gcc\|clang' <<<"$(sed 's/ .*//' "${NOTME_BUILD:-$top}/obj/flags" 2>/dev/null)" && ! grep -qE -- '-O0|-O( |$)' "${NOTME_BUILD:-$top}/obj/flags"; then
    like "$symbols" '__stack_chk_fail' "stack protectors"
    like "$symbols" '__[a-z]+_chk' "checked string functions"
else
    skip "built without optimisation: strings are not checked"
fi
done_testing
