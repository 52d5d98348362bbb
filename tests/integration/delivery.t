#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that procmail, maildrop and Dovecot's delivery with sieve, set up as in doc/examples, file every message of
# the sample mailbox where "notme check" says, and deliver as usual what notme cannot read.
. "$(dirname "$0")/peer.sh"
own_mail
apart=$(notme check --format=verdict "$inbox"/cur/* | grep -cE 'backscatter|fake')
all=$(ls "$inbox/cur" | wc -l)
count() { find "$1" -type f 2>/dev/null | grep -cE '/(new|cur)/'; }

# delivers NAME COMMAND...: gives it every message, and looks where they are
delivers()
{
    local name=$1 file failed=0
    shift
    for file in "$inbox"/cur/*; do
        "$@" <"$file" >>"$work/said" 2>&1 || failed=$((failed + 1))
    done
    is "$failed" 0 "$name takes all $all"
    is "$(count "$maildir/.Backscatter")" "$apart" "$name: what is not ours is in a folder of its own"
    is "$(count "$maildir/cur") $(count "$maildir/new")" "0 $((all - apart))" "... all else in the inbox"
}
fresh()
{
    rm -rf "$HOME/Maildir" && mkdir -p "$HOME/Maildir"/{cur,new,tmp}
    maildir=$HOME/Maildir
}

if command -v procmail >/dev/null; then
    fresh
    { printf 'PATH=%s\nMAILDIR=%s\nDEFAULT=%s/\nHOME=%s\nXDG_CONFIG_HOME=%s\n' "$PATH" "$maildir" "$maildir" "$HOME" "$XDG_CONFIG_HOME"
        cat "$examples/procmailrc"; } >"$work/procmailrc"
    delivers procmail procmail -m "$work/procmailrc"
else
    skip "procmail is not here"
fi

if command -v maildrop >/dev/null; then
    fresh
    maildirmake.maildrop -f Backscatter "$maildir" 2>/dev/null || mkdir -p "$maildir/.Backscatter"/{cur,new,tmp}
    { printf 'PATH="%s"\nHOME="%s"\nXDG_CONFIG_HOME="%s"\nDEFAULT="%s"\n' "$PATH" "$HOME" "$XDG_CONFIG_HOME" "$maildir"
        cat "$examples/mailfilter"; } >"$HOME/.mailfilter"
    chmod 600 "$HOME/.mailfilter"
    delivers maildrop maildrop "$HOME/.mailfilter"
else
    skip "maildrop is not here"
fi

# Dovecot: a server of this test's own, whose LMTP is a socket in the scratch folder.
dovecot=$(command -v dovecot || echo /usr/sbin/dovecot)
if [ -x "$dovecot" ] && [ -x /usr/lib/dovecot/lmtp ] && ls /usr/lib/dovecot/modules/sieve/*extprograms* >/dev/null 2>&1; then
    fresh
    mkdir -p "$work/execute" "$work/sieve" "$work/run"
    cp "$examples/notme-verdict" "$work/execute/"
    cp "$NOTME" "$work/execute/notme" # where whoever Dovecot runs it as may go
    sed -i "2i export PATH=$work/execute:$PATH HOME=$HOME XDG_CONFIG_HOME=$XDG_CONFIG_HOME XDG_STATE_HOME=$XDG_STATE_HOME" "$work/execute/notme-verdict"
    cp "$examples/notme.sieve" "$work/sieve/"
    me=$(id -un) group=$(id -gn) as=
    if [ "$me" = root ]; then # for whom Dovecot delivers nothing
        me=nobody group=$(id -gn nobody) as="setpriv --reuid=$me --regid=$group --clear-groups"
        chown -R "$me:$group" "$work"
    fi
    # What both kinds of configuration have alike; since 2.4 blocks have names, lists are blocks, and the version comes first.
    version=$("$dovecot" --version | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')
    cat >"$work/alike" <<END
base_dir = $work/run
log_path = $work/dovecot.log
listen = 127.0.0.1
ssl = no
hostname = mail.quince.example
postmaster_address = postmaster@quince.example
default_internal_user = $me
default_internal_group = $group
default_login_user = $me
first_valid_uid = 1
first_valid_gid = 1
lmtp_save_to_detail_mailbox = no
service anvil {
  chroot =
}
service stats {
  chroot =
}
service lmtp {
  unix_listener lmtp {
    mode = 0600
  }
}
END
    if [ "$(printf '%s\n' 2.4 "$version" | sort -V | head -n 1)" = 2.4 ]; then
        cat - "$work/alike" >"$work/dovecot.conf" <<END
dovecot_config_version = $version.0
dovecot_storage_version = $version.0
protocols {
  lmtp = yes
}
mail_driver = maildir
mail_path = $maildir
userdb static {
  fields {
    uid = $(id -u $me)
    gid = $(id -g $me)
    home = $HOME
  }
  allow_all_users = yes
}
passdb static {
  fields {
    nopassword = yes
  }
}
protocol lmtp {
  mail_plugins {
    sieve = yes
  }
}
sieve_plugins {
  sieve_extprograms = yes
}
sieve_global_extensions {
  vnd.dovecot.execute = yes
}
sieve_execute_bin_dir = $work/execute
sieve_script notme {
  type = before
  path = $work/sieve/notme.sieve
}
sieve_script personal {
  path = $work/sieve/none.sieve
}
END
    else
        cat - "$work/alike" >"$work/dovecot.conf" <<END
protocols = lmtp
mail_location = maildir:$maildir
userdb {
  driver = static
  args = uid=$(id -u $me) gid=$(id -g $me) home=$HOME allow_all_users=yes
}
passdb {
  driver = static
  args = nopassword=y
}
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve_plugins = sieve_extprograms
  sieve_global_extensions = +vnd.dovecot.execute
  sieve_execute_bin_dir = $work/execute
  sieve_before = $work/sieve/notme.sieve
  sieve = file:$work/sieve/none.sieve
}
END
    fi
    cat >"$work/lmtp.py" <<'END'
import re, smtplib, sys
mail = sys.stdin.buffer.read()
sender = re.search(rb"^Return-Path: *<(.*)>", mail, re.M)  # the server writes it anew
lmtp = smtplib.LMTP(sys.argv[1])
lmtp.sendmail(sender[1].decode() if sender else "", ["nell@quince.example"], mail)
lmtp.quit()
END
    # shellcheck disable=SC2086 # words
    $as "$dovecot" -c "$work/dovecot.conf" -F >"$work/said" 2>&1 &
    server=$!
    trap 'kill $server 2>/dev/null; wait $server; rm -rf "$work"' EXIT
    becomes '[ -S "$work/run/lmtp" ] && echo up' up "Dovecot serves LMTP"
    delivers "Dovecot's LMTP with sieve" python3 "$work/lmtp.py" "$work/run/lmtp"
    printf '#!/bin/sh\nexit 1\n' >"$work/execute/notme-verdict"
    fresh
    [ -n "$as" ] && chown -R "$me:$group" "$work"
    python3 "$work/lmtp.py" "$work/run/lmtp" <"$(ls -d "$inbox"/cur/* | head -n 1)" 2>>"$work/said"
    is "$? $(count "$maildir/new")" "0 1" "... and where the program fails, mail is delivered all the same"
    grep -hiE 'error|fatal|panic' "$work/said" "$work/dovecot.log" | sort -u | head -n 9 | sed 's/^/# /'
else
    skip "Dovecot with sieve's extprograms is not here (dovecot-lmtpd, dovecot-sieve)"
fi
done_testing
