#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "notme questions" asks once for all cases that wait, that an answer is written to the configuration and
# to nothing else, is a job that undo and redo take back and do again, and that verdicts follow it.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
mailbox_config "$work/box"
# Mail of ours left through 203.0.113.7; 198.51.100.40 and .41 sent in our name.
for n in 1 2 3; do
    bounce "$n" "$box/mail/INBOX/cur/b$n:2," bot.larch.example 198.51.100.40
done
bounce 4 "$box/mail/INBOX/cur/b4:2," mail.fir.example 198.51.100.41
genuine 5 "$box/mail/INBOX/cur/b5:2,"
letter l1@x "$box/mail/INBOX/cur/l1:2,S"
sed -i -e '/^networks=/d' -e '/^hosts=/d' -e '/^complete=/d' -e '1i# of my mailbox' "$conf"
printf '\n# the screen\n[review]\nsort=date\n' >>"$conf"
index
cp "$conf" "$work/before"
verdicts() { notme list --format=json 2>&1; }
field() { python3 -c 'import json,sys
for line in sys.stdin: print(json.loads(line)[sys.argv[1]])' "$1"; }

notme questions >"$work/out"
is "$?" 0 "questions are listed"
verdicts >"$work/verdicts.before"
like "$(cat "$work/out")" '^is-own:198.51.100.40$' "the address of several cases is asked about"
like "$(cat "$work/out")" 'Is 198.51.100.40 yours\?  3 messages wait for it' "once, with how many wait for it"
like "$(cat "$work/out")" 'seen by remote.example, 20[0-9-]* to 20' "and who saw it, first and last"
like "$(cat "$work/out")" 'yes adds 198.51.100.40 to networks: from now on' "and what a yes means"
waiting=$(verdicts | python3 -c 'import json,sys
print(sum(bool(json.loads(line)["questions"]) for line in sys.stdin))')
like "$(tail -1 "$work/out")" "^$waiting wait in [0-9]+ questions; " "the end counts what waits"
is "$(notme questions --format=json | field question | sort)" \
    "$(verdicts | python3 -c 'import json,sys
print("\n".join(sorted({q for line in sys.stdin for q in json.loads(line)["questions"]})))')" \
    "the questions are those of the cases, each once"
is "$(notme questions --format=json 'id:b4@mx.remote.example' | field question | grep own)" "is-own:198.51.100.41" \
    "a query asks for its own cases"

run notme answer is-own:198.51.100.40
is "$status" 2 "an answer is needed"
run notme answer is-own:198.51.100.40 perhaps
is "$status" 2 "yes or no"
run notme answer 'is-own:198.51.100.40;networks=0.0.0.0/0' yes
is "$status" 2 "what is no question is refused"
cmp -s "$conf" "$work/before"
ok $? "nothing is written by any of them"

run notme answer is-own:203.0.113.7 yes
is "$status" 0 "a yes is written"
like "$out" '^Is 203.0.113.7 yours\? Yes: adds 203.0.113.7 to networks: ' "its meaning is shown"
like "$out" '^job 1: Is 203.0.113.7 yours\? You said yes; "notme undo 1" takes it back' "it is a job"
is "$(diff "$work/before" "$conf" | grep '^[<>]')" "> networks=203.0.113.7" "one line is new, and nothing else"
notme answer complete yes >/dev/null
like "$(cat "$conf")" '^complete=true$' "a promise is kept"
is "$(verdicts | field verdict | sort | uniq -c | tr -s ' \n' ' ')" " 4 backscatter 1 genuine " \
    "two answers settle all"
is "$(notme questions | tail -1)" "no questions; 0 undecided" "nothing is left to ask"
like "$(notme log)" '1  .* answer  *done .*is-own:203.0.113.7 yes' "the log names what was answered"

# undone in another order than answered
notme undo 1 >/dev/null
unlike "$(cat "$conf")" 'networks' "undo takes out what was added"
like "$(cat "$conf")" '^complete=true$' "and nothing that another answer added"
notme undo 2 >/dev/null
cmp -s "$conf" "$work/before"
ok $? "all undone: the configuration is as it was"
verdicts >"$work/verdicts.after"
cmp -s "$work/verdicts.before" "$work/verdicts.after"
ok $? "and so is each byte of the list"
run notme redo 1
is "$status $(grep ^networks= "$conf")" "0 networks=203.0.113.7" "redo answers again"

# an entry of one's own beside it stays
notme undo >/dev/null
printf '%s\n' "$(sed '/^\[identity\]/a networks=192.0.2.1' "$work/before")" >"$conf"
notme answer is-own:203.0.113.7 yes >/dev/null
sed -i 's/^networks=.*/&;192.0.2.200/' "$conf"
notme undo >/dev/null
is "$(grep ^networks= "$conf")" "networks=192.0.2.1;192.0.2.200" "what was added by hand stays"

# the other answer takes back the first
cp "$work/before" "$conf"
notme answer is-own:198.51.100.40 yes >/dev/null
notme answer is-own:198.51.100.40 no >/dev/null
is "$(diff "$work/before" "$conf" | grep '^[<>]')" "> not_own=198.51.100.40" "a no takes back a yes"
notme undo >/dev/null
is "$(diff "$work/before" "$conf" | grep '^[<>]')" "> networks=198.51.100.40" "and is undone to it"
notme undo >/dev/null
cmp -s "$conf" "$work/before"
ok $? "and that to nothing"
is "$(files | grep -c b)" 5 "no mail was touched by any of it"

# what stood in the middle of a list, in a file without an end of line, comes back where it was
printf '[mail]\nnotmuch_config=%s\nstate=%s\n[identity]\naddresses=me@own.example\nnot_own = 192.0.2.1 ; 198.51.100.40 ;192.0.2.2;' \
    "$box/notmuch" "$state" >"$conf"
cp "$conf" "$work/middle"
notme answer is-own:198.51.100.40 yes >/dev/null
like "$(cat "$conf")" '^networks=198.51.100.40$' "it is turned"
notme undo >/dev/null
cmp -s "$conf" "$work/middle"
ok $? "and undone to the byte"
cp "$work/before" "$conf"

# a no to a promise is remembered
sed -i '/^\[identity\]/a networks=203.0.113.7' "$conf"
cp "$conf" "$work/promise"
like "$(notme questions)" '^complete$' "a promise is asked for"
like "$(notme questions)" '^signs-all$' "and another"
unlike "$(notme questions)" '^sent-complete$' "not whether all is kept in Sent, where there is no Sent"
notme list --format=json >"$work/promise.list"
run notme answer complete no
like "$out" 'No: sets complete=false: ' "a no is written"
unlike "$(notme questions)" '^complete$' "and not asked again"
notme undo >/dev/null
cmp -s "$conf" "$work/promise"
ok $? "undo forgets it"
notme list --format=json | cmp -s - "$work/promise.list"
ok $? "and the list is byte for byte as before"
sed -i 's/^networks=203.0.113.7$/complete = no\n&/' "$conf"
cp "$conf" "$work/promise"
notme answer complete yes >/dev/null
is "$(diff "$work/promise" "$conf" | grep '^[<>]' | tr '\n' ' ')" "< complete = no > complete = true " \
    "a promise is turned where it stands"
notme undo >/dev/null
cmp -s "$conf" "$work/promise"
ok $? "and back, in the word that it was written in"

# what the mailbox says of promises, which settle what a stranger handed over
sed '/^\[identity\]/a networks=203.0.113.7' "$work/before" >"$conf"
mkdir -p "$box/mail/Sent/"{cur,new,tmp}
for n in 1 2 3 4 5; do
    {
        [ "$n" = 5 ] || echo "DKIM-Signature: v=1; a=rsa-sha256; d=own.example; s=s1; h=From; bh=AAAA; b=AAAA"
        echo "DKIM-Signature: v=1; a=rsa-sha256; d=elm.example; s=evil; h=From; bh=AAAA; b=AAAA"
        printf 'From: me@own.example\nTo: friend@friends.example\nMessage-ID: <s%s@own.example>\nDate: Mon, 03 Nov 2025 08:00:00 +0000\n\nx\n' "$n"
    } >"$box/mail/Sent/cur/s$n:2,S"
done
for n in 1 2 9; do
    letter "r$n@friends.example" "$box/mail/INBOX/cur/r$n:2,S"
    sed -i "1i In-Reply-To: <s$n@own.example>" "$box/mail/INBOX/cur/r$n:2,S"
done
index
like "$(notme questions)" '^    Of 5 messages in Sent, 4 are signed by s1._domainkey.own.example.$' "who signs, counted"
like "$(notme questions)" '^    Of 3 messages of yours that somebody answered, 2 are in Sent.$' "what is kept, counted"
like "$(notme questions --format=json | grep signs-all)" '"counts":"Of 5 messages' "in JSON, too"
like "$(notme questions)" '^sent-complete$' "with a Sent folder it is asked"
# copies that are kept before they are signed, and came back over a list
sed -i '/^DKIM-Signature: .*own.example/d' "$box"/mail/Sent/cur/s*
for n in 1 2; do
    {
        printf 'Received: from list.larch.example (list.larch.example [192.0.2.77]) by mail.own.example; Mon, 03 Nov 2025 09:00:00 +0000\n'
        echo "DKIM-Signature: v=1; a=rsa-sha256; d=own.example; s=s2; h=From; bh=AAAA; b=AAAA"
        printf 'From: me@own.example\nTo: list@larch.example\nMessage-ID: <s%s@own.example>\nDate: Mon, 03 Nov 2025 08:00:00 +0000\n\nx\n' "$n"
    } >"$box/mail/INBOX/cur/back$n:2,S"
done
index
like "$(notme questions)" 'Of 2 messages in Sent that came back .*, 2 are signed by s2._domainkey.own.example' \
    "or what came back of them"
like "$(notme learn </dev/null 2>&1)" '2 are signed by s2._domainkey' "learn says the same"

# nothing is asked that settles nothing, and it is said why
cp "$work/before" "$conf"
bounce 77 "$box/mail/INBOX/cur/b77:2,S" mail.larch.example 198.51.100.177
sed -i '/^Received: from mail.larch.example/,/^	for <user77@/d' "$box/mail/INBOX/cur/b77:2,S"
index
run notme show --no-pager id:b77@mx.remote.example
like "$out" 'Nothing that you know settles it: nothing says from where it came' "a case that no answer settles says why"
run notme questions
like "$out" '^1 more that no answer settles' "and is counted by itself"
rm "$box/mail/INBOX/cur/b77:2,S"
index

# links and what cannot be written
mv "$conf" "$box/real"
ln -s real "$conf"
notme answer is-own:203.0.113.7 yes >/dev/null
ok "$([ -L "$conf" ] && grep -q '^networks=203.0.113.7$' "$box/real"; echo $?)" "a link is followed to its target"
notme undo >/dev/null
chmod 400 "$box/real"
if [ -w "$box/real" ]; then
    skip "whoever runs this may write everywhere"
else
    run notme answer is-own:203.0.113.7 yes
    is "$status" 2 "a file that cannot be written: status"
    like "$err" 'real cannot be written; make it writable' "and it is said"
fi
done_testing
