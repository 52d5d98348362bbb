#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves on a corpus of real mail, where one is there, that the reader and the tracing stay as good as they were.
. "$(dirname "$0")/../lib/tap.sh"
score=$corpus/../score/score
[ -x "$score" ] && [ -d "$corpus" ] || skip_all "no corpus (NOTME_CORPUS)"
"$score" --notme "$NOTME" --corpus "$corpus" --json >"$work/score.json" 2>"$work/score.err"
ok $? "the scorer ran"
# right, of how many at least (figure); one case of each may go, where none was missed none may
python3 - "$work/score.json" >"$work/lines" <<'END'
import json, sys
floors = """
328/330 sisimai: seen as bounces or notices
60/60 flufl: seen as bounces or notices
154/154 ordinary mail left alone
12/12 kind (report, auto-reply, success)
277/279 number of failed recipients
222/225 status code
222/224 SMTP reply code
287/297 reason
54/57 failed addresses (flufl)
346/346 Received from_helo
385/385 Received from_rdns
410/410 Received from_ip
118/118 Received: no wrong address
410/410 Received by
410/410 Received id
396/396 Received date
73/73 chain: number of hops
62/63 chain: every peer address
62/63 chain: every receiving host
63/63 chain: every HELO
63/63 chain: every reverse name
73/73 chain: submitter address
65/65 returned Message-ID
188/188 verdicts: is it a bounce
186/186 verdicts: kind
182/182 verdicts: verdict
61/61 genuine never called backscatter or fake
121/121 forged never called genuine
156/156 verdicts: submitter
159/159 verdicts: injection
154/154 verdicts: forged hop
158/158 verdicts: recipients
69/70 attacks: verdict
37/37 attacks: forged never called genuine
33/33 attacks: genuine never called backscatter or fake
62/63 attacks: injection
65/66 attacks: forged hop
509/509 real reports never called fake
505/509 real reports without evidence for fake
10/10 the seed's sample, however it was pasted
"""
got = json.load(open(sys.argv[1]))
for line in floors.strip().splitlines():
    floor, name = line.split(" ", 1)
    least, of = map(int, floor.split("/"))
    right, asked = got.get(name, (0, 0))
    # another corpus has other counts: its share is compared
    good = asked and right * of >= least * asked
    print("%d %s: %d of %d, not below %s" % (0 if good else 1, name, right, asked, floor))
END
while read -r status name; do
    ok "$status" "$name"
done <"$work/lines"
done_testing
