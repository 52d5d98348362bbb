#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the bindings of doc/examples/alot.config do in alot what they say.
. "$(dirname "$0")/peer.sh"
needs alot tmux
own_mail
id=$(newest backscatter)
alot_config
terminal "alot -n $NOTMUCH_CONFIG search id:$id"
see 'Mail|MAILER' "alot opens the search" || { done_testing; exit 0; }
say Enter
see 'MAILER-DAEMON|Undelivered|Delivery' "... and the thread"
say N
sleep 0.4
say v
see 'BACKSCATTER' "N v shows the case"
say q
sleep 0.5
say N
sleep 0.4
say d
becomes "tags_of $id | grep -o deleted" deleted "N d deletes it"
sleep 2
sleep 0.5
say N
sleep 0.4
say u
becomes "tags_of $id | grep -c deleted" 0 "N u takes it back"
say N
sleep 0.4
say r
see 'quarantine.*complain' "N r opens the interface"
done_testing
