#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves the ways of doc/SCALE, each as far as two jobs on this machine go: the answers are those of one process,
# nothing is lost or torn, and exit statuses say what a scheduler wants to hear.
. "$(dirname "$0")/peer.sh"
own_mail
files=$work/files
for i in 1 2 3 4 5; do printf '%s\n' "$inbox"/cur/*; done >"$files"
one=$work/one
notme check --jobs=1 --format=tsv --files-from="$files" >"$one"
is "$(wc -l <"$one")" "$(wc -l <"$files")" "one process: a line each"

# mbox with a dated line before each message, as mail spools have it
mbox=$work/mbox
while IFS= read -r file; do
    printf 'From MAILER-DAEMON Sat Nov 28 10:00:00 2026\n'
    cat "$file"
    echo
done <"$files" >"$mbox"
verdicts() { cut -f2 | sort | uniq -c | tr -s ' \n' ' '; }
wanted=$(verdicts <"$one")
is "$(notme check --format=tsv - <"$mbox" | verdicts)" "$wanted" "mbox on standard input: the same verdicts"

is "$(notme check --format=verdict "$files.lost" 2>/dev/null; echo $?)" 1 "a file that is not there: exit status 1"
is "$(notme check --format=verdict --ok-unreadable "$files.lost" 2>/dev/null; echo $?)" 0 "... and 0 with --ok-unreadable"

if command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q '^GNU'; then
    mkdir -p "$HOME/.parallel" && touch "$HOME/.parallel/will-cite"
    parallel --pipe --block 20k -j2 -k notme check --jobs=1 --format=tsv --files-from=- <"$files" >"$work/out"
    is "$(cmp "$one" "$work/out" && echo same)" same "parallel, lists of names: the same bytes, in order"
    split='--regexp --recend \n\n --recstart From\s\S+\s+\S+\s+\S+\s+\d+\s\d\d:\d\d:\d\d\s\d{4}\n'
    # shellcheck disable=SC2086 # words
    parallel --pipe $split --block 100k -j2 -k notme check --jobs=1 --format=tsv - <"$mbox" >"$work/out"
    is "$(verdicts <"$work/out")" "$wanted" "parallel, an mbox in pieces: every message, the same verdicts"
    parallel --joblog "$work/log" --xargs -j2 notme check --jobs=1 --format=tsv --ok-unreadable <"$files" >"$work/out"
    is "$(sort "$work/out" | cksum) $(awk 'NR > 1 && $7' "$work/log" | wc -l)" "$(sort "$one" | cksum) 0" "parallel, names as arguments: no line torn, no task failed"
    if [ -x /usr/sbin/sshd ] && { [ "$(id -u)" != 0 ] || [ -d /run/sshd ] || mkdir /run/sshd 2>/dev/null; }; then
        port=$((20000 + $$ % 20000))
        ssh-keygen -q -t ed25519 -N '' -f "$work/host" && ssh-keygen -q -t ed25519 -N '' -f "$work/key"
        printf 'Port %s\nListenAddress 127.0.0.1\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n' \
            $port "$work/host" "$work/key.pub" >"$work/sshd"
        /usr/sbin/sshd -D -f "$work/sshd" 2>"$work/said" &
        server=$!
        trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
        login="ssh -p $port -i $work/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=$work/known -o LogLevel=ERROR"
        becomes "$login 127.0.0.1 echo up" up "a server of ssh on the loopback"
        # the same host twice stands for two; nothing is read from a disk there but the configuration
        # shellcheck disable=SC2086 # words
        parallel --pipe $split --block 100k -S "2/$login 127.0.0.1" -k \
            "$NOTME" --config="$XDG_CONFIG_HOME/notme/config" check --jobs=1 --format=tsv - <"$mbox" >"$work/out"
        is "$(verdicts <"$work/out")" "$wanted" "parallel over ssh, no disk shared: every message, the same verdicts"
    else
        skip "no sshd here (openssh-server)"
    fi
else
    skip "GNU parallel is not here"
fi

# a job array: the scripts as they are shipped, the scheduler played by a loop
mkdir "$work/lists"
split -d -a 4 -n l/2 "$files" "$work/lists/part."
echo "$work/not there" >>"$work/lists/part.0001"
for task in 0 1; do
    SLURM_ARRAY_TASK_ID=$task sh "$examples/slurm-check" "$work/lists" 2>/dev/null || echo "task $task failed"
done >"$work/said"
is "$(cat "$work/said")" "" "Slurm: no task fails for one unreadable file"
is "$(cat "$work/lists"/part.*.tsv | grep -v 'not there' | sort | cksum)" "$(sort "$one" | cksum)" "... and together they say the same"
arguments=$(sed -n 's/^arguments *= *"\(.*\)"$/\1/p' "$examples/htcondor-check")
mkdir "$work/condor"
csplit -s -n 1 -f "$work/condor/part." "$mbox" "$(($(grep -n '^From ' "$mbox" | sed -n 100s/:.*//p)))"
for process in 0 1; do
    # shellcheck disable=SC2046,SC2086,SC2001 # words
    (cd "$work/condor" && mv "part.$process" "part.$process.mbox" && notme $(echo "$arguments" | sed "s/\$(Process)/$process/g") >"$process.tsv") || echo failed
done >"$work/said"
is "$(cat "$work/said")$(cat "$work/condor"/*.tsv | verdicts)" "$wanted" "HTCondor: an mbox a job, the same verdicts"

# a stream that never ends
mkfifo "$work/names"
notme check --format=tsv --files-from=- <"$work/names" >"$work/out" &
reader=$!
exec 9>"$work/names"
head -n 1 "$files" >&9
becomes "wc -l <'$work/out'" 1 "a stream of names: an answer while the stream stays open"
sed -n 2,4p "$files" >&9
becomes "wc -l <'$work/out'" 4 "... as more come"
exec 9>&-
wait $reader
mkfifo "$work/mail"
notme check --format=tsv - <"$work/mail" >"$work/out" &
reader=$!
exec 9>"$work/mail"
awk '/^From MAILER-DAEMON/ { n++ } n <= 3' "$mbox" >&9
becomes "wc -l <'$work/out'" 2 "a stream of messages: each is answered when the next one begins"
exec 9>&-
wait $reader
is "$(wc -l <"$work/out")" 3 "... and the last one at the end"
done_testing
