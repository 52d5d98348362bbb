#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the first screen answers a newcomer at 80x24, for every case of the sample mailbox: whether it is
# his, who sent it, in whose name, and what to do next; that what is undecided is not spoken of as if it were
# known, that no complaint is offered where it would be refused, and that what the list shows of a warning
# is found.
. "$(dirname "$0")/../lib/tap.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"

"$NOTME" demo "$work/demo" >"$work/out" 2>&1 || { ok 1 "a sample mailbox"; exit 1; }
cases=$("$NOTME" --config="$work/demo/config" list --format=text0 | tr -dc '\0' | wc -c)
{
    printf 'size 80 24\nwait\n'
    for n in $(seq 1 "$cases"); do printf 'save %s\nkeys j\nwait\n' "$work/case.$n"; done
    printf 'keys g\ntype /login\nkeys <Enter>\nwait\nsave %s\n' "$work/found"
} >"$work/script"
NOTME_SCRIPT=$work/script "$NOTME" --config="$work/demo/config" >"$work/out" 2>&1
is "$?:$(cat "$work/out")" "0:" "all $cases cases are looked at"

# sender NAME: the pane of screen NAME says who sent it, or that nothing shows it
sender()
{
    local from
    from=$(grep '^›' "$1" | grep -oE '[0-9]+(\.[0-9]+){3}' | head -1)
    if [ -n "$from" ]; then
        grep -qE "▶ $from  *(SENT FROM|CLAIMED)" "$1"
    else
        grep -qE 'SENT FROM +yours|[(]you[)]|does not|SENT FROM' "$1"
    fi
}

# same NAME ID: pane and "show" say the same in one line, who it is about, who reports and in whose name it was sent
# by the same words and names, and what to do in the same words up to the keys
same()
{
    local text head todo reporter about as
    text=$("$NOTME" --config="$work/demo/config" show --no-pager "id:$2" | tr -s ' \n' ' ')
    head=$(sed -n 's/^─ \(.*[^ ─]\)  *─*  *[0-9]*\/[0-9]* ─$/\1/p' "$1" | sed 's/ ─*$//; s/….*//' | tr -s ' ')
    reporter=$(sed -nE 's/^ (reporter|server) +([^ ]+).*/\1 \2/p' "$1")
    about=$(sed -nE 's/^ (failed|delayed|delivered|from|sent to|read by|about) +([^ ]+@[^ …]+)( .*|$)/\1 \2/p' "$1" | head -1)
    as=$(grep -oE 'sent as +[^ ]+' "$1" | tr -s ' ')
    todo=$(sed -n 's/^ to do *//p' "$1" | sed 's/\. .*/./')
    [ -n "$head" ] && [[ $text == "$head"* ]] && [[ $text == *" $reporter"* ]] &&
        [[ $text == *" $about"* ]] && [[ $text == *"$as"* ]] && [[ $text == *"to do "*"$todo"* ]]
}

mapfile -t ids < <("$NOTME" --config="$work/demo/config" list --fields=id)
mine=0 words=0 sent=0 name=0 next=0 undecided=0 open=0 offered=0
for n in $(seq 1 "$cases"); do
    screen=$work/case.$n
    title=$(grep -oE '^─ . (LOGIN[?]|GENUINE|BACKSCATTER|FAKE|UNDECIDED)  [^ ─]' "$screen")
    [ -n "$title" ] && mine=$((mine + 1)) || sed 's/^/# title: /' "$screen"
    same "$screen" "${ids[n - 1]}" && words=$((words + 1)) || sed 's/^/# words: /' "$screen"
    sender "$screen" && sent=$((sent + 1)) || sed 's/^/# sender: /' "$screen"
    # a fake is in nobody's name: it is to him, not from him
    case $title in
    *FAKE*) name=$((name + 1)) ;;
    *) grep -q 'sent as *[^ ]*@' "$screen" && name=$((name + 1)) || sed 's/^/# name: /' "$screen" ;;
    esac
    grep -qE '^ (to do|ask)  ' "$screen" && next=$((next + 1)) || sed 's/^/# next: /' "$screen"
    case $title in
    *UNDECIDED*)
        undecided=$((undecided + 1))
        grep -qE 'SENT FROM |the sender wrote' "$screen" || open=$((open + 1))
        ;;
    *BACKSCATTER*) ;;
    *) grep -q 'c complain\|c drafts' "$screen" && offered=$((offered + 1)) ;;
    esac
done
is "$mine" "$cases" "whether it is his"
is "$words" "$cases" "in the words of \"show\""
is "$sent" "$cases" "who sent it"
is "$name" "$cases" "in whose name"
[ "$undecided" -gt 0 ]
ok $? "some are undecided"
is "$open" "$undecided" "and none of them says who sent it as if that were known"
is "$next" "$cases" "what to do next"
is "$offered" 0 "no complaint is offered about what is his, about fakes, or about what went out by his login"
like "$(grep '^›' "$work/found")" 'LOGIN[?]' "a warning is found by its word"

# times: the picture was taken at another hour
timeless() { sed -E 's/[A-Z][a-z]{2} +[0-9]+ [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{5}/DATE/; s/\b[0-9]{2}(:[0-9]{2}){1,2}/TIME/g; s/^(.{4})[A-Z][a-z]{2} [0-9]{2} /\1TIME  /; s/ +/ /g; s/ $//'; }
is "$(sed -n '/^  notme  /,/^   d delete/s/^  //p' "$top/README" | timeless)" "$(timeless <"$work/case.1")" \
    "README's picture is this first screen"
done_testing
