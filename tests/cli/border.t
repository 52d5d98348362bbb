#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that in mailboxes of many houses' shapes a true bounce is never called fake, an own one is genuine or
# undecided and a forged one never genuine, before "notme learn" learned the mailbox's border and after; and that the
# border it learns is the house's, whatever senders write below it.
. "$(dirname "$0")/../lib/tap.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"

# what is learned of each shape: border|inside|authserv
learned()
{
    case $1 in
    fastmail) echo 'mx*.messagingengine.com|compute1.internal;compute2.internal;compute3.internal;compute4.internal;compute5.internal;compute6.internal;mailmx.nyi.internal|mx*.messagingengine.com' ;;
    posteo) echo 'mx*.posteo.de|mailin*.posteo.de;proxy*.posteo.de|posteo.de' ;;
    kpn) echo 'mta.kpnmail.nl||mta.kpnmail.nl' ;;
    exchange) echo 'am*eur*ft*.mail.protection.outlook.com;db*eur*ft*.mail.protection.outlook.com;vi*eur*ft*.mail.protection.outlook.com|am*pr*mb*.eurprd*.prod.outlook.com;db*pr*ca*.outlook.office365.com;db*pr*mb*.eurprd*.prod.outlook.com;du*pr*mb*.eurprd*.prod.outlook.com|' ;;
    gmail) echo 'mx.google.com||mx.google.com' ;;
    gmx) echo 'mx-ha.gmx.net||' ;;
    icloud) echo '||' ;; # its servers' names are single labels, each another
    director) echo 'mx*.box.example||box.example' ;;
    fetchmail) echo 'mx*.box.example|laptop|' ;;
    getmail) echo 'mx*.box.example||' ;;
    mailscanner) echo 'mx.box.example||' ;;
    amavis) echo 'mx.box.example|localhost|' ;;
    proofpoint) echo 'mx0a-00123401.pphosted.com;mx0b-00123401.pphosted.com|mail.box.example|' ;;
    mimecast) echo 'relay.mimecast.com|mail.box.example|' ;;
    barracuda) echo 'mx-inbound*-*.us-east-*a.ess.aws.cudaops.com|mail.box.example|' ;;
    esac
}

# value KEY: as the configuration has it, sorted
value() { sed -n "s/^$1=//p" "$box/config" | tr ';' '\n' | sort | paste -sd';'; }

# how many bounces there are, and which of them are judged as they must not be
judged()
{
    "$NOTME" --config="$box/config" list --format=json '*' | python3 -c '
import json, sys
never = {"own": ("backscatter", "fake"), "true": ("genuine", "fake"), "forged": ("genuine",)}
seen = 0
for line in sys.stdin:
    case = json.loads(line)
    name = case["message_id"].lstrip("<").split("@")[0]
    seen += 1
    if case["verdict"] in never[name.split("-")[0]]:
        print(name, case["verdict"])
print(seen, "judged")'
}

for shape in $(python3 "$top/tests/lib/houses.py" --list); do
    box=$work/$shape
    mkdir -p "$box/mail"
    python3 "$top/tests/lib/houses.py" "$shape" "$box/mail/INBOX"
    count=$(find "$box/mail/INBOX/cur" -name 'own-*' -o -name 'true-*' -o -name 'forged-*' | wc -l)
    printf '[database]\npath=%s/mail\n[user]\nname=Mira\nprimary_email=mira@willow.example\n' "$box" >"$box/notmuch"
    NOTMUCH_CONFIG=$box/notmuch notmuch new >/dev/null 2>&1
    cat >"$box/before" <<END
[mail]
notmuch_config=$box/notmuch
state=$box/state
[identity]
domains=willow.example
hosts=post.willow.example
networks=198.51.100.16/32;2001:db8:77::/48
complete=true
END
    cp "$box/before" "$box/config"
    is "$(judged)" "$count judged" "$shape: before learning"
    run "$NOTME" --config="$box/config" learn --yes
    is "$(value border)|$(value inside)|$(value authserv)" "$(learned "$shape")" "$shape: its border is learned"
    is "$(judged)" "$count judged" "$shape: after learning"
    "$NOTME" --config="$box/config" learn --yes >/dev/null
    is "$(value border)|$(value inside)|$(value authserv)" "$(learned "$shape")" "$shape: once more adds nothing"
done
if command -v script >/dev/null; then
    for answer in n y; do
        cp "$box/before" "$box/config"
        printf '%s\ny\n' "$answer" | script -qec "'$NOTME' --config='$box/config' learn" /dev/null >"$box/out" 2>&1
        like "$(cat "$box/out")" 'by which mail comes to you' "it is asked"
        like "$(cat "$box/out")" '[0-9]+ messages of [0-9]+ senders came in there' "with counts"
        like "$(cat "$box/config")" '^addresses=' "and the rest is written"
        wanted=$(learned "$shape")
        [ $answer = n ] && wanted='||'
        is "$(value border)|$(value inside)|$(value authserv)" "$wanted" "the border by the answer: $answer"
    done
fi
done_testing
