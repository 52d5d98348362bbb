# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk of random keys and commands over the demo mailbox, judged from outside: before each key that acts
the rows of the view are noted, after it files and tags are compared. Nothing may have changed but what was
visible, marked or named. At the end every job is taken back, and every file and tag is as it was.

walk.py NOTME FOLDER STEPS SEED. Prints TAP."""
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys

notme, work, steps, seed = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
rng = random.Random(seed)
PATIENCE = 60  # seconds for one answer of the interface: then the walk has failed

LOOKING = ("j j j j k k <PageDown> <PageUp> g G <Enter> q J K 1 2 3 4 0 0 0 s S r <Tab> R L ? V "
           "t t t T ^T ; h e < >").split()
ACTING = "d d d z z Z c C ! . u u U".split()
QUERIES = ["*", "verdict:backscatter", "verdict:undecided", "not verdict:genuine", "ip:198.51.100.0/24",
           "tag:inbox", "reason:virus", "kind:delay", "tag:inbox and (verdict:fake or reason:spam)",
           "reporter:larch.example", "from:mailer-daemon or verdict:genuine", "tga:x", "recipient:zzz"]
OPTIONS = ["", "", "", "--dry-run ", "--yes ", "--verdict=backscatter ", "--verdict=wrong ", "--old ",
           "--force ", "-n "]


class Failed(Exception):
    pass


class Left(Exception):
    """A key has left the program."""


class Box:
    """The mailbox, seen without notme."""

    def __init__(self, folder):
        self.folder = folder
        self.mail = folder / "mail"
        self.idents = {}  # path: Message-ID
        self.env = dict(os.environ, NOTMUCH_CONFIG=str(folder / "notmuch-config"))

    def run(self, *words):
        return subprocess.run(words, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def snapshot(self):
        files = {}
        known = self.idents
        for path in self.mail.rglob("*"):
            if ".notmuch" in path.parts or not path.is_file():
                continue
            text = path.read_bytes()
            files[str(path)] = hashlib.sha256(text).hexdigest()
            if str(path) not in known:
                known[str(path)] = self.id_of(text)
        dump = self.run("notmuch", "dump", "--include=tags", "--include=properties").stdout.splitlines()
        tags = {}
        for line in dump:
            if " -- id:" in line:
                head, _, ident = line.partition(" -- id:")
                tags.setdefault(ident, set()).update(head.split())
            elif line.startswith("#= "):
                ident, *properties = line[3:].split(" ")
                tags.setdefault(ident, set()).update(properties)
        if not tags:
            raise Failed("notmuch dumps nothing")
        return files, tags

    @staticmethod
    def id_of(text):
        for line in text.decode(errors="replace").splitlines():
            if line.lower().startswith("message-id:"):
                return line.split(":", 1)[1].strip().strip("<>")
            if not line:
                break
        return None


class Interface:
    """notme in a terminal that reads its script from a pipe."""

    def __init__(self, box, work):
        self.work = work
        fifo = work / "script"
        if not fifo.exists():
            os.mkfifo(fifo)
        env = dict(box.env, NOTME_SCRIPT=str(fifo), EDITOR="true", VISUAL="true", LC_ALL="C.UTF-8",
                   NOTME_DNS_SERVER="127.0.0.1:9")
        self.errors = open(work / "errors", "w")
        self.process = subprocess.Popen([notme, f"--config={box.folder}/config"], env=env,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors)
        self.script = open(fifo, "w", buffering=1)

    def say(self, line):
        try:
            self.script.write(line + "\n")
        except BrokenPipeError:
            raise Left from None

    def ask(self, what):
        """Saves and reads one answer."""
        answer = self.work / "answer"
        if answer.exists():
            answer.unlink()
        self.say("wait")
        self.say(f"{what} {answer}")
        for _ in range(PATIENCE * 500):
            if answer.exists():
                return answer.read_text()
            code = self.process.poll()
            if code == 0:
                raise Left
            if code is not None:
                break
            try:
                self.process.wait(0.002)
            except subprocess.TimeoutExpired:
                pass
        raise Failed(f"the interface does not answer ({self.process.poll()}): "
                     + (self.work / "errors").read_text())

    def rows(self):
        return [(line[0] == ">", line[1] == "*", line[2:]) for line in self.ask("rows").splitlines()]

    def bottom(self):
        return "\n".join(self.ask("save").splitlines()[-4:])

    def end(self):
        try:
            self.script.close()
        except BrokenPipeError:
            pass
        return self.process.wait(PATIENCE)


def changes(before, after):
    """What is not as it was: hashes of files, ids of messages."""
    old = {}
    for path, digest in before[0].items():
        old.setdefault(digest, set()).add(path)
    new = {}
    for path, digest in after[0].items():
        new.setdefault(digest, set()).add(path)
    files = {digest for digest in old if old[digest] != new.get(digest)}
    added = {digest for digest in new if digest not in old}
    idents = {ident for ident in before[1].keys() | after[1].keys() if before[1].get(ident) != after[1].get(ident)}
    return files, added, idents


class Walk:
    def __init__(self, box, interface):
        self.box, self.interface = box, interface
        self.before = box.snapshot()
        self.first = self.before
        self.touched = set()  # hashes and ids that any job of this walk has touched
        self.acted = self.questions = 0
        self.keys = []

    def press(self, *keys):
        self.keys.append(" ".join(keys))
        self.interface.say("keys " + " ".join(keys))

    def answer(self, rows):
        """Answers questions that stand in the bottom line; true where marks that are hidden were chosen."""
        hidden = False
        for _ in range(4):
            bottom = self.interface.bottom()
            if "(a)ll" in bottom:
                key = rng.choice("scan")
                hidden = hidden or key == "a"
            elif "(y/n)" in bottom:
                key = rng.choice("yyn")
            elif "(g)enuine" in bottom:
                key = rng.choice("gbfu")
            elif "look up abuse" in bottom.lower():
                key = "n"
            else:
                break
            self.questions += 1
            self.press(key)
        return hidden

    def judge(self, what, rows, marked_all, again):
        after = self.box.snapshot()
        files, added, idents = changes(self.before, after)
        shown = {path for _, _, path in rows} | (set(marked_all) if marked_all else set())
        digests = {self.before[0][path] for path in shown if path in self.before[0]}
        allowed = {self.box.idents.get(path) for path in shown}
        if again:  # undo and redo bring back what this walk did
            digests |= self.touched
            allowed |= self.touched
        drafts = {digest for path, digest in after[0].items() if "/Drafts/" in path}
        wrong_files = files - digests - drafts - self.draft_digests(self.before)
        wrong_ids = {i for i in idents if i not in allowed and i in self.before[1] and i in after[1]}
        if again:
            wrong_ids = {i for i in wrong_ids if i in self.first[1]}
        if wrong_files or wrong_ids or added - drafts - digests - self.touched:
            raise Failed(f"{what}: changed what was not meant: {sorted(wrong_files)[:3]} {sorted(wrong_ids)[:3]} "
                         f"{sorted(added - drafts)[:3]}; the last keys: {self.keys[-12:]}")
        self.touched |= files | idents | added
        self.acted += bool(files or idents)
        self.before = after

    @staticmethod
    def draft_digests(snapshot):
        return {digest for path, digest in snapshot[0].items() if "/Drafts/" in path}

    def act(self):
        rows = self.interface.rows()
        shown_marks = [row for row in rows if row[1]]
        key = rng.choice(ACTING)
        again = key in "uU."
        self.press(key)
        hidden = self.answer(rows)
        allowed = rows
        grouped = len(rows) > 1 and not any(row[0] for row in rows)
        if key not in "." and not grouped and not shown_marks:
            allowed = [row for row in rows if row[0]] or rows  # the one under the cursor
        elif shown_marks:
            allowed = shown_marks + [row for row in rows if row[0]]
        self.interface.ask("rows")
        self.judge(f"key {key}", allowed, self.all_paths() if hidden else None, again)

    def all_paths(self):
        return list(self.before[0])

    def command(self):
        rows = self.interface.rows()
        name = rng.choice(["delete", "quarantine", "release", "mark", "complain", "delete", "undo 2", "sort ip"])
        line = name if " " in name else f"{name} {rng.choice(OPTIONS)}{rng.choice(QUERIES + [''])}".rstrip()
        dry = "--dry-run" in line or " -n" in line
        refused = "tga:" in line or "--force" in line or "--verdict=wrong" in line or \
            ("--old" in line and not line.startswith("complain"))
        self.keys.append(":" + line)
        self.interface.say("type :" + line)
        self.press("<Enter>")
        hidden = self.answer(rows)
        self.interface.ask("rows")
        before = self.before
        self.judge(":" + line, [] if (dry or refused) else rows, self.all_paths() if hidden else None,
                   name == "undo 2")
        if (dry or refused) and changes(before, self.before) != (set(), set(), set()):
            raise Failed(f":{line} did something")

    def step(self):
        kind = rng.random()
        if rng.random() < 0.3:
            self.home()
        if kind < 0.6:
            self.press(*[rng.choice(LOOKING) for _ in range(rng.randint(1, 4))])
            self.interface.say("wait")
            self.press("<Esc>")
        elif kind < 0.9:
            self.act()
        else:
            self.command()

    def home(self):
        """Back to the list, where most keys mean something."""
        self.press("<Esc>", "<Esc>", rng.choice("000001234"))
        group = rng.choice(["none", "none", "none", "reporter", "verdict", "ip"])
        self.interface.say("type :group " + group)
        self.press("<Enter>")
        if group != "none" and rng.random() < 0.7:  # into one of the groups
            self.interface.say("wait")
            self.press(*["j"] * rng.randint(0, 4), "<Enter>")


def undo_all(box):
    """Takes back what stands, the latest first, by its number."""
    config = f"--config={box.folder}/config"
    for _ in range(400):
        log = [json.loads(line) for line in box.run(notme, config, "log", "--format=json").stdout.splitlines()]
        standing = [job["job"] for job in log
                    if job["action"] not in ("undo", "purge") and job["state"] in ("done", "stopped", "partly")
                    and job["done"]]
        if not standing:
            return ""
        done = box.run(notme, config, "undo", str(standing[-1]))
        if done.returncode == 2:
            return f"undo {standing[-1]}: {done.stderr}"
        if done.returncode == 1 and "left" in done.stdout + done.stderr:
            return f"undo {standing[-1]} left something: {done.stdout}{done.stderr}"
    return "there is no end of jobs"


def main():
    folder = work / "demo"
    box = Box(folder)
    made = box.run(notme, "demo", str(folder))
    if made.returncode != 0:
        print(f"not ok 1 - the demo mailbox: {made.stderr}")
        print("1..1")
        return
    interface = Interface(box, work)
    walk = Walk(box, interface)
    why = ""
    status, sessions = 0, 1
    try:
        while len(walk.keys) < steps:
            try:
                walk.step()
            except Left:
                status = status or interface.end()
                walk.judge("leaving", [], None, True)
                walk.interface = interface = Interface(box, work)
                sessions += 1
        status = status or interface.end()
    except Failed as failure:
        why = str(failure)
        interface.process.kill()
        print(f"# {why}; the last keys: {walk.keys[-25:]}")
    print(f"# seed {seed}: {len(walk.keys)} keys and commands, {walk.acted} jobs, {walk.questions} questions, "
          f"{sessions} sessions")
    print(("not " if why else "") + "ok 1 - nothing changed but what was visible, marked or named")
    print(("not " if status != 0 else "") + "ok 2 - the interface ends well")
    print(("not " if walk.acted < steps // 60 else "") + "ok 3 - enough was done to mean something")
    left = why or undo_all(box)
    after = box.snapshot()
    files, added, idents = changes(walk.first, after)
    tidy = not left and not files and not idents and not (added - Walk.draft_digests(after))
    if not tidy:
        print(f"# {left} files {sorted(files)[:3]} added {sorted(added)[:3]} ids {sorted(idents)[:3]}")
        for ident in sorted(idents)[:3]:
            print(f"#  {ident}: {walk.first[1].get(ident)} became {after[1].get(ident)}")
    print(("" if tidy else "not ") + "ok 4 - taking back all jobs gives back every file and tag")
    print("1..4")


main()
