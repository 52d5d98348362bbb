#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that notmuch's hook of doc/examples/post-new tags what comes, without a word, and that afew with
# doc/examples/afew.config then takes what is not ours out of the inbox and keeps what is.
. "$(dirname "$0")/peer.sh"
own_mail
mkdir -p "$work/own/mail/.notmuch/hooks"
cp "$examples/post-new" "$work/own/mail/.notmuch/hooks/"
run notmuch new --quiet
is "$status:$out$err" "0:" "the hook says nothing"
count=$(notme list --format=tsv --fields=id --verdict=backscatter | wc -l)
is "$(notmuch count --exclude=false tag:backscatter)" "$count" "... and tags all backscatter"
sed "s/4jc5jR3/9hoOk1/g" "$(file_of "$(newest backscatter)")" >"$inbox/cur/again:2,"
run notmuch new --quiet
is "$status:$out$err" "0:" "a copy comes, and the hook says nothing"
if command -v afew >/dev/null; then
    mkdir -p "$XDG_CONFIG_HOME/afew"
    cp "$examples/afew.config" "$XDG_CONFIG_HOME/afew/config"
    run afew --tag --all
    is "$status" 0 "afew runs" || echo "# $err"
    is "$(notmuch count 'tag:inbox and (tag:backscatter or tag:fake)')" 0 "afew: what is not ours leaves the inbox"
    is "$(notmuch count 'tag:bounce and tag:genuine and tag:inbox and tag:important')" "$(notmuch count tag:bounce and tag:genuine)" \
        "... and what is ours is to be seen"
else
    skip "afew is not here"
fi
done_testing
