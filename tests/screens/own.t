#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What goes out to other programs: what is copied, and the reviewer's own commands. An enemy wrote it: what
# is copied is one line in which a shell finds nothing to do, and a command is given it as an argument and in
# its environment, never as an option nor as part of a script.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

mailbox_config "$work/box"
bounce 1 "$work/box/mail/INBOX/cur/b1:2,S" dsl-77.example.net 198.51.100.77
bounce 2 "$work/box/mail/INBOX/cur/b2:2,S" dsl-77.example.net 198.51.100.77
bounce 3 "$work/box/mail/INBOX/cur/b3:2,S" dsl-77.example.net 198.51.100.77
sed -i "s/^Message-ID: <b2@.*/Message-ID: <\$(touch \$HOME.pwned)'\`x\`;b2@mx.remote.example>/
s/user2@remote.example/-oProxyCommand=x@remote.example/" "$work/box/mail/INBOX/cur/b2:2,S"
for n in 1 2 3; do
    sed -i "0,/^Date: .*/s//Date: Mon, 03 Nov 2025 10:0$((9 - n)):00 +0000/" "$work/box/mail/INBOX/cur/b$n:2,S"
done
index
cp "$conf" "$conf.bare"
export NOTME_NOW=2025-11-04T12:00:00Z NOTME_DNS_SERVER=127.0.0.1:9

# The program of the tests: its arguments and what its environment has, each on a line.
cat >"$work/tell" <<END
#!/bin/sh
{ for word; do printf 'arg %s\\n' "\$word"; done; env | grep '^NOTME_[IFR][PDIE]' | LC_ALL=C sort; } >>"$work/told"
END
chmod +x "$work/tell"

# play CONFIG LINE...: plays the lines, the configuration ended by CONFIG; the last screen is $screen.
play()
{
    printf '%s\n%s\n' "$(cat "$conf.bare")" "$1" >"$conf"
    shift
    printf '%s\n' wait "$@" wait "save $work/screen" >"$work/script"
    : >"$work/told"
    run env NOTME_SCRIPT="$work/script" "$NOTME" --config="$conf" review
    screen=$(tail -n 4 "$work/screen" | tr '\n' ' ')
}

for map in default emacs mutt vim; do
    keys=$("$NOTME" --config="$conf" keys --keymap=$map | grep -c '^list,case  *y [aic]  *copy-')
    is "$keys" 3 "y a, y i and y c in keymap $map"
done

# --- copying
play "" "keys y a"
like "$screen" 'Copying is off: "clipboard" in \[review\]' "copying is off until it is chosen"
play "[review]
clipboard=osc52" "keys y a" "copied $work/a" "keys y i" "copied $work/i" "keys y c" "copied $work/c"
is "$(cat "$work/a")" 198.51.100.77 "the address"
is "$(cat "$work/i")" id:b1@mx.remote.example "the id"
is "$(cat "$work/c")" "backscatter, failed user1@remote.example, user-unknown, sent from 198.51.100.77, in the name of me@own.example, reported by mx.remote.example, 2025-11-03T10:08:00Z, id:b1@mx.remote.example" "the case in one line"
like "$screen" ' Copied: backscatter, failed user1' "... and it is said"
play "[review]
clipboard=osc52" "keys j y i" "copied $work/i" "keys y c" "copied $work/c"
unlike "$(cat "$work/c")" '[$`;&|<>(){}"'\''!*?~#]' "nothing of an enemy's id is in the case"
eval "printf %s $(cat "$work/i")" >"$work/pasted" 2>/dev/null
is "$(cat "$work/pasted")" "id:\"\$(touch\$HOME.pwned)'\`x\`;b2@mx.remote.example\"" "an enemy's id, pasted into a shell, is itself"
[ -e "$HOME.pwned" ]
is $? 1 "... and nothing was run"
play "[review]
clipboard=tee $work/clip" "keys y a"
is "$(cat "$work/clip")" 198.51.100.77 "a command gets it on its standard input"
play "[review]
clipboard=false" "keys y a"
like "$screen" 'Not copied: "false" failed' "a command that fails is told of"
play "[review]
clipboard=/nowhere/copy" "keys y a"
like "$screen" 'Not copied: .*/nowhere/copy' "... and one that is not there"

play "[complain]
max_age=100y" "keys C" wait "keys a"
is "$(sed -n '/^\[complain\]/,$p' "$conf" | tr '\n' ' ')" "[complain] max_age=100y dns=true " "always asking the DNS is written into the configuration"

# --- commands of one's own
mkdir -p "$work/keymaps"
printf 'include default\nlist,case X run:tell\nlist,case W run:look\n' >"$work/box/own.keys"
own="[review]
keymap=$work/box/own.keys
[commands]
tell=$work/tell -x %ip --id=%id %recipient
look=$work/tell %ip"
play "$own" "keys X"
is "$(head -n 4 "$work/told")" "arg -x
arg 198.51.100.77
arg --id=b1@mx.remote.example
arg user1@remote.example" "a command and its arguments"
is "$(tail -n +5 "$work/told")" "NOTME_FILE=$work/box/mail/INBOX/cur/b1:2,S
NOTME_ID=b1@mx.remote.example
NOTME_IP=198.51.100.77
NOTME_RECIPIENT=user1@remote.example
NOTME_REPORTER=mx.remote.example" "... and its environment"
like "$screen" ' tell: run on 1 case' "... and it is said"
play "$own" "keys j X"
is "$(cat "$work/told")" "" "a recipient that looks like an option: nothing is run"
like "$screen" '%recipient begins with "-", as options do; nothing was run' "... and it is said"
play "$own" "keys t t W"
is "$(grep -c '^arg' "$work/told")" 2 "on all that are marked"
play "$own" "keys :" "type run look" "keys <Enter>"
is "$(grep '^arg' "$work/told")" "arg 198.51.100.77" "by name"
play "$own" "keys :" "type run loko" "keys <Enter>"
like "$screen" 'no "loko" in \[commands\]; did you mean "look"' "a name that is none"
play "$own" "keys ?" "keys / l o o k <Enter>"
like "$(cat "$work/screen")" "^ +W +look: $work/tell %ip" "the help has it"
like "$("$NOTME" --config="$conf" keys)" '^list,case +X +run:tell +# run a command' "so has notme keys"

printf 'include default\nlist X run:nope\n' >"$work/box/own.keys"
run "$NOTME" --config="$conf" keys
is "$status:$err" "2:notme: $work/box/own.keys:2: no command \"nope\" in [commands] of the configuration" "a key for what is none: file and line"
printf 'include default\nlist X run:\n' >"$work/box/own.keys"
run "$NOTME" --config="$conf" keys
like "$err" 'own.keys:2: which command\?' "a key for no command"
printf '%s\n[commands]\nx=sh -c "whois %%recipient"\n' "$(cat "$conf.bare")" >"$conf"
run "$NOTME" --config="$conf" keys
like "$status:$err" '^2:.*config:[0-9]+: .*no shell shall read it. A script finds it in \$NOTME_RECIPIENT' "what a shell would read is refused"
printf '%s\n[commands]\nx y=true\n' "$(cat "$conf.bare")" >"$conf"
run "$NOTME" --config="$conf" keys
like "$status:$err" '^2:.*config:[0-9]+: ' "a name that no key can have is refused"
done_testing
