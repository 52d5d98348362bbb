#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a maildir as a mailbox at one of several houses looks: ordinary mail of many senders, a flood by one, and
bounces whose truth is in their Message-ID (true-, own-, forged-).  Mira of willow.example sends through
post.willow.example [198.51.100.16]; the servers of oak.example bounce; all addresses are those of documentation.

houses.py SHAPE DIR       writes DIR/cur/...
houses.py --list          the shapes
"""
import os
import random
import sys
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone

rnd = random.Random(7)
START = datetime(2026, 4, 14, 10, 0, 0, tzinfo=timezone.utc)
ME = "mira@willow.example"


class Peer:
    """Who hands a message over: how it greets, its looked-up name (None: it has none), its address."""

    def __init__(self, helo, name, ip):
        self.helo, self.name, self.ip = helo, name, ip


OAK = Peer("mx.oak.example", "mx.oak.example", "192.0.2.10")
BOT = Peer("mx.oak.example", "dsl-3.isp.example", "203.0.113.3")
NAMELESS = Peer("mx.oak.example", None, "203.0.113.77")


def at(seconds):
    return format_datetime(START + timedelta(seconds=seconds))


def token(n=10, letters="0123456789ABCDEF"):
    return "".join(rnd.choice(letters) for _ in range(n))


def hexes(n):
    return token(n, "0123456789abcdef")


# How the software of a house writes who handed it in.
def postfix(peer, by, t=20, protocol="ESMTPS"):
    return (f"Received: from {peer.helo} ({peer.name or 'unknown'} [{peer.ip}])\n"
            f"\t(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))\n"
            f"\t(No client certificate requested)\n"
            f"\tby {by} (Postfix) with {protocol} id 4{token(9)}\n\tfor <{ME}>; {at(t)}")


def sendmail(peer, by, t=20):
    seen = f"{peer.name} [{peer.ip}]" if peer.name else f"[{peer.ip}]"
    return (f"Received: from {peer.helo} ({seen})\n\tby {by} (8.15.2/8.15.2) with ESMTPS id "
            f"63EA0K{rnd.randrange(10 ** 6):06d}\n\tfor <{ME}>; {at(t)}")


def results(server, peer):
    return (f"Authentication-Results: {server}; dkim=none;\n\tspf=none (no record) "
            f"smtp.mailfrom=postmaster@{peer.helo}")


# Each shape: the lines of its servers over a message that @peer handed in, newest first.
def fastmail(peer):
    mx = f"mx{rnd.randrange(1, 7)}.messagingengine.com"
    compute = f"compute{rnd.randrange(1, 7)}.internal"
    return [
        f"Received: from {compute} ({compute.replace('.', '.nyi.')} [10.202.2.44])\n\t by sloti36n20 (Cyrus "
        f"3.9.0-alpha0-1108-g3a29173c6d) with LMTPA;\n\t {at(24)}",
        f"Received: from {mx} ([10.202.2.203])\n  by {compute} (LMTPProxy); {at(23)}",
        f"Received: from {mx} (localhost [127.0.0.1])\n\tby mailmx.nyi.internal (Postfix) with ESMTP id 3{token(9)}"
        f"\n\tfor <{ME}>; {at(22)}",
        f"Received: from mailmx.nyi.internal (localhost [127.0.0.1])\n    by {mx} (Authentication Milter) with ESMTP"
        f"\n    id {token(11)};\n    {at(21)}",
        results(mx, peer),
        postfix(peer, mx)]


def posteo(peer):
    n, m = rnd.randrange(1, 5), rnd.randrange(1, 5)
    return [
        f"Received: from proxy0{n}.posteo.name ([127.0.0.1])\n\tby dovecot0{m}.posteo.local (Dovecot) with LMTP id "
        f"{token(22)}\n\tfor <{ME}>; {at(24)}",
        f"Received: from proxy0{n}.posteo.de ([127.0.0.1])\n\tby proxy0{n}.posteo.name (Dovecot) with LMTP id "
        f"{token(22)}\n\tfor <{ME}>; {at(23)}",
        f"Received: from mailin0{m}.posteo.de (unknown [10.0.0.6{m}])\n\tby proxy0{n}.posteo.de (Postfix) with ESMTPS "
        f"id 4{token(9)}\n\tfor <{ME}>; {at(22)}",
        f"Received: from mx0{m}.posteo.de (mailin0{m}.posteo.de [127.0.0.1])\n\tby mailin0{m}.posteo.de (Postfix) "
        f"with ESMTPS id 4{token(9)}\n\tfor <{ME}>; {at(21)}",
        results("posteo.de", peer),
        postfix(peer, f"mx0{m}.posteo.de")]


def kpn(peer):
    n = rnd.randrange(1, 9)
    return [
        f"Received: from cmpdirector-0{n} ([10.31.155.6])\n\tby cmpbackend-04 with LMTP\n\tid {token(18)}\n\t"
        f"(envelope-from <>); {at(23)}",
        f"Received: from cmpproxy-0{n} ([10.31.155.6])\n\tby cmpdirector-0{n} with LMTP\n\tid {token(18)}; {at(22)}",
        f"Received: from mta.kpnmail.nl ([10.31.155.6])\n\tby cmpproxy-0{n} with LMTP\n\tid {token(18)}; {at(21)}",
        results("mta.kpnmail.nl", peer),
        f"Received: from {peer.helo} ({peer.name or 'unknown'} [{peer.ip}])\n\tby mta.kpnmail.nl (Halon) with ESMTPS\n\t"
        f"id {hexes(8)}-{hexes(4)}-11ee-{hexes(4)}-005056999439;\n\t{at(20)}"]


def exchange(peer):
    far = rnd.choice(["DU2PR03MB", "AM0PR03MB", "DB9PR03MB"]) + f"{rnd.randrange(1000, 9999)}.eurprd03.prod.outlook.com"
    box = f"AM0PR03MB{rnd.randrange(1000, 9999)}.eurprd03.prod.outlook.com"
    ca, door = f"DB9PR01CA{rnd.randrange(1000, 9999)}", f"{rnd.choice(['DB3', 'AM6', 'VI1'])}EUR04FT0{rnd.randrange(10, 60)}"
    server = "with Microsoft SMTP Server (version=TLS1_2,\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.7202.33"
    return [
        f"Received: from {far}\n (2001:db8:10a6:10:34::12) by {box} with\n HTTPS; {at(23)}",
        f"Received: from {ca}.eurprd01.prod.exchangelabs.com\n (2001:db8:10a6:10:1d8::17) by {far}\n"
        f" (2001:db8:10a6:10:34::12) {server}; {at(22)}",
        f"Received: from {door}.eop-eur04.prod.protection.outlook.com\n (2001:db8:10a6:10:1d8:cafe::5) by "
        f"{ca}.outlook.office365.com\n (2001:db8:10a6:10:1d8::17) {server} via Frontend\n Transport; {at(21)}",
        f"Authentication-Results: spf=none (sender IP is {peer.ip})\n smtp.helo={peer.helo}; dkim=none (message not "
        "signed)\n header.d=none;dmarc=none action=none",
        f"Received: from {peer.helo} ({peer.ip}) by\n {door}.mail.protection.outlook.com (10.152.24.10) {server} via "
        f"Frontend Transport; {at(20)}"]


def gmail(peer):
    seen = f"{peer.name}. [{peer.ip}]" if peer.name else f"[{peer.ip}]"
    local = format_datetime((START + timedelta(seconds=20)).astimezone(timezone(timedelta(hours=-7)))) + " (PDT)"
    return [
        f"Received: by 2002:a05:6022:{hexes(4)}:b0:{hexes(2)}:{hexes(4)}:{hexes(4)} with SMTP id "
        f"{hexes(4)}csp{rnd.randrange(10 ** 6)}lab;\n        {local}",
        f"Received: from {peer.helo} ({seen})\n        by mx.google.com with ESMTPS id {hexes(13)}"
        f"-{hexes(11)}si{rnd.randrange(10 ** 6)}.{rnd.randrange(900)}.2026.04.14.03.00.20\n        for <{ME}>\n"
        f"        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n        {local}",
        f"Received-SPF: none (google.com: {peer.helo} does not designate permitted sender hosts) client-ip={peer.ip};",
        results("mx.google.com", peer)]


def gmx(peer):
    return [f"Received: from {peer.helo} ([{peer.ip}]) by mx-ha.gmx.net\n (mxgmx0{rnd.randrange(10, 99)} "
            f"[198.51.100.200]) with ESMTPS (Nemesis) id\n 1Mb{token(4)}-1s{token(6)}-00{token(4)} for <{ME}>; {at(20)}"]


def icloud(peer):
    door = f"p00-icloudmta-smtpin-us-central-1k-60-percent-{rnd.randrange(40)}"
    return [
        f"Received: from {door} by p{rnd.randrange(40, 140)}-mailgateway-smtp-{hexes(9)}-{hexes(5)} (mailgateway "
        f"2420B214)\n\twith SMTP id {hexes(8)}-{hexes(4)}\n\tfor <{ME}>; {at(21)}",
        results("dmarc.icloud.com", peer),
        postfix(peer, door)]


def director(peer):
    n, mx = rnd.randrange(1, 4), f"mx{rnd.randrange(1, 4)}.box.example"
    return [
        f"Received: from director{n}.box.example ([10.0.3.7])\n\tby store{rnd.randrange(1, 9)}.box.example with LMTP\n\t"
        f"id {token(22)}\n\t(envelope-from <>)\n\tfor <{ME}>; {at(22)}",
        f"Received: from {mx} ([10.0.3.2{n}])\n\tby director{n}.box.example with LMTP\n\tid {token(22)}\n\t"
        f"for <{ME}>; {at(21)}",
        results("box.example", peer),
        postfix(peer, mx)]


def fetchmail(peer):
    return [
        f"Received: from laptop (localhost [127.0.0.1])\n\tby laptop (Postfix) with ESMTP id 4{token(9)}\n\t"
        f"for <mira@localhost>; {at(40)}",
        f"Received: from pop.box.example [198.51.100.200]\n\tby laptop with POP3 (fetchmail-6.4.37)\n\t"
        f"for <mira@localhost> (single-drop); {at(39)}",
        postfix(peer, f"mx{rnd.randrange(1, 4)}.box.example")]


def getmail(peer):
    return [
        f"Received: from pop.box.example (198.51.100.200)\n\tby laptop with POP3-SSL (getmail6 6.18.11)\n\t"
        f"for <mira>; {at(39)}",
        postfix(peer, f"mx{rnd.randrange(1, 4)}.box.example")]


def mailscanner(peer):
    return ["X-Willow-MailScanner-ID: 63EA0K" + token(6), "X-Willow-MailScanner: Found to be clean",
            sendmail(peer, "mx.box.example")]


def amavis(peer):
    return [
        f"Received: from localhost (localhost [127.0.0.1])\n\tby mx.box.example (Postfix) with ESMTP id 4{token(9)}\n\t"
        f"for <{ME}>; {at(22)}",
        f"Received: from mx.box.example ([127.0.0.1])\n\tby localhost (mx.box.example [127.0.0.1]) (amavisd-new, port "
        f"10024)\n\twith ESMTP id {token(12)} for <{ME}>;\n\t{at(21)}",
        postfix(peer, "mx.box.example")]


def proofpoint(peer):
    mx = f"mx0{rnd.choice('ab')}-00123401.pphosted.com"
    seen = f"{peer.name} [{peer.ip}]" if peer.name else f"[{peer.ip}]"
    return [
        postfix(Peer(mx, mx, f"198.51.100.15{rnd.randrange(4)}"), "mail.box.example", 23),
        f"Received: from pps.filterd (m0098394.ppops.net [127.0.0.1])\n\tby {mx} (8.17.1.19/8.17.1.19) with ESMTP id "
        f"33E9x{token(6)}\n\tfor <{ME}>; {at(22)}",
        f"Received: from {peer.helo} ({seen})\n\tby {mx} (PPS) with ESMTPS id 3x{hexes(8)}-1\n\t(version=TLSv1.2 "
        f"cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT)\n\tfor <{ME}>; {at(20)}"]


def mimecast(peer):
    out = f"eu-smtp-inbound-delivery-{rnd.randrange(1, 3)}.mimecast.com"
    return [
        postfix(Peer(out, out, f"198.51.100.16{rnd.randrange(4)}"), "mail.box.example", 23),
        f"Received: from {peer.helo} ({peer.name or ''} [{peer.ip}]) by\n relay.mimecast.com with ESMTP with STARTTLS "
        f"(version=TLSv1.3,\n cipher=TLS_AES_256_GCM_SHA384) id uk-mta-{rnd.randrange(300)}-{token(22)}-1;\n {at(20)}"]


def barracuda(peer):
    out = f"outbound-ip{rnd.randrange(10, 99)}.ess.barracuda.com"
    return [
        postfix(Peer(out, out, f"198.51.100.17{rnd.randrange(4)}"), "mail.box.example", 23),
        f"Received: from {peer.helo} ({peer.name or peer.helo} [{peer.ip}]) by mx-inbound{rnd.randrange(30)}-"
        f"{rnd.randrange(200)}.us-east-2a.ess.aws.cudaops.com\n (version=TLSv1.2 "
        f"cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256\n verify=NO); {at(20)}"]


SHAPES = {f.__name__: f for f in (fastmail, posteo, kpn, exchange, gmail, gmx, icloud, director, fetchmail, getmail,
                                  mailscanner, amavis, proofpoint, mimecast, barracuda)}


def write(path, name, lines, header, body):
    with open(os.path.join(path, "cur", name + ":2,S"), "w", encoding="ascii") as file:
        file.write("\n".join(lines + header) + "\n\n" + body)


def ordinary(path, shape, count):
    """Letters of as many organisations, most over a server of their own; what stands below is theirs."""
    for n in range(count):
        org = f"org{n}.example"
        ip = f"{rnd.choice(['192.0.2', '198.51.100', '203.0.113'])}.{30 + n % 60}"
        peer = Peer(f"mail.{org}", f"mail.{org}", ip)
        lines = shape(peer)
        if n % 3 == 0:
            lines.append(results(f"mail.{org}", peer))
        lines.append(postfix(Peer(f"desk{n}.{org}", f"desk{n}.{org}", f"192.0.2.{100 + n % 100}"), f"mail.{org}", 10))
        write(path, f"letter{n}", lines,
              [f"From: person{n}@{org}", f"To: {ME}", f"Subject: letter {n}", f"Message-ID: <letter{n}@{org}>",
               f"Date: {at(0)}"], "Good morning.\n")


def flood(path, shape, count):
    """One sender, one host, a thousand names, who writes a border of his own below the real one."""
    peer = Peer("mx9.thief.example", "mx9.thief.example", "203.0.113.66")
    for n in range(count):
        lines = shape(peer)
        lines.append(results("mx9.thief.example", peer))
        lines.append(postfix(Peer(f"x{n}.y{n}.example", f"x{n}.y{n}.example", f"192.0.2.{n % 250}"),
                             f"mx{n % 3}.thief.example", 10))
        write(path, f"flood{n}", lines,
              ["From: Offers <offers@thief.example>", f"To: {ME}", f"Subject: offer {n}",
               f"Message-ID: <flood{n}@thief.example>", f"Date: {at(0)}"], "Buy.\n")


def bounce(path, name, lines, returned, reporter="mx.oak.example"):
    boundary = "=_" + name
    body = (f"--{boundary}\nContent-Type: text/plain\n\nThis is the mail system at host {reporter}.\n\n"
            f"<gone@oak.example>: host said: 550 5.1.1 User unknown\n\n--{boundary}\n"
            f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; {reporter}\nArrival-Date: {at(10)}\n\n"
            f"Final-Recipient: rfc822; gone@oak.example\nAction: failed\nStatus: 5.1.1\n"
            f"Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n--{boundary}\nContent-Type: text/rfc822-headers\n\n"
            + "\n".join(returned) + f"\nFrom: {ME}\nTo: gone@oak.example\nSubject: hello\n"
            f"Message-ID: <{name}.returned@willow.example>\nDate: {at(0)}\n\n--{boundary}--\n")
    write(path, name, ["Return-Path: <>"] + lines,
          [f"From: Mail Delivery System <MAILER-DAEMON@{reporter}>", f"To: {ME}",
           "Subject: Undelivered Mail Returned to Sender", f"Message-ID: <{name}@{reporter}>", f"Date: {at(15)}",
           "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
           f"Content-Type: multipart/report; report-type=delivery-status; boundary=\"{boundary}\""], body)


US = Peer("post.willow.example", "post.willow.example", "198.51.100.16")
SUBMITTED = (f"Received: from [192.168.1.5] (unknown [203.0.113.200])\n\t(Authenticated sender: mira)\n\tby "
             f"post.willow.example (Postfix) with ESMTPSA id 0ABCDEF123; {at(1)}")


def bounces(path, shape):
    ours, theirs = postfix(US, "mx.oak.example", 10), postfix(
        Peer("pc", "dsl-3.isp.example", "203.0.113.3"), "mx.oak.example", 10)
    copied = "Authentication-Results: %s; dkim=pass header.d=oak.example;\n\tspf=pass smtp.helo=mx.oak.example"
    bounce(path, "own-1", shape(OAK), [ours, SUBMITTED])
    bounce(path, "own-2", shape(Peer("out4.oak.example", "out4.oak.example", "192.0.2.14")), [ours, SUBMITTED])
    bounce(path, "own-3", shape(Peer("mx.oak.example", None, "192.0.2.10")), [ours, SUBMITTED])
    # our own server could not deliver it, and says so to the mailbox
    bounce(path, "own-4", shape(US), [SUBMITTED], "post.willow.example")
    bounce(path, "true-1", shape(OAK), [theirs])
    bounce(path, "true-2", shape(Peer("mx.oak.example", None, "192.0.2.10")), [theirs])
    bounce(path, "true-3", shape(Peer("relay.elm.example", "relay.elm.example", "192.0.2.90")), [theirs])
    for n, peer in enumerate((BOT, NAMELESS, Peer("pc", "dsl-3.isp.example", "203.0.113.3"))):
        bounce(path, f"forged-{n}a", shape(peer), [ours, SUBMITTED])
        bounce(path, f"forged-{n}g", shape(Peer("post.willow.example", peer.name, peer.ip)), [SUBMITTED],
               "post.willow.example")
        # the house's own lines and results, copied below the real ones
        bounce(path, f"forged-{n}b", shape(peer) + shape(OAK), [ours, SUBMITTED])
        names = {line.split(":")[1].split(";")[0].strip() for line in shape(OAK)
                 if line.startswith("Authentication-Results:")} | {"mx.oak.example", "mail.box.example"}
        bounce(path, f"forged-{n}c", shape(peer) + [copied % name for name in sorted(names)], [ours, SUBMITTED])
        below = [line for line in shape(OAK) if line.startswith("Received: from")]
        bounce(path, f"forged-{n}d", shape(peer) + below[-1:], [ours, SUBMITTED])
        # past a filter that stands in front, straight to the server behind it
        first = shape(OAK)[0]
        if "mail.box.example" in first:
            bounce(path, f"forged-{n}e", [postfix(peer, "mail.box.example", 23)] + shape(OAK)[1:], [ours, SUBMITTED])
            inner = first.split("from ")[1].split(" ")[0]
            bounce(path, f"forged-{n}f",
                   [postfix(Peer(inner, peer.name, peer.ip), "mail.box.example", 23)] + shape(OAK)[1:],
                   [ours, SUBMITTED])


def main():
    if sys.argv[1:] == ["--list"]:
        print("\n".join(SHAPES))
        return
    shape, path = SHAPES[sys.argv[1]], sys.argv[2]
    for folder in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(path, folder))
    ordinary(path, shape, 45)
    flood(path, shape, 90)
    bounces(path, shape)


if __name__ == "__main__":
    main()
