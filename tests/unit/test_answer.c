/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves of each kind of question that a yes and a no are written, that each takes back the other,
 * and that the configuration is read back with what was answered; and that questions are counted
 * the same in any order, without what the reviewer settled by his own word. */
#include <glib/gstdio.h>
#include <string.h>

#include "config/config.h"
#include "config/config_edit.h"
#include "question/answer.h"
#include "question/asked.h"
#include "verdict/question.h"

/* A subject that a question of that kind may have. */
static const char *const subjects[QUESTION_COUNT] = {
    [QUESTION_IS_OWN] = "198.51.100.77", [QUESTION_FORWARDER] = "relay.oak.example",
    [QUESTION_ACCOUNT] = "club.example", [QUESTION_LOGIN] = "203.0.113.9",
    [QUESTION_COMPLETE] = NULL,          [QUESTION_SENT_COMPLETE] = NULL,
    [QUESTION_SIGNS_ALL] = NULL,
};

static char *answered(const char *text, const char *question, bool yes)
{
    g_autoptr(Answered) entries = answer_entries(question, yes);
    char *now = g_strdup(text);
    for (char **one = entries->remove; *one; one++) {
        char *next = config_text_remove(now, *one);
        g_free(now);
        now = next;
    }
    for (char **one = entries->add; *one; one++) {
        char *next = config_text_add(now, *one);
        g_free(now);
        now = next;
    }
    return now;
}

/* What the configuration says when it is read. */
static Config *read_back(const char *text)
{
    g_autofree char *file = NULL;
    g_autoptr(GError) error = NULL;
    int fd = g_file_open_tmp("notme-answer-XXXXXX", &file, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(file, text, -1, NULL));
    Config *config = config_load(file, &error);
    g_assert_no_error(error);
    g_unlink(file);
    return config;
}

static bool is_no(const Identity *identity, const char *subject)
{
    Ip ip;
    bool address = ip_parse(span_of(subject), &ip);
    return identity_is_not_own(identity, address ? NULL : subject, address ? &ip : NULL);
}

static bool is_yes(const Identity *identity, QuestionKind kind, const char *subject)
{
    Ip ip = {0};
    if (subject)
        ip_parse(span_of(subject), &ip);
    switch (kind) {
    case QUESTION_IS_OWN:
        return identity_owns_ip(identity, &ip);
    case QUESTION_FORWARDER:
        return identity_is_forwarder(identity, subject, &ip);
    case QUESTION_ACCOUNT:
        return identity_has_account(identity, subject);
    case QUESTION_LOGIN:
        return identity_knows_login(identity, &ip);
    case QUESTION_COMPLETE:
        return identity->complete;
    case QUESTION_SENT_COMPLETE:
        return identity->sent_complete;
    case QUESTION_SIGNS_ALL:
        return identity->dkim_always;
    case QUESTION_COUNT:
        break;
    }
    return false;
}

static void test_both(void)
{
    static const char before[] = "# mine\n[identity]\naddresses=jo@own.example\n\n[review]\n";
    for (int i = 0; i < QUESTION_COUNT; i++) {
        const char *subject = subjects[i];
        g_autofree char *id = question_id((QuestionKind)i, subject);
        g_autofree char *yes = answered(before, id, true), *no = answered(yes, id, false);
        g_autofree char *again = answered(no, id, true), *straight = answered(before, id, false);
        g_autoptr(Config) with_yes = read_back(yes), with_no = read_back(no);
        g_assert_true(is_yes(with_yes->identity, (QuestionKind)i, subject));
        g_assert_false(is_yes(with_no->identity, (QuestionKind)i, subject));
        if (subject) {
            g_assert_false(is_no(with_yes->identity, subject));
            g_assert_true(is_no(with_no->identity, subject));
        }
        g_assert_cmpstr(again, ==, yes);
        g_assert_cmpstr(straight, ==, no);
    }
}

static void test_written_as_network(void)
{
    g_autofree char *no =
        answered("[identity]\nnetworks=198.51.100.77/32\n", "is-own:198.51.100.77", false);
    g_assert_cmpstr(no, ==, "[identity]\nnot_own=198.51.100.77\n");
}

static void test_meaning(void)
{
    for (int i = 0; i < QUESTION_COUNT; i++) {
        g_autofree char *id = question_id((QuestionKind)i, subjects[i]);
        g_autofree char *yes = answer_meaning(id, true), *no = answer_meaning(id, false);
        g_assert_nonnull(strstr(yes, question_type((QuestionKind)i)->yes_key));
        g_assert_null(strstr(yes, "%s"));
        g_assert_null(strstr(no, "%s"));
    }
    g_autofree char *own = answer_meaning("is-own:198.51.100.77", true);
    g_assert_cmpstr(own, ==,
                    "adds 198.51.100.77 to networks: from now on mail from 198.51.100.77 is yours");
    g_assert_null(answer_meaning("is-own:a b", true));
    g_assert_null(answer_entries("networks=0.0.0.0/0", true));
}

/* --- gathering -------------------------------------------------------------------------------- */

static const struct {
    const char *questions, *reporter;
    gint64 time;
    bool by_reviewer;
} seen[] = {
    {"is-own:192.0.2.9 complete", "pine.example", 30, false},
    {"complete", "fir.example", 10, false},
    {"complete", "FIR.example", 20, false},
    {"complete", "oak.example", 15, false},
    {"complete", "elm.example", 16, false},
    {"complete", "ash.example", 17, false},
    {"is-own:192.0.2.9", NULL, 1, true},
    {"nonsense is-own:$(x)", NULL, 2, false},
    {NULL, NULL, 3, false},
};

static Row *row_new(gsize i)
{
    Row *row = g_new0(Row, 1);
    row->refs = 1;
    row->questions = g_strdup(seen[i].questions);
    row->reporter_domain = g_strdup(seen[i].reporter);
    row->timestamp = seen[i].time;
    row->by_reviewer = seen[i].by_reviewer;
    return row;
}

static void test_gather(void)
{
    for (gsize first = 0; first < G_N_ELEMENTS(seen); first++) {
        g_autoptr(AskedBook) book = asked_book_new();
        for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
            g_autoptr(Row) row = row_new((first + i) % G_N_ELEMENTS(seen));
            asked_book_add(book, row);
        }
        g_autoptr(GPtrArray) list = asked_book_list(book);
        g_assert_cmpuint(list->len, ==, 2);
        const Asked *most = list->pdata[0], *other = list->pdata[1];
        g_assert_cmpstr(most->id, ==, "complete");
        g_assert_cmpuint(most->cases, ==, 6);
        g_assert_cmpuint(most->reporters, ==, 5);
        g_assert_cmpstr(most->seen_by, ==, "ash.example, elm.example, fir.example and 2 more");
        g_assert_cmpint(most->first, ==, 10);
        g_assert_cmpint(most->last, ==, 30);
        g_assert_cmpstr(other->id, ==, "is-own:192.0.2.9");
        g_assert_cmpuint(other->cases, ==, 1);
        g_assert_cmpstr(other->seen_by, ==, "pine.example");
    }
}

static void test_waits(void)
{
    g_autoptr(Row) both = row_new(0), one = row_new(1), settled = row_new(6);
    g_assert_true(asked_by(both, "complete"));
    g_assert_true(asked_by(both, "is-own:192.0.2.9"));
    g_assert_false(asked_by(both, "is-own:192.0.2.90"));
    g_assert_false(asked_by(one, "is-own:192.0.2.9"));
    g_assert_false(asked_by(settled, "is-own:192.0.2.9"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answer/both", test_both);
    g_test_add_func("/answer/network", test_written_as_network);
    g_test_add_func("/answer/meaning", test_meaning);
    g_test_add_func("/answer/gather", test_gather);
    g_test_add_func("/answer/waits", test_waits);
    return g_test_run();
}
