#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves where settings come from and what follows from a change of them: the system's configuration, NOTME_CONFIG, tags that are stale, quarantine that leaves files where they are, and own hosts without a dot.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
mailbox_config "$work/box"
inbox=$box/mail/INBOX/cur
for i in 1 2 3; do
    bounce "$i" "$inbox/$i.M.host:2,S"
done
genuine 4 "$inbox/4.M.host:2,S"
index
check() { run "$NOTME" "$@" check --format=verdict "$inbox/4.M.host:2,S" "$inbox/1.M.host:2,S"; }

# --- files ---
mkdir -p "$work/etc/one/notme" "$work/etc/two/notme" "$XDG_CONFIG_HOME/notme"
export XDG_CONFIG_DIRS=$work/etc/one:$work/etc/two
check
is "$out" $'undecided\nundecided' "(without a configuration nobody knows)"
sed '/^\[mail\]/,/^state/d' "$conf" >"$work/etc/two/notme/config"
check
is "$out" $'genuine\nbackscatter' "the system's configuration is read"
printf '[identity]\nnetworks=198.51.100.0/24\nhosts=spam.example.net\n' >"$work/etc/one/notme/config"
check
is "$out" $'undecided\ngenuine' "... a folder that comes before another wins, key by key"
printf '[identity]\nnetworks=203.0.113.0/24\nhosts=mail.own.example\n' >"$XDG_CONFIG_HOME/notme/config"
check
is "$out" $'genuine\nbackscatter' "... and the user's own over both"
printf '[identity]\nnetworks=192.0.2.77/32\ndomains=other.example\naddresses=a@other.example\nhosts=mail.other.example\n' >"$work/third"
NOTME_CONFIG=$work/third check
unlike "$out" genuine "NOTME_CONFIG is read in its place"
NOTME_CONFIG=$work/third check --config="$XDG_CONFIG_HOME/notme/config"
is "$out" $'genuine\nbackscatter' "... unless --config names another"
NOTME_CONFIG=$work/nosuch check
like "$status $err" "^2 notme: $work/nosuch: No such file" "... and has to be there"
printf '[identity]\nnetworcs=1\n' >"$work/etc/two/notme/config"
check
like "$status $err" "^2 notme: $work/etc/two/notme/config:2: unknown key \"networcs\"" "what is wrong with the system's is told with its name"
rm -r "${work:?}/etc"
NOTME_CONFIG=$conf run "$NOTME" answer is-own:198.51.100.9 no
like "$(cat "$conf")" '^not_own=198.51.100.9$' "an answer is written to the file that was read last"
notme undo >"$work/log"

# --- stale tags ---
run notme tag
like "$out" '^job [0-9]*: 4 tagged' "the hook tags"
run notme tag
is "$out$err" "" "... and then has nothing to do"
sed -i 's/^networks=.*/networks=203.0.113.0\/24;198.51.100.0\/24/; s/^hosts=.*/&;spam.example.net/' "$conf"
run notme tag --dry-run
like "$err" '^notme: tag: the configuration or notme itself has changed since the verdicts were tagged: all mail is looked at again$' "where it changed who one is, the next run says that all is looked at again"
like "$out" 'tag: 3 messages; nothing was changed' "... a dry run what would change"
run notme tag
is "$(notmuch count tag:genuine)" 4 "... and it is"
run notme tag
is "$out$err" "" "... once"
mark=$state/tag-revision
sed -i 's/ [0-9a-f]*$//' "$mark"
run notme tag
like "$err" 'all mail is looked at again' "what an older version tagged is looked at again, too"
sed -i 's/[0-9a-f]\{64\}/0&/' "$mark"
run notme tag --quiet
is "$out$err" "" "--quiet: without a word"
sed -i 's/;198.51.100.0\/24//; s/;spam.example.net//' "$conf"
notme tag >"$work/log" 2>&1

# --- quarantine by a tag ---
printf '[actions]\nquarantine_by=tag\n' >>"$conf"
before=$(files; dump)
run notme quarantine id:b1@mx.remote.example
like "$(tags_of b1@mx.remote.example)" '(^| )quarantined( |$)' "quarantine_by=tag: the tag is set"
like "$out" '1 tagged as quarantined' "... which is what is said"
unlike "$(tags_of b1@mx.remote.example)" '(^| )inbox( |$)' "... inbox is taken away"
is "$(files)" "$(sed '/^#/,$d' <<<"$before")" "... and the file stays where it is"
is "$(notme list | grep -c user1@)" 0 "... and is out of sight"
run notme release 'tag:quarantined'
is "$(files; dump)" "$before" "release takes the tag away and gives back the others"
notme quarantine id:b2@mx.remote.example >"$work/log"
notme undo >"$work/log"
is "$(files; dump)" "$before" "... as undo does"
cp "$inbox/3.M.host:2,S" "$inbox/33.M.host:2,S"
index
run notme quarantine "$inbox/3.M.host:2,S"
like "$status $err" '^1 notme: .*its Message-ID has other files, which would be tagged, too' "a shared id is left as it is, with a word"

# --- hosts without a dot ---
{
    printf 'Received: from mail.own.example by vm with LMTP id 3xYz\n\tfor <me@own.example>; Mon, 03 Nov 2025 10:00:09 +0000\n'
    cat "$inbox/4.M.host:2,S"
} >"$work/lmtp"
run notme check --format=verdict "$work/lmtp"
first=$out
sed -i 's/^hosts=.*/&;vm/' "$conf"
run notme check --format=verdict "$work/lmtp"
is "$out" genuine "an own host without a dot counts where it took the message in ($first without it)"
sed 's/by mx.remote.example (Postfix) with ESMTP id CD4/by vm (Postfix) with ESMTP id CD4/; s/mail.own.example (mail.own.example \[203.0.113.7\])/dsl.example.net (dsl.example.net [198.51.100.9])/' "$inbox/4.M.host:2,S" >"$work/claim"
run notme check --format=verdict "$work/claim"
unlike "$out" '^genuine' "... and nowhere else: in the returned chain anybody can write it"
done_testing
