#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves over all the mail of the corpora, where they are there, that no sentence names as ours,
# honest or explained a line that is marked forged, and that no verdict stands without a sentence of
# its side; and that what sentences say of lines and addresses, the chain shows.
. "$(dirname "$0")/../lib/tap.sh"
if [ ! -d "$corpus/verdicts" ]; then
    echo "1..0 # SKIP the corpora are not here"
    exit 0
fi
found=$(python3 "$(dirname "$0")/sentences.py" "$NOTME" "$corpus" 2>&1)
is "$(echo "$found" | grep '^wrong')" "" "no sentence calls a forged line ours, honest or explained"
is "$(echo "$found" | grep '^bare')" "" "no verdict without a sentence of its side"
is "$(echo "$found" | grep '^untrue')" "" "what a sentence says of the chain, the chain shows"
count=$(echo "$found" | sed -n 's/^looked at //p')
ok "$([ "${count:-0}" -gt 500 ]; echo $?)" "many messages were looked at (${count:-none})"
done_testing
