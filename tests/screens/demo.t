#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What somebody meets who tries "notme demo" with the README alone: each key does and says what he takes it for.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
export NOTME_NOW=2025-11-04T12:00:00Z EDITOR=true VISUAL=true
command -v notmuch >/dev/null || skip_all "notmuch is not here"
"$NOTME" demo "$work/demo" >/dev/null || skip_all "no sample mailbox"

# play LINE...: these lines of a script, on a fresh copy of the sample mailbox; screens go to $work/NAME.
play()
{
    rm -rf "$work/box" "$work"/*.got
    cp -a "$work/demo" "$work/box"
    sed -i "s|$work/demo|$work/box|g" "$work/box/config" "$work/box/notmuch-config"
    printf '%s\n' wait "$@" | sed "s|^save \(.*\)|save $work/\1.got|" >"$work/script"
    NOTME_SCRIPT="$work/script" timeout 180 "$NOTME" --config="$work/box/config" review >"$work/out" 2>&1
    is "$?:$(cat "$work/out")" "0:" "it runs to its end: $*"
}

# got NAME: the screen, but for its last line
got()
{
    sed '$d' "$work/$1.got"
}

has()
{
    grep -qF -- "$2" "$work/$1.got"
    ok $? "$3"
}

hasnt()
{
    ! grep -qF -- "$2" "$work/$1.got"
    ok $? "$3"
}

# --- an undone answer ---------------------------------------------------------------------------

play "save before" "keys <Enter>" wait "save case" "keys q Q G a n" wait "keys q g u" wait "save undone" \
    "keys <Enter>" wait "save case-undone" "keys q R" wait "save again"
is "$(got undone)" "$(got before)" "after an answer is undone the list and the case say what they said before it"
is "$(got case-undone)" "$(got case)" "... the open case, too"
is "$(got again)" "$(got before)" "... and looked at again"

done_testing
