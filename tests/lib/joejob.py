#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""joejob.py make MAIL NUMBER CAMPAIGNS REPORTERS: writes a mailbox under a joe-job into the folder MAIL, of so many
messages, and the truth of each into MAIL/../truth: "ID genuine|forged|stolen". Always the same for the same numbers.
joejob.py judge TRUTH <LIST: "GENUINE-LOST FORGED-BELIEVED UNDECIDED" of a list in JSON lines.
joejob.py choose CONFIG <QUESTIONS: what the postmaster answers next, "QUESTION yes|no".

What a postmaster knows: mail of alder.example leaves by 203.0.113.7 (mail.alder.example) and, for the newsletter, by
203.0.113.200 (mta7.fern.example), which keeps no copy in Sent; relay.beech.example carries some of it on. Somebody
has the password of rowan@alder.example."""
import json
import os
import random
import sys

sys.dont_write_bytecode = True
from report import report, stamp

OWN, NEWS, FORWARDER = '203.0.113.7', '203.0.113.200', '192.0.2.250'


def postfix_id(number):
    return f'{number % 0xF0000:05X}{(number * 7919) % 0x10000:05X}'


def hop(client, name, address, server, number, minute, more=''):
    return (f'Received: from {client} ({name} [{address}]){more}\n\tby {server} (Postfix) with ESMTP id '
            f'{postfix_id(number)};\n\t{stamp(minute)} (UTC)\n')


def bounce(number, reporter, chain, recipient, message_id, minute, subject):
    """One report of the reporter number @reporter, whose mail server took what @chain says."""
    organisation = f'org{reporter}.example'
    server = f'mx.{organisation}'
    outer = hop(server, server, f'192.0.2.{reporter + 1}', 'mail.alder.example', number * 3 + 5, minute + 1)
    returned = f'''{chain}From: rowan@alder.example
To: {recipient}
Subject: {subject}
Message-ID: <{message_id}>
Date: {stamp(minute)}

text
'''
    return report(outer, server, 'rowan@alder.example', number, recipient, minute, returned)


class Mailbox:
    def __init__(self, folder, reporters):
        self.folder, self.reporters, self.number, self.truth = folder, reporters, 0, []
        self.chance = random.Random(17)
        for name in ('INBOX', 'Sent'):
            for part in ('cur', 'new', 'tmp'):
                os.makedirs(os.path.join(folder, name, part), exist_ok=True)

    def add(self, reporter, what, make_chain, message_id, subject):
        self.number += 1
        number, server = self.number, f'mx.org{reporter}.example'
        minute = number * 3 % 7000
        recipient = f'user{number}@org{reporter}.example'
        text = bounce(number, reporter, make_chain(server, number, minute), recipient, message_id, minute, subject)
        with open(os.path.join(self.folder, 'INBOX/cur', f'b{number}:2,S'), 'w', encoding='ascii') as file:
            file.write(text)
        self.truth.append((f'b{number}@{server}', what))
        return recipient, minute

    def reporter(self):
        return self.chance.randrange(self.reporters)

    def sent(self, message_id, recipient, minute, subject):
        with open(os.path.join(self.folder, 'Sent/cur', f's{self.number}:2,S'), 'w', encoding='ascii') as file:
            file.write(f'From: rowan@alder.example\nTo: {recipient}\nSubject: {subject}\nMessage-ID: <{message_id}>\n'
                       f'Date: {stamp(minute)}\n\ntext\n')

    def genuine(self, kept):
        message_id, subject = f'g{self.number}@alder.example', f'letter {self.number}'
        recipient, minute = self.add(
            self.reporter(), 'genuine',
            lambda server, n, m: hop('mail.alder.example', 'mail.alder.example', OWN, server, n, m), message_id,
            subject)
        if kept:
            self.sent(message_id, recipient, minute, subject)

    def newsletter(self, reporter):
        self.add(reporter, 'genuine',
                 lambda server, n, m: hop('mta7.fern.example', 'mta7.fern.example', NEWS, server, n, m),
                 f'n{self.number}@fern.example', 'News from the alder')

    def forwarded(self):
        self.add(self.reporter(), 'genuine',
                 lambda server, n, m: hop('relay.beech.example', 'relay.beech.example', FORWARDER, server, n, m) +
                 hop('mail.alder.example', 'mail.alder.example', OWN, 'relay.beech.example', n + 1, m),
                 f'f{self.number}@alder.example', f'to the club {self.number}')

    def stolen(self):
        """Through our server, by somebody who is not us: neither ours nor a stranger's server."""
        self.add(self.reporter(), 'stolen',
                 lambda server, n, m: hop('mail.alder.example', 'mail.alder.example', OWN, server, n, m) +
                 hop('[10.0.0.5]', 'unknown', '198.51.100.222', 'mail.alder.example', n + 1, m,
                     '\n\t(Authenticated sender: rowan@alder.example)'),
                 f'x{self.number}@localhost', 'You have won')

    def campaign(self, which):
        """A bot on a home connection, a machine without a name, or somebody's server."""
        address = f'198.51.100.{which + 1}'
        name = ('unknown', f'dsl-{which}.pool.maple.example', f'mail.hazel{which}.example')[which % 3]
        said = ('mail.alder.example', f'pc{which}', name)[which % 3]
        self.add(self.reporter(), 'forged',
                 lambda server, n, m: hop(said, name, address, server, n, m), f'c{self.number}@pc{which}',
                 f'offer {which}')


def make(folder, number, campaigns, reporters):
    box = Mailbox(folder, reporters)
    for i in range(25):
        box.genuine(i < 20)
    for i in range(60):
        box.newsletter(i % 20)
    for i in range(10):
        box.forwarded()
        if i < 3:
            box.stolen()
    while box.number < number:
        box.campaign(box.number % campaigns)
    with open(os.path.join(folder, '..', 'truth'), 'w', encoding='ascii') as file:
        file.writelines(f'{message} {what}\n' for message, what in box.truth)


def judge(truth_file):
    with open(truth_file, encoding='ascii') as file:
        truth = dict(line.split() for line in file)
    lost = believed = undecided = 0
    for line in sys.stdin:
        case = json.loads(line)
        what = truth[case['id']]
        lost += what == 'genuine' and case['verdict'] in ('backscatter', 'fake')
        believed += what == 'forged' and case['verdict'] == 'genuine'
        undecided += case['verdict'] == 'undecided'
    print(lost, believed, undecided)


def choose(config):
    """The first question to which he can say yes; else the first about an address. That the servers named are all is
    true only once they are."""
    with open(config, encoding='ascii') as file:
        said = file.read()
    yes = {f'is-own:{OWN}', f'is-own:{NEWS}', 'forwarder:relay.beech.example', f'forwarder:{FORWARDER}'}
    if OWN in said and NEWS in said:
        yes.add('complete')
    asked = [json.loads(line)['question'] for line in sys.stdin]
    for question in asked:
        if question in yes:
            print(question, 'yes')
            return
    for question in asked:
        if question.startswith(('is-own:', 'login:', 'forwarder:')):
            print(question, 'no')
            return


def main():
    if sys.argv[1] == 'make':
        make(sys.argv[2], *map(int, sys.argv[3:6]))
    else:
        {'judge': judge, 'choose': choose}[sys.argv[1]](sys.argv[2])


main()
