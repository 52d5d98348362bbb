#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a query means the same everywhere and nothing else than it says: own terms beside those
# of notmuch, mistakes refused by every command with nothing done, search.exclude_tags as in notmuch.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is missing"

mailbox_config "$work/a"
printf '[search]\nexclude_tags=spam;deleted;\n' >>"$box/notmuch"
for n in 1 2 3 4; do bounce $n "$box/mail/INBOX/new/10$n.M1P1.host"; done
genuine 6 "$box/mail/INBOX/new/106.M1P1.host"
index
ids() { notme list --format=text0 "$@" | tr '\0' '\n' | sed 's/^id:b\([0-9]*\)@.*/\1/' | sort | tr '\n' ' ' | sed 's/ $//'; }

# --- own terms ----------------------------------------------------------------------------------
is "$(ids 'verdict:genuine')" "6" "verdict:"
is "$(ids 'not verdict:genuine')" "1 2 3 4" "not, of an own term"
is "$(ids 'ip:198.51.100.0/30')" "1 2" "ip: with a network"
is "$(ids 'ip:198.51.100.2 or ip:198.51.100.4')" "1 3" "or"
is "$(ids 'recipient:user3@')" "3" "recipient:"
is "$(ids 'about:"message 2"')" "2" "about:, quoted"
is "$(ids 'reporter:remote.example kind:failure reason:user-unknown')" "1 2 3 4 6" "words side by side"
is "$(ids 'reporter:emote.example')" "" "a domain is whole labels"
is "$(ids 'id:b1@mx.remote.example or verdict:genuine')" "1 6" "a term of notmuch or one of our own"
is "$(ids 'tag:inbox (id:b1@mx.remote.example or (id:b2@mx.remote.example and not verdict:backscatter))')" \
    "1" "brackets"
run notme tag verdict:genuine
is "$(tags_of b6@mx.remote.example)" "bounce genuine inbox unread" "tag takes the same language"
is "$(tags_of b1@mx.remote.example)" "inbox unread" "and tags nothing else"
run notme quarantine --yes ip:198.51.100.3
is "$(notmuch search --output=messages tag:quarantined)" "id:b2@mx.remote.example" "and so does quarantine"
run notme release ip:198.51.100.3
is "$(notmuch count tag:quarantined)" 0 "and release"

# --- mistakes: every command refuses them, and nothing is done ------------------------------------
before=$(dump) names=$(files)
for query in 'not tga:keep' 'verdict:wrong' 'ip:nowhere' 'tag:' '(tag:a' 'tag:a)' 'Tag:inbox' 'tag:a or'; do
    for command in list tag delete quarantine release complain; do
        case $command in delete | quarantine | complain) yes=--yes ;; *) yes= ;; esac
        run notme $command $yes "$query"
        is "$status" 2 "$command refuses: $query"
    done
done
run notme list 'not tga:keep'
like "$err" 'did you mean "tag:"' "the nearest prefix is named"
is "$(dump)$(files)" "$before$names" "nothing was done"
is "$(ids '"tga:keep"')" "" "quoted text is text"

# --- search.exclude_tags ------------------------------------------------------------------------
notmuch tag +spam id:b1@mx.remote.example
notmuch tag +deleted id:b2@mx.remote.example
is "$(ids '*')" "3 4 6" "what bears an excluded tag is left out"
is "$(ids 'tag:spam')" "1" "unless the query names the tag"
is "$(ids 'tag:spam or tag:deleted or tag:inbox')" "1 2 3 4 6" "each tag that is named"
run notme delete --dry-run '*'
like "$out" '103' "a dry run"
unlike "$out" '101' "leaves them out too"
like "$err" '2 more .* left out' "and says how many"
run notme delete '*' </dev/null
like "$err" '2 more .* left out' "so does the question"
run notme delete --yes 'id:b1@mx.remote.example'
like "$out" 'nothing to do.*1 more .* left out' "what is left out altogether is said"
run notme tag id:b1@mx.remote.example
is "$(notmuch search --exclude=false --output=tags id:b1@mx.remote.example | tr '\n' ' ')" \
    "backscatter bounce inbox spam unread " "tag is not bound by them"
done_testing
