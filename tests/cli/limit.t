#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that "notme list --limit" shows the first of what "notme list" shows, wherever in time they lie: the store is
# asked for it in parts; and that of many messages only few are looked at, in a flood of one second, too.
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
    index # the store's order is that in which they came
done
all=$(notme list --fields=id --format=tsv)
is "$(wc -l <<<"$all")" 11 "all are listed"
for limit in 1 2 4 6 8 9 100; do
    is "$(notme list --fields=id --format=tsv --limit=$limit)" "$(head -n $limit <<<"$all")" "--limit=$limit shows the first of them"
done
is "$(notme list --fields=id --format=tsv --limit=3 --reverse)" "$(tail -n 3 <<<"$all" | tac)" "--reverse shows the last of them"
is "$(notme list --fields=id --format=tsv --limit=3 'date:2001..2020')" "$(notme list --fields=id --format=tsv 'date:2001..2020')" \
    "a query that names dates itself is asked in parts, too"

# flood FROM TO STEP: bounces of one day, the next STEP seconds before the one before it.
flood()
{
    bounce 987654 "$work/one"
    python3 - "$work/one" "$box/mail/INBOX/cur" "$@" <<'END'
import email.utils, re, sys
one, folder, first, last, step = open(sys.argv[1]).read(), sys.argv[2], *map(int, sys.argv[3:])
for n in range(first, last + 1):
    date = email.utils.formatdate(1762164000 - (n - first) * step)
    text = re.sub(r"^Date: .*", "Date: " + date, one.replace("987654", str(n)), count=1, flags=re.M)
    open(f"{folder}/{n}.M1.host:2,S", "w").write(text)
END
}
# Of how many messages notmuch was asked whether they may be bounces, for a list with the arguments: libnotmuch tells
# the queries that it is asked.
looked_at()
{
    local sum=0 line
    while IFS= read -r line; do
        sum=$((sum + $(notmuch count "$line")))
    done < <(NOTMUCH_DEBUG_QUERY=1 notme list --fields=id --format=tsv "$@" 2>&1 >/dev/null | grep '^(.*mimetype:message/delivery-status')
    echo $sum
}

mailbox_config "$work/many"
flood 1000 1699 0
flood 3000 3699 20
index
all=$(notme list --fields=id --format=tsv)
is "$(wc -l <<<"$all")" 1400 "all of two floods are listed"
for limit in 5 300 600 800; do
    is "$(notme list --fields=id --format=tsv --limit=$limit)" "$(head -n $limit <<<"$all")" "--limit=$limit shows the first of them"
done
is "$(looked_at '*')" 1400 "a list of all looks at all"
is "$(looked_at --limit=5)" 64 "one of five looks at no more than 64 of a flood of one second"
spread='not date:@1762164000..@1762164000'
is "$(notme list --fields=id --format=tsv --limit=70 "$spread")" "$(notme list --fields=id --format=tsv "$spread" | head -n 70)" \
    "--limit shows the first of a flood of hours"
is "$(looked_at --limit=5 "$spread")" 64 "one of five looks at no more than 64 of it"
done_testing
