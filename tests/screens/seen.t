#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that a key acts on what was seen: the marks and the cursor stay on their messages when another program gives
# their files other flags, and on no other message, though it has the file's name or the same Message-ID.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/mailbox.sh"
. "$(dirname "$0")/../lib/interface.sh"
command -v notmuch >/dev/null || skip_all "notmuch is not here"
export NOTME_NOW=2025-11-04T12:00:00Z

# fresh: six of one sender, the first the newest
fresh()
{
    rm -rf "$work/box"
    mailbox_config "$work/box"
    six_bounces
    index
    cur=$box/mail/INBOX/cur
}
# where: the messages that are marked, and the one under the cursor
where()
{
    sed -n 's,^.\*.*/\(b[0-9]*\):.*,*\1,p; s,^>.*/\(b[0-9]*\):.*,>\1,p' "$work/rows" | tr '\n' ' '
}

# --- names of files ---------------------------------------------------------------------------------------------------

fresh
begin
look "keys j t j t" # 2 and 4 are marked, 5 is under the cursor
is "$(where)" "*b2 *b4 >b5 " "two messages are marked"
mv "$cur/b2:2,S" "$cur/b2:2,FS"
mv "$cur/b4:2,S" "$box/mail/INBOX/new/b4"
mv "$cur/b5:2,S" "$cur/b5:2,RS"
bounce 0 "$cur/b0:2,S"
dated "$cur/b0:2,S"
index
look "keys R"
like "$(sed -n 's,^..,,p' "$work/rows" | head -n 1)" '/b0:2,S$' "another program gives them other flags, and mail comes in above them"
is "$(where)" "*b2 >b5 " "the marks are still there, and so is the cursor"
like "$(cat "$work/rows")" '^ \*.*/new/b4$' "... of the one that is in new now, too"
rm "$cur/b2:2,FS"
bounce 2 "$box/mail/INBOX/new/other" # another message that says that it has the same id
index
look "keys R"
like "$(cat "$work/rows")" '^  .*/new/other$' "a message with the id of one that was marked is not marked"
look "keys ; z" "keys s"
end
like "$(tags_of b4@mx.remote.example)" quarantined "what is marked is acted on"
is "$(tags_of b2@mx.remote.example)" "inbox unread" "... nothing else is"
done_testing
