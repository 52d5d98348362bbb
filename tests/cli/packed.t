#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that mail packed by gzip is read like any other: files that notmuch reads too, mbox files and streams of it, several members in one; that a bomb costs little, and that only confined processes unpack.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
cd "$work" || exit 1
mailbox_config "$work/box"
inbox=$box/mail/INBOX/cur
for i in 1 2 3; do
    bounce "$i" "$i.eml"
    gzip -c "$i.eml" >"$inbox/$i.M.host:2,S"
done
index

# --- a mailbox of packed files ---
is "$(notme list --format=tsv --fields=id,verdict,recipient | sort)" \
    "$(for i in 1 2 3; do printf 'b%d@mx.remote.example\tbackscatter\tuser%d@remote.example\n' $i $i; done)" \
    "a mailbox of packed files is listed"
run notme show id:b1@mx.remote.example
like "$out" 'sent from +198.51.100.2' "show reads one"
run bash -c "'$NOTME' --config='$conf' show --format=json - <1.eml"
like "$out" "^\\{\"file\":\"$inbox/1.M.host:2,S\"" "the message unpacked on standard input is that file"
run bash -c "'$NOTME' --config='$conf' delete - <'$inbox/2.M.host:2,S'"
like "$(tags_of b2@mx.remote.example)" '(^| )deleted( |$)' "... and packed, too"
before=$(contents)
notme quarantine id:b3@mx.remote.example >log
is "$(files | grep -c Quarantine/cur/3.M)" 1 "quarantine moves one as it is"
notme undo >log
is "$(contents)" "$before" "... and undo puts it back"

# --- streams ---
for i in 1 2 3; do
    printf 'From a@b.example Mon Nov  3 10:00:0%d 2025\n' "$i"
    cat "$i.eml"
    echo
done >mbox
gzip -c mbox >mbox.gz
check() { run "$NOTME" --config="$conf" check "$@"; }
plain=$("$NOTME" --config="$conf" check --format=json - <mbox)
is "$(grep -c '"message":[123],"message_id":"b[123]@' <<<"$plain")" 3 "(three messages)"
is "$("$NOTME" --config="$conf" check --format=json - <mbox.gz)" "$plain" "a packed mbox on standard input is every message of it"
is "$( (head -c 2 mbox.gz; sleep 0.3; tail -c +3 mbox.gz) | "$NOTME" --config="$conf" check --format=json -)" "$plain" \
    "... also where it comes in small pieces"
check --mbox --format=verdict mbox.gz
is "$out" $'backscatter\nbackscatter\nbackscatter' "... and as a file with --mbox"
run bash -c "'$NOTME' --config='$conf' show --format=json - <mbox.gz"
is "$(grep -c '"id":' <<<"$out")" 3 "show - takes a packed mbox, too"
{ head -c 900 mbox | gzip -c; tail -c +901 mbox | gzip -c; echo rubbish; } >parts.gz
is "$("$NOTME" --config="$conf" check --format=json - <parts.gz)" "$plain" "members one behind the other are one stream; what is behind the last is passed over"
{ head -c 900 1.eml | gzip -c; tail -c +901 1.eml | gzip -c; } >parts.eml.gz
is "$("$NOTME" --config="$conf" check --format=verdict parts.eml.gz)" backscatter "... also in a file of one message"
size=$(stat -c %s mbox.gz)
head -c $((size - 30)) mbox.gz >cut.gz
run bash -c "'$NOTME' --config='$conf' check --format=verdict - <cut.gz"
like "$status $err" '^1 notme: -: its gzip data break off$' "a stream that breaks off: what came is read, and it is said"
like "$out" '^backscatter' "... from the first message on"
{ head -c 200 mbox.gz; head -c 4000 /dev/urandom; } >bad.gz
run bash -c "'$NOTME' --config='$conf' check --format=json --mbox bad.gz"
like "$status $err" '^1 notme: bad.gz: its gzip data (are broken|break off)' "broken data: said, exit status 1"
like "$out" '^\{"file":"bad.gz","error":"its gzip data' "... in JSON, too"

# --- bombs ---
head -c 300000000 /dev/zero | gzip -9 >bomb.gz
cat bomb.gz bomb.gz bomb.gz bomb.gz bomb.gz bomb.gz bomb.gz bomb.gz bomb.gz bomb.gz >bombs.gz # becomes 3 GB
# used COMMAND...: what it and its processes used of the CPU, in seconds, and of memory, in MB
used()
{
    python3 - "$@" <<'END'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=open("bomb.err", "w"), stdin=open("bombs.gz"))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(int(used.ru_utime + used.ru_stime), used.ru_maxrss >> 10)
END
}
read -r seconds memory <<<"$(used "$NOTME" --config="$conf" check --mbox bombs.gz)"
like "$(cat bomb.err)" 'bombs.gz: it becomes more than 250 times its size: no mail does' "a bomb in a stream is told"
[ "$seconds" -lt 20 ]
ok $? "... and is not unpacked to its end ($seconds s of the CPU)"
if sanitized; then
    skip "a sanitizer takes memory of its own"
else
    [ "$memory" -lt 200 ]
    ok $? "... nor held in memory ($memory MB)"
fi
read -r seconds memory <<<"$(used "$NOTME" --config="$conf" check bombs.gz)"
[ "$seconds" -lt 20 ]
ok $? "in a file, 8 MB of it are read ($seconds s of the CPU)"
run bash -c "'$NOTME' --config='$conf' check - <bombs.gz"
like "$out" '^-: none$' "... likewise of one message on standard input"

# --- who unpacks ---
if grep -q HAVE_SECCOMP "${NOTME_BUILD:-$top}/config.h" && ! sanitized && [ -r /proc/self/status ]; then
    mkfifo slow
    "$NOTME" --config="$conf" check --mbox slow >answers 2>&1 &
    main=$!
    exec 9>slow
    head -c 1000 mbox.gz >&9
    found=
    for _ in $(seq 600); do
        for status in /proc/[0-9]*/status; do
            pid=${status#/proc/}
            pid=${pid%/status}
            if grep -q "^PPid:[[:space:]]*$main\$" "$status" 2>/dev/null &&
                tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'worker=unpacker' &&
                grep -q '^Seccomp:[[:space:]]*2' "$status" 2>/dev/null; then
                found=$pid
            fi
        done
        [ -n "$found" ] && break
        sleep 0.1
    done
    [ -n "$found" ]
    ok $? "a process of its own unpacks the stream, and is confined"
    tail -c +1001 mbox.gz >&9
    exec 9>&-
    wait $main
    is "$(wc -l <answers)" 3 "... and all is read in the end"
else
    skip "no seccomp"
fi
done_testing
