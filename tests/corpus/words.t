#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves on all mail of the corpus, where one is there, that what is said is true of the case it stands in: every verdict
# has evidence of its side, no reason that excuses or believes names a line that is marked as forged, names in
# parentheses were looked up, and questions can be read back.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "$corpus" ] || skip_all "no corpus (NOTME_CORPUS)"
cat >"$work/words.py" <<'END'
import collections, json, pathlib, re, subprocess, sys

notme, corpus = sys.argv[1], pathlib.Path(sys.argv[2])

def check(files, config):
    command = [notme] + (["--config=%s" % config] if config else []) + ["check", "--format=json", "--files0-from=-"]
    run = subprocess.run(command, input=b"\0".join(str(f).encode() for f in files), capture_output=True)
    return [json.loads(line) for line in run.stdout.splitlines()]

def cases():
    for name in ("sisimai", "flufl", "field", "ordinary", "seed"):
        yield from check(sorted(p for p in (corpus / name).rglob("*") if p.is_file()), None)
    folder = corpus / "verdicts"
    if folder.is_dir():
        yield from check(sorted(folder.glob("*.eml")), folder / "notme-config.ini")
    folder = corpus / "attacks"
    if folder.is_dir():
        configs = collections.defaultdict(list)
        for line in (folder / "truth.jsonl").read_text().splitlines():
            truth = json.loads(line)
            configs[truth["config"]].append(folder / truth["file"])
        for config, files in configs.items():
            yield from check(files, folder / config)

wrong, seen = collections.defaultdict(list), 0
ids = re.compile(r"((is-own|forwarder|account|login):[A-Za-z0-9.:_@/-]+|complete|sent-complete|signs-all)$")
for one in cases():
    seen += 1
    name, evidence = one.get("file"), one.get("evidence") or []
    verdict = one.get("verdict")
    if verdict in ("genuine", "backscatter", "fake") and not any(e["for"] == verdict for e in evidence):
        wrong["a verdict has evidence of its side"].append(name)
    if verdict is None and (one.get("questions") or one.get("warning")):
        wrong["ordinary mail asks nothing"].append(name)
    chain = one.get("returned_chain") or []
    forged = {hop["by"] for hop in chain if hop.get("mark") == "forged" and hop.get("by")}
    forged -= {hop["by"] for hop in chain if hop.get("mark") != "forged"}
    looked = {(hop["from_ip"], hop["from_rdns"]) for hop in chain + (one.get("outer_chain") or [])}
    for e in evidence:
        held = re.search(r"\(no proof: (.*)\)$", e["text"])
        trusting = held.group(1) if held else e["text"] if e["for"] == "genuine" else ""
        if any(host in trusting for host in forged):
            wrong["no reason that believes names a forged line"].append("%s: %s" % (name, e["text"]))
        for ip, host in re.findall(r"([0-9a-f.:]{7,}) \(([^()]*)\)", e["text"]):
            if (ip, host) not in looked:
                wrong["names in parentheses were looked up"].append("%s: %s" % (name, e["text"]))
        if not e.get("ground"):
            wrong["every piece of evidence has a ground"].append(name)
    for q in one.get("questions") or []:
        if not ids.match(q):
            wrong["questions have the form of ids"].append("%s: %s" % (name, q))
print("%d cases" % seen, "0" if seen > 500 else "1", sep="\t")
for what in ("a verdict has evidence of its side", "ordinary mail asks nothing", "no reason that believes names a forged line",
             "names in parentheses were looked up", "every piece of evidence has a ground", "questions have the form of ids"):
    for miss in wrong[what][:10]:
        print("# " + miss, file=sys.stderr)
    print(what, min(len(wrong[what]), 1), sep="\t")
END
python3 "$work/words.py" "$NOTME" "$corpus" >"$work/lines"
while IFS=$'\t' read -r name status; do
    ok "$status" "$name"
done <"$work/lines"
done_testing
