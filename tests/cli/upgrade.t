#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that what a user of 0.1.0 left works after the upgrade: the configuration, keymap and state in upgrade/ were written by that version; and that mailboxes which share one state folder share no jobs.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
old=$top/tests/cli/upgrade

# fill FROM TO: copies what 0.1.0 wrote for the mailbox at $box
fill()
{
    mkdir -p "$2"
    cp -R "$1/." "$2"
    find "$2" -type f -exec sed -i "s#@BOX@#$box#g; s#@UUID@#$uuid#; s#,1211\\]#,$size]#; s#,1219\\]#,$genuine]#" {} +
    chmod -R go= "$2"
}

# world DIR: the mailbox as 0.1.0 left it
world()
{
    mailbox_config "$1"
    mkdir -p "$box/mail/"{Quarantine,Drafts}/{cur,new,tmp}
    for i in 1 2 4 5 6; do
        bounce "$i" "$box/mail/INBOX/cur/$i.M.host:2,S"
    done
    bounce 3 "$box/mail/Quarantine/cur/3.M.host:2,S"
    genuine 7 "$box/mail/INBOX/cur/7.M.host:2,S"
    size=$(stat -c %s "$box/mail/INBOX/cur/1.M.host:2,S")
    genuine=$(stat -c %s "$box/mail/INBOX/cur/7.M.host:2,S")
    draft=$(sed -n 's/.*"file":"\(@BOX@[^"]*Drafts[^"]*\)".*/\1/p' "$old/state/jobs/000004")
    cp "$old/mail/draft" "${draft/@BOX@/$box}"
    index
    notmuch tag -inbox -unread 'tag:unread or tag:inbox' # what was there was read
    notmuch restore <"$old/tags"
    uuid=$(notmuch count --lastmod '*' | cut -f2)
    unset NOTMUCH_CONFIG
}

world "$work/box"
fill "$old/config" "$XDG_CONFIG_HOME/notme"
fill "$old/state" "$XDG_STATE_HOME/notme"
before=$(cd "$XDG_STATE_HOME/notme" && sha256sum jobs/* log complaints)
new() { run "$NOTME" "$@"; }
old_tags() { NOTMUCH_CONFIG=$box/notmuch notmuch dump --format=batch-tag | sed 1d | LC_ALL=C sort; }

new list --format=tsv --fields=id
is "$status $(wc -l <<<"$out")" "0 4" "the configuration of 0.1.0 is read"
new keys
like "$out" '^list,case,groups +x +delete ' "... and its keymap"
unlike "$out" '^list,case,groups +d +delete' "... in which a key was taken away"
new log
is "$(awk '{print $1, $4, $5}' <<<"$out")" $'1 tag done\n2 delete done\n3 quarantine done\n4 complain done' "its jobs are found"
state=$(echo "$XDG_STATE_HOME"/notme/mail-*)
is "$(stat -c %a "$state" "$state/jobs" "$state/jobs/000001" | tr '\n' ' ')" "700 700 600 " "... in a folder of the mailbox, private"
is "$(cd "$state" && sha256sum jobs/* log complaints)" "$before" "... with all that was remembered"
tags=$(old_tags)
new tag
is "$status $out" "0 " "the hook knows how far 0.1.0 came, or what is there already"
is "$(old_tags)" "$tags" "... and changes nothing"
sed -i 's/^again_after=7d/again_after=99y/' "$XDG_CONFIG_HOME/notme/config" # whenever this is tried
new complain --old id:b4@mx.remote.example
like "$status $err" '^2 .*abuse@remote.example' "a complaint of 0.1.0 is remembered"
new undo 2
is "$status $out" "0 job 5: 2 put back (job 2)" "a deletion of 0.1.0 is taken back"
new undo 3
is "$(files | grep -c 'INBOX/cur/3\.M')" 1 "... and a quarantine"
new undo 4
is "$(ls "$box/mail/Drafts/cur" | wc -l)" 0 "... and a complaint, with its draft"
new undo 1
is "$(old_tags)" "$(for i in 1 2 3 4 5 6 7; do echo "+inbox -- id:b$i@mx.remote.example"; done)" "... and the hook's tags: all is as it was before 0.1.0"
is "$(cd "$XDG_STATE_HOME/notme" && sha256sum jobs/* log complaints)" "$before" "the old folder is left as it was"

# --- a job that 0.1.0 was cut short in ---
rm -rf "$XDG_STATE_HOME" "$XDG_CONFIG_HOME"
world "$work/cut"
fill "$old/config" "$XDG_CONFIG_HOME/notme"
fill "$old/state" "$XDG_STATE_HOME/notme"
sed -i '/"end":/d' "$XDG_STATE_HOME/notme/jobs/000002"
rm "$XDG_STATE_HOME/notme/jobs/00000"[34]
NOTMUCH_CONFIG=$box/notmuch notmuch tag -deleted id:b2@mx.remote.example
new delete id:b5@mx.remote.example
like "$err" 'job 2' "a job that 0.1.0 was cut short in is finished or taken back first, and it is said"
new log
unlike "$out" ' open ' "... and is open no more"

# --- two mailboxes, one state folder ---
rm -rf "$XDG_STATE_HOME" "$XDG_CONFIG_HOME"
mkdir -p "$XDG_STATE_HOME/notme"
for name in one two; do
    world "$work/$name"
    fill "$old/config" "$work/$name.config"
    fill "$old/state" "$work/$name.state"
done
mkdir -p "$XDG_STATE_HOME/notme/jobs"
cp "$work/one.state/jobs/00000"[12] "$XDG_STATE_HOME/notme/jobs"
cp "$work/two.state/jobs/00000"[34] "$XDG_STATE_HOME/notme/jobs"
cp "$work/one.state/log" "$XDG_STATE_HOME/notme"
one() { run "$NOTME" --config="$work/one.config/config" "$@"; }
two() { run "$NOTME" --config="$work/two.config/config" "$@"; }
two log
is "$(awk '{print $1, $4}' <<<"$out")" $'3 quarantine\n4 complain' "of jobs of two mailboxes in one folder, each takes its own"
one log
is "$(awk '{print $1, $4}' <<<"$out")" $'1 tag\n2 delete' "... the other one, too"
is "$(cut -d, -f3 "$XDG_STATE_HOME/notme/"one*/log "$XDG_STATE_HOME"/notme/mail-*/log 2>/dev/null | sort)" \
    $'"job":1\n"job":2\n"job":3\n"job":4' "... and the lines of the log"
one quarantine id:b5@mx.remote.example
two delete id:b6@mx.remote.example
one undo
like "$out" 'job 4: 1 put back \(job 3\)' "undo takes back the last job of its own mailbox"
two undo
like "$out" 'job 6: 1 put back \(job 5\)' "... whatever the other did since"
one tag
two tag
one tag
is "$status $out" "0 " "each hook knows how far itself came"
notmuch --config="$work/one/notmuch" dump >"$work/dump"
two undo 4
is "$(notmuch --config="$work/one/notmuch" dump)" "$(cat "$work/dump")" "nothing of one mailbox is touched by the other's jobs"
done_testing
