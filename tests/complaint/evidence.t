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
# on a terminal: whether the DNS may be asked
cat >"$work/terminal.py" <<'END'
import os, pty, sys
answers, argv = sys.argv[1], sys.argv[2:]
os.environ.update(EDITOR="true", VISUAL="true", NOTME_DNS_SERVER="127.0.0.1:9")
child, fd = pty.fork()
if child == 0:
    os.execv(argv[0], argv)
seen = b""
while True:
    try:
        some = os.read(fd, 4096)
    except OSError:
        break
    if not some:
        break
    seen += some
    if answers and (seen.rstrip().endswith(b"lways") or seen.rstrip().endswith(b"[y/N]")):
        os.write(fd, answers[0].encode() + b"\n")
        answers = answers[1:]
        seen += b"\n"
os.waitpid(child, 0)
sys.stdout.buffer.write(seen.replace(b"\r", b""))
END
complain() { python3 "$work/terminal.py" "$1" "$NOTME" --config="$conf" complain --to=network "$2"; }
mailbox_config "$work/seen"
said=$(complain n id:b0@mx.r1.example)
like "$said" '^Look up abuse contacts in the DNS\? \(y\)es, \(n\)o, \(a\)lways' "without a known addressee it is asked"
like "$said" '^Your resolver, abusix\.zone and abuse\.net learn which addresses you look up\.' "and what that tells to whom"
like "$said" 'no abuse contact of 198\.51\.100\.1 is known \(the DNS was not asked\): the draft has no addressee' "no: it is told that nobody is known"
notme undo >/dev/null
said=$(complain a id:b0@mx.r1.example)
like "$said" 'dns=true is in \[complain\] of ' "always: that is written"
like "$(sed -n '/^\[complain\]/,$p' "$conf" | tr '\n' ' ')" '^\[complain\] dns=true' "... into the configuration"
notme undo >/dev/null
said=$(complain y id:b0@mx.r1.example)
unlike "$said" 'Look up abuse contacts' "... and not asked again"
done_testing
