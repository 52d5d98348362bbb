#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "notme list --limit" shows the first of what "notme list" shows, wherever in time they lie: the store is
# asked for it in parts.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"

mailbox_config "$work/box"
n=0
for days in -3000 0 1 29 31 364 366 4000 9000; do
    n=$((n + 1))
    file="$box/mail/INBOX/cur/$n.M1.host:2,S"
    bounce $n "$file"
    sed -i "s/^Date: .*/Date: $(date -u -R -d "$days days ago")/" "$file"
done
for n in 20 21; do # of no time at all
    bounce $n "$box/mail/INBOX/cur/$n.M1.host:2,S"
    sed -i '/^Date: /d; /^Received: /,/+0000 (UTC)$/d' "$box/mail/INBOX/cur/$n.M1.host:2,S"
done
index
all=$(notme list --fields=id --format=tsv)
is "$(wc -l <<<"$all")" 11 "all are listed"
for limit in 1 2 4 6 8 9 100; do
    is "$(notme list --fields=id --format=tsv --limit=$limit)" "$(head -n $limit <<<"$all")" "--limit=$limit shows the first of them"
done
is "$(notme list --fields=id --format=tsv --limit=3 --reverse)" "$(tail -n 3 <<<"$all" | tac)" "--reverse shows the last of them"
is "$(notme list --fields=id --format=tsv --limit=3 'date:2001..2020')" "$(notme list --fields=id --format=tsv 'date:2001..2020')" \
    "a query that names dates itself is asked in parts, too"
done_testing
