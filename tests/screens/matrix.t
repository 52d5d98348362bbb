#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a terminal shows what was drawn: list, case and back, in each keymap, on a dark and on a light
# background, for TERM=vt100, linux, screen and xterm-256color and without UTF-8. Under tmux each screen
# has to be, cell by cell, the one that the scripted terminal saves; what was sent is looked through for
# what such a terminal does not know.
. "$(dirname "$0")/../lib/tap.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"
command -v tmux >/dev/null || skip_all "tmux is missing"
unset TMUX SSH_CONNECTION SSH_TTY COLORFGBG
NOTME_NOW=$(date +%s)
export NOTME_NOW
socket=$work/tmux
tm() { tmux -f /dev/null -u -S "$socket" "$@"; }
trap 'tm kill-server 2>/dev/null; rm -rf "$work"' EXIT

"$NOTME" demo "$work/demo" >"$work/out" 2>&1 || { ok 1 "a sample mailbox"; exit 1; }
keymaps="default vim emacs mutt"
steps="list moved case back"

# The configuration, and what each step has to look like: $work/want.LOCALE.KEYMAP.STEP
for keymap in $keymaps; do
    for background in dark light; do
        cp "$work/demo/config" "$work/config.$keymap.$background"
        printf '\n[review]\nkeymap=%s\ncursor=row\n[theme]\nbackground=%s\n' "$keymap" "$background" \
            >>"$work/config.$keymap.$background"
    done
    for locale in C.UTF-8 C; do
        want=$work/want.$locale.$keymap
        printf 'size 80 24\nwait\nsave %s\nkeys <Down> <Down> <Down> <Down>\nwait\nsave %s\nkeys <Enter>\nwait\nsave %s
keys q\nwait\nsave %s\n' "$want.list" "$want.moved" "$want.case" "$want.back" >"$work/script"
        LC_ALL=$locale NOTME_SCRIPT=$work/script "$NOTME" --config="$work/config.$keymap.dark" >"$work/out" 2>&1
        is "$?:$(cat "$work/out")" "0:" "$keymap, $locale: what has to be there is known"
        for step in $steps; do sed -i -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$want.$step"; done
    done
done

# Waits until the screen of session $1 is the file $2.
shows()
{
    local i
    for i in $(seq 1 600); do
        tm capture-pane -p -t "$1" 2>/dev/null | sed 's/ *$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$work/got.$1"
        cmp -s "$work/got.$1" "$2" && return 0
        sleep 0.1
    done
    return 1
}

# play NAME TERM LOCALE KEYMAP BACKGROUND: what is wrong goes to $work/wrong.NAME
play()
{
    local name=$1 term=$2 locale=$3 keymap=$4 background=$5 step
    local run="env TERM=$term LC_ALL=$locale NOTME_NOW=$NOTME_NOW '$NOTME' --config='$work/config.$name'"
    : >"$work/wrong.$name"
    # a state of its own: where one was killed the next start offers to go on
    sed "s|^state=.*|state=$work/state.$name|" "$work/config.$keymap.$background" >"$work/config.$name"
    # nothing is sent before somebody writes it down
    tm new-session -d -s "$name" -x 80 -y 24 "read -r go; exec $run"
    tm pipe-pane -t "$name" "cat >'$work/sent.$name'"
    tm send-keys -t "$name" Enter
    for step in $steps; do
        case $step in
        moved) tm send-keys -t "$name" Down Down Down Down ;;
        case) tm send-keys -t "$name" Enter ;;
        back) tm send-keys -t "$name" q ;;
        esac
        shows "$name" "$work/want.$locale.$keymap.$step" && continue
        echo "$step is not what was drawn" >>"$work/wrong.$name"
        diff "$work/want.$locale.$keymap.$step" "$work/got.$name" >>"$work/wrong.$name"
        break
    done
    tm kill-session -t "$name"
}

# sent NAME PATTERN: whether NAME sent a sequence that sets what fits the pattern (of grep -E)
sent() { LC_ALL=C grep -aEq $'\x1b'"\\[([0-9;]*;)?($2)(;[0-9;]*)?m" "$work/sent.$1"; }

# What was sent is what such a terminal knows.
look()
{
    local name=$1 term=$2 locale=$3 background=$5
    local any='3[0-9]|4[0-9]|9[0-7]|10[0-7]' many='38;5;[0-9]+|48;5;[0-9]+|9[0-7]|10[0-7]'
    case $term in
    vt100) sent "$name" "$any" && echo "a colour was sent" ;;
    xterm-256color)
        sent "$name" "48;5;$([ "$background" = dark ] && echo 238 || echo 253)" || echo "the cursor's line has no background"
        ;;
    *)
        sent "$name" '3[0-7]' || echo "no colour was sent"
        sent "$name" "$many" && echo "more colours were sent than there are"
        ;;
    esac
    [ "$background" = light ] && sent "$name" '33|93' && echo "yellow on a light background"
    [ "$locale" = C ] && LC_ALL=C grep -aq '[^ -~[:cntrl:]]' "$work/sent.$name" && echo "what is no ASCII was sent"
    [ -s "$work/sent.$name" ] || echo "nothing was sent"
}

tm new-session -d -s keep -x 80 -y 24 "sleep 3600"
tm set-option -g status off
cases=()
for term in vt100 linux screen xterm-256color; do
    for keymap in $keymaps; do
        for background in dark light; do cases+=("$term C.UTF-8 $keymap $background"); done
        cases+=("$term C $keymap dark")
    done
done
for i in "${!cases[@]}"; do
    # shellcheck disable=SC2086 # four words
    play "case$i" ${cases[i]} &
    [ $((i % 6)) = 5 ] && wait
done
wait
for i in "${!cases[@]}"; do
    # shellcheck disable=SC2086 # four words
    wrong=$(cat "$work/wrong.case$i"; look "case$i" ${cases[i]})
    is "$wrong" "" "${cases[i]}"
done
done_testing
