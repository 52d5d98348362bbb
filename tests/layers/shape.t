#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the code stays in a shape that a reader can hold: functions fit a screen, files and folders are of a
# size, what a header declares is defined beside it, and no files include each other in a circle. What breaks a
# rule and is known stands in "offenders", which only becomes shorter.
. "$(dirname "$0")/../lib/tap.sh"
command -v python3 >/dev/null || skip_all "no python3"
python3 "$top/tests/layers/shape.py" "$top"
