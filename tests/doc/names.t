#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that every file which a comment or a text of ours names is in the tree.
. "$(dirname "$0")/../lib/tap.sh"
command -v python3 >/dev/null || skip_all "no python3"
is "$(python3 "$top/tests/doc/names.py" "$top")" "" "every file that is named is there"
done_testing
