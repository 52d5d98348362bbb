# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share: where things are, and builds of the targets. Sourced.
# shellcheck shell=bash disable=SC2034 # who sources it uses $fuzz, $corpora
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=${NOTME_SOURCE:-$(cd "$here/../.." && pwd)}
build=${NOTME_BUILD:-$source}
fuzz=${NOTME_FUZZ_DIR:-$build/out/fuzz}
corpora=$fuzz/corpus # a folder a target: seeds, and what an engine found worth keeping

# The names of the targets, or those of NOTME_FUZZ_TARGETS.
targets()
{
    if [ -n "${NOTME_FUZZ_TARGETS-}" ]; then
        printf '%s\n' $NOTME_FUZZ_TARGETS
    else
        (cd "$here" && ls fuzz_*.c | sed 's/\.c$//')
    fi
}

# build_as NAME GOAL VARIABLE=VALUE...: builds make's GOAL in $fuzz/NAME, configured with the variables;
# what is said goes to $fuzz/NAME.log.
build_as()
{
    local name=$1 goal=$2
    shift 2
    mkdir -p "$fuzz/$name" || return 1
    (cd "$fuzz/$name" && unset MAKEFLAGS MAKELEVEL && "$source/configure" --quiet "$@" && make -j2 $goal) \
        >"$fuzz/$name.log" 2>&1 || { echo "$name cannot be built: see $fuzz/$name.log" >&2; return 1; }
}
