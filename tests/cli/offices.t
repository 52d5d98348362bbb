#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves on the mailboxes of three offices under a joe-job, of which nothing but an address is known, that at most
# twelve answers that their postmasters know leave little undecided, and that at no step a genuine bounce is lost or a
# forged message believed.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
offices() { python3 "$top/tests/lib/offices.py" "$@"; }

for world in ${NOTME_OFFICES:-firm university shop}; do
    mailbox_config "$work/$world"
    sed -i "s/^primary_email=.*/primary_email=$(offices address "$world")/" "$box/notmuch"
    printf '[mail]\nnotmuch_config=%s\nstate=%s\n' "$box/notmuch" "$state" >"$conf"
    offices make "$world" "$box/mail"
    index
    # a house's own servers look up nobody: without its border nobody is vouched for
    [ "$world" != firm ] || notme learn --yes >"$work/learned"
    notme list --format=json >"$work/list"
    read -r lost believed undecided all < <(offices judge "$box/truth" <"$work/list")
    is "$lost $believed $all" "0 0 240" "$world: at first none is lost or believed"
    before=$undecided count=0 wrong=
    while [ $count -lt 12 ] && [ "$undecided" -gt 0 ]; do
        answer=$(notme questions --format=json | offices choose "$world" "$conf")
        [ -n "$answer" ] || break
        # shellcheck disable=SC2086 # a question and its answer
        notme answer $answer >/dev/null
        count=$((count + 1))
        notme list --format=json >"$work/list"
        read -r lost believed undecided all < <(offices judge "$box/truth" <"$work/list")
        echo "# $world: $answer: $undecided undecided"
        [ "$lost $believed" = "0 0" ] || wrong="$wrong $answer ($lost lost, $believed believed)"
    done
    is "$wrong" "" "$world: no genuine one is lost, and no forged one believed, at any step"
    ok "$([ $((undecided * 20)) -le "$all" ]; echo $?)" "$world: $count answers leave $undecided undecided of $all ($before before): at most 5 %"
done
done_testing
