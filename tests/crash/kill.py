# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills notme in the middle of jobs and looks at what is left; called by crash.t. Prints TAP."""
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

notme, work, kills = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 and sys.argv[4] else int(time.time())
rng = random.Random(seed)
MESSAGES, BOUNCES = 3000, 400

BOUNCE = """Return-Path: <>
Received: from mx.remote.example (mx.remote.example [192.0.2.7])
\tby mail.own.example (Postfix) with ESMTP id AB{n}
\tfor <me@own.example>; Mon, 03 Nov 2025 10:00:00 +0000 (UTC)
From: MAILER-DAEMON@mx.remote.example (Mail Delivery System)
To: me@own.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <b{n}@mx.remote.example>
Date: Mon, 03 Nov 2025 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

<user{n}@remote.example>: user unknown

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.remote.example

Final-Recipient: rfc822; user{n}@remote.example
Action: failed
Status: 5.1.1

--b1--
"""
LETTER = """From: friend@friends.example
To: me@own.example
Subject: letter {n}
Message-ID: <l{n}@friends.example>
Date: Mon, 03 Nov 2025 10:00:00 +0000

text {n}
"""


class Box:
    def __init__(self, folder):
        self.folder = folder
        self.mail = folder / "mail"
        self.env = dict(os.environ, NOTMUCH_CONFIG=str(folder / "notmuch"))

    def configure(self, delete):
        (self.folder / "notmuch").write_text(
            f"[database]\npath={self.mail}\n[user]\nname=J\nprimary_email=me@own.example\n"
            "[new]\ntags=unread;inbox\n[maildir]\nsynchronize_flags=true\n")
        (self.folder / "config").write_text(
            f"[mail]\nnotmuch_config={self.folder}/notmuch\nstate={self.folder}/state\n"
            "[identity]\naddresses=me@own.example\ndomains=own.example\nhosts=mail.own.example\n"
            f"[actions]\ndelete={delete}\ndelete_flag=true\n")

    def notmuch(self, *args, text=None):
        return subprocess.run(["notmuch", *args], env=self.env, check=True, input=text,
                              capture_output=True, text=True).stdout

    def notme(self, *args, crash=None):
        env = dict(self.env)
        if crash:
            env["NOTME_CRASH_AT"] = str(crash)
        return subprocess.run([notme, f"--config={self.folder}/config", *args], env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def notme_killed(self, delay, *args):
        child = subprocess.Popen([notme, f"--config={self.folder}/config", *args], env=self.env,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(delay)
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        child.wait()
        time.sleep(0.01)

    def files(self):
        return [path for path in self.mail.rglob("*")
                if path.is_file() and ".notmuch" not in path.parts]

    def contents(self):
        return sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files())

    def dump(self):
        return sorted(self.notmuch("dump").splitlines())

    def index_is_true(self):
        listed = sorted(self.notmuch("search", "--output=files", "--exclude=false", "*").splitlines())
        return listed == sorted(map(str, self.files()))

    def undo_all(self):
        for _ in range(4):
            done = self.notme("undo")
            if done.returncode == 2:
                return "no job that can be undone" in done.stderr or done.stderr
        return "undo never ends"


def make(folder):
    box = Box(folder)
    inbox = box.mail / "INBOX"
    for half in "cur", "new", "tmp":
        (inbox / half).mkdir(parents=True)
    for n in range(BOUNCES):
        place = "new" if n % 3 else "cur"
        (inbox / place / f"1{n:05}.M1P1.host{'' if n % 3 else ',S=900:2,S'}").write_text(
            BOUNCE.format(n=n))
    for n in range(MESSAGES - BOUNCES):
        (inbox / "cur" / f"2{n:05}.M1P1.host:2,S").write_text(LETTER.format(n=n))
    box.configure("tag")
    box.notmuch("new", "--quiet")
    return box


def pick(box):
    """Tags 50 to 200 bounces; jobs act on those."""
    chosen = rng.sample(range(BOUNCES), rng.randint(50, 200))
    box.notmuch("tag", "-pick", "tag:pick")
    box.notmuch("tag", "--batch",
                text="".join(f"+pick -- id:b{n}@mx.remote.example\n" for n in chosen))
    return len(chosen)


count = 0
hits = {"at a step": 0, "left open": 0}


def report(good, name, detail=""):
    global count
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print(f"#   {detail} (NOTME_CRASH_SEED={seed})")
    sys.stdout.flush()
    return good


ACTIONS = ["delete", "trash", "quarantine", "release", "undo", "purge"]
# about how many places there are to die at, a message and besides
POINTS = {"delete": 4, "trash": 4, "quarantine": 4, "release": 4, "undo": 4, "purge": 2}


def durations(box):
    """How long each action takes, so that random kills fall into it."""
    begin = time.monotonic()
    box.notme("quarantine", "--yes", "tag:pick")
    took = time.monotonic() - begin
    box.notme("undo")
    return took


def one_kill(box, action, at, name):
    picked = pick(box)
    purge = action == "purge"
    box.configure("tag" if action == "delete" else "trash")
    contents, dump = box.contents(), box.dump()
    command = {"delete": ["delete", "--yes", "tag:pick"], "trash": ["delete", "--yes", "tag:pick"],
               "quarantine": ["quarantine", "--yes", "tag:pick"],
               "release": ["release", "--yes", "tag:pick"], "undo": ["undo"],
               "purge": ["purge", "--older-than=0d"]}[action]
    prepare = {"release": ["quarantine", "--yes", "tag:pick"],
               "undo": ["quarantine", "--yes", "tag:pick"],
               "purge": ["delete", "--yes", "tag:pick"]}.get(action)
    if prepare:
        box.notme(*prepare)
    picked_hashes = set()
    if purge:
        picked_hashes = {hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() for path in
                         box.notmuch("search", "--output=files", "tag:pick").splitlines()}
    if isinstance(at, float):
        box.notme_killed(at, *command)
    else:
        points = picked * POINTS[action] + 10
        done = box.notme(*command, crash=max(1, round(at[0] / at[1] * points)))
        hits["at a step"] += "was killed" in done.stderr
    hits["left open"] += "was interrupted" in box.notme("log").stderr
    left = box.contents()
    kept = [h for h in contents if h not in picked_hashes]
    if not purge and left != contents:
        return report(False, name, "a file is lost or doubled after the kill")
    if purge and not (set(kept) <= set(left) <= set(contents) and len(left) == len(set(left))):
        return report(False, name, "purge took more than it was told to")
    if purge:
        again = box.notme("purge", "--older-than=0d")
        if box.contents() != kept:
            return report(False, name, f"purge was not finished: {again.stderr}")
        lines = [line for line in dump if "+pick" not in line]
        if box.dump() != lines:
            return report(False, name, "tags after purge")
    else:
        undone = box.undo_all()
        if undone is not True:
            return report(False, name, f"undo: {undone}")
        if box.contents() != contents:
            return report(False, name, "contents after recovery and undo")
        if box.dump() != dump:
            return report(False, name, "tags after recovery and undo")
    if not box.index_is_true():
        return report(False, name, "the index names other files than there are")
    return report(True, name)


def main():
    print(f"# seed {seed}")
    pristine = make(work / "box")
    copy = work / "pristine"
    shutil.copytree(pristine.folder, copy, symlinks=True)
    box = pristine
    pick(box)
    took = durations(box)
    for i in range(kills):
        action = ACTIONS[i % len(ACTIONS)]
        if i % 2 == (i // len(ACTIONS)) % 2:
            at, name = (i + 1, kills + 1), f"{action}, killed at step {i + 1}/{kills + 1} of the way"
        else:
            at = rng.random() * took * 1.3
            name = f"{action}, killed after {at * 1000:.0f} ms"
        good = one_kill(box, action, at, name)
        if action == "purge" or not good:
            shutil.rmtree(box.folder)
            shutil.copytree(copy, box.folder, symlinks=True)
    print(f"# {kills} kills, {hits['at a step']} of them at a chosen step; "
          f"{hits['left open']} left a job open, the others came before the plan or after the end")
    print(f"1..{count}")


main()
