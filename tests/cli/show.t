#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "notme show" gives the full picture: verdict, evidence, both chains, on ids and files.
. "$(dirname "$0")/../lib/tap.sh"
"$NOTME" demo "$work/demo" >/dev/null
notme()
{
    run "$NOTME" --config="$work/demo/config" "$@"
}
id_of()
{
    "$NOTME" --config="$work/demo/config" list --format=text0 --limit=1 "$@" | tr -d '\0'
}

if command -v script >/dev/null; then
    some='id:none@larch.example'
    script -qec "'$NOTME' --config='$work/demo/config' show --no-pager $some" /dev/null >"$work/first" 2>&1
    like "$(cat "$work/first")" '^notme: the other bounces are read first, once' "a first look at all is announced"
    script -qec "'$NOTME' --config='$work/demo/config' show --no-pager $some" /dev/null >"$work/then" 2>&1
    unlike "$(cat "$work/then")" 'read first' "once"
fi
back=$(id_of --verdict=backscatter subject:undelivered)
notme show "$back"
is "$status" 0 "show runs"
like "$(head -1 <<<"$out")" '^✘ BACKSCATTER' "the verdict comes first"
for part in 'reporter +mx1.larch.example' 'failed +a.bell@larch.example +5.1.1 +user-unknown' \
    'returned +"Invoice overdue"' 'sent from +198.51.100.77' '▶ SENT FROM' '✘ FORGED' \
    'below this line the sender wrote it himself' 'backscatter +strong' '^Why' \
    'How the bounce itself came to you' 'said "dsl-77.thistle-dsl.example"'; do
    like "$out" "$part" "it says: $part"
done
unlike "$out" 'Every rule|foreign-injection' "rules only when asked"
notme show --explain "$back"
like "$out" 'Every rule that was tried' "--explain"
like "$out" 'What decided the reasons' "what decided the reason"
like "$out" 'user-unknown +"[a-z ]+", in the other side' "which words, and where they stood"
like "$out" 'held +foreign-injection' "what held"
like "$out" '- +own-injection +[a-z]' "what did not, and why"
genuine=$(id_of --verdict=genuine subject:undelivered)
notme show "$genuine"
like "$out" '^✔ GENUINE' "a genuine one"
like "$out" 'you sent it: ".+", [A-Z][a-z]+ [0-9]+ [A-Z][a-z]+ [0-9:]+ \(in Sent\)' "names the sent copy"
run env LC_ALL=C "$NOTME" --config="$work/demo/config" show "$back"
unlike "$out" '[^ -~]' "plain ASCII where the locale has nothing else"
notme show --color=always "$back"
like "$out" $'\033\[1;31m' "colours when asked for"
notme show --format=json "$back"
like "$out" '^\{"file":.*"id":"' "JSON"
notme show --format=yaml "$back"
is "$status" 2 "no other formats"

file=$(find "$work/demo/mail/Inbox/cur" -name '*.20.demo*')
notme show "$file"
is "$status" 0 "a file"
like "$out" '^ message +id:' "that is in the mailbox is known"
cp "$file" "$work/elsewhere"
(cd "$work" && "$NOTME" --config="$work/demo/config" show elsewhere >"$work/out")
like "$(cat "$work/out")" 'BACKSCATTER' "a file elsewhere, without a slash"
run "$NOTME" --config="$work/demo/config" show "$work/elsewhere" "$file"
is "$(grep -c BACKSCATTER <<<"$out")" 2 "several"
ordinary=$(find "$work/demo/mail/Sent/cur" -type f | head -1)
notme show "$ordinary"
like "$out" 'no bounce' "ordinary mail: it says so"
: >"$work/empty"
notme show "$work/empty"
is "$status" 0 "an empty file is no error"
like "$out" 'no bounce' "and no bounce"

# nothing that can be shown
notme show id:nobody@nowhere.example
is "$status" 1 "an id that is not there"
like "$err" '^notme: id:nobody@nowhere.example: no such message' "is told"
notme show nosuchfile
is "$status" 1 "neither file nor id"
like "$err" 'id:MESSAGE-ID' "says how ids are written"
notme show "$work/nosuch"
is "$status" 1 "a file that is not there"
is "$err" "notme: $work/nosuch: No such file or directory" "with the reason"
notme show "$work"
is "$status" 1 "a folder"
mkfifo "$work/fifo"
notme show "$work/fifo"
is "$status" 1 "a FIFO does not hang"
notme show
is "$status" 2 "no argument"
# on a terminal: in its width, through a pager
if command -v script >/dev/null; then
    on_terminal()
    {
        script -qec "stty cols 60 rows 24; env $1 '$NOTME' --config='$work/demo/config' --color=never show $2 '$back'" /dev/null </dev/null | tr -d '\r'
    }
    out=$(on_terminal PAGER=cat '')
    is "$(grep -v '/mail/' <<<"$out" | wc -L | awk '{print ($1 <= 60)}')" 1 "lines end at the terminal's edge"
    like "$out" '^ from +MAILER-DAEMON@mx1.larch.example \(Mail Delivery$' "... between words"
    # one word of 55 columns, which no indent leaves room for
    long=$(printf 'x%.0s' $(seq 1 30))@$(printf 'y%.0s' $(seq 1 16)).example
    sed "s/a\.bell@larch\.example/$long/g" "$("$NOTME" --config="$work/demo/config" list --format=files "$back")" >"$work/long.eml"
    whole=$(back=$work/long.eml on_terminal PAGER=cat '')
    like "$whole" "(^|\n) +$long(\$|\n)" "a word that fits a line is not broken, whatever stands before it"
    is "$(grep -v 'long.eml' <<<"$whole" | wc -L | awk '{print ($1 <= 60)}')" 1 "... and no line is longer than the terminal's"
    out=$(on_terminal "NOTME_PAGER='sed s/^/%/' PAGER=false" '')
    is "$(grep -c '^%' <<<"$out")" "$(wc -l <<<"$out")" "NOTME_PAGER goes before PAGER, and gets all"
    out=$(on_terminal "PAGER='sed s/^/%/'" --no-pager)
    unlike "$out" '^%' "--no-pager"
    out=$(on_terminal "PAGER='sed s/^/%/'" --format=json)
    unlike "$out" '^%' "JSON goes through none"
    out=$(on_terminal PAGER=no-such-pager '')
    like "$out" '^notme: no-such-pager: this pager could not be run' "one that is not there is told"
    script -qec "stty cols 60; PAGER='head -1' '$NOTME' --config='$work/demo/config' show '$back' id:nobody@nowhere.example; echo status \$?" /dev/null </dev/null | tr -d '\r' >"$work/out"
    like "$(head -1 "$work/out")" 'BACKSCATTER' "a pager that is left early"
    like "$(sed -n 2p "$work/out")" '^notme: id:nobody@nowhere.example: no such' "what went wrong is told behind it"
    is "$(tail -1 "$work/out")" "status 1" "... and in the status"
fi
# a file without any mailbox
run "$NOTME" show "$work/elsewhere"
is "$status" 0 "without a database files are shown"
like "$out" 'UNDECIDED' "but there is no verdict without an identity"
run "$NOTME" show id:x@y.example
is "$status" 2 "an id needs one"
done_testing
