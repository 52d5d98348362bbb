#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""offices.py make WORLD MAIL: writes the mailbox of one of three offices under a joe-job into the folder MAIL, and the
truth of each message into MAIL/../truth: "ID genuine|forged". Always the same.
offices.py address WORLD: whose it is.
offices.py judge TRUTH <LIST: "GENUINE-LOST FORGED-BELIEVED UNDECIDED ALL" of a list in JSON lines.
offices.py choose WORLD CONFIG <QUESTIONS: what its postmaster answers next, "QUESTION yes|no".

firm        mail by Exchange Online (learned as its border), a tenant of its own; a newsletter service that keeps no copies in Sent
university  a person with an address that forwards (alumni), mail by the university's server, lists at a hoster
shop        two servers of its own, a ticket system elsewhere; signs all that it sends
"""
import json
import os
import random
import sys

sys.dont_write_bytecode = True
from report import report, stamp

NAMES = 'unknown', 'dsl-{}.pool.maple.example', 'mail.hazel{}.example'
WORLDS = {
    'firm': {
        'address': 'office@firm.example', 'own': {}, 'services': {'mta7.fern.example': '203.0.113.200'},
        'house': True, 'accounts': ['firm.example', 'firmexample.onmicrosoft.com'], 'forwarders': {},
        'kept': True, 'signs': False, 'complete': False},
    'university': {
        'address': 'kim@alumni.uni.example', 'own': {'smtp.uni.example': '203.0.113.25'}, 'services': {},
        'house': False, 'accounts': [], 'forwarders': {'relay.alumni.example': '192.0.2.240',
                                                       'lists.elmhost.example': '192.0.2.241'},
        'kept': True, 'signs': False, 'complete': True},
    'shop': {
        'address': 'help@shop.example',
        'own': {'mail1.shop.example': '203.0.113.11', 'mail2.shop.example': '203.0.113.12'},
        'services': {'out.ticketfir.example': '203.0.113.140'}, 'house': False, 'accounts': [], 'forwarders': {},
        'kept': False, 'signs': True, 'complete': True},
}


def queue_id(number):
    return f'{number * 31 % 0xF0000:05X}{number * 7919 % 0x10000:05X}'


def hop(client, name, address, server, number, minute):
    return (f'Received: from {client} ({name} [{address}])\n\tby {server} (Postfix) with ESMTPS id '
            f'{queue_id(number)};\n\t{stamp(minute)} (UTC)\n')


class Office:
    def __init__(self, name, folder):
        self.world, self.folder, self.number, self.truth = WORLDS[name], folder, 0, []
        self.address = self.world['address']
        self.domain = self.address.split('@')[1]
        self.chance = random.Random(5)
        for box in 'INBOX', 'Sent':
            for part in 'cur', 'new', 'tmp':
                os.makedirs(os.path.join(folder, box, part), exist_ok=True)

    def write(self, box, text):
        with open(os.path.join(self.folder, box, 'cur', f'm{self.number}:2,S'), 'w', encoding='ascii') as file:
            file.write(text)

    def outer(self, server, reporter, minute):
        """How the bounce came to us."""
        here = f'192.0.2.{reporter + 1}'
        if not self.world['house']:
            own = next(iter(self.world['own']))
            return hop(server, server, here, own, self.number + 7, minute + 1)
        return ('Received: from DB9PR01MB0002.eurprd01.prod.exchangelabs.com (2001:db8:5::2)\n\tby '
                'AS8PR01MB0001.eurprd01.prod.exchangelabs.com with HTTPS; ' + stamp(minute + 2) + '\n'
                'Received: from DB1EUR05FT003.eop-eur05.prod.protection.outlook.com (2001:db8:5::9) by\n\t'
                'DB9PR01MB0002.outlook.office365.com (2001:db8:5::2) with Microsoft SMTP Server\n\t'
                '(version=TLS1_2, cipher=X) id 15.20.4200.1 via Frontend Transport; ' + stamp(minute + 2) + '\n'
                f'Authentication-Results: spf=pass (sender IP is {here}) smtp.helo={server};\n\tdkim=none (message not '
                'signed) header.d=none; dmarc=none action=none\n\theader.from=' + server + '; compauth=pass reason=109\n'
                f'Received-SPF: Pass (protection.outlook.com: domain of {server} designates {here} as\n\tpermitted sender) '
                f'receiver=protection.outlook.com; client-ip={here};\n\thelo={server}; pr=C\n'
                f'Received: from {server} ({here}) by\n\tDB1EUR05FT003.mail.protection.outlook.com (2001:db8:5::9) '
                'with Microsoft SMTP\n\tServer (version=TLS1_2, cipher=X) id 15.20.4200.1 via Frontend Transport; ' +
                stamp(minute + 1) + '\n')

    def bounce(self, what, make_chain, message_id, subject, more=''):
        self.number += 1
        number, reporter = self.number, self.chance.randrange(24)
        server = f'mx.org{reporter}.example'
        recipient, minute = f'user{number}@org{reporter}.example', number * 11 % 7000
        signature = ''
        if what == 'genuine' and self.world['signs']:
            signature = (f'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s=s1;\n'
                         '\th=From:To:Subject:Date:Message-ID; bh=AAAA; b=AAAA\n')
        returned = f'''{make_chain(server, number, minute)}{signature}From: {self.address}
To: {recipient}
Subject: {subject}
Message-ID: <{message_id}>
Date: {stamp(minute)}
{more}
text
'''
        self.write('INBOX', report(self.outer(server, reporter, minute), server, self.address, number, recipient, minute,
                                   returned))
        self.truth.append((f'b{number}@{server}', what))
        return recipient, minute

    def letter(self, sender):
        """What comes from anybody."""
        self.number += 1
        server = f'mail.friend{sender}.example'
        self.write('INBOX', self.outer(server, 100 + sender, self.number * 13 % 7000) +
                   f'From: anna@friend{sender}.example\nTo: {self.address}\nSubject: lunch {self.number}\n'
                   f'Message-ID: <l{self.number}@friend{sender}.example>\nDate: {stamp(self.number * 13 % 7000)}\n\nx\n')

    def keep(self, message_id, recipient, minute, subject):
        self.write('Sent', f'From: {self.address}\nTo: {recipient}\nSubject: {subject}\nMessage-ID: <{message_id}>\n'
                           f'Date: {stamp(minute)}\n\ntext\n')

    def online(self, tenant, address):
        """By Exchange Online, whose front names the tenant."""
        def chain(server, number, minute):
            name = f'mail-db8eur05on20{number % 90 + 10}.outbound.protection.outlook.com'
            return (hop('EUR05-DB8-obe.outbound.protection.outlook.com', name, address, server, number, minute) +
                    'Received: from AS8PR01MB0001.eurprd01.prod.exchangelabs.com (2001:db8:5::1) by\n\t'
                    'DB9PR01MB0002.eurprd01.prod.exchangelabs.com (2001:db8:5::2) with Microsoft SMTP Server\n\t'
                    f'(version=TLS1_2, cipher=X) id 15.20.4200.1; {stamp(minute)}\n'), f'X-OriginatorOrg: {tenant}\n'
        return chain

    def by_online(self, what, tenant, address, subject):
        make = self.online(tenant, address)
        message_id = f'{self.number}@{"eurprd01.prod.exchangelabs.com" if what == "genuine" else "x.example"}'
        found = self.bounce(what, lambda s, n, m: make(s, n, m)[0], message_id, subject,
                            f'X-OriginatorOrg: {tenant}\n')
        if what == 'genuine' and self.world['kept']:
            self.keep(message_id, *found, subject)

    def ours(self, kept):
        if self.world['house']:
            self.by_online('genuine', self.domain, f'203.0.113.{60 + self.number % 5}', f'letter {self.number}')
            return
        name, address = self.chance.choice(sorted(self.world['own'].items()))
        message_id, subject = f'g{self.number}@{self.domain}', f'letter {self.number}'
        found = self.bounce('genuine', lambda s, n, m: hop(name, name, address, s, n, m), message_id, subject)
        if kept and self.world['kept']:
            self.keep(message_id, *found, subject)

    def service(self, name, address):
        self.bounce('genuine', lambda s, n, m: hop(name, name, address, s, n, m), f'n{self.number}@{name}',
                    'News, or ticket')

    def carried(self, name, address):
        own, own_address = sorted(self.world['own'].items())[0]
        message_id, subject = f'f{self.number}@{self.domain}', f'carried {self.number}'
        found = self.bounce('genuine', lambda s, n, m: hop(name, name, address, s, n, m) +
                            hop(own, own, own_address, name, n + 1, m), message_id, subject)
        if self.number % 2:
            self.keep(message_id, *found, subject)

    def campaign(self, which):
        if self.world['house'] and which % 4 == 3:
            self.by_online('forged', f'tenant{which}.onmicrosoft.com', f'198.51.100.{200 + which}', f'offer {which}')
            return
        address, name = f'198.51.100.{which + 1}', NAMES[which % 3].format(which)
        said = (self.domain, f'pc{which}', name)[which % 3]
        self.bounce('forged', lambda s, n, m: hop(said, name, address, s, n, m), f'c{self.number}@pc{which}',
                    f'offer {which}')


def make(name, folder):
    office = Office(name, folder)
    for i in range(16):
        office.ours(i < 12)
    for service, address in office.world['services'].items():
        for _ in range(20):
            office.service(service, address)
    for forwarder, address in office.world['forwarders'].items():
        for _ in range(6):
            office.carried(forwarder, address)
    while office.number < 240:
        office.campaign(office.number % 16)
    for i in range(60):
        office.letter(i % 20)
    with open(os.path.join(folder, '..', 'truth'), 'w', encoding='ascii') as file:
        file.writelines(f'{message} {what}\n' for message, what in office.truth)


def judge(truth_file):
    with open(truth_file, encoding='ascii') as file:
        truth = dict(line.split() for line in file)
    lost = believed = undecided = count = 0
    for line in sys.stdin:
        case = json.loads(line)
        what = truth[case['id']]
        lost += what == 'genuine' and case['verdict'] in ('backscatter', 'fake')
        believed += what == 'forged' and case['verdict'] == 'genuine'
        undecided += case['verdict'] == 'undecided'
        count += 1
    print(lost, believed, undecided, count)


def choose(name, config):
    """The first question that he knows the answer to. That the servers named are all is true only once they are."""
    world = WORLDS[name]
    with open(config, encoding='ascii') as file:
        said = file.read()
    mine = list(world['own'].values()) + list(world['services'].values())
    if world['house']:
        mine += [f'203.0.113.{60 + i}' for i in range(5)]
    carriers = list(world['forwarders']) + list(world['forwarders'].values())
    asked = [json.loads(line)['question'] for line in sys.stdin]
    for question in asked:
        kind, _, subject = question.partition(':')
        if kind == 'is-own':
            if world['house'] and subject in mine[1:]:
                continue        # the provider's, not his
            answer = subject in mine
        elif kind == 'forwarder':
            answer = subject in carriers
        elif kind == 'account':
            answer = subject in world['accounts']
        elif kind == 'login':
            answer = False
        elif kind == 'signs-all':
            answer = world['signs']
        elif kind == 'sent-complete':
            answer = False      # the services keep nothing there, and some letters went by telephone
        elif kind == 'complete':
            if world['complete'] and not all(address in said for address in mine):
                continue
            answer = world['complete']
        else:
            continue
        print(question, 'yes' if answer else 'no')
        return


def main():
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == 'address':
        print(WORLDS[arguments[0]]['address'])
    else:
        {'make': make, 'judge': judge, 'choose': choose}[what](*arguments)


main()
