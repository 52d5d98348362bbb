# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that run notme beside another program as doc/examples shows it: the sample mailbox of "notme demo" as
# this user's own mail, "notme" on the path, and a terminal (tmux). Sourced.
# shellcheck shell=bash disable=SC2034 # who sources it uses $examples, $inbox
. "$(dirname "${BASH_SOURCE[0]}")/../lib/tap.sh"
examples=$top/doc/examples
unset TMUX
export NOTME_PAGER='less -R' # waits, however much fits

# needs PROGRAM...: skips all where one is not installed
needs()
{
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || skip_all "$program is not here"
    done
}

own_mail()
{
    needs notmuch
    mkdir -p "$work/bin" "$XDG_CONFIG_HOME/notme"
    ln -sf "$NOTME" "$work/bin/notme"
    export PATH=$work/bin:$PATH
    notme demo "$work/own" >/dev/null || exit 1
    cp "$work/own/config" "$XDG_CONFIG_HOME/notme/config"
    export NOTMUCH_CONFIG=$work/own/notmuch-config
    inbox=$work/own/mail/Inbox
}

# the newest message of a verdict: its id, without "id:"; its file
newest() { notme list --format=tsv --fields=id --limit=1 --verdict="$1" | tail -n 1 | sed 's/^id://'; }
file_of() { notmuch search --output=files "id:$1" | head -n 1; }
tags_of() { notmuch search --output=tags --exclude=false "id:$1" | tr '\n' ' '; }

# --- configurations that have the examples in them ---

alot_config()
{
    mkdir -p "$XDG_CONFIG_HOME/alot"
    cat - "$examples/alot.config" >"$XDG_CONFIG_HOME/alot/config" <<END
input_timeout = 3.0
[accounts]
    [[nell]]
        realname = Nell Quince
        address = nell@quince.example
END
}

# aerc_config FOLDER: opens it; the example's lines stand in the sections of the same names of aerc's own bindings
aerc_config()
{
    local aerc=$XDG_CONFIG_HOME/aerc defaults=/usr/share/aerc file
    mkdir -p "$aerc"
    printf '[Nell]\nsource=maildir://%s\nfrom=Nell <nell@quince.example>\ndefault=%s\n' "$work/own/mail" "$1" >"$aerc/accounts.conf"
    chmod 600 "$aerc/accounts.conf"
    for file in aerc.conf binds.conf; do
        [ -f "$defaults/$file" ] && cp "$defaults/$file" "$aerc/$file"
    done
    [ -f "$aerc/binds.conf" ] || printf 'q = :quit<Enter>\n[messages]\n' >"$aerc/binds.conf"
    awk -v example="$examples/aerc-binds.conf" '
        BEGIN { while ((getline line < example) > 0) { if (line ~ /^\[/) section = line; else if (section && line !~ /^#/) add[section] = add[section] line "\n" } }
        { print; if ($0 in add) printf "%s", add[$0] }' "$aerc/binds.conf" >"$work/binds" && mv "$work/binds" "$aerc/binds.conf"
}

# --- a terminal ---

tm() { tmux -f /dev/null -S "$work/tmux" "$@"; }
screen() { tm capture-pane -p -t t; }
say() { tm send-keys -t t "$@"; }

# terminal COMMAND: starts it, 110 columns wide, in place of what is there
terminal()
{
    local shown="env TERM=screen-256color sh -c '$1; echo ended: \$?; sleep 60'"
    needs tmux
    if tm has-session -t t 2>/dev/null; then
        tm respawn-pane -k -t t "$shown"
        return
    fi
    trap 'tm kill-server 2>/dev/null; rm -rf "$work"' EXIT
    tm new-session -d -s t -x 110 -y 40 "$shown"
}

# see PATTERN NAME: waits until the screen fits it
see()
{
    local i
    for i in $(seq 1 300); do
        screen 2>/dev/null | grep -Eq -e "$1" && { ok 0 "$2"; return 0; }
        sleep 0.1
    done
    ok 1 "$2"
    screen | sed 's/^/# /'
    return 1
}

# becomes COMMAND WANTED NAME: waits until what the command prints is that
becomes()
{
    local i got
    for i in $(seq 1 150); do
        got=$(eval "$1" 2>&1)
        [ "$got" = "$2" ] && break
        sleep 0.1
    done
    is "$got" "$2" "$3"
}
