#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that what goes wrong is told in one clear line, with the right exit status.
. "$(dirname "$0")/../lib/tap.sh"

one_line()
{
    is "$(printf '%s\n' "$err" | wc -l)" 1 "$1: one line"
    like "$err" '^notme: ' "$1: it begins with the program's name"
}

run "$NOTME" lst
is "$status" 2 "an unknown command"
like "$err" 'did you mean "list"' "with a guess"
one_line "unknown command"
run "$NOTME" foo
unlike "$err" 'did you mean' "no guess where nothing is like it"
run "$NOTME" list
is "$status" 2 "no database"
like "$err" 'notmuch setup.*notme demo' "says how to get one"
one_line "no database"
run "$NOTME" --config="$work/nosuch" list
is "$status" 2 "a configuration that is not there"
one_line "no configuration"

config()
{
    printf '%b' "$1" >"$work/config"
    run "$NOTME" --config="$work/config" list
}
config '[review]\nquery=tag:x\nsotr=date\n'
is "$status" 2 "an unknown key"
like "$err" "$work/config:3: .*sotr" "names file, line and key"
one_line "unknown key"
config '[reviews]\n'
is "$status" 2 "an unknown section"
like "$err" "$work/config:1: " "names its line"
config '[identity]\nnetworks=192.0.2.0/33\n'
is "$status" 2 "a bad value"
like "$err" "$work/config:2: .*192.0.2.0/33" "names it"
like "$err" '192.0.2.0/24' "and what is allowed"
config '[actions]\ntrash=../outside\n'
is "$status" 2 "a folder outside the mail"
config 'nonsense\n'
is "$status" 2 "no key file at all"
one_line "no key file"

"$NOTME" demo "$work/demo" >/dev/null
sed -i 's|^notmuch_config=.*|notmuch_config='"$work"'/none|' "$work/demo/config"
run "$NOTME" --config="$work/demo/config" list
is "$status" 2 "a notmuch configuration that is not there"
one_line "no notmuch configuration"
printf '[database]\npath=%s/demo/mail\n' "$work" >"$work/none"
run "$NOTME" --config="$work/demo/config" list --limit=1
is "$status" 0 "one that is enough"
echo rubbish >"$work/demo/mail/.notmuch/xapian/iamglass"
run "$NOTME" --config="$work/demo/config" list
is "$status" 2 "a damaged database"
one_line "damaged database"

# every command has its help, and it is free of side effects
for command in $("$NOTME" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    run "$NOTME" "$command" --help
    is "$status" 0 "$command --help"
    like "$out" "^notme $command" "$command --help names it"
    case $command in
    review) ;;
    *)
        run "$NOTME" "$command" --no-such-option
        is "$status" 2 "$command --no-such-option"
        ;;
    esac
done
run "$NOTME" --version
like "$out" '^notme [0-9]' "--version"
run "$NOTME" --color=pink list
is "$status" 2 "--color=pink"
run "$NOTME" --config
is "$status" 2 "--config without a file"
done_testing
