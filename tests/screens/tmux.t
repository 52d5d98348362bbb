#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# In a real terminal, under tmux: start, resize, suspend, split keys, hang-up, a crash; and the clear
# lines where there is no usable terminal.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

six_bounces
index
printf '[review]\nclipboard=osc52\n' >>"$conf"

run env TERM=dumb "$NOTME" --config="$conf"
is "$status" 2 "without a terminal: exit 2"
like "$err" '^notme: .*needs a terminal' "... and a clear line"

command -v tmux >/dev/null || { skip "tmux is not here"; done_testing; exit 0; }
unset TMUX
socket=$work/tmux
tm() { tmux -f /dev/null -S "$socket" "$@"; }
trap 'tm kill-server 2>/dev/null; rm -rf "$work"' EXIT
screen() { tm capture-pane -p -t t; }
# Waits until the screen fits a pattern; says which screen there was if it never does.
see()
{
    local i
    for i in $(seq 1 600); do # however busy the machine is
        screen 2>/dev/null | grep -Eq -e "$1" && { ok 0 "$2"; return; }
        sleep 0.1
    done
    ok 1 "$2"
    screen | sed 's/^/# /' >&2
}
say() { tm send-keys -t t "$@"; }
# The program, started so that its process is known.
start=$work/start
printf '#!/bin/sh\necho $$ >"%s"\nexec "%s" --config="%s"\n' "$work/pid" "$NOTME" "$conf" >"$start"
chmod +x "$start"
pid() { cat "$work/pid"; }
children() { grep -sl "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status | cut -d/ -f3; }

tm new-session -d -s t -x 80 -y 24 "env PS1='prompt> ' bash --norc --noprofile"
see 'prompt>' "a shell"
say "TERM=dumb $NOTME --config=$conf; echo status \$?" Enter
see 'status 2' "TERM=dumb: exit 2"
see '^notme: the terminal "dumb"' "... and a clear line"
say "clear; TERM=nonsense $NOTME --config=$conf; echo status \$?" Enter
see 'status 2' "an unknown terminal: exit 2"
say "clear; $start" Enter
see '^›✘ .*user1@' "the first screen"
see '1/6 ─$' "... with its case"
say j Down
see '^›✘ .*user3@' "keys move"
say -H 1b
sleep 0.25
say -H 5b 42
see '^›✘ .*user4@' "an arrow key that comes in pieces is one"
say -H 1b
sleep 1
say -H 5b
sleep 0.3
say -H 41
see '^›✘ .*user3@' "... however late"
tm resize-window -t t -x 40 -y 10
see '^›✘ .*user3@remo….*' "40x10"
tm resize-window -t t -x 12 -y 2
see '^notme: too' "12x2"
tm resize-window -t t -x 1 -y 1
sleep 0.3
tm resize-window -t t -x 100 -y 30
see '3/6 ─$' "and back"
say C-z
see '^prompt>$' "suspended by key"
say "fg" Enter
see '3/6 ─$' "... and back"
kill -TSTP "$(pid)"
see '^prompt>$' "suspended by signal"
say "stty -a | grep -o ' echo ' ; fg" Enter
see '3/6 ─$' "... and back"
tm set-option -s set-clipboard on
say y a
see '^ Copied: 198.51.100.9 +[?] help$' "copied"
is "$(tm show-buffer 2>/dev/null)" 198.51.100.9 "... through the terminal"
say q
see '^prompt>$' "left"
say "clear; stty -a | tr ' ' '\\n' | grep -x -e icanon -e echo | tr '\\n' ,; echo" Enter
see 'icanon,echo,' "the terminal is as it was"
# A prompt of its own for each: what the one before left on the screen is gone when it is there.
for term in vt100 xterm-256color screen linux; do
    say "clear; PS1='$term> '" Enter
    see "^$term>\$" "a shell"
    say "TERM=$term $start" Enter
    see '1/6 .$' "TERM=$term"
    say q
    see "^$term>\$" "... left"
done
say "clear; PS1='prompt> '" Enter
see '^prompt>$' "a shell"
say "clear; LC_ALL=C $start" Enter
see '^>x .*user1@' "without UTF-8"
kill -SEGV "$(pid)"
see '^prompt>$' "it crashed"
say "clear; stty -a | tr ' ' '\\n' | grep -x -e icanon -e echo | tr '\\n' ,; echo" Enter
see 'icanon,echo,' "... and the terminal is as it was"
say "clear; $start" Enter
see '1/6 ─$' "once more"
left=$(pid)
workers=$(children "$left")
tm kill-session -t t
for i in $(seq 1 600); do
    kill -0 "$left" 2>/dev/null || break
    sleep 0.1
done
kill -0 "$left" 2>/dev/null
is $? 1 "the terminal goes away: so does the program"
# alive PID...: how many run; one that has ended and that nobody asked after does not
alive()
{
    local pid n=0
    for pid; do grep -sq '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$pid/status" && n=$((n + 1)); done
    echo $n
}
# shellcheck disable=SC2086 # a list
for i in $(seq 1 600); do
    [ "$(alive $workers)" = 0 ] && break
    sleep 0.1
done
# shellcheck disable=SC2086
is "$(alive $workers)" 0 "... and its workers"
# a job that runs when the interface is left goes on, and that is said
mkfifo "$work/hold"
(exec 3<>"$work/hold"; exec notmuch tag --batch <&3) 2>/dev/null &
holder=$!
sleep 0.5
tm kill-server 2>/dev/null
tm new-session -d -s t -x 80 -y 24 "env PS1='prompt> ' bash --norc --noprofile"
see 'prompt>' "a shell once more"
say "clear; $start" Enter
see 'The line was lost at .* Go back to the list\? \(y/n\)' "the line was lost: the last view is offered"
say y
see '^›✘ .*user1@' "the list"
say d
for n in $(seq 1 60); do # the list is read again: a key may have come before its rows
    sleep 1
    screen | grep -q 'waiting for the database' && break
    screen | grep -q 'there is no case here' && say d
done
see 'waiting for the database' "a job that cannot begin yet"
say q
see '^notme: deleting goes on by itself, 0 of 1 so far; "notme log" says' "left: one line says that it goes on"
kill "$holder"
wait "$holder" 2>/dev/null
for n in $(seq 1 600); do
    "$NOTME" --config="$conf" log 2>/dev/null | grep -q 'delete.*done' && break
    sleep 0.1
done
like "$("$NOTME" --config="$conf" log)" 'delete +1 of 1 .*done|delete.*done' "... and it did"
done_testing
