/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that tell the time: a moment is written as each server writes it, and must be read back; an
 * id whose digits are no date says nothing. */
#include <string.h>
#include <time.h>

#include "received/idclock.h"
#include "received/received.h"

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char base52[] = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";

static void put_number(GString *out, guint64 value, const char *digits, guint base, int width)
{
    char text[32];

    for (int i = width - 1; i >= 0; i--, value /= base)
        text[i] = digits[value % base];
    g_string_append_len(out, text, width);
}

/* Moments from 1995 to 2035, always the same ones. */
static gint64 moment(GRand *random)
{
    return 788918400 + (gint64)(g_rand_double(random) * 1262304000);
}

static struct tm broken_down(gint64 seconds)
{
    time_t t = (time_t)seconds;
    struct tm tm;

    gmtime_r(&t, &tm);
    return tm;
}

static char *encode_exim(gint64 t, bool new, GRand *random)
{
    GString *s = g_string_new(NULL);

    put_number(s, (guint64)t, base62, 62, 6);
    g_string_append_c(s, '-');
    put_number(s, g_rand_int(random), base62, 62, new ? 11 : 6);
    g_string_append_c(s, '-');
    put_number(s, g_rand_int(random), base62, 62, new ? 4 : 2);
    return g_string_free(s, FALSE);
}

static char *encode_sendmail(gint64 t, GRand *random)
{
    GString *s = g_string_new(NULL);
    struct tm tm = broken_down(t);
    const int fields[] = {tm.tm_year % 60, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec};

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        g_string_append_c(s, base62[fields[i]]);
    put_number(s, g_rand_int(random), base62, 60, 2);
    g_string_append_printf(s, "%06d", g_rand_int_range(random, 0, 999999));
    return g_string_free(s, FALSE);
}

static char *encode_gmail(gint64 t, bool new, GRand *random)
{
    struct tm tm = broken_down(t);

    if (new)
        return g_strdup_printf("a%dsi%duzb.%d.%" G_GINT64_FORMAT, g_rand_int_range(random, 10, 99),
                               g_rand_int_range(random, 1000000, 9999999),
                               g_rand_int_range(random, 0, 999),
                               t * 1000 + g_rand_int_range(random, 0, 999));
    return g_strdup_printf(
        "d%dsi%dqvb.%d.%04d.%02d.%02d.%02d.%02d.%02d", g_rand_int_range(random, 10, 99),
        g_rand_int_range(random, 1000000, 9999999), g_rand_int_range(random, 0, 999),
        tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static char *encode_postfix(gint64 t, GRand *random)
{
    GString *s = g_string_new(NULL);

    put_number(s, (guint64)t, base52, 52, 6);
    put_number(s, (guint64)g_rand_int_range(random, 0, 999999), base52, 52, 4);
    g_string_append_c(s, 'z');
    put_number(s, g_rand_int(random), base52, 51, 6);
    return g_string_free(s, FALSE);
}

static char *encode_digits(gint64 t, const char *end)
{
    struct tm tm = broken_down(t);

    return g_strdup_printf("%04d%02d%02d%02d%02d%02d%s", tm.tm_year + 1900, tm.tm_mon + 1,
                           tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, end);
}

static void test_round_trips(void)
{
    GRand *random = g_rand_new_with_seed(20030603);

    for (int i = 0; i < 3000; i++) {
        gint64 t = moment(random);
        char *made[] = {encode_exim(t, false, random),
                        encode_exim(t, true, random),
                        encode_sendmail(t, random),
                        encode_gmail(t, true, random),
                        encode_gmail(t, false, random),
                        encode_postfix(t, random),
                        encode_digits(t, ".ABCDE12345.host@client"),
                        encode_digits(t, "42-123456")};
        IdTime time;

        g_assert_true(idclock_exim(span_of(made[0]), &time) && time.seconds == t);
        g_assert_true(idclock_exim(span_of(made[1]), &time) && time.seconds == t);
        g_assert_true(idclock_sendmail(span_of(made[2]), t + 3600, &time) && time.seconds == t);
        g_assert_true(idclock_gmail(span_of(made[3]), &time) && time.seconds == t);
        g_assert_cmpint(time.zone, ==, ID_UTC);
        g_assert_true(idclock_gmail(span_of(made[4]), &time) && time.seconds == t);
        g_assert_cmpint(time.zone, ==, ID_PACIFIC);
        g_assert_true(idclock_postfix(span_of(made[5]), &time) && time.seconds == t);
        g_assert_true(idclock_digits(span_of(made[6]), &time) && time.seconds == t);
        g_assert_true(idclock_digits(span_of(made[7]), &time) && time.seconds == t);
        for (gsize k = 0; k < G_N_ELEMENTS(made); k++)
            g_free(made[k]);
    }
    g_rand_free(random);
}

static void test_no_dates(void)
{
    static const char *const ids[] = {"",
                                      "zzzzzz",
                                      "2NEKOS-222222-22",
                                      "0000-00",
                                      "4F2AB1C2D3",
                                      "AAAAAAAAAAAAAAAA",
                                      "-------",
                                      "zzzzzzzzzzzzzzzz",
                                      "99999999999999-1",
                                      "a.b.c.d",
                                      "g6X9fF401441",
                                      "20131303202251-1",
                                      "$$$$$$$$",
                                      "....",
                                      "1.2.3.4.5.6"};
    IdTime time;

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        Span id = span_of(ids[i]);

        if (idclock_exim(id, &time))
            g_assert_cmpint(time.seconds, >, 500000000);
        g_assert_false(idclock_sendmail(id, TIME_NONE, &time) && i != 10);
        g_assert_false(idclock_gmail(id, &time));
        g_assert_false(idclock_postfix(id, &time));
        g_assert_false(idclock_digits(id, &time));
    }
}

/* Only the software that the line names decides how an id is read. */
static void test_named_software(void)
{
    g_autoptr(Hop) postfix = received_parse(
        SPAN("from a (a [192.0.2.7]) by b (Postfix) with ESMTP id 201306032022; Mon, 3 "
             "Jun 2013 20:22:51 +0000"));
    g_autoptr(Hop) sendmail = received_parse(
        SPAN("from a (a [192.0.2.7]) by b (8.14.4/8.14.4) with ESMTP id r53KMp012345; "
             "Mon, 3 Jun 2013 22:22:51 +0200"));
    IdTime time;

    g_assert_false(idclock_read(postfix, &time));
    g_assert_true(idclock_read(sendmail, &time));
    /* 20:22 of the wall clock or of UTC: here UTC fits */
    g_assert_cmpint(ABS(idclock_moment(&time, &sendmail->date) - sendmail->date.utc), <, 60);
}

/* The shape of an id alone names nobody, but where the whole line is as Exim or Gmail write theirs.
 */
static void test_shape_is_no_name(void)
{
    static const struct {
        const char *line;
        bool read;
    } lines[] = {
        {"from a ([192.0.2.7]) by b with ESMTP id 2013060320225112-123; Mon, 3 Jun 2013 20:22:51 "
         "+0000",
         false},
        {"from a ([192.0.2.7]) by b (Lotus Domino Release 8.5) with ESMTP id 2013060320225112-123; "
         "Mon, 3 Jun 2013 20:22:51 +0000",
         true},
        {"from a ([192.0.2.7]) by b with SMTP id <20130603202251.EXEK607.b@a>; Mon, 3 Jun 2013 "
         "20:22:51 +0000",
         false},
        {"from a (a [192.0.2.7]) by b with ESMTP id r53KMp012345; Mon, 3 Jun 2013 20:22:51 +0000",
         false},
        {"from a (a [192.0.2.7]) by b with esmtp id 1wFeUV-0001Xy-2z; Mon, 3 Jun 2013 20:22:51 "
         "+0000",
         false},
        {"from a ([192.0.2.7] helo=c) by b with esmtp id 1wFeUV-0001Xy-2z; Mon, 3 Jun 2013 "
         "20:22:51 "
         "+0000",
         true},
        {"from joe by b with local id 1wFeUV-0001Xy-2z; Mon, 3 Jun 2013 20:22:51 +0000", true},
        {"from a (a [192.0.2.7]) by b with ESMTP id ei1si35423807wid.95.2012.01.02.03.37.07; Mon, "
         "2 "
         "Jan 2012 03:37:07 -0800",
         true},
        {"from a (a [192.0.2.7]) by b with ESMTP id ffffffffffffffff; Mon, 2 Jan 2012 03:37:07 "
         "-0800",
         false},
        {"by 10.86.26.1 with SMTP id 1mr6414899fgz.49.1213485981022; Sat, 14 Jun 2008 16:26:21 "
         "-0700",
         true},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(Hop) hop = received_parse(span_of(lines[i].line));
        IdTime time;
        if (idclock_read(hop, &time) != lines[i].read)
            g_error("%s: %s", lines[i].line, lines[i].read ? "not read" : "read");
    }
}

static void test_pacific(void)
{
    g_autoptr(Hop) summer = received_parse(
        SPAN("from a (a. [192.0.2.7]) by mx.google.com with ESMTPS id "
             "d9si1234567qvb.12.2026.07.12.09.26.09; Sun, 12 Jul 2026 09:26:09 -0700"));
    IdTime time;

    g_assert_true(idclock_read(summer, &time));
    g_assert_cmpint(idclock_moment(&time, &summer->date), ==, summer->date.utc);
}

static void test_short_postfix(void)
{
    g_assert_true(idclock_postfix_short_fits(SPAN("F423F12345")));
    g_assert_false(idclock_postfix_short_fits(SPAN("F424012345")));
    g_assert_false(idclock_postfix_shape(SPAN("4fH9DX3S99T")));
    g_assert_true(idclock_postfix_shape(SPAN("4ftws11qPlz4R5n5")));
}

/* Any bytes: no reading past the end, no endless loop. */
static void test_noise(void)
{
    GRand *random = g_rand_new_with_seed(99);

    for (int i = 0; i < 20000; i++) {
        char *id = g_malloc(40);
        gsize n = (gsize)g_rand_int_range(random, 0, 40);
        IdTime time;

        for (gsize k = 0; k < n; k++)
            id[k] = g_rand_boolean(random) ? base62[g_rand_int_range(random, 0, 62)]
                                           : ".-$z@"[g_rand_int_range(random, 0, 5)];
        id = g_realloc(id, MAX(n, 1));
        idclock_exim((Span){id, n}, &time);
        idclock_sendmail((Span){id, n}, 1000000000, &time);
        idclock_gmail((Span){id, n}, &time);
        idclock_postfix((Span){id, n}, &time);
        idclock_digits((Span){id, n}, &time);
        idclock_postfix_short_fits((Span){id, n});
        g_free(id);
    }
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/idclock/round-trips", test_round_trips);
    g_test_add_func("/idclock/no-dates", test_no_dates);
    g_test_add_func("/idclock/shape", test_shape_is_no_name);
    g_test_add_func("/idclock/named-software", test_named_software);
    g_test_add_func("/idclock/pacific", test_pacific);
    g_test_add_func("/idclock/short-postfix", test_short_postfix);
    g_test_add_func("/idclock/noise", test_noise);
    return g_test_run();
}
