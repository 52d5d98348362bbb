# SPDX-License-Identifier: GPL-3.0-or-later
# Looks at each finding of the corpora; see sentences.t.
import json
import pathlib
import re
import subprocess
import sys

notme, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
folders = {"verdicts": "verdicts/notme-config.ini", "attacks": "attacks/notme-config.ini",
           "sisimai": "verdicts/notme-config.ini", "flufl": "verdicts/notme-config.ini",
           "field": "verdicts/notme-config.ini"}


def findings(folder, config):
    files = [str(f) for f in sorted((corpus / folder).iterdir())
             if f.suffix not in (".ini", ".jsonl")]
    out = subprocess.run([notme, f"--config={corpus / config}", "check", "--format=json", *files],
                         capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def names(hop):
    return {n for n in (hop["by"], hop["from_helo"], hop["from_rdns"]) if n}


SURE = "; that shows your server, not the person"
ADDRESS = r"([0-9a-f.:]+)"


def untrue(one, piece):
    """What a sentence says of the chain and the chain does not show; None where all is true."""
    chain, text, rule = one["returned_chain"], piece["text"], piece["rule"]
    shown = {(h["by"], h["from_ip"]) for h in chain if h["mark"] in ("own", "believed", "injection")}
    greeted = {(h["from_ip"], h["from_helo"]) for h in chain + one["outer_chain"]}
    named = {(h["from_ip"], h["from_rdns"]) for h in chain + one["outer_chain"]}
    if SURE in text and piece["strength"] != "proof":
        return "sounds surer than it is"
    if piece["strength"] == "proof" and "; but " in text:
        return "a proof with a but"
    found = re.match(rf"(\S+) saw {ADDRESS}, which is yours, hand it over", text)
    if found and (found[1], found[2]) not in shown and one["injection"]["source"] == "received":
        return "nobody who is believed saw that address"
    found = re.match(rf"a line by (\S+) (?:shows|says that) {ADDRESS}, which is yours", text)
    if found and (found[1], found[2]) not in {(h["by"], h["from_ip"]) for h in chain}:
        return "no such line"
    found = re.search(rf"{ADDRESS}, which called itself \"([^\"]+)\",", text)
    if found and (found[1], found[2]) not in greeted and len(found[2]) < 80:
        return "nobody called himself so"
    found = re.match(rf"{ADDRESS} \((\S+)\) is not one of your servers; it handed", text)
    if found and (found[1], found[2]) not in named and one["injection"]["source"] == "received":
        return "nobody looked that name up"
    found = re.search(r" is not one of your servers; it handed the message to (\S+)$", text)
    if found and one["injection"]["source"] == "received" and rule == "foreign-injection" and \
       (found[1], one["injection"]["ip"]) not in shown | {("an", one["injection"]["ip"])}:
        return "it was handed to somebody else"
    return None


looked = 0
for folder, config in folders.items():
    for one in findings(folder, config):
        if one.get("kind") in (None, "none"):
            continue
        looked += 1
        chain = one["returned_chain"]
        forged = {h["by"] for h in chain if h["mark"] == "forged" and h["by"]}
        honest = set().union(*[names(h) for h in chain + one["outer_chain"]
                               if h["mark"] != "forged"], set())
        honest |= {one["reporting_mta"]}
        for piece in one["evidence"]:
            kind = piece["for"] == "genuine"
            hold = piece["text"].partition("(no proof: ")[2]
            text = piece["text"] if kind else hold
            why = untrue(one, piece)
            if why:
                print("untrue", one["file"], why, piece["text"])
            for name in forged - honest:
                if f"{name} may have carried" in text or f"a line by {name}" in text or \
                   (kind and text.startswith(f"{name} saw ")):
                    print("wrong", one["file"], name, text)
        sides = {piece["for"] for piece in one["evidence"]}
        if one["verdict"] != "undecided" and one["verdict"] not in sides:
            print("bare", one["file"], one["verdict"])
print("looked at", looked)
