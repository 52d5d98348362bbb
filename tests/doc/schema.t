#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the schema of the JSON and its manual page know every value that the program can print, that all it prints is as the schema says, and that the schema sees what is not.
. "$(dirname "$0")/../lib/tap.sh"
command -v python3 >/dev/null || skip_all "no python3"
here=$(cd "$(dirname "$0")" && pwd)
json() { python3 "$here/schema.py" "$@"; }

is "$(json tables "$top")" "" "the schema has the values of the program's tables, and no others"
is "$(json page "$top")" "" "notme-json(5) has every member and every value"

cd "$work" || exit 1
"$NOTME" demo "$work/demo" >/dev/null
: >"$work/known"
json check "$top" finding "$work/known" >/dev/null
if [ $? = 3 ]; then
    skip "no python3-jsonschema: what is printed is not compared with the schema"
    done_testing
    exit 0
fi
notme() { "$NOTME" --config="$work/demo/config" "$@" 2>/dev/null; }
# valid NAME LEAST WHAT: the file "lines" has at least LEAST lines, and each is a NAME
valid()
{
    found=$(json check "$top" "$1" "$work/lines")
    is "$(grep -v ' lines$' <<<"$found")" "" "$3 is as the schema says"
    [ "$(sed -n 's/ lines$//p' <<<"$found")" -ge "$2" ]
    ok $? "... and there is some of it"
}
bounce=$(notme list --format=files --verdict=backscatter --limit=1)
find demo/mail -type f -path '*/cur/*' >list
notme check --format=json --files-from=list >lines
valid finding 60 "check"
{
    echo 'From a Mon Jul  6 10:00:01 2026'
    cat "$(head -1 list)"
    echo
    echo 'From a Mon Jul  6 10:00:01 2026'
    cat "$(tail -1 list)"
} >box
notme check --format=json - <box >lines
valid finding 2 "check of several messages"
printf 'PK\3\4' >zip
notme check --format=json nosuch zip >lines
valid unreadable 2 "what cannot be read"
notme check --format=json --fields=verdict,file,forged_hop,evidence --files-from=list >lines
valid some 60 "check --fields"
notme list --format=json >lines
valid listed 50 "list"
notme list --format=json --fields=handle,tags,injection >lines
valid some 50 "list --fields"
notme show --format=json "$(notme list --format=text0 --limit=1 | tr -d '\0')" >lines
valid listed 1 "show of the mailbox"
notme show --format=json zip "$bounce" >lines
valid listed 1 "show of a file that is in it"
cp "$bounce" elsewhere
notme show --format=json elsewhere >lines
valid finding 1 "show of a file that is not"
notme questions --format=json >lines
valid question 1 "questions"
notme summary --format=json >lines
valid summary 1 "summary"
notme summary --format=json 'subject:there-is-none' >lines
valid summary 1 "summary of nothing"
notme delete --yes --verdict=fake '*' >log
notme undo >log
notme tag >log
notme quarantine --yes 'verdict:backscatter' >log
notme answer complete yes >log
notme complain --yes --old --to=both 'verdict:backscatter' >log
notme purge --older-than=0 >log
notme log --format=json >lines
valid job 4 "log"
notme summary --format=json '*' >lines
valid summary 1 "summary with complaints"
if [ -d "$corpus" ]; then
    find "$corpus" -type f -name '*.eml' | sort | awk 'NR % 4 == 1' >list
    notme check --format=json --files-from=list >lines
valid finding 100 "check of the corpus"
else
    skip "no corpus"
fi

# --- it sees what is not ---
notme check --format=json elsewhere >good
wrong()
{
    python3 - "$1" good >bad <<'END'
import json, sys
o = json.loads(open(sys.argv[2]).readline())
exec(sys.argv[1])
print(json.dumps(o))
END
    like "$(json check "$top" finding bad)" '^bad:1: ' "the schema sees: $1"
}
wrong 'o["verdict"] = "spam"'
wrong 'o["recipients"][0]["reason"] = "none"'
wrong 'del o["forged_hop"]'
wrong 'o["more"] = 1'
wrong 'o["evidence"][0]["rule"] = "no-such-rule"'
wrong 'o["arrival_date"] = "Mon, 6 Jul 2026"'
wrong 'o["evidence"] = None'
done_testing
