#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the bindings of doc/examples/aerc-binds.conf do in aerc what they say, also with several marked messages.
. "$(dirname "$0")/peer.sh"
needs aerc tmux
own_mail
id=$(newest backscatter)
other=$(newest genuine)
mkdir -p "$work/own/mail/Two"/{cur,new,tmp}
mv "$(file_of "$id")" "$(file_of "$other")" "$work/own/mail/Two/cur/"
notmuch new --quiet
aerc_config Two
terminal "aerc"
see 'MAILER-DAEMON|Mail Delivery' "aerc opens the folder" || { done_testing; exit 0; }
say g g
sleep 0.5
say B v
sleep 2
tm resize-window -t t -x 111 -y 40 # what comes by itself aerc 0.14 sometimes draws with the next event only
see 'GENUINE|BACKSCATTER' "Bv shows the case"
say q
sleep 0.5
say Enter
sleep 0.5
say v
sleep 0.3
say j
sleep 0.3
say v
sleep 0.3
say B l
sleep 2
tm resize-window -t t -x 110 -y 40
see 'genuine,' "Bl on two marked messages: a line for the genuine one"
see 'backscatter,' "... and one for the other"
say Enter
sleep 0.5
notme delete --yes "id:$id" >/dev/null
say B u
see 'put back' "Bu takes it back, and what it took back can be read"
say Enter
sleep 0.5
say B r
see 'quarantine.*complain' "Br opens the interface"
say q
done_testing
