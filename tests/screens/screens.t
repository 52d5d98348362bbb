#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keys in, screen out: plays each *.screen file here and compares what it expects; then tells which
# actions of the table none of them has used.
#
# A *.screen file says in comments what it proves. Lines with "%" come first:
#   %mailbox NAME    small (default), asked, forged, kinds, stolen, empty or none: what there is to read
#   %config TEXT     a line for the configuration (a section or key=value)
#   %drop SECTION    a section that the configuration shall not have
#   %env NAME=VALUE  %args ARGUMENTS
#   %exclude TAG QUERY  what QUERY gives bears TAG, which is one of notmuch's search.exclude_tags
# The rest is a script (ui/screen/term_script.c). "expect" begins the screen that has to be there now, up to
# "end"; a line that begins with "~" is a pattern of the shell. Blanks at line ends and empty lines at
# the end do not count. SCREENS_UPDATE=1 writes what is there into the files instead: look at the
# difference before believing it.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
here=$(dirname "$0")
export NOTME_NOW=2025-11-04T12:00:00Z EDITOR=true VISUAL=true
export NOTME_ACTIONS=$work/actions
: >"$NOTME_ACTIONS"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

# The mail of the mailbox "small": a campaign, two of a second one, what is ours, what cannot be told, and
# a letter that is no bounce.
small()
{
    local d=$1/mail/INBOX/cur n
    for n in 1 2 3 4 5 6 7 8 9 10 11 12; do bounce $n "$d/b$n:2,S" dsl-77.example.net 198.51.100.77; done
    for n in 13 14; do bounce $n "$d/b$n:2,S" pool.example.org 198.51.100.140; done
    for n in 15 16; do genuine $n "$d/b$n:2,S"; done
    bounce 17 "$d/b17:2,S"
    sed -i '/^Received: from spam/,/^	for/d; /^Received: from unknown/,/^	for/d' "$d/b17:2,S"
    wide "$d/b18:2,S"
    letter x1@own.example "$d/x1:2,S"
    dated "$d"/b*
}

# A subject of wide and combining characters, and of what must never reach a terminal.
wide()
{
    bounce 18 "$1" pool.example.org 198.51.100.140
    local subject
    subject=$(printf '\346\227\245\346\234\254\350\252\236 e\314\201\360\237\230\200 \330\271\330\261\330\250\331\212 \342\200\256evil\342\200\254 \033]52;c;Zm9v\007' | base64 -w0)
    sed -i "s|^Subject: message 18|Subject: =?utf-8?B?$subject?=|" "$1"
}

# One message below whose injection the sender has written lines in our name.
forged()
{
    local f=$1/mail/INBOX/cur/b1:2,S
    bounce 1 "$f" dsl-77.example.net 198.51.100.77
    sed -i '/^	for <user1@remote.example>;/a\
Received: from webmail.own.example (webmail.own.example [10.1.4.7])\
	by mail.own.example (Postfix) with ESMTP id EF1\
	for <user1@remote.example>; Mon, 03 Nov 2025 11:14:00 +0000 (UTC)' "$f"
}

# Two servers that nobody said are ours or not, and mail that left through a third.
# Three letters in Sent, two of them signed there; somebody answered one that is kept, and one that is not.
sent()
{
    local n
    mkdir -p "$1/mail/Sent/cur" "$1/mail/Sent/new" "$1/mail/Sent/tmp"
    for n in 1 2 3; do
        {
            [ "$n" = 3 ] || echo "DKIM-Signature: v=1; a=rsa-sha256; d=own.example; s=s1; h=From; bh=AAAA; b=AAAA"
            printf 'From: me@own.example\nTo: friend@friends.example\nSubject: plans\nMessage-ID: <s%s@own.example>\nDate: Mon, 03 Nov 2025 08:00:00 +0000\n\ntext\n' "$n"
        } >"$1/mail/Sent/cur/s$n:2,S"
    done
    for n in 1 9; do
        letter "r$n@friends.example" "$1/mail/INBOX/cur/r$n:2,S"
        sed -i "1i In-Reply-To: <s$n@own.example>" "$1/mail/INBOX/cur/r$n:2,S"
    done
}

asked()
{
    local d=$1/mail/INBOX/cur n
    for n in 1 2 3 4; do bounce $n "$d/b$n:2,S" mail.larch.example 198.51.100.40; done
    for n in 5 6; do bounce $n "$d/b$n:2,S" mail.fir.example 198.51.100.41; done
    for n in 7 8 9; do genuine $n "$d/b$n:2,S"; done
    sent "$1"
    dated "$d"/b*
}

# Three messages that somebody sent through our server, by our login, from two places; and one of ours.
stolen()
{
    local n f ip=198.51.100.9
    for n in 1 2 3; do
        f=$1/mail/INBOX/cur/b$n:2,S
        [ $n = 3 ] && ip=198.51.100.222
        genuine $n "$f"
        sed -i "s/<m$n@mail.own.example>/<m$n@localhost>/
/^	for <user$n@remote.example>;/a\\
Received: from [10.0.0.5] (unknown [$ip])\\
	(Authenticated sender: me@own.example)\\
	by mail.own.example (Postfix) with ESMTPSA id EF$n\\
	for <user$n@remote.example>; Mon, 03 Nov 2025 09:59:00 +0000 (UTC)" "$f"
    done
    genuine 4 "$1/mail/INBOX/cur/b4:2,S"
    dated "$1"/mail/INBOX/cur/b*
}

# One of each kind of message: what comes back for mail in somebody's name.
kinds()
{
    local d=$1/mail/INBOX/cur f
    bounce 1 "$d/b1:2,S" dsl-77.example.net 198.51.100.77
    for n in 2 3; do genuine $n "$d/b$n:2,S"; done
    sed -i 's/^Action: failed/Action: delayed\nWill-Retry-Until: Fri, 07 Nov 2025 10:00:00 +0000/; s/5\.1\.1/4.4.1/g; s/550 4.4.1 user unknown/451 4.4.1 connect timed out/
s/^Subject: Undelivered.*/Subject: Delayed Mail (still being retried)/; s/could not be delivered/has not been delivered yet/' "$d/b2:2,S"
    sed -i 's/^Action: failed/Action: delivered/; s/5\.1\.1/2.0.0/g; s/550 2.0.0 user unknown/250 2.0.0 Ok/
s/^Subject: Undelivered.*/Subject: Successful Mail Delivery Report/; s/I.m sorry: your message could not be delivered/Your message was successfully delivered/; s/: user unknown/: delivered/' "$d/b3:2,S"
    notice 4 "$d/b4:2,S" "Ruth Vale <ruth@remote.example>" "Out of office: plans" "Auto-Submitted: auto-replied" "I am back on Monday."
    notice 5 "$d/b5:2,S" "jo@remote.example" "Your message" "X-Boxtrapper: yes" "Reply to prove that you are a person."
    notice 6 "$d/b6:2,S" "MAILER-DAEMON@mx.remote.example" "Your message" "X-Virus-Notification: yes" "A virus was found in your message."
    notice 7 "$d/b7:2,S" "Ruth Vale <ruth@remote.example>" "Read: plans" 'Content-Type: multipart/report; report-type=disposition-notification; boundary="b1"' "--b1

Your message was read.

--b1
Content-Type: message/disposition-notification

Reporting-UA: mail.remote.example; reader
Final-Recipient: rfc822;ruth@remote.example
Original-Message-ID: <s1@own.example>
Disposition: manual-action/MDN-sent-manually; displayed

--b1--"
    notice 8 "$d/b8:2,S" "postmaster@remote.example" "Abuse report" 'Content-Type: multipart/report; report-type=feedback-report; boundary="b1"' "--b1

This is an abuse report for a message that we took from 198.51.100.77.

--b1
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: desk/1
Version: 1
Source-IP: 198.51.100.77

--b1
Content-Type: text/rfc822-headers

Received: from dsl-77.example.net (dsl-77.example.net [198.51.100.77])
	by mx.remote.example (Postfix) with ESMTP id CD8; Mon, 03 Nov 2025 09:59:00 +0000 (UTC)
From: me@own.example
To: user8@remote.example
Subject: message 8
Message-ID: <m8@dsl-77.example.net>
Date: Mon, 03 Nov 2025 09:58:00 +0000

--b1--"
    notice 9 "$d/b9:2,S" "Mail Delivery Subsystem <mailer-daemon@own.example>" "Undelivered mail: 3 messages are held" "X-Mailer: none" "Three messages for you are held back. Log in within 24 hours to release them:
https://login.promo.example/own

Mail Delivery Subsystem"
    sed -i 's/^Return-Path: .*/Return-Path: <bounce@promo.example>/; s/^Received: from mx.remote.example (mx.remote.example \[192.0.2.10\])/Received: from mail.own.example (unknown [198.51.100.9])/' "$d/b9:2,S"
    sent "$1"
    dated "$d"/b*
}

# notice N FILE FROM SUBJECT HEADER TEXT: mail to us from remote.example.
notice()
{
    printf 'Return-Path: <>\nReceived: from mx.remote.example (mx.remote.example [192.0.2.%s])\n\tby mail.own.example (Postfix) with ESMTP id AB%s\n\tfor <me@own.example>; Mon, 03 Nov 2025 10:00:00 +0000 (UTC)\nFrom: %s\nTo: me@own.example\nSubject: %s\nMessage-ID: <b%s@mx.remote.example>\nDate: Mon, 03 Nov 2025 10:00:00 +0000\nIn-Reply-To: <s1@own.example>\nMIME-Version: 1.0\n%s\n\n%s\n' \
        $(($1 + 1)) "$1" "$3" "$4" "$1" "$5" "$6" >"$2"
}

mailbox_config "$work/kinds"
kinds "$work/kinds"
index
mailbox_config "$work/stolen"
stolen "$work/stolen"
index
mailbox_config "$work/asked"
asked "$work/asked"
index
mailbox_config "$work/forged"
forged "$work/forged"
index
mailbox_config "$work/small"
small "$work/small"
index
mailbox_config "$work/empty"
index

# sandbox NAME: a copy of a mailbox in $work/box.
sandbox()
{
    rm -rf "$work/box"
    [ "$1" = none ] || cp -a "$work/$1" "$work/box"
    mailbox_config "$work/box"
    rm -rf "$state"
}

# Splits FILE: its script to $work/script, what it expects to $work/expect.N.
split()
{
    rm -f "$work"/expect.* "$work"/got.*
    awk -v work="$work" '
        /^%/ { next }
        expecting && /^end$/ { expecting = 0; close(out); next }
        expecting { print > out; next }
        /^expect$/ { n++; out = work "/expect." n; printf "" > out; print "save " work "/got." n; expecting = 1; next }
        { print }' "$1" >"$work/script"
}

setup()
{
    local word rest mailbox=small
    arguments=() variables=()
    mailbox=$(sed -n 's/^%mailbox //p' "$1")
    sandbox "${mailbox:-small}"
    while read -r word rest; do
        case $word in
        %drop) sed -i "/^\[$rest\]/,/^\[/{/^\[$rest\]/d;/^\[/!d}" "$conf" ;;
        %config) printf '%s\n' "$rest" >>"$conf" ;;
        %exclude)
            notmuch config set search.exclude_tags "${rest%% *}"
            notmuch tag "+${rest%% *}" -- "${rest#* }"
            ;;
        %env) variables+=("$rest") ;;
        %args) read -ra arguments <<<"$rest" ;;
        esac
    done <"$1"
}

# same GOT EXPECTED; a screen that was never saved is like no other
# shellcheck disable=SC2053 # what is expected may be a pattern
same()
{
    local got expected
    [ -f "$1" ] || return 1
    while IFS= read -r expected <&3 || [ -n "$expected" ]; do
        IFS= read -r got <&4 || got=
        case $expected in
        "~"*) [[ $got == ${expected#\~} ]] || return 1 ;;
        *) [ "$got" = "$expected" ] || return 1 ;;
        esac
    done 3<"$2" 4<"$1"
    [ "$(sed -n "$(($(wc -l <"$2") + 1)),\$p" "$1" | tr -d '\n')" = "" ]
}

# Writes the screens that came out into FILE, patterns that still fit excepted.
update()
{
    awk -v work="$work" '
        function fits(got, pattern) {
            pattern = substr(pattern, 2); gsub(/[].[(){}+^$|\\]/, "\\\\&", pattern)
            gsub(/\*/, ".*", pattern); gsub(/\?/, ".", pattern)
            return got ~ ("^" pattern "$")
        }
        function flush_screen(   line, n, last, k) {
            while ((getline line < got) > 0) { screen[++n] = line; if (line != "") last = n }
            for (k = 1; k <= last; k++) print (k in old && old[k] ~ /^~/ && fits(screen[k], old[k])) ? old[k] : screen[k]
            close(got); delete screen
        }
        expecting && /^end$/ { flush_screen(); expecting = 0; delete old; olds = 0; print; next }
        expecting { old[++olds] = $0; next }
        /^expect$/ { print; got = work "/got." ++n_screens; expecting = 1; next }
        { print }' "$1" >"$work/updated" && cat "$work/updated" >"$1"
}

for file in "$here"/*.screen; do
    name=$(basename "$file" .screen)
    [ -n "${SCREENS_ONLY:-}" ] && [ "$name" != "$SCREENS_ONLY" ] && continue
    setup "$file"
    split "$file"
    (cd "$work/box" && env "${variables[@]}" NOTME_SCRIPT="$work/script" timeout 180 "$NOTME" \
        --config="$conf" review "${arguments[@]}") >"$work/out" 2>&1
    status=$?
    is "$status:$(cat "$work/out")" "0:" "$name: runs to its end"
    if [ -n "${SCREENS_UPDATE:-}" ] && [ "$status" = 0 ]; then
        update "$file"
        continue
    fi
    for expect in $(ls "$work"/expect.* 2>/dev/null | sort -t. -k2n); do
        n=${expect##*.}
        if same "$work/got.$n" "$expect" 2>/dev/null; then
            ok 0 "$name: screen $n"
        else
            ok 1 "$name: screen $n"
            diff "$expect" "$work/got.$n" 2>&1 | sed 's/^/# /'
        fi
    done
done

unused=$("$NOTME" --config="$conf" keys | sed -n 's/^[^#].* \([a-z-]*\) *# .*/\1/p; s/^# (no key) *\([a-z-]*\) .*/\1/p' |
    sort -u | comm -23 - <(sort -u "$NOTME_ACTIONS"))
[ -n "${SCREENS_ONLY:-}${SCREENS_UPDATE:-}" ] || is "$unused" "" "every action is used by a screen test"
done_testing
