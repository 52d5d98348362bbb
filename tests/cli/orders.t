#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the same answers end the same in whatever order they are given, also to questions that are not asked any
# more, and that undoing them, in whatever order, brings back each byte of the list and of the configuration.
# NOTME_ORDERS: how many orders of six answers (200 in "make check-long").
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
mailbox_config "$work/box"
sed -i 's/^primary_email=.*/primary_email=rowan@alder.example/' "$box/notmuch"
printf '# mine\n[mail]\nnotmuch_config=%s\nstate=%s\n\n[identity]\naddresses=rowan@alder.example\n\n[review]\nsort=date\n' \
    "$box/notmuch" "$state" >"$conf"
python3 "$top/tests/lib/joejob.py" make "$box/mail" 130 4 12
index
cp "$conf" "$work/conf.before"
notme list --format=json >"$work/list.before"
cat >"$work/orders.py" <<'END'
"""orders.py COUNT: so many orders of the six answers, and of taking them back; all different while there are."""
import itertools
import random
import sys
answers = ['is-own:203.0.113.7 yes', 'is-own:203.0.113.200 yes', 'complete yes', 'forwarder:relay.beech.example yes',
           'login:198.51.100.222 no', 'is-own:198.51.100.1 no']
chance = random.Random(11)
orders = list(itertools.permutations(range(6)))
chance.shuffle(orders)
for order in orders[:int(sys.argv[1])]:
    back = list(range(1, 7))
    chance.shuffle(back)
    print('|'.join(answers[i] for i in order), ' '.join(map(str, back)), sep='\t')
END
count=0 other='' back=''
while IFS=$'\t' read -r order undo; do
    rm -rf "$state/jobs" "$state/campaigns"
    while IFS= read -r answer; do
        # shellcheck disable=SC2086 # a question and its answer
        notme answer $answer >/dev/null
    done < <(tr '|' '\n' <<<"$order")
    notme list --format=json >"$work/list"
    [ -f "$work/list.end" ] || cp "$work/list" "$work/list.end"
    cmp -s "$work/list" "$work/list.end" || other="$other [$order]"
    for job in $undo; do notme undo "$job" >/dev/null; done
    cmp -s "$conf" "$work/conf.before" || back="$back [$order: $undo]"
    cp "$work/conf.before" "$conf"
    count=$((count + 1))
done < <(python3 "$work/orders.py" "${NOTME_ORDERS:-6}")
is "$other" "" "$count orders of six answers end the same, byte for byte of the list"
is "$back" "" "and undone in any order, the configuration is the old one, byte for byte"
notme list --format=json | cmp -s - "$work/list.before"
ok $? "and so is the list"
cmp -s "$work/list.before" "$work/list.end"
is "$?" 1 "which the answers had changed"
read -r lost believed undecided < <(python3 "$top/tests/lib/joejob.py" judge "$box/truth" <"$work/list.end")
is "$lost $believed" "0 0" "none is lost, none believed ($undecided undecided)"
done_testing
