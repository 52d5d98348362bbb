/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a reading means the same at the other end of the wire, that it is small, that nothing
 * of it stays in the next one that is unpacked, and that bytes from a parser which was taken over
 * are refused or give a reading that can be judged like any other: never a crash, never a value out
 * of its range. */
#include <string.h>

#include "analysis/finding.h"
#include "base/fields.h"
#include "base/json_line.h"
#include "every_mail.h"
#include "reading/parser.h"

static const char mail[] =
    "Return-Path: <>\n"
    "Received: from mx.birch.example (mx.birch.example [198.51.100.7])\n"
    "\tby mail.alder.example (Postfix) with ESMTP id 4Zabcd1234zXYZ\n"
    "\tfor <rowan@alder.example>; Mon, 6 Jul 2026 10:00:05 +0000 (UTC)\n"
    "Delivered-To: rowan@alder.example\n"
    "In-Reply-To: <b@mail.alder.example>\n"
    "From: MAILER-DAEMON@mx.birch.example (Mail Delivery System)\nTo: rowan@alder.example\n"
    "Subject: Undelivered Mail Returned to Sender\nDate: Mon, 6 Jul 2026 10:00:03 +0000\n"
    "Message-ID: <a@mx.birch.example>\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b1\n\n--b1\n\n"
    "This is the mail system at host mx.birch.example. See http://birch.example/why to log in.\n"
    "<lee@birch.example>: host mx2.birch.example[198.51.100.8] said: 550 5.1.1 no such user\n"
    "Message received from: [198.51.100.99]\n"
    "\n--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.birch.example\n"
    "X-Originating-IP: 198.51.100.99\n"
    "Arrival-Date: Mon, 6 Jul 2026 10:00:01 +0000\n\nFinal-Recipient: rfc822; lee@birch.example\n"
    "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n"
    "\n--b1\nContent-Type: message/rfc822\n\n"
    "Return-Path: <rowan@alder.example>\n"
    "Received: from mail.alder.example (dsl-9.elm.example [198.51.100.99])\n"
    "\tby mx.birch.example (8.14.4/8.14.4) with ESMTP id q8M9fF401441\n"
    "\tfor <lee@birch.example>; Mon, 6 Jul 2026 10:00:01 +0000\n"
    "From: rowan@alder.example\nTo: lee@birch.example\nSubject: =?utf-8?Q?gr=C3=BC=C3=9Fe?=\n"
    "References: <c@alder.example> <d@alder.example>\n"
    "Message-ID: <b@mail.alder.example>\n\nHello.\n\n--b1--\n";

static Identity *rowan(void)
{
    Identity *identity = identity_new();
    g_ptr_array_add(identity->domains, g_strdup("alder.example"));
    g_ptr_array_add(identity->addresses, g_strdup("rowan@alder.example"));
    return identity;
}

static char *line_for(const Reading *reading, const Identity *identity)
{
    g_autoptr(Judgement) judgement = judgement_make(reading, identity, NULL, NULL, WORDING_ALL);
    g_autoptr(Finding) finding = finding_new("f", reading, judgement);
    GString *line = g_string_new("{");
    finding_write_members(line, finding, FINDING_ALL_MEMBERS);
    g_string_append_c(line, '}');
    return g_string_free(line, FALSE);
}

static char *line_of(const Reading *reading)
{
    g_autoptr(Identity) identity = rowan();
    return line_for(reading, identity);
}

static Reading *unpack(const GByteArray *bytes)
{
    return reading_unpack((Span){(const char *)bytes->data, bytes->len});
}

static void test_same(void)
{
    g_autoptr(Reading) reading = reading_make(mail, strlen(mail), NULL, READING_HASH);
    g_autoptr(GByteArray) packed = g_byte_array_new(), again = g_byte_array_new();
    reading_pack(packed, reading);
    g_autoptr(Reading) back = unpack(packed);
    g_assert_nonnull(back);
    g_autofree char *one = line_of(reading), *other = line_of(back);
    g_assert_cmpstr(one, ==, other);
    /* every member that travels */
    reading_pack(again, back);
    g_assert_cmpuint(packed->len, ==, again->len);
    g_assert_true(memcmp(packed->data, again->data, packed->len) == 0);
    g_assert_cmpstr(back->sha256, ==, reading->sha256);
    g_assert_cmpstr(back->bounce->in_reply_to, ==, reading->bounce->in_reply_to);
    g_assert_cmpuint(back->bounce->returned.references->len, ==, 2);
    g_assert_cmpuint(packed->len, <, 3000);
}

/* One reading, kept packed and judged for one identity after the other, says in every member what a
 * fresh reading says for that identity. */
static void test_judged_again(void)
{
    g_autoptr(Reading) first = reading_make(mail, strlen(mail), NULL, 0);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    reading_pack(packed, first);
    g_autoptr(Identity) identity = rowan();
    g_autoptr(GHashTable) different = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int step = 0; step < 6; step++) {
        Network network;
        const char *const networks[] = {"198.51.100.99/32", "203.0.113.0/24"};
        if (step == 1)
            g_ptr_array_add(identity->hosts, g_strdup("mail.alder.example"));
        if (step == 2)
            g_ptr_array_add(identity->forwarders, g_strdup("mx.birch.example"));
        if (step == 3)
            identity->complete = true;
        if (step >= 4) {
            g_assert_true(network_parse(span_of(networks[step - 4]), &network));
            g_array_append_val(identity->networks, network);
        }
        g_autoptr(Reading) kept = unpack(packed), fresh = reading_make(mail, strlen(mail), NULL, 0);
        g_autofree char *one = line_for(kept, identity), *two = line_for(fresh, identity);
        g_assert_cmpstr(one, ==, two);
        g_hash_table_add(different, g_steal_pointer(&one));
    }
    g_assert_cmpuint(g_hash_table_size(different), >=, 3);
}

/* --- what was unpacked before ----------------------------------------------------------------- */

typedef struct Kept {
    GByteArray *bytes;
    Reading *reading;
    guint count;
} Kept;

static void known_compare(const GByteArray *packed, const Reading *known)
{
    g_autoptr(GByteArray) again = g_byte_array_new();
    g_autoptr(Reading) fresh = unpack(packed);
    reading_pack(again, known);
    g_assert_cmpuint(packed->len, ==, again->len);
    g_assert_true(memcmp(packed->data, again->data, packed->len) == 0);
    g_autofree char *one = line_of(known), *other = line_of(fresh);
    g_assert_cmpstr(one, ==, other);
}

/* Each takes over the memory of one that was there before, or where that is still there, none. */
static void known_look(const char *bytes, gsize length, gpointer data)
{
    Kept *kept = data;
    g_autoptr(Reading) reading = reading_make(bytes, length, NULL, 0);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    reading_pack(packed, reading);
    g_autoptr(Reading) known =
        reading_unpack_known((Span){(const char *)packed->data, packed->len});
    g_assert_nonnull(known);
    known_compare(packed, known);
    if (kept->reading)
        known_compare(kept->bytes, kept->reading);
    if (kept->count++ % 3)
        return;
    reading_unref(kept->reading);
    if (kept->bytes)
        g_byte_array_unref(kept->bytes);
    kept->reading = g_steal_pointer(&known);
    kept->bytes = g_steal_pointer(&packed);
}

/* Nothing of one reading stays in the next that is unpacked in its place. */
static void test_known(void)
{
    Kept kept = {0};
    known_look(mail, strlen(mail), &kept);
    every_mail(known_look, &kept);
    g_assert_cmpuint(kept.count, >, 20);
    reading_unref(kept.reading);
    g_byte_array_unref(kept.bytes);
}

/* A case as the interface gets it: in every member, and every rule that was tried. */
static char *whole_of(const Finding *finding)
{
    GString *text = g_string_new("{");
    finding_write_members(text, finding, FINDING_ALL_MEMBERS);
    const Verdict *verdict = finding->judgement->verdict;
    for (guint i = 0; i < verdict->tried->len; i++) {
        const RuleTried *tried = &g_array_index(verdict->tried, RuleTried, i);
        g_string_append_printf(text, "\n%s %d %s", tried->rule, tried->held, tried->text);
    }
    return g_string_free(text, FALSE);
}

static Finding *finding_of(const GByteArray *bytes, guint length)
{
    Unpack from = unpack_new(bytes->data, length);
    Finding *finding = finding_unpack(&from);
    g_assert_true(finding ? !from.broken : from.broken);
    return finding;
}

static void test_finding(void)
{
    g_autoptr(Identity) identity = rowan();
    g_autoptr(Reading) reading = reading_make(mail, strlen(mail), NULL, READING_HASH);
    g_autoptr(Judgement) judgement = judgement_make(reading, identity, NULL, NULL, WORDING_ALL);
    g_autoptr(Finding) finding = finding_new("/mail/\xff", reading, judgement);
    g_autoptr(GByteArray) packed = g_byte_array_new(), again = g_byte_array_new();
    finding_pack(packed, finding);
    g_autoptr(Finding) back = finding_of(packed, packed->len);
    g_assert_nonnull(back);
    g_assert_cmpstr(back->file, ==, finding->file);
    g_autofree char *one = whole_of(finding), *other = whole_of(back);
    g_assert_cmpstr(one, ==, other);
    finding_pack(again, back);
    g_assert_cmpuint(packed->len, ==, again->len);
    g_assert_true(memcmp(packed->data, again->data, packed->len) == 0);
    for (guint i = 0; i < packed->len; i++) {
        g_assert_null(finding_of(packed, i));
        guint8 was = packed->data[i];
        packed->data[i] ^= 0x81;
        g_autoptr(Finding) wrong = finding_of(packed, packed->len);
        if (wrong && !wrong->error)
            g_free(whole_of(wrong));
        packed->data[i] = was;
    }
}

/* Cut at each byte, and with each byte changed. */
static void test_hostile(void)
{
    static const char *const refused[] = {"file", NULL};
    g_autoptr(Reading) reading = reading_make(mail, strlen(mail), NULL, 0);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    reading_pack(packed, reading);
    guint taken = 0;
    for (guint i = 0; i < packed->len; i++) {
        Span cut = {(const char *)packed->data, i};
        g_assert_null(reading_unpack(cut));
        guint8 was = packed->data[i];
        static const guint8 wrong[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        for (gsize k = 0; k < G_N_ELEMENTS(wrong); k++) {
            packed->data[i] = wrong[k];
            g_autoptr(Reading) other = unpack(packed);
            if (!other || k % 2)
                continue;
            taken++;
            g_autofree char *line = line_of(other);
            g_assert_true(json_line_good(span_of(line), refused));
        }
        packed->data[i] = was;
    }
    g_assert_cmpuint(taken, >, 100);
}

typedef struct Small {
    char *text;
    int number;
    bool yes;
    gint64 time;
    Ip ip;
    GPtrArray *texts;
} Small;

static const Field small_fields[] = {
    FIELD(Small, text, FIELD_TEXT), FIELD_RANGE(Small, number, -5, 99),
    FIELD(Small, yes, FIELD_BOOL),  FIELD(Small, time, FIELD_TIME),
    FIELD(Small, ip, FIELD_IP),     FIELD_MANY(Small, texts, 3),
};
static const Shape small_shape = SHAPE(Small, small_fields, NULL);

static bool small_good(const char *bytes, gsize length)
{
    Small small = {.texts = g_ptr_array_new_with_free_func(g_free)};
    Unpack from = unpack_new(bytes, length);
    fields_unpack(&from, &small_shape, &small);
    bool good = unpack_finished(&from);
    g_free(small.text);
    g_ptr_array_unref(small.texts);
    return good;
}
#define SMALL_GOOD(literal) small_good(literal, sizeof(literal) - 1)

static void test_ranges(void)
{
    g_assert_true(SMALL_GOOD("\0\0\0\0\0\0"));
    g_assert_true(SMALL_GOOD("\3hi\0\11\1\1\4\4abcd\1\1\0"));
    g_assert_false(SMALL_GOOD("\3hi!\0\0\0\0\0"));              /* no NUL where the text ends */
    g_assert_false(SMALL_GOOD("\3\xff\xff\0\0\0\0\0\0"));       /* no UTF-8 */
    g_assert_false(SMALL_GOOD("\3\0i\0\0\0\0\0\0"));            /* a NUL within */
    g_assert_false(SMALL_GOOD("\377\377\377\377\17hi"));        /* longer than all there is */
    g_assert_false(SMALL_GOOD("\0\313\1\0\0\0\0"));             /* -102 */
    g_assert_false(SMALL_GOOD("\0\310\1\0\0\0\0"));             /* 100 */
    g_assert_false(SMALL_GOOD("\0\0\2\0\0\0"));                 /* neither yes nor no */
    g_assert_false(SMALL_GOOD("\0\0\0\0\5abcd\0"));             /* no family of addresses */
    g_assert_false(SMALL_GOOD("\0\0\0\0\6abcd\0"));             /* too short for one */
    g_assert_false(SMALL_GOOD("\0\0\0\0\0\4\1\0\1\0\1\0\1\0")); /* more than three */
    g_assert_false(SMALL_GOOD("\0\0\0\0\0\1\0"));               /* NULL in a list */
    g_assert_false(SMALL_GOOD("\0\0\0\0\0\0\0"));               /* more than all */
    g_assert_false(SMALL_GOOD("\0\0\0\0\0"));                   /* less */
    g_assert_false(SMALL_GOOD("\0\377\377\377\377\377\377\377\377\377\3\0\0\0\0"));
}

/* A parser answers what was not asked, or rubbish. */
static void test_answers(void)
{
    static const char *const answers[] = {"",
                                          "\1",
                                          "\1\1",
                                          "\2",
                                          "\2rubbish",
                                          "\3\0",
                                          "\3\3no",
                                          "\4\2a",
                                          "\5",
                                          "\77",
                                          "{\"sha256\": \"short\"}"};
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        for (guint what = 0; what < WANT_COUNT; what++) {
            g_autofree char *why = NULL;
            const ParserWish wish = {(ParserWant)what, true, READING_HASH};
            g_assert_null(parsed_read(span_of(answers[i]), wish, &why));
            g_assert_nonnull(why);
        }
    }
    g_autoptr(Reading) reading = reading_make(mail, strlen(mail), NULL, 0);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    g_byte_array_append(packed, (const guint8 *)"\2", 1);
    reading_pack(packed, reading);
    Span answer = {(const char *)packed->data, packed->len};
    g_autofree char *why = NULL, *other = NULL;
    g_assert_null(parsed_read(answer, (ParserWish){WANT_HEADERS, false, 0}, &why));
    g_assert_null(parsed_read(answer, (ParserWish){WANT_READING, false, READING_HASH}, &other));
    g_autofree char *none = NULL;
    g_autoptr(Parsed) good = parsed_read(answer, (ParserWish){WANT_READING, false, 0}, &none);
    g_assert_nonnull(good);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire/same", test_same);
    g_test_add_func("/wire/judged-again", test_judged_again);
    g_test_add_func("/wire/known", test_known);
    g_test_add_func("/wire/finding", test_finding);
    g_test_add_func("/wire/hostile", test_hostile);
    g_test_add_func("/wire/ranges", test_ranges);
    g_test_add_func("/wire/answers", test_answers);
    return g_test_run();
}
