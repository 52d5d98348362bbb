#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that the numbers of "notme summary" are those of "notme list" in text, HTML and JSON, and that the HTML runs
# nothing, fetches nothing, and shows what mail says as text, whatever it says.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/mailbox.sh"
command -v notmuch >/dev/null || skip_all "no notmuch"
command -v python3 >/dev/null || skip_all "no python3"
mailbox_config "$work/box"
d=$box/mail/INBOX/cur
for n in 1 2 3 4 5 6 7; do bounce "$n" "$d/b$n:2,S" dsl-77.example.net 198.51.100.77; done
for n in 8 9; do bounce "$n" "$d/b$n:2,S" dsl-78.example.org 203.0.114.9; done
genuine 10 "$d/b10:2,S"
bounce 11 "$d/b11:2,S"
sed -i '/^Received: from spam/,/^	for/d' "$d/b11:2,S"
for n in 1 2 8; do sed -i 's/03 Nov 2025/05 Nov 2025/' "$d/b$n:2,S"; done
# names that an enemy would like to see in a browser
evil='"><script>alert(1)</script><img src=x onerror=alert(2)>'
for n in 12 13; do
    bounce $n "$d/b$n:2,S" dsl-79.example.org 203.0.114.10
    python3 - "$d/b$n:2,S" "$evil" <<'END'
import sys
name, evil = sys.argv[1:]
text = open(name).read()
text = text.replace('me@own.example', '"<script>alert(3)</script>"@own.example')
text = text.replace('Reporting-MTA: dns; mx.remote.example', 'Reporting-MTA: dns; ' + evil + '.example')
open(name, 'w').write(text.replace('Subject: message', 'Subject: ' + evil))
END
done
index

cat >"$work/check.py" <<'END'
"""check.py LIST SUMMARY: prints what differs between a list and a summary, both in JSON."""
import collections
import json
import sys
import time
rows = [json.loads(line) for line in open(sys.argv[1])]
summary = json.load(open(sys.argv[2]))


def compare(what, got, wanted):
    if got != wanted:
        print(f'{what}: {got} is not {wanted}')


verdicts = collections.Counter(row['verdict'] for row in rows)
compare('all', summary['count'], len(rows))
for verdict, count in summary['verdicts'].items():
    compare(verdict, count, verdicts[verdict])


def day(row):
    when = row['timestamp']
    seconds = when if isinstance(when, int) else time.mktime(time.strptime(when, '%Y-%m-%dT%H:%M:%SZ')) - time.timezone
    return time.strftime('%Y-%m-%d', time.localtime(seconds))


def injection(row, verdict):
    ip = row['injection']['ip'] if row['injection'] else None
    return ip if row['verdict'] == verdict else None


def count(what):
    return dict(collections.Counter(filter(None, what)))


def network(ip):
    """Its /24 where more of it were seen, else itself (the addresses here are all IPv4)."""
    near = {other for other in others if other.rsplit('.', 1)[0] == ip.rsplit('.', 1)[0]}
    return ip.rsplit('.', 1)[0] + '.0/24' if len(near) > 1 else ip


others = [injection(row, 'backscatter') for row in rows if injection(row, 'backscatter')]


def parts(name):
    return {part['name']: part['count'] for part in summary[name]}


compare('days', parts('days'), dict(collections.Counter(map(day, rows))))
compare('kinds', parts('kinds'), dict(collections.Counter(row['kind'] for row in rows)))
compare('addresses', parts('addresses'), count(others))
compare('networks', parts('networks'), count(map(network, others)))
compare('undecided_addresses', parts('undecided_addresses'), count(injection(row, 'undecided') for row in rows))
compare('abused', parts('abused'), count(row['abused'] for row in rows if row['verdict'] == 'backscatter'))
compare('undecided', sum(parts('undecided').values()), verdicts['undecided'])
for name in 'days', 'networks', 'reporters', 'abused':
    for part in summary[name]:
        compare(f'{name} {part["name"]}', sum(part['verdicts'].values()), part['count'])
        compare(f'{name} {part["name"]}: first', part['first'] <= part['last'], True)
END
for query in '' 'subject:Undelivered and date:2025-11-05' 'verdict:backscatter' 'tag:nothing'; do
    # shellcheck disable=SC2086 # none, or one word a word
    notme list --format=json $query >"$work/list"
    # shellcheck disable=SC2086
    notme summary --format=json $query >"$work/summary"
    is "$(python3 "$work/check.py" "$work/list" "$work/summary")" "" "the numbers are the list's: ${query:-all}"
done
run notme summary
is "$status" 0 "as text"
like "$out" '^1 genuine, 9 backscatter, 0 fake, 3 undecided$|^1 genuine, 1[01] backscatter, 0 fake, [123] undecided$' \
    "with the counts"
like "$out" '^       7  198.51.100.77$' "one address is not called a network"
like "$out" '^       4  203.0.114.0/24$' "several of one network are"
like "$out" '2025-11-05 +3  ###' "days with bars"
is "$(LC_ALL=C grep -c '[[:cntrl:]]' <<<"$(tr -d '\n' <<<"$out")")" 0 "nothing raw"

notme summary --format=html >"$work/s.html"
cat >"$work/tags.py" <<'END'
"""tags.py FILE: what an HTML file would run or fetch, and whether its tags fit together."""
import html.parser
import sys
ALLOWED = set('html head meta title style body h1 h2 p b span table tr th td svg defs pattern rect circle g text'.split())
EMPTY = {'meta', 'rect', 'circle'}


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.text = [], ''

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED:
            print('tag', tag)
        for name, value in attrs:
            if name.startswith('on') or name in ('href', 'src', 'xlink:href', 'action', 'srcset'):
                print('attribute', tag, name)
            if 'url(' in (value or '') and not value.startswith('url(#'):
                print('fetches', value)
        if tag not in EMPTY and not self.get_starttag_text().endswith('/>'):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in EMPTY and (not self.open or self.open.pop() != tag):
            print('does not fit:', tag)

    def handle_data(self, data):
        if 'style' not in self.open:
            self.text += data
        elif '@import' in data or 'url(' in data:
            print('style fetches')


text = open(sys.argv[1], encoding='utf-8').read()
reader = Reader()
reader.feed(text)
if reader.open:
    print('open:', reader.open)
if 'http:' in text or 'https:' in text or '//' in text:
    print('an address')
if len(sys.argv) > 2 and sys.argv[2] not in reader.text:
    print('not shown:', sys.argv[2])
END
is "$(python3 "$work/tags.py" "$work/s.html" '<script>alert(3)</script>')" "" \
    "HTML runs and fetches nothing, fits together, and shows a hostile name as text"
for verdict in genuine backscatter fake undecided; do
    is "$(grep -o "<b>[0-9]*</b> $verdict" "$work/s.html" | tr -dc 0-9)" \
        "$(notme list --format=json --verdict=$verdict | wc -l)" "its count of $verdict is the list's"
done
is "$(grep -o 'pattern id="[gbfu]"' "$work/s.html" | sort -u | wc -l)" 4 "each verdict has a pattern"
like "$(cat "$work/s.html")" '@media print' "it is made for paper, too"
like "$(cat "$work/s.html")" '@media screen and \(max-width:44em\)\{\.c\{display:none' "... and for narrow windows, where names go before bars"

# complaints
if "$NOTME" complain --help >/dev/null 2>&1; then
    notme complain --yes --old id:b3@mx.remote.example >/dev/null 2>&1
    like "$(notme summary)" '^  1 drafted; 1 bounce bears the mark of one$' "complaints are counted"
    like "$(notme summary --format=json)" '"complained":1' "in JSON, too"
fi
run notme summary --format=pdf
is "$status" 2 "another format is refused"
run notme summary tag:nothing
like "$out" '^There are none.$' "nothing is told, too"
done_testing
