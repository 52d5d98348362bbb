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

# --- the warning that somebody may have the password --------------------------------------------

play "keys Q G <Enter>" wait "save cases" "keys d" wait "save asked" "keys n" wait "keys z" wait "save asked-z" \
    "keys d" wait "save answered" "keys q q Q G a n" wait "keys q" wait "save denied" "keys 1 j" wait
has asked "which warns that somebody may have your password?" "what warns is not deleted without a question"
has asked-z "Quarantine 1 message, which warns" "... nor quarantined"
has answered "Nothing done" "... and d twice is no yes"
has denied "(2 NOT YOU)" "what was not sent by her is told apart in the title"
hasnt denied "LOGIN?" "... and asks no more"

# --- what is in a group ---------------------------------------------------------------------------

play "keys s" wait "save group"
has group "5 larch.example  5 sorrel.example  4 burdock.example  and 2 more" "the preview cuts no name while there is room for all"

# --- words ----------------------------------------------------------------------------------------

play "keys Q G a n" wait "save said" "keys u" wait "save undone" "keys q y <Esc>" "save left"
has said "You said no" "an answer is told in the words of its question"
has undone "taken back, all is judged as before" "... and so is its undo"
hasnt left "is not bound" "a sequence is left without a word"
play "keys Q G a n"
cli() { "$NOTME" --config="$work/box/config" "$@" </dev/null 2>&1; }
warned=$("$NOTME" --config="$work/box/config" list --warning --format=files | head -1)
like "$(cli delete "$warned")" "sent by a login that was not yours" "the command line asks, too"
cli delete "$warned" >/dev/null
is $? 2 "... and does nothing without an answer"
like "$(cli delete --yes "$warned")" ": 1 deleted" "... but with --yes"

done_testing
