#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the completions of the shells are those of this program, and that they complete: commands, options,
# values, also several with commas between, and files, in bash and where they are here in fish and zsh.
. "$(dirname "$0")/../lib/tap.sh"
made=$top/doc/completion
if command -v python3 >/dev/null; then
    python3 "$made/generate" "$NOTME" "$work/made"
    for name in notme.bash _notme notme.fish; do
        is "$(diff "$made/$name" "$work/made/$name" 2>&1)" "" "$name is what the program says (else: make completion)"
    done
else
    skip "no python3"
fi

# completed LINE: what bash offers at its end
completed()
{
    bash -c 'set -u; compopt() { :; }; . "$1"; COMP_LINE=$2 COMP_POINT=${#2}; read -ra COMP_WORDS <<<"${2//=/ = }"
        case $2 in *" ") COMP_WORDS+=("") ;; esac
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _notme; echo "${COMPREPLY[*]}"' - "$made/notme.bash" "$1"
}
is "$(completed "notme qu")" "quarantine questions" "bash: commands"
is "$(completed "notme --config=x li")" "list" "... behind an option"
is "$(completed "notme list --rev")" "--reverse" "... options of a command"
is "$(completed "notme --co")" "--config= --color=" "... options of all"
is "$(completed "notme list --format=te")" "text text0" "... values"
is "$(completed "notme check --is=fake,gen")" "fake,genuine" "... several values"
cd "$work" && touch mail.eml
is "$(completed "notme show mai")" "mail.eml" "... files"
is "$(completed "notme check --files-from=mai")" "mail.eml" "... files as values"
is "$(completed "notme summary mai")" "" "... not where a query stands"
"$NOTME" demo "$work/demo" >/dev/null
mkdir -p "$XDG_CONFIG_HOME/notme" && cp "$work/demo/config" "$XDG_CONFIG_HOME/notme/"
"$NOTME" delete --yes --verdict=fake '*' >/dev/null
PATH=$(dirname "$NOTME"):$PATH
is "$(completed "notme undo ")" "1" "... numbers of jobs"
like "$(completed "notme answer forw")" "^forwarder:relay\\.beech\\.example" "... questions"

if command -v fish >/dev/null; then
    offered() { fish -c "source $made/notme.fish; complete -C '$1'" | cut -f1 | tr '\n' ' '; }
    is "$(offered "notme qu")" "quarantine questions " "fish: commands"
    is "$(offered "notme list --format=te")" "--format=text --format=text0 " "... values"
    is "$(offered "notme check --is=fake,gen")" "--is=fake,genuine " "... several values"
    is "$(offered "notme undo ")" "1 " "... numbers of jobs"
else
    skip "no fish"
fi
if command -v zsh >/dev/null; then
    run zsh -n "$made/_notme"
    is "$status:$out$err" "0:" "zsh reads its own"
else
    skip "no zsh"
fi
done_testing
