#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that what several organisations report of one address counts together: for every command that knows the
# mailbox the same, whatever is asked for and read first; and for "check" not at all.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
mailbox_config "$work/box"
sed -i '/^complete=/d' "$conf"
# report N ORGANISATION ADDRESS [DAY]: its server took mail from ADDRESS, which has no name.
report()
{
    bounce "$1" "$box/mail/INBOX/cur/b$1:2," pc "$3"
    sed -i -e "s/pc (pc \[/pc (unknown [/" -e "s/remote\.example/$2.example/g" \
        -e "s/03 Nov 2025/${4:-03} Nov 2025/" "$box/mail/INBOX/cur/b$1:2,"
}
report 1 ash 198.51.100.40
report 2 elm 198.51.100.40
report 3 ash 198.51.100.41
report 4 elm 198.51.100.41
report 5 ash 198.51.100.41
genuine 6 "$box/mail/INBOX/cur/b6:2,"
index
verdict_of() { notme list --format=json "id:b$1@mx.$2.example" | grep -o '"verdict":"[a-z]*"' | cut -d'"' -f4; }

is "$(verdict_of 1 ash)" undecided "two organisations do not settle it"
report 7 oak 198.51.100.40
report 8 fir 198.51.100.41 09
index
is "$(notme list --limit=1 --format=json 'id:b1@mx.ash.example' | grep -c '"rule":"corroborated"')" 1 \
    "three do, also for a query that gives one of them"
is "$(verdict_of 1 ash) $(verdict_of 2 elm) $(verdict_of 7 oak)" "backscatter backscatter backscatter" "each case"
is "$(verdict_of 3 ash)$(verdict_of 8 fir)" "undecidedundecided" \
    "two and one three days later do not, nor does the same one twice"
is "$(verdict_of 6 remote)" genuine "nothing is said of mail that was ours"
like "$(notme show id:b2@mx.elm.example | tr -s " \n" " ")" '3 organisations report mail in your name from 198.51.100.40: ash.example, elm.example and oak.example' \
    "they are named"
like "$(notme show --explain id:b3@mx.ash.example | tr -s " \n" " ")" 'other bounces were last looked at 20[0-9-]*T[0-9:]*Z' "and when they were looked at"
is "$("$NOTME" --config="$conf" check --format=json "$box/mail/INBOX/cur/b1:2," | grep -c corroborated)" 0 "check knows none"

notme list --format=json | sort >"$work/before"
is "$(stat -c %a "$state/campaigns")" 600 "what is kept is the user's alone"
rm "$state/campaigns"
notme list --reverse --format=json | sort >"$work/after"
cmp -s "$work/before" "$work/after"
ok $? "read anew in another order: the same"
printf 'rubbish\n\t\t\n' >"$state/campaigns"
notme list --format=json | sort >"$work/after"
cmp -s "$work/before" "$work/after"
ok $? "a damaged file is read anew"
# show looks at what the others say now, as a list does
rm "$state/campaigns"
like "$(notme show id:b2@mx.elm.example | tr -s " \n" " ")" '3 organisations report mail' "show renews what is kept"
# a witness that was put away is one still
notme delete --yes id:b7@mx.oak.example >/dev/null
is "$(verdict_of 1 ash)" backscatter "a witness that was deleted stays one"
rm "$state/campaigns"
is "$(verdict_of 1 ash)" backscatter "also counted anew"
is "$(notme delete --dry-run --verdict=backscatter 'id:b1@mx.ash.example' | grep -c 'b1:2')" 1 "a job's plan says the same"
# under another identity other addresses are foreign
sed -i 's|^networks=.*|&;198.51.100.40|' "$conf"
is "$(notme list --format=json 'id:b1@mx.ash.example' | grep -c '"rule":"corroborated"')" 0 "with another identity it is counted anew"
done_testing
