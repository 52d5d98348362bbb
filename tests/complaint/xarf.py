# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in XARF reports, and whether xarf.schema.json sees what is wrong.

usage: xarf.py members WANTED FOLDER | spoiled DRAFT
"members" prints where the report of the draft FOLDER/CASE has not what WANTED says of it: lines CASE, member and
value, between tabs; no value: the member is not there. "spoiled" prints each way to spoil the report that passes."""
import copy
import email
import email.policy
import json
import sys

import check_draft

SPOILED = [(f"without {name}", lambda report, name=name: report.pop(name)) for name in (
    "xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier", "category", "type",
    "protocol", "smtp_from", "source_port")]
SPOILED += [(f"{name} {value!r}", lambda report, name=name, value=value: report.update({name: value}))
            for name, value in [
                ("xarf_version", "3.0.0"), ("report_id", "x"), ("timestamp", "2026-07-06 10:00:00"), ("source_port", 0),
                ("source_port", 65536), ("source_port", "25"), ("source_identifier", ""), ("smtp_from", "<>"),
                ("smtp_from", ""), ("smtp_to", "jürgen@r1.example"), ("subject", "x" * 501), ("evidence", []),
                ("evidence_source", "user_report"), ("more", 1),
                ("reporter", {"org": "x" * 201, "contact": "a@b.example", "domain": "b.example"}),
                ("sender", {"org": "x", "contact": "a@b.example"})]]
SPOILED += [("payload", lambda report: report["evidence"][0].update(payload="a b"))]


def report_of(file):
    with open(file, "rb") as stream:
        draft = email.message_from_bytes(check_draft.messages_of(stream.read())[0], policy=email.policy.default)
    parts = [part for part in draft.walk() if part.get_content_type() == "application/json"]
    return json.loads(check_draft.text_of(parts[0])) if parts else {}


def members(wanted, folder):
    for line in open(wanted, encoding="utf-8"):
        case, member, value = line.rstrip("\n").split("\t")
        got = report_of(f"{folder}/{case}").get(member, "")
        got = got["org"] if isinstance(got, dict) else str(got)
        if got != value:
            print(f"{case}: {member} is {got!r}, not {value!r}")


def passes(report):
    check_draft.wrong.clear()
    check_draft.check_schema(report)
    return not check_draft.wrong


def spoiled(draft):
    report = report_of(draft)
    if not passes(report):
        print("the report as it is does not pass")
    for what, spoil in SPOILED:
        other = copy.deepcopy(report)
        spoil(other)
        if passes(other):
            print(what)


{"members": members, "spoiled": spoiled}[sys.argv[1]](*sys.argv[2:])
