#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the manual is well formed and complete: every command, option, configuration key, action and
# colour role is in it, and every command line that it shows has a command that exists.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top/doc" || exit 1

if command -v mandoc >/dev/null; then
    for page in notme*.[157]; do
        is "$(mandoc -T lint -W warning "$page" 2>&1 | grep -v 'referenced manual not found')" "" \
            "$page is well formed"
    done
    as_text() { mandoc -T utf8 -O width=1000 "$1" | sed 's/.\x08//g'; }
else
    for page in notme*.[157]; do
        skip "no mandoc"
    done
    as_text() { sed 's/\\&//g' "$1"; }
fi

# missing WORDS PAGE MACRO: the words (one a line) that PAGE does not introduce by itself, behind .It MACRO
missing()
{
    local word
    while IFS= read -r word; do
        grep -Eq -e "^\\.It (.* )?$3 (.*[ ,])?$word( |$)" "$2" || echo "$word"
    done <<<"$1"
}

# names_on HEADING: first words of the indented lines below it
names_in_help()
{
    sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

if command -v groff >/dev/null; then
    for page in notme*.[157]; do
        # shellcheck disable=SC1112 # those quotes are looked for
        is "$(groff -mandoc -Tutf8 -P-c "$page" 2>/dev/null | sed 's/.\x08//g' | grep -E '‘[^’]*[‘,]|’’')" "" \
            "$page: no quotes in quotes, and no list in one pair of them, with groff"
    done
else
    skip "no groff"
fi

commands=$("$NOTME" --help | names_in_help)
like "$commands" '^check$' "the help names commands"
is "$(missing "$commands" notme.1 Cm)" "" "every command is in notme(1)"

known=" $(echo $commands) review learn demo "
is "$(sed -n 's/^\.It Cm \([a-z]*\).*/\1/p' notme.1 | while read -r name; do
    case $known in *" $name "*) ;; *) echo "$name" ;; esac
done)" "" "notme(1) names no other"

page=$(as_text notme.1)
lost=$(for name in $commands; do
    "$NOTME" "$name" --help | grep -oE -e '^ +(-[a-z], )?--[a-z-]+' | grep -oE -e '--[a-z-]+' |
        while read -r option; do
            printf '%s\n' "$page" | grep -qe "$option" || echo "$name $option"
        done
done)
is "$lost" "" "every option is in notme(1)"

keys=$(sed -n 's/^    {"[a-z]*", "\([a-z_]*\)",.*/\1/p' "$top/src/config/config_keys.c")
like "$keys" '^sent_complete$' "configuration keys are found in the source"
is "$(missing "$keys" notme-config.5 Cm)" "" "every configuration key is in notme-config(5)"
sections=$(sed -n 's/^    {"\([a-z]*\)", .*/\1/p' "$top/src/config/config_keys.c" | sort -u)
is "$(for name in $sections; do grep -qx "\\.Ss $name" notme-config.5 || echo "$name"; done)" "" \
    "every section is in notme-config(5)"

config=$(as_text notme-config.5)
is "$(sed -n '/^#define ROLES/,/^$/s/.*X([A-Z]*, "\([a-z]*\)".*/\1/p' "$top/ui/screen/theme.h" 2>/dev/null |
    while read -r role; do
        printf '%s\n' "$config" | grep -qw "$role" || echo "$role"
    done)" "" "every role of [theme] is in notme-config(5)"

# Each action with its sentence, as the table has it.
is "$(tr -d '\\\n' <"$top/src/keymap/action.h" | grep -oE 'X\([A-Z_]+, +"[a-z-]+", +"[^"]*' |
    sed 's/.*("\?[A-Z_]*, *"\([a-z-]*\)", *"\(.*\)/\1|\2/' | while IFS='|' read -r name sentence; do
        grep -Fx -A1 ".It Cm $name" notme-keys.5 | grep -Fq "$sentence" || echo "$name: $sentence"
    done)" "" "every action is in notme-keys(5) with its own sentence"

for file in HACKING VIOLATIONS TRACING DIALECTS ../README ../COPYING; do
    [ -s "$file" ]
    ok $? "$file is there"
done
# What the README tells to read exists.
is "$(grep -oE '\bdoc/[A-Za-z0-9.-]+' ../README | sort -u | while read -r file; do
    [ -s "../$file" ] || echo "$file"
done)" "" "all that the README names is there"
done_testing
