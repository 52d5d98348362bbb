#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that an undo that is not done, or only in part, says so in the last line: of what, why, and what to do then.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
. "$(dirname "$0")/../lib/interface.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"
export NOTME_NOW=2025-11-04T12:00:00Z

# fresh: the interface on six of one sender
fresh()
{
    six_bounces
    index
    [ $# = 0 ] || notme "$@" >/dev/null
    begin
}
# says PATTERN WORDS: the last lines of the screen
says() { like "$(tail -n 4 "$work/screen" | tr -s '\n ' ' ')" "$1" "$2"; }

fresh
look "keys T d"
mkdir "$work/aside"
mv "$box"/mail/INBOX/cur/b[12]:* "$work/aside"
look "keys u"
says 'Undone in part: 6 deleted; 4 put back, 2 left as they are; b[12]:2,S: it is gone or was changed since, and 1 more; in L, u on job 1 tries again' "two of six are gone"
look "keys u"
says 'There is nothing to undo; L lists the jobs' "... another u takes no older job for that one"
look "keys L"
like "$screen" '^ *1 .*delete.* partly' "the job is put back in part"
like "$screen" '^› *2 .*undo.* 2 skipped' "... by an undo that skipped two"
look "keys <Enter>"
says '2 of it were skipped, gone or changed before it began' "... which Enter says"
mv "$work"/aside/* "$box/mail/INBOX/cur"
look "keys j u"
says 'Undone: 6 deleted; .* put back \(job 1\)' "tried again on that job, when they are back: all is undone"
is "$(notmuch count tag:deleted) $(files | grep -c b)" "0 6" "... and it is"
end

fresh
look "keys d"
rm "$box"/mail/INBOX/cur/b1:*
look "keys u"
says 'Not undone: 1 deleted; b1:2,S: it is gone or was changed since; in L, u on job 1 tries again' "the one that was deleted is gone"
end

fresh
look "keys d"
notme undo >/dev/null
look "keys u"
says 'job 1 cannot be undone: it was undone already; L lists the jobs, R shows what is there now' "another program has taken it back"
look "keys R"
like "$(cat "$work/rows")" '/b1:' "... and R shows it"
look "keys g d"
notme purge --older-than=0d --yes >/dev/null
look "keys u"
says 'job 3 cannot be undone: it was purged: its files are gone; L lists the jobs, R shows what is there now' "another program has removed it for good"
end

fresh delete --yes id:b6@mx.remote.example
look "keys u"
says 'Take back: delete 1, ' "an undo of what another program did is asked about"
notme undo >/dev/null
look "keys y"
says 'job 1 cannot be undone: it was undone already; L lists the jobs' "... and it is said when that one has done it meanwhile"
end

fresh delete --yes id:b6@mx.remote.example
look "ahead u d"
says '1 deleted; undo: not done, for this was begun before the jobs were listed; u takes this back, L lists the others' "an undo that something else came before is not dropped in silence"
look "keys u"
says 'Undone: 1 deleted; 1 put back \(job 2\)' "... u takes that back"
end

fresh delete --yes id:b6@mx.remote.example
mkfifo "$state/jobs/000002" # who lists the jobs hangs there
printf '%s\n' "keys u" >&8
lister=
for _ in $(seq 1 100); do
    for process in $(grep -ls "^PPid:[[:space:]]*$interface$" /proc/[0-9]*/status); do
        grep -qs 'worker=writer' "${process%status}cmdline" && lister=$(basename "${process%/status}")
    done
    [ -n "$lister" ] && break
    sleep 0.1
done
kill "$lister"
rm "$state/jobs/000002"
look
says 'undo: not done, the jobs could not be listed; press it again' "nor is one whose list of jobs does not come"
look "keys u"
says 'Take back: delete 1, ' "... once more, it does"
end
done_testing
