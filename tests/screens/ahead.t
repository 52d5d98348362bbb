#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that keys typed ahead, of which several come before a screen is drawn, touch the same messages as the same keys
# typed one by one: what is shown by then is what the next key is for, whether it was filtered, sorted, grouped, divided,
# opened or closed by the one before; and that behind a key that comes to nothing they touch nothing.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

mailbox_config "$work/box"
for n in 1 2 3 4; do bounce $n "$work/box/mail/INBOX/cur/b$n:2,S" pool.example.org 198.51.100.9; done
for n in 5 6 7; do bounce $n "$work/box/mail/INBOX/cur/b$n:2,S" dsl.example.net 198.51.100.77; done
for n in 8 9; do genuine $n "$work/box/mail/INBOX/cur/b$n:2,S"; done
dated "$work"/box/mail/INBOX/cur/b*
index
export NOTME_NOW=2025-11-04T12:00:00Z

# play HOW KEYS: plays them as one chunk ("ahead") or one by one ("keys"); what is shown and marked then is in $rows
play()
{
    printf '%s\n' wait "$1 $2" wait "rows $work/rows" >"$work/script"
    NOTME_SCRIPT=$work/script notme review || echo "it did not run"
    rows=$(cat "$work/rows")
}

# same KEYS TEXT: the same rows are marked, whichever way they are typed, and some are
same()
{
    play keys "$1"
    local slowly=$rows
    like "$slowly" '\*' "$2: $1 marks something"
    play ahead "$1"
    is "$rows" "$slowly" "... and the same when typed ahead"
}

same "1 t" "a filter"
same "2 G t" "a filter, and its last row"
same "1 T 0" "all of a filter"
same "1 0 t" "a filter that is taken back"
same "r t" "reversed"
same "S S t" "sorted otherwise"
same "2 r j t" "filtered, reversed, one further"
same "1 <Enter> t q" "a case of what a filter shows"
same "s t k <Enter>" "groups"
same "s r t k <Enter>" "groups reversed"
same "s j S S t q" "groups sorted otherwise"
same "s 1 t q" "groups of a filter"
same "s <Enter> t" "the first case of a group"
same "s <Enter> s t q" "what divides a group"
same "s <Enter> s s j t q" "what divides it next"
same "s <Enter> 1 q t q" "the groups behind a list that was filtered"
same "s s t q" "groups by another thing"
same "j j + t" "the first of a campaign"
same ": o n l y - g e n u i n e <Enter> t" "a filter by its name"

before=$(files)
# nothing BEHIND SAID LINE...: nothing is moved or deleted by these keys, typed ahead behind one that comes to nothing
nothing()
{
    printf '%s\n' wait "${@:3}" wait "save $work/screen" >"$work/script"
    NOTME_SCRIPT=$work/script notme review
    is "$(files) $(notmuch count tag:deleted)" "$before 0" "nothing is touched behind $1"
    like "$(tail -n 2 "$work/screen")" "$2" "... and it is said"
}
nothing "a search that finds nothing" '"nosuch" is not in what is shown' "ahead / n o s u c h <Enter> z"
nothing "a search that finds no more" 'is not in what is shown' "keys / n o s u c h <Enter>" "ahead n z"
nothing "no further case to go to" 'No genuine case below' "ahead G ] g z"
nothing "a key that is not bound" '<Hash> is not bound' "ahead # z"
nothing "a command that is none" 'Unknown command "onyl-fake"' "ahead : o n y l - f a k e <Enter> z"
nothing "a limit with a slip" 'nothing was looked for' "ahead l v e r d c t : x <Enter> z"
nothing "an arrow where an answer is wanted" 'press y, n or <Esc>' "keys 1 T d" wait "ahead <Down> y"
nothing "a letter that is no answer" 'Not|Nothing' "keys 1 T d" wait "ahead x d y"

printf '%s\n' wait "ahead 1 z" wait >"$work/script"
NOTME_SCRIPT=$work/script notme review
like "$(comm -13 <(echo "$before") <(files) | tr '\n' ' ')" '^[^ ]*b[89]:2,S[a-zA-Z]* $' "1 z in one go: one message is moved, the first genuine one"

printf '%s\n' wait "keys 1 j z" wait >"$work/script"
NOTME_SCRIPT=$work/script notme review
before=$(files)
printf '%s\n' wait "ahead L j u" wait "save $work/screen" >"$work/script"
NOTME_SCRIPT=$work/script notme review
is "$(files)" "$before" "L j u in one go, before the jobs are listed: not another job instead"
like "$(tail -n 1 "$work/screen")" 'undo: there is no job here' "... and it is said"
done_testing
