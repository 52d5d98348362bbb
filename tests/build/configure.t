#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that configure takes what packaging tools send, puts things where it is told, keeps flags of any
# characters, refuses what is missing, and that changed flags and a newer Makefile.in are noticed by make.
. "$(dirname "$0")/../lib/tap.sh"
command -v gcc >/dev/null || skip_all "no gcc"
unset CC CFLAGS CPPFLAGS LDFLAGS LIBS AR PKG_CONFIG MAKEFLAGS MAKELEVEL MAKEOVERRIDES

# configure ARGUMENT...: in a folder of its own
configure()
{
    rm -rf "$work/b" && mkdir "$work/b" && cd "$work/b" || exit 1
    run "$top/configure" "$@"
}
value() { sed -n "s/^$1 = //p" Makefile; }
# takes NAME ARGUMENT...
takes()
{
    local name=$1
    shift
    configure "$@"
    is "$status:$err" "0:" "$name"
}

takes "dh_auto_configure" --build=x86_64-linux-gnu --prefix=/usr '--includedir=${prefix}/include' \
    '--mandir=${prefix}/share/man' '--infodir=${prefix}/share/info' --sysconfdir=/etc --localstatedir=/var \
    --disable-option-checking --disable-silent-rules '--libdir=${prefix}/lib/x86_64-linux-gnu' --runstatedir=/run \
    --disable-maintainer-mode --disable-dependency-tracking
is "$(value mandir)" '${prefix}/share/man' "... which says where pages go"
takes "RPM's %configure" --build=x86_64-redhat-linux-gnu --host=x86_64-redhat-linux-gnu --program-prefix= \
    --disable-dependency-tracking --prefix=/usr --exec-prefix=/usr --bindir=/usr/bin --sbindir=/usr/sbin \
    --sysconfdir=/etc --datadir=/usr/share --includedir=/usr/include --libdir=/usr/lib64 --libexecdir=/usr/libexec \
    --localstatedir=/var --sharedstatedir=/var/lib --mandir=/usr/share/man --infodir=/usr/share/info
is "$(value bindir)" /usr/bin "... and programs"
takes "econf" --prefix=/usr --build=x86_64-pc-linux-gnu --host=x86_64-pc-linux-gnu --mandir=/usr/share/man \
    --infodir=/usr/share/info --datadir=/usr/share --sysconfdir=/etc --localstatedir=/var/lib \
    --datarootdir=/usr/share --disable-dependency-tracking --disable-silent-rules \
    --docdir=/usr/share/doc/notme-1 --htmldir=/usr/share/doc/notme-1/html --libdir=/usr/lib64
is "$(value docdir)" /usr/share/doc/notme-1 "... and texts"
takes "Homebrew" --disable-debug --disable-dependency-tracking --prefix=/opt/homebrew/Cellar/notme/1 \
    --libdir=/opt/homebrew/Cellar/notme/1/lib
takes "GNU_CONFIGURE of FreeBSD" --prefix=/usr/local --localstatedir=/var --mandir=/usr/local/share/man \
    --infodir=/usr/local/share/info/ --build=amd64-portbld-freebsd14.0
takes "values as words of their own" --prefix /opt/x --mandir /opt/man CC=gcc prefix=/opt/y -q
is "$out:$(value prefix):$(value mandir)" ":/opt/y:/opt/man" "... the last one counts, and -q is quiet"
configure --frobnicate
like "$status:$err" '^2:configure: unknown option --frobnicate' "what is no option is refused"
configure --with-frobnication
like "$status:$err" '^0:configure: there is no --with-frobnication' "what is no library is said"
configure --version
like "$out" '^notme configure [0-9]' "--version"

takes "a compiler of two words" "CC=env gcc" "CFLAGS=-O1 -DODD=\"a|b&c\\\\d\"" CPPFLAGS=-DMORE
is "$(value CC)|$(value CFLAGS)|$(value CPPFLAGS)" "env gcc|-O1 -DODD=\"a|b&c\\\\d\"|-DMORE" "... and flags of any characters"
configure "CC=no-such-compiler-here"
like "$status:$err" '^1:.*this is missing:' "a compiler that is not there is missing"
like "$err" 'cc  \(gcc\)' "... by its name"

configure --without-cares --without-seccomp
is "$status:$(grep -c 'HAVE_\(CARES\|SECCOMP\)' config.h)" "0:0" "--without-NAME: not used, even where it is"
configure PKG_CONFIG_LIBDIR="$work" PKG_CONFIG_PATH= --with-cares
like "$status:$err" 'libcares >= ' "--with-NAME: an error where it is not"

configure --disable-leak-check
is "$status:$(value LEAK_CHECK)" "0:" "--disable-leak-check: unit tests do not look for leaks"
configure --enable-sanitizers
is "$status:$(value LEAK_CHECK)" "0:" "... nor where other sanitizers do"

configure CFLAGS=-O1
make obj/flags >/dev/null && touch -d '1 hour ago' obj/flags
make obj/flags >/dev/null
is "$(find obj/flags -mmin +30)" obj/flags "the same flags: nothing is built again"
make obj/flags CFLAGS=-O0 >/dev/null
is "$(find obj/flags -mmin +30)" "" "other flags: all is"
configure --prefix=/opt/again CFLAGS=-O1
touch -t 200001010000 Makefile # older than any source
make obj/flags >/dev/null
is "$(value prefix) $(value CFLAGS) $(find Makefile -mmin +30)" "/opt/again -O1 " "a newer Makefile.in: configure runs again, as it was run"

# The tarball of a tarball is the same.
configure
if make dist >"$work/said" 2>&1 && mkdir t && tar xzf notme-*.tar.gz -C t; then
    tree=$(echo t/notme-*)
    (cd "$tree" && ./configure -q && make dist) >"$work/said" 2>&1
    first=$(tar tzf notme-*.tar.gz | sort)
    like "$first" '/src/base/span\.c$' "make dist has the source"
    is "$(tar tzf "$tree"/notme-*.tar.gz | sort)" "$first" "... and of a tarball the same files"
    GIT_DIR=$work/none make dist >"$work/said" 2>&1
    like "$(tar tzf notme-*.tar.gz)" '/src/base/span\.c$' "... and where git does not answer"
else
    ok 1 "make dist: $(cat "$work/said")"
fi
done_testing
