#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that nothing that notme moved and brought back is lost by a mail reader that was open meanwhile: with the keys
# of doc/examples act, undo, and leave with Enter at every question; the file is where it was, and its tags are. mutt
# and neomutt keep a folder in memory, and neomutt marks as deleted what another program moved out of it; alot keeps
# the thread, aerc the folder, Emacs the buffers.
. "$(dirname "$0")/peer.sh"
needs tmux

# fresh: the sample mailbox; $id, a bounce; $second, another one; both alone in the folder One
fresh()
{
    rm -rf "$work/own" "$HOME"
    mkdir -p "$HOME"
    own_mail
    notme tag >/dev/null
    id=$(newest backscatter)
    second=$(newest genuine)
    mkdir -p "$work/own/mail/One"/{cur,new,tmp}
    mv "$(file_of "$id")" "$work/own/mail/One/cur/1795860001.M1.quince:2,S"
    mv "$(file_of "$second")" "$work/own/mail/One/cur/1795860000.M0.quince:2,S"
    notmuch new --quiet
    before=$(tags_of "$id")
}
in_one() { ls "$work/own/mail/One/cur" | wc -l; }

# kept NAME: both files are there, and as before
kept()
{
    is "$(in_one) $(tags_of "$id")" "2 $before" "$1: the file is there, and tagged as before"
}

# leave KEY...: these keys (q), and Enter at every question, until the program has ended
leave()
{
    local i
    for i in $(seq 1 100); do
        case $(screen) in
        *'ended: '*) return ;;
        *'([yes]/no)'* | *'Press any key'* | *'(y or n)'* | *'(yes or no)'* | *'[Y/n]'* | *'Quit?'*) say Enter ;;
        *) say "${@:-q}" ;;
        esac
        sleep 0.3
    done
    ok 1 "the reader ends"
    screen | sed 's/^/# /'
}

# mutt_config MUTT: a configuration that sources the example
mutt_config()
{
    local mutt=$1
    cat >"$HOME/.muttrc" <<END
set mbox_type=Maildir folder=$work/own/mail spoolfile=$work/own/mail/One sort=reverse-date
set abort_noattach=no record= postponed= confirmappend=no
source $examples/${mutt}rc
END
    [ "$mutt" = neomutt ] && echo "set nm_default_url=notmuch://$work/own/mail" >>"$HOME/.muttrc"
}

# acts MUTT FOLDER WHAT KEY SAID VIA...: in FOLDER the keys VIA, then Escape KEY, after which notme says SAID; then it is
# taken back
acts()
{
    local mutt=$1 folder=$2 what=$3 key=$4 said=$5
    shift 5
    terminal "$mutt -F $HOME/.muttrc -f $folder"
    see 'Msgs:2' "$mutt, $what" || return
    for key in "$@" Escape "$key"; do
        say "$key"
        sleep 0.3
    done
    see "$said" "... $said" || return
    say Enter
    becomes in_one 1 "... the file is elsewhere"
    sleep 1
    say Escape u
    see '1 put back' "... is taken back" || return
    say Enter
    sleep 1
}

keeps()
{
    acts "$@"
    leave
    kept "... and after Enter at every question"
}

moved='1 moved to quarantine'
for mutt in mutt neomutt; do
    command -v $mutt >/dev/null || { skip "$mutt is not here"; continue; }
    fresh
    mutt_config $mutt
    keeps $mutt =One quarantine q "$moved"
    keeps $mutt =One "quarantine from the pager" q "$moved" Enter
    keeps $mutt =One "quarantine by tag" q "$moved" t k ';'
    if [ $mutt = neomutt ]; then
        keeps neomutt '"notmuch://?query=folder:One"' "quarantine in a virtual mailbox" q "$moved"
        acts neomutt =One "the settings hold again" q "$moved"
        say ':set ?delete' Enter
        see 'delete="ask-yes"' "... for what is deleted"
        leave
    fi
    printf '[actions]\ndelete=trash\n' >>"$XDG_CONFIG_HOME/notme/config"
    keeps $mutt =One "delete=trash" d '1 deleted'
    echo 'set delete=yes' >>"$HOME/.muttrc"
    keeps $mutt =One "delete=yes of its own" q "$moved"
done

# keys WORDS: one after the other
keys()
{
    local key
    for key in $1; do
        say "$key"
        sleep 0.4
    done
}

# nudged COMMAND...: while it runs the terminal is now and then another size, for what comes by itself, and keys,
# aerc 0.14 sometimes takes with the next event only
nudged()
{
    (for size in $(seq 1 300); do sleep 1; tm resize-window -t t -x $((110 + size % 2)) -y 40; done) 2>/dev/null &
    local nudger=$!
    "$@"
    kill $nudger
}

# after_that: $closes ends what a reader shows of notme's words, which may come late
after_that()
{
    sleep 1
    [ -z "${closes:-}" ] || { see "$closes" "... which notme says" && say Enter; }
    sleep 1
}

# in_reader COMMAND SHOWN ACT UNDO LEAVE: the reader is started and shows that; the keys (words) of ACT move the file
# elsewhere, those of UNDO take that back, and with those of LEAVE it is left
in_reader()
{
    terminal "$1"
    see "$2" "$reader, $what" || return
    sleep 1
    keys "$3"
    becomes in_one 1 "... the file is elsewhere"
    after_that
    keys "$4"
    becomes in_one 2 "... is taken back"
    after_that
    # shellcheck disable=SC2086 # a list of words
    leave $5
    kept "... and after Enter at every question"
}

# in_readers: each of the others that is here
in_readers()
{
    for reader in alot aerc emacs; do
        command -v $reader >/dev/null || { skip "$reader is not here"; continue; }
        if [ $reader = emacs ] && ! emacs --batch --eval '(require (quote notmuch))' >/dev/null 2>&1; then
            skip "notmuch for Emacs is not here"
            continue
        fi
        fresh
        "try_$reader"
        printf '[actions]\ndelete=trash\n' >>"$XDG_CONFIG_HOME/notme/config"
        act=d what="delete=trash" "try_$reader"
    done
}
act=q what=quarantine
try_alot()
{
    alot_config
    in_reader "alot -n $NOTMUCH_CONFIG search id:$id" 'Mail|MAILER' "Enter N $act" "N u" q
}
try_aerc()
{
    aerc_config One
    closes='job [0-9]+: ' nudged in_reader aerc 'MAILER-DAEMON|Mail Delivery' "B $act" "B u" q
}
try_emacs()
{
    cat >"$work/init.el" <<END
(require 'notmuch)
(load "$examples/notme.el")
(setq inhibit-startup-screen t)
(notmuch-search "folder:One")
(notmuch-show "id:$id")
END
    in_reader "emacs -nw -q -l $work/init.el" 'MAILER|Mail Delivery' "C-c n $act y" "C-c n u" "C-x C-c"
}
in_readers
done_testing
