/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: a whole message, from bytes to verdict and JSON. The JSON must be valid, hold no
 * control characters, and survive the way to another process and back. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/finding.h"
#include "base/json_line.h"
#include "base/safe.h"
#include "verdict/origin.h"

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
        "Return-Path: <>\nDelivered-To: prvs=1234abcdef=mira@willow.example\n"                     \
        "Received: from mx1.willow.example (mx1.willow.example [10.0.0.2])\n\tby "                 \
        "store.willow.example (Postfix) with ESMTP id 4Zabcd1234zXYZ;\n\tTue, 14 Apr 2026 "        \
        "10:00:21 "                                                                                \
        "+0000 (UTC)\nAuthentication-Results: mx.willow.example; spf=pass "                        \
        "smtp.helo=mx.oak.example; dmarc=none header.from=oak.example\n"                           \
        "Received: from mx.oak.example (mx.oak.example [192.0.2.10])\n\tby mx1.willow.example "    \
        "(Postfix) with ESMTPS id 4Zabcd1234zXYA\n\tfor <prvs=1234abcdef=mira@willow.example>; "   \
        "Tue, "                                                                                    \
        "14 Apr 2026 10:00:20 +0000 (UTC)\nFrom: MAILER-DAEMON@mx.oak.example\n"                   \
        "To: prvs=1234abcdef=mira@willow.example\nSubject: Undelivered Mail Returned to "          \
        "Sender\n\n"                                                                               \
        "<carl@oak.example>: host mx2.oak.example[192.0.2.11] said: 550 5.1.1 no such user\n\n"    \
        "------ This is a copy of the message's headers. ------\n\n"                               \
        "Return-Path: <prvs=1234abcdef=mira@willow.example>\n"                                     \
        "Received: from post.willow.example (post.willow.example [198.51.100.16])\n\tby "          \
        "mx.oak.example (Postfix) with ESMTPS id 1A2BC3D4E6; Tue, 14 Apr 2026 10:00:09 +0000\n"    \
        "From: mira@willow.example\nTo: carl@oak.example\nSubject: Train times\n"                  \
        "Message-ID: <17@pc>\n\n",                                                                 \
        "> From: a@b.example\n> Subject: Delivery failed\n> \n> <lee@birch.example> 550 no\n",     \
        "   From: a@b.example\n   Subject: x\n\n   <lee@birch.example>... User unknown\n"

static void add_network(GArray *to, const char *text)
{
    Network network;
    g_assert_true(network_parse(span_of(text), &network));
    g_array_append_val(to, network);
}

static Identity *identity_of_rowan(void)
{
    Identity *identity = identity_new();
    add_network(identity->networks, "203.0.113.25/32");
    g_ptr_array_add(identity->domains, g_strdup("alder.example"));
    g_ptr_array_add(identity->addresses, g_strdup("rowan@alder.example"));
    identity->complete = true;
    return identity;
}

/* Somebody of whom all is known that can be: every key of [identity] says something. */
static Identity *identity_of_known(void)
{
    Identity *identity = identity_new();
    const struct {
        GPtrArray *to;
        const char *text;
    } entries[] = {
        {identity->addresses, "mira@willow.example"},
        {identity->addresses, "wren@birch.example"},
        {identity->addresses, "rowan@alder.example"},
        {identity->domains, "willow.example"},
        {identity->domains, "birch.example"},
        {identity->hosts, "post.willow.example"},
        {identity->hosts, "mail"},
        {identity->forwarders, "fwd.club.example"},
        {identity->forwarders, "192.0.2.33"},
        {identity->batv_keys, "1:secret"},
        {identity->dkim_keys, "s1:willow.example=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
        {identity->accounts, "willow"},
        {identity->not_own, "192.0.2.77"},
        {identity->not_own, "other"},
        {identity->border, "mx*.willow.example"},
        {identity->inside, "store.willow.example"},
        {identity->authserv, "mx.willow.example"}};
    for (gsize i = 0; i < G_N_ELEMENTS(entries); i++)
        g_ptr_array_add(entries[i].to, g_strdup(entries[i].text));
    add_network(identity->networks, "198.51.100.16/32");
    add_network(identity->networks, "2001:db8:77::/48");
    add_network(identity->weak_networks, "192.0.2.128/25");
    add_network(identity->known_logins, "203.0.113.200/32");
    identity->id_pattern = g_strdup("^[0-9]+@pc$");
    identity->complete = identity->sent_complete = identity->dkim_always = true;
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

/* What is printed holds nothing that harms, and is the same on the other side of a pipe. */
static void check_finding(const Finding *finding)
{
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

/* The words that tell where it came from, as they are shown. */
static void check_origin(const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    const Verdict *verdict = finding->judgement->verdict;
    g_autofree char *text = origin_text(trace, verdict);
    g_autofree char *shown = safe_text(span_of(text ? text : ""), SAFE_LINE);
    check_text(shown);
    Origin origin = origin_of(trace, verdict);
    bool injected = origin_hop(trace, verdict) >= 0;
    if (!origin_word(origin) || !origin_break(origin, injected, false) ||
        !origin_break(origin, injected, true))
        abort();
}

/* As somebody who kept what he sent, and whose other bounces say something, too; as somebody of
 * whom little is known; as nobody. */
static void fuzz_one(const char *data, gsize size)
{
    static const StoreFacts facts = {.asked = true,
                                     .sent_here = TRI_NO,
                                     .replies_to_known = TRI_YES,
                                     .known_correspondent = TRI_YES,
                                     .sent_kept = true};
    static char names[] = "oak.example, elm.example and 5 more";
    static const CaseCounts counts = {.organisations = 7,
                                      .names = names,
                                      .first = 1776160800,
                                      .last = 1776164400,
                                      .looked = 1776164500};
    g_autoptr(Identity) known = identity_of_known(), rowan = identity_of_rowan();
    g_autoptr(Reading) reading = reading_make(data, size, known->dkim_keys, READING_HASH);
    const struct {
        const Identity *identity;
        const StoreFacts *facts;
        const CaseCounts *counts;
    } people[] = {{known, &facts, &counts}, {rowan, NULL, NULL}, {NULL, NULL, NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(people); i++) {
        g_autoptr(Judgement) judgement = judgement_make(
            reading, people[i].identity, people[i].facts, people[i].counts, WORDING_ALL);
        g_autoptr(Finding) finding = finding_new("file", reading, judgement);
        check_finding(finding);
        check_origin(finding);
    }
}

#include "fuzz.h"
