#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that includes point downwards only, that each foreign library is met in its one folder, and that every test can
# be started.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top" || exit 1

# What each folder may include of the others.
allowed()
{
    case $1 in
    base) echo "base" ;;
    auth) echo "base auth" ;;
    dkim) echo "base dkim" ;;
    house) echo "base house" ;;
    message) echo "base message" ;;
    words) echo "base words" ;;
    bounce) echo "base words message bounce" ;;
    received) echo "base received" ;;
    trace) echo "base auth house received trace" ;;
    verdict) echo "base auth house message bounce received trace verdict" ;;
    analysis) echo "base auth dkim house message bounce received trace verdict analysis" ;;
    store) echo "base store" ;;
    work) echo "base work" ;;
    maildir) echo "base message maildir" ;;
    keymap) echo "base keymap" ;;
    config) echo "base dkim house received trace analysis keymap config" ;;
    campaign) echo "base house received trace verdict analysis maildir config campaign" ;;
    reading) echo "base dkim house message bounce received trace verdict analysis store work maildir config campaign reading" ;;
    question) echo "base received trace verdict config reading question" ;;
    decision) echo "base verdict maildir config reading decision" ;;
    summary) echo "base verdict reading summary" ;;
    job) echo "base message bounce verdict store work maildir config reading question decision job" ;;
    learn) echo "base auth dkim house message bounce received trace analysis store work maildir config reading learn" ;;
    session) echo "base verdict analysis store work config reading question decision job session" ;;
    complaint) echo "base house message bounce received trace verdict analysis store work maildir config campaign reading job complaint" ;;
    demo) echo "demo" ;;
    cli) echo "base demo auth house message bounce received trace verdict analysis store work keymap maildir config reading question decision summary job learn session complaint cli" ;;
    ui/screen) echo "base keymap screen" ;;
    ui/model) echo "base maildir question reading session model" ;;
    ui/draw) echo "base verdict analysis reading screen model draw" ;;
    ui/stage) echo "base verdict analysis keymap config question decision session complaint screen model draw stage" ;;
    ui/views) echo "base verdict question screen model draw stage views" ;;
    ui) echo "base work reading session cli screen model stage views" ;;
    esac
}

for folder in src/*/ ui/*/ ui/; do
    name=${folder%/}
    name=${name#src/}
    may=" $(allowed "$name") "
    wrong=$(grep -Hn '^#include "' "$folder"*.[ch] | while IFS= read -r line; do
        file=${line#*\"}
        file=${file%%\"*}
        case $file in
        */*) case $may in *" ${file%%/*} "*) ;; *) echo "$line" ;; esac ;;
        config.h) ;;
        *) [ "$name" = ui ] || echo "$line" ;; # the roof's own
        esac
    done)
    is "$wrong" "" "$name includes only what stands below it"
done

# where HEADER may be: only in files that match PATTERN
only_in()
{
    local wrong
    wrong=$(grep -rlE "^#include <($1)" src ui 2>/dev/null | grep -vE "$2")
    is "$wrong" "" "$1: only in $2"
}
only_in 'gmime/' '^src/(message|complaint)/'
only_in 'notmuch\.h' '^src/store/'
only_in 'ncurses|curses' '^ui/screen/term_curses'
only_in 'libpsl\.h' '^src/base/'
only_in 'nettle/|gmp' '^src/dkim/'
only_in 'ares\.h' '^src/work/'
only_in 'seccomp\.h' '^src/work/confine'
only_in 'jansson\.h' '^src/((analysis|work|config|reading|job|session|complaint|cli)/|base/autoptr|bounce/dialect_json)'

# Each header says all that it needs: it compiles alone, with the flags of the build.
flags=$(sed 's/ | .*//' "${NOTME_BUILD:-$top}/obj/flags" 2>/dev/null)
if [ -n "$flags" ]; then
    alone=$(cd "${NOTME_BUILD:-$top}" && find "$top/src" "$top/ui" -name '*.h' | sort |
        xargs -P2 -I{} sh -c "$flags -Wno-unused -fsyntax-only -x c '{}' 2>&1 || echo '{} does not compile alone'")
    is "$alone" "" "each header compiles alone"
else
    skip "what the build was made with is not known"
fi

is "$(grep -rlE '^#include "(ui|screen|model|draw|stage|views)/' src)" "" "nothing in src includes ui"
is "$(grep -nE '\b(time|gettimeofday|clock_gettime|g_get_real_time|getenv|fopen|open)\(' \
    src/auth/*.c src/dkim/*.c src/house/*.c src/received/*.c src/trace/*.c src/verdict/*.c src/words/*.c src/bounce/*.c)" "" "the core knows no clock, files or environment"
is "$(find tests -name '*.t' ! -perm -100)" "" "every test can be started"
done_testing
