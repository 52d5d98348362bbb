# SPDX-License-Identifier: GPL-3.0-or-later
# The interface, played step by step, so that something can happen between two keys: the script is a FIFO. On a mailbox
# of mailbox.sh. To be sourced.

# begin: the interface, which takes what is said to it, with its rows read
begin()
{
    rm -f "$work/way"
    mkfifo "$work/way"
    NOTME_SCRIPT=$work/way "$NOTME" --config="$conf" review &
    interface=$!
    exec 8>"$work/way"
    look
}
# look LINE...: it plays these; then its screen is in $screen, the last line of that in $line
# shellcheck disable=SC2120 # whoever sources this gives it lines
look()
{
    rm -f "$work/screen" "$work/rows"
    printf '%s\n' "$@" wait "save $work/screen" "rows $work/rows" >&8
    for _ in $(seq 1 600); do
        [ -e "$work/rows" ] && break
        sleep 0.1
    done
    sleep 0.1
    screen=$(cat "$work/screen")
    line=$(tail -n 1 "$work/screen")
}
# end: it is left
end()
{
    exec 8>&-
    wait $interface
    is $? 0 "the interface ends well"
}
