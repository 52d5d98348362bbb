#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that mail which somebody sent through our account is warned of wherever its verdict is shown, with the login
# and what to do; that nobody else is complained to for it; that "it was I" silences it and makes nothing own,
# and that "it was not I" says so wherever the warning stands.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
mailbox_config "$work/box"
tags_of() { notmuch search --output=messages "tag:$1" | sed 's/^id://'; }
d=$box/mail/INBOX/cur
genuine 1 "$d/b1:2,S"
genuine 2 "$d/b2:2,S"
bounce 3 "$d/b3:2,S" dsl-77.example.net 198.51.100.77
sed -i "s/<m1@mail.own.example>/<m1@localhost>/
/^	for <user1@remote.example>;/a\\
Received: from [10.0.0.5] (unknown [198.51.100.9])\\
	(Authenticated sender: me@own.example)\\
	by mail.own.example (Postfix) with ESMTPSA id EF1\\
	for <user1@remote.example>; Mon, 03 Nov 2025 09:59:00 +0000 (UTC)" "$d/b1:2,S"
index
is "$(notme list --warning --fields=id)" "b1@mx.remote.example" "list --warning has it, and nothing else"
json=$(notme list --warning --format=json)
like "$json" '"warning":"stolen-account"' "JSON warns"
like "$json" '"login":"me@own.example"' "with the login"
like "$json" '"abused":"me@own.example"' "and in whose name"
is "$(notme list --fields=id warning:stolen-account)" "b1@mx.remote.example" "a query finds it"
run notme list warning:nonsense
is "$status" 2 "another warning is refused"
is "$(notme list abused:me@own.example | wc -l)" 3 "so does one for whose name was abused"
is "$(notme list abused:somebody@own.example | wc -l)" 0 "which is of nobody else"
out=$(notme show id:b1@mx.remote.example)
like "$(tr -s ' \n' ' ' <<<"$out")" 'warning sent through your account from 198.51.100.9; whose address that is, is not known: was it you\?' "show warns"
like "$out" 'login +me@own.example' "with the login"
like "$(tr -s ' \n' ' ' <<<"$out")" 'change the password of me@own.example, and end all its sessions' "and what to do"
like "$(notme summary)" '^1 sent through an account of yours' "the summary says so"
if "$NOTME" complain --help >/dev/null 2>&1; then
    run notme complain --yes --old id:b1@mx.remote.example
    like "$err" 'no complaint: it was sent through your own account' "nobody is complained to"
    is "$(files | grep -c Drafts)" 0 "there is no draft"
fi
like "$(notme questions)" '^login:198.51.100.9$' "it is asked"
notme tag '*' >/dev/null
is "$(tags_of notme/login)" "b1@mx.remote.example" "tag marks it, beside the verdict's"
like "$(notmuch search --output=tags id:b1@mx.remote.example | tr '\n' ' ')" 'genuine' "... which it bears, too"
before=$(notme list --format=json)
notme answer login:198.51.100.9 yes >/dev/null
is "$(notme list --warning)" "" "it was I: no warning"
like "$(cat "$conf")" '^known_logins=198.51.100.9$' "as a known login"
unlike "$(grep ^networks "$conf")" '198.51.100.9' "which is not own"
notme tag >/dev/null
is "$(tags_of notme/login)" "" "and tag takes its mark off"
like "$(notmuch search --output=tags id:b1@mx.remote.example | tr '\n' ' ')" 'genuine' "not the verdict's"
notme undo >/dev/null
notme tag >/dev/null
is "$(notme list --format=json)" "$before" "undone: as before, byte for byte"
run notme answer login:198.51.100.9 no
like "$out" '^job [0-9]+: Was it you who logged in from 198.51.100.9\? You said no: change the password, end its sessions; "notme undo' \
    "it was not I: what is left to do is said"
out=$(notme show id:b1@mx.remote.example | tr -s ' \n' ' ')
like "$out" 'warning not you: somebody sends through your account from 198.51.100.9: change the password of me@own.example, end its sessions' \
    "the warning says what is known now"
like "$out" 'to do Change the password of me@own.example' "and what to do"
unlike "$out" '(was it you|[Ii]f it was)' "and asks no more"
unlike "$(notme summary)" 'was it you' "nor does the summary"
is "$(notme list --warning --fields=id)" "b1@mx.remote.example" "it was not I: the warning stays"
unlike "$(notme questions)" '^login:' "and is not asked again"
done_testing
