#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves on a corpus of real mail, where one is there, that the reader and the tracing stay as good as they were.
. "$(dirname "$0")/../lib/tap.sh"
score=$corpus/../score/score
[ -x "$score" ] && [ -d "$corpus" ] || skip_all "no corpus (NOTME_CORPUS)"
"$score" --notme "$NOTME" --corpus "$corpus" --json >"$work/score.json" 2>"$work/score.err"
ok $? "the scorer ran"
python3 - "$work/score.json" "$corpus/../score/goals.json" >"$work/lines" <<'END'
import json, sys
got = json.load(open(sys.argv[1]))
goals = json.load(open(sys.argv[2]))
got = got.get("figures", got)
for name, goal in goals.items():
    figure = got.get(name)
    if not figure:
        continue
    right, asked = (figure["right"], figure["asked"]) if isinstance(figure, dict) else figure[:2]
    good = asked and 100.0 * right / asked >= goal
    print("%d %s: %d of %d, goal %s %%" % (0 if good else 1, name, right, asked, goal))
END
while read -r status name; do
    ok "$status" "$name"
done <"$work/lines"
done_testing
