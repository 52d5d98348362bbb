# SPDX-License-Identifier: GPL-3.0-or-later
# Files that a comment or a text names and that are not there, one a line; for tests/doc/names.t.
#   names.py SOURCE
import fnmatch, glob, os, re, sys

os.chdir(sys.argv[1])
tops = ["src", "ui", "tests", "doc", "keymaps", ".ci"]
there = [os.path.join(folder, name) for top in tops for folder, _, names in os.walk(top) for name in names]
there += [name for name in os.listdir(".") if os.path.isfile(name)]
folders = {os.path.dirname(path) for path in there} | {os.path.dirname(os.path.dirname(path)) for path in there}

# Files of others (of libraries, sources of mail servers), files that are made, and names of no file.
FOREIGN = set("""notmuch.h dkim.h ares.h conftest.c config.h queue.c moan.c transport.c folder/keymaps/NAME.keys builtin_keymaps.c builtin_templates.c builtin_*.c
X.h X.c X_part.c X_read.c X_private.h Y.c tests/fuzz/regressions/TARGET-*""".split())
NAMED = re.compile(r"(?<![\w./$*{}~%<-])((?:[\w.*-]+/)*[\w*-]+\.(?:c|h|t|py|sh|md|awk|keys|screen|bench)|"
                   r"(?:src|ui|doc|tests|keymaps)/[\w/.*-]*[\w*])(?![\w/])")


def comments(path):
    text = open(path, encoding="utf-8", errors="replace").read()
    if path.endswith((".c", ".h")):
        # strings go first: they are no comments, and may look like the beginning of one
        text = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', '""', text)
        return " ".join(re.findall(r"/\*.*?\*/|//[^\n]*", text, re.S))
    if path.startswith("doc/") or "/" not in path:
        return text
    return "\n".join(line for line in text.split("\n") if line.lstrip().startswith("#") and not line.startswith("#!"))


def exists(name):
    pattern = re.sub(r"NAME|TARGET|NNNNNN", "*", name.rstrip("."))
    return (name in FOREIGN or pattern.rstrip("/") in folders or "src/" + pattern in folders
            or any(path == pattern or path.endswith("/" + pattern) or fnmatch.fnmatch(path, pattern)
                   or fnmatch.fnmatch(path, "*/" + pattern) for path in there))


texts = [path for path in there if path.endswith((".c", ".h", ".t", ".py", ".sh", ".screen"))]
texts += glob.glob("doc/*") + ["README", "NEWS", "configure", "Makefile.in"]
for path in sorted(set(filter(os.path.isfile, texts))):
    for name in sorted(set(NAMED.findall(comments(path)))):
        if not exists(name):
            print("%s names %s" % (path, name))
