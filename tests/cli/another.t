#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a message is touched only while the file of its name is that message: where another program has given the
# name to another one since it was seen (a folder that was packed, a file written anew), that one is neither moved nor
# noted for a purge, and no mark goes over to it. Messages with odd ids are still acted on.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
. "$(dirname "$0")/../lib/interface.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"
export NOTME_NOW=2025-11-04T12:00:00Z

# fresh [CONFIGURATION]: three bounces, the first in a plain folder with a letter behind it
fresh()
{
    rm -rf "$work/box"
    mailbox_config "$work/box"
    printf '%b' "$1" >>"$conf"
    mkdir "$work/box/mail/plain"
    bounce 1 "$work/box/mail/plain/1"
    letter lunch@friends.example "$work/box/mail/plain/2"
    bounce 2 "$work/box/mail/INBOX/cur/b2:2,S"
    bounce 3 "$work/box/mail/INBOX/cur/b3:2,S"
    index
}

# What another program does meanwhile.
packed() { rm "$box/mail/plain/1" && mv "$box/mail/plain/2" "$box/mail/plain/1"; }
written() { letter supper@friends.example "$work/new" && mv "$work/new" "$box/mail/INBOX/cur/b2:2,S"; }
found() { written && index; }

letters() { grep -rl --exclude-dir=.notmuch 'lunch?' "$box/mail" | sed "s,$box/mail/,,"; }

# meanwhile CONFIGURATION WHAT PLACE NAME KEY: WHAT happens while the list is open, then KEY; the letter NAME stays in PLACE
meanwhile()
{
    fresh "$1"
    begin
    look "keys g"
    "$2"
    look "keys / u s e r $([ "$2" = packed ] && echo 1 || echo 2) <Enter>" wait "keys $5"
    end
    like "$(letters)" "^$3\$" "$2, $5 ${1//\\n/ }: the letter stays where it is"
    like "$screen" 'another message has its name by now|gone|does not have it' "... and it is said"
    like "$(tags_of "$4@friends.example")" '^(inbox( unread)?)?$' "... without a tag"
}
trash='[actions]\ndelete=trash\n'
meanwhile "$trash" packed plain/1 lunch d
meanwhile "$trash" written 'INBOX/cur/b2:2,S' supper d
meanwhile "$trash" found 'INBOX/cur/b2:2,S' supper d
meanwhile "" packed plain/1 lunch z
meanwhile "" written 'INBOX/cur/b2:2,S' supper z
meanwhile "" written 'INBOX/cur/b2:2,S' supper d
notme purge --older-than=0d --yes >/dev/null 2>&1
like "$(letters)" '^INBOX/cur/b2:2,S$' "... nor is it purged later"

fresh ""
begin
look "keys g"
look "keys T"
packed
rm "$box/mail/INBOX/cur/b2:2,S"
index # and a bounce gets the name of one that was marked
bounce 9 "$box/mail/INBOX/cur/b2:2,S"
index
look "keys R" wait "keys ; z" "keys s" wait
end
is "$(tags_of b9@mx.remote.example)" "inbox" "a bounce that has the name of one that was marked is not marked"
like "$(tags_of b3@mx.remote.example)" quarantined "... what was marked and is there is"

# --- odd ids ----------------------------------------------------------------------------------------------------------

long=$(printf 'x%.0s' $(seq 300))
n=10
for field in "" "Message-ID: <odd-$n@mx.remote.example (comment)>" "Message-Id:
	<folded@mx.remote.example>" "message-ID : <blank in it@mx.remote.example>" "Message-ID: bare@mx.remote.example" \
    "Message-ID: <$long@mx.remote.example>" $'Message-ID: <\xfc\xe4@mx.remote.example>' \
    "Message-ID: =?utf-8?q?=3Cword=40mx.remote.example=3E?="; do
    n=$((n + 1))
    fresh "$trash"
    bounce $n "$box/mail/INBOX/cur/b$n:2,S"
    FIELD=$field perl -0pi -e 's/^Message-ID: <b.*?>\n/$ENV{FIELD} ne "" ? "$ENV{FIELD}\n" : ""/me' "$box/mail/INBOX/cur/b$n:2,S"
    index
    before=$(sha256sum <"$box/mail/INBOX/cur/b$n:2,S")
    notme delete --yes "$box/mail/INBOX/cur/b$n:2,S" >/dev/null 2>"$work/said"
    is "$(sha256sum <"$box/mail/Trash/cur/b$n:2,S")" "$before" "deleted: ${field:0:50}"
    notme undo >/dev/null 2>&1
    is "$(sha256sum <"$box/mail/INBOX/cur/b$n:2,S")" "$before" "... and put back"
done

# --- nothing named ----------------------------------------------------------------------------------------------------

fresh ""
before=$(dump)
for command in delete quarantine release complain tag; do
    for arguments in "''" "' '" "tag:inbox ''" "-- ''"; do
        eval "notme $command $arguments" </dev/null >"$work/out" 2>"$work/said"
        is "$? $(grep -c "an argument is empty, and nothing is done for that" "$work/said")" "2 1" "$command $arguments: refused"
    done
done
is "$(dump)" "$before" "... and nothing is changed"
done_testing
