#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that commands take the message on standard input ("-"), as mail readers hand it over: it is the one of the mailbox with its id and its content or none, several are never taken for one, and questions are asked on the terminal.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
mailbox_config "$work/box"
inbox=$box/mail/INBOX/cur
for i in 1 2 3 4 5; do
    bounce "$i" "$inbox/$i.M.host:2,S"
done
genuine 6 "$inbox/6.M.host:2,S"
letter tea@friends.example "$inbox/7.M.host:2,S"
index
from() { run bash -c "'$NOTME' --config='$conf' $1 <'$2'"; }

# --- which message it is ---
from 'show -' "$inbox/1.M.host:2,S"
is "$status" 0 "show - takes the message on standard input"
like "$out" '^ message +id:b1@mx.remote.example' "... and finds it in the mailbox"
from 'show - --format=json' "$inbox/1.M.host:2,S"
like "$out" "^\\{\"file\":\"$inbox/1.M.host:2,S\".*\"id\":\"b1@mx" "... JSON: with what the mailbox knows of it"
sed 's/$/\r/; 1i\From MAILER-DAEMON Mon Nov  3 10:00:01 2025\r' "$inbox/1.M.host:2,S" >"$work/passed"
sed -i '0,/^Subject:/s/^Subject:/Status: RO\r\nContent-Length: 17\r\n\tmore\r\nSubject:/' "$work/passed"
printf '\r\n\r\n' >>"$work/passed"
from 'show - --format=json' "$work/passed"
like "$out" '"id":"b1@mx' "other line ends, a From line, and what readers add to the header make no other message of it"
sed 's/user unknown/user on leave/' "$inbox/1.M.host:2,S" >"$work/other"
from 'show - --format=json' "$work/other"
like "$out" '^\{"file":"-",' "other text under the same id is another message: shown as it came"
unlike "$out" '"id":"b1@mx.remote.example"' "... without what the mailbox knows of the first"
before=$(contents; dump)
from 'delete -' "$work/other"
is "$status" 1 "... and nothing is deleted for it"
like "$err" '^notme: standard input: the message of the mailbox that has its Message-ID says something else$' "... which is said"
sed 's/^Message-ID: .*/Message-ID: <none@mx.remote.example>/' "$inbox/1.M.host:2,S" >"$work/none"
from 'delete -' "$work/none"
like "$status $err" '^1 notme: standard input: no message of the mailbox has its Message-ID; "notmuch new" may help$' "a message that is not in the mailbox is not acted on"
is "$(contents; dump)" "$before" "... the mailbox is as it was"
from 'show -' /dev/null
like "$status $err" '^2 notme: standard input: it is empty' "nothing on standard input: said, exit status 2"
from 'delete - tag:inbox' "$inbox/1.M.host:2,S"
like "$status $err" '^2 notme: - \(the message on standard input\) stands alone' "- beside a query is refused"
from 'delete -' "$inbox/7.M.host:2,S"
like "$status $err" '^1 notme: standard input: it is neither a bounce nor a notice; left as it is' "ordinary mail is left as it is"
sed '/^Message-ID: <b/d; s/mx.remote/mx.nameless/' "$inbox/2.M.host:2,S" >"$inbox/8.M.host:2,S"
index
from 'delete --dry-run -' "$inbox/8.M.host:2,S"
like "$out" 'delete: 1 message; nothing' "a message without an id is found by its content"

# --- acting ---
from 'delete -' "$inbox/1.M.host:2,S"
is "$status" 0 "delete -"
like "$(tags_of b1@mx.remote.example)" '(^| )deleted( |$)' "... deletes it"
from 'quarantine -' "$inbox/2.M.host:2,S"
is "$(files | grep -c Quarantine/cur/2.M.host)" 1 "quarantine -"
from 'release -' "$(echo "$box"/mail/Quarantine/cur/2.M.host*)"
is "$(files | grep -c INBOX/cur/2.M.host)" 1 "release -"
from 'complain --dry-run --old --format=letter -' "$inbox/3.M.host:2,S"
like "$out" '^Subject: ' "complain --dry-run - prints the draft"
cp "$inbox/4.M.host:2,S" "$box/mail/INBOX/new/copy"
index
notme quarantine --yes "$inbox/4.M.host:2,S" >"$work/log"
from 'delete -' "$box/mail/INBOX/new/copy"
is "$(files | grep -c 'Trash.*copy'),$(files | grep -c 'Quarantine.*4.M')" 1,1 "of two copies the one that is in sight is taken"
printf 'From a@b.example Mon Nov  3 10:00:01 2025\n' >"$work/mbox"
cat "$inbox/3.M.host:2,S" >>"$work/mbox"
printf '\nFrom a@b.example Mon Nov  3 10:00:01 2025\n' >>"$work/mbox"
cat "$work/none" >>"$work/mbox"
printf '\nFrom a@b.example Mon Nov  3 10:00:01 2025\n' >>"$work/mbox"
cat "$inbox/5.M.host:2,S" >>"$work/mbox"
from 'show - --format=json' "$work/mbox"
is "$(grep -c '^{' <<<"$out")" 3 "several messages: all are shown"
from 'delete --yes -' "$work/mbox"
like "$err" '^notme: standard input: message 2: no message' "... the one that is not in the mailbox is named by its number"
is "$status $(notmuch count tag:deleted)" "1 3" "... and the others are deleted"

# --- the terminal ---
cat "$inbox/6.M.host:2,S" >"$work/six"
{
    printf 'From a@b.example Mon Nov  3 10:00:01 2025\n'
    cat "$inbox/6.M.host:2,S"
    printf '\nFrom a@b.example Mon Nov  3 10:00:01 2025\n'
    cat "$inbox/2.M.host:2,S"
} >"$work/two"
from 'delete -' "$work/two"
like "$status" '^2$' "what asks does nothing without a terminal"
talk=$(python3 "$top/tests/cli/terminal.py" "$work/two" '[y/N]:y\n' -- "$NOTME" --config="$conf" delete -)
like "$talk" '1 genuine, 0 undecided, 1 backscatter' "with one, the question is asked there though standard input is mail"
like "$(tags_of b6@mx.remote.example)" '(^| )deleted( |$)' "... and a yes typed there does it"
notme undo >"$work/log"
notme undo >>"$work/log"
talk=$(python3 "$top/tests/cli/terminal.py" "$work/six" 'user6:q' -- "$NOTME" --config="$conf" review -)
like "$talk" 'exit 0' "review - opens on the message, keys come from the terminal"
unlike "$talk" 'user3' "... and on no other"
from 'review -' "$work/none"
like "$status $err" 'nothing of what is on standard input is in the mailbox' "review - of what is not there: said"
is "$status" 2 "... exit status 2"
done_testing
