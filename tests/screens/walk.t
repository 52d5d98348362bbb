#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that no key and no command of the interface touches mail that was not visible, marked or named:
# a walk of random ones, judged by files and tags. NOTME_WALK says how many (2,000), NOTME_WALK_SEED
# where chance begins.
. "$(dirname "$0")/../lib/tap.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
command -v python3 >/dev/null || skip_all "python3 is missing"
python3 "$(dirname "$0")/walk.py" "$NOTME" "$work" "${NOTME_WALK:-2000}" "${NOTME_WALK_SEED:-1}"
