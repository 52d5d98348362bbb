#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where complaints go: the configuration, the file of networks, the DNS.
. "$(dirname "$0")/../lib/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null || skip_all "no python3"
mkdir -p "$work/c"
now=$(date +%s)
python3 "$here/bounces.py" "$work/b" 6 3 6 "$now"
# config [LINES]: the configuration with these lines in [contacts]
config()
{
    printf '[mail]\nstate=%s/state\n[identity]\naddresses=me@own.example\ndomains=own.example\nnetworks=203.0.113.0/24\ncomplete=true\n[contacts]\n%s\n' "$work" "$1" >"$work/c/config"
}
# to FILE...: the addressees of the drafts
draft() { run "$NOTME" --config="$work/c/config" complain --dry-run "$@"; printf '%s\n' "$out" >"$work/draft"; }
to() { draft "$@"; to=$(python3 "$here/check_draft.py" --to arf "$work/draft" | tr '\n' ';'); }

config 'r1.example = abuse@r1-desk.example
192.0.2.2/32=desk2@isp.example
192.0.2.0/24=desk@isp.example'
to "$work"/b/b[012].eml
is "$to" "abuse@r1-desk.example, postmaster@r1.example;desk2@isp.example, postmaster@r2.example;desk@isp.example, postmaster@r3.example;" "by domain, by the smallest network"
config "file=$work/networks"
printf '# desks\n198.51.100.0/24 abuse@carrier.example\n\n198.51.100.4 four@carrier.example\n2001:db8::/32\tabuse@six.example\n' >"$work/networks"
to --to=network "$work"/b/b*.eml
is "$to" "abuse@carrier.example;four@carrier.example;" "by the file; five sources of one desk are one draft"
like "$out" '^Incidents: 5$' "with its count"
echo "198.51.100.0/33 abuse@carrier.example" >>"$work/networks"
draft "$work/b/b0.eml"
like "$status $err" '2 .*networks:6: not a network and a mail address' "errors in the file have its line"
printf '198.51.100.0/24 abuse@lacnic.net\n192.0.2.1 me@own.example\n192.0.2.2 nobody@isp.example\n192.0.2.3 Abuse@ripe.net\n' >"$work/networks"
to --to=both "$work"/b/b[012].eml
is "$to" ";;;postmaster@r1.example;postmaster@r2.example;postmaster@r3.example;" "placeholders and own addresses are none"

if ! loopback; then
    skip "no loopback: the DNS cannot be asked"
elif ! NOTME_DNS_SERVER=127.0.0.1:1 "$NOTME" --config="$work/c/config" complain --dry-run --dns "$work/b/b0.eml" 2>&1 | grep -q 'without c-ares'; then
    config 'file='
    cat >"$work/zone" <<END
1.100.51.198.abuse-contacts.abusix.zone 3600 abuse@one.example
2.100.51.198.abuse-contacts.abusix.zone 3600 abuse@lacnic.net
3.100.51.198.abuse-contacts.abusix.zone 3600 !drop
4.100.51.198.abuse-contacts.abusix.zone 3600 !broken
5.100.51.198.abuse-contacts.abusix.zone 3600 Evil <x@evil.example>, abuse@five.example\\nBcc:z@evil.example
1.2.0.192.abuse-contacts.abusix.zone 120 abuse@hoster.example
r2.example.contacts.abuse.net 120 desk@r2-desk.example
1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.abuse-contacts.abusix.zone 60 abuse@six.example
END
    python3 "$here/dns_server.py" "$work/zone" "$work/port" "$work/log" &
    server=$!
    trap 'kill $server; rm -rf "$work"' EXIT
    for _ in $(seq 600); do [ -f "$work/port" ] && break; sleep 0.1; done
    NOTME_DNS_SERVER=127.0.0.1:$(cat "$work/port")
    export NOTME_DNS_SERVER
    to --dns "$work"/b/b[012].eml
    is "$to" "abuse@hoster.example, postmaster@r1.example;desk@r2-desk.example, postmaster@r2.example;postmaster@r3.example;" "abusix, then abuse.net, asked by TXT"
    asked=$(wc -l <"$work/log")
    is "$asked" 5 "three questions for addresses, two for domains"
    is "$(stat -c %a "$work/state/contacts")" 600 "answers are kept, for nobody else"
    to --dns "$work"/b/b[012].eml 
    is "$(wc -l <"$work/log")" "$asked" "the second time nothing is asked"
    if faketime "+1 day" "$NOTME" --version >/dev/null 2>&1; then
        later=$(faketime '+5 minutes' "$NOTME" --config="$work/c/config" complain --dry-run --dns "$work"/b/b[012].eml | grep -c '^To: .*postmaster')
        is "$later $(wc -l <"$work/log")" "3 7" "five minutes later only what was good for two minutes is asked again"
    else
        skip "no faketime, or not with this build"
    fi
    # of six sources: found, placeholder, no answer, rubbish, hostile, none
    began=$(date +%s)
    to --dns --to=network "$work"/b/b*.eml
    is "$to" ";;;;abuse@one.example;x@evil.example;" "what is no address of a desk is left out"
    ok $(($(date +%s) - began > 60)) "one that does not answer holds nothing up for long"
    like "$err" 'the DNS did not answer [12] of' "which is said"
    sed -e 's/\[192\.0\.2\.1\]/[IPv6:2001:db8::1]/' "$work/b/b0.eml" >"$work/six.eml"
    to --dns "$work/six.eml"
    is "$to" "abuse@six.example, postmaster@r1.example;" "IPv6 by nibbles"
    like "$out" '^Source-IP: 2001:db8::1$' "and reported"
    kill $server
    trap 'rm -rf "$work"' EXIT
    config '192.0.2.3=a@b.example'
    export NOTME_DNS_SERVER=127.0.0.1:1
    to --dns "$work/b/b2.eml"
    is "$to" "a@b.example, postmaster@r3.example;" "what the configuration names is not asked"
else
    skip "built without c-ares"
fi
done_testing
