#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who is not complained of, and what is asked first.
. "$(dirname "$0")/../lib/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null || skip_all "no python3"
mkdir -p "$work/c"
cat >"$work/c/config" <<END
[mail]
state=$work/state
[identity]
addresses=me@own.example
domains=own.example
hosts=mail.own.example
networks=203.0.113.0/24
complete=true
forwarders=mx.r5.example;198.51.100.77
END
now=$(date +%s)
python3 "$here/bounces.py" "$work/b" 5 5 5 "$now"
one=$work/b/b0.eml
# refused WORDS NAME ARGUMENTS...: no draft, and these words
refused()
{
    local words=$1 name=$2
    shift 2
    run "$NOTME" --config="$work/c/config" complain --dry-run --yes "$@"
    like "$status|$out|$err" "^1\|\|notme: .*: no complaint: .*$words" "$name"
}
asked()
{
    local words=$1 name=$2
    shift 2
    run "$NOTME" --config="$work/c/config" complain --dry-run "$@"
    like "$status ${out//$'\n'/ }|$err" "^0 .*To: .*asked before.*$words" "$name"
    run "$NOTME" --config="$work/c/config" complain --dry-run --yes "$@"
    like "$status ${out//$'\n'/ }" '^0 .*To: ' "$name: --yes"
}
change() { sed "$1" "$one" >"$work/x.eml"; }

change 's/(unknown \[198.51.100.1\])/(mail.own.example [203.0.113.7])/; s/from spam.example.net/from mail.own.example/'
refused 'it is genuine: the message that came back was yours' "genuine ones" "$work/x.eml"
change 's/mx.r1.example (mx.r1.example \[192.0.2.1\])/mail2.own.example (mail2.own.example [203.0.113.8])/; s/mx.r1.example/mail2.own.example/g'
refused '' "an own server" "$work/x.eml"
refused 'mx.r5.example, a forwarder that you declared' "a forwarder" "$work/b/b4.eml"
change 's/(unknown \[198.51.100.1\])/(unknown [198.51.100.77])/'
refused 'sent from 198.51.100.77, a forwarder that you declared' "a forwarder that sent" --to=network "$work/x.eml"
change 's/\[192.0.2.1\]/[10.1.2.3]/'
refused '' "a private source" "$work/x.eml"
change 's/(unknown \[198.51.100.1\])/(unknown [10.9.8.7])/'
refused '10.9.8.7, a private or reserved address|nobody recorded' "a private address that sent" --to=network "$work/x.eml"
change '/^Received: from mx.r1/,/for <me@own/d'
refused 'only a letter to its postmaster' "no line of ours: nothing to the network" --to=network "$work/x.eml"
run "$NOTME" --config="$work/c/config" complain --dry-run --yes "$work/x.eml"
like "$out" '^Content-Type: text/plain' "no line of ours: the letter alone"
like "$out" '^To: postmaster@r1\.example$' "no line of ours: to the postmaster alone"
change 's/from mx.r1.example (mx.r1.example \[192.0.2.1\])/from other.evil.test (unknown [192.0.2.99])/'
refused 'contradicted|it is a fake' "a reporter that is contradicted" "$work/x.eml"
sed 's/ 2[0-9][0-9][0-9] / 2003 /' "$one" >"$work/x.eml"
refused 'older than 14 days \(\[complain\] max_age\); "complain --old"' "old ones" "$work/x.eml"
run "$NOTME" --config="$work/c/config" complain --dry-run --yes --old "$work/x.eml"
like "$status ${out//$'\n'/ }" '^0 .*To: postmaster' "old ones with --old"
python3 "$here/bounces.py" "$work/older" 1 1 1 $((now - 5 * 86400))
asked 'One bounce is older than three days' "older than three days" "$work/older/b0.eml"
change 's/^Received: from spam.*/X-Gone: a/; s/198.51.100.1//; s/^\tby mx.r1.*/\tb/; s/^\tfor <user.*/\tc/'
asked 'One bounce is undecided' "undecided ones" "$work/x.eml"
printf 'Subject: hello\nFrom: a@b.example\nTo: me@own.example\n\nhello\n' >"$work/x.eml"
run "$NOTME" --config="$work/c/config" complain --dry-run --yes "$work/x.eml"
like "$status|$err" '^1\|.*neither a bounce nor a notice' "other mail"
run "$NOTME" --config="$work/c/config" complain --yes "$one"
like "$status|$err" '^2\|.*only with --dry-run' "files are only for a dry run"
printf '[mail]\nstate=%s/state\n' "$work" >"$work/c/config"
asked 'Your addresses are not known: the draft would be from me@own.example' "an own address that is not known" "$one"
done_testing
