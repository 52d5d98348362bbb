#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of the JSON against the tables of the source, the manual page and what the program prints.

usage: schema.py tables SOURCE | page SOURCE | check SOURCE NAME FILE
"tables" and "page" print what differs; "check" prints what of FILE, JSON Lines, is no NAME by the schema, and how
many lines it looked at. It exits 3 where python3-jsonschema is not installed."""

import glob
import importlib.util
import json
import re
import sys

# Names in the schema, and the tables that they come from: file, and the table's name.
TABLES = {
    "kind": ("src/bounce/bounce.c", "kind_names"),
    "reason": ("src/bounce/bounce.c", "reason_names"),
    "where": ("src/bounce/bounce.c", "const where_names"),
    "verdict": ("src/verdict/verdict.c", "verdict_names"),
    "for": ("src/verdict/verdict.c", "for_names"),
    "strength": ("src/verdict/verdict.c", "strength_names"),
    "ground": ("src/verdict/verdict.c", "ground_names"),
    "warning": ("src/verdict/verdict.c", "warning_names"),
    "source": ("src/trace/trace.c", "source_names"),
    "mark": ("src/trace/trace.c", "mark_names"),
    "state": ("src/job/job.c", "state_names"),
}
NOT_EXPLAINED = {"type", "null"}


def read(top, name):
    with open(f"{top}/{name}", encoding="utf-8") as file:
        return file.read()


def schema_of(top):
    return json.loads(read(top, "doc/notme.schema.json"))


def names_in_source(top):
    found = {}
    for name, (file, table) in TABLES.items():
        body = re.search(re.escape(table) + r"\[\w*\] = \{(.*?)\};", read(top, file), re.S).group(1)
        found[name] = set(re.findall(r'"([a-z0-9-]+)"', body))
    rules = "".join(read("", f) for f in glob.glob(f"{top}/src/verdict/rules_*.c"))
    kinds = "".join(read("", f) for f in glob.glob(f"{top}/src/bounce/*.c"))
    found["rule"] = set(re.findall(r'^    \{"([a-z-]+)", FOR_', rules, re.M))
    for call in re.findall(r"(?:kind_set|bounce_mark_add)\(([^;]*?)g_str", kinds):
        found["rule"] |= set(re.findall(r'"([a-z-]+)"', call))
    found["format"] = set(re.findall(r'^    \{"([^"]*)", IN_', read(top, "src/bounce/dialects.c"), re.M))
    found["action"] = set(re.findall(r'X\(\w+, "([a-z]+)"', read(top, "src/job/job.h")))
    found["question_id"] = set(re.findall(r'\[QUESTION_\w+\] = \{"([a-z-]+)"', read(top, "src/verdict/question.c")))
    return found


def values_of(definition):
    if "pattern" in definition:  # ids of questions
        return set(re.findall(r"[a-z]+(?:-[a-z]+)*", definition["pattern"]))
    return set(definition["enum"])


def tables(top):
    defs = schema_of(top)["$defs"]
    for name, values in names_in_source(top).items():
        known = values_of(defs[name])
        if name == "format":  # what is no dialect has a name, too
            values |= {"rfc3464", "text", "arf", "mdn"}
        for value in sorted(values - known):
            print(f"{name}: {value} is not in the schema")
        for value in sorted(known - values):
            print(f"{name}: {value} is not in the source")


def words_of(node, found):
    if isinstance(node, dict):
        found |= set(node.get("properties", {}))
        found |= {v for v in node.get("enum", []) if v}
        for value in node.values():
            words_of(value, found)
    elif isinstance(node, list):
        for value in node:
            words_of(value, found)


def page(top):
    text = read(top, "doc/notme-json.5")
    found = set()
    words_of(schema_of(top), found)
    for value in sorted(found | values_of(schema_of(top)["$defs"]["question_id"])):
        if not re.search(r"(?<![\w-])" + re.escape(value) + r"(?![\w-])", text):
            print(f"{value} is not in notme-json(5)")


def check(top, name, file):
    import jsonschema

    schema = schema_of(top)
    jsonschema.Draft202012Validator.check_schema(schema)
    part = {"$schema": schema["$schema"], "$ref": "#/$defs/" + name, "$defs": schema["$defs"]}
    validator, lines = jsonschema.Draft202012Validator(part), 0
    with open(file, encoding="utf-8") as stream:
        for line in stream:
            lines += 1
            for error in validator.iter_errors(json.loads(line)):
                print(f"{file}:{lines}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    print(lines, "lines")


def main():
    how, top = sys.argv[1:3]
    if how == "check" and not importlib.util.find_spec("jsonschema"):
        sys.exit(3)
    if how == "check":
        check(top, *sys.argv[3:])
    else:
        {"tables": tables, "page": page}[how](top)


main()
