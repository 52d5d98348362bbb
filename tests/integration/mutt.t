#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the macros of doc/examples/muttrc and neomuttrc do in mutt and neomutt what they say: the case of the
# message under the cursor, delete with a question, undo, and the whole interface.
. "$(dirname "$0")/peer.sh"
tried=
for mutt in mutt neomutt; do
    command -v $mutt >/dev/null || { skip "$mutt is not here"; continue; }
    tried=yes
    rm -rf "$work/own" "$HOME"
    mkdir -p "$HOME"
    own_mail
    notme tag >/dev/null
    id=$(newest backscatter)
    reporter=$(notme list --format=tsv --fields=reporter "id:$id" | tail -n 1)
    # only this one in a folder of its own, so that it is the one under the cursor
    mkdir -p "$work/own/mail/One"/{cur,new,tmp}
    mv "$(file_of "$id")" "$work/own/mail/One/cur/"
    notmuch new --quiet
    cat >"$HOME/.muttrc" <<END
set mbox_type=Maildir folder=$work/own/mail spoolfile=$work/own/mail/One
set abort_noattach=no record= postponed= confirmappend=no
source $examples/${mutt}rc
END
    [ $mutt = neomutt ] && sed -i "s|set nm_default_url.*|&|" "$HOME/.muttrc" &&
        echo "set nm_default_url=notmuch://$work/own/mail" >>"$HOME/.muttrc"
    terminal "$mutt -F $HOME/.muttrc"
    see 'Msgs:1|1 .*MAILER|Mail Delivery' "$mutt opens the folder" || continue
    say Escape v
    see 'BACKSCATTER' "$mutt: Esc v shows the case"
    see "$reporter" "... of the message under the cursor"
    say q
    sleep 0.5
    say Enter
    see 'MAILER-DAEMON|Mail Delivery|Msgs:1' "... and back"
    say Escape d
    becomes "tags_of $id | grep -o deleted" deleted "$mutt: Esc d deletes it"
    see 'job [0-9]+: 1 deleted' "... and says so"
    say Enter
    sleep 0.5
    say Escape u
    becomes "tags_of $id | grep -c deleted" 0 "$mutt: Esc u takes it back"
    say Enter
    sleep 0.5
    say Escape r
    see 'quarantine.*complain' "$mutt: Esc r opens the interface"
    say q
    sleep 0.5
    say Enter
    see 'MAILER-DAEMON|Mail Delivery|Msgs:1' "... and back"
    say q
    [ $mutt = mutt ] && continue
    see 'ended: 0' "neomutt took every line of it"
done
[ -n "$tried" ] || skip_all "neither mutt nor neomutt is here"
done_testing
