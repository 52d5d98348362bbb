#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that doc/OUTPUTS is true as far as names go: the tests and sources that it names are there, and each source of the command line that prints is named.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top" || exit 1

table=$(sed -n '/^----/,/^How the program/p' doc/OUTPUTS)
tests=$(grep -oE 'tests/[a-z_/]+\.[tc]' <<<"$table" | sort -u)
ok "$([ "$(wc -l <<<"$tests")" -gt 15 ]; echo $?)" "the table is found"
is "$(for file in $tests; do [ -s "$file" ] || echo "$file"; done)" "" "every test that it names is there"
sources=$(grep -oE '(src|ui)/[a-z_/]+(\.c)?' <<<"$table" | sort -u)
is "$(for file in $sources; do [ -e "$file" ] || echo "$file"; done)" "" "so is every source"
# Constant texts only: help, the key table, what a job did, the names of files that it made itself.
plain=' src/cli/main.c src/cli/cmd_keys.c src/cli/cmd_demo.c src/cli/cmd_act.c src/cli/cmd_tag.c src/cli/cmd_show.c src/cli/cmd_answer.c '
is "$(grep -lE '\b(puts|fputs|printf|fprintf|putchar|fwrite)\(' src/*/*.c | while read -r file; do
    case $plain in *" $file "*) continue ;; esac
    grep -qF "$file" doc/OUTPUTS || echo "$file"
done)" "" "every source that prints is in it"
done_testing
