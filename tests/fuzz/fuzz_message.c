/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: a whole message, from bytes to verdict and JSON. The JSON must be valid, hold no
 * control characters, and survive the way to another process and back. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/finding.h"
#include "base/json_line.h"

#define HEADERS                                                                                    \
    "Return-Path: <>\nReceived: from mx.birch.example (mx.birch.example [198.51.100.7])\n"         \
    "\tby mail.alder.example (Postfix) with ESMTP id 4Zabcd1234zXYZ\n\tfor "                       \
    "<rowan@alder.example>; Mon, 6 Jul 2026 10:00:05 +0000 (UTC)\n"                                \
    "From: Mail Delivery System <MAILER-DAEMON@mx.birch.example>\nTo: rowan@alder.example\n"       \
    "Date: Mon, 6 Jul 2026 10:00:03 +0000\nMessage-ID: <a@mx.birch.example>\n"

#define RETURNED                                                                                   \
    "Received: from mail.alder.example (dsl-9.elm.example [198.51.100.99])\n"                      \
    "\tby mx.birch.example (8.14.4/8.14.4) with ESMTP id q8M9fF401441\n"                           \
    "\tfor <lee@birch.example>; Mon, 6 Jul 2026 10:00:01 +0000\n"                                  \
    "From: rowan@alder.example\nTo: lee@birch.example\nSubject: =?utf-8?Q?gr=C3=BC=C3=9Fe?=\n"     \
    "Message-ID: <b@mail.alder.example>\n\nHello.\n"

#define FUZZ_SEEDS                                                                                 \
    HEADERS                                                                                        \
    "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\nContent-Type: "              \
    "multipart/report; report-type=delivery-status; boundary=b1\n\n--b1\n\n"                       \
    "<lee@birch.example>: host mx2.birch.example[198.51.100.8] said: 550 5.1.1 no such user\n"     \
    "\n--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.birch.example\n"      \
    "Received-From-MTA: dns; mail.alder.example ([198.51.100.99])\nArrival-Date: Mon, 6 Jul "      \
    "2026 10:00:01 +0000\n\nFinal-Recipient: rfc822; lee@birch.example\nAction: failed\n"          \
    "Status: 5.1.1\nRemote-MTA: dns; mx2.birch.example\nDiagnostic-Code: smtp; 550 5.1.1 no "      \
    "such user\n\n--b1\nContent-Type: message/rfc822\n\n" RETURNED "--b1--\n",                     \
        HEADERS "Subject: failure notice\n\nHi. This is the qmail-send program at "                \
                "birch.example.\n\n<lee@birch.example>:\n198.51.100.8 does not like "              \
                "recipient.\nRemote host said: 550 no such user\n\n--- Below this line is a "      \
                "copy of the message.\n\n" RETURNED,                                               \
        HEADERS "Subject: Warning: could not send message for past 4 hours\nContent-Type: "        \
                "text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"            \
                "VGhlIG9yaWdpbmFsIG1lc3NhZ2Ugd2FzIHJlY2VpdmVkIGF0IE1vbiBmcm9tIGEgWzE5Mi4w\n"       \
                "LjIuMV0KbGVlQGJpcmNoLmV4YW1wbGUK\n",                                              \
        HEADERS "Subject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: "              \
                "<b@mail.alder.example>\n\nI am away.\n",                                          \
        "> From: a@b.example\n> Subject: Delivery failed\n> \n> <lee@birch.example> 550 no\n",     \
        "   From: a@b.example\n   Subject: x\n\n   <lee@birch.example>... User unknown\n"

static Identity *identity_of_rowan(void)
{
    Identity *identity = identity_new();
    Network network;
    network_parse(SPAN("203.0.113.25/32"), &network);
    g_array_append_val(identity->networks, network);
    g_ptr_array_add(identity->domains, g_strdup("alder.example"));
    g_ptr_array_add(identity->addresses, g_strdup("rowan@alder.example"));
    identity->complete = true;
    return identity;
}

static void check_text(const char *text)
{
    if (!g_utf8_validate(text, -1, NULL))
        abort();
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (g_unichar_iscntrl(g_utf8_get_char(p)) || g_utf8_get_char(p) == 0x202e)
            abort();
}

static GString *line_of(const Finding *finding)
{
    GString *line = g_string_new("{");
    finding_write_members(line, finding, FINDING_ALL_MEMBERS);
    g_string_append_c(line, '}');
    return line;
}

static void fuzz_one(const char *data, gsize size)
{
    g_autoptr(Identity) identity = identity_of_rowan();
    g_autoptr(Reading) reading = reading_make(data, size, NULL, 0);
    g_autoptr(Judgement) judgement = judgement_make(reading, identity, NULL, NULL);
    g_autoptr(Finding) finding = finding_new("file", reading, judgement);
    g_autoptr(GString) text = line_of(finding);
    g_autoptr(GByteArray) wire = g_byte_array_new();
    finding_pack(wire, finding);
    Unpack from = unpack_new(wire->data, wire->len);
    g_autoptr(Finding) again = finding_unpack(&from);
    g_autoptr(GString) other = again ? line_of(again) : NULL;
    if (!other || strcmp(text->str, other->str) != 0) {
        fprintf(stderr, "shown: %s\n\nagain: %s\n", text->str, other ? other->str : "nothing");
        abort();
    }
    static const char *const refused[] = {"file", NULL};
    check_text(text->str);
    json_t *read = json_loads(text->str, 0, NULL);
    if (!read || !json_line_good((Span){text->str, text->len}, refused))
        abort();
    json_decref(read);
}

#include "fuzz.h"
