#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a key costs few bytes on the line: twenty times "j" on the sample mailbox in a pseudo-terminal of
# 80x24, with and without the case below the list, the line under the cursor marked in part or whole. A
# mail reader that rewrites two rows of the same text and one background sends 209 (211 where the date is not of today).
# BYTES_OF=CONFIG prints the figures of another mailbox instead.
. "$(dirname "$0")/../lib/tap.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
command -v python3 >/dev/null || skip_all "python3 is missing"
unset SSH_CONNECTION SSH_TTY COLORFGBG

"$NOTME" demo "$work/demo" >"$work/out" 2>&1 || { ok 1 "a sample mailbox"; exit 1; }
base=${BYTES_OF:-$work/demo/config}
for cursor in short row; do
    { cat "$base"; printf '\n[review]\ncursor=%s\n' "$cursor"; } >"$work/$cursor"
done
python3 "$(dirname "$0")/bytes.py" "$NOTME" jjjjjjjjjjjjjjjjjjjj \
    short-closed "$work/short" row-closed "$work/row" short-open "$work/short" row-open "$work/row" >"$work/counts"
sed 's/^/# median, mean, most (of the mean): /' "$work/counts"
[ -n "${BYTES_OF:-}" ] && { done_testing; exit 0; }

# most LOOK BYTES NAME: the median is not above; and something was sent at all
most()
{
    local median
    median=$(sed -n "s/^$1 \([0-9]*\) .*/\1/p" "$work/counts")
    [ "${median:-0}" -gt 20 ] && [ "$median" -le "$2" ]
    ok $? "$3: $median bytes, at most $2"
}
most short-closed 60 "the list, from sign to date"
most row-closed 212 "the list, the whole row"
most short-open 400 "list and case, from sign to date"
most row-open 420 "list and case, the whole row"
done_testing
