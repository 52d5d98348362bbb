#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that no output of the command line passes on what an enemy wrote to move, hide or reorder text: every command and format, in a pipe and on a terminal, in the pager and on standard error, of a bounce that has it in every field and in its name.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
mailbox_config "$work/box"
inbox=$box/mail/INBOX/cur

python3 - "$inbox" <<'END'
import sys
E = "\x1b]52;c;eA==\x07\u202e\x9b31m\t<script>alert(1)</script>&'\"$(id)`id`"
name = sys.argv[1] + "/evil\x1b[31m\u202e.M.host:2,S"
open(name, "w").write(f"""Return-Path: <>
Received: from mx.evil.example (mx.evil.example [192.0.2.66])
\tby mail.own.example (Postfix) with ESMTP id AB1
\tfor <me@own.example>; Mon, 03 Nov 2025 10:00:01 +0000 (UTC)
From: MAILER-DAEMON@mx.evil.example ({E})
To: me@own.example
Subject: Undelivered {E}
Message-ID: <evil{E}@mx.evil.example>
Date: Mon, 03 Nov 2025 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

<user{E}@evil.example>: {E}

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.evil.example{E}
Arrival-Date: Mon, 03 Nov 2025 09:59:00 +0000

Final-Recipient: rfc822; user{E}@evil.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 {E} unknown
Remote-MTA: dns; {E}

--b1
Content-Type: message/rfc822

Received: from {E} ({E} [198.51.100.66])
\tby mx.evil.example ({E}) with {E} id {E}
\tfor <user@evil.example>; Mon, 03 Nov 2025 09:59:00 +0000 (UTC)
From: me@own.example ({E})
To: user{E}@evil.example
Subject: {E}
Message-ID: <m{E}@evil.example>
Date: Mon, 03 Nov 2025 09:58:00 +0000

text

--b1--
""")
END
bounce 2 "$inbox/2.M.host:2,S"
index
evil=$(find "$inbox" -name 'evil*')
cp "$evil" "$work/evil.eml"

# harmless FILE: no control character but line ends (and tabs where $tabs is set), none that reorders text, valid UTF-8
harmless()
{
    python3 - "$1" "${tabs-}" <<'END'
import re, sys
text = open(sys.argv[1], "rb").read().decode("utf-8")
if sys.argv[2]:
    text = text.replace("\t", "")
found = re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)
sys.exit(f"{found[:5]}" if found else 0)
END
}

shown=
# goes WHAT COMMAND...: runs it; both of its outputs are harmless, and it says something
goes()
{
    local what=$1
    shift
    "$@" >"$work/out" 2>"$work/err" </dev/null
    harmless "$work/out" && harmless "$work/err" && { [ -s "$work/out" ] || [ -s "$work/err" ]; }
    ok $? "$what"
    shown+=$(cat "$work/out")
}
n() { "$NOTME" --config="$conf" "$@"; }

goes "list" n list
goes "list --verbose" n list --verbose
tabs=yes goes "list --format=tsv" n list --format=tsv --fields=id,file,subject,reporting_mta,recipient,diagnostic,returned_subject,remote_mta,handle
is "$(awk -F'\t' 'NF != 9' "$work/out")" "" "... with no tab or line end in a value"
goes "list --format=addresses" n list --format=addresses
goes "list --format=json" n list --format=json
python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1])]' "$work/out"
ok $? "... which is JSON"
goes "list --fields" n list --fields=subject,diagnostic,file
goes "show" n show "$evil"
goes "show --explain" n show --explain "$evil"
goes "show - of what is not in the mailbox" bash -c "sed 's/^Date: .*/Date: Mon, 03 Nov 2025 11:00:00 +0000/' '$work/evil.eml' | '$NOTME' --config='$conf' show -"
goes "show --format=json" n show --format=json "$evil"
goes "check" n check "$evil"
tabs=yes goes "check --format=tsv" n check --format=tsv --fields=file,from,subject,diagnostic,returned_subject,recipient,reporter,remote_mta,evidence "$evil"
is "$(awk -F'\t' 'NF != 9' "$work/out")" "" "... with no tab or line end in a value"
goes "check --format=json" n check --format=json "$evil"
goes "questions" n questions '*'
goes "summary" n summary '*'
goes "summary --format=json" n summary --format=json '*'
goes "summary --format=html" n summary --format=html '*'
unlike "$(cat "$work/out")" '<script' "... in which mail has no markup"
goes "complain --dry-run --format=letter" n complain --dry-run --yes --old --to=both --format=letter "$evil"
tabs=yes goes "complain --dry-run" n complain --dry-run --yes --old --to=both "$evil"
goes "quarantine --dry-run" n quarantine --dry-run '*'
goes "quarantine" n quarantine --yes '*'
goes "a file that is gone, on standard error" n delete "$evil"
goes "log of a query" n log
goes "undo" n undo
goes "tag" n tag
goes "an unknown command" n $'\033[31mlist'
goes "a query that fails" n list $'id:\033[31m)('
like "$shown" 'alert\(1\)' "(what the enemy wrote was shown, where it was harmless)"

# --- on a terminal ---
on_terminal() { python3 "$top/tests/cli/terminal.py" /dev/null -- "$@" | sed 's/\r$//'; }
for words in 'list' 'list --format=files' 'list --format=text0' 'show --no-pager id:b2@mx.remote.example' 'summary *'; do
    # shellcheck disable=SC2086 # several words; no name here is "*"
    (set -f; on_terminal "$NOTME" --config="$conf" --color=never $words) | tr -d '\000' >"$work/out"
    harmless "$work/out"
    ok $? "on a terminal: $words"
done
on_terminal env PAGER="tee '$work/paged'" "$NOTME" --config="$conf" --color=never show "$evil" >"$work/out"
harmless "$work/paged" && grep -q 'alert(1)' "$work/paged"
ok $? "what the pager is given"
done_testing
