# SPDX-License-Identifier: GPL-3.0-or-later
# Bounces whose text wants to get into the draft, and a look at what came of them:
# hostile.py NOTME CONFIG FOLDER. Prints what is wrong, then "N drafts".
import base64
import email
import email.policy
import email.utils
import random
import re
import subprocess
import sys
import time

import check_draft

notme, config, folder = sys.argv[1:4]
date = email.utils.formatdate(time.time())


def q(text):
    return "=?utf-8?b?" + base64.b64encode(text.encode()).decode() + "?="


EVIL = [
    "x\r\nBcc: victim@evil.example", "x\nTo: victim@evil.example\n\nbody",
    "\x1b]52;c;ZXZpbA==\x07", "\u202egnp.exe", "a" * 10000,
    q("y\r\nBcc: victim@evil.example\r\n\r\n"), q(q("\r\nBcc: v@evil.example")),
    "=?utf-8?q?=0D=0ABcc:_v@evil.example?=", '"a b"@evil.example',
    "x@evil.example>, <y@evil.example", "\x00\x01\x7f\x80\x9b", "{reporter} {table} {evil}",
    "--notme-", "\u00e4\u00f6\u20ac" * 300, " " * 3000 + "z", "From me", "=?utf-8?q?=1B=5B31m?=",
    "evil.example\tBcc:", "(" * 2000, "<" * 2000,
]
PLACES = ("subject", "helo", "rdns", "mta", "final", "diag", "rfrom", "rsubject", "to", "from",
          "extra", "rextra", "by")


def bounce(name, **values):
    f = {"subject": "Undelivered", "helo": "spam.example.net", "rdns": "unknown",
         "ip": "198.51.100.1", "mta": "mx.r1.example", "final": "user@r1.example",
         "diag": "550 5.1.1 user unknown", "rfrom": "me@own.example", "rsubject": "offer",
         "to": "me@own.example", "from": "MAILER-DAEMON@mx.r1.example", "extra": "", "rextra": "",
         "rip": "192.0.2.1", "by": "mx.r1.example"}
    f.update(values)
    path = f"{folder}/{name}.eml"
    open(path, "wb").write(f"""Return-Path: <>
Received: from mx.r1.example (mx.r1.example [{f['rip']}])
\tby mail.own.example (Postfix) with ESMTP id AB1
\tfor <me@own.example>; {date}
From: {f['from']}
To: {f['to']}
Subject: {f['subject']}
Message-ID: <b@mx.r1.example>
Date: {date}
{f['extra']}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

I'm sorry: your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; {f['mta']}
Arrival-Date: {date}

Final-Recipient: rfc822; {f['final']}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; {f['diag']}

--b1
Content-Type: message/rfc822

Received: from {f['helo']} ({f['rdns']} [{f['ip']}]:4711)
\tby {f['by']} (Postfix) with ESMTP id CD1
\tfor <user@r1.example>; {date}
From: {f['rfrom']}
To: user@r1.example
Subject: {f['rsubject']}
Message-ID: <m@spam.example.net>
Date: {date}
{f['rextra']}
BODY-OF-THE-RETURNED-MESSAGE

--b1--
""".encode("utf-8", "surrogateescape"))
    return path


def evil_bounces():
    random.seed(7)
    n = 0
    for place in PLACES:
        for evil in EVIL:
            if place in ("extra", "rextra"):
                yield bounce(f"h{n}", **{place: "X-Evil: " + evil.replace("\n", "\n ") + "\n"})
            elif n % 3 == 0:
                yield bounce(f"h{n}", **{place: "mx.r1.example " + evil})
            else:
                yield bounce(f"h{n}", **{place: evil})
            n += 1
    for _ in range(40):
        places = random.sample(("subject", "helo", "diag", "rfrom", "rsubject", "to", "final"), 3)
        yield bounce(f"h{n}", **{p: random.choice(EVIL) + random.choice(EVIL) for p in places})
        n += 1


def look(path, raw):
    how = "letter"
    if b"\nContent-Type: message/feedback-report" in raw:
        how = "xarf" if b"filename=xarf.json" in raw else "arf"
    before = len(check_draft.wrong)
    message = check_draft.check(raw, how)
    if "evil" in str(message["To"]) + str(message["From"]):
        check_draft.complain(f"addressee: {message['To']}")
    if re.search(r"[\x00-\x1f\x7f]", str(message["Subject"])):
        check_draft.complain("a control character in the subject")
    for what in check_draft.wrong[before:]:
        print(f"# {path} ({how}): {what}")


def main():
    drafts = 0
    paths = list(evil_bounces())
    for path in paths:
        done = subprocess.run([notme, "--config=" + config, "complain", "--dry-run", "--to=both",
                               "--format=xarf", "--yes", "--old", path], capture_output=True)
        if done.returncode not in (0, 1):
            check_draft.complain("status")
            print(f"# {path}: status {done.returncode}: {done.stderr[:300]}")
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", done.stderr):
            check_draft.complain("stderr")
            print(f"# {path}: a control character on standard error")
        for raw in check_draft.messages_of(done.stdout) if done.stdout else []:
            drafts += 1
            look(path, raw)
    bounce("own", ip="203.0.113.9")
    bounce("ownsource", rip="203.0.113.9")
    print(len(check_draft.wrong), "wrong")
    print(drafts > len(paths), "enough drafts", f"({drafts} of {len(paths)} bounces)")


main()
