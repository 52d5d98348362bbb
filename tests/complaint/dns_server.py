# SPDX-License-Identifier: GPL-3.0-or-later
# A small DNS server on the loopback: dns_server.py ZONE PORTFILE LOG. ZONE has lines "NAME TTL TEXT"
# for TXT records; a TEXT of "!drop" is never answered, "!broken" with rubbish. Other names do not
# exist. Each question is written to LOG.
import socket
import struct
import sys

zone = {}
for line in open(sys.argv[1]):
    if line.strip():
        name, ttl, text = line.strip().split(None, 2)
        zone.setdefault(name.lower(), []).append((int(ttl), text.encode()))
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
with open(sys.argv[2] + ".new", "w") as out:
    out.write(str(server.getsockname()[1]))
import os
os.rename(sys.argv[2] + ".new", sys.argv[2])
log = open(sys.argv[3], "a", buffering=1)
while True:
    data, peer = server.recvfrom(4096)
    labels, at = [], 12
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode("latin-1"))
        at += data[at] + 1
    name, question = ".".join(labels).lower(), data[12:at + 5]
    log.write(name + "\n")
    records = zone.get(name, [])
    if records and records[0][1] == b"!drop":
        continue
    if records and records[0][1] == b"!broken":
        server.sendto(data[:2] + b"\x81\x80\x00\x01\x00\x09\x00\x00\x00\x00" + question + b"\xc0",
                      peer)
        continue
    answers = b""
    for ttl, text in records:
        strings = b"".join(bytes([len(text[i:i + 255])]) + text[i:i + 255]
                           for i in range(0, len(text), 255))
        answers += b"\xc0\x0c" + struct.pack(">HHIH", 16, 1, ttl, len(strings)) + strings
    code = 0x8180 if records else 0x8183
    server.sendto(data[:2] + struct.pack(">HHHHH", code, 1, len(records), 0, 0) + question + answers,
                  peer)
