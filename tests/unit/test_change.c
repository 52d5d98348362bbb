/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a judgement notes every promise that its row depends on: where it did not note one,
 * the row by the contrary, and by all of them together, is the same in all it shows; and that a
 * change of the identity reaches the rows that it changes. NOTME_CORPUS names a folder with more
 * mail to look at. */
#include <string.h>

#include "analysis/change.h"
#include "analysis/judgement.h"
#include "every_mail.h"
#include "reading/row.h"

/* One change of what is promised. */
typedef struct Turn {
    guint promises; /* of Promise */
    void (*turn)(Identity *identity);
} Turn;

static void turn_complete(Identity *identity)
{
    identity->complete = !identity->complete;
}

static void turn_complete_denied(Identity *identity)
{
    identity->complete_denied = !identity->complete_denied;
}

static void turn_kept(Identity *identity)
{
    identity->sent_complete = !identity->sent_complete;
}

static void turn_kept_denied(Identity *identity)
{
    identity->sent_complete_denied = !identity->sent_complete_denied;
}

static void turn_since(Identity *identity)
{
    identity->sent_since = 4000000000;
}

static void turn_signed(Identity *identity)
{
    identity->dkim_always = !identity->dkim_always;
}

static void turn_signed_denied(Identity *identity)
{
    identity->dkim_always_denied = !identity->dkim_always_denied;
}

static void turn_account(Identity *identity)
{
    g_ptr_array_add(identity->accounts, g_strdup("smtp.larch.example"));
}

static void turn_named_and_kept(Identity *identity)
{
    turn_complete(identity);
    turn_kept(identity);
}

static void turn_signed_and_kept(Identity *identity)
{
    turn_signed(identity);
    turn_kept(identity);
}

static const Turn turns[] = {{PROMISE_COMPLETE, turn_complete},
                             {PROMISE_COMPLETE, turn_complete_denied},
                             {PROMISE_KEPT, turn_kept},
                             {PROMISE_KEPT, turn_kept_denied},
                             {PROMISE_KEPT, turn_since},
                             {PROMISE_SIGNED, turn_signed},
                             {PROMISE_SIGNED, turn_signed_denied},
                             {PROMISE_ACCOUNTS, turn_account},
                             {PROMISE_COMPLETE | PROMISE_KEPT, turn_named_and_kept},
                             {PROMISE_SIGNED | PROMISE_KEPT, turn_signed_and_kept}};

/* What was seen of each turn, so that none is looked at in vain. */
typedef struct Seen {
    guint same, other, unasked;
} Seen;

/* All that a row shows of @reading; nothing where it is no row. */
static GByteArray *row_bytes(const Reading *reading, const Judgement *judgement)
{
    GByteArray *bytes = g_byte_array_new();
    g_autoptr(Finding) finding = finding_new(NULL, reading, judgement);
    g_autoptr(Row) row = row_from_finding(finding, "id", "file", 1, 0, "");
    if (reading->bounce->kind != KIND_NONE)
        row_pack(bytes, row);
    return bytes;
}

static void turn_try(const Reading *reading, const Identity *identity, const StoreFacts *facts,
                     const Turn *turn, Seen *seen)
{
    g_autoptr(Identity) turned = identity_copy(identity);
    turn->turn(turned);
    g_autoptr(Judgement) one = judgement_make(reading, identity, facts, NULL, WORDING_ALL);
    g_autoptr(Judgement) other = judgement_make(reading, turned, facts, NULL, WORDING_ALL);
    g_autoptr(GByteArray) a = row_bytes(reading, one), b = row_bytes(reading, other);
    g_autoptr(Change) change = change_new(identity, turned);
    bool same = bytes_are_same(a, b);
    bool asked = judgement_promises(one) & turn->promises;
    g_assert_true(same || asked);
    g_assert_cmpint(change_reaches(change, judgement_promises(one), (Span){"", 0}), ==, asked);
    seen->same += same;
    seen->other += !same;
    seen->unasked += !asked;
}

static Identity *identity_like(guint kind)
{
    Identity *identity = identity_new();
    const Network ours = {.base = {.family = 4, .bytes = {203, 0, 113, 80}}, .bits = 29};
    g_ptr_array_add(identity->addresses, g_strdup("nell@quince.example"));
    g_ptr_array_add(identity->domains, g_strdup("quince.example"));
    if (kind > 0)
        g_array_append_val(identity->networks, ours);
    identity->complete = kind == 2;
    identity->sent_complete = kind > 1;
    identity->dkim_always = kind == 3;
    return identity;
}

static void message_try(const char *bytes, gsize length, gpointer data)
{
    Seen *seen = data;
    static const StoreFacts kept = {.asked = true, .sent_kept = true, .sent_here = TRI_NO};
    static const StoreFacts empty = {.asked = true, .sent_here = TRI_NO};
    g_autoptr(Reading) reading = reading_make(bytes, length, NULL, 0);
    for (guint kind = 0; kind < 4; kind++) {
        g_autoptr(Identity) identity = identity_like(kind);
        for (gsize i = 0; i < G_N_ELEMENTS(turns); i++) {
            turn_try(reading, identity, NULL, &turns[i], &seen[i]);
            turn_try(reading, identity, &kept, &turns[i], &seen[i]);
            turn_try(reading, identity, &empty, &turns[i], &seen[i]);
        }
    }
}

/* Somebody logged in at a house where we may have an account, too. */
static const char fellow[] =
    "Return-Path: <>\n"
    "Received: from mx.alder.example (mx.alder.example [192.0.2.40])\n"
    "\tby mail.quince.example (Postfix) with ESMTPS id 1A2B3C4D5E\n"
    "\tfor <nell@quince.example>; Mon, 03 Nov 2025 10:00:09 +0000 (UTC)\n"
    "From: MAILER-DAEMON@mx.alder.example\n"
    "To: nell@quince.example\n"
    "Subject: Undelivered Mail Returned to Sender\n"
    "Message-ID: <b1@mx.alder.example>\n"
    "Date: Mon, 03 Nov 2025 10:00:08 +0000\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n"
    "--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.alder.example\n\n"
    "Final-Recipient: rfc822; otto@alder.example\nAction: failed\nStatus: 5.1.1\n\n"
    "--b\nContent-Type: message/rfc822\n\n"
    "Received: from [10.0.0.5] (dsl-77.teasel.example [198.51.100.77])\n"
    "\tby smtp.larch.example (Postfix) with ESMTPSA id 2B3C4D5E6F\n"
    "\tfor <otto@alder.example>; Mon, 03 Nov 2025 10:00:02 +0000 (UTC)\n"
    "From: nell@quince.example\nTo: otto@alder.example\nSubject: offer\n"
    "Message-ID: <x1@quince.example>\nDate: Mon, 03 Nov 2025 10:00:00 +0000\n\nbuy\n"
    "--b--\n";

static void test_promises(void)
{
    Seen seen[G_N_ELEMENTS(turns)] = {{0}};
    every_mail(message_try, seen);
    message_try(fellow, sizeof fellow - 1, seen);
    for (gsize i = 0; i < G_N_ELEMENTS(turns); i++) {
        g_test_message("%u the same, %u not, %u did not ask", seen[i].same, seen[i].other,
                       seen[i].unasked);
        g_assert_cmpuint(seen[i].other, >, 0);
        g_assert_cmpuint(seen[i].unasked, >, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/change/promises", test_promises);
    return g_test_run();
}
