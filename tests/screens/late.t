#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that what comes by itself turns no key on something else than it was pressed for: neither a question that comes
# while something else is typed, nor rows that come in above the case that is read, nor the cursor that goes back to
# what an undo brought, nor an answer by which what was asked for is judged otherwise.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
. "$(dirname "$0")/../lib/interface.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"
export NOTME_NOW=2025-11-04T12:00:00Z

# put N HOW [SENDER ADDRESS]: message N, a minute older than N - 1
put()
{
    local file=$work/box/mail/INBOX/cur/b$1:2,S
    "$2" "$1" "$file" "${@:3}"
    dated "$file"
}

# fresh: six of one sender, the first the newest, and two of ours; 1, 7 and 8 bear the tag x
fresh()
{
    six_bounces
    put 7 genuine
    put 8 genuine
    index
    notmuch tag +x -- id:b1@mx.remote.example or id:b7@mx.remote.example or id:b8@mx.remote.example
}

# play LINE...: a script; what is deleted, the cursor's row and the last lines of the screen are in $deleted, $here, $said
play()
{
    printf '%s\n' "$@" wait "save $work/screen" "rows $work/rows" >"$work/script"
    NOTME_SCRIPT=$work/script notme review || echo "it did not run"
    deleted=$(notmuch search --output=files tag:deleted | sed 's,.*/,,; s/:.*//' | sort | tr '\n' ' ')
    here=$(sed -n 's,^>.*/\(b[0-9]*\):.*,\1,p' "$work/rows")
    said=$(tail -n 3 "$work/screen")
}

tagged=": d e l e t e <Space> t a g : x <Enter>"

# --- questions --------------------------------------------------------------------------------------------------------

fresh
play wait "ahead $tagged /" "type y" wait "keys y <Enter>"
is "$deleted" "" "a query's answer comes while a search is typed: y is a letter of it"
play wait "ahead $tagged :" wait "keys y <Esc>"
is "$deleted" "" "... or a command"
like "$said" 'delete tag:x: not done, something else is asked or typed' "... and it is said that nothing was done"
play wait "ahead 1 T 0 G t j t d" "ahead $tagged" wait "keys <Esc>"
is "$deleted" "" "... or another question is asked"
play wait "ahead $tagged : d e l e t e <Space> t a g : i n b o x <Enter>" wait
is "$deleted" "" "two commands in one go: nothing is done before it is asked"
like "$said" 'Delete 3 messages, 2 of them genuine' "... it is asked about the first"
play wait "ahead $tagged" wait "keys y"
is "$deleted" "b1 b7 b8 " "the question of a query, answered"
fresh
play wait "ahead 1 T 0 d y"
is "$deleted" "" "a question is not answered by a key that was typed ahead of it"
like "$said" 'Delete 2 messages, all of them genuine\? \(y/n\).*press y, n or <Esc>' "... it says what it waits for"
play wait "ahead 1 T 0 d y" "keys y"
is "$deleted" "b7 b8 " "... and is answered by one behind it"
fresh
play wait "ahead T 1 d a"
is "$deleted" "" "nor is the one about marks that are not shown"
play wait "keys T 1 ; <Enter> ; d"
is "$deleted" "" "marks that are not in the list of the case that is open are asked about, too"
like "$said" '6 of the 8 marked are not shown' "... in the same words"
play wait "keys T <Enter> ; J d"
is "$deleted" "b2 " "what was said of the marked is for the next action, not for the one after it"
notmuch tag -deleted -- id:b2@mx.remote.example

# --- the cursor -------------------------------------------------------------------------------------------------------

fresh
play wait "keys d j j" wait "ahead u j"
is "$here" b5 "the cursor was moved while an undo ran: it stays"
play wait "keys d" wait "keys u"
is "$here" b1 "... it was not: it is on what came back"
play wait "keys d d d" wait "ahead u u u"
is "$here" b1 "... after three in a row"
play wait "keys d" wait "ahead u j d"
is "$deleted" "b3 " "one further and delete, while an undo runs: what was under the cursor"
notme undo >/dev/null

notme delete --yes id:b8@mx.remote.example >/dev/null
play wait "ahead u d"
is "$deleted" "b1 b8 " "an undo that would have to ask first, and a deletion behind it: that is not what it takes back"

fresh
begin
look "keys <Enter>"
before=$(sed -n 3p "$work/screen")
put 0 bounce late.example.net 198.51.100.33
index
look "keys R"
like "$(head -n 1 "$work/screen")" ' 2/9 ' "a case is read while mail comes in above it"
is "$(sed -n 3p "$work/screen")" "$before" "... it stays"
look "keys d"
end
is "$(tags_of b0@mx.remote.example)" "inbox" "... and what is deleted is not what came in"
like "$(tags_of b1@mx.remote.example)" deleted "... but what was read"

# --- other programs ---------------------------------------------------------------------------------------------------

fresh
timeout 120 python3 "$(dirname "$0")/../cli/terminal.py" /dev/tty 'user1@:|true\n' 'Press Enter:\nd' 'piped to:q' -- \
    "$NOTME" --config="$conf" review >"$work/screen"
like "$(cat "$work/screen")" 'Press Enter to go on' "a message is piped to a program"
is "$(notme log)" "no jobs yet" "what is typed before the list is back does nothing"

# --- verdicts ---------------------------------------------------------------------------------------------------------

fresh
play wait "keys ! b" wait "keys G t 2 . n 0" "ahead : v e r d i c t <Space> t a g : x <Enter>" wait
like "$said" 'It is: \(g\)enuine' "a verdict that was not set then is not set of other mail later: it is asked"

unset NOTME_NOW
# asked KEYS WORDS: the demo's question is answered with yes, and KEYS come before anything is judged by that
asked()
{
    rm -rf "$work/demo"
    "$NOTME" demo "$work/demo" >/dev/null
    conf=$work/demo/config NOTMUCH_CONFIG=$work/demo/notmuch-config
    play wait "keys 4" wait "keys a" "ahead y $1" wait "${@:3}"
    is "$(notmuch search --output=files 'tag:deleted or tag:quarantined')" "" "$2"
}
asked "T d" "deletion of undecided ones, which are genuine by an answer when it is said yes to: not done" "keys y"
like "$said" 'delete: not done, what it was for is judged otherwise now' "... and said"
asked "T z" "... nor are they quarantined" "keys y"
asked "s d" "... nor is their group" "keys y"
asked d "... nor one of them, at once"
done_testing
