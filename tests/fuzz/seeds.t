#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that every fuzz target holds on its own seeds: whole, cut off, and a little changed; and on the
# inputs that once broke it (tests/fuzz/regressions/TARGET-*).
. "$(dirname "$0")/../lib/tap.sh"
here=$top/tests/fuzz
for source in "$here"/fuzz_*.c; do
    name=$(basename "$source" .c)
    target=${NOTME_BUILD:-$top}/obj/tests/fuzz/$name
    [ -x "$target" ]
    ok $? "$name is built"
    "$target" --seeds >"$work/out" 2>&1
    is "$?:$(tail -c 2000 "$work/out")" "0:" "$name holds on its seeds"
    for input in "$here/regressions/$name"-*; do
        [ -f "$input" ] || continue
        "$target" "$input" >"$work/out" 2>&1
        is "$?:$(tail -c 2000 "$work/out")" "0:" "$(basename "$input") holds"
    done
done
done_testing
