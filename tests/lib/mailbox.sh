# SPDX-License-Identifier: GPL-3.0-or-later
# A small notmuch mailbox of our own messages, for tests of what changes mail. Sourced after tap.sh.

# bounce N FILE: a delivery failure with the Message-ID b<N>@mx.remote.example.
bounce()
{
    cat >"$2" <<END
Return-Path: <>
Received: from mx.remote.example (mx.remote.example [192.0.2.$(($1 % 200 + 1))])
	by mail.own.example (Postfix) with ESMTP id AB$1
	for <me@own.example>; Mon, 03 Nov 2025 10:00:0$(($1 % 10)) +0000 (UTC)
From: MAILER-DAEMON@mx.remote.example (Mail Delivery System)
To: me@own.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <b$1@mx.remote.example>
Date: Mon, 03 Nov 2025 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I'm sorry: your message could not be delivered.
<user$1@remote.example>: user unknown

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.remote.example
Arrival-Date: Mon, 03 Nov 2025 09:59:00 +0000

Final-Recipient: rfc822; user$1@remote.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b1
Content-Type: message/rfc822

Received: from ${3:-spam.example.net} (${3:-unknown} [${4:-198.51.100.$(($1 % 200 + 1))}])
	by mx.remote.example (Postfix) with ESMTP id CD$1
	for <user$1@remote.example>; Mon, 03 Nov 2025 09:59:00 +0000 (UTC)
From: me@own.example
To: user$1@remote.example
Subject: message $1
Message-ID: <m$1@${3:-spam.example.net}>
Date: Mon, 03 Nov 2025 09:58:00 +0000

text

--b1--
END
}

# genuine N FILE: the returned message went out through our own server.
genuine()
{
    bounce "$1" "$2" mail.own.example 203.0.113.7
}

# letter ID FILE: ordinary mail.
letter()
{
    printf 'From: friend@friends.example\nTo: me@own.example\nSubject: lunch\nMessage-ID: <%s>\nDate: Mon, 03 Nov 2025 10:00:00 +0000\n\nlunch?\n' "$1" >"$2"
}

# mailbox_config DIR [SYNC [DATABASE]]: configurations for the mail in DIR/mail: DIR/notmuch and
# DIR/config (notme's); sets box, conf, state, NOTMUCH_CONFIG.
mailbox_config()
{
    box=$1 conf=$1/config state=$1/state
    mkdir -p "$box/mail/INBOX/"{cur,new,tmp}
    cat >"$box/notmuch" <<END
[database]
path=${3:-$box/mail}
${3:+mail_root=$box/mail}
[user]
name=Jane
primary_email=me@own.example
[new]
tags=unread;inbox
[maildir]
synchronize_flags=${2:-true}
END
    cat >"$conf" <<END
[mail]
notmuch_config=$box/notmuch
state=$state
[identity]
addresses=me@own.example
domains=own.example
hosts=mail.own.example
networks=203.0.113.0/24
complete=true
END
    export NOTMUCH_CONFIG=$box/notmuch
}

index() { notmuch new --quiet 2>/dev/null; }
notme() { "$NOTME" --config="$conf" "$@"; }
# What the mailbox holds: names, or contents, in an order of its own.
files() { (cd "$box/mail" && find . -type f -not -path './.notmuch/*' | LC_ALL=C sort); }
contents() { (cd "$box/mail" && find . -type f -not -path '*/.notmuch/*' -exec sha256sum {} + | cut -d' ' -f1 | LC_ALL=C sort); }
tags_of() { notmuch search --output=tags "id:$1" | tr '\n' ' ' | sed 's/ $//'; }
dump() { notmuch dump | LC_ALL=C sort; }
# dated FILE...: each gets a date by the number in its name, of two a minute apart the lower is the newer: else their
# order would be by chance.
dated()
{
    local file
    for file; do
        sed -i "0,/^Date: .*/s//Date: Mon, 03 Nov 2025 10:$((50 - $(basename "$file" :2,S | tr -d b))):00 +0000/" "$file"
    done
}
# $work/box anew, not indexed: six bounces of one sender, a minute apart, the first the newest.
six_bounces()
{
    local n
    rm -rf "$work/box"
    mailbox_config "$work/box"
    for n in 1 2 3 4 5 6; do
        bounce $n "$work/box/mail/INBOX/cur/b$n:2,S" pool.example.org 198.51.100.9
        dated "$work/box/mail/INBOX/cur/b$n:2,S"
    done
}
