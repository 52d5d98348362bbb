# SPDX-License-Identifier: GPL-3.0-or-later
# A bounce of birch.example to alder.example, and who alder.example is. Sourced behind tap.sh.
# shellcheck shell=bash

# alder FILE: the configuration of alder.example
alder()
{
    cat >"$1" <<'END'
[identity]
addresses=rowan@alder.example
domains=alder.example
hosts=mail.alder.example
networks=203.0.113.25/32
complete=true
END
}

# bounce FILE PEER [SUBJECT]: what mx.birch.example wrote about a message that it took from PEER, "helo rdns [ip]"
bounce()
{
    cat >"$1" <<END
Return-Path: <>
Received: from mx.birch.example (mx.birch.example [198.51.100.7])
	by mail.alder.example (Postfix) with ESMTP id 4Zabcd1234zXYZ
	for <rowan@alder.example>; Mon, 6 Jul 2026 10:00:05 +0000 (UTC)
Received: by mx.birch.example (Postfix)
	id 4Zabcc0987zABC; Mon, 6 Jul 2026 10:00:03 +0000 (UTC)
From: MAILER-DAEMON@mx.birch.example (Mail Delivery System)
To: rowan@alder.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 6 Jul 2026 10:00:03 +0000
Message-ID: <$1@mx.birch.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

This is the mail system at host mx.birch.example.

From here on, Mon Jul  6 10:00:01 2026, it is the machine that speaks.

<lee@birch.example>: unknown user: "lee"

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.birch.example
Arrival-Date: Mon, 6 Jul 2026 10:00:01 +0000

Final-Recipient: rfc822; lee@birch.example
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user: "lee"

--b1
Content-Type: message/rfc822

Received: from $2
	by mx.birch.example (Postfix) with ESMTP id 4Zabcc0001zABC
	for <lee@birch.example>; Mon, 6 Jul 2026 10:00:01 +0000 (UTC)
From: rowan@alder.example
To: lee@birch.example
Subject: ${3:-the minutes}
Date: Mon, 6 Jul 2026 09:59:58 +0000
Message-ID: <20260706095958.1@mail.alder.example>

Hello.
--b1--
END
}
