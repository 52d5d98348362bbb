/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a judgement without words finds the same as one with all, byte for byte but for the
 * words, and that it holds none: no sentence is made where none is shown. NOTME_CORPUS names a
 * folder with more mail to look at. */
#include "analysis/finding.h"
#include "every_mail.h"
#include "reading/line.h"

/* How many there were of each kind of words, so that none is looked at in vain. */
typedef struct Seen {
    guint judged, notes, links, signs, evidence, tried, unsettled, warnings;
} Seen;

/* --- taking the words away -------------------------------------------------------------------- */

/* Counts @text, and takes it away. */
static void take(char **text, guint *count)
{
    *count += *text != NULL;
    g_clear_pointer(text, g_free);
}

/* ... but for the sign that it is. */
static void take_sign(char **text, guint *count)
{
    bool there = *text != NULL;
    *count += there && **text;
    g_free(*text);
    *text = there ? g_strdup("") : NULL;
}

static void trace_take(Trace *trace, Seen *seen)
{
    for (guint i = 0; i < trace->outer->len; i++)
        take(&trace->outer_notes[i].why, &seen->notes);
    for (guint i = 0; i < trace->returned->len; i++)
        take(&trace->returned_notes[i].why, &seen->notes);
    for (guint i = 0; i < trace->links->len; i++)
        take(&g_array_index(trace->links, Link, i).text, &seen->links);
    take(&trace->reporter_why, &seen->notes);
    take_sign(&trace->capped_why, &seen->signs);
    take_sign(&trace->held_why, &seen->signs);
    take_sign(&trace->not_ours, &seen->signs);
}

static void verdict_take(Verdict *verdict, Seen *seen)
{
    for (guint i = 0; i < verdict->evidence->len; i++)
        take(&((Evidence *)verdict->evidence->pdata[i])->text, &seen->evidence);
    seen->tried += verdict->tried->len;
    g_array_set_size(verdict->tried, 0);
    take(&verdict->unsettled, &seen->unsettled);
    take(&verdict->warning_text, &seen->warnings);
}

/* --- comparing -------------------------------------------------------------------------------- */

static GByteArray *bytes_of(const Judgement *judgement)
{
    GByteArray *bytes = g_byte_array_new();
    judgement_pack(bytes, judgement);
    pack_number(bytes, judgement_promises(judgement));
    return bytes;
}

static void assert_none(const Seen *seen)
{
    static const Seen none = {0};
    g_assert_true(memcmp(seen, &none, sizeof none) == 0);
}

/* All words but what was tried. */
static void compare_found(const Reading *reading, const Identity *identity, const StoreFacts *facts,
                          const CaseCounts *counts, const Judgement *all)
{
    g_autoptr(Judgement) found = judgement_make(reading, identity, facts, counts, WORDING_FOUND);
    g_autoptr(Finding) one = finding_new("f", reading, all);
    g_autoptr(Finding) other = finding_new("f", reading, found);
    g_autoptr(GString) a = g_string_new(NULL), b = g_string_new(NULL);
    g_assert_cmpuint(found->verdict->tried->len, ==, 0);
    finding_write_members(a, one, FINDING_ALL_MEMBERS);
    finding_write_members(b, other, FINDING_ALL_MEMBERS);
    g_assert_cmpstr(a->str, ==, b->str);
}

static void compare(const Reading *reading, const Identity *identity, const StoreFacts *facts,
                    const CaseCounts *counts, Seen *seen)
{
    Seen without = {0};
    g_autoptr(Judgement) all = judgement_make(reading, identity, facts, counts, WORDING_ALL);
    g_autoptr(Judgement) summary =
        judgement_make(reading, identity, facts, counts, WORDING_SUMMARY);
    g_autoptr(Judgement) none = judgement_make(reading, identity, facts, counts, WORDING_NONE);
    compare_found(reading, identity, facts, counts, all);
    g_assert_cmpstr(summary->verdict->summary, ==, all->verdict->summary);
    g_assert_nonnull(all->verdict->summary);
    g_assert_null(none->verdict->summary);
    g_clear_pointer(&all->verdict->summary, g_free);
    g_clear_pointer(&summary->verdict->summary, g_free);
    trace_take(all->trace, seen);
    verdict_take(all->verdict, seen);
    trace_take(summary->trace, &without);
    verdict_take(summary->verdict, &without);
    trace_take(none->trace, &without);
    verdict_take(none->verdict, &without);
    assert_none(&without);
    g_autoptr(GByteArray) a = bytes_of(all), b = bytes_of(summary), c = bytes_of(none);
    g_assert_true(bytes_are_same(a, b) && bytes_are_same(a, c));
    seen->judged++;
}

/* --- over all mail ---------------------------------------------------------------------------- */

/* Nobody; somebody with a network; who named and promised all; who has none of all that the
 * messages show. */
static Identity *identity_like(guint kind)
{
    const Network ours = {.base = {.family = 4, .bytes = {203, 0, 113, 80}}, .bits = 29};
    Identity *identity = identity_new();
    if (kind == 0)
        return identity;
    g_ptr_array_add(identity->addresses, g_strdup("nell@quince.example"));
    g_ptr_array_add(identity->domains, g_strdup(kind == 3 ? "nobody.example" : "quince.example"));
    g_array_append_val(identity->networks, ours);
    identity->complete = kind >= 2;
    identity->sent_complete = identity->dkim_always = kind == 2;
    return identity;
}

static void message_try(const char *bytes, gsize length, gpointer data)
{
    static const StoreFacts facts[] = {
        {.asked = true, .sent_kept = true, .sent_here = TRI_NO},
        {.asked = true, .sent_kept = true, .sent_here = TRI_YES, .replies_to_known = TRI_YES},
        {.asked = true,
         .sent_here = TRI_NO,
         .sent_to = (char *)"otto@alder.example",
         .known_correspondent = TRI_YES},
    };
    static const CaseCounts counts = {.organisations = 4, .names = (char *)"alder.example"};
    static const CaseCounts few = {.organisations = 1};
    g_autoptr(Reading) reading = reading_make(bytes, length, NULL, 0);
    for (guint kind = 0; kind < 4; kind++) {
        g_autoptr(Identity) identity = identity_like(kind);
        compare(reading, identity, NULL, NULL, data);
        for (gsize i = 0; i < G_N_ELEMENTS(facts); i++)
            compare(reading, identity, &facts[i], i ? &counts : &few, data);
    }
}

static void test_same(void)
{
    Seen seen = {0};
    every_mail(message_try, &seen);
    g_test_message("%u judged: %u notes, %u links, %u signs, %u pieces of evidence, %u tried, "
                   "%u unsettled, %u warnings",
                   seen.judged, seen.notes, seen.links, seen.signs, seen.evidence, seen.tried,
                   seen.unsettled, seen.warnings);
    g_assert_cmpuint(seen.judged, >, 100);
    g_assert_cmpuint(seen.notes, >, 0);
    g_assert_cmpuint(seen.links, >, 0);
    g_assert_cmpuint(seen.signs, >, 0);
    g_assert_cmpuint(seen.evidence, >, 0);
    g_assert_cmpuint(seen.tried, >, 0);
    g_assert_cmpuint(seen.unsettled, >, 0);
    g_assert_cmpuint(seen.warnings, >, 0);
}

/* What "check" prints decides what is made. */
static void test_forms(void)
{
    static const struct {
        const char *format;
        Wording wording;
    } forms[] = {{"text", WORDING_SUMMARY},
                 {"json", WORDING_FOUND},
                 {"tsv", WORDING_NONE},
                 {"verdict", WORDING_NONE}};
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autoptr(LineForm) form = line_form_new(forms[i].format, NULL, NULL);
        g_assert_cmpint(form->wording, ==, forms[i].wording);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wording/same", test_same);
    g_test_add_func("/wording/forms", test_forms);
    return g_test_run();
}
