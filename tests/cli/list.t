#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves what "notme list" prints: formats, filters, orders, and that nothing raw reaches the output.
. "$(dirname "$0")/../lib/tap.sh"
"$NOTME" demo "$work/demo" >/dev/null
mail=$work/demo/mail
notme()
{
    run "$NOTME" --config="$work/demo/config" "$@"
}

notme list
is "$status" 0 "list runs"
is "$(wc -l <<<"$out")" 56 "one line each"
like "$(head -1 <<<"$out")" '^✘ .* 198\.51\.100\.77 .* id:' "sign, injection and id are in it"
unlike "$out" $'\033' "no colours in a pipe"
notme list --color=always --limit=1
like "$out" $'\033' "colours when asked for"
run env LC_ALL=C "$NOTME" --config="$work/demo/config" list --limit=2
like "$(head -1 <<<"$out")" '^x ' "signs in ASCII where the locale has no others"

notme list --limit=3
is "$(wc -l <<<"$out")" 3 "--limit"
notme list --sort=verdict
is "$(sed "s,^\(.\).*,\1," <<<"$out" | uniq | tr -d '\n')" "✔?!✘" "--sort=verdict"
notme list --sort=verdict --reverse
is "$(sed "s,^\(.\).*,\1," <<<"$out" | uniq | tr -d '\n')" "✘!?✔" "--reverse"
notme list --reverse --limit=1
like "$out" 'web@mallow' "--reverse --limit: the oldest"
notme list --sort=recipient
is "$(grep -n 'a.bell' <<<"$out" | cut -d: -f1)" 1 "--sort=recipient"
notme list --sort=reporter --kind=delay
is "$(wc -l <<<"$out")" 1 "--kind"
notme list --sort=injection
like "$(head -1 <<<"$out")" ' own ' "--sort=injection: own first"
notme list from:teasel.example
like "$(wc -l <<<"$out")" '^9$' "a query"
notme list from:teasel.example or subject:roof and '(tag:inbox'
is "$status" 2 "an open bracket in a query is refused"
like "$err" "a bracket is not closed" "... with a word"
notme list 'nothing-like-this'
is "$status/$out" 0/ "nothing found is no error"

notme list --format=json --limit=1
printf '%s\n' "$out" >"$work/one.json"
for key in file message_id kind verdict evidence returned_chain injection id tags timestamp; do
    like "$out" "\"$key\":" "JSON has $key"
done
unlike "$out" '"internal"' "and nothing internal"

is "$("$NOTME" --config="$work/demo/config" list --format=text0 --limit=2 | tr '\0' '\n' | grep -c '^id:')" 2 "text0"
notme list --format=addresses --verdict=genuine
is "$(sort -u <<<"$out" | wc -l)" 9 "addresses"

# columns of one's own choice
notme list --format=tsv --fields=verdict,recipient,handle,tags --limit=1
like "$out" $'^backscatter\ta.bell@larch.example\t@[0-9a-z]{7}\tinbox unread$' "--fields of tsv"
notme list --format=json --fields=id,verdict --limit=1
like "$out" '^\{"verdict":"backscatter","id":"[^"]+"\}$' "--fields of json"
notme list --fields=verdict,recipient --limit=2
is "$out" "backscatter  a.bell@larch.example
genuine      k.ruiz@larch.example" "--fields of text: columns"
is "$("$NOTME" --config="$work/demo/config" list --format=tsv --limit=1 | tr '\t' '\n' | wc -l)" 8 "tsv has columns of its own"
notme list --fields=recipent
like "$err" 'did you mean "recipient"' "an unknown field is told"
notme list --format=files --limit=2
is "$(xargs -d '\n' ls <<<"$out" | wc -l)" 2 "--format=files: names of files"
notme list --format=files --fields=id
is "$status" 2 "which have no fields"
notme list --warning
is "$(wc -l <<<"$out")" 2 "--warning: only cases with one"

# handles: what a terminal shows, every command takes
handle=$("$NOTME" --config="$work/demo/config" list --fields=handle --limit=1)
id=$("$NOTME" --config="$work/demo/config" list --format=text0 --limit=1 | tr -d '\0')
is "$("$NOTME" --config="$work/demo/config" list "$handle" --format=text0 | tr -d '\0')" "$id" "a handle finds its message"
notme list "$handle or verdict:genuine"
is "$(wc -l <<<"$out")" 12 "... within a query too"
notme show "$handle"
like "$out" "message +$id" "show takes it"
notme delete --dry-run "$handle"
like "$out" '^delete: 1 message;' "delete takes it"
notme complain --dry-run "$handle"
like "$out" 'postmaster@larch.example' "complain takes it"
notme list @0000000
is "$status" 2 "one that nothing has is refused"
like "$err" 'no bounce or notice has this handle' "... with a word"

# on a terminal: rows as wide as it, no wider, each with its handle
if command -v script >/dev/null; then
    for columns in 40 80 120 200; do
        script -qec "stty cols $columns rows 24; '$NOTME' --config='$work/demo/config' --color=never list" /dev/null </dev/null | tr -d '\r' >"$work/tty"
        is "$(wc -L <"$work/tty" | awk -v most=$columns '{print ($1 <= most && $1 > most * 0.6)}')" 1 "$columns columns: rows fit"
        is "$(grep -c '^[✔✘!?]  @[0-9a-z]\{7\} ' "$work/tty")" 56 "... and have handles"
    done
    like "$(head -1 "$work/tty")" '^ +handle +date +failed +why +sent from +reported by$' "columns have heads"
    is "$(grep -c "$handle" "$work/tty")" 1 "the handle of the first row"
    is "$(grep -cE '^[?] .*[0-9][?] ' "$work/tty"):$(grep -cE '^[^?] .*[0-9][?] ' "$work/tty")" "4:0" \
        "behind an address that is not known to have sent it stands ?"
    like "$(grep 'LOGIN[?]' "$work/tty" | head -1)" 'LOGIN[?] +198[.]51[.]100[.]200 ' "of a warning: who logged in"
fi

# wrong use
for wrong in --format=xml --verdict=maybe --kind=letter --sort=size --limit=0 --limit=x --nonsense; do
    notme list "$wrong"
    is "$status" 2 "$wrong is refused"
    is "$(wc -l <<<"$err")" 1 "in one line"
done
notme list --help
is "$status" 0 "--help"
like "$out" 'addresses' "says what there is"

# what was thrown away or put aside is left out, file by file
mkdir -p "$mail/Trash/cur" "$mail/Quarantine/cur"
first=$(find "$mail/Inbox/cur" -name '*.2[0-9].demo*' | sort | head -1)
cp "$first" "$mail/Trash/cur/copy.1:2,"
second=$(find "$mail/Inbox/cur" -name '*.2[0-9].demo*' | sort | sed -n 2p)
mv "$second" "$mail/Quarantine/cur/"
if command -v notmuch >/dev/null; then
    export NOTMUCH_CONFIG=$work/demo/notmuch-config
    notmuch new >/dev/null 2>&1
    notme list
    is "$(wc -l <<<"$out")" 55 "a message whose only file is in quarantine is left out; a copy in the trash does not matter"
    # hostile headers: escape sequences and direction marks
    sed -e 's/^Message-ID: <.*/Message-ID: <evil@esc.example>/I' \
        -e $'s/^Final-Recipient: .*/Final-Recipient: rfc822; a\033]52;c;eA==\007\xe2\x80\xae@b.example/' \
        "$mail/Inbox/cur/"*.20.demo* >"$mail/Inbox/cur/evil:2,"
    notmuch new >/dev/null 2>&1
    notme list id:evil@esc.example
    is "$status" 0 "hostile mail is listed"
    unlike "$out" $'\033|\007|\xe2\x80\xae' "nothing raw comes through"
    notme show id:evil@esc.example
    unlike "$out" $'\033|\007|\xe2\x80\xae' "nor in show"
    notme list --format=json id:evil@esc.example
    unlike "$out" $'\033|\007' "nor in JSON"
    # one id, two different files: the one behind it is seen too
    sed -e 's/^Message-ID: <.*/Message-ID: <evil@esc.example>/I' "$mail/Inbox/cur/"*.21.demo* \
        >"$mail/Inbox/cur/evil2:2,"
    notmuch new >/dev/null 2>&1
    notme list id:evil@esc.example
    is "$(wc -l <<<"$out")" 2 "what hides behind another's id is listed too"
    notme list "$("$NOTME" --config="$work/demo/config" list --fields=handle id:evil@esc.example | tail -1)"
    is "$(wc -l <<<"$out")" 1 "... and a handle is of one of them"
    rm "$mail/Inbox/cur/"*.22.demo*
    mv "$mail/Inbox/cur/"*.23.demo* "$(echo "$mail/Inbox/cur/"*.23.demo*)RS"
    notme list
    is "$status" 0 "files that vanished or got other flags since are no error"
    is "$(wc -l <<<"$out")" 56 "the one is left out, the other found"
    unset NOTMUCH_CONFIG
fi
run "$NOTME" --config="$work/demo/config" list 2>"$work/err" | head -1 >/dev/null
"$NOTME" --config="$work/demo/config" list --format=json 2>"$work/err" | head -c 10 >/dev/null
is "$(cat "$work/err")" "" "a closed pipe ends quietly"
done_testing
