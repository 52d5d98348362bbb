# SPDX-License-Identifier: GPL-3.0-or-later
# A strict reader of drafts: check_draft.py letter|arf|xarf FILE... (mbox or one message). Prints
# what is wrong; with nothing wrong "N drafts", and with --to their addressees.
import base64
import email
import email.policy
import email.utils
import hashlib
import ipaddress
import json
import os
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


# The report has to fit xarf.schema.json, where python3-jsonschema is there to tell.
def check_schema(report):
    try:
        import jsonschema
    except ImportError:
        return
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "xarf.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(report):
        complain(f"xarf: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")


def check_xarf(part, ip):
    report = json.loads(text_of(part))
    check_schema(report)
    if report["source_identifier"] != ip:
        complain("xarf: another address")
    for item in report["evidence"]:
        data = base64.b64decode(item["payload"], validate=True)
        if b"BODY-OF" in data:
            complain("xarf: the body")
        if item["size"] != len(data) or item["hash"] != "sha256:" + hashlib.sha256(data).hexdigest():
            complain("xarf: size or hash")


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
            before = len(wrong)
            to.append(str(check(raw, arguments[0])["To"]))
            wrong[before:] = [f"{os.path.basename(name)}: {what}" for what in wrong[before:]]
            count += 1
    for what in wrong:
        print(what)
    if "--to" in sys.argv:
        print("\n".join(sorted(to)))
    elif not wrong:
        print(count, "drafts")


if __name__ == "__main__":
    main()
