#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a mailbox under a joe-job, of which nothing is known, is settled by a dozen answers that a postmaster
# knows: no genuine one is lost and no forged one believed at any step, the order of the answers does not matter, and
# what is undone is as if it had not been answered. NOTME_JOEJOB: how many messages (5000 in "make check-long").
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
messages=${NOTME_JOEJOB:-400}
campaigns=40
mailbox_config "$work/box"
sed -i 's/^primary_email=.*/primary_email=rowan@alder.example/' "$box/notmuch"
printf '[mail]\nnotmuch_config=%s\nstate=%s\n' "$box/notmuch" "$state" >"$conf"
python3 "$top/tests/lib/joejob.py" make "$box/mail" "$messages" "$campaigns" 60
index
cp "$conf" "$work/conf.before"

joejob() { python3 "$top/tests/lib/joejob.py" "$@"; }

notme list --format=json >"$work/list.0"
is "$(wc -l <"$work/list.0")" "$messages" "each is listed"
read -r lost believed undecided < <(joejob judge "$box/truth" <"$work/list.0")
is "$lost $believed" "0 0" "at first none is lost or believed"
echo "# $undecided of $messages undecided before the first answer"
answers=() wrong=
while [ ${#answers[@]} -lt 12 ] && [ $((undecided * 50)) -ge "$messages" ]; do
    answer=$(notme questions --format=json | joejob choose "$conf")
    [ -n "$answer" ] || break
    # shellcheck disable=SC2086 # a question and its answer
    notme answer $answer >/dev/null
    answers+=("$answer")
    notme list --format=json >"$work/list"
    read -r lost believed undecided < <(joejob judge "$box/truth" <"$work/list")
    echo "# $answer: $undecided undecided"
    [ "$lost $believed" = "0 0" ] || wrong="$wrong $answer ($lost lost, $believed believed)"
done
is "$wrong" "" "no genuine one is lost, and no forged one believed, at any step"
ok "$([ $((undecided * 50)) -lt "$messages" ]; echo $?)" "${#answers[@]} answers leave $undecided undecided of $messages: under 2 %"
like "$(notme list --warning --format=text0 | tr '\0' '\n')" 'b[0-9]+@' "who lost his password is warned"

cp "$work/list" "$work/list.end"
for ((i = ${#answers[@]}; i > 0; i--)); do
    notme undo "$i" >/dev/null
done
notme list --format=json | cmp -s - "$work/list.0"
ok $? "each answer undone: byte for byte as before"
# the other way round, with answers to what is not asked
cp "$work/conf.before" "$conf"
for ((i = ${#answers[@]} - 1; i >= 0; i--)); do
    # shellcheck disable=SC2086
    notme answer ${answers[i]} >/dev/null
done
notme list --format=json | sed 's/"evidence".*//' | cmp -s - <(sed 's/"evidence".*//' "$work/list.end")
ok $? "the same answers in another order end the same"
# the wrong answer on purpose
cp "$work/conf.before" "$conf"
before=$(contents)
notme answer is-own:198.51.100.1 yes >/dev/null
notme undo >/dev/null
notme list --format=json | cmp -s - "$work/list.0"
ok $? "a wrong answer is undone by one command"
is "$(contents)" "$before" "and no mail was touched by any answer"
done_testing
