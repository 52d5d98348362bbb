#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves from outside that mail is read by confined processes: what the kernel says of a real parser while it waits for mail, and what the program says of itself.
. "$(dirname "$0")/../lib/tap.sh"
cd "$work" || exit 1

build=${NOTME_BUILD:-$top}
printf 'From: lee@birch.example\nTo: rowan@alder.example\nSubject: tea\n\nAt four?\n' >plain.eml
: >config

run "$NOTME" --version
if ! grep -q HAVE_SECCOMP "$build/config.h" || sanitized; then
    like "$out" 'not confined|confined' "--version says whether mail is read by confined processes"
    done_testing
    exit 0
fi
like "$out" '^mail is read by confined processes$' "--version says that mail is read by confined processes"

# parser PID: the process ids of its parsers
parsers()
{
    local status
    for status in /proc/[0-9]*/status; do
        if grep -q "^PPid:[[:space:]]*$1\$" "$status" 2>/dev/null; then
            status=${status#/proc/}
            if tr '\0' ' ' <"/proc/${status%/status}/cmdline" 2>/dev/null | grep -q 'worker=parser'; then
                echo "${status%/status}"
            fi
        fi
    done
}

# field NAME PID
field()
{
    sed -n "s/^$1:[[:space:]]*//p" "/proc/$2/status" 2>/dev/null
}

# watch PID: waits until it has the list open, and its parsers have answered once and are confined, and sets $pid to one of them; gives up after a while
watch()
{
    local end=$((SECONDS + 60))
    while [ $SECONDS -lt $end ]; do
        pid=$(parsers "$1" | head -1)
        if [ -n "$pid" ] && [ "$(field Seccomp "$pid")" = 2 ] &&
            readlink /proc/"$1"/fd/* 2>/dev/null | grep -q '/names$'; then
            return
        fi
        sleep 0.05
    done
}

mkfifo names
for way in "--jobs=2" "--jobs=1"; do
    "$NOTME" --config=config check "$way" --files-from=names >answers 2>stderr &
    main=$!
    exec 9<>names
    echo plain.eml >&9
    watch $main
    is "$(field Seccomp "$pid")" 2 "check $way: its parser is confined (Seccomp: 2)"
    is "$(field NoNewPrivs "$pid")" 1 "... and gains no privileges"
    like "$(cat "/proc/$pid/limits")" '^Max core file size +0 +0 ' "... writes no core"
    like "$(cat "/proc/$pid/limits")" '^Max address space +1073741824 ' "... has an end to its memory"
    like "$(cat "/proc/$pid/limits")" '^Max cpu time +400 ' "... and to its time"
    if [ -r "/proc/$pid/fd" ]; then
        is "$(readlink "/proc/$pid/fd/2")" /dev/null "... and nothing that it writes reaches the terminal"
    else
        skip "what it has open only root may see: it is not dumpable"
    fi
    exec 9>&-
    for ((i = 0; i < 600; i++)); do # it may wait for ever
        kill -0 $main 2>/dev/null || break
        sleep 0.1
    done
    [ $i -lt 600 ] || kill -KILL $main
    wait $main
    status=$?
    is "$status" 0 "... and the file was read"
    is "$(cat answers)" "plain.eml: none" "... by it"
    is "$(cat stderr)" "" "... without a word that it is not"
done
done_testing
