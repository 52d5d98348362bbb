#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The jobs say what each was for, and where one was stopped: a journal as a job leaves it that was stopped
# behind the fourth of six messages.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

mailbox_config "$work/box"
for n in 1 2 3 4 5 6; do bounce $n "$work/box/mail/INBOX/cur/b$n:2,S" pool.example.org 198.51.100.9; done
index
notme delete --yes subject:undelivered >/dev/null
journal=$(find "$state" -name 000001)
sed -i 's/^{"end":"done","done":6,"skipped":0,"begun":6/{"stop":4}\n{"end":"done","done":4,"skipped":0,"begun":4/' "$journal"
notme tag >/dev/null
like "$(notme log)" 'stopped.*4 of 6|4 of 6.*stopped' "notme log: stopped, and where"

for size in "80 24" "120 40" "40 10"; do
    printf '%s\n' "size $size" wait "keys L" wait "save $work/screen" >"$work/script"
    NOTME_SCRIPT="$work/script" "$NOTME" --config="$conf" review
    like "$(cat "$work/screen")" ' 1 .* delete +4  stopped' "$size: what was done before it was stopped"
    [ "$size" = "40 10" ] && continue
    like "$(cat "$work/screen")" ' delete .* of 6 +subject:undelivered' "$size: of how many, and by which query"
done
done_testing
