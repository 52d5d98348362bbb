#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves what happens where the disk is the trouble: the quarantine folder on another file system,
# the database on a full one, the mail on a read-only one, the journal's disk full.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
if [ -z "${NOTME_IN_NAMESPACE:-}" ]; then
    unshare -m true 2>/dev/null || skip_all "no mount namespace can be made here"
    rm -rf "$work"
    NOTME_IN_NAMESPACE=1 exec unshare -m "$0" "$@"
fi
mount --make-rprivate / 2>/dev/null

fill() { mailbox_config "$1" true ${2:+"$2"}; for n in $(seq 1 "${3:-30}"); do bounce "$n" "$box/mail/INBOX/new/1$n.M1P1.host"; done; }

# --- another file system --------------------------------------------------------------------------
fill "$work/a"
mkdir -p "$box/mail/Quarantine"
mount -t tmpfs -o size=4m tmpfs "$box/mail/Quarantine" || skip_all "tmpfs cannot be mounted"
index
before=$(dump) names=$(files) hashes=$(contents)
run notme quarantine --yes '*'
is "$status" 0 "quarantine on another file system"
is "$(ls "$box/mail/Quarantine/cur" | wc -l)" 30 "all files are there"
is "$(contents)" "$hashes" "each content once"
is "$(ls "$box/mail/Quarantine/tmp" | wc -l)" 0 "nothing is left in tmp"
run notme undo
is "$(dump)" "$before" "undo"
is "$(files)" "$names" "the files are back"
for point in 3 4 5 6 7 20 21 22 23 24 25; do
    NOTME_CRASH_AT=$point run notme quarantine --yes '*'
    like "$err" 'was killed' "killed at point $point of a job that copies"
    is "$(contents | sort -u)" "$(printf '%s\n' "$hashes" | sort -u)" "no content is lost"
    run notme undo
    is "$(contents)" "$hashes" "after recovery and undo each is there once"
    is "$(dump)" "$before" "and tags are as before"
done
dd if=/dev/zero of="$box/mail/Quarantine/filler" bs=1k 2>/dev/null
run notme quarantine --yes '*'
is "$status" 2 "quarantine's file system is full"
like "$err" 'No space left' "the reason is told"
rm -f "$box/mail/Quarantine/filler"
is "$(contents)" "$hashes" "each content once"
is "$(dump)" "$before" "nothing is tagged"
umount "$box/mail/Quarantine"

# --- the database on a full disk ------------------------------------------------------------------
mkdir -p "$work/b/index"
mount -t tmpfs -o size=24m tmpfs "$work/b/index"
fill "$work/b" "$work/b/index" 200
index
before=$(dump) names=$(files) hashes=$(contents)
dd if=/dev/zero of="$box/index/filler" bs=4k 2>/dev/null
run notme quarantine --yes '*'
is "$status" 2 "the database's disk is full"
like "$err" 'No space left|taken back|places' "the error says so"
is "$(contents)" "$hashes" "each content once"
is "$(files | sed 's/.*new/new/')" "$(printf '%s\n' "$names" | sed 's/.*new/new/')" "the files are back in their places"
rm "$box/index/filler"
run notme undo
is "$(dump)" "$before" "with room again, the next start puts the database right"
is "$(notmuch search --output=files '*' | wc -l)" 200 "it has every file"
umount "$box/index"

# --- read-only mail -------------------------------------------------------------------------------
mkdir -p "$work/c/mail" "$work/c/index"
fill "$work/c" "$work/c/index"
index
before=$(dump) names=$(files)
mount --bind "$box/mail" "$box/mail" && mount -o remount,bind,ro "$box/mail"
run notme quarantine --yes '*'
is "$status" 2 "the mail is read-only"
like "$err" 'Read-only' "the error says so"
is "$(dump)" "$before" "nothing is tagged"
is "$(files)" "$names" "nothing is moved"
run notme delete --yes '*'
is "$status" 0 "tags alone need no room in the mail"
run notme undo
is "$(dump)" "$before" "undo"
umount "$box/mail"

# --- the journal's disk is full -------------------------------------------------------------------
fill "$work/d"
index
before=$(dump) names=$(files)
mkdir -p "$state"
mount -t tmpfs -o size=64k tmpfs "$state"
dd if=/dev/zero of="$state/filler" bs=1k 2>/dev/null
run notme quarantine --yes '*'
is "$status" 2 "no room for the journal"
like "$err" 'journal cannot be kept.*No space left' "the error says so"
is "$(dump)" "$before" "nothing is tagged"
is "$(files)" "$names" "nothing is moved"
umount "$state"
done_testing
