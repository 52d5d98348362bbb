#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that doc/DIALECTS names the dialects that the program knows: all of them, and no others.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top" || exit 1

in_table=$(sed -n 's/^    {"\([^"]*\)", IN_.*/\1/p' src/bounce/dialects.c | sort -u)
# the table's left column: names with commas between, from the heading to the blank line behind it
in_page=$(sed -n '/^------  /,/^$/p' doc/DIALECTS | sed 1d |
    sed -E 's/^((, ?)?[a-z0-9-]+(, [a-z0-9-]+)*)?,?( .*)?$/\1/' | tr -d ' ' | tr , '\n' | grep . | sort -u)

ok "$([ "$(wc -l <<<"$in_table")" -gt 40 ]; echo $?)" "the table of src/bounce/dialects.c is found"
is "$(comm -23 <(echo "$in_table") <(echo "$in_page"))" "" "every dialect is in doc/DIALECTS"
is "$(comm -13 <(echo "$in_table") <(echo "$in_page"))" "" "doc/DIALECTS names no dialect that is not in the table"
done_testing
