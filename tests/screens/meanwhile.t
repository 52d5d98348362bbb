#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the interface does not speak of what was before: a job that another process took back is not offered to
# be taken back; that mail which another program removed is said to be gone, loses its row, and takes no other mail with
# it; that a limit with a slip leaves the list as it is; and that Ctrl-C never says nothing. The script of the keys is a FIFO, so that something can happen between two of them.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
. "$(dirname "$0")/../lib/interface.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

six_bounces
index
export NOTME_NOW=2025-11-04T12:00:00Z

like "$(notme quarantine --yes id:b1@mx.remote.example)" 'job 1: 1 moved' "another process has done a job"
begin
look "keys u"
like "$line" 'Take back: quarantine 1, 20' "it can be taken back from here, by its name"
look "keys n"
like "$(notme undo)" '1 put back' "another process takes it back"
look "keys u"
like "$line" 'There is nothing to undo' "it is not offered any more"
notme quarantine --yes id:b2@mx.remote.example >/dev/null
look "keys u"
like "$line" 'Take back: quarantine 1, 20' "what was done meanwhile is"
look "keys y"
like "$line" '1 put back' "... and is taken back"
look "keys R"
cp "$work/rows" "$work/rows.before"
look "keys l" "type verdct:x" "keys <Enter>"
like "$(tail -n 2 "$work/screen" | tr '\n' ' ')" 'did you mean "verdict:"\?.*: the list stays' "a limit with a slip: what is wrong"
is "$(cat "$work/rows")" "$(cat "$work/rows.before")" "... and the list is as it was"
look "keys l" "type date:nonsense..foo" "keys <Enter>"
like "$(tail -n 3 "$work/screen" | tr -s '\n ' ' ')" "'nonsense': the list is as it was" "a limit that notmuch refuses: what is wrong"
is "$(cat "$work/rows")" "$(cat "$work/rows.before")" "... and the list is as it was"
box=$work/box/mail/INBOX/cur
rm "$box"/b3*
look "keys g j j d"
like "$line" 'Not deleted: it is gone: another program has moved or deleted it' "d on a file that is gone: it is said, without its name"
unlike "$(cat "$work/screen")" 'user3@' "... and its row is gone, too, though the database still has it"
like "$(head -n 1 "$work/screen")" '^notme  5 bounces' "... no other row is"
rm "$box"/b4*
look "keys g j j h"
like "$(cat "$work/screen")" 'It is gone: another program has moved or deleted it' "the source of a file that is gone: the page says so"
look "keys q"
notmuch new --quiet
look "keys R"
like "$(head -n 1 "$work/screen")" '^notme  4 bounces' "R sees what was removed, which changes no revision of the database"
rm "$box"/b5*
notmuch new --quiet
look "keys g j j d"
like "$line" 'Not deleted: it is gone' "d on a message that is gone from the database: it is said"
like "$(head -n 1 "$work/screen")" '^notme  3 bounces' "... and its row is gone"
is "$(find "$box" -type f | wc -l)" 3 "the others are where they were"
look "keys ^C"
like "$line" 'to leave: q' "Ctrl-C where nothing goes on: the key that leaves"
end
done_testing
