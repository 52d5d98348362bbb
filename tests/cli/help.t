#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a user who asks for help gets it by whatever word he uses for it: every command's usage names all of its options and says what its exit statuses mean.
. "$(dirname "$0")/../lib/tap.sh"

run "$NOTME" --help
all=$out
is "$status" 0 "--help"
for words in help -h 'help --help' '--config=/nosuch help'; do
    # shellcheck disable=SC2086 # several words
    run "$NOTME" $words
    is "$out" "$all" "notme $words is the same"
done
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' <<<"$all")
like "$commands" '^check$' "it lists the commands"
bad=
for command in $commands; do
    run "$NOTME" "$command" --help
    [ "$status" = 0 ] || bad="$bad $command:status"
    help=$out
    for words in "help $command" "$command -h" "-h $command"; do
        # shellcheck disable=SC2086
        run "$NOTME" $words
        [ "$out" = "$help" ] || bad="$bad ($words)"
    done
    usage=$(sed -n '1p; 2,${/^        /!q; p}' <<<"$help")
    for option in $(grep -oE '^ +(-[a-z], )?--[a-z0-9-]+' <<<"$help" | grep -oE -e '--[a-z0-9-]+'); do
        grep -qF -e "[$option" <<<"$usage" || bad="$bad $command:$option"
    done
    grep -q '^Exit status: 0 done; 1 done, but' <<<"$help" || bad="$bad $command:statuses"
    long=$(sed '/^$/,$d' <<<"$help" | grep -E '.{80}')
    [ -z "$long" ] || bad="$bad $command:$long"
done
is "$bad" "" "each command's usage names all options, says what statuses mean, and fits 80 columns"
run "$NOTME" check --help
like "$out" 'With --exit-code: 10 genuine, 11 backscatter, 12 fake, 13 undecided' "check tells its own statuses"
like "$out" 'With --is: 0 all .* 1 some is not, 2 ' "... of --is, too"
run "$NOTME" help nosuch
like "$status $err" '^2 notme: nosuch: unknown command' "help on what is none"
run "$NOTME" --version
version=$out
run "$NOTME" -V
is "$out" "$version" "-V is --version"
like "$out" '^notme [0-9]' "... and tells it"
done_testing
