#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves how "notme check" works in pipes: lists that come slowly, several messages in one stream, packed mail, FIFOs, other formats, exit statuses, and output that nobody tears.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/bounce.sh"
cd "$work" || exit 1

alder config

bounce own.eml 'mail.alder.example (mail.alder.example [203.0.113.25])'
bounce forged.eml 'mail.alder.example (dsl-198-51-100-99.elm.example [198.51.100.99])' $'the\tminutes'
printf 'From: lee@birch.example\nTo: rowan@alder.example\nSubject: tea\n\nAt four?\n' >plain.eml
from='From MAILER-DAEMON Mon Jul  6 10:00:05 2026'
{
    echo "$from"
    cat own.eml
    printf '\n%s\n' "$from"
    cat forged.eml
    printf '\n%s\n' "$from"
    cat plain.eml
} >box

check()
{
    run "$NOTME" --config=config check "$@"
}

# --- several messages ---
run bash -c "'$NOTME' --config=config check --format=verdict - <box"
is "$out" $'genuine\nbackscatter\nnone' "several messages on standard input, told by their From lines"
run bash -c "'$NOTME' --config=config check --format=json - <box"
is "$(printf '%s\n' "$out" | grep -o '^{"file":"-","message":[0-9]*,"message_id":"[^"]*"')" \
    $'{"file":"-","message":1,"message_id":"own.eml@mx.birch.example"\n{"file":"-","message":2,"message_id":"forged.eml@mx.birch.example"' \
    "... counted in JSON"
run bash -c "'$NOTME' --config=config check - <own.eml"
like "$out" '^-: failure, genuine' "one message on standard input is not counted, though a line in it begins with From"
is "$(printf '%s\n' "$out" | wc -l)" 1 "... and is one"
run bash -c "{ echo '$from'; cat own.eml; } | '$NOTME' --config=config check --format=json -"
like "$out" '^\{"file":"-","message_id":"own.eml@' "one with a From line before it is one, too"
check box
is "$(printf '%s\n' "$out" | wc -l)" 1 "a file is one message"
check --mbox --format=tsv box
is "$(printf '%s\n' "$out" | cut -f1-3)" $'box:1\tgenuine\tfailure\nbox:2\tbackscatter\tfailure\nbox:3\t\tnone' "with --mbox it holds several"
check --mbox own.eml --format=json
like "$out" '^\{"file":"own.eml","message":1,' "... counted even if it holds one"
: >nothing
check --mbox nothing
is "$status/$out" "0/" "an empty mbox holds none"

# --- packed mail and what is none ---
gzip -c own.eml >own.eml.gz
check own.eml.gz
like "$out" '^own.eml.gz: failure, genuine' "gzip data is unpacked"
head -c 300 own.eml.gz >cut.gz
check cut.gz
is "$status" 0 "a gzip file that was cut is read as far as it goes"
printf '\037\213\010rubbish' >bad.gz
check bad.gz
is "$status" 1 "gzip data that are none: exit status 1"
like "$err" '^notme: bad.gz: this is no mail: gzip data that is empty or broken$' "... and it is said"
head -c 100000000 /dev/zero | gzip -1 >bomb.gz
check bomb.gz
is "$status/$out" "0/bomb.gz: none" "a small file that becomes a large one is read up to 8 MB"
printf '\3757zXZ\0rest' >mail.xz
printf '\050\265\057\375rest' >mail.zst
check mail.xz mail.zst
like "$err" 'mail.xz: this is no mail: xz data; only gzip is unpacked here' "xz data is named"
like "$err" 'mail.zst: this is no mail: zstd data' "... zstd too"
is "$status" 1 "... exit status 1"
check --ok-unreadable mail.xz own.eml
is "$status" 0 "--ok-unreadable: 0 all the same"
like "$err" 'mail.xz' "... and it is still named"

# --- lists ---
mkfifo names
"$NOTME" --config=config check --files-from=names >answers &
main=$!
exec 9>names
echo own.eml >&9
for _ in $(seq 1200); do
    [ -s answers ] && break
    sleep 0.05
done
like "$(cat answers)" '^own.eml: failure, genuine' "a name is answered while the list is still open"
printf 'plain.eml' >&9
exec 9>&-
wait $main
is "$(sed -n 2p answers)" "plain.eml: none" "... and the last without its newline"
cp own.eml $'two\nlines.eml'
printf 'two\nlines.eml\0plain.eml\0' | "$NOTME" --config=config check --files0-from=- >answers
is "$(cut -c1-29 answers)" $'two\\x0alines.eml: failure, ge\nplain.eml: none' "--files0-from takes names with newlines"
run bash -c "echo own.eml | '$NOTME' --config=config check --files-from=- -"
like "$err" 'notme: -: standard input is the list of names' "standard input cannot be both list and mail"
check --files-from=missing
is "$status" 2 "a list that is not there: exit status 2"
like "$err" 'notme: missing: No such file' "... and is named"
check --files-from=names --files0-from=names
is "$status" 2 "two lists are refused"

# --- FIFOs ---
mkfifo pipe
cat own.eml >pipe &
check plain.eml pipe forged.eml
is "$(printf '%s\n' "$out" | cut -c1-17)" $'plain.eml: none\npipe: failure, ge\nforged.eml: failu' "a FIFO is read, in its place"
run bash -c "'$NOTME' --config=config check <(cat '$work/forged.eml')"
like "$out" 'failure, backscatter' "a process substitution too"
check /dev/null
like "$err" '^notme: /dev/null: not a regular file$' "a device is not"

# --- formats ---
check --format=verdict own.eml forged.eml plain.eml
is "$out" $'genuine\nbackscatter\nnone' "--format=verdict: one word"
check --format=tsv forged.eml
is "$out" $'forged.eml\tbackscatter\tfailure\t198.51.100.99\t198.51.100.99\tmx.birch.example\tlee@birch.example\tuser-unknown' "--format=tsv: the usual columns"
check --format=tsv --fields=returned_subject,file,verdict forged.eml
is "$out" $'the minutes\tforged.eml\tbackscatter' "--fields: those named, in their order, no tab in a value"
check --format=json --fields=verdict,submitter_ip forged.eml
is "$out" '{"verdict":"backscatter","submitter_ip":"198.51.100.99"}' "--fields of JSON"
check --format=json --fields=file plain.eml
is "$out" '{"file":"plain.eml"}' "... the file alone"
check --format=json --fields=verdikt plain.eml
is "$status" 2 "an unknown field: exit status 2"
like "$err" 'no field "verdikt"; did you mean "verdict"\?' "... with the nearest"
check --fields=verdict plain.eml
is "$status" 2 "fields of text are refused"

# --- exit statuses ---
for one in own.eml:backscatter,fake:1 forged.eml:backscatter,fake:0 plain.eml:none:0 missing:genuine:2; do
    IFS=: read -r file is wanted <<<"$one"
    check --is="$is" "$file"
    is "$status/$out" "$wanted/" "--is=$is of $file: $wanted, and nothing printed"
done
check --is=sham own.eml
is "$status" 2 "--is with a word that is none: exit status 2"
check --is=genuine --format=verdict own.eml
is "$status/$out" "0/genuine" "--is prints where a format is named"

# --- whole lines ---
for i in $(seq 120); do
    cp forged.eml "n$i.eml"
done
printf '%s\n' n*.eml | xargs -P4 -n10 "$NOTME" --config=config check --format=json | cat >torn
is "$(wc -l <torn)" 120 "four at once into one pipe: as many lines as files"
is "$(grep -cv '^{"file":"n[0-9]*.eml",.*"forged_hop":[0-9nul]*}$' torn)" 0 "... and none is torn"
ls n*.eml | (ulimit -n 24; "$NOTME" --config=config check --jobs=2 --files-from=- >few 2>few.err)
is "$(grep -c backscatter few)/$(cat few.err)" "120/" "with few open files allowed, each waits for its turn"
if [ -e /dev/full ]; then
    run bash -c "'$NOTME' --config=config check own.eml >/dev/full"
    is "$status" 2 "output that cannot be written: exit status 2"
    like "$err" '^notme: standard output: No space left on device$' "... and is said"
fi
run bash -c "yes own.eml | '$NOTME' --config=config check --files-from=- | head -3 | wc -l"
is "$out/$err" "3/" "a list without an end, and a reader that has enough: it ends quietly"

# --- memory ---
if [ -r /proc/self/smaps_rollup ] && ! sanitized; then
    yes plain.eml | head -60000 | "$NOTME" --config=config check --jobs=2 --format=verdict --files-from=- >/dev/null 2>rest &
    main=$!
    most=0
    while kill -0 $main 2>/dev/null; do
        now=$(sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' /proc/$main/smaps_rollup 2>/dev/null)
        [ "${now:-0}" -gt $most ] && most=$now
        sleep 0.2
    done
    wait $main
    is "$?" 0 "sixty thousand names"
    ok "$((most > 20000))" "... in flat memory ($most kB)"
else
    skip "no /proc/PID/smaps_rollup, or a sanitizer in it"
fi
done_testing
