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
    "board@sorrel.example h.berg@burdock.example jo.tanner@larch.example m.okafor@teasel.example office@dogwood.example print@mallow.example " \
    "what she sent and bounced is genuine"
is "$(list --verdict=genuine --kind=delay | wc -l)" 1 "so is a delay"
is "$(list --verdict=genuine --kind=auto-reply | wc -l)" 1 "and a vacation reply"
is "$(list --verdict=backscatter | wc -l)" 38 "the campaigns are backscatter"
is "$(list --verdict=backscatter --format=json | grep -c '"ip":"198.51.100.77"')" 22 \
    "with who sent them"
is "$(list --verdict=fake | wc -l)" 2 "the tricks are fake"
is "$(list --verdict=undecided | wc -l)" 1 "one says too little"
is "$(list '*' | wc -l)" 49 "ordinary mail is not listed"
forged=$(list --format=json --verdict=backscatter | grep -cv '"forged_hop":null')
ok "$((forged < 22))" "the first campaign has a forged hop ($forged)"
like "$(find "$work/demo/mail/Sent/cur" -type f | wc -l)" '^9$' "sent mail is there"

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
    is "$(NOTMUCH_CONFIG=$work/demo/notmuch-config notmuch count '*')" 63 "notmuch finds the same mail"
fi
done_testing
