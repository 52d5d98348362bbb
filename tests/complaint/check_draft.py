# SPDX-License-Identifier: GPL-3.0-or-later
# A strict reader of drafts: check_draft.py letter|arf|xarf FILE... (mbox or one message). Prints
# what is wrong; with nothing wrong "N drafts", and with --to their addressees.
import base64
import email
import email.policy
import email.utils
import ipaddress
import json
import re
import sys

REQUIRED = ["Feedback-Type", "User-Agent", "Version", "Original-Mail-From", "Original-Rcpt-To",
            "Arrival-Date", "Source-IP", "Reporting-MTA", "Reported-Domain"]
OPTIONAL = ["Incidents"]
wrong = []


def complain(what):
    wrong.append(what)


def messages_of(data):
    if not data.startswith(b"From "):
        return [data]
    return [m.split(b"\n", 1)[1] for m in re.split(rb"(?m)^(?=From notme )", data) if m]


def check_bytes(raw):
    for line in raw.split(b"\n"):
        if len(line) > 78:
            complain(f"line of {len(line)}: {line[:60]}")
    if re.search(rb"[^\t\n\x20-\x7e]", raw):
        complain("not plain ASCII, or a control character")
    head = raw.split(b"\n\n", 1)[0]
    for line in head.split(b"\n"):
        if not re.match(rb"([!-9;-~]+:( .*|$)|[ \t]+\S)", line):
            complain(f"no header: {line[:60]}")


def check_head(message):
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"):
        if len(message.get_all(name, [])) != 1:
            complain(f"{name}: {len(message.get_all(name, []))} times")
    for name in ("In-Reply-To", "References", "Cc", "Bcc", "Reply-To"):
        if message.get_all(name):
            complain(f"{name} is there")
    known = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type",
             "content-transfer-encoding", "user-agent"}
    for name in message.keys():
        if name.lower() not in known:
            complain(f"unexpected header {name}")
    if email.utils.parsedate_to_datetime(message["Date"]) is None:
        complain("no date")


def text_of(part):
    data = part.get_payload(decode=True)
    if data is None:  # Python takes message/* for a container
        data = part.get_payload(0).as_bytes()
    return data.decode(part.get_content_charset() or "utf-8")


def check_report(message, parts, letter):
    fields = email.message_from_string(text_of(parts[1]).strip() + "\n\n")
    for name in REQUIRED:
        many = len(fields.get_all(name, []))
        if many != 1 and not (name in ("Reported-Domain", "Original-Rcpt-To") and many == 0):
            complain(f"{name}: {many} times")
    for name in fields.keys():
        if name not in REQUIRED + OPTIONAL:
            complain(f"unexpected field {name}")
    if fields["Version"] != "1" or fields["Feedback-Type"] not in ("abuse", "virus"):
        complain("Version or Feedback-Type")
    if not re.fullmatch(r"<[^<>\s]*>", fields["Original-Mail-From"]):
        complain("Original-Mail-From")
    ip = ipaddress.ip_address(fields["Source-IP"])
    if email.utils.parsedate_to_datetime(fields["Arrival-Date"]) is None:
        complain("Arrival-Date")
    headers = text_of(parts[2])
    if "\n\n" in headers.rstrip("\n"):
        complain("more than headers in the third part")
    for line in headers.rstrip("\n").split("\n"):
        if not re.match(r"([!-9;-~]+:( .*|$)|[ \t]+\S)", line):
            complain(f"third part: no header: {line[:60]}")
    enclosed = email.message_from_string(headers, policy=email.policy.default)
    if str(ip) not in letter or not any(str(ip) in r for r in enclosed.get_all("Received", [])):
        complain(f"{ip} is not in the letter and in the headers")
    subject, inner = str(message["Subject"]), str(enclosed["Subject"] or "").strip()
    same = " ".join(subject.split()) == " ".join(("FW: " + (inner or "(no subject)")).split())
    # encoded words within encoded words stay as they are; what is long is cut, controls are shown
    if not subject.startswith("FW: ") or not (
            same or len(inner) > 300 or "=?" in subject + inner or "\\" in subject):
        complain(f"Subject: {subject} / {inner}")
    return str(ip)


# What the schemas of XARF 4 ask of a report of spam (xarf/xarf-spec: schemas/v4/xarf-core.json and
# types/messaging-spam.json), in our own words: each member with what it has to be.
def text(most=None, pattern=None):
    return lambda v: isinstance(v, str) and (most is None or len(v) <= most) and (
        pattern is None or re.fullmatch(pattern, v) is not None)


MAIL = text(pattern=r"[^@\s<>]+@[^@\s<>]+")
HOST = text(pattern=r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
PARTY = {"org": text(200), "contact": MAIL, "domain": HOST}
EVIDENCE = {"content_type": text(), "payload": text(pattern=r"[A-Za-z0-9+/]*={0,2}"),
            "description": text(500), "hash": text(pattern=r"(md5|sha1|sha256|sha512):[a-fA-F0-9]+"),
            "size": lambda v: type(v) is int and 0 <= v <= 5242880}
REQUIRED_XARF = {
    "xarf_version": text(pattern=r"4\.[0-9]+\.[0-9]+"),
    "report_id": text(pattern=r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    "timestamp": text(pattern=r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "source_identifier": text(), "category": lambda v: v == "messaging", "type": lambda v: v == "spam",
    "protocol": lambda v: v == "smtp", "smtp_from": MAIL,
    "source_port": lambda v: type(v) is int and 1 <= v <= 65535}
OPTIONAL_XARF = {"smtp_to": MAIL, "subject": text(500), "evidence": lambda v: len(v) <= 50,
                 "evidence_source": lambda v: v in ("spamtrap", "user_complaint", "automated_filter", "honeypot",
                                                    "content_analysis", "reputation_feed")}


def check_members(what, value, required, optional):
    for name in required:
        if name not in value:
            complain(f"xarf: {what}{name} is missing")
    for name, one in value.items():
        good = {**required, **optional, "reporter": lambda v: True, "sender": lambda v: True}.get(name)
        if good is None or not good(one):
            complain(f"xarf: {what}{name}: {one!r}")


def check_xarf(part, ip):
    report = json.loads(text_of(part))
    check_members("", report, REQUIRED_XARF, OPTIONAL_XARF)
    for name in ("reporter", "sender"):
        check_members(name + " ", report.get(name, {}), PARTY, {})
    if report["evidence_source"] != "user_complaint":
        complain("xarf: evidence_source")
    if report["source_identifier"] != ip:
        complain("xarf: another address")
    for item in report["evidence"]:
        check_members("evidence ", item, EVIDENCE, {})
        if b"BODY-OF" in base64.b64decode(item["payload"]):
            complain("xarf: the body")


def check(raw, how):
    check_bytes(raw)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    check_head(message)
    if how == "letter":
        if message.get_content_type() != "text/plain":
            complain("no letter")
        everything = text_of(message)
    else:
        report, xarf = message, None
        if how == "xarf":
            outer = list(message.iter_parts())
            if (message.get_content_type() != "multipart/mixed" or len(outer) != 2
                    or outer[1].get_content_type() != "application/json"):
                complain("no XARF beside the report")
                return message
            report, xarf = outer
        parts = list(report.iter_parts())
        types = [p.get_content_type() for p in parts]
        wanted = ["text/plain", "message/feedback-report", "text/rfc822-headers"]
        if (report.get_content_type() != "multipart/report"
                or report["Content-Type"].params.get("report-type") != "feedback-report"
                or types != wanted):
            complain(f"types: {types}")
            return message
        letter = text_of(parts[0])
        ip = check_report(message, parts, letter)
        if how == "xarf":
            check_xarf(xarf, ip)
        everything = letter + text_of(parts[2])
    if "BODY-OF-THE-RETURNED-MESSAGE" in everything:
        complain("the returned message's body")
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", everything):
        complain("a control character in the text")
    return message


def main():
    arguments = [a for a in sys.argv[1:] if a != "--to"]
    count, to = 0, []
    for name in arguments[1:]:
        for raw in messages_of(open(name, "rb").read()):
            to.append(str(check(raw, arguments[0])["To"]))
            count += 1
    for what in wrong:
        print(what)
    if "--to" in sys.argv:
        print("\n".join(sorted(to)))
    elif not wrong:
        print(count, "drafts")


if __name__ == "__main__":
    main()
