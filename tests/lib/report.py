# SPDX-License-Identifier: GPL-3.0-or-later
"""What made-up mailboxes have in common: a time, and a report as Postfix writes it."""


def stamp(minute):
    """@minute after the 3rd of November 2025."""
    day, rest = divmod(minute, 1440)
    return f'{3 + day:02d} Nov 2025 {rest // 60:02d}:{rest % 60:02d}:07 +0000'


def report(outer, server, to, number, recipient, minute, returned):
    """The report number @number of @server that @recipient is unknown. @outer: its Received fields; @returned: the message."""
    return f'''Return-Path: <>
{outer}From: MAILER-DAEMON@{server} (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <b{number}@{server}>
Date: {stamp(minute)}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry: your message could not be delivered.
<{recipient}>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; {server}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b
Content-Type: message/rfc822

{returned}
--b--
'''
