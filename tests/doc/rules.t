#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that doc/TRACING tells every rule of the verdict, and that a test asks for each by its name.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top" || exit 1

rules=$(sed -n 's/^    {"\([a-z-]*\)", FOR_.*/\1/p' src/verdict/rules_*.c | sort -u)
ok "$([ "$(wc -l <<<"$rules")" -gt 25 ]; echo $?)" "the tables of src/verdict/rules_*.c are found"
untold= untested=
for rule in $rules; do
    grep -Eq -- "(^|[ ,])$rule([ ,]|\$)" doc/TRACING || untold+="$rule "
    grep -Eq "[\" ']${rule}[\" .]" tests/unit/*.c tests/cli/*.t || untested+="$rule "
done
is "$untold" "" "every rule is in doc/TRACING"
is "$untested" "" "every rule is asked for by a test"
done_testing
