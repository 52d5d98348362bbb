# SPDX-License-Identifier: GPL-3.0-or-later
# The shape of the code, for tests/layers/shape.t: prints TAP.
#   shape.py SOURCE
# Reads C as clang-format writes it: what begins in the first column is of the file, "{" alone there opens
# a function, and "= {" a table.
import collections, glob, os, re, sys

FILE_MOST, FUNCTION_MOST, FOLDER_MOST = 600, 45, 5500

os.chdir(sys.argv[1])
count = 0


def ok(faults, name):
    global count
    count += 1
    print("%s %d - %s" % ("not ok" if faults else "ok", count, name))
    for fault in faults:
        print("#   " + fault)


def offenders():
    """Lines "RULE WHAT" of the file beside this: known, and to become fewer. None may be new, and one that is mended goes."""
    known = collections.defaultdict(set)
    with open("tests/layers/offenders") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                rule, what = line.split(None, 1)
                known[rule].add(what.strip())
    return known


known = offenders()


def rule(name, found, sentence):
    """found: what offends -> words on it."""
    faults = [found[what] for what in sorted(found) if what not in known[name]]
    faults += ["%s is mended: take \"%s %s\" out of tests/layers/offenders" % (what, name, what)
               for what in sorted(known[name]) if what not in found]
    ok(faults, sentence)


files = sorted(glob.glob("src/*/*.[ch]") + glob.glob("ui/*.[ch]") + glob.glob("ui/*/*.[ch]"))
text = {path: open(path, encoding="utf-8").read().split("\n")[:-1] for path in files}

FUNCTION = re.compile(r"\b([a-z_][a-z0-9_]*)\(")
TABLE = re.compile(r"^[a-zA-Z].*= *\{$|^\} [a-z_]+\[.*\] = \{$|^#define [A-Z_]+\(X\)")


def read(path):
    """Functions as (name, static, lines), and how many lines are tables."""
    functions, tables, head, i = [], 0, 0, 0
    lines = text[path]
    while i < len(lines):
        line = lines[i]
        if line == "{":
            end = lines.index("}", i)
            declared = " ".join(lines[head:i])
            found = FUNCTION.search(declared)
            if found:
                functions.append((found.group(1), declared.startswith("static "), end - i - 1))
            i = head = end + 1
            continue
        if TABLE.match(line):
            start = i
            while i < len(lines) and not (lines[i].startswith("}") and i > start if line.endswith("{")
                                          else not lines[i].endswith("\\")):
                i += 1
            tables += i - start + 1
        elif not line or line.startswith(("#", "/*", " *", "}")) or line.endswith((";", "*/")):
            head = i + 1
        i += 1
    return functions, tables


functions, size = {}, {}
for path in files:
    functions[path], tables = read(path)
    size[path] = len(text[path]) - tables

rule("file", {p: "%s has %d lines besides tables" % (p, size[p]) for p in files if size[p] > FILE_MOST},
     "no file has more than %d lines" % FILE_MOST)
rule("function", {"%s:%s" % (p, name): "%s: %s() has %d lines" % (p, name, n)
                  for p in files for name, _, n in functions[p] if n > FUNCTION_MOST},
     "no function has more than %d lines" % FUNCTION_MOST)
folders = collections.Counter()
for path in files:
    folders[os.path.dirname(path)] += size[path]
rule("folder", {f: "%s has %d lines besides tables" % (f, n) for f, n in folders.items() if n > FOLDER_MOST},
     "no folder has more than %d lines" % FOLDER_MOST)

# What X.h declares, X.c defines, or a part of it: X_part.c that has no header of its own. X_private.h is
# for the parts. The one list of many files: the commands.
LISTS = {"src/cli/commands.h": "src/cli/cmd_", "src/demo/demo.h": "src/demo/demo_"}
headers = {path for path in files if path.endswith(".h")}


def module(path):
    stem = path[:-2]
    if stem.endswith("_private"):
        return stem[:-len("_private")]
    while stem + ".h" not in headers and "_" in os.path.basename(stem):
        stem = stem.rsplit("_", 1)[0]
    return stem if stem + ".h" in headers else path[:-2]


defined = {}
for path in files:
    for name, static, _ in functions[path]:
        if not static and path.endswith(".c"):
            defined.setdefault(name, path)
PROTOTYPE = re.compile(r"^(?!static|typedef|#|/|G_DEFINE| )[a-zA-Z][\w \*]*?\b([a-z_][a-z0-9_]*)\(", re.M)
elsewhere = collections.defaultdict(list)
for path in files:
    if not path.endswith(".h"):
        continue
    for name in PROTOTYPE.findall("\n".join(text[path])):
        at = defined.get(name)
        if at and module(at) != module(path) and not at.startswith(LISTS.get(path, "-")):
            elsewhere["%s %s" % (path, at)].append(name)
rule("declared", {pair: "%s: %s" % (pair, ", ".join(names)) for pair, names in elsewhere.items()},
     "what X.h declares, X.c defines")

# A function's name says where it is: it begins with the noun of its file, of the folder, or of a type
# that the header declares.
TYPE = re.compile(r"^(?:typedef (?:struct|enum) \w+ (?:\{.*\} )?|\} )(\w+);", re.M)


def nouns(path):
    folder, stem = path.split("/")[-2:]
    words = stem[:-2].replace("_private", "").split("_")
    found = {folder, "cmd" if path in LISTS else folder} | {"_".join(words[:n + 1]) for n in range(len(words))}
    if words[0] == folder:
        found.add("_".join(words[1:]))
    for name in TYPE.findall("\n".join(text[path])):
        words = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower().split("_")
        found |= {"_".join(words[:n + 1]) for n in range(len(words))}
    found.discard("")
    return found | {noun.rstrip("s") for noun in found} | {noun + "s" for noun in found}


strange = {}
for path in sorted(headers):
    known_nouns = nouns(path)
    for name in PROTOTYPE.findall("\n".join(text[path])):
        if not any(name == noun or name.startswith(noun + "_") for noun in known_nouns):
            strange["%s %s" % (path, name)] = "%s: %s()" % (path, name)
rule("named", strange, "the name of a function begins with the noun of its file, folder or type")

# No circles: a header and its parts are one; X_read.c beside X.c may know each other.
edges = collections.defaultdict(set)
for path in files:
    for line in text[path]:
        found = re.match(r'#include "([^"]+)"', line)
        if found:
            other = next((p for p in ("src/" + found.group(1), "ui/" + found.group(1)) if p in headers), None)
            if other and module(other) != module(path):
                edges[module(path)].add(module(other))


def reachable(start):
    seen, stack = set(), [start]
    while stack:
        for other in edges[stack.pop()]:
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


reach = {start: reachable(start) for start in list(edges)}
circles = {}
for start in reach:
    circle = sorted(other for other in reach[start] if start in reach.get(other, ()))
    if circle and not (len(circle) == 2 and circle[1] == circle[0] + "_read"):
        circles.setdefault(os.path.dirname(circle[0]), set()).add(" ".join(circle))
rule("circle", {folder: "a circle: " + "; ".join(sorted(all)) for folder, all in circles.items()},
     "no files include each other in a circle")
print("1..%d" % count)
