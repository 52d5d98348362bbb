#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that no mail is lost: jobs are killed (SIGKILL) at every step and at random times; after
# each, every file's content is there exactly once, and after recovery and undo tags and contents
# are what they were. NOTME_KILLS says how many kills (20), NOTME_CRASH_SEED repeats a run.
. "$(dirname "$0")/../lib/tap.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
command -v python3 >/dev/null || skip_all "python3 is missing"
python3 "$(dirname "$0")/kill.py" "$NOTME" "$work" "${NOTME_KILLS:-20}" "${NOTME_CRASH_SEED:-}"
