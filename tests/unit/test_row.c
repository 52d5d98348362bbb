/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that rows keep what a list shows, are told again where a judgement changes one of them,
 * come over the wire unharmed, believe nothing of a hostile process, fall into campaigns, and sort.
 */
#include <string.h>

#include "reading/candidate.h"
#include "reading/reader.h"
#include "reading/row_order.h"

static const char bounce_text[] =
    "Return-Path: <>\n"
    "Received: from mx.reed.example (mx.reed.example [192.0.2.7]) by mail.quince.example (Postfix)"
    " with ESMTP id 1A2B3C4D5E; Tue, 3 Mar 2026 10:00:05 +0000\n"
    "From: MAILER-DAEMON@mx.reed.example (Mail Delivery System)\n"
    "Subject: Undelivered Mail Returned to Sender\n"
    "Message-ID: <b1@mx.reed.example>\n"
    "Date: Tue, 3 Mar 2026 10:00:04 +0000\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nnot delivered\n"
    "--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; mx.reed.example\n\n"
    "Final-Recipient: rfc822; prvs=1234abcdef=jo@reed.example\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    "--b\nContent-Type: message/rfc822\n\n"
    "Received: from %s ([%s]) by mx.reed.example (Postfix) with ESMTP id 9F8E7D6C5B;"
    " Tue, 3 Mar 2026 10:00:01 +0000\n"
    "From: nell@quince.example\nTo: jo@reed.example\nSubject: Re: offer %s\n"
    "Message-ID: <m1@pc>\nDate: Tue, 3 Mar 2026 10:00:00 +0000\n\nhello\n"
    "--b--\n";

static Row *row_of(const char *helo, const char *ip, const char *number)
{
    g_autoptr(Identity) identity = identity_new();
    g_autofree char *text = g_strdup_printf(bounce_text, helo, ip, number);
    g_autoptr(Reading) reading = reading_make(text, strlen(text), NULL, 0);
    g_autoptr(Judgement) judgement = judgement_make(reading, identity, NULL, NULL, WORDING_ALL);
    g_autoptr(Finding) finding = finding_new("/mail/a", reading, judgement);
    return row_from_finding(finding, "b1@mx.reed.example", "/mail/a", 1, 1772532005,
                            "inbox unread");
}

static void test_fields(void)
{
    g_autoptr(Row) row = row_of("pc", "198.51.100.9", "1");
    g_assert_cmpint(row->kind, ==, KIND_FAILURE);
    g_assert_cmpstr(row->recipient, ==, "jo@reed.example");
    g_assert_cmpint(row->reason, ==, REASON_USER_UNKNOWN);
    g_autofree char *ip = ip_format(&row->injection);
    g_assert_cmpstr(ip, ==, "198.51.100.9");
    g_assert_cmpstr(row->reporter, ==, "mx.reed.example");
    g_assert_cmpstr(row->reporter_domain, ==, "reed.example");
    g_assert_cmpstr(row->returned_subject, ==, "Re: offer 1");
    g_assert_cmpstr(row->tags, ==, "inbox unread");
}

/* --- what a judgement changes ----------------------------------------------------------------- */

static void change_value(Judgement *judgement)
{
    judgement->verdict->value = VERDICT_FAKE;
}

static void change_reviewer(Judgement *judgement)
{
    judgement->verdict->by_reviewer = !judgement->verdict->by_reviewer;
}

static void change_warning(Judgement *judgement)
{
    judgement->verdict->warning = WARNING_STOLEN_ACCOUNT;
}

static void change_login(Judgement *judgement)
{
    g_free(judgement->verdict->login);
    judgement->verdict->login = g_strdup("nell");
}

static void change_login_ip(Judgement *judgement)
{
    g_assert_true(ip_parse(SPAN("2001:db8::7"), &judgement->verdict->login_ip));
}

static void change_login_denied(Judgement *judgement)
{
    judgement->verdict->login_denied = true;
}

static void change_abused(Judgement *judgement)
{
    g_free(judgement->verdict->abused);
    judgement->verdict->abused = g_strdup("other@quince.example");
}

static void change_questions(Judgement *judgement)
{
    g_ptr_array_add(judgement->verdict->questions, g_strdup("sent-complete"));
}

static void change_injection(Judgement *judgement)
{
    judgement->trace->injection.ip.bytes[3]++;
}

static void change_own(Judgement *judgement)
{
    judgement->trace->injection.own = true;
}

static void change_open(Judgement *judgement)
{
    judgement->trace->injection.source = INJECTION_ORIGINATING_IP;
    judgement->verdict->value = VERDICT_BACKSCATTER;
}

static void change_reporter(Judgement *judgement)
{
    g_free(judgement->trace->handing_rdns);
    judgement->trace->handing_rdns = g_strdup("mx.other.example");
}

static void change_nothing(Judgement *judgement)
{
    judgement->verdict->promises ^= 1;
    g_free(judgement->trace->handing_helo);
    judgement->trace->handing_helo = g_strdup("other");
}

/* What is told again are rows whose row_judged() differs: it has to where one byte of them does. */
static void test_judged(void)
{
    static const struct {
        void (*change)(Judgement *judgement);
        bool row; /* the row shows it */
    } cases[] = {
        {change_value, true},    {change_reviewer, true},  {change_warning, true},
        {change_login, true},    {change_login_ip, true},  {change_login_denied, true},
        {change_abused, true},   {change_questions, true}, {change_injection, true},
        {change_own, true},      {change_open, true},      {change_reporter, true},
        {change_nothing, false},
    };
    g_autoptr(Identity) identity = identity_new();
    g_autofree char *text = g_strdup_printf(bounce_text, "pc", "198.51.100.9", "1");
    for (char *field = strstr(text, "Reporting-MTA"); field && *field != '\n'; field++)
        *field = 'X'; /* the reporter is who handed it over */
    g_autoptr(Reading) reading = reading_make(text, strlen(text), NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Judgement) judgement =
            judgement_make(reading, identity, NULL, NULL, WORDING_NONE);
        g_autoptr(Finding) finding = finding_new("/mail/a", reading, judgement);
        g_autoptr(GByteArray) before = g_byte_array_new(), after = g_byte_array_new();
        g_autoptr(Row) row = row_from_finding(finding, "b1", "/mail/a", 1, 0, "inbox");
        guint judged = row_judged(judgement);
        row_pack(before, row);
        cases[i].change(judgement);
        g_autoptr(Row) other = row_from_finding(finding, "b1", "/mail/a", 1, 0, "inbox");
        row_pack(after, other);
        bool differs =
            before->len != after->len || memcmp(before->data, after->data, before->len) != 0;
        g_assert_true(differs == cases[i].row);
        g_assert_true((row_judged(judgement) != judged) == cases[i].row);
    }
}

/* --- the wire --------------------------------------------------------------------------------- */

static Row *unpack(const guint8 *bytes, gsize length)
{
    Unpack from = unpack_new(bytes, length);
    Row *row = row_unpack(&from);
    g_assert_true(row ? !from.broken : from.broken);
    return row;
}

static void test_wire(void)
{
    g_autoptr(Row) row = row_of("pc", "198.51.100.9", "1");
    g_autoptr(GByteArray) packed = g_byte_array_new(), again = g_byte_array_new();
    g_free(row->file);
    row->file = g_strdup("/mail/\xff\xfe"); /* names of files are bytes */
    row->questions = g_strdup("sent-complete");
    row->abused = g_strdup("me@alder.example");
    row->by_reviewer = row->injection_own = true;
    row->warning = WARNING_STOLEN_ACCOUNT;
    row_pack(packed, row);
    g_autoptr(Row) back = unpack(packed->data, packed->len);
    g_assert_nonnull(back);
    g_assert_cmpstr(back->file, ==, row->file);
    g_assert_cmpstr(back->id, ==, row->id);
    g_assert_cmpstr(back->campaign, ==, row->campaign);
    g_assert_cmpstr(back->questions, ==, row->questions);
    g_assert_cmpint(back->timestamp, ==, row->timestamp);
    g_assert_cmpint(back->verdict, ==, row->verdict);
    g_assert_cmpint(back->warning, ==, row->warning);
    g_assert_true(ip_equal(&back->injection, &row->injection));
    /* every member that travels */
    row_pack(again, back);
    g_assert_cmpuint(again->len, ==, packed->len);
    g_assert_true(memcmp(again->data, packed->data, packed->len) == 0);
}

/* Cut at each byte it is refused; with each byte changed it is refused, or a row in its ranges. */
static void test_hostile(void)
{
    g_autoptr(Row) row = row_of("pc", "198.51.100.9", "1");
    g_autoptr(GByteArray) packed = g_byte_array_new();
    row_pack(packed, row);
    guint taken = 0;
    for (guint i = 0; i < packed->len; i++) {
        g_assert_null(unpack(packed->data, i));
        guint8 was = packed->data[i];
        static const guint8 wrong[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        for (gsize k = 0; k < G_N_ELEMENTS(wrong); k++) {
            packed->data[i] = wrong[k];
            g_autoptr(Row) other = unpack(packed->data, packed->len);
            taken += other != NULL;
            if (!other)
                continue;
            g_assert_nonnull(other->tags);
            g_assert_nonnull(other->campaign);
            g_assert_true(other->kind > KIND_NONE && other->kind < KIND_COUNT);
            g_assert_true(other->verdict > VERDICT_NONE && other->verdict < VERDICT_COUNT);
            g_assert_true(other->reason < REASON_COUNT && other->warning < WARNING_COUNT);
        }
        packed->data[i] = was;
    }
    g_assert_cmpuint(taken, >, 0);
}

static void test_campaign(void)
{
    g_autoptr(Row) a = row_of("pc", "198.51.100.9", "1"), b = row_of("other", "198.51.100.9", "2");
    g_autoptr(Row) c = row_of("pc", "198.51.100.10", "1");
    g_assert_cmpstr(a->campaign, ==, b->campaign);
    g_assert_cmpstr(a->campaign, !=, c->campaign);
}

static void test_word(void)
{
    const char *sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    g_autofree char *good = g_strconcat("backscatter:", sha, NULL);
    g_assert_cmpint(candidate_word_value(good, sha), ==, VERDICT_BACKSCATTER);
    g_assert_cmpint(candidate_word_value("backscatter:00", sha), ==, VERDICT_NONE);
    g_assert_cmpint(candidate_word_value("nonsense", sha), ==, VERDICT_NONE);
    g_assert_cmpint(candidate_word_value(NULL, sha), ==, VERDICT_NONE);
    g_assert_cmpint(candidate_word_value(good, NULL), ==, VERDICT_NONE);
}

static void test_sort(void)
{
    g_autoptr(Row) a = row_of("pc", "198.51.100.9", "1"), b = row_of("pc", "198.51.100.10", "1");
    for (int i = 0; i < ROW_ORDER_COUNT; i++) {
        RowOrder order = (RowOrder)i;
        g_assert_cmpint(row_order_from_name(row_order_name(order)), ==, i);
        g_assert_cmpint(row_compare(a, a, order), ==, 0);
        g_assert_cmpint(row_compare(a, b, order), ==, -row_compare(b, a, order));
    }
    g_assert_cmpint(row_order_from_name("size"), <, 0);
    g_assert_cmpint(row_order_from_name(NULL), <, 0);
    a->timestamp = b->timestamp;
    a->verdict = VERDICT_FAKE;
    b->verdict = VERDICT_UNDECIDED;
    g_assert_cmpint(row_compare(a, b, ROW_ORDER_VERDICT), >, 0); /* what must not be lost first */
    b->verdict = VERDICT_BACKSCATTER;
    g_assert_cmpint(row_compare(a, b, ROW_ORDER_VERDICT), <, 0);
    g_assert_cmpint(row_compare(a, b, ROW_ORDER_INJECTION), <, 0);
    b->timestamp++;
    g_assert_cmpint(row_compare(a, b, ROW_ORDER_DATE), >, 0);
    b->injection_own = true;
    g_assert_cmpint(row_compare(a, b, ROW_ORDER_INJECTION), >, 0);
}

static void test_query(void)
{
    g_autofree char *plain = reader_wide_query("tag:inbox");
    g_assert_true(g_str_has_prefix(plain, "(tag:inbox) and ("));
    g_autofree char *all = reader_wide_query(" * ");
    g_autofree char *none = reader_wide_query("");
    g_assert_cmpstr(all, ==, none);
    g_assert_true(g_str_has_prefix(all, "(mimetype:"));
    /* two stages: what the second leaves out is what the first takes */
    g_autofree char *sure = reader_sure_query("tag:inbox"), *rest = reader_rest_query("tag:inbox");
    const char *terms = strstr(sure, "(mimetype:message/delivery-status"),
               *left = strstr(rest, "(mimetype:message/delivery-status");
    g_assert_nonnull(terms);
    g_assert_cmpstr(terms, ==, left);
    g_assert_nonnull(strstr(rest, "subject:"));
    /* words of ordinary subjects count only beside words of delivery */
    const char *common = strstr(rest, " or ((subject:warning");
    g_assert_nonnull(common);
    g_assert_true(g_strrstr(rest, " or ((subject:") == common);
    const char *beside = strstr(common, ") and (body:delivered");
    g_assert_nonnull(beside);
    g_assert_true(strstr(rest, "subject:error") > common && strstr(rest, "subject:error") < beside);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/row/fields", test_fields);
    g_test_add_func("/row/judged", test_judged);
    g_test_add_func("/row/wire", test_wire);
    g_test_add_func("/row/hostile", test_hostile);
    g_test_add_func("/row/campaign", test_campaign);
    g_test_add_func("/row/word", test_word);
    g_test_add_func("/row/sort", test_sort);
    g_test_add_func("/row/query", test_query);
    return g_test_run();
}
