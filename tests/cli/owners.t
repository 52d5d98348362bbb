#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves on the mailboxes of three owners under a joe-job, made by a small world of hosts that knows nothing of notme, what
# learning and at most twenty answers of theirs leave undecided: no genuine bounce is lost and no forged message believed at
# any step, learning takes nobody else's server, and every answer undone brings back the list byte for byte.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
owners() { python3 "$top/tests/lib/owners.py" "$@"; }

# answered QUESTION yes|no: written; what it leaves.
answered()
{
    notme answer "$1" "$2" >/dev/null
    count=$((count + 1))
    notme list --format=json >"$work/list"
    read -r lost believed undecided all < <(owners judge "$box/truth" <"$work/list")
    echo "# $world: $1 $2: $undecided undecided"
    [ "$lost $believed" = "0 0" ] || wrong="$wrong $1 $2 ($lost lost, $believed believed)"
}

for world in ${NOTME_OWNERS:-firm}; do
    mailbox_config "$work/$world"
    sed -i "s/^primary_email=.*/primary_email=$(owners address "$world")/" "$box/notmuch"
    printf '[mail]\nnotmuch_config=%s\nstate=%s\n' "$box/notmuch" "$state" >"$conf"
    owners make "$world" "$box/mail"
    index
    notme list --format=json >"$work/list"
    read -r lost believed undecided all < <(owners judge "$box/truth" <"$work/list")
    first=$undecided
    is "$lost $believed" "0 0" "$world: at first none is lost or believed"
    notme learn --yes >"$work/learned"
    is "$(sed -n 's/^networks=//p' "$conf" | tr ';' '\n' | sort | tr '\n' ' ')" "$(owners learns "$world")" \
        "$world: what is learned is his, and no forwarder of a recipient"
    notme list --format=json >"$work/list.learned"
    read -r lost believed undecided all < <(owners judge "$box/truth" <"$work/list.learned")
    is "$lost $believed" "0 0" "$world: nor once it has learned"
    learned=$undecided count=0 wrong=
    # what learning names, and he knows
    for question in $(sed -n 's/.*notme answer \(is-own:[^ ]*\) yes$/\1/p' "$work/learned"); do
        owners knows "$world" "$question" && answered "$question" yes
    done
    while [ $count -lt 20 ]; do
        answer=$(notme questions --format=json | owners choose "$world" "$conf")
        [ -n "$answer" ] || break
        # shellcheck disable=SC2086 # a question and its answer
        answered $answer
    done
    is "$wrong" "" "$world: none is lost or believed at any step"
    ok "$([ $((undecided * 100)) -le $((all * 13)) ]; echo $?)" \
        "$world: $first undecided of $all, $learned once it has learned, $undecided after $count answers: at most 13 %"
    unlike "$(notme questions | grep -v '^login:')" '^[a-z-]+(:[^ ]+)?$' "$world: what is left has no question"
    is "$(notme summary --format=json | python3 -c 'import json, sys
print(sum(part["count"] for part in json.load(sys.stdin)["undecided"]))')" "$undecided" "$world: and a reason each"
    for ((i = 0; i < count; i++)); do notme undo >/dev/null; done
    notme list --format=json | cmp -s - "$work/list.learned"
    ok $? "$world: every answer undone brings back the list, byte for byte"
done
done_testing
