#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""owners.py make WORLD MAIL: writes the mailbox of one of three owners into the folder MAIL, and beside it "truth", one
line a bounce: "ID genuine|forged". The mail is sent, carried, refused and bounced by a small world of hosts, each of which
writes what its software writes. Always the same.
owners.py address WORLD: whose it is.
owners.py judge TRUTH <LIST: "GENUINE-LOST FORGED-BELIEVED UNDECIDED ALL" of a list in JSON lines.
owners.py learns WORLD: the networks of his that his mail shows.
owners.py knows WORLD QUESTION: whether it asks for a server of his.
owners.py choose WORLD CONFIG <QUESTIONS: what the owner, who knows no more than how he sends, answers next.

freelancer  a server of her own, a telephone, the web mail of a second provider, a ticket service
firm        two servers, of which one (the shop's) is in no configuration; customers whose addresses forward
club        mail at a provider, a newsletter service with a bounce domain of its own
"""
import datetime
import json
import os
import random
import sys

B60 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx'
B62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
BEGIN = datetime.datetime(2026, 2, 2, 8, 0, 0, tzinfo=datetime.timezone.utc)
TREES = ('oak elm ash yew fir larch hazel rowan maple cedar holly aspen willow poplar linden acacia juniper cypress '
         'hickory walnut chestnut sycamore hawthorn dogwood spruce hemlock mulberry laurel').split()


def base(number, digits, alphabet):
    text = ''
    for _ in range(digits):
        number, rest = divmod(number, len(alphabet))
        text = alphabet[rest] + text
    return text


def stamp(when):
    return when.strftime('%a, %d %b %Y %H:%M:%S +0000')


class Host:
    """A mail server: what it is called, where it stands, what runs on it. Without a name in the DNS @known is false."""

    def __init__(self, name, ip, software='postfix', known=True):
        self.name, self.ip, self.software, self.known = name, ip, software, known

    def queue_id(self, when, number):
        if self.software == 'postfix':
            return f'{number * 7919 % 0xF4240:05X}{number * 31 % 0x100000:05X}'
        if self.software == 'exim':
            return f'{base(int(when.timestamp()), 6, B62)}-{base(number * 977, 6, B62)}-{base(number % 3000, 2, B62)}'
        if self.software == 'sendmail':
            return (B60[when.year % 100] + f'{when.month - 1:X}' + B60[when.day] + B60[when.hour] + B60[when.minute] +
                    B60[when.second] + B60[number % 60] + '2' + f'{number % 100000:06d}')
        return str(number)

    def line(self, client, when, number, to, greeting=None, login=None):
        """The Received field that it writes for what @client hands in."""
        said = greeting or client.name
        name = client.name if client.known else 'unknown'
        queue = self.queue_id(when, number)
        if self.software == 'postfix':
            inside = f'\n\t(Authenticated sender: {login})' if login else ''
            return (f'from {said} ({name} [{client.ip}]){inside}\n\tby {self.name} (Postfix) with ESMTP{"SA" if login else "S"}'
                    f' id {queue}\n\tfor <{to}>; {stamp(when)} (UTC)')
        if self.software == 'exim':
            first = f'{client.name} ([{client.ip}]' if client.known else f'([{client.ip}]'
            helo = f' helo={said})' if said != client.name or not client.known else ')'
            return (f'from {first}{helo}\n\tby {self.name} with esmtp{"sa" if login else "s"} (TLS1.3) tls '
                    f'TLS_AES_256_GCM_SHA384\n\t(Exim 4.96)\n\tid {queue}\n\tfor {to}; {stamp(when)}')
        if self.software == 'sendmail':
            looked = f'{client.name} [{client.ip}]' if client.known else f'[{client.ip}]'
            return (f'from {said} ({looked})\n\tby {self.name} (8.15.2/8.15.2) with ESMTPS id {queue}\n\tfor <{to}>; '
                    f'{stamp(when)}')
        if self.software == 'qmail':
            return (f'from {name} (HELO {said}) ({client.ip})\n  by {self.name} with SMTP; '
                    f'{when.strftime("%d %b %Y %H:%M:%S")} -0000')
        return (f'from {said} ({client.ip}) by\n {self.name} ({self.ip}) with Microsoft SMTP Server\n (version=TLS1_2, '
                f'cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n 15.1.2507.{number % 60}; {stamp(when)}')


class Mail:
    def __init__(self, sender, to, subject, when, identifier):
        self.sender, self.to, self.subject, self.when, self.identifier = sender, to, subject, when, identifier
        self.received, self.extra, self.envelope = [], [], sender

    def headers(self):
        lines = [f'Return-Path: <{self.envelope}>'] if self.received and self.envelope else []
        lines += ['Received: ' + line for line in self.received] + self.extra
        lines += [f'From: {self.sender}', f'To: {self.to}', f'Subject: {self.subject}', f'Date: {stamp(self.when)}',
                  f'Message-ID: <{self.identifier}>', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=us-ascii']
        return '\n'.join(lines) + '\n'

    def text(self):
        return self.headers() + '\nHello, this is about what we spoke of.\n'


WORLDS = {
    'freelancer': {
        'address': 'freya@quill.example', 'domain': 'quill.example',
        'ways': {
            'laptop': [Host('mail.quill.example', '203.0.113.20')],
            'telephone': [Host('mail.quill.example', '203.0.113.20')],
            'webmail': [Host('out3.postbox.example', '198.51.100.40', 'exim')],
            'tickets': [Host('desk.ticketry.example', '192.0.2.77')]},
        'weights': {'laptop': 34, 'telephone': 10, 'webmail': 18, 'tickets': 18},
        'kept': ['laptop'], 'forwarders': [], 'signs': False, 'keeps': False},
    'firm': {
        'address': 'office@birchworks.example', 'domain': 'birchworks.example',
        'ways': {
            'desk': [Host('mail1.birchworks.example', '203.0.113.40', 'exim')],
            'shop': [Host('web07.rackhall.example', '198.51.100.99')]},
        'weights': {'desk': 50, 'shop': 40},
        'kept': ['desk'],
        'forwarders': [Host('fwd.guildhouse.example', '192.0.2.150'), Host('relay.almamater.example', '192.0.2.151', 'exim')],
        'signs': False, 'keeps': False},
    'club': {
        'address': 'info@rowingclub.example', 'domain': 'rowingclub.example',
        'ways': {
            'mail': [Host('out1.posthaus.example', '192.0.2.210'), Host('out2.posthaus.example', '192.0.2.211')],
            'letter': [Host('m14.lettermill.example', '198.51.100.140'), Host('m15.lettermill.example', '198.51.100.141')]},
        'weights': {'mail': 30, 'letter': 50},
        'kept': ['mail'], 'forwarders': [], 'signs': False, 'keeps': False},
}


class Owner:
    def __init__(self, name, folder):
        self.world, self.folder, self.number, self.truth = WORLDS[name], folder, 0, []
        self.name, self.chance = name, random.Random(name)
        self.address, self.domain = self.world['address'], self.world['domain']
        self.border = Host('mail.quill.example', '203.0.113.20') if name == 'freelancer' else \
            Host('mail1.birchworks.example', '203.0.113.40', 'exim') if name == 'firm' else \
            Host('mx2.posthaus.example', '192.0.2.220')
        software = 'postfix postfix exim sendmail qmail exchange'.split()
        self.reporters = [Host(f'{"mx" if i % 3 else "mail"}{i % 4 or ""}.{tree}.example', f'192.0.2.{i + 1}',
                               software[i % len(software)]) for i, tree in enumerate(TREES)]
        for box in 'INBOX', 'Sent':
            for part in 'cur', 'new', 'tmp':
                os.makedirs(os.path.join(folder, box, part), exist_ok=True)

    # --- writing ---
    def next(self):
        self.number += 1
        return self.number

    def write(self, box, text):
        with open(os.path.join(self.folder, box, 'cur', f'm{self.next()}:2,S'), 'w', encoding='ascii') as file:
            file.write(text)

    def moment(self):
        return BEGIN + datetime.timedelta(seconds=self.chance.randrange(24 * 86400))

    def arrive(self, client, when, envelope=''):
        """The fields that our border writes for what @client hands it, and the servers behind."""
        lines, number = [], self.next()
        if self.name == 'club':
            inner = Host('store4.posthaus.example', '10.1.2.4')
            lines.append(f'Return-Path: <{envelope}>\nReceived: from mx2.posthaus.example ([10.1.2.20])\n\tby '
                         f'{inner.name} (Dovecot) with LMTP id {base(number * 99991, 8, B62)}\n\tfor <{self.address}>; '
                         f'{stamp(when + datetime.timedelta(seconds=2))}')
            result = 'pass' if client.known else 'none'
            whose = f'smtp.mailfrom={envelope}' if envelope else f'smtp.helo={client.name}'
            lines.append(f'Authentication-Results: mx2.posthaus.example;\n\tspf={result} {whose}')
        else:
            lines.append(f'Return-Path: <{envelope}>')
        lines.append('Received: ' + self.border.line(client, when, number, self.address))
        return '\n'.join(lines) + '\n'

    # --- mail of our own ---
    def compose(self, way, to, when):
        """A message of ours as the last server of that way sends it, and who that is."""
        servers = self.world['ways'][way]
        server, number = self.chance.choice(servers), self.next()
        mail = Mail(self.address, to, f'Offer {number}', when, f'{base(number * 7577, 7, B62)}.{number}@{self.domain}')
        local = self.address.split('@')[0]
        if way in ('laptop', 'desk'):
            client = Host('laptop.lan', '198.51.100.201', known=False)
            mail.received.insert(0, server.line(client, when, number, to, '[192.168.1.23]', local))
        elif way == 'telephone':
            client = Host(f'ip-{number % 50}.mobile.example', f'198.51.100.{210 + number % 20}')
            mail.identifier = f'{base(number * 15485863, 10, B62)}@phone.local'
            mail.received.insert(0, server.line(client, when, number, to, '[10.54.3.8]', local))
        elif way == 'webmail':
            mail.identifier = f'{number}.{base(number * 7577, 9, B62)}@web.postbox.example'
            mail.received.insert(0, f'from [198.51.100.201] by web1.postbox.example via HTTP; {stamp(when)}')
            inner = Host('web1.postbox.example', '10.8.0.4', known=False)
            mail.received.insert(0, server.line(inner, when, number, to))
        elif way == 'tickets':
            mail.identifier = f'ticket-{number}.{base(number * 104729, 8, B62)}@desk.ticketry.example'
            mail.subject = f'[Ticket #{number}] Your request'
            mail.received.insert(0, f'by desk.ticketry.example (Postfix, from userid 33)\n\tid '
                                    f'{server.queue_id(when, number)}; {stamp(when)} (UTC)')
        elif way == 'shop':
            mail.subject, mail.identifier = f'Your order {number}', f'order.{number}@shop.{self.domain}'
            mail.received.insert(0, f'by {server.name} (Postfix, from userid 1001)\n\tid {server.queue_id(when, number)}; '
                                    f'{stamp(when)} (UTC)')
        elif way == 'mail':
            client = Host('dsl-44.access.example', '198.51.100.202')
            mail.received.insert(0, server.line(client, when, number, to, '[192.168.178.20]', self.address))
        else:
            mail.envelope = f'bounce-{number}-7@b.lettermill.example'
            mail.subject = f'Newsletter {number % 4 + 1} of the rowing club'
            mail.identifier = f'{number}.{base(number * 7577, 9, B62)}@lettermill.example'
            mail.extra = ['List-Unsubscribe: <https://lettermill.example/u/7>', 'Precedence: bulk', 'X-Mailer: Lettermill 4']
            inner = Host('app2.lettermill.example', '10.20.0.2', known=False)
            mail.received.insert(0, server.line(inner, when, number, to))
        return mail, server

    def keep(self, mail):
        copy = Mail(mail.sender, mail.to, mail.subject, mail.when, mail.identifier)
        self.write('Sent', copy.text())

    # --- bounces ---
    def refuse(self, mail, client, reporter, greeting=None):
        """@client hands it to @reporter, who takes it, and cannot deliver it."""
        taken = mail.when + datetime.timedelta(seconds=self.chance.randrange(2, 40))
        mail.received.insert(0, reporter.line(client, taken, self.next(), mail.to, greeting))
        return taken + datetime.timedelta(seconds=self.chance.randrange(2, 90))

    def bounce(self, mail, client, reporter, truth, greeting=None):
        when, number = self.refuse(mail, client, reporter, greeting), self.next()
        identifier = f'{base(number * 7577, 8, B62)}.{number}@{reporter.name}'
        outer = self.arrive(reporter, when + datetime.timedelta(seconds=3))
        head = (f'From: {"postmaster" if reporter.software == "exchange" else "MAILER-DAEMON"}@{reporter.name}\n'
                f'To: {self.address}\nDate: {stamp(when)}\nMessage-ID: <{identifier}>\nAuto-Submitted: auto-replied\n')
        body = getattr(self, 'as_' + reporter.software)(mail, client, reporter, number)
        self.write('INBOX', outer + head + body)
        self.truth.append(f'{identifier} {truth}')

    def dsn(self, text, mail, reporter, returned, extra=''):
        kind = 'message/rfc822' if returned == mail.text() else 'text/rfc822-headers'
        return (f'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n--=_b\n'
                f'Content-Type: text/plain; charset=us-ascii\n\n{text}\n--=_b\nContent-Type: message/delivery-status\n\n'
                f'Reporting-MTA: dns; {reporter.name}\n{extra}Arrival-Date: {stamp(mail.when)}\n\nFinal-Recipient: rfc822; '
                f'{mail.to}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <{mail.to}>: Recipient address '
                f'rejected: User unknown\n\n--=_b\nContent-Type: {kind}\n\n{returned}\n--=_b--\n')

    def as_postfix(self, mail, _client, reporter, number):
        text = (f'This is the mail system at host {reporter.name}.\n\nI\'m sorry to have to inform you that your message '
                f'could not\nbe delivered to one or more recipients.\n\n<{mail.to}>: unknown user: "{mail.to}"\n')
        return ('Subject: Undelivered Mail Returned to Sender\n' +
                self.dsn(text, mail, reporter, mail.headers() if number % 3 == 0 else mail.text()))

    def as_sendmail(self, mail, client, reporter, number):
        whence = f'{client.name} [{client.ip}]' if client.known else f'[{client.ip}]'
        text = (f'The original message was received at {stamp(mail.when)}\nfrom {whence}\n\n   ----- The following addresses '
                f'had permanent fatal errors -----\n<{mail.to}>\n    (reason: 550 5.1.1 User unknown)\n')
        returned = f'Return-Path: <{mail.envelope}>\n' if number % 4 == 0 else mail.text()
        if number % 4 == 0:
            returned += f'From: {mail.sender}\nSubject: {mail.subject}\nMessage-ID: <{mail.identifier}>\n'
        return ('Subject: Returned mail: see transcript for details\n' +
                self.dsn(text, mail, reporter, returned, f'Received-From-MTA: DNS; {client.name}\n'))

    def as_exim(self, mail, _client, _reporter, _number):
        return (f'Subject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: {mail.to}\n\nThis message was '
                'created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or '
                f'more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {mail.to}\n    '
                'Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n' + mail.text())

    def as_qmail(self, mail, _client, reporter, _number):
        return (f'Subject: failure notice\n\nHi. This is the qmail-send program at {reporter.name}.\nI\'m afraid I wasn\'t able to '
                f'deliver your message to the following addresses.\nThis is a permanent error; I\'ve given up. Sorry it didn\'t '
                f'work out.\n\n<{mail.to}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of '
                'the message.\n\n' + mail.text())

    def as_exchange(self, mail, _client, reporter, _number):
        text = (f'Delivery has failed to these recipients or groups:\n\n{mail.to}\nThe email address you entered couldn\'t be '
                f'found.\n\nDiagnostic information for administrators:\n\nGenerating server: {reporter.name}\n\n{mail.to}\n'
                'Remote Server returned \'550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\'\n')
        return f'Subject: Undeliverable: {mail.subject}\n' + self.dsn(text, mail, reporter, mail.headers())

    def vacation(self, mail, client, reporter, truth):
        when, number = self.refuse(mail, client, reporter), self.next()
        identifier = f'{base(number * 7577, 8, B62)}.auto@{reporter.name}'
        self.write('INBOX', self.arrive(reporter, when, mail.to) + f'From: {mail.to}\nTo: {self.address}\nSubject: Out of office: '
                   f'{mail.subject}\nDate: {stamp(when)}\nMessage-ID: <{identifier}>\nIn-Reply-To: <{mail.identifier}>\n'
                   'Auto-Submitted: auto-replied\n\nI am out of the office until Monday.\n')
        self.truth.append(f'{identifier} {truth}')

    # --- what is in the mailbox ---
    def recipient(self, reporter, number):
        return f'p{number}@{reporter.name.split(".", 1)[1]}'

    def genuine(self):
        ways = self.world['weights']
        for way, weight in ways.items():
            for _ in range(weight):
                reporter = self.chance.choice(self.reporters)
                mail, server = self.compose(way, self.recipient(reporter, self.next()), self.moment())
                if way in self.world['kept']:
                    self.keep(mail)
                if self.chance.random() < 0.12:
                    self.vacation(mail, server, reporter, 'genuine')
                    continue
                forwarders = self.world['forwarders']
                if forwarders and self.chance.random() < 0.25:
                    carrier = self.chance.choice(forwarders)
                    self.refuse(mail, server, carrier)
                    server = carrier
                self.bounce(mail, server, reporter, 'genuine')

    def campaigns(self):
        """Bots, and servers that were broken into; half of the bots write a line of our own server below."""
        for i in range(26):
            count = self.chance.choice([3, 8, 14, 22, 40])
            kind = i % 4
            ip = f'203.0.113.{101 + i * 3}' if i % 2 else f'198.51.100.{i + 2}'
            client = [Host(f'dsl-{i}-44.pool.access{i % 3}.example', ip), Host(f'pc{i}', ip, known=False),
                      Host(f'server{i}.cheaprack.example', ip), Host(f'www.florist{i}.example', ip)][kind]
            begin = self.moment()
            for _ in range(count):
                reporter = self.chance.choice(self.reporters)
                number = self.next()
                when = begin + datetime.timedelta(seconds=self.chance.randrange(30 * 3600))
                mail = Mail(self.address, self.recipient(reporter, number), f'Invoice overdue {i}', when,
                            f'{base(number * 7577, 9, B62)}@{client.name if kind > 1 else self.domain}')
                if kind == 1:
                    own = next(iter(self.world['ways'].values()))[0]
                    mail.received.append(own.line(Host('laptop.lan', '198.51.100.201', known=False), when, number, mail.to))
                if kind == 3:
                    mail.extra = [f'X-PHP-Originating-Script: 33:mail{i}.php']
                    mail.received.append(f'from www-data by {client.name} with local (Exim 4.94)\n\t(envelope-from '
                                         f'<{self.address}>)\n\tid {base(int(when.timestamp()), 6, B62)}-0001Qf-7w; {stamp(when)}')
                greeting = self.domain if kind < 2 and i % 3 else None
                if self.chance.random() < 0.06:
                    self.vacation(mail, client, reporter, 'forged')
                else:
                    self.bounce(mail, client, reporter, 'forged', greeting)

    def ordinary(self):
        """Letters from the world, what we sent, posts of ours that a list brought back, and what our services sent to us."""
        for _ in range(320):
            friend = self.chance.choice(self.reporters)
            when = self.moment()
            mail = Mail(self.recipient(friend, self.next()), self.address, 'Question', when, f'{self.next()}.q@{friend.name}')
            self.write('INBOX', self.arrive(friend, when, mail.sender) + mail.headers() + '\nHello\n')
        way = self.world['kept'][0]
        for i in range(260):
            reporter = self.chance.choice(self.reporters)
            mail, server = self.compose(way, self.recipient(reporter, self.next()), self.moment())
            self.keep(mail)
            if i % 20 == 0:
                host = Host('lists.cypresslist.example', '192.0.2.230')
                when = self.refuse(mail, server, host)
                self.write('INBOX', self.arrive(host, when, 'talk-bounces@cypresslist.example') +
                           'List-Id: <talk.cypresslist.example>\n' + '\n'.join('Received: ' + line for line in mail.received) +
                           '\n' + '\n'.join(mail.text().split('\n')[1 + len('\n'.join(mail.received).split('\n')):]))
        for way in self.world['ways']:
            for _ in range(6):
                mail, server = self.compose(way, self.address, self.moment())
                if way not in self.world['kept']:
                    self.write('INBOX', self.arrive(server, mail.when, mail.envelope) + mail.text().split('\n', 1)[1])

    def make(self):
        self.ordinary()
        self.genuine()
        self.campaigns()
        with open(os.path.join(os.path.dirname(self.folder), 'truth'), 'w', encoding='ascii') as file:
            file.write('\n'.join(self.truth) + '\n')


def judge(truth):
    with open(truth, encoding='ascii') as file:
        expected = dict(line.split() for line in file)
    lost = believed = undecided = total = 0
    for line in sys.stdin:
        case = json.loads(line)
        truth = expected[case['id']]
        total += 1
        undecided += case['verdict'] == 'undecided'
        wrong = truth == 'genuine' and case['verdict'] in ('backscatter', 'fake')
        lost += wrong
        believed += truth == 'forged' and case['verdict'] == 'genuine'
        if wrong or (truth == 'forged' and case['verdict'] == 'genuine'):
            print('#', truth, case['verdict'], case['id'], file=sys.stderr)
    print(lost, believed, undecided, total)


def servers_of(world, ways=None):
    return [host for way, hosts in world['ways'].items() for host in hosts if ways is None or way in ways]


def choose(name, config):
    """What the owner can say: which machines and services he sends through, who forwards, and no more."""
    world = WORLDS[name]
    with open(config, encoding='ascii') as file:
        said = file.read()
    servers = servers_of(world)
    mine = {host.ip for host in servers} | {host.name for host in servers}
    carriers = {host.ip for host in world['forwarders']} | {host.name for host in world['forwarders']}
    later = None
    for line in sys.stdin:
        question = json.loads(line)['question']
        kind, _, subject = question.partition(':')
        if kind == 'complete' and not all(host.ip in said for host in servers):
            later = later or (question, 'no')       # he knows of more than are named there: that waits
            continue
        answer = {'is-own': subject in mine, 'forwarder': subject in carriers, 'account': False,
                  'login': subject.startswith('198.51.100.2'), 'complete': True, 'signs-all': world['signs'],
                  'sent-complete': world['keeps']}[kind]
        print(question, 'yes' if answer else 'no')
        return
    if later:
        print(*later)


def main():
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == 'address':
        print(WORLDS[arguments[0]]['address'])
    elif what == 'learns':
        world = WORLDS[arguments[0]]
        print(''.join(f'{ip}/32 ' for ip in sorted({host.ip for host in servers_of(world, world['kept'])})))
    elif what == 'knows':
        sys.exit(arguments[1] not in ['is-own:' + host.ip for host in servers_of(WORLDS[arguments[0]])])
    elif what == 'make':
        Owner(*arguments).make()
    else:
        {'judge': judge, 'choose': choose}[what](*arguments)


main()
