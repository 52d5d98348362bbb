#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a key acts on what was seen: the cursor stays on its case, moved or not, in any order and in groups, when
# rows come in above it. Marks and the cursor stay on their messages when another program gives their files other flags,
# and on no other message, though it has the file's name or the same Message-ID. What changed under the cursor by itself
# takes no key at once, nor one that was begun before; and the source that is shown is that of the case.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
. "$(dirname "$0")/../lib/interface.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"
export NOTME_NOW=2025-11-04T12:00:00Z

# fresh: six of one sender, the first the newest
fresh()
{
    six_bounces
    index
    cur=$box/mail/INBOX/cur
}
# put N HOW [SENDER ADDRESS]: message N, a minute older than N - 1
put()
{
    "$2" "$1" "$cur/b$1:2,S" "${@:3}"
    dated "$cur/b$1:2,S"
}
# said: the last lines of the screen, as one
said() { tail -n 3 "$work/screen" | tr -s '\n ' ' '; }
deleted() { notmuch search --output=files tag:deleted | sed 's,.*/,,; s/:.*//' | sort | tr '\n' ' '; }
# where: the messages that are marked, and the one under the cursor
where()
{
    sed -n 's,^.\*.*/\(b[0-9]*\):.*,*\1,p; s,^>.*/\(b[0-9]*\):.*,>\1,p' "$work/rows" | tr '\n' ' '
}

# --- names of files ---------------------------------------------------------------------------------------------------

fresh
begin
look "keys j t j t" # 2 and 4 are marked, 5 is under the cursor
is "$(where)" "*b2 *b4 >b5 " "two messages are marked"
mv "$cur/b2:2,S" "$cur/b2:2,FS"
mv "$cur/b4:2,S" "$box/mail/INBOX/new/b4"
mv "$cur/b5:2,S" "$cur/b5:2,RS"
bounce 0 "$cur/b0:2,S"
dated "$cur/b0:2,S"
index
look "keys R"
like "$(sed -n 's,^..,,p' "$work/rows" | head -n 1)" '/b0:2,S$' "another program gives them other flags, and mail comes in above them"
is "$(where)" "*b2 >b5 " "the marks are still there, and so is the cursor"
like "$(cat "$work/rows")" '^ \*.*/new/b4$' "... of the one that is in new now, too"
rm "$cur/b2:2,FS"
bounce 2 "$box/mail/INBOX/new/other" # another message that says that it has the same id
index
look "keys R"
like "$(cat "$work/rows")" '^  .*/new/other$' "a message with the id of one that was marked is not marked"
look "keys ; z" "keys s"
end
like "$(tags_of b4@mx.remote.example)" quarantined "what is marked is acted on"
is "$(tags_of b2@mx.remote.example)" "inbox unread" "... nothing else is"

# --- rows that come in ------------------------------------------------------------------------------------------------

# above WORDS KEYS N HOW [SENDER ADDRESS]: in the list that the keys make, with a cursor that was never moved
above()
{
    fresh
    begin
    look "keys $2"
    before=$(where)
    put "${@:3}"
    index
    look "keys R"
    like "$(sed -n 's,^.*/,,p' "$work/rows" | head -n 1)" "^b$3:" "mail comes in above all, $1"
    is "$(where)" "$before" "... the cursor stays on its case"
    look "keys d"
    end
    is ">$(deleted)" "$before" "... and that is deleted"
}
above "by date" "" 0 bounce
above "by date, the oldest first" r 9 bounce
above "by verdict" S 0 genuine
above "by verdict reversed" "S r" 9 bounce
above "by the address it came from" "S S" 0 genuine
above "by reporter" "S S S" 0 bounce
above "by recipient, and only some" "S S S S 2" 0 bounce
above "in a campaign" "+" 0 bounce pool.example.org 198.51.100.9
above "in a group" "s <Enter>" 0 bounce pool.example.org 198.51.100.9

# groups_above WORDS KEYS SENDER ADDRESS: more messages of another sender come
groups_above()
{
    fresh
    begin
    look "keys $2"
    before=$(grep '^›' "$work/screen" | grep -o '^›[^ ]* *[^ ]* ')
    for n in 10 11 12 13 14 15 16; do put $n bounce "$3" "$4"; done
    index
    look "keys R"
    is "$(grep '^›' "$work/screen" | grep -o '^›[^ ]* *[^ ]* ')" "$before" "a larger group comes in above, $1: the cursor stays on its group"
    look "keys d"
    end
    is "$(deleted)" "b1 b2 b3 b4 b5 b6 " "... and that is deleted"
}
groups_above "by address" s dsl.example.net 198.51.100.77
groups_above "by network" "s s" dsl.example.net 203.0.113.77

# --- what has just changed --------------------------------------------------------------------------------------------

fresh
begin
look "keys j"
rm "$cur/b2:2,S"
index
look "keys R" "late d"
like "$(said)" 'delete: not done, what is here has just changed; press again' "a case goes away under the cursor: the next one is not deleted by a key for the one before"
is "$(deleted)" "" "... nothing is"
look "keys d"
is "$(deleted)" "b3 " "... it is once it has been seen"
rm "$cur/b4:2,S"
index
look "keys R" "late t"
is "$(where)" ">b5 " "... nor is it marked"
rm "$cur/b5:2,S"
index
look "keys R" "late <Enter> d"
like "$(said)" 'delete: not done, what is here has just changed' "... nor is it by opening it first"
look "keys q"
is "$(where) $(deleted)" ">b6  b3 " "... which deletes nothing"

fresh
begin
look "keys j"
rm "$cur/b2:2,S"
index
look "keys R :" "type delete"
look "keys <Enter>"
is "$(deleted)" "" "a case goes away while a command is typed: the next one is not deleted by that"
like "$(said)" 'delete: not done, what is here has just changed' "... and it is said"
look "keys : d e l e t e <Enter>"
is "$(deleted)" "b3 " "... it is by another"
look "keys g j"
put 0 bounce
index
look "keys R / n o"
look "keys <Esc>"
is "$(where)" ">b4 " "mail comes in while something is searched for: given up, it goes back to the case where it began"
end

fresh
begin
look "keys h"
like "$screen" 'user1@remote' "the source of the first one"
rm "$cur/b1:2,S"
index
look "keys R"
like "$screen" 'user2@remote' "it goes away: the source of the next"
unlike "$screen" 'user1@remote' "... and not of that one under its name"
end

fresh
begin
look "keys s"
put 7 bounce pool.example.org 198.51.100.9
index
look "keys R" "late d"
is "$(deleted)" "" "a message comes into the group under the cursor: it is not deleted by a key for those before it"
look "keys d"
is "$(deleted)" "b1 b2 b3 b4 b5 b6 b7 " "... all are once they were shown"
for n in 11 12 13; do put $n bounce dsl.example.net 198.51.100.77; done
for n in 14 15; do put $n bounce cable.example.net 203.0.113.99; done
index
look "keys R g"
rm "$cur"/b1[123]:*
index
look "keys R" "late d"
is "$(deleted)" "b1 b2 b3 b4 b5 b6 b7 " "a group goes away under the cursor: the next one is not deleted by a key for it"
look "size 15 4" "keys d" "size 80 24"
is "$(deleted)" "b1 b2 b3 b4 b5 b6 b7 " "nor is what a screen that is too small does not show"
like "$(said)" 'delete: not done, what is here is not shown' "... which is said when there is room"
end

unset NOTME_NOW
# answered WORDS SAID KEYS MORE KEY: the demo's question is answered with yes, and what is undecided becomes genuine by that
answered()
{
    rm -rf "$work/demo"
    "$NOTME" demo "$work/demo" >/dev/null
    conf=$work/demo/config NOTMUCH_CONFIG=$work/demo/notmuch-config
    begin
    look "keys 4"
    look "keys $3 a"
    look "keys y $4" "late $5"
    end
    is "$(notmuch search --output=files 'tag:deleted or tag:quarantined')" "" "what is judged otherwise by now is not $1"
    like "$(said)" "$2" "... and it is said"
}
answered deleted 'delete: not done, what is here has just changed' "" "" d
answered quarantined 'quarantine: not done, what is here has just changed' "" "" z
answered "quarantined when it is marked" 'quarantine: not done, what it was for is judged otherwise now' t "" z
# by when the groups are there the case may be judged otherwise already: then it is asked, or they have not stood
answered "deleted with its group" '(Delete . messages, .* of them genuine\?|delete: not done, what is here has just changed)' "" s d
done_testing
