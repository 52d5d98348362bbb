#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Complaints as jobs: drafts in their folder, tags, memory, undo; many bounces at once.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v notmuch >/dev/null || skip_all "no notmuch"
faketime "+1 day" "$NOTME" --version >/dev/null 2>&1 || skip_all "no faketime, or not with this build"
command -v python3 >/dev/null || skip_all "no python3"
day=1772445600 # 2026-03-02 10:00 UTC
at() { local when=$1; shift; faketime "$when" "$@"; }
notme_at() { local when=$1; shift; at "$when" "$NOTME" --config="$conf" "$@"; }
bounces=${NOTME_BOUNCES:-2000}

mailbox_config "$work/box"
cat >>"$conf" <<END
forwarders=mx.r12.example
[complain]
drafts=Drafts
[contacts]
198.51.100.0/27=desk@carrier.example
198.51.100.32/27=abuse@lacnic.net
END
python3 "$here/bounces.py" "$box/mail/INBOX/cur" "$bounces" 13 40 $day
index
before=$(files)
tags_before=$(dump)

run notme_at "2026-03-02 12:00:00" complain --verdict=backscatter '*'
drafts=$(find "$box/mail/Drafts" -type f)
is "$(printf '%s\n' "$drafts" | grep -c .)" 12 "$bounces bounces of 12 reporters (and one forwarder) are 12 drafts"
like "$err" 'and [0-9]+ more: no complaint: it came from mx\.r12\.example, a forwarder that you declared' "the forwarder is none of them"
like "$out" '^job 1: 12 drafts written, nothing sent, [0-9,]+ bounces marked, [0-9,]+ left as they are; "notme undo 1" takes it back$' "which is said"
is "$(python3 "$here/check_draft.py" arf $drafts)" "12 drafts" "strictly read"
to=$(python3 "$here/check_draft.py" --to arf $drafts | tr '\n' ' ')
is "$to" "postmaster@r1.example postmaster@r10.example postmaster@r11.example postmaster@r13.example postmaster@r2.example postmaster@r3.example postmaster@r4.example postmaster@r5.example postmaster@r6.example postmaster@r7.example postmaster@r8.example postmaster@r9.example " "each to its postmaster"
is "$(cat $drafts | grep -c "^Incidents: ")" 12 "with counts"
is "$(notmuch count tag:draft) $(notmuch count tag:complained)" "12 $((bounces - (bounces + 1) / 13))" "drafts and bounces are tagged"
is "$(stat -c %a $drafts | sort -u)" 600 "drafts are nobody else's business"

run notme_at "2026-03-02 12:00:00" complain --dry-run --yes --to=network --verdict=backscatter '*'
printf '%s\n' "$out" >"$work/draft"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "10 drafts" "to the networks: one desk, and nine addresses without one"
is "$(grep -c '^To: desk@carrier\.example$' "$work/draft") $(grep -c lacnic "$work/draft")" "1 0" "no placeholder"

run notme_at "2026-03-03 12:00:00" complain --verdict=backscatter '*' </dev/null
is "$status" 2 "the next day: it would ask"
like "$err" 'A complaint about 192\.0\.2\.[0-9]+ to postmaster@r[0-9]+\.example was drafted on 2026-03-02 already' "since there were complaints already"
is "$(notmuch count tag:draft)" 12 "and no draft is made"
run notme_at "2026-03-03 12:00:00" complain --dry-run --verdict=backscatter '*'
like "$status $err" "asked before.*drafted on 2026-03-02 already" "a dry run says what would be asked"
like "$out" '^To: postmaster@r' "and shows the drafts"

run notme_at "2026-03-03 13:00:00" undo
like "$status $out" '^0 .*12 drafts removed, 1,847 bounces unmarked' "undo"
is "$(files)" "$before" "undo: the drafts are gone"
is "$(dump)" "$tags_before" "undo: the tags too"
run notme_at "2026-03-03 14:00:00" complain --dry-run --verdict=backscatter '*'
printf '%s\n' "$out" >"$work/draft"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "12 drafts" "undo: what was complained of is forgotten"

one='id:b0@mx.r1.example'
run notme_at "2026-03-02 12:00:00" complain $one
like "$status $out" '^0 .*1 draft written, nothing sent, 1 bounce marked' "one"
run notme_at "2026-03-04 12:00:00" complain --yes $one
like "$status $out" '^0 .*1 draft written' "--yes does it again"
run notme_at "2026-03-13 12:00:00" complain --dry-run --yes $one
is "$status" 0 "a fortnight is not over"
run notme_at "2026-03-18 12:00:00" complain --dry-run --yes $one
like "$status $err" '^1 .*older than 14 days' "now it is"
run notme_at "2026-03-14 12:00:00" complain --old $one
like "$status $out" '^0 .*1 draft written' "seven days after the last one it is not asked"
sed -i 's/^drafts=Drafts$/&\nthen=quarantine/' "$conf"
run notme_at "2026-03-02 12:00:00" complain id:b1@mx.r2.example
like "$status $out$err" '^0 ' "then=quarantine"
is "$(tags_of b1@mx.r2.example)" "complained quarantined" "the bounce goes where it shall"
run notme_at "2026-03-02 12:00:00" undo
is "$(tags_of b1@mx.r2.example)" "inbox unread" "and comes back"

# what we draft and send is nothing that came back
mkdir -p "$box/mail/Sent/"{cur,new,tmp}
sed 's/^Message-Id: <notme/&-sent/' "$(find "$box/mail/Drafts" -type f | head -n 1)" >"$box/mail/Sent/cur/1.x:2,S"
index
is "$(notme list --kind=abuse-report | wc -l) $(notmuch count folder:Sent)" "0 1" "own complaints are not listed"

# hostile memory and caches
printf 'rubbish\n\t\t\n2026-03-02T12:00:00Z\tx\n%05000d\n' 7 >>"$state/complaints"
printf 'rubbish\n99999999999999999999\tx\ty\n' >"$state/contacts"
run env NOTME_DNS_SERVER=127.0.0.1:1 faketime "2026-03-02 12:00:00" "$NOTME" --config="$conf" complain --dry-run --dns id:b2@mx.r3.example
like "$status$out" '^[01]To: postmaster@r3|^[01]Date' "rubbish in the state folder is passed over"
done_testing
