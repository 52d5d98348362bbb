# SPDX-License-Identifier: GPL-3.0-or-later
# Makes bounces: bounces.py FOLDER COUNT REPORTERS SOURCES WHEN; WHEN in Unix seconds. Reporter R is
# mx.r<R>.example at 192.0.2.<R>; source S is 198.51.100.<S>. The domain own.example and the network
# 203.0.113.0/24 are ours.
import email.utils
import os
import sys

folder, count, reporters, sources, when = sys.argv[1], *map(int, sys.argv[2:6])
os.makedirs(folder, exist_ok=True)
for n in range(count):
    r, s = n % reporters + 1, n * 7 % sources + 1
    date = email.utils.formatdate(when - n)
    with open(f"{folder}/b{n}.eml", "w") as out:
        out.write(f"""Return-Path: <>
Received: from mx.r{r}.example (mx.r{r}.example [192.0.2.{r}])
\tby mail.own.example (Postfix) with ESMTP id AB{n}
\tfor <me@own.example>; {date}
From: MAILER-DAEMON@mx.r{r}.example (Mail Delivery System)
To: me@own.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <b{n}@mx.r{r}.example>
Date: {date}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I'm sorry: your message could not be delivered.
<user{n}@r{r}.example>: user unknown

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.r{r}.example
Arrival-Date: {date}

Final-Recipient: rfc822; user{n}@r{r}.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--b1
Content-Type: message/rfc822

Received: from spam.example.net (unknown [198.51.100.{s}])
\tby mx.r{r}.example (Postfix) with ESMTP id CD{n}
\tfor <user{n}@r{r}.example>; {date}
From: me@own.example
To: user{n}@r{r}.example
Subject: offer {n}
Message-ID: <m{n}@spam.example.net>
Date: {date}

BODY-OF-THE-RETURNED-MESSAGE

--b1--
""")
