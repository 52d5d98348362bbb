#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves on some hundred whole messages, in the forms in which the world's programs write them, that the reader says of each
# what it says: kind, recipients, codes, reporter, what came back; and that ordinary mail which looks like bounces is none.
. "$(dirname "$0")/../lib/tap.sh"
for file in "$(dirname "$0")"/*.mails; do
    found=$(python3 "$(dirname "$0")/reading.py" "$NOTME" "$file" 2>&1)
    is "$(echo "$found" | grep -v ' samples$')" "" "${file##*/}: every sample is read as it says"
    count=$(echo "$found" | sed -n 's/.*: \([0-9]*\) samples$/\1/p')
    ok "$([ "${count:-0}" -ge 25 ]; echo $?)" "${file##*/}: there are many (${count:-none})"
done
for name in world siblings chains trackers ordinary; do
    found=$(python3 "$(dirname "$0")/reading.py" "$NOTME" --dressed "$(dirname "$0")/$name.mails" 2>&1)
    is "$(echo "$found" | grep -v ' samples$')" "" "$name.mails: and says the same in every dress"
done
done_testing
