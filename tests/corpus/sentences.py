# SPDX-License-Identifier: GPL-3.0-or-later
# Looks at each finding of the corpora; see sentences.t.
import json
import pathlib
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
            for name in forged - honest:
                if f"{name} may have carried" in text or f"a line by {name}" in text or \
                   (kind and text.startswith(f"{name} saw ")):
                    print("wrong", one["file"], name, text)
        sides = {piece["for"] for piece in one["evidence"]}
        if one["verdict"] != "undecided" and one["verdict"] not in sides:
            print("bare", one["file"], one["verdict"])
print("looked at", looked)
