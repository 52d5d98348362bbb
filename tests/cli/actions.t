#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that actions act on the file that was shown and on nothing else, that each can be undone,
# and that maildir names are treated as other programs expect.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"

# --- six bounces, one of them with the Message-ID of real mail ---------------------------------
mailbox_config "$work/a"
for n in 1 2 3 4; do bounce $n "$box/mail/INBOX/new/10$n.M1P1.host"; done
bounce 5 "$box/mail/INBOX/cur/105.M1P1.host,S=1700,U=17:2,RS"
genuine 6 "$box/mail/INBOX/new/106.M1P1.host"
bounce 7 "$box/mail/INBOX/new/107.M1P1.host"
letter b7@mx.remote.example "$box/mail/INBOX/cur/99.M9P9.host:2,"
letter other@friends.example "$box/mail/INBOX/cur/98.M9P9.host:2,S"
index
before=$(dump) names=$(files) hashes=$(contents)

run notme delete --dry-run id:b1@mx.remote.example
is "$status" 0 "a dry run succeeds"
like "$out" '101.M1P1.host: \+deleted' "a dry run says what would be done"
is "$(dump)" "$before" "a dry run changes nothing"
is "$(ls "$state/jobs" 2>/dev/null)" "" "a dry run writes no journal"

run notme delete '*' </dev/null
is "$status" 2 "bulk delete with a genuine one among them asks; without a terminal it exits 2"
like "$err" '1 genuine' "the question names how many are genuine"
is "$(dump)" "$before" "and nothing was done"

run notme delete --yes '*'
is "$status" 0 "delete --yes"
like "$out" '^job 1: 7 deleted' "it says how many"
is "$(tags_of b1@mx.remote.example)" "deleted inbox unread" "deleted ones are tagged"
is "$(tags_of b7@mx.remote.example)" "inbox unread" "a shared Message-ID is not tagged"
is "$(cd "$box/mail"; ls Trash/new)" "107.M1P1.host" "the bounce with a shared Message-ID went to the trash"
[ -f "$box/mail/INBOX/cur/99.M9P9.host:2," ]; ok $? "the real mail stays"
is "$(tags_of other@friends.example)" "inbox" "other mail is not touched"
run notme delete --yes '*'
like "$out" 'nothing to do: .* deleted already' "a second time does nothing"
is "$(ls "$state/jobs")" "000001" "and makes no job"
run notme undo --dry-run
is "$status $(tail -n 1 <<<"$out")" "0 undo: 7 steps; nothing was changed (dry run)" "undo --dry-run says what would be put back"
is "$(ls "$state/jobs")" "000001" "and does nothing"
run notme undo
is "$status $out" "0 job 2: 7 put back (job 1)" "undo takes it back"
is "$(dump)" "$before" "all tags are as before"
is "$(files)" "$names" "all files are where they were"
run notme undo
is "$status" 2 "there is nothing more to undo"
run notme undo 1
like "$err" 'undone already' "a job is undone once"
run notme undo 77
like "$err" 'no job 77' "unknown jobs are named"

# --- quarantine and release --------------------------------------------------------------------
run notme quarantine --verdict=backscatter '*'
is "$status" 0 "quarantine by verdict asks nothing"
like "$out" '6 moved to quarantine' "it takes the backscatter"
is "$(stat -c %a "$box/mail/Quarantine")" 700 "the folder is private"
is "$(tags_of b1@mx.remote.example)" "quarantined" "tags are set and taken away"
is "$(tags_of b6@mx.remote.example)" "inbox unread" "the genuine one stays"
is "$(tags_of b7@mx.remote.example)" "inbox unread" "a shared Message-ID is not tagged"
[ -f "$box/mail/Quarantine/cur/105.M1P1.host,S=1700:2,RS" ]
ok $? "U= is taken off, S= and the flags are kept"
is "$(contents)" "$hashes" "every file is there once"
is "$(notmuch count --output=files '*')" 9 "the index has every file once"
run notme release '*'
is "$status" 0 "release"
is "$(contents)" "$hashes" "every file is there once"
is "$(dump)" "$before" "tags are as before"
is "$(files | sed 's/,U=17//')" "$(printf '%s\n' "$names" | sed 's/,U=17//')" "names are as before"
[ -f "$box/mail/INBOX/cur/105.M1P1.host,S=1700:2,RS" ]; ok $? "it is back in its folder"
is "$(ls "$box/mail/Quarantine/cur" "$box/mail/Quarantine/new" | grep -c host)" 0 "quarantine is empty"
run notme undo
is "$(tags_of b1@mx.remote.example)" "quarantined" "a release can be undone"
run notme release id:b1@mx.remote.example
is "$(tags_of b1@mx.remote.example)" "inbox unread" "and done again, for one"
run notme release --yes '*'

# --- verdict tags -------------------------------------------------------------------------------
run notme tag
is "$status" 0 "tag"
is "$(tags_of b1@mx.remote.example)" "backscatter bounce inbox unread" "verdict tags are written"
is "$(tags_of b6@mx.remote.example)" "bounce genuine inbox unread" "genuine"
is "$(tags_of b7@mx.remote.example)" "inbox unread" "a shared Message-ID gets none"
jobs=$(ls "$state/jobs" | wc -l)
run notme tag
is "$status$out$err" "0" "a second run has nothing to do"
is "$(ls "$state/jobs" | wc -l)" "$jobs" "and makes no job"
notmuch tag +fake -backscatter id:b1@mx.remote.example
run notme tag
is "$(tags_of b1@mx.remote.example)" "backscatter bounce inbox unread" "stale verdict tags are replaced"
bounce 8 "$box/mail/INBOX/new/108.M1P1.host"
index
run notme tag
is "$(tags_of b8@mx.remote.example)" "backscatter bounce inbox unread" "new mail is tagged by the next run"
tagged=$(ls "$state/jobs" | tail -n 1 | sed 's/^0*//')
run notme undo
is "$(tags_of b8@mx.remote.example)" "backscatter bounce inbox unread" \
    "an undo without a number is never the hook's tags"
like "$out" 'put back' "but the last job of the user's own"
run notme redo
is "$status" 0 "which redo does again"
run notme undo "$tagged"
is "$(tags_of b8@mx.remote.example)" "inbox unread" "tagging can be undone by its number"
run notme delete --yes id:b8@mx.remote.example
run notme undo
run notme redo
is "$status $(tags_of b8@mx.remote.example)" "0 deleted inbox unread" "redo does it again"
run notme undo
run notme redo 99
is "$status" 2 "a job that is not there cannot be done again"

# --- files: by name, and names that changed -----------------------------------------------------
run notme delete "$box/mail/INBOX/cur/99.M9P9.host:2,"
is "$status" 1 "ordinary mail is not acted on"
like "$err" 'neither a bounce nor a notice' "and that is said"
run notme delete "$box/mail/INBOX/new/107.M1P1.host"
is "$status" 0 "a file of a shared Message-ID by its name"
[ -f "$box/mail/Trash/new/107.M1P1.host" ]; ok $? "went to the trash"
run notme undo
mv "$box/mail/INBOX/"*/102.M1P1.host* "$box/mail/INBOX/cur/102.M1P1.host:2,FS"
run notme quarantine id:b2@mx.remote.example
is "$status" 0 "a file that a mail client renamed is found again"
[ -f "$box/mail/Quarantine/cur/102.M1P1.host:2,FS" ]; ok $? "with its flags"
mv "$box/mail/Quarantine/cur/102.M1P1.host:2,FS" "$box/mail/INBOX/cur/"
run notme undo
is "$status" 0 "undo where somebody moved the file back meanwhile"
is "$(tags_of b2@mx.remote.example | tr ' ' '\n' | grep -c -e inbox -e unread)" 2 "puts the tags back"
is "$(notmuch count --output=files id:b2@mx.remote.example)" 1 "one file in the index"
run notme quarantine id:b3@mx.remote.example
rm "$box/mail/Quarantine/new/103.M1P1.host" "$box/mail/Quarantine/cur/103.M1P1.host"* 2>/dev/null
run notme undo
is "$status" 1 "undo where the file vanished: partly"
like "$err" 'gone' "and says which"
index

# --- the log ------------------------------------------------------------------------------------
run notme log --format=json
is "$(printf '%s\n' "$out" | python3 -c '
import json, sys
jobs = [json.loads(line) for line in sys.stdin]
assert [j["job"] for j in jobs] == list(range(1, len(jobs) + 1))
assert set(jobs[0]) == {"job", "action", "time", "state", "query", "planned", "done", "verdicts"}
print(jobs[0]["action"], jobs[0]["state"], jobs[0]["query"], jobs[0]["planned"], jobs[0]["done"], jobs[0]["verdicts"])
')" "delete undone * 7 7 {'genuine': 1, 'backscatter': 6}" "log as JSON"
run notme log
like "$out" '^ +1 +20..-..-.. ..:.. +delete +undone +7 of 7' "log as text"
is "$(stat -c %a "$state" "$state/jobs" "$state/jobs/000001" "$state/log" | tr '\n' ' ')" "700 700 600 600 " "state is private"
like "$(cat "$state/log")" '"who":"[^"]+","job":1,"action":"delete","query":"\*"' "the audit line"

# --- delete=trash, the flag T, purge ------------------------------------------------------------
mailbox_config "$work/b"
printf '[actions]\ndelete=trash\ndelete_flag=true\n' >>"$conf"
for n in 1 2 3; do bounce $n "$box/mail/INBOX/new/10$n.M1P1.host"; done
letter keep@friends.example "$box/mail/INBOX/cur/98.M9P9.host:2,S"
index
before=$(dump) hashes=$(contents)
run notme delete --yes id:b1@mx.remote.example or id:b2@mx.remote.example
is "$status" 0 "delete=trash"
is "$(ls "$box/mail/Trash/cur")" "101.M1P1.host:2,T
102.M1P1.host:2,T" "files are in the trash with the flag T"
is "$(tags_of b1@mx.remote.example)" "deleted inbox unread" "and tagged"
run notme purge
is "$(contents)" "$hashes" "purge takes what is older than 30 days only"
run notme undo
is "$(dump)" "$before" "undo takes the tags back"
is "$(ls "$box/mail/INBOX/cur" "$box/mail/INBOX/new" | grep -c '^10.*:2,.*T')" 0 "and the flag T"
is "$(contents)" "$hashes" "and the files"
run notme delete --yes id:b1@mx.remote.example or id:b2@mx.remote.example
notmuch tag -deleted id:b2@mx.remote.example
run notme purge --older-than=0d --dry-run
like "$out" '101.M1P1.host.*removed for good' "a dry run of purge"
is "$(contents)" "$hashes" "removes nothing"
run notme purge --older-than=0d
is "$status" 1 "purge leaves what is not marked any more"
like "$err" '102.*not marked as deleted any more' "and says so"
is "$(notmuch count id:b1@mx.remote.example) $(notmuch count id:b2@mx.remote.example)" "0 1" "the other is gone from the index"
is "$(find "$box/mail" -name '101*' | wc -l) $(find "$box/mail" -name '102*' | wc -l)" "0 1" "and from the disk"
run notme undo 3
like "$err" 'purged' "a purged job cannot be undone"
is "$status" 2 "which is an error"
sed -i 's/delete=trash/delete=unlink/' "$conf"
run notme delete id:b3@mx.remote.example </dev/null
is "$status" 2 "delete=unlink asks each time"
run notme delete --yes id:b3@mx.remote.example
is "$status" 0 "delete=unlink"
is "$(find "$box/mail" -name '103*' | wc -l) $(notmuch count id:b3@mx.remote.example)" "0 0" "the file is gone"
[ -f "$box/mail/INBOX/cur/98.M9P9.host:2,S" ]; ok $? "other mail is not"

# --- without flag synchronisation, database apart, mail root a symbolic link --------------------
mkdir -p "$work/c/real" && ln -s real "$work/c/mail"
mailbox_config "$work/c" false "$work/c/index"
mkdir -p "$box/index" "$box/mail/account/INBOX/"{cur,new,tmp} "$box/mail/account/Trash/"{cur,new,tmp}
bounce 1 "$box/mail/INBOX/new/101.M1P1.host"
bounce 2 "$box/mail/account/INBOX/cur/102.M1P1.host:2,"
mkdir "$work/c/outside"; bounce 3 "$work/c/outside/103.M1P1.host"
index
before=$(dump) names=$(files)
run notme quarantine --yes '*'
is "$status" 0 "quarantine with the database apart"
is "$(ls "$box/mail/Quarantine/new")" "101.M1P1.host" "flags are left alone"
run notme undo
is "$(dump)" "$before" "undo"
is "$(files)" "$names" "files are back under their names"
printf '[actions]\ndelete=trash\n' >>"$conf"
run notme delete --yes '*'
is "$(ls "$box/mail/account/Trash/cur")" "102.M1P1.host:2," "the trash of the account itself is used"
run notme undo
is "$(files)" "$names" "undo"
run notme quarantine "$work/c/real/INBOX/new/101.M1P1.host"
is "$status" 0 "a file named by its real path"
run notme undo

# --- what is refused ----------------------------------------------------------------------------
mv "$box/mail/INBOX/new/101.M1P1.host" "$work/c/outside/"
ln -s "$work/c/outside/101.M1P1.host" "$box/mail/INBOX/new/101.M1P1.host"
run notme quarantine --yes id:b1@mx.remote.example
unlike "$out" '1 moved' "a symbolic link is not acted on"
[ -L "$box/mail/INBOX/new/101.M1P1.host" ]; ok $? "it stays"
rm "$box/mail/INBOX/new/101.M1P1.host"; mv "$work/c/outside/101.M1P1.host" "$box/mail/INBOX/new/"
mkdir "$work/c/elsewhere"; rm -rf "$box/mail/Quarantine"; ln -s "$work/c/elsewhere" "$box/mail/Quarantine"
run notme quarantine --yes id:b1@mx.remote.example
is "$status" 2 "a quarantine folder out of the mail root is refused"
like "$err" 'out of the mail root' "with the reason"
is "$(files)" "$names" "and nothing was moved"
is "$(dump)" "$before" "and nothing tagged"
rm "$box/mail/Quarantine"

# --- trouble --------------------------------------------------------------------------------------
run notme quarantine
is "$status" 2 "a query is needed"
run notme delete --verdict=nonsense '*'
is "$status" 2 "verdicts are checked"
NOTMUCH_CONFIG=/nonexistent run "$NOTME" delete --yes '*'
like "$err" 'notme demo' "without a database it says how to make one"
is "$status" 2 "and exits 2"

if command -v setpriv >/dev/null && [ "$(id -u)" = 0 ]; then
    nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$NOTME" --config="$conf" "$@"; }
    chmod 755 "$work" "$box" "$HOME"; chmod -R a+rX "$work"; mkdir -p "$state"; chown -R 65534 "$state"
    run nobody quarantine --yes '*'
    is "$status" 2 "mail that may not be written to"
    like "$err" 'cannot be changed|ermission' "the error says so"
    is "$(files)" "$names" "no file is moved"
    chown -R 65534 "$box/index"
    run nobody quarantine --yes '*'
    is "$status" 2 "the database may be written to, the mail not"
    is "$(files)" "$names" "no file is moved"
    is "$(dump)" "$before" "no tag is changed"
    chown -R 0 "$state" "$box/index"
else
    skip "setpriv is missing, or not root"
fi

# --- two at once, and a database that is locked ---------------------------------------------------
mailbox_config "$work/d"
for n in $(seq 1 40); do bounce $n "$box/mail/INBOX/new/1$n.M1P1.host"; done
index
before=$(dump) hashes=$(contents)
notme quarantine --yes '*' >"$work/one" 2>&1 &
notme quarantine --yes '*' >"$work/two" 2>&1 &
wait
is "$(notmuch count tag:quarantined)" 40 "two at once: all are done"
is "$(contents)" "$hashes" "each file is there once"
is "$(cat "$work/one" "$work/two" | grep -c 'moved to quarantine')" 1 "by one of them"
run notme undo
is "$(dump)" "$before" "and undone"
python3 - "$box/mail/.notmuch/xapian/flintlock" "$work/locked" "$work/stderr" <<'END' &
import fcntl, sys, time
lock = open(sys.argv[1], "r+")
fcntl.lockf(lock, fcntl.LOCK_EX, 1, 0, 0)
open(sys.argv[2], "w").close()
for n in range(600): # until it is said, however busy the machine is
    time.sleep(0.1)
    if "waiting" in open(sys.argv[3]).read():
        break
END
while [ ! -f "$work/locked" ]; do sleep 0.05; done
run notme quarantine --yes '*'
like "$err" 'waiting for the database' "a locked database is waited for, and that is said"
is "$status $(notmuch count tag:quarantined)" "0 40" "then the job is done"
wait
# --- a job that was killed is told of, and finished ------------------------------------------------
run notme undo
before=$(dump)
NOTME_CRASH_AT=9 run notme quarantine --yes '*'
is "$status" 2 "the writer was killed"
run notme list
like "$err" 'job [0-9]+ was interrupted' "what only reads says that there is an open job"
run notme log
like "$out" 'quarantine +open' "the log shows it"
run notme tag id:b1@mx.remote.example
like "$err" 'had been interrupted and was finished: 40 moved' "what writes finishes it and says so"
is "$(contents)" "$hashes" "each file is there once"
run notme undo
run notme undo
is "$(dump)" "$before" "and it can be undone"
# what is asked for is in another folder by now: the job is finished before it is looked for
NOTME_CRASH_AT=60 run notme quarantine --yes '*'
run notme log
like "$out" 'quarantine +open +at least [0-9]+ of 40.*interrupted' "the log does not say that nothing was done"
run notme delete --yes id:nosuch@mx.remote.example
like "$err" 'was finished: 40 moved to quarantine' "a command that finds nothing to do finishes it"
run notme undo
is "$(dump)" "$before" "and it can be put back"

# --- many problems: a few lines and a count ----------------------------------------------------------
run notme quarantine --yes '*'
rm "$box/mail/Quarantine/"*/*host*
run notme undo
is "$(printf '%s\n' "$err" | wc -l)" 11 "problems of an undo: ten and a count"
like "$err" 'and 30 more like these' "it says how many more"

# --- queries that do not say what they seem to say --------------------------------------------------
for query in 'id:' 'path:' 'from: x' 'not tag:' 'tag:""' '(from:)'; do
    run notme delete --dry-run "$query"
    like "$status $err" '^2 .*needs a value' "refused: $query"
done
for query in 'not tag:"foo' '(' '"' 'tag:x)'; do
    run notme delete --dry-run "$query"
    like "$status $err" '^2 .*(bracket|quotation mark) is (not )?closed' "refused: $query"
done
run notme list 'id:'
is "$status" 2 "list refuses them too"
for query in '*' 'folder:"" or tag:x' 'id:"a:b"' 'from:"(x"' 'subject:a:'; do
    run notme list "$query"
    is "$status$err" 0 "taken: $query"
done

# --- own drafts are no bounces ------------------------------------------------------------------------
mkdir "$work/e"
"$NOTME" demo "$work/e/demo" >/dev/null
conf=$work/e/demo/config
run notme complain --yes --to=both 'date:2d..'
run notme list '*'
unlike "$out" 'abuse-report.*notme\.' "drafts are not listed"
run notme delete --yes "$work/e/demo/mail/Drafts/cur/"*
like "$err" 'neither a bounce nor a notice' "nor deleted by their names"
run notme learn --yes
unlike "$(cat "$conf")" 'sent_folders=.*Drafts' "nor learnt as what was sent"

# --- undo out of order: what could not be put back can be later --------------------------------------
mailbox_config "$work/f"
printf '[actions]\ndelete=trash\n' >>"$conf"
for n in 1 2; do bounce $n "$box/mail/INBOX/new/10$n.M1P1.host"; done
index
before=$(dump) names=$(files)
run notme quarantine --yes '*'
run notme delete --yes "$box/mail/Quarantine/"*/*.host*
run notme undo 1
like "$status $out" '^1 .*0 put back, 2 left.*notme undo 1' "an undo that finds nothing to put back says so"
run notme log
like "$out" '1 .*quarantine +partly .*not all of it put back by job 3' "the log does not call it undone"
run notme undo
like "$status $out" '^0 .*2 put back \(job 2\)' "the deletion is undone"
run notme undo 1
like "$status $out" '^0 .*2 put back \(job 1\)' "then the job before it can be"
is "$(dump)" "$before" "tags are as before"
is "$(files)" "$names" "files are where they were"
done_testing
