#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a bounce which returned nothing but a header is known by our signature on it (DKIM), whichever
# address handed the message over; and that a changed header, another key or another recipient is not.
. "$(dirname "$0")/../lib/tap.sh"
cd "$work" || exit 1
key=VIb00lXlHjobgPk7lk2siaQo3exkGhImDXXdHGmwgYU=
other=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=

# config FILE KEYS
config()
{
    cat >"$1" <<EOF
[identity]
addresses=mira@willow.example
domains=willow.example
networks=192.0.2.0/28
dkim_keys=$2
EOF
}
config config "m1:willow.example=v=DKIM1; k=ed25519; p=$key"
config wrong "m1:willow.example=p=$other"
config without ""

# bounce FILE RECIPIENT SUBJECT: the message was handed over by a mail service that is not declared
bounce()
{
    cat >"$1" <<EOF
Return-Path: <>
Received: from mx.oak.example (mx.oak.example [198.51.100.7])
	by mail.willow.example (Postfix) with ESMTP id 4Zabcd1234zXYZ
	for <mira@willow.example>; Tue, 14 Apr 2026 10:00:05 +0000 (UTC)
From: MAILER-DAEMON@mx.oak.example (Mail Delivery System)
To: mira@willow.example
Subject: Undelivered Mail Returned to Sender
Date: Tue, 14 Apr 2026 10:00:03 +0000
Message-ID: <$1@mx.oak.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

This is the mail system at host mx.oak.example. Your message could not be delivered.

<$2>: host mx.oak.example said: 550 5.1.1 <$2>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.oak.example

Final-Recipient: rfc822; $2
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Return-Path: <mira@willow.example>
Received: from out7.service.example (out7.service.example [203.0.113.77])
	by mx.oak.example (Postfix) with ESMTP id 4Zabcc0987zABC
	for <$2>; Tue, 14 Apr 2026 10:00:02 +0000 (UTC)
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=willow.example; s=m1;
	h=From:To:Subject:Date:Message-ID; bh=zbAO0xd3UFf0EXn0Mxm3mQMRoFxUoSJQuSwEmujHqlQ=;
	b=g6uMUH6973mRIjoJsM9S+xI0M0Fmt6X1U7Vc3VmiO7CvKrtFMt1hVaRii2k5kRmBcKXxnkatd27I0piEkgJ4AA==
From: Mira <mira@willow.example>
To: joe@oak.example
Subject: $3
Date: Tue, 14 Apr 2026 10:00:00 +0000
Message-ID: <gate@willow.example>

--b--
EOF
}
bounce signed joe@oak.example "the gate"
bounce changed joe@oak.example "the key"
bounce forwarded eve@elm.example "the gate"

# verdict CONFIG FILE
verdict()
{
    run "$NOTME" --config="$work/$1" check --format=verdict "$2"
    printf '%s' "${out%%[[:space:]]*}"
}
is "$(verdict config signed)" genuine "the header alone is proof"
is "$(verdict wrong signed)" undecided "another key proves nothing"
is "$(verdict without signed)" undecided "nor does a signature without a key"
is "$(verdict config changed)" undecided "nor does it on a changed header"
is "$(verdict config forwarded)" undecided "sent on to somebody whom it was not addressed to, it is not proof"
run "$NOTME" --config="$work/config" show --explain ./signed
like "$out" 'm1:willow\.example' "the key is named"
like "$out" 'joe@oak\.example' "and who it was addressed to"
run "$NOTME" --config="$work/config" show --explain ./changed
like "$out" 'own-dkim.*does not verify' "that it does not verify is told"
sed 's/; bh=/; l=0; bh=/' signed >limited
run "$NOTME" --config="$work/config" show --explain ./limited
like "$(tr -s ' \n' ' ' <<<"$out")" 'own-dkim a signature in your name proves nothing: it lets anybody add' \
    "and why one proves nothing"
run "$NOTME" --config="$work/config" check --format=json forwarded
like "$out" '"own-dkim"' "a signature on mail sent on is evidence all the same"
done_testing
