# SPDX-License-Identifier: GPL-3.0-or-later
# TAP for shell tests, and a scratch mailbox. Sourced by bash scripts:
#   . "$(dirname "$0")/../lib/tap.sh"
# Gives: $NOTME (the program), $top (the source tree), $work (a scratch folder, removed at the end), with
# HOME and the XDG folders inside it, so that nothing of the user's is met or touched.
# shellcheck shell=bash disable=SC2034 # who sources it uses $corpus, $out, $err, $status

set -u
top=${NOTME_SOURCE:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
NOTME=${NOTME:-$top/notme}
corpus=${NOTME_CORPUS:-$top/../shared/corpus}
work=$(mktemp -d "${TMPDIR:-/tmp}/notme-test.XXXXXX")
# Only at the end of the test itself: a child that is ended before it forgot the trap would run it.
trap '[ "$BASHPID" != $$ ] || rm -rf "$work"' EXIT
export HOME=$work/home LC_ALL=C.UTF-8 TZ=UTC
export XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache
export XDG_CONFIG_DIRS=$HOME/none
export PYTHONDONTWRITEBYTECODE=1 # the source may be another's, and is left as it is
mkdir -p "$HOME"
unset NOTME_CONFIG NOTMUCH_CONFIG NOTMUCH_PROFILE NOTMUCH_DATABASE NO_COLOR VISUAL EDITOR
tap_count=0

# Built with a sanitizer, whose own memory and need of /proc are no matter of the program's.
sanitized() { [ "$(nm "$NOTME" 2>/dev/null | grep -c __asan_init)" != 0 ]; }

# Programs here can speak to each other: a network namespace begins without.
loopback()
{
    python3 -c 'import socket
one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
one.bind(("127.0.0.1", 0))
one.sendto(b"x", one.getsockname())' 2>/dev/null
}

# ok STATUS NAME: STATUS is 0 for right. What is wrong is told on standard error, too, which prove shows.
ok()
{
    tap_count=$((tap_count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_count - $2"
    else
        echo "not ok $tap_count - $2"
        echo "# ${0##*/} $tap_count is wrong: $2" >&2
    fi
}

# is GOT WANTED NAME
is()
{
    if [ "$1" = "$2" ]; then
        ok 0 "$3"
    else
        ok 1 "$3"
        printf '#   got:    %s\n#   wanted: %s\n' "${1//$'\n'/$'\n'#     }" "${2//$'\n'/$'\n'#     }" >&2
    fi
}

# like TEXT PATTERN NAME: PATTERN is an extended regular expression
like()
{
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        ok 0 "$3"
    else
        ok 1 "$3"
        printf '#   text:    %s\n#   pattern: %s\n' "${1//$'\n'/$'\n'#     }" "$2" >&2
    fi
}

unlike()
{
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        ok 1 "$3"
        printf '#   text:    %s\n#   pattern: %s\n' "${1//$'\n'/$'\n'#     }" "$2" >&2
    else
        ok 0 "$3"
    fi
}

skip()
{
    tap_count=$((tap_count + 1))
    echo "ok $tap_count # SKIP $1"
}

skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

done_testing()
{
    echo "1..$tap_count"
}

# run COMMAND...: sets $out (standard output), $err (standard error) and $status.
run()
{
    out=$("$@" 2>"$work/stderr")
    status=$?
    err=$(cat "$work/stderr")
}
