#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that what is released goes back to the account that it came from, whatever names are the same in folders of
# others; and that a purge leaves what the database cannot say of whether it is still deleted.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

# accounts NAME...: each has an inbox with a bounce of one name in it, and a quarantine of its own
accounts()
{
    local account n=0
    rm -rf "$work/box"
    mailbox_config "$work/box"
    for account; do
        n=$((n + 1))
        mkdir -p "$box/mail/$account"/{INBOX,Quarantine}/{cur,new,tmp}
        bounce $n "$box/mail/$account/INBOX/cur/7:2,S"
    done
    index
}

accounts one two three
before=$(files)
for n in 1 2 3; do notme quarantine --yes id:b$n@mx.remote.example >/dev/null; done
is "$(files | grep -c Quarantine/cur/7:2,S)" 3 "three accounts have a message in quarantine, under one name"
notme release id:b1@mx.remote.example >/dev/null
is "$(files | grep one/)" ./one/INBOX/cur/7:2,S "the first is released: it is in its account"
is "$(files | grep -c Quarantine/)" 2 "... and the others are where they were"
notme release 'tag:quarantined' >/dev/null
is "$(files)" "$before" "the others: all is as it was"

accounts one two
for n in 1 2; do notme quarantine --yes id:b$n@mx.remote.example >/dev/null; done
mv "$box/mail/one/Quarantine/cur/7:2,S" "$box/mail/one/Quarantine/cur/7,U=3:2,FS" # as mbsync and a mail reader do
index
notme release id:b1@mx.remote.example >/dev/null
is "$(files | grep one/)" ./one/INBOX/cur/7:2,FS "with another flag and a number of the server's: in its account, too"
is "$(files | grep two/)" ./two/Quarantine/cur/7:2,S "... and not in the other's"

accounts one
bounce 2 "$box/mail/INBOX/cur/stays:2,S"
index
notme delete --yes id:b2@mx.remote.example >/dev/null
notmuch tag -deleted id:b2@mx.remote.example
mv "$box/mail/INBOX/cur/stays:2,S" "$work/stays"
rm -rf "$box/mail/.notmuch"
index
mv "$work/stays" "$box/mail/INBOX/cur/stays:2,S"
run notme purge --older-than=0d --yes
is "$(files | grep -c stays)" 1 "the database was made anew and does not know it yet: it is not purged"
like "$err" 'whether it is still deleted is not known' "... and it is said"
done_testing
