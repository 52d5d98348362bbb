#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# After a lost line the next start offers the last view for an hour: query, limit, filter, order, path of
# groups and cursor. Leaving by key offers nothing, and what was kept is asked about once.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

mailbox_config "$work/box"
for n in 1 2 3 4 5 6; do bounce $n "$work/box/mail/INBOX/cur/b$n:2,S" pool.example.org 198.51.100.9; done
for n in 7 8 9; do bounce $n "$work/box/mail/INBOX/cur/b$n:2,S" dsl.example.net 198.51.100.77; done
dated "$work"/box/mail/INBOX/cur/b*
index

# play TIME [LINE...]: plays the lines; the last screen is in $work/screen, its last line in $last. An
# argument begins with "--": it is the query.
play()
{
    local query=()
    export NOTME_NOW=2025-11-04T$1:00Z
    shift
    [[ ${1-} != --* ]] || { query=("${1#--}"); shift; }
    printf '%s\n' wait "$@" wait "save $work/screen" >"$work/script"
    run env NOTME_SCRIPT="$work/script" "$NOTME" --config="$conf" review ${query[@]+"${query[@]}"}
    is "$status" 0 "it ran"
    last=$(tail -n 2 "$work/screen" | tr '\n' ' ' | sed 's/^ *//; s/ *$//; s/  */ /g')
}

play 12:00 "keys s j <Enter> j q q"
play 12:01
unlike "$last" 'line was lost' "left by key: nothing is offered"

play 12:00 "keys s j <Enter> s s s" wait "keys j" wait hangup
[ -f "$state/view" ]
is $? 0 "a lost line: the view is kept"
is "$(stat -c %a "$state/view")" 600 "... for the user alone"
play 12:10 "--tag:unread"
unlike "$last" 'line was lost' "who asks for something else is not asked"
play 12:50
like "$last" "The line was lost at 12:00. Go back to 198.51.100.77 by day\\? \\(y/n\\)$" "it is offered"
play 12:50 "keys y"
like "$(head -n 1 "$work/screen")" '^notme  198.51.100.77 by day' "yes: the groups are there"
[ -e "$state/view" ]
is $? 1 "... and what was kept is gone"

play 12:00 "keys V b" "keys l" "type from:mx" "keys <Enter>" wait "keys S r" "keys j j" wait "rows $work/rows.1" hangup
play 12:01
like "$last" 'Go back to the list, only backscatter, limit: from:mx\? \(y/n\)' "filter and limit are named"
play 12:01 "keys y" wait "rows $work/rows.2"
is "$(cat "$work/rows.2")" "$(cat "$work/rows.1")" "the same rows in their order, and the cursor"
like "$(grep '^>' "$work/rows.2")" 'b' "... is on one of them"

play 12:00 "keys j j" hangup
play 13:01
unlike "$last" 'line was lost' "after more than an hour nothing is offered"
play 12:00 "keys j j" hangup
play 12:01 "keys n"
like "$(cat "$work/screen")" '^›✘ .*user1@' "no: the list from its beginning"
like "$last" 'Not gone back: this is the list from its beginning' "... which is said, since the key did nothing else"
play 12:02
unlike "$last" 'line was lost' "... and it is not asked again"

mkdir -p "$state"
for damage in '' '{' '[]' '{"time":1762257600,"views":7}' '{"time":1762257600,"views":[{"by":"x","scope":{"by":"day"},"cursor":3}],"sort":"?"}'; do
    printf '%s' "$damage" >"$state/view"
    play 12:01 "keys y"
    like "$(cat "$work/screen")" '^›✘ .*user1@' "a damaged file: $damage"
done
done_testing
