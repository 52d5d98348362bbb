#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that while an action looks for its mail a terminal shows how far it is, and that Ctrl-C then stops it with
# nothing done, which it says; also at its question. Ctrl-C reaches its parser processes, too: they leave it to it.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

mailbox_config "$work/box"
inbox=$work/box/mail/INBOX/cur
bounce 1001 "$inbox/b1001:2,S"
python3 - "$inbox" <<'END'
import pathlib, sys
inbox = pathlib.Path(sys.argv[1])
text = (inbox / "b1001:2,S").read_text()
for n in range(1002, 5000):
    (inbox / f"b{n}:2,S").write_text(text.replace("1001", str(n)))
END
index
on_terminal() { python3 "$top/tests/cli/terminal.py" /dev/null "$@"; }
deleted() { notmuch count --exclude=false tag:deleted; }

said=$(on_terminal "judging:"$'\003' -- "$NOTME" --config="$conf" delete --verdict=backscatter '*')
like "$said" 'delete: judging, [0-9,]+ read' "how far it is is shown"
is "$(tr -d '\r' <<<"$said" | sed 's/.*\x1b\[K//' | grep . | tail -n 2)" "Stopped; nothing was done.
exit 2" "Ctrl-C: it says that nothing was done"
is "$(grep 'notme:' <<<"$said")" "" "... and nothing else"
is "$(deleted) $("$NOTME" --config="$conf" log)" "0 no jobs yet" "... and so it is"
unlike "$("$NOTME" --config="$conf" delete --dry-run --verdict=backscatter '*' 2>&1 | tail -n 1)" 'judging' "where no terminal is nothing of it is written"

# Ctrl-C at a parser that is idle: it goes on, and nothing is said of one that died
if [ ! -r /proc/self/status ]; then
    skip "no /proc to find processes in"
else
    mkfifo "$work/names"
    set -m # else what runs in the background ignores Ctrl-C
    "$NOTME" check --jobs=1 --format=verdict --files-from=- <"$work/names" >"$work/out" 2>"$work/err" &
    check=$!
    set +m
    exec 8>"$work/names"
    answered() { for _ in $(seq 1 300); do [ "$(wc -l <"$work/out")" = "$1" ] && return; sleep 0.1; done; }
    echo "$inbox/b1001:2,S" >&8
    answered 1
    parsers=$(grep -sl "^PPid:[[:space:]]*$check\$" /proc/[0-9]*/status | cut -d/ -f3)
    # shellcheck disable=SC2086 # a list
    kill -INT $parsers
    echo "$inbox/b1002:2,S" >&8
    answered 2
    # shellcheck disable=SC2086 # a list
    kill -0 $parsers
    is "$? $(wc -l <"$work/out") $(cat "$work/err")" "0 2 " "a parser goes on after Ctrl-C"
    exec 8>&-
    wait $check
fi
done_testing
