#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "notme learn" finds what is the user's own, asks, and writes it without touching the rest of
# the configuration.
. "$(dirname "$0")/../lib/tap.sh"
"$NOTME" demo "$work/demo" >/dev/null
cat >"$work/config" <<END
# mine
[mail]
notmuch_config=$work/demo/notmuch-config
state=$work/state

[review]
# the oldest last
sort=date
END
cp "$work/config" "$work/config.before"
notme()
{
    run "$NOTME" --config="$work/config" "$@"
}

run "$NOTME" --config="$work/config" learn </dev/null
is "$status" 2 "without a terminal it does nothing"
like "$err" '^notme: learn: .*--yes' "and says what to do"
cmp -s "$work/config" "$work/config.before"
ok $? "nothing is written"
for what in '    nell@quince.example  \(11 messages\)' '    mail.quince.example  \(' \
    '    203.0.113.80/32  \(6 messages\)' '    Sent  \(11 messages\)'; do
    like "$out" "$what" "it found $what"
done
unlike "$out" '198.51.100|192.0.2' "and nobody else's networks"

notme learn --yes
is "$status" 0 "--yes writes"
like "$(cat "$work/config")" '^# mine$' "comments stay"
like "$(cat "$work/config")" '^sort=date$' "other keys stay"
like "$(cat "$work/config")" '^networks=203.0.113.80/32$' "networks are written"
unlike "$(cat "$work/config")" "^(complete|sent_complete|dkim_always)=" "--yes promises nothing"
notme list --verdict=genuine
is "$(wc -l <<<"$out")" 11 "the verdicts follow"
sed -i "/^\[identity\]/a complete=true" "$work/config"; sed -i 's|^networks=.*|networks=203.0.113.80/29;2001:db8:7::/48|' "$work/config"
cp "$work/config" "$work/again"
notme learn --yes
is "$(grep -E '^(complete|networks)=' "$work/config")" "$(grep -E '^(complete|networks)=' "$work/again")" \
    "what is configured stays"
if command -v script >/dev/null; then
    cp "$work/config.before" "$work/config"
    printf 'y\nn\n\ny\n' | script -qec "'$NOTME' --config='$work/config' learn" /dev/null >"$work/out" 2>&1
    like "$(cat "$work/config")" '^complete=true' "asked: complete"
    like "$(cat "$work/config")" '^sent_complete=false' "asked: not all that is sent is kept"
    cp "$work/config.before" "$work/config"
    printf 'y\ny\n\nn\n' | script -qec "'$NOTME' --config='$work/config' learn" /dev/null >"$work/out" 2>&1
    cmp -s "$work/config" "$work/config.before"
    ok $? "a no at the end writes nothing"
    printf 'n\n\n\nn\n' | script -qec "stty cols 40 -echo; '$NOTME' --config='$work/config' learn" /dev/null >"$work/out" 2>&1
    is "$(tr -d '\r' <"$work/out" | awk '{ sub(/\] .*/, "]") } length($0) > 40 && / [^ ]+ [^ ]/' | grep -v "notme answer")" "" "on a terminal lines end between words"
fi
# newsletters in her name came by a service that her SPF record and her key vouch for; by a list, a neighbour of the
# service, and with results that nobody of hers wrote
service()
{
    {
        [ "$5" = below ] || printf 'Authentication-Results: %s; dkim=%s header.d=quince.example; spf=pass smtp.mailfrom=%s\n' "$5" "$3" "$4"
        printf 'Received: from out.fern.example (out.fern.example [%s]) by mail.quince.example (Postfix) with ESMTPS id 3FA0B1C2D3; Mon, 13 Apr 2026 10:00:00 +0000\n' "$2"
        [ "$5" != below ] || printf 'Authentication-Results: mail.quince.example; dkim=%s header.d=quince.example; spf=pass smtp.mailfrom=%s\n' "$3" "$4"
        printf 'From: Nell <news@quince.example>\nTo: nell@quince.example\nMessage-ID: <news%s@fern.example>\nDate: Mon, 13 Apr 2026 09:59:00 +0000\n\nx\n' "$1"
    } >"$work/demo/mail/Inbox/cur/news$1:2,S"
}
if command -v notmuch >/dev/null; then
    service 1 203.0.113.140 pass bounce@quince.example mail.quince.example
    service 2 192.0.2.171 pass bounce@list.larch.example mail.quince.example
    service 3 192.0.2.172 fail news@quince.example mail.quince.example
    service 4 192.0.2.173 pass news@quince.example mx.evil.example
    service 5 192.0.2.174 pass news@quince.example below
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
    cp "$work/config.before" "$work/config"
    notme learn --yes
    like "$out" '    203.0.113.140/32  \(1 message\)' "a service that signs in her name by her SPF record is found"
    unlike "$(cat "$work/config")" '192.0.2.17' "a list, a neighbour and what a sender wrote are not"
    like "$out" 'phone.*newsletter or ticket' "and what people forget is named"
    unlike "$out" 'Perhaps yours' "one message makes no service"
    # two each: a service with a bounce domain of its own, signed with her key; a list that brought her own back; a stranger's
    # telephone line; a neighbour of nobody
    for i in 6 7; do
        service $i 203.0.113.141 pass b@bounce.fern.example mail.quince.example
        service 1$i 192.0.2.175 pass b@list.larch.example mail.quince.example
        sed -i '/^From:/i Received: from mail.quince.example (mail.quince.example [203.0.113.80]) by out.fern.example; Mon, 13 Apr 2026 09:59:30 +0000' \
            "$work/demo/mail/Inbox/cur/news1$i:2,S"
        service 2$i 192.0.2.176 none b@home.example mail.quince.example
        sed -i 's/out.fern.example (out.fern.example/pc (dsl-192-0-2-176.pool.elm.example/' "$work/demo/mail/Inbox/cur/news2$i:2,S"
    done
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
    cp "$work/config.before" "$work/config"
    notme learn --yes
    like "$out" '    out.fern.example, 203.0.113.141  \(2 messages, signed with your key\)' "a service with bounces of its own is named"
    like "$out" 'answer is-own:203.0.113.141 yes' "and how to take it"
    unlike "$out" '192.0.2.17[56]' "a list that brought back her own, and a home, are not"
    unlike "$(cat "$work/config")" '203.0.113.141' "without her word it is not taken"
    if command -v script >/dev/null; then
        cp "$work/config.before" "$work/config"
        printf 'n\n\n\n\ny\n' | script -qec "'$NOTME' --config='$work/config' learn" /dev/null >"$work/out" 2>&1
        unlike "$(cat "$work/config")" '203.0.113.141' "asked: it is none of hers"
        cp "$work/config.before" "$work/config"
        printf 'y\n\n\n\ny\n' | script -qec "'$NOTME' --config='$work/config' learn" /dev/null >"$work/out" 2>&1
        like "$(cat "$work/config")" '^networks=.*;203.0.113.141/32$' "asked: she sends by it"
    fi
    rm "$work"/demo/mail/Inbox/cur/news*
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
fi
# who got a letter of hers sends bounces of it, and a post of a list, that show whatever address he likes
evil()
{
    local letter to
    letter=$(grep -l '' "$work"/demo/mail/Sent/cur/* | sed -n "$1p")
    to=$(sed -n 's/^To: *//Ip' "$letter" | head -1)
    cat >"$work/demo/mail/Inbox/cur/evil$1:2,S" <<END
Return-Path: <>
Received: from mx.evil.example (mx.evil.example [192.0.2.66]) by mail.quince.example (Postfix) with ESMTPS id 3FA0B1C2D3; $(date -uR -d '-1 hour')
From: MAILER-DAEMON@mx.evil.example
To: nell@quince.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <evil$1@evil.example>
Date: $(date -uR -d '-1 hour')
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.evil.example

Final-Recipient: rfc822; $to
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

Received: from mail2.quince.example (mail2.quince.example [198.51.100.66]) by mx.evil.example (Postfix) with ESMTPS id 4FA0B1C2D3; $(sed -n 's/^Date: *//Ip' "$letter" | head -1)
$(cat "$letter")

--b--
END
    {
        printf 'Received: from mx.evil.example (mx.evil.example [192.0.2.66]) by mail.quince.example (Postfix) with ESMTPS id 3FA0B1C2D4; Mon, 13 Apr 2026 10:00:00 +0000\n'
        printf 'Received: from mail2.quince.example (mail2.quince.example [198.51.100.66]) by mx.evil%s.example; Mon, 13 Apr 2026 10:00:00 +0000\n' "$1"
        cat "$letter"
    } >"$work/demo/mail/Inbox/cur/evilpost$1:2,S"
}
if command -v notmuch >/dev/null; then
    for i in 1 2 3; do evil $i; done
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
    cp "$work/config.before" "$work/config"
    notme learn --yes
    like "$out" 'Fewer than two organisations .*not taken' "one organisation is no witness"
    like "$out" '    198.51.100.66  \(' "what it says is shown"
    unlike "$(cat "$work/config")" '198.51.100.66|mail2.quince' "and not taken"
    rm "$work"/demo/mail/Inbox/cur/evil*
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
fi
# a letter of hers came back over a list, by a tenant of her own; somebody else's letter, by another
first=$(grep -l '' "$work"/demo/mail/Sent/cur/* | head -1)
{
    printf 'Received: from list.larch.example (list.larch.example [192.0.2.77]) by mail.quince.example; Mon, 13 Apr 2026 10:00:00 +0000\n'
    echo "X-OriginatorOrg: Quince.onmicrosoft.com"
    cat "$first"
} >"$work/demo/mail/Inbox/cur/back-tenant:2,S"
sed -e 's/^Message-ID:.*/Message-ID: <other@elm.example>/' -e 's/Quince.onmicrosoft/elm.onmicrosoft/' \
    "$work/demo/mail/Inbox/cur/back-tenant:2,S" >"$work/demo/mail/Inbox/cur/other-tenant:2,S"
if command -v notmuch >/dev/null; then
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
    cp "$work/config.before" "$work/config"
    notme learn --yes
    like "$out" '    quince.onmicrosoft.com  \(1 message\)' "the account of what came back is found"
    unlike "$out" 'elm.onmicrosoft' "of what was not sent from here it is not"
    unlike "$(cat "$work/config")" '^accounts=' "--yes takes no account"
    if command -v script >/dev/null; then
        printf '\n\n\ny\ny\n' | script -qec "'$NOTME' --config='$work/config' learn" /dev/null >"$work/out" 2>&1
        like "$(cat "$work/config")" '^accounts=quince.onmicrosoft.com' "asked: the account is hers"
        unlike "$(cat "$work/config")" '^(complete|sent_complete)=' "what is left open is not written"
    fi
fi
rm "$work"/demo/mail/Inbox/cur/{back,other}-tenant*
if command -v python3 >/dev/null && "$NOTME" complain --help >/dev/null 2>&1; then
    cat >"$work/zone" <<END
quince.example 60 v=spf1 ip4:203.0.113.80/29 include:relay.example -all
s1._domainkey.quince.example 60 v=DKIM1; k=ed25519; t=s; p=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
s2._domainkey.quince.example 60 v=DKIM1; p=
evil._domainkey.elm.example 60 v=DKIM1; k=ed25519; p=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
relay.example 60 v=spf1 ip4:198.51.100.128/25 -all
END
    python3 "$top/tests/complaint/dns_server.py" "$work/zone" "$work/port" "$work/log" &
    server=$!
    for _ in $(seq 600); do
        [ -s "$work/port" ] && break
        sleep 0.1
    done
    # mail of his own that came back over a list, signed by his servers; and others' signatures
    for key in s1:quince.example s2:quince.example evil:elm.example; do
        cat >"$work/demo/mail/Inbox/cur/back-${key%%:*}:2,S" <<END
Received: from list.larch.example (list.larch.example [192.0.2.77]) by mail.quince.example; Mon, 13 Apr 2026 10:00:00 +0000
DKIM-Signature: v=1; a=rsa-sha256; d=${key#*:}; s=${key%%:*}; h=From; bh=AAAA; b=AAAA
From: Nell <nell@quince.example>
To: list@larch.example
Subject: back ${key%%:*}
Message-ID: <back-${key%%:*}@quince.example>
Date: Mon, 13 Apr 2026 09:59:00 +0000

x
END
    done
    NOTMUCH_CONFIG="$work/demo/notmuch-config" notmuch new >/dev/null 2>&1
    printf '[identity]\ndkim_keys=s0:quince.example=p=HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n' |
        cat "$work/config.before" - >"$work/config"
    notme learn --yes
    like "$out" 's1:quince.example  \(1 message\)' "who signs his mail is told"
    like "$out" 'learn --dns.*keys' "and how to get the keys"
    unlike "$out" 'evil' "signatures of others are not"
    printf '[identity]\ndkim_keys=s0:quince.example=p=HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n' |
        cat "$work/config.before" - >"$work/config"
    NOTME_DNS_SERVER=127.0.0.1:$(cat "$work/port")
    export NOTME_DNS_SERVER
    notme learn --dns --yes
    if grep -q 'without c-ares' <<<"$err"; then
        skip "built without c-ares"
    elif ! loopback; then
        skip "no loopback: the DNS cannot be asked"
    else
        is "$status" 0 "--dns asks for the SPF record"
        like "$out" '203.0.113.80/29  \(SPF record\)' "its networks are taken"
        like "$(cat "$work/config")" '^networks=.*203.0.113.80/29' "and written"
        like "$(cat "$work/config")" '^weak_networks=198.51.100.128/25$' "those of an include as shared"
        key='AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
        like "$(cat "$work/config")" "^dkim_keys=s0:quince.example=p=HwEC.*;s1:quince.example=p=$key; t=s\$" \
            "keys that sign his mail are written behind the configured ones"
        like "$out" 's2._domainkey.quince.example: .*no key' "a revoked one is told"
        unlike "$(cat "$work/log")" 'elm' "others' are not asked for"
        notme learn --dns --yes
        is "$(grep -o 's1:quince' "$work/config" | wc -l)" 1 "a second time adds nothing"
        like "$out" 's1:quince.example  \(1 message; its key is configured\)' "and says so"
    fi
    unset NOTME_DNS_SERVER
    kill "$server"
fi
mkdir -p "$HOME/.config"
export NOTMUCH_CONFIG=$work/demo/notmuch-config
run "$NOTME" learn --yes
is "$status" 0 "without a configuration file"
like "$(cat "$HOME/.config/notme/config")" '^hosts=mail.quince.example$' "one is made"
is "$(stat -c %a "$HOME/.config/notme/config")" 600 "for its owner only"
unset NOTMUCH_CONFIG
run "$NOTME" --config=/dev/null learn --yes
is "$status" 2 "no database"
done_testing
