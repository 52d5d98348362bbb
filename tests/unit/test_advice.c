/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every case says what to do about it, and offers no more than can be done: no key where there is
 * none, no complaint where it would be refused. */
#include "verdict/advice.h"

#include <string.h>

#include "complaint/offer.h"

/* Names all acts but the one in @data. */
static char *name(AdviceAct act, gpointer data)
{
    const AdviceAct *without = data;
    return without && act == *without ? NULL : g_strdup("KEY");
}

static char *no_name(AdviceAct act, gpointer data)
{
    (void)act;
    (void)data;
    return NULL;
}

/* Each verdict on each kind, for each reason. */
static void test_all(void)
{
    for (int v = VERDICT_GENUINE; v < VERDICT_COUNT; v++)
        for (int k = KIND_FAILURE; k < KIND_COUNT; k++)
            for (int r = REASON_NONE; r < REASON_COUNT; r++) {
                const AdviceCase about = {
                    .verdict = (VerdictValue)v, .kind = (BounceKind)k, .reason = (Reason)r};
                g_autofree char *keys = advice_make(&about, name, NULL);
                g_autofree char *none = advice_make(&about, no_name, NULL);
                g_assert_nonnull(keys);
                g_assert_nonnull(none);
                g_assert_false(g_str_has_suffix(none, ":"));
                g_assert_null(strstr(none, "KEY"));
            }
}

static const struct {
    const char *what;
    AdviceCase about;
    const char *text;
} cases[] = {
    {"an address that does not exist",
     {.verdict = VERDICT_GENUINE, .kind = KIND_FAILURE, .reason = REASON_USER_UNKNOWN},
     "Yours, not delivered: mend the address, and write again. KEY deletes it"},
    {"a full mailbox",
     {.verdict = VERDICT_GENUINE, .kind = KIND_FAILURE, .reason = REASON_MAILBOX_FULL},
     "Yours, not delivered: write again later, or another way. KEY deletes it"},
    {"a delay is no failure, whatever its reason",
     {.verdict = VERDICT_GENUINE, .kind = KIND_DELAY, .reason = REASON_USER_UNKNOWN},
     "Yours, not delivered yet: nothing to do, the server goes on trying."},
    {"a machine's answer",
     {.verdict = VERDICT_GENUINE, .kind = KIND_AUTO_REPLY},
     "A machine answers what you sent: nothing to do. KEY deletes it"},
    {"a stranger's",
     {.verdict = VERDICT_BACKSCATTER, .kind = KIND_FAILURE, .reason = REASON_USER_UNKNOWN},
     "Not yours: nothing to mend. KEY deletes it, KEY drafts a complaint"},
    {"a fake is not complained of",
     {.verdict = VERDICT_FAKE, .kind = KIND_FAILURE},
     "Open no link in it and no attachment. KEY deletes it, KEY quarantines it"},
    {"undecided, and no question would settle it",
     {.verdict = VERDICT_UNDECIDED, .kind = KIND_FAILURE},
     "If you wrote it, write again. If not: KEY deletes it, KEY sets the verdict"},
    {"undecided, and a question stands with it",
     {.verdict = VERDICT_UNDECIDED, .kind = KIND_FAILURE, .asked = true},
     NULL},
    {"nothing is known of the reviewer",
     {.verdict = VERDICT_UNDECIDED, .kind = KIND_FAILURE, .unlearned = true},
     "notme has to know first what is yours. KEY finds out what is yours"},
    {"somebody logged in, be it genuine or not",
     {.verdict = VERDICT_GENUINE, .warning = WARNING_STOLEN_ACCOUNT, .asked = true, .login = "me"},
     "If it was not you: change the password of me, and end all its sessions."},
    {"... and was not the reviewer",
     {.verdict = VERDICT_UNDECIDED, .warning = WARNING_STOLEN_ACCOUNT, .login_denied = true},
     "Change the password of that account, and end all its sessions."},
    {"no bounce", {.verdict = VERDICT_NONE}, NULL},
};

static void test_cases(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = advice_make(&cases[i].about, name, NULL);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void test_left_out(void)
{
    AdviceAct without = ADVICE_COMPLAIN;
    const AdviceCase about = {.verdict = VERDICT_BACKSCATTER, .kind = KIND_FAILURE};
    g_autofree char *text = advice_make(&about, name, &without);
    g_assert_cmpstr(text, ==, "Not yours: nothing to mend. KEY deletes it");
}

/* --- complaints ------------------------------------------------------------------------------- */

enum { NOW = 1000000000, DAY = 86400 };

static const struct {
    const char *what;
    VerdictValue verdict;
    Warning warning;
    const char *ip;
    bool own;
    int days;
    bool reporter, network;
    char *questions;
} rows[] = {
    {"a stranger's", VERDICT_BACKSCATTER, WARNING_NONE, "198.51.100.7", false, 1, true, true, NULL},
    {"undecided", VERDICT_UNDECIDED, WARNING_NONE, "198.51.100.7", false, 1, true, true, NULL},
    {"undecided, and asked about", VERDICT_UNDECIDED, WARNING_NONE, "198.51.100.7", false, 1, false,
     false, (char *)"sent-complete is-own:198.51.100.7"},
    {"... about another", VERDICT_UNDECIDED, WARNING_NONE, "198.51.100.7", false, 1, true, true,
     (char *)"is-own:198.51.100.8 sent-complete"},
    {"... about who carried it on", VERDICT_UNDECIDED, WARNING_NONE, "198.51.100.7", false, 1,
     false, false, (char *)"forwarder:relay.oak.example"},
    {"ours", VERDICT_GENUINE, WARNING_NONE, "203.0.113.7", true, 1, false, false, NULL},
    {"a fake", VERDICT_FAKE, WARNING_NONE, "198.51.100.7", false, 1, false, false, NULL},
    {"with our login", VERDICT_UNDECIDED, WARNING_STOLEN_ACCOUNT, "198.51.100.7", false, 1, false,
     false, NULL},
    {"from our address", VERDICT_BACKSCATTER, WARNING_NONE, "203.0.113.7", true, 1, true, false,
     NULL},
    {"from an inside address", VERDICT_BACKSCATTER, WARNING_NONE, "10.1.2.3", false, 1, true, false,
     NULL},
    {"from nobody knows where", VERDICT_BACKSCATTER, WARNING_NONE, NULL, false, 1, true, false,
     NULL},
    {"an old one", VERDICT_BACKSCATTER, WARNING_NONE, "198.51.100.7", false, 15, false, false,
     NULL},
};

static void test_complaints(void)
{
    const Config config = {.complain.max_age = 14 * DAY};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        Row row = {.verdict = rows[i].verdict,
                   .kind = KIND_FAILURE,
                   .warning = rows[i].warning,
                   .injection_own = rows[i].own,
                   .questions = rows[i].questions,
                   .timestamp = NOW - rows[i].days * DAY};
        if (rows[i].ip)
            g_assert_true(ip_parse(span_of(rows[i].ip), &row.injection));
        g_test_message("%s", rows[i].what);
        g_assert_cmpint(complaint_offered(&row, NULL, &config, SIDE_REPORTER, NOW), ==,
                        rows[i].reporter);
        g_assert_cmpint(complaint_offered(&row, NULL, &config, SIDE_NETWORK, NOW), ==,
                        rows[i].network);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/advice/all", test_all);
    g_test_add_func("/advice/cases", test_cases);
    g_test_add_func("/advice/left-out", test_left_out);
    g_test_add_func("/advice/complaints", test_complaints);
    return g_test_run();
}
