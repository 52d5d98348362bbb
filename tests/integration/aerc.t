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
aerc=$XDG_CONFIG_HOME/aerc
mkdir -p "$aerc"
printf '[Nell]\nsource=maildir://%s\nfrom=Nell <nell@quince.example>\ndefault=Two\n' "$work/own/mail" >"$aerc/accounts.conf"
chmod 600 "$aerc/accounts.conf"
defaults=/usr/share/aerc
for file in aerc.conf binds.conf; do
    [ -f "$defaults/$file" ] && cp "$defaults/$file" "$aerc/$file"
done
[ -f "$aerc/binds.conf" ] || printf 'q = :quit<Enter>\n[messages]\n' >"$aerc/binds.conf"
# the example's lines into the sections of the same names
awk -v example="$examples/aerc-binds.conf" '
    BEGIN { while ((getline line < example) > 0) { if (line ~ /^\[/) section = line; else if (section && line !~ /^#/) add[section] = add[section] line "\n" } }
    { print; if ($0 in add) printf "%s", add[$0] }' "$aerc/binds.conf" >"$work/binds" && mv "$work/binds" "$aerc/binds.conf"
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
