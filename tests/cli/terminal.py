#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a terminal of its own, with a file as standard input, and types.

usage: terminal.py FILE [WAIT:TYPE ...] -- PROGRAM ARGUMENT ...
Each WAIT is a text that has to come from the program before TYPE is typed. Prints all that came, then the exit
status on a line of its own."""

import os
import pty
import select
import sys

LONGEST_WAIT = 60  # seconds without a byte


def read_until(terminal, text, seen):
    while text.encode() not in seen:
        if not select.select([terminal], [], [], LONGEST_WAIT)[0]:
            return seen, False
        try:
            got = os.read(terminal, 65536)
        except OSError:
            return seen, False
        if not got:
            return seen, False
        seen += got
    return seen, True


def main():
    cut = sys.argv.index("--")
    name, talk, program = sys.argv[1], sys.argv[2:cut], sys.argv[cut + 1 :]
    pid, terminal = pty.fork()
    if pid == 0:
        os.dup2(os.open(name, os.O_RDONLY), 0)
        os.environ["TERM"] = "xterm"
        os.execvp(program[0], program)
    everything = b""
    for step in talk:
        wait, _, typed = step.partition(":")
        seen, there = read_until(terminal, wait, b"")
        everything += seen
        if not there:
            break
        os.write(terminal, typed.replace("\\n", "\n").encode())
    seen, _ = read_until(terminal, "\0never\0", b"")
    everything += seen
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.stdout.buffer.write(everything + b"\nexit %d\n" % status)


main()
