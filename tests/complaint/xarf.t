#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that every XARF 4 report that notme can write fits the rules of xarf.schema.json - whatever the address, the
# sender, the recipient, the subject and one's own name are - and that none is written where they cannot be kept.
. "$(dirname "$0")/../lib/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null || skip_all "no python3"
python3 -c 'import jsonschema' 2>/dev/null || skip_all "no python3-jsonschema"
mkdir -p "$work/c" "$work/xarf" "$work/arf"
# identity NAME: whose the reports are
identity()
{
    cat >"$work/c/config" <<END
[identity]
addresses=me@own.example
domains=own.example
networks=203.0.113.0/24
complete=true
[complain]
name=$1
END
}
identity "Jane Smith"
python3 "$here/bounces.py" "$work/one" 3 1 1 "$(date +%s)"
sed -i 's/(unknown \[198\.51\.100\.1\])/(unknown [198.51.100.1]:4711)/' "$work"/one/*.eml
one=$work/one/b0.eml
letters() { printf "$1%.0s" $(seq "$2"); }
drafted() { "$NOTME" --config="$work/c/config" complain --dry-run --yes --to=network --format=xarf "$@" 2>/dev/null; }

# fits CASE [MEMBER VALUE]: of $files an XARF report is drafted, which has this member; no value: which has it not
fits()
{
    drafted "${files[@]}" >"$work/xarf/$1"
    [ $# -lt 2 ] || printf '%s\t%s\t%s\n' "$@" >>"$work/wanted"
}
# changed SED...: $files is the bounce, changed
changed() { sed "$@" "$one" >"$work/changed.eml" && files=("$work/changed.eml"); }

files=("$one")
fits "a forged message" source_identifier 198.51.100.1
printf '%s\t%s\t%s\n' "a forged message" source_port 4711 "a forged message" smtp_from me@own.example \
    "a forged message" smtp_to user0@r1.example "a forged message" subject "offer 0" >>"$work/wanted"
files=("$work"/one/*.eml)
fits "three of one source" smtp_from me@own.example
changed -e 's/550 5.1.1 user unknown/554 5.7.1 message contains virus W32.Sobig/' -e 's/: user unknown/: virus found/'
fits "a virus" type spam
changed 's/^Received: from spam.example.net/Return-Path: <>\n&/'
fits "a returned message that says it had no sender and was bounced all the same" smtp_from me@own.example
changed 's/user0@r1/jürgen@r1/'
fits "a recipient that is no ASCII" smtp_to ""
changed 's/user0@r1/"a b"@r1/'
fits "a recipient in quotes" smtp_to ""
changed 's/<user0@r1[.]example>: user unknown/The message could not be delivered./; /^Final-Recipient/d; s/user0@r1[.]example/undisclosed:;/'
fits "no recipient that is known" smtp_to ""
changed "s/^Subject: offer 0/Subject: $(letters x 600)/"
fits "a subject of 600 letters"
changed "s/^Subject: offer 0/Subject: $(letters '=?utf-8?Q?=C3=BC?= ' 480)/"
fits "a subject of 480 encoded words"
changed 's/^Subject: offer 0/Subject: =?utf-8?B?GxtbMzFtCg0K?= \x1b[31m"\\/'
fits "a subject of control characters"
changed '/^Subject: offer 0/d'
fits "no subject" subject ""
for port in 1 65535; do
    changed "s/:4711/:$port/"
    fits "the port $port" source_port $port
done
files=("$one")
identity "$(letters ü 250)"
fits "a name of 250 letters" reporter "$(letters ü 200)"
identity 'Jane "J." Smith \\ Söhne <x@evil.example>'
fits "a name with quotes and brackets"
identity ''
fits "no name" sender own.example
identity "Jane Smith"
is "$(python3 "$here/check_draft.py" xarf "$work"/xarf/*)" "16 drafts" "in each case there is an XARF report, and it fits"
is "$(python3 "$here/xarf.py" members "$work/wanted" "$work/xarf")" "" "... with what is known, and nothing else"
for port in 0 65536 99999999999999999999 none; do
    [ $port = none ] && changed 's/:4711//' || changed "s/:4711/:$port/"
    drafted "${files[@]}" >"$work/arf/port $port"
done
is "$(python3 "$here/check_draft.py" arf "$work"/arf/*)" "4 drafts" "without a port that can be, an ARF report is written"
is "$(python3 "$here/xarf.py" spoiled "$work/xarf/a forged message")" "" "the schema sees what is missing and what is wrong"
done_testing
