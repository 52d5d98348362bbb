#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that mail made to harm the reader does not: whatever comes in, out comes valid JSON and no crash, and a
# file of twice the size takes about twice the time of the processor, not four times.
. "$(dirname "$0")/../lib/tap.sh"
cd "$work" || exit 1
python3 "$top/tests/lib/hostile.py" "$NOTME" "$work"
