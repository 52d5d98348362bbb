# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile mail, made here, for tests/cli/hostile.t: prints TAP.
#   hostile.py PROGRAM FOLDER
import base64, json, os, resource, subprocess, sys

notme, folder = sys.argv[1:3]
count = 0


def ok(good, name, note=""):
    global count
    count += 1
    print(("ok %d - %s" if good else "not ok %d - %s") % (count, name))
    if not good and note:
        print("# " + note.replace("\n", "\n# ")[:2000])
    sys.stdout.flush()


HEAD = b"""Received: from mx.birch.example (mx.birch.example [198.51.100.7])
\tby mail.alder.example (Postfix) with ESMTP id 4Zabcd1234zXYZ
\tfor <rowan@alder.example>; Mon, 6 Jul 2026 10:00:05 +0000 (UTC)
From: MAILER-DAEMON@mx.birch.example (Mail Delivery System)
To: rowan@alder.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 6 Jul 2026 10:00:03 +0000
Message-ID: <one@mx.birch.example>
MIME-Version: 1.0
"""
REPORT = b"""Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

This is the mail system at host mx.birch.example.

"""
STATUS = b"""--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.birch.example
Arrival-Date: Mon, 6 Jul 2026 10:00:01 +0000

"""
RECIPIENT = b"""Final-Recipient: rfc822; lee%d@birch.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown user

"""
BACK = b"--b1\nContent-Type: message/rfc822\n\n"
HOP = (b"Received: from mail.alder.example (dsl-9.elm.example [198.51.100.99])\n"
       b"\tby mx.birch.example (Postfix) with ESMTP id 4Zabcc0001zABC\n"
       b"\tfor <lee@birch.example>; Mon, 6 Jul 2026 10:00:01 +0000 (UTC)\n")
INNER = b"From: rowan@alder.example\nSubject: minutes\nMessage-ID: <m1@mail.alder.example>\n\nHello.\n"
END = b"--b1--\n"


def bounce(text=b"<lee@birch.example>: 550 unknown user\n", fields=RECIPIENT % 0, hops=HOP, inner=INNER):
    return HEAD + REPORT + text + STATUS + fields + BACK + hops + inner + END


SMALL = bounce()


def nested(n):
    body = HEAD
    for i in range(n):
        body += b'Content-Type: multipart/mixed; boundary="n%d"\n\n--n%d\n' % (i, i)
    return body + b"Content-Type: text/plain\n\nhere\n"


def attached(n):
    return HEAD + b"Content-Type: message/rfc822\n\n" * n + INNER


# Files that must be read: name -> bytes, and what must come out.
files = {
    "small": (SMALL, {"kind": "failure"}),
    "empty": (b"", {"kind": "none"}),
    "nested-400": (nested(400), {}),
    "attached-400": (attached(400), {}),
    "header-2MB": (HEAD + b"X-Long: " + b"a " * (1 << 20) + b"\n" + REPORT + STATUS + RECIPIENT % 0 + END, {"kind": "failure"}),
    "header-folded": (HEAD + b"X-Long: a\n" + b"\ta\n" * (150 << 10) + REPORT + STATUS + RECIPIENT % 0 + END, {}),
    "received-5000": (bounce(hops=HOP * 5000), {"kind": "failure"}),
    "received-outer-5000": (HOP * 5000 + SMALL, {}),
    "received-1MB": (bounce(hops=b"Received: from " + b"((a " * (256 << 10) + b"by mx.birch.example; Mon, 6 Jul 2026 10:00:01 +0000\n"), {"kind": "failure"}),
    "recipients-20000": (bounce(fields=b"".join(RECIPIENT % i for i in range(20000))), {"kind": "failure"}),
    "nuls": (SMALL.replace(b"unknown", b"un\0known").replace(b"Hello", b"\0" * 5000), {"kind": "failure"}),
    "only-nuls": (b"\0" * 20000, {"kind": "none"}),
    "bare-cr": (SMALL.replace(b"\n", b"\r"), {"kind": "failure"}),
    "crlf": (SMALL.replace(b"\n", b"\r\n"), {"kind": "failure"}),
    "cr-cr-lf": (SMALL.replace(b"\n", b"\r\r\n"), {}),
    "lone-cr": (SMALL.replace(b"Undelivered", b"Undeliv\rered").replace(b"unknown", b"un\rknown"), {"kind": "failure"}),
    "utf-16le": (SMALL.decode().encode("utf-16"), {"kind": "failure"}),
    "utf-16be": (b"\xfe\xff" + SMALL.decode().encode("utf-16-be"), {"kind": "failure"}),
    "utf-16-odd": (SMALL.decode().encode("utf-16")[:-1], {}),
    "surrogates": (b"\xff\xfe" + b"\x00\xd8\x0a\x00" * 3000, {}),
    "unclosed": (SMALL[:-len(END)], {"kind": "failure"}),
    "wrong-boundary": (SMALL.replace(b'boundary="b1"', b'boundary="b2"'), {"kind": "failure"}),
    "no-boundary": (SMALL.replace(b'; boundary="b1"', b""), {}),
    "boundary-of-itself": (SMALL.replace(b"message/rfc822\n", b'multipart/mixed; boundary="b1"\n'), {}),
    "long-boundary": (SMALL.replace(b"b1", b"b" * 100000), {}),
    "escapes": (SMALL.replace(b"unknown user", b"\x1b]0;owned\x07\x1b[2J\xc2\x9b31m\x7f\xe2\x80\xae"), {"kind": "failure"}),
    "high-bytes": (bytes(range(256)) * 400, {}),
    "charset-unknown": (SMALL.replace(b"text/plain", b"text/plain; charset=x-\xff\xfe%s%n"), {"kind": "failure"}),
    "charset-utf-7": (SMALL.replace(b"text/plain", b"text/plain; charset=utf-7"), {"kind": "failure"}),
    "base64-broken": (SMALL.replace(b"message/delivery-status\n", b"message/delivery-status\nContent-Transfer-Encoding: base64\n"), {}),
    "base64-rfc822": (SMALL.replace(b"message/rfc822\n", b"message/rfc822\nContent-Transfer-Encoding: base64\n"), {}),
    "empty-rfc822": (HEAD + REPORT + STATUS + RECIPIENT % 0 + b"--b1\nContent-Type: message/rfc822\n--b1--\n", {"kind": "failure"}),
    "mbox-only": (b"From MAILER-DAEMON Mon Jul  6 10:00:03 2026\n", {}),
    "indented-deep": (b"".join(b" " * 4000 + line + b"\n" for line in SMALL.split(b"\n")), {}),
    "quoted-deep": (b"".join(b"> " * 500 + line + b"\n" for line in SMALL.split(b"\n")), {}),
    "dates": (SMALL.replace(b"Mon, 6 Jul 2026 10:00:01 +0000", b"Fri, 99 Foo 99999999999999999999 99:99:99 +9999"), {"kind": "failure"}),
    "years": (SMALL.replace(b"Jul 2026", b"Jul 9999").replace(b"+0000", b"-1559"), {"kind": "failure"}),
    "numbers": (SMALL.replace(b"5.1.1", b"5.99999999999.1" * 50).replace(b"550", b"5" * 5000), {}),
    "words-2047": (SMALL.replace(b"Subject: Undelivered", b"Subject: =?utf-8?Q?=00=1B=E2=80=AE=FF?= =?x?B?!!?= =?utf-8?Q?" + b"=?" * 2000 + b" Undelivered"), {}),
    "parameters-2231": (SMALL.replace(b'; boundary="b1"', b'; boundary="b1"' + b"".join(b"; name*%d*=%%ff%%00" % i for i in range(3000))), {}),
}

# Shapes that grow: n -> bytes. Each is made in one size and in twice that size.
grow = {
    "text lines": lambda n: bounce(text=b"<lee@birch.example>: host mx said: 550 no\n" * n),
    "one line": lambda n: bounce(text=b"550 " + b"lee@birch.example said [" * n + b"\n"),
    "codes and recipients": lambda n: bounce(text=b"550 5.1.1 said the host\n" * n, fields=b"".join(
        (RECIPIENT % i).replace(b"550 5.1.1 unknown user", b"no") for i in range(n // 8))),
    "recipients": lambda n: bounce(fields=b"".join(RECIPIENT % i for i in range(n // 4))),
    "hops": lambda n: bounce(hops=HOP * (n // 4)),
    "outer hops": lambda n: HOP * (n // 4) + SMALL,
    "distinct hops": lambda n: bounce(hops=b"".join(HOP.replace(b"-9.", b"-%d." % i).replace(b"0001z", b"%dz" % i)
                                                    for i in range(n // 4))),
    "one hop of brackets": lambda n: bounce(hops=b"Received: from " + b"[" * n + b"(" * n + b"<" * n + b'"' * n + b" by x\n"),
    "one hop of comments": lambda n: bounce(hops=b"Received: from a " + b"(a [192.0.2.1]) " * n + b"by b; 6 Jul 2026 10:00:00 +0000\n"),
    "one hop of by": lambda n: bounce(hops=b"Received: " + b"from a by b with c id d for <e>; " * n + b"\n"),
    "brackets in a field": lambda n: bounce(fields=b"Received-From-MTA: dns; " + b"[(" * n + b"\n" + RECIPIENT % 0),
    "brackets in the diagnostic": lambda n: bounce(fields=(RECIPIENT % 0).replace(b"unknown", b"rejected [(" * n)),
    "angles": lambda n: bounce(text=b"<" * n + b"@" * n + b">" * n + b"\n"),
    "quotes in To": lambda n: SMALL.replace(b"To: rowan@alder.example", b'To: ' + b'"a\\", <' * n),
    "groups in To": lambda n: SMALL.replace(b"To: rowan@alder.example", b"To: " + b"a: b@c.example, " * n),
    "header names": lambda n: b"".join(b"X-%d: y\n" % i for i in range(n)) + SMALL,
    "blocks of headers": lambda n: bounce(text=b"From: a@b.example\nTo: c@d.example\nSubject: x\n\n" * (n // 4)),
    "markers": lambda n: bounce(text=b"original message follows\nReceived: \n" * (n // 2)),
    "parts": lambda n: HEAD + REPORT + b"--b1\nContent-Type: text/plain\n\nx\n" * (n // 4) + END,
    "empty messages": lambda n: HEAD + REPORT + b"--b1\nContent-Type: message/rfc822\n\n" * (n // 4) + END,
    "delimiters": lambda n: SMALL.replace(b'boundary="b1"', b'boundary="b2"') + b"--b1\n" * n,
    "blank lines": lambda n: b"\n" * n * 20 + SMALL,
    "quotation": lambda n: b"".join(b"> " + line + b"\n" for line in (SMALL + b"> x\n" * n).split(b"\n")),
    "carriage returns": lambda n: SMALL + b"\r" * n * 10,
    "links": lambda n: bounce(text=b"http://a.example/ <a href='http://b.example'>http://c.example</a>\n" * (n // 2)),
    "html": lambda n: bounce(text=b"x\n--b1\nContent-Type: text/html\n\n" + b"<a href=<!-- &lt;" * n + b"\n"),
    "words of RFC 2047": lambda n: SMALL.replace(b"Subject: ", b"Subject: " + b"=?utf-8?q?a?= " * n),
    "short addresses in To": lambda n: SMALL.replace(b"To: rowan@alder.example", b"To: " + b"a," * n),
    "addresses of what came back": lambda n: bounce(inner=b"To: " + b"a@b.example, " * n + b"\n" + INNER),
    "parameters": lambda n: SMALL.replace(b'; boundary="b1"', b'; boundary="b1"' + b"; a=b" * n),
    "fields of what came back": lambda n: bounce(inner=b"X: y\n" * n + INNER),
    "links to addresses": lambda n: bounce(text=b"x\n--b1\nContent-Type: text/html\n\n" + b'<a href="mailto:a@b.example">x' * n + b"\n"),
    "In-Reply-To": lambda n: SMALL.replace(b"Subject: m", b"References: " + b"<a@b.example> " * n + b"\nSubject: m"),
}

# One piece, many times over, in each place that some parser reads.
PLACES = {
    "To": b"To: ", "From": b"From: ", "Date": b"Date: ", "Subject": b"Subject: ", "Message-ID": b"Message-ID: ",
    "Content-Type": b"multipart/report; ", "report type": b"report-type=", "Received": b"Received: from ",
    "recipient": b"rfc822; ", "diagnostic": b"smtp; 550 ", "text": b"550 ",
}
PIECES = [b"(", b"<", b'"', b"@", b",", b"<@a,@a:", b"a:", b"a:\r", b"a@[", b"\\", b"a.", b'("', b"=?utf-8?q?(?= "]
for place, mark in PLACES.items():
    for number, piece in enumerate(PIECES):
        files["many %s %d" % (place, number)] = (SMALL.replace(mark, mark + piece * (130 << 10), 1), {})


def cpu():
    """Seconds that the children which are gone took of a processor: no matter what else runs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check(paths, extra=(), limit=600):
    listing = os.path.join(folder, "list")
    with open(listing, "w") as f:
        f.write("".join(p + "\n" for p in paths))
    before = cpu()
    run = subprocess.run([notme, "check", "--format=json", "--files-from=" + listing, *extra],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit)
    return run, cpu() - before


def write(name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def objects(run):
    return [json.loads(line.decode("utf-8", "strict")) for line in run.stdout.split(b"\n") if line]


paths = [write("file-" + name.replace(" ", "-"), data) for name, (data, _) in files.items()]
for jobs in "1", "2":
    run, took = check(paths, ["--jobs=" + jobs])
    try:
        found = objects(run)
    except ValueError as error:
        found = []
        ok(False, "valid JSON", str(error))
    ok(len(found) == len(paths) and run.returncode == 0, "every hostile file has its object (--jobs=%s)" % jobs,
       "status %d, %d of %d\n%s" % (run.returncode, len(found), len(paths), run.stderr.decode("utf-8", "replace")))
ok(took < 60, "in a bearable time", "%.1f s" % took)
for (name, (_, wanted)), got in zip(files.items(), found):
    wrong = {key: got.get(key) for key, value in wanted.items() if got.get(key) != value}
    if name.startswith("many ") and not wrong and "error" not in got:
        continue
    ok(not wrong and "error" not in got, name + " is read", json.dumps(wrong or got)[:300])
ok(not any(c != "\n" and (c < " " or "\x7f" <= c < "\xa0" or c == "\u202e") for c in run.stdout.decode()),
   "no control characters in the output")

cut = [write("cut-%04d" % i, SMALL[:i]) for i in range(len(SMALL))]
run, _ = check(cut)
try:
    found = objects(run)
except ValueError:
    found = []
ok(len(found) == len(cut) and run.returncode == 0 and not any("error" in f for f in found),
   "a bounce cut off at each of its %d bytes is read" % len(cut), run.stderr.decode("utf-8", "replace"))
ok(all(f["kind"] in ("failure", "none") for f in found), "and is a failure or nothing")
flipped = []
for i in range(len(SMALL)):
    flipped.append(write("cut-%04d" % i, SMALL[:i] + bytes([SMALL[i] ^ 0x80]) + SMALL[i + 1:]))
run, _ = check(flipped)
try:
    found = objects(run)
except ValueError:
    found = []
ok(len(found) == len(flipped) and run.returncode == 0, "and one with each of its bytes changed",
   run.stderr.decode("utf-8", "replace"))

# Twice the size, twice the time of the processor: the least of three, above the cost of starting.
start = min(check([paths[0]], ["--jobs=1"])[1] for _ in range(5))
SIZE = int(os.environ.get("NOTME_HOSTILE_SIZE", "16000"))
for name, make in grow.items():
    times = []
    good = True
    for n in SIZE, 2 * SIZE:
        path = write("grow", make(n))
        best = None
        for _ in range(3):
            run, took = check([path], ["--jobs=1"])
            best = took if best is None else min(best, took)
            if took > 3:
                break
        good = good and run.returncode == 0 and len(objects(run)) == 1
        times.append(max(best - start, 0.0))
    ratio = times[1] / max(times[0], 0.005)
    ok(good and (ratio < 3.3 or times[1] < 0.3), "%s: linear" % name,
       "%.3f s, then %.3f s, status %d %s" % (times[0], times[1], run.returncode, run.stderr.decode("utf-8", "replace")))
    if os.environ.get("NOTME_HOSTILE_VERBOSE"):
        print("# %s: %.3f %.3f" % (name, times[0], times[1]))

# What a message of the largest size that is read may cost, whatever it is made of: PERFORMANCE says how much of it is
# private. A process of its own looks: what forks from a large one is counted with that one's memory.
MOST, LARGE = 60, 8 << 20
LOOK = """import resource, subprocess, sys
run = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(run.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def much(piece):
    return piece * (LARGE // len(piece))


large = {
    "lines of text": lambda: bounce(text=much(b"<lee@birch.example>: host mx said: 550 no\n")),
    "short lines": lambda: bounce(text=much(b"a\n")),
    "Latin text": lambda: HEAD + b"Content-Type: text/plain; charset=iso-8859-1\n\n" + much(b"\xe4\xf6 "),
    "brackets in Received": lambda: bounce(hops=b"Received: from " + much(b"(") + b" by x\n"),
    "semicolons in Received": lambda: b"Received: from " + much(b";") + b" by x\n" + SMALL,
    "words in Received": lambda: bounce(hops=b"Received: from " + much(b"a b ") + b" by x\n"),
    "Received lines": lambda: bounce(hops=much(HOP)),
    "short Received lines": lambda: much(b"Received: a\n") + SMALL,
    "addresses in To": lambda: SMALL.replace(b"To: rowan@alder.example", b"To: " + much(b"a@b.example, ")),
    "short addresses in To": lambda: SMALL.replace(b"To: rowan@alder.example", b"To: " + much(b"a,")),
    "comments in To": lambda: SMALL.replace(b"To: rowan@alder.example", b"To: " + much(b"(")),
    "groups in To": lambda: SMALL.replace(b"To: rowan@alder.example", b"To: " + much(b"a: ")),
    "addresses of what came back": lambda: bounce(inner=b"To: " + much(b"a@b.example, ") + b"\n" + INNER),
    "parts": lambda: HEAD + REPORT + much(b"--b1\nContent-Type: text/plain\n\nx\n") + END,
    "empty parts": lambda: HEAD + REPORT + much(b"--b1\n\n") + END,
    "attached messages": lambda: HEAD + REPORT + much(b"--b1\nContent-Type: message/rfc822\n\nX: y\n\n") + END,
    "messages in messages": lambda: HEAD + much(b"Content-Type: message/rfc822\n\nX: y\n") + INNER,
    "nested parts": lambda: nested(LARGE // 60),
    "delimiters of no part": lambda: SMALL.replace(b'boundary="b1"', b'boundary="b2"') + much(b"--b1\n"),
    "words of RFC 2047": lambda: SMALL.replace(b"Subject: ", b"Subject: " + much(b"=?utf-8?q?a?= ")),
    "parameters": lambda: HEAD + b"Content-Type: text/plain" + much(b"; a=b") + b"\n\nx\n",
    "parameters of RFC 2231": lambda: HEAD + b"Content-Type: text/plain" + b"".join(b"; n*%d*=%%41" % i for i in range(LARGE // 16)) + b"\n\nx\n",
    "ids in References": lambda: SMALL.replace(b"Message-ID: ", b"References: " + much(b"<a@b.example> ") + b"\nMessage-ID: ", 1),
    "fields": lambda: much(b"X: y\n") + SMALL,
    "fields of what came back": lambda: bounce(inner=much(b"X: y\n") + INNER),
    "one field": lambda: b"X-Long: " + much(b"a ") + b"\n" + SMALL,
    "one folded field": lambda: b"X-Long: a\n" + much(b"\ta\n") + SMALL,
    "tags": lambda: HEAD + b"Content-Type: text/html\n\n" + much(b'<a href="mailto:a@b.example">x</a>'),
    "entities": lambda: HEAD + b"Content-Type: text/html\n\n" + much(b"&#x1f600;"),
    "broken base64": lambda: HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + much(b"!!!!===A\n"),
    "an encoded message": lambda: HEAD + b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                                  + base64.encodebytes(SMALL + much(b"x")[:LARGE * 3 // 4]),
    "recipients": lambda: bounce(fields=b"".join(RECIPIENT % i for i in range(LARGE // 110))),
    "groups of fields": lambda: bounce(fields=much(b"Action: failed\n\n") + RECIPIENT % 0),
    "results": lambda: b"Authentication-Results: mail.alder.example; " + much(b"dkim=pass header.d=a.example; ") + b"\n" + SMALL,
    "any bytes": lambda: HEAD + b"\n" + bytes(range(256)) * (LARGE // 256),
}
with open(notme, "rb") as program:
    instrumented = b"__asan_init" in program.read()
for name, make in {} if instrumented else large.items():
    path = write("large", make())
    look = subprocess.run([sys.executable, "-c", LOOK, notme, "check", "--jobs=1", path], stdout=subprocess.PIPE)
    status, kilobytes = look.stdout.split()
    ok(status == b"0" and int(kilobytes) < MOST << 10, "8 MB of %s need less than %d MB" % (name, MOST),
       "status %s, %.1f MB" % (status.decode(), int(kilobytes) / 1024))
print("1..%d" % count)
