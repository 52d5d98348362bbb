# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the samples of a .mails file with "notme check" and compares what it says with what they say.

usage: reading.py NOTME [--dressed] FILE.mails...

--dressed: each sample in every dress that mail is seen in on its way (CRLF, quoted, kept in an mbox, encoded, as a page, with
a gateway's line on top and a signature below, with another boundary, cut off) must say the same.

A sample is a line "=== name", a line of what is expected, "---", and the mail. Lines of the mail that begin with "@" stand
for what many samples share:
  @system HOST SUBJECT   the header of a message by a mail system, with its blank line
  @report HOST TEXT      the header of a multipart/report, its first part, and the start of the fields of its status part
  @header                the header of a returned message with one Received line
  @returned              a part that holds it, and the end of the report
  @received              the rest of a header: the sample is one Received line
Keys of what is expected: kind, to (the recipients, final or else original), original, action, status, code, reason, mta (of all
recipients where there are several values, else of the first), reporter, id, from, where, hops, submitter, format; helo, rdns,
ip, by, rid, with, for, date, utc of the first Received line of the outer chain; helo0, ip1 ... of the returned chain. "~" is nothing, "a|b"
is either, "_" is a blank, a value that ends in "*" is a start. Exit status 0: all fit."""
import base64
import html
import json
import os
import quopri
import re
import subprocess
import sys
import tempfile

HEADER = """Received: from mail.birch.example (mail.birch.example [203.0.113.25]) by mx.oak.example (Postfix)
\twith ESMTP id 4F2AB7C01D for <kim@larch.example>; Mon, 2 Mar 2026 08:40:11 +0000 (UTC)
Message-ID: <m1@birch.example>
Date: Mon, 2 Mar 2026 08:40:02 +0000
From: Wren <wren@birch.example>
To: kim@larch.example
Subject: Minutes
"""
SYSTEM = """Return-Path: <>
Received: from %(host)s (%(host)s [198.51.100.7]) by mx.birch.example (Postfix)
\twith ESMTPS id 5A1B2C3D4E for <wren@birch.example>; Mon, 2 Mar 2026 08:41:00 +0000 (UTC)
Date: Mon, 2 Mar 2026 08:40:55 +0000
From: Mail Delivery System <MAILER-DAEMON@%(host)s>
To: wren@birch.example
Subject: %(rest)s
"""
REPORT = """MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain; charset=utf-8

%(rest)s

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; %(host)s
Arrival-Date: Mon, 2 Mar 2026 08:40:11 +0000

"""
RETURNED = "\n--=b\nContent-Type: message/rfc822\n\n" + HEADER + "\nSee below.\n\n--=b--\n"


def expand(line):
    word, _, rest = line.partition(" ")
    host, _, rest = rest.partition(" ")
    names = {"host": host, "rest": rest}
    if word == "@system":
        return SYSTEM % names
    if word == "@report":
        return SYSTEM % {"host": host, "rest": "Undelivered Mail Returned to Sender"} + REPORT % names
    if word == "@header":
        return HEADER
    if word == "@returned":
        return RETURNED
    if word == "@received":
        return "From: jo@oak.example\nTo: wren@birch.example\nSubject: Tea\n\nCome!\n"
    return line + "\n"


def samples(path):
    """(name, expected words, bytes of the mail)"""
    with open(path, encoding="utf-8", newline="") as file:
        for piece in re.split(r"^=== ", file.read(), flags=re.M)[1:]:
            head, _, mail = piece.partition("\n---\n")
            name, _, expected = head.partition("\n")
            yield name, expected.split(), "".join(expand(line) for line in mail.rstrip("\n").split("\n")).encode()


# --- dresses ---

PLAIN = b"Content-Type: text/plain; charset=utf-8\n"
BANNER = b"[EXTERNAL] CAUTION: This mail came from outside. Do not click links.\n\n"
SIGNATURE = b"\n-- \nThe IT team, help@birch.example, http://birch.example\n"
TYPE = re.compile(rb"^content-type:[^\n]*(\n[ \t][^\n]*)*\n?", re.I | re.M)


def text_is_plain(fields):
    """Without an encoding, in a charset that this file is in."""
    found = TYPE.search(fields)
    kind = found[0].lower() if found else b"text/plain"
    charset = re.search(rb"charset=\"?([\w-]+)", kind)
    return (b"text/plain" in kind and (not charset or charset[1] in (b"utf-8", b"us-ascii"))
            and b"transfer-encoding" not in fields.lower())


def retext(mail, change):
    """The mail with its first text, a plain one, made into the fields and bytes that change() returns; None where it has none."""
    head, _, body = mail.partition(b"\n\n")
    found = TYPE.search(head + b"\n")
    if mail.startswith(b">") or (not found and body.startswith(b"--")):
        return None
    if text_is_plain(head):
        fields, text = change(body)
        return TYPE.sub(b"", head + b"\n") + fields + b"\n" + text
    boundary = re.search(rb'boundary="?([^"\n;]+)', found[0]) if found and b"multipart" in found[0].lower() else None
    parts = body.split(b"--" + boundary[1] + b"\n") if boundary else []
    if len(parts) < 3:
        return None
    fields, _, text = parts[1].partition(b"\n\n") if not parts[1].startswith(b"\n") else (b"", b"", parts[1][1:])
    if not text_is_plain(fields):
        return None
    fields, text = change(text)
    parts[1] = fields + b"\n" + text + b"\n"
    return head + b"\n\n" + (b"--" + boundary[1] + b"\n").join(parts)


def page(text):
    return b"<html><body><pre>" + html.escape(text.decode()).encode() + b"</pre></body></html>\n"


def both(text):
    parts = b"--both\n" + PLAIN + b"\n" + text + b"\n--both\nContent-Type: text/html; charset=utf-8\n\n"
    return b'Content-Type: multipart/alternative; boundary="both"\n', parts + page(text) + b"--both--\n"


DRESSES = {
    "CRLF": lambda mail: mail.replace(b"\n", b"\r\n"),
    "quoted": lambda mail: b"".join(b"> " + line + b"\n" for line in mail.split(b"\n")),
    "mbox": lambda mail: b"From MAILER-DAEMON Mon Mar  2 08:41:00 2026\n" + mail,
    "base64": lambda mail: retext(mail, lambda text: (PLAIN + b"Content-Transfer-Encoding: base64\n", base64.encodebytes(text))),
    "quoted-printable": lambda mail: retext(mail, lambda text: (PLAIN + b"Content-Transfer-Encoding: quoted-printable\n", quopri.encodestring(text))),
    "a banner": lambda mail: retext(mail, lambda text: (PLAIN, BANNER + text)),
    "a signature": lambda mail: retext(mail, lambda text: (PLAIN, text + SIGNATURE)),
    "a page": lambda mail: retext(mail, lambda text: (b"Content-Type: text/html; charset=utf-8\n", page(text))),
    "text and page": lambda mail: retext(mail, both),
    "another boundary": lambda mail: mail.replace(b'boundary="=b"', b'boundary="lost"') if b'boundary="=b"' in mail else None,
    "cut off": lambda mail: re.sub(rb"\n--=b--\n*$", b"\n", mail) if b"\n--=b--" in mail else None,
}


def dressed(all_samples):
    for name, expected, mail in all_samples:
        for dress, change in DRESSES.items():
            other = change(mail)
            if other is not None:
                yield f"{name}, {dress}", expected, other


# --- what is said ---


def number(value):
    return None if value is None else str(value)


def of_hop(hop, key):
    utc = hop.get("date")
    return {"helo": hop.get("from_helo"), "rdns": hop.get("from_rdns"), "ip": hop.get("from_ip"), "by": hop.get("by"),
            "rid": hop.get("id"), "with": hop.get("with"), "for": hop.get("for"), "date": utc, "login": hop.get("login")}.get(key, "?")


def value(one, key, several):
    recipients, returned = one.get("recipients") or [], one.get("returned") or {}
    fields = {"status": "status", "code": "reply_code", "reason": "reason", "action": "action", "original": "original", "permanent": "permanent",
              "mta": "remote_mta", "said": "diagnostic"}
    if key == "to":
        return ",".join(r.get("final") or r.get("original") or "?" for r in recipients) or None
    if key in fields:
        values = [number(r.get(fields[key])) for r in recipients]
        return ",".join(v or "~" for v in values) if several else (values or [None])[0]
    if key in ("kind", "format"):
        return one.get(key)
    if key == "hops":
        return str(len(one.get("returned_chain") or []))
    if key in ("reporter", "submitter"):
        return one.get({"reporter": "reporting_mta", "submitter": "submitter_ip"}[key])
    if key in ("id", "from", "where", "subject"):
        return returned.get("message_id" if key == "id" else key)
    where = re.fullmatch(r"([a-z]+)(\d*)", key)
    chain = (one.get("returned_chain") if where[2] else one.get("outer_chain")) or []
    at = int(where[2] or 0)
    return of_hop(chain[at] if at < len(chain) else {}, where[1])


def fits(got, wanted):
    got = "~" if got is None else got.replace(" ", "_")
    return any(got.lower().startswith(w[:-1].lower()) if w.endswith("*") else got.lower() == w.lower() for w in wanted.split("|"))


def main():
    notme, paths = sys.argv[1], sys.argv[2:]
    dress = paths[0] == "--dressed"
    bad = 0
    for path in paths[dress:]:
        all_samples = list(samples(path))
        if dress:
            all_samples = list(dressed(all_samples))
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for i, (_, _, mail) in enumerate(all_samples):
                files.append(os.path.join(folder, f"{i:04}"))
                with open(files[-1], "wb") as out:
                    out.write(mail)
            names = "\n".join(files) + "\n"
            run = subprocess.run([notme, "check", "--format=json", "--files-from=-"], input=names.encode(), stdout=subprocess.PIPE)
        found = {one["file"]: one for one in map(json.loads, run.stdout.splitlines())}
        for file, (name, expected, _) in zip(files, all_samples):
            wrong = []
            for word in expected:
                key, _, wanted = word.partition("=")
                got = value(found.get(file, {}), key, "," in wanted)
                if not fits(got, wanted):
                    wrong.append(f"{key} is {got!r}, not {wanted!r}")
            bad += bool(wrong)
            if wrong:
                print(f"{os.path.basename(path)}: {name}: " + "; ".join(wrong))
        print(f"{os.path.basename(path)}: {len(all_samples)} samples")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
