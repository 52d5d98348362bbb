#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Complaints follow the evidence: the witnesses of a campaign that several servers saw, the script or account
# that sent it; and none while it is an open question whose the address is.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
here=$(cd "$(dirname "$0")" && pwd)
command -v notmuch >/dev/null || skip_all "notmuch is missing"
command -v python3 >/dev/null || skip_all "no python3"
now=$(date +%s)

# The draft's letter, unwrapped, as a reader decodes it.
plain() { printf '%s\n' "$out" | sed -e ':a' -e '/=$/{N;s/=\n//;ba' -e '}' -e 's/=3D/=/g'; }
flat() { plain | tr '\n' ' ' | tr -s ' '; }

mailbox_config "$work/seen"
python3 "$here/bounces.py" "$box/mail/INBOX/cur" 4 4 1 "$now"
index
run notme tag
is "$status" 0 "what they say together is counted"
run notme complain --dry-run --yes --to=network id:b0@mx.r1.example
like "$(flat)" 'Three other servers took mail in my name from the same address' "three others are named"
is "$(plain | grep -c -E '^    r[234]\.example, [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$')" 3 "... each with its time, on a line of its own"
is "$(plain | grep -c '^    r1\.example, ')" 0 "... and not the one that the letter is about"
run notme complain --dry-run --yes --to=reporter id:b0@mx.r1.example
like "$(flat)" 'from the same address 198\.51\.100\.1, each on its own' "in the letter to the reporter, too"

mailbox_config "$work/two"
python3 "$here/bounces.py" "$box/mail/INBOX/cur" 2 2 1 "$now"
index
run notme tag
run notme complain --dry-run --yes --to=network id:b0@mx.r1.example
unlike "$(flat)" 'took mail in my name from the same address' "two organisations are no witnesses"

mailbox_config "$work/script"
python3 "$here/bounces.py" "$box/mail/INBOX/cur" 1 1 1 "$now"
sed -i 's|^Subject: offer 0|X-PHP-Script: shop.elm.example/wp/mail.php for 192.0.2.200\n&|' "$box/mail/INBOX/cur/b0.eml"
index
run notme complain --dry-run --yes --to=network id:b0@mx.r1.example
like "$(flat)" 'What sent it is named in the message: a script of the web page shop\.elm\.example sent it' "the script is named"
sed -i '/^complete=/d' "$conf"
run notme complain --dry-run --yes --to=network id:b0@mx.r1.example
unlike "$(flat)" 'What sent it is named' "... but not where that is only likely"

# a server that may be ours, which nobody has said
mailbox_config "$work/asked"
sed -i '/^networks=/d; /^hosts=/d; /^complete=/d' "$conf"
bounce 1 "$box/mail/INBOX/cur/b1:2,S" mail.larch.example 198.51.100.40
bounce 2 "$box/mail/INBOX/cur/b2:2,S" mail.larch.example 198.51.100.40
sed -i "s/Mon, 03 Nov 2025/$(LC_ALL=C date -u -d "@$now" '+%a, %d %b %Y')/" "$box"/mail/INBOX/cur/b*
index
like "$(notme questions)" 'Is 198\.51\.100\.40 yours\?' "the question is open"
for side in reporter network; do
    run notme complain --dry-run --yes --to=$side id:b1@mx.remote.example
    like "$err" 'no complaint: it waits for your answer whose 198\.51\.100\.40 is' "no complaint to the $side meanwhile"
    is "$out" "" "... and no draft"
done
notme answer is-own:198.51.100.40 no >/dev/null
run notme complain --dry-run --yes --to=network id:b1@mx.remote.example
like "$out" '^Source-IP: 198\.51\.100\.40$' "answered: it is drafted"
done_testing
