#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that mail that a server of ours took from a client on its own machine stands as our own in the lists, as other
# mail of ours does; not where a stranger's server took it so. And that what is written to the configuration again is
# said again.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"

mailbox_config "$work/box"
inbox=$box/mail/INBOX/cur
bounce 1 "$inbox/b1:2,S" mail.own.example 127.0.0.1
# our own server wrote the bounce, and took the message by login from a client on itself
sed -i 's/mx\.remote\.example/mail.own.example/g; /^Received: from mail.own.example (mail.own.example \[192/,/^	for/c\
Received: by mail.own.example (Postfix)\
	id 4LOC1; Mon, 03 Nov 2025 10:00:00 +0000
s/^Received: from mail.own.example (mail.own.example \[127.0.0.1\])/Received: from mail.own.example (localhost [127.0.0.1])/
s/with ESMTP id CD1/with ESMTPSA id CD1/; s/<m1@.*>/<m1@mail.own.example>/' "$inbox/b1:2,S"
bounce 2 "$inbox/b2:2,S" mx.remote.example 127.0.0.1
index
run notme list --color=never id:b1@mail.own.example
like "$out" '^.. .* own  +own.example' "by our own server, from its own machine: own"
run notme list --color=never id:b2@mx.remote.example
unlike "$out" ' own ' "by a stranger's: not"

notme answer is-own:198.51.100.77 yes >/dev/null
notme undo >/dev/null
run notme redo
like "$out" 'Is 198.51.100.77 yours.* Yes: adds 198.51.100.77' "an answer that is given again says what it writes"
notme decide ip 198.51.100.9 delete >/dev/null
notme undo >/dev/null
run notme redo
like "$out" '^ip 198.51.100.9: new backscatter of it is deleted' "... and so does a decision"
done_testing
