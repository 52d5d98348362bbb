#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the program needs no /proc: it reads in parsers, changes mail and takes it back where there is none,
# called by its path, by a name in PATH, and from another folder.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"
without() { unshare -rm sh -c 'mount -t tmpfs none /proc && exec "$@"' sh "$@"; }
sanitized && skip_all "a sanitizer needs /proc"
without sh -c '[ ! -e /proc/self ]' 2>/dev/null || skip_all "/proc cannot be taken away here"

mailbox_config "$work/box"
for n in 1 2 3; do bounce $n "$box/mail/INBOX/cur/b$n:2,S" pool.example.org 198.51.100.9; done
index
cd "$box" || exit 1
run without "$NOTME" --config="$conf" check mail/INBOX/cur/b1:2,S mail/INBOX/cur/b2:2,S
is "$status:$(grep -c 'failure, ' <<<"$out")" "0:2" "check reads two files"
is "$err" "" "... without a word"
run without "$NOTME" --config="$conf" list
is "$status:$(grep -c 198.51.100.9 <<<"$out")" "0:3" "list"
run without env PATH="$(dirname "$NOTME"):$PATH" "$(basename "$NOTME")" --config="$conf" delete --yes '*'
is "$status" 0 "delete, found in PATH"
is "$(notmuch count tag:deleted)" 3 "... is done"
run without "$NOTME" --config="$conf" undo
is "$status" 0 "undo"
done_testing
