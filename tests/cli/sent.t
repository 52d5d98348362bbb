#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "you sent it" is said only where the dates of the sent copy, of what was returned and of the bounce agree (an id
# can be copied), that a bounce that is there in two files is told once, and that the plan of a job is on the disk
# before anything is changed.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
mailbox_config "$work/a"
mkdir -p "$box/mail/Sent/"{cur,new,tmp} "$box/mail/Other/"{cur,new,tmp}
echo 'sent_folders=Sent' >>"$conf"

# sent N DATE: our copy of message N
sent()
{
    printf 'From: me@own.example\nTo: user%s@remote.example\nSubject: message %s\nMessage-ID: <m%s@mail.own.example>\nDate: %s\n\ntext\n' \
        "$1" "$1" "$1" "$2" >"$box/mail/Sent/cur/$1.sent:2,S"
}
for n in 1 2 3 4; do
    genuine $n "$box/mail/INBOX/new/$n.bounce"
done
sent 1 'Mon, 03 Nov 2025 09:58:00 +0000'
sent 2 'Fri, 31 Oct 2025 09:58:00 +0000'
sent 3 'Mon, 03 Nov 2025 09:58:00 +0000'
sed -i 's/^Arrival-Date: Mon, 03 Nov 2025/Arrival-Date: Tue, 03 Nov 2026/; s/^Date: Mon, 03 Nov 2025 10:00:00/Date: Tue, 03 Nov 2026 10:00:00/; s/; Mon, 03 Nov 2025 10:00:03/; Tue, 03 Nov 2026 10:00:03/' \
    "$box/mail/INBOX/new/3.bounce"
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
