#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves what "notme check" says of files: verdicts, JSON, order, exit statuses, and what it does with files that are no mail.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/bounce.sh"
cd "$work" || exit 1

alder config

bounce own.eml 'mail.alder.example (mail.alder.example [203.0.113.25])'
bounce forged.eml 'mail.alder.example (dsl-198-51-100-99.elm.example [198.51.100.99])'
printf 'From: lee@birch.example\nTo: rowan@alder.example\nSubject: tea\n\nAt four?\n' >plain.eml
: >empty
head -c 3000 /dev/zero >zeros
mkdir folder

check()
{
    run "$NOTME" --config=config check "$@"
}

check own.eml
is "$status" 0 "one file: exit status 0"
like "$out" '^own\.eml: failure, genuine' "our own message that bounced is genuine"
check forged.eml
like "$out" '^forged\.eml: failure, backscatter, sent from 198\.51\.100\.99, lee@birch\.example user-unknown' \
    "a forged one is backscatter, and who sent it is said"
for pair in own.eml:10 forged.eml:11 plain.eml:14 empty:14 zeros:14 missing:1; do
    check --exit-code "${pair%:*}"
    is "$status" "${pair#*:}" "--exit-code of ${pair%:*}"
done
run bash -c "'$NOTME' --config=config check --exit-code - <own.eml"
is "$status" 10 "a message on standard input"

check --format=json own.eml missing folder plain.eml forged.eml
is "$status" 1 "a file that cannot be read: exit status 1"
is "$(printf '%s\n' "$out" | wc -l)" 5 "... and an object for each file"
like "$err" '^notme: missing: No such file or directory$' "... named on standard error"
like "$err" '^notme: folder: Is a directory$' "... a folder too"
printf '%s\n' "$out" >both
"$NOTME" --config=config check --jobs=1 --format=json own.eml missing folder plain.eml forged.eml >one 2>/dev/null
is "$(cmp one both 2>&1)" "" "one process and several say the same, in the same order"
if command -v python3 >/dev/null; then
    is "$(python3 - both <<'END'
import json, sys
own, missing, folder, plain, forged = [json.loads(l) for l in open(sys.argv[1])]
assert own["verdict"] == "genuine" and own["injection"]["ip"] == "203.0.113.25"
assert forged["verdict"] == "backscatter" and forged["submitter_ip"] == "198.51.100.99"
assert forged["recipients"][0]["status"] == "5.1.1" and forged["returned"]["where"] == "rfc822"
assert plain["kind"] == "none" and plain["verdict"] is None and plain["outer_chain"] == []
assert missing["error"] and "kind" not in missing
assert own["outer_chain"][0]["mark"] and own["returned_chain"][0]["mark"] == "own"
for key in ("file", "message_id", "is_bounce", "kind", "format", "verdict", "evidence", "reporting_mta", "arrival_date",
            "recipients", "returned", "outer_chain", "returned_chain", "injection", "submitter_ip", "forged_hop"):
    assert key in own, key
print("good")
END
)" good "the JSON has the members of the manual"
else
    skip "no python3"
fi
printf 'own.eml\nforged.eml\n' >list
check --files-from=list
is "$(printf '%s\n' "$out" | wc -l)" 2 "--files-from"

check
is "$status" 2 "no file: exit status 2"
check --format=xml own.eml
is "$status" 2 "a wrong format: exit status 2"
like "$err" '^notme: check: --format must be text, json, tsv or verdict' "... and it is said"
printf '[identity]\nnetwork=1.2.3.4\n' >bad
run "$NOTME" --config=bad check own.eml
is "$status" 2 "an unknown key in the configuration: exit status 2"
like "$err" '^notme: .*bad:2: unknown key' "... with file and line"
run "$NOTME" frobnicate
is "$status" 2 "an unknown command: exit status 2"
like "$err" '^notme: frobnicate: ' "... is named"
run bash -c "'$NOTME' --config=config check --format=json own.eml forged.eml | head -c 10"
unlike "$err" '.' "a closed pipe ends quietly"
done_testing
