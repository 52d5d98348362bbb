#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that what was decided once on a campaign is carried out by "notme tag" on its new backscatter, as a job that
# can be undone and is not done again then; and never on genuine, undecided or held mail, or on what was there before.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
mailbox_config "$work/box"
d=$box/mail/INBOX/cur
bounce 1 "$d/b1:2,S" dsl-77.example.net 198.51.100.77
bounce 2 "$d/b2:2,S" dsl-78.example.net 198.51.100.78
genuine 3 "$d/b3:2,S"
index
cp "$conf" "$work/conf.before"

run notme decide
like "$out" 'nothing is decided' "off by default"
notme tag
is "$(tags_of b1@mx.remote.example)" "backscatter bounce inbox" "and nothing but the verdict is written"
is "$(notme list --fields=campaign 'id:b1@mx.remote.example')" "ip 198.51.100.77" "a campaign has a name"
run notme decide --dry-run 'ip 198.51.100.77' delete
is "$status $(cmp "$conf" "$work/conf.before" 2>&1) $(notme log | grep -c decide)" "0  0" "a dry run writes nothing, and is no job"
like "$out" 'ip 198.51.100.77.*delete' "... and says what would be written"
like "$out" 'nothing was changed .dry run.' "... and that it was not"
run notme decide --dry-run 'ip 198.51.100.77' burn
is "$status" 2 "... and what cannot be decided is refused there, too"
run notme decide 'ip 198.51.100.77' delete
is "$status" 0 "it is decided on"
like "$out" '^ip 198.51.100.77: new backscatter of it is deleted' "with what that means"
like "$out" '^job [0-9]+: decided on ip 198.51.100.77: delete; "notme undo' "as a job"
is "$(diff "$work/conf.before" "$conf" | grep '^[<>]' | tr '\n' ' ')" ">  > [decisions] > ip 198.51.100.77=delete " \
    "in a section of its own"
is "$(notme decide)" "delete      ip 198.51.100.77" "it is listed"
cp "$conf" "$work/conf.after"
notme undo >/dev/null
cmp -s "$conf" "$work/conf.before"
ok $? "undone, the configuration is to the byte as before, without an empty section"
notme redo >/dev/null
cmp -s "$conf" "$work/conf.after"
ok $? "and done again as after"
notme undo >/dev/null
printf '\n# mine\n' >>"$conf"
notme redo >/dev/null
is "$(grep -c '^# mine$' "$conf") $(notme decide)" "1 delete      ip 198.51.100.77" "what was written meanwhile stays"
notme undo >/dev/null
cmp -s "$conf" <(cat "$work/conf.before" <(printf '\n# mine\n'))
ok $? "then, too"
notme redo >/dev/null
notme tag '*'
unlike "$(tags_of b1@mx.remote.example)" deleted "what was there before stays"

# what comes from now on
sleep 0.05
bounce 11 "$d/b11:2," dsl-77.example.net 198.51.100.77
bounce 12 "$d/b12:2," dsl-77.example.net 198.51.100.77
bounce 13 "$d/b13:2," dsl-78.example.net 198.51.100.78
genuine 14 "$d/b14:2,"
# the same address, named by nobody but a header that its sender wrote: not decided
bounce 15 "$d/b15:2," dsl-77.example.net 198.51.100.77
sed -i '/^Received: from dsl-77/,/^	for/d; s/^Subject: message 15/X-Originating-IP: [198.51.100.77]\n&/' "$d/b15:2,"
# a file beside it has its id
bounce 16 "$d/b16:2," dsl-77.example.net 198.51.100.77
cp "$d/b16:2," "$d/b16b:2,S"
index
before=$(contents)
run notme tag --dry-run
like "$out" '^delete: 2 messages; nothing was changed' "a dry run says what would be done"
unlike "$(dump)" deleted "and does nothing"
run notme tag
like "$out" '^job [0-9]+: 2 deleted by your decision on ip 198.51.100.77; "notme undo' "new backscatter is deleted"
is "$(notmuch search --output=messages tag:deleted | sort | tr '\n' ' ')" \
    "id:b11@mx.remote.example id:b12@mx.remote.example " "and nothing else: genuine, undecided, of others, with a twin"
is "$(contents)" "$before" "no byte is lost"
like "$(notme log)" 'delete *done .*2 of 2.*notme tag: decision on ip 198.51.100.77' "the log names the decision"
job=$(notme log --format=json | sed -n 's/.*"job":\([0-9]*\).*notme tag: decision on.*/\1/p')
run notme undo
unlike "$out" "job $job\)" "an undo without a number is not for what the hook did"
notme redo >/dev/null
run notme undo "$job"
is "$status" 0 "with it, it is taken back"
unlike "$(dump)" 'tag:deleted|\+deleted' "all of it"
run notme tag '*'
unlike "$(dump)" '\+deleted' "and is not done again"
is "$out" "" "nor spoken of"

# quarantine, and the end of it
notme decide ip 198.51.100.78 quarantine >/dev/null
notme decide ip 198.51.100.77 nothing >/dev/null
is "$(notme decide)" "quarantine  ip 198.51.100.78" "a decision is taken away"
sleep 0.05
bounce 21 "$d/b21:2," dsl-77.example.net 198.51.100.77
bounce 22 "$d/b22:2," dsl-78.example.net 198.51.100.78
index
run notme tag --quiet
is "$out" "" "--quiet says nothing"
is "$(notme list --fields=id tag:quarantined)" "b22@mx.remote.example" "to quarantine"
unlike "$(tags_of b21@mx.remote.example)" deleted "what is decided no more is left"
# no decision removes for good
notme decide ip 198.51.100.77 delete >/dev/null
printf '\n[actions]\ndelete=unlink\n' >>"$conf"
sleep 0.05
bounce 23 "$d/b23:2," dsl-77.example.net 198.51.100.77
index
notme tag >/dev/null
like "$(tags_of b23@mx.remote.example)" deleted "with delete=unlink it is marked"
ok "$(files | grep -q b23; echo $?)" "and still there"

# by hand: of what bears no tag of notme's yet
cp "$work/conf.before" "$conf"
rm -rf "$state"
printf '\n[decisions]\nip 198.51.100.99=delete\n' >>"$conf"
bounce 31 "$d/b31:2," dsl-99.example.net 198.51.100.99
index
notme tag >/dev/null
like "$(tags_of b31@mx.remote.example)" deleted "a decision that was written by hand is carried out"

# what is no decision
cp "$work/conf.before" "$conf"
for wrong in 'ip 198.51.100.77 perhaps' 'delete' 'everything delete' 'reporter a [list] b delete'; do
    # shellcheck disable=SC2086 # in words
    run notme decide $wrong
    is "$status" 2 "refused: $wrong"
done
cmp -s "$conf" "$work/conf.before"
ok $? "nothing is written by any of them"
printf '\n[decisions]\nip 198.51.100.77=unlink\n' >>"$conf"
run notme list
like "$err" 'bad value "unlink".*delete or quarantine' "a wrong word in the configuration is told"
done_testing
