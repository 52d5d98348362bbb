#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "notme demo" makes a mailbox of its own in which the verdicts are right, and touches nothing
# else.
. "$(dirname "$0")/../lib/tap.sh"
mkdir -p "$HOME/.config/notme"
echo '[nonsense]' >"$HOME/.config/notme/config"
find "$HOME" >"$work/before"

run "$NOTME" demo "$work/demo"
is "$status" 0 "it runs whatever the user's configuration is"
is "$out" "notme --config=$work/demo/config" "it prints the line that opens it"
find "$HOME" | diff "$work/before" - >/dev/null
ok $? "nothing of the user's is touched"
is "$(stat -c %a "$work/demo")" 700 "the folder is private"

list()
{
    "$NOTME" --config="$work/demo/config" list "$@"
}
is "$(list --verdict=genuine --format=addresses | sort | tr '\n' ' ')" \
    "board@sorrel.example h.berg@burdock.example jo.tanner@larch.example l.haas@sorrel.example m.okafor@teasel.example office@dogwood.example payroll@larch.example print@mallow.example treasurer@sorrel.example " \
    "what she sent and bounced is genuine"
is "$(list --verdict=genuine --kind=delay | wc -l)" 1 "so is a delay"
is "$(list --verdict=genuine --kind=auto-reply | wc -l)" 1 "and a vacation reply"
is "$(list --verdict=backscatter | wc -l)" 38 "the campaigns are backscatter"
is "$(list --verdict=backscatter --format=json | grep -c '"ip":"198.51.100.77"')" 22 \
    "with who sent them"
is "$(list --verdict=fake | wc -l)" 2 "the tricks are fake"
is "$(list --verdict=undecided | wc -l)" 5 "one says too little, and four wait for an answer"
is "$(list '*' | wc -l)" 56 "ordinary mail is not listed"
is "$(list --warning --format=addresses | tr '\n' ' ')" "payroll@larch.example treasurer@sorrel.example " \
    "somebody has her password"
like "$(list --format=json --verdict=backscatter | grep -c '"rule":"corroborated"')" '^[1-9]' "campaigns are corroborated"
like "$(list --format=json 'recipient:l.haas@sorrel.example')" '"rule":"own-dkim","for":"genuine","strength":"proof".*"where":"headers"|"rule":"own-dkim".*"strength":"proof"' \
    "a signed header that came back alone proves that she wrote it"
like "$("$NOTME" --config="$work/demo/config" questions)" '^    Do you send by way of relay.beech.example: a forwarder, a list, a filter\?  4 messages wait' \
    "a question has cases behind it"
"$NOTME" --config="$work/demo/config" answer forwarder:relay.beech.example yes >/dev/null
is "$(list --verdict=genuine --format=json | grep -c 'garden-club\|Seed swap')" 4 "and its answer settles them"
"$NOTME" --config="$work/demo/config" undo >/dev/null
forged=$(list --format=json --verdict=backscatter | grep -cv '"forged_hop":null')
ok "$((forged < 22))" "the first campaign has a forged hop ($forged)"
like "$(find "$work/demo/mail/Sent/cur" -type f | wc -l)" '^11$' "sent mail is there"

run "$NOTME" demo "$work/demo"
is "$status" 2 "a folder that is not empty is refused"
like "$err" 'not empty' "with the reason"
run "$NOTME" demo "$work/a" b
is "$status" 2 "only one folder"
run env TMPDIR="$work" "$NOTME" demo
is "$status" 0 "without a folder"
like "$out" "^notme --config=$work/notme-demo-.*/config$" "it takes a temporary one"
mkdir "$work/ro" && chmod 500 "$work/ro"
if [ "$(id -u)" -ne 0 ]; then
    run "$NOTME" demo "$work/ro/demo"
    is "$status" 2 "a folder that cannot be made"
else
    skip "root may write everywhere"
fi
run "$NOTME" demo "$work/with blank"
like "$out" "^notme --config='.*with blank/config'$" "a name with a blank is quoted for the shell"
if command -v notmuch >/dev/null; then
    NOTMUCH_CONFIG=$work/demo/notmuch-config notmuch new >/dev/null 2>&1
    is "$(NOTMUCH_CONFIG=$work/demo/notmuch-config notmuch count '*')" 72 "notmuch finds the same mail"
fi
done_testing
