#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves which messages of a mailbox are looked at: bounces are found whose subject is a word of ordinary mail, and
# answers that only their address tells; a message that an ordinary subject shares with them is not read at all.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
mailbox_config "$work/m"

# plain N FROM TO SUBJECT BODY [HEADER]: a message of text alone.
plain()
{
    printf 'From: %s\nTo: %s\nSubject: %s\n%sMessage-ID: <p%s@mx.remote.example>\nDate: Mon, 03 Nov 2025 10:00:00 +0000\n\n%s\n' \
        "$2" "$3" "$4" "${6:+$6$'\n'}" "$1" "$5" >"$box/mail/INBOX/cur/$1:2,"
}
plain 1 "gateway@remote.example" me@own.example "mail error" "This recipient is unknown here:

<dahlia@remote.example>: 550 no such user" "Return-Path: <>"
plain 2 "gw@remote.example" me@own.example "a problem with your mail" "The mailbox of dahlia@remote.example is full,
and your message was not delivered." "Return-Path: <>"
plain 3 "Dahlia <dahlia@remote.example>" "postmaster@own.example" "thank you" "back on Monday" "Auto-Submitted: auto-replied"
plain 4 "Dahlia <dahlia@remote.example>" "bounces+7@own.example" "thank you" "back on Monday" "Auto-Submitted: auto-replied"
# nobody looks at this one: a fault in it would be told
plain 5 "Peer <peer@friends.example>" me@own.example "error in the garden" "the fence"
index
rm "$box/mail/INBOX/cur/5:2," && mkdir "$box/mail/INBOX/cur/5:2,"

run notme list --format=tsv --fields=id
is "$(grep -c '^p[1-4]@' <<<"$out")" 4 "bounces and answers are found"
is "$err" "" "what is ordinary by subject and text is not read"
plain 6 "Peer <peer@friends.example>" me@own.example "delivery of the fence" "the fence"
index
rm "$box/mail/INBOX/cur/6:2," && mkdir "$box/mail/INBOX/cur/6:2,"
run notme list --format=tsv --fields=id
like "$err" "6:2," "... as one is whose subject speaks of delivery"
done_testing
