#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "you sent it" is said only where the dates of the sent copy, of what was returned and of the bounce agree (an id
# can be copied), that of a letter with the same id that does not fit it is said in what, which holds back "not yours"
# whatever is answered, that a bounce that is there in two files is told once, and that the plan of a job is on the disk
# before anything is changed.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
mailbox_config "$work/a"
mkdir -p "$box/mail/Sent/"{cur,new,tmp} "$box/mail/Other/"{cur,new,tmp}
echo 'sent_folders=Sent' >>"$conf"

# sent N DATE [TO [SUBJECT]]: our copy of message N
sent()
{
    printf 'From: me@own.example\nTo: %s\nSubject: %s\nMessage-ID: <m%s@mail.own.example>\nDate: %s\n\ntext\n' \
        "${3:-user$1@remote.example}" "${4:-message $1}" "$1" "$2" >"$box/mail/Sent/cur/$1.sent:2,S"
}
for n in 1 2 3 4; do
    genuine $n "$box/mail/INBOX/new/$n.bounce"
done
sent 1 'Mon, 03 Nov 2025 09:58:00 +0000'
sent 2 'Fri, 31 Oct 2025 09:58:00 +0000'
sent 3 'Mon, 03 Nov 2025 09:58:00 +0000'
sed -i 's/^Arrival-Date: Mon, 03 Nov 2025/Arrival-Date: Tue, 03 Nov 2026/; s/^Date: Mon, 03 Nov 2025 10:00:00/Date: Tue, 03 Nov 2026 10:00:00/; s/; Mon, 03 Nov 2025 10:00:03/; Tue, 03 Nov 2026 10:00:03/' \
    "$box/mail/INBOX/new/3.bounce"
for n in 5 6 7; do
    bounce $n "$box/mail/INBOX/new/$n.bounce" relay4.hoster.example 198.51.100.40
    sed -i "s/^Message-ID: <m$n@.*/Message-ID: <m$n@mail.own.example>/" "$box/mail/INBOX/new/$n.bounce"
done
sent 5 'Mon, 03 Nov 2025 09:58:00 +0000' 'Kate <kate@elm.example>, lee@elm.example'
sent 6 'Mon, 03 Nov 2025 09:58:00 +0000' kate@elm.example 'dinner'
sent 7 'Fri, 31 Oct 2025 09:58:00 +0000' kate@elm.example
cp "$box/mail/INBOX/new/4.bounce" "$box/mail/Other/new/4.copy"
index

run notme show id:b1@mx.remote.example
like "$out" 'you sent it: "message 1"' "a sent copy of the same date"
run notme show id:b2@mx.remote.example
like "$out" 'message 2' "a sent copy of three days before: the case is shown"
unlike "$out" 'you sent it' "... and nobody is said to have sent it"
run notme show id:b3@mx.remote.example
like "$out" 'message 3' "a bounce of a year later: the case is shown"
unlike "$out" 'you sent it' "... and nobody is said to have sent it"
# letters with the id of what came back, which do not fit it
echo 'not_own=198.51.100.40' >>"$conf"
# explained N: case N, its sentences unbroken
explained() { out=$(notme show --explain "id:b$1@mx.remote.example" | tr -s ' \n' ' '); }
explained 2
like "$out" 'a letter with this id is in Sent, but of another time \(Fri 31 Oct' "of one of another time that is said"
explained 5
like "$out" 'a letter with this id is in Sent, but to kate@elm.example and 1 more, not to user5@remote.example' \
    "of one to others it is said to whom"
like "$out" 'you sent a letter with this id to kate@elm.example and 1 more, and who got it may have sent it on' \
    "who may have sent it on, though the sender is known not to be ours"
explained 6
like "$out" 'not to user6@remote.example, and under another subject' "what bears another subject is no letter sent on"
for n in "5 undecided" "6 backscatter" "7 backscatter"; do
    is "$(notme check --format=json "$box/mail/INBOX/new/${n% *}.bounce" | grep -o '"verdict":"[a-z]*"')" \
        '"verdict":"backscatter"' "message ${n% *} alone is not ours"
    is "$(notme list --format=json "id:b${n% *}@mx.remote.example" | grep -o '"verdict":"[a-z]*"')" \
        "\"verdict\":\"${n#* }\"" "... with the mailbox: ${n#* }"
done

is "$(notme list --format=json | grep -c '"b4@mx.remote.example"')" 1 "a bounce that is there in two files is told once"

if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    strace -f -y -e trace=fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat -o "$work/trace" "$NOTME" \
        --config="$conf" quarantine --yes id:b1@mx.remote.example >/dev/null
    order=$(sed -n 's/.*fsync([0-9]*<[^>]*jobs[^>]*>).*/sync/p; s/.*rename[a-z0-9]*(.*jobs.*/plan/p; s/.*\(rename[a-z0-9]*\|link[a-z]*\)(.*bounce.*/change/p' "$work/trace" |
        awk '$0 != last { print; last = $0 }' | head -4 | tr '\n' ' ')
    is "$order" "sync plan sync change " "the plan is synced, named, its folder synced, and then mail is changed"
else
    skip "strace is missing"
fi
done_testing
