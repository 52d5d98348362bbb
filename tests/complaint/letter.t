#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The letter, the report and the XARF part, on files.
. "$(dirname "$0")/../lib/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null || skip_all "no python3"
mkdir -p "$work/c"
cat >"$work/c/config" <<END
[identity]
addresses=me@own.example
domains=own.example
networks=203.0.113.0/24
complete=true
[complain]
name=Jane Smith
END
draft() { run "$NOTME" --config="$work/c/config" complain --dry-run "$@"; printf '%s\n' "$out" >"$work/draft"; }
# The letter alone, unwrapped, and as a reader decodes it.
plain() { sed -e ':a' -e '/=$/{N;s/=\n//;ba' -e '}' -e 's/=3D/=/g' "$work/draft"; }
flat() { plain | tr '\n' ' ' | tr -s ' '; }

now=$(date +%s)
python3 "$here/bounces.py" "$work/one" 1 1 1 "$now"
one=$work/one/b0.eml

draft --format=letter "$one"
is "$status$err" "0" "a letter is drafted"
is "$(python3 "$here/check_draft.py" letter "$work/draft")" "1 drafts" "a strict reader takes it"
text=$(flat)
like "$text" 'To: postmaster@r1\.example' "to the postmaster of the reporter's organisation"
like "$text" 'From: Jane Smith <me@own\.example>' "from the address that was forged"
like "$text" 'I am Jane Smith, and I write to you for the domain own\.example' "who writes, for what"
like "$text" 'a message that I did not send\. None of my mail servers sent it' "that it was not sent here"
like "$text" 'mx\.r1\.example took it from the address 198\.51\.100\.1, on ' "who took it from whom, when"
like "$text" 'Received: from spam\.example\.net \(unknown \[198\.51\.100\.1\]\) by mx\.r1\.example' "in its own words"
is "$(plain | grep -c '^    Received: from spam\.example\.net .*; [A-Z][a-z][a-z], [0-9].*[0-9]$')" 1 "... unbroken, on a line of its own"
like "$text" 'The Message-ID of that message is <m0@spam\.example\.net>' "the Message-ID"
like "$text" '198\.51\.100\.1 has nothing to do with the domain own\.example' "that the address is not ours"
like "$text" 'never send the whole of a virus' "not the whole virus"
like "$text" 'while the SMTP session lasts' "refuse during SMTP"
like "$text" 'RFC 5321, section 6\.2.*RFC 3834, section 2' "the standards"
like "$text" 'kept the full message and will send it to you' "that all is kept"
unlike "$text" '\{[a-z]+\}' "no field is left"

python3 "$here/bounces.py" "$work/two" 2 1 1 "$now"
draft --format=letter "$work/two/b0.eml" "$work/two/b1.eml"
like "$(flat)" 'kept the full messages and will send them to you' "of several in the plural"

draft "$one"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "1 drafts" "an ARF report, read strictly"
is "$("$NOTME" check --format=json "$work/draft" | python3 -c 'import json,sys; print(json.load(sys.stdin)["kind"])')" abuse-report "notme itself reads it as one"
for reader in munpack mshow; do
    if ! command -v $reader >/dev/null; then
        skip "no $reader"
    elif [ $reader = mshow ]; then
        is "$(mshow -t "$work/draft" | grep -c -E 'text/plain|message/feedback-report|text/rfc822-headers')" 3 "mshow sees the three parts"
    else
        mkdir -p "$work/parts" && (cd "$work/parts" && munpack -t -q "$work/draft" >/dev/null 2>&1)
        # it knows no message/feedback-report
        is "$(cat "$work/parts"/* | grep -c -E '^(Dear postmaster,|Received: from mx\.r1.*)$')" 2 "munpack takes letter and headers out"
    fi
done
draft --to=network "$one"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "1 drafts" "one to the network that sent"
like "$out" '^Source-IP: 198\.51\.100\.1$' "about its address"
like "$(flat)" 'what the server that bounced it, mx\.r1\.example, has recorded, and not what I saw myself' "and by whose word"
like "$out" '^To:$' "nobody known: To stays empty"
like "$(flat)" 'whois 198\.51\.100\.1' "and the draft says where to look"
like "$(flat)" 'as far as they came back, each on one line: Received: from spam.* From: me@own\.example To: user0@r1\.example' "the returned headers are in its text"
draft --to=network --format=xarf "$one"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "1 drafts" "no XARF where the port is not known"
like "$err" 'not all that XARF needs is known' "which is said"
sed 's/(unknown \[198\.51\.100\.1\])/(unknown [198.51.100.1]:4711)/' "$one" >"$work/port.eml"
draft --to=network --format=xarf "$work/port.eml"
is "$(python3 "$here/check_draft.py" xarf "$work/draft")" "1 drafts" "with XARF, beside the report"
draft --format=xarf "$one"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "1 drafts" "no XARF about a bounce: it has no sender"
like "$err" 'XARF needs' "which is said"
draft --to=both "$one"
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "2 drafts" "both at once"

# a line longer than any wrapping, and what is no more than likely
sed 's/(Postfix) with ESMTP id CD0/(Postfix-'"$(printf 'x%.0s' $(seq 900))"') with ESMTP id CD0/' "$one" >"$work/long.eml"
draft --format=letter "$work/long.eml"
is "$(plain | grep -c "^    Received: from spam.*x\\{900\\}.*CD0.*[0-9]$")" 1 "a long line is quoted unbroken"
sed '/^complete=/d' "$work/c/config" >"$work/c/config.2" && cp "$work/c/config" "$work/c/config.1" && cp "$work/c/config.2" "$work/c/config"
sed '/^Received: from spam/,/^	for/d' "$one" >"$work/bare.eml"
draft --yes --format=letter "$work/bare.eml"
like "$(flat)" 'as far as my records show, neither I nor any of my mail servers sent: it seems that' "what is not known is not stated"
unlike "$(flat)" 'None of my mail servers sent it' "... not even beside it"
# an address that was said not to be ours, where nobody said that all that is ours is named
sed -i '/^\[identity\]/a not_own=198.51.100.1' "$work/c/config"
is "$("$NOTME" --config="$work/c/config" check --format=json "$one" | grep -o '"verdict":"[a-z]*"')" '"verdict":"backscatter"' \
    "a case that is not ours, by what was answered"
for side in reporter network; do
    draft --format=letter --to=$side "$one"
    like "$(flat)" '[Aa]s far as my records show' "its letter to the $side says what the records show"
    like "$(flat)" 'Subject: .* seems? to be forged' "... and seems, in its subject"
    unlike "$(flat)" 'None of my mail servers sent it|nor did any of my mail servers|belongs neither to me|has forged|forged addresses' \
        "... and states none of it as a fact"
done
cp "$work/c/config.1" "$work/c/config"
draft --format=letter "$one"
like "$(flat)" 'None of my mail servers sent it' "with all our servers named it is stated"
cp "$work/c/config.1" "$work/c/config"

# a header that the sender may have written names nobody
sed 's/^Received: from spam.*/X-Originating-IP: [198.51.100.1]/; /^	by mx.r1.*CD/d; /^	for <user0@r1.example>; /d' "$one" >"$work/claimed.eml"
draft --yes --to=network "$work/claimed.eml"
like "$status $err" '1 .*(only a header of the message itself names|nobody recorded)' "no complaint on the sender's own word"

# a virus
sed -e 's/550 5.1.1 user unknown/554 5.7.1 message contains virus W32.Sobig/' -e 's/: user unknown/: virus found/' "$one" >"$work/virus.eml"
draft "$work/virus.eml"
like "$out" '^Feedback-Type: virus$' "a virus is called one"
like "$(flat)" 'viruses forge' "in the letter too"

# groups
python3 "$here/bounces.py" "$work/many" 30 3 5 "$now"
draft --to=both "$work"/many/*.eml
is "$(python3 "$here/check_draft.py" arf "$work/draft")" "8 drafts" "thirty bounces: three reporters, five sources"
is "$(grep -c '^Incidents: 10$' "$work/draft") $(grep -c '^Incidents: 6$' "$work/draft")" "3 5" "each with its count"
is "$(grep -c -E '^  [0-9T:-]{19}Z  +192\.0\.2\.[123]  +198\.51\.100\.[1-5]$' "$work/draft")" 52 "and a table of the others"

# templates
mkdir -p "$work/c/complaint"
printf 'Subject: about {ip}\n\nHello {reporter},\n\n{source} again. {line}\n\n{table}\n\nI {unknown}\n' >"$work/c/complaint/backscatter.txt"
draft "$one"
is "$status" 2 "an unknown field is an error"
like "$err" 'complaint/backscatter\.txt:9: unknown field \{unknown\}; ' "with file and line"
sed -i '$d' "$work/c/complaint/backscatter.txt"
draft --format=letter "$one"
like "$out" '^Subject: about 198\.51\.100\.1$' "an own template's subject"
like "$out" '^192\.0\.2\.1 again\. Received: ' "and its text"
printf 'Hello {reporter}\n' >"$work/c/complaint/backscatter.txt"
draft "$one"
like "$status $err" '2 .*does not name 192\.0\.2\.1' "a letter that does not name the address is no report"
printf 'Hell\xff\n' >"$work/c/complaint/backscatter.txt"
draft "$one"
like "$status $err" '2 .*backscatter\.txt:1: not a text in UTF-8' "nor one that is no text"
rm -r "$work/c/complaint"

# the bounce of 2003
seed=$corpus/seed/aol-2003.eml
if [ -f "$seed" ]; then
    printf '[identity]\naddresses=johndoe@membrane.com\ndomains=membrane.com\n' >"$work/c/config"
    draft --old --yes "$seed"
    is "$(python3 "$here/check_draft.py" --to letter "$work/draft")" "postmaster@aol.com" "2003: a letter to the postmaster"
    text=$(flat)
    like "$text" 'rly-xd04\.mx\.aol\.com took it from the address 64\.246\.67\.94, on 3 June 2003 at 20:22:51 UTC' "2003: who took it from whom"
    like "$text" 'was received at Tue, 3 Jun 2003 16:22:51 -0400 \(EDT\) from \[64\.246\.67\.94\]' "2003: in its own words"
    like "$text" 'has nothing to do with the domain membrane\.com' "2003: not ours"
    like "$text" 'Unrepairable Virus' "2003: the virus"
    draft "$seed"
    like "$status $err" '1 .*older than 14 days' "2003: refused for its age without --old"
    draft --old --yes --to=network "$seed"
    like "$status $err" '1 .*only a letter to its postmaster' "2003: no complaint to the network without a line of ours"
    draft --old --yes "$corpus/seed/aol-2003-as-published.txt"
    like "$out" '^To: postmaster@aol\.com$' "2003: as published"
else
    skip "no bounce of 2003"
fi
done_testing
