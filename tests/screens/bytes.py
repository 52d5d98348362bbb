# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that the interface sends for each key, in pseudo-terminals of 80x24, all at once.

bytes.py NOTME KEYS LOOK CONFIG [LOOK CONFIG ...]. LOOK is any word; with "closed" in it the case below the
list is closed first. Prints a line each: LOOK, median, mean and the most of the bytes of one key, and
of what they are on the average: looks (SGR), moves of the cursor and what erases or scrolls, text.
Counts only; a key's bytes have come when nothing more comes for a while."""
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import sys
import termios

QUIET = 0.4  # seconds
PATIENCE = 20


class Terminal:
    def __init__(self, notme, look, config):
        self.look = look
        self.sent = []
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # the size is there before the program asks for it
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
            os.execv(notme, [notme, f"--config={config}"])


def settle(terminals, first):
    """What each has sent when nothing more comes."""
    sent = dict.fromkeys(terminals, b"")
    waiting = set(terminals)
    while True:
        patience = PATIENCE if waiting and first else QUIET
        ready = select.select([t.fd for t in terminals], [], [], patience)[0]
        if not ready:
            return sent
        for t in terminals:
            if t.fd in ready:
                sent[t] += os.read(t.fd, 65536)
                waiting.discard(t)


def press(terminals, key):
    for t in terminals:
        os.write(t.fd, key.encode())
    return settle(terminals, True)


def kinds(sent):
    """What the bytes are, as three sums."""
    looks = sum(map(len, re.findall(rb"\x1b\[[0-9;]*m|\x1b\(.|\x0f", sent)))
    moves = sum(map(len, re.findall(rb"\x1b\[[0-9;?]*[^0-9;?m]|\x1b[^[(]|[\r\n\b]", sent)))
    return looks, moves, len(sent) - looks - moves


def main():
    notme, keys, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    terminals = [Terminal(notme, *rest[i:i + 2]) for i in range(0, len(rest), 2)]
    settle(terminals, True)
    settle(terminals, False)
    closing = [t for t in terminals if "closed" in t.look]
    if closing:
        press(closing, "\t")
    for key in keys:
        for t, sent in press(terminals, key).items():
            t.sent.append(sent)
    for t in terminals:
        counts = [len(sent) for sent in t.sent]
        looks, moves, text = (round(statistics.mean(kind)) for kind in zip(*map(kinds, t.sent)))
        print(t.look, round(statistics.median(counts)), round(statistics.mean(counts)), max(counts),
              f"(looks {looks}, moves {moves}, text {text})")
        os.kill(t.pid, 1)
        os.close(t.fd)
        os.waitpid(t.pid, 0)


if __name__ == "__main__":
    main()
