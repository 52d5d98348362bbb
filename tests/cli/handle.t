#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a handle of two messages is refused by every command that takes one, with the ids to take in its
# place, and that nothing is done then; in the interface, too.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
mailbox_config "$work/box"
d=$box/mail/INBOX/cur
# Found by search: both have the same first 35 bits of SHA-256, as has one of some 200,000 pairs.
ids=(h123040@mx.remote.example h201551@mx.remote.example)
twice=@ybmh204
n=1
for id in "${ids[@]}"; do
    f=$d/${id%@*}:2,S
    bounce $n "$f" dsl-77.example.net 198.51.100.77
    sed -i "s/^Message-ID: .*/Message-ID: <$id>/I" "$f"
    n=$((n + 1))
done
bounce 3 "$d/b3:2,S" dsl-77.example.net 198.51.100.77
index
is "$(notme list --fields=handle | sort | uniq -d)" "$twice" "two messages have one handle"
before=$(files; notmuch dump)
for command in list show 'delete --yes' 'quarantine --yes' 'release --yes' 'complain --yes --old' tag summary questions; do
    # shellcheck disable=SC2086
    run notme $command "$twice"
    is "$status" 2 "${command%% *} refuses it"
    like "$err" "^notme: .*$twice is the handle of two messages; name the one that you mean: id:h[0-9]*@mx.remote.example or id:h[0-9]*@mx.remote.example" "... with both ids"
done
is "$(files; notmuch dump)" "$before" "nothing was done"
run notme show "id:${ids[0]}"
is "$status" 0 "the id is taken"
one=$(notme list --fields=handle id:b3@mx.remote.example)
is "$(notme list --fields=id "$one")" "b3@mx.remote.example" "a handle of one message still is, beside them"

# the interface: screens NAME after each command
{
    printf 'size 80 24\nwait\n'
    for command in "delete --yes $twice" "mark $twice" "show $twice" "limit $twice"; do
        printf 'keys :\ntype %s\nkeys <Enter>\nwait\nsave %s\nkeys <Esc>\n' "$command" "$work/${command%% *}"
    done
} >"$work/script"
NOTME_SCRIPT=$work/script notme >"$work/out" 2>&1
for command in delete mark show limit; do
    like "$(tr -s ' \n' ' ' <"$work/$command")" "$twice is the handle of two messages; name the one that you mean: id:h" "$command of the interface refuses it"
done
is "$(files; notmuch dump)" "$before" "nothing was done there either"
done_testing
