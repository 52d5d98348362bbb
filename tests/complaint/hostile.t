#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Bounces whose text wants to get into the draft: headers, addressees, control characters.
. "$(dirname "$0")/../lib/tap.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null || skip_all "no python3"
mkdir -p "$work/c" "$work/b"
cat >"$work/c/config" <<END
[mail]
state=$work/state
[identity]
addresses=me@own.example
domains=own.example
hosts=mail.own.example
networks=203.0.113.0/24
complete=true
END
python3 "$here/hostile.py" "$NOTME" "$work/c/config" "$work/b" >"$work/said" 2>&1
grep '^#' "$work/said"
is "$(grep -c 'wrong$' "$work/said") $(grep 'wrong$' "$work/said")" "1 0 wrong" "nothing gets into $(sed -n 's/.*(\(.*\))/\1/p' "$work/said")"
like "$(cat "$work/said")" '^True enough drafts' "and drafts are made"
run "$NOTME" --config="$work/c/config" complain --dry-run --to=network --yes "$work/b/own.eml"
like "$status|$out|$err" '^1\|\|.*no complaint: ' "an injection address of our own: none"
run "$NOTME" --config="$work/c/config" complain --dry-run --yes "$work/b/ownsource.eml"
like "$status|$out|$err" '^1\|\|.*no complaint: ' "a source of our own: none"
done_testing
