/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A judgement over the wire: the tables of what travels, without what the reading says. */
#include "analysis/judgement.h"

#include <string.h>

#include "base/fields.h"

/* More than any true judgement holds. */
enum { LINKS_MAX = 100000, LIST_MAX = 20000 };

static gpointer create_evidence(void)
{
    return g_new0(Evidence, 1);
}

static const Field link_fields[] = {
    FIELD_RANGE(Link, hop, 0, G_MAXINT),
    FIELD(Link, test, FIELD_CONSTANT),
    FIELD_RANGE(Link, result, 0, LINK_STRONG),
    FIELD(Link, explained, FIELD_BOOL),
    FIELD(Link, text, FIELD_TEXT),
};
static const Shape link_shape = SHAPE(Link, link_fields, NULL);

static const Field injection_fields[] = {
    FIELD(Injection, ip, FIELD_IP),
    FIELD_RANGE(Injection, hop, -1, G_MAXINT),
    FIELD(Injection, helo, FIELD_TEXT),
    FIELD(Injection, rdns, FIELD_TEXT),
    FIELD_RANGE(Injection, source, 0, INJECTION_LAST),
    FIELD(Injection, name, FIELD_TEXT),
    FIELD_RANGE(Injection, lookup, 0, LOOKUP_NAME),
    FIELD(Injection, by_own, FIELD_BOOL),
    FIELD(Injection, own, FIELD_BOOL),
    FIELD(Injection, forwarder, FIELD_BOOL),
    FIELD(Injection, own_beyond, FIELD_BOOL),
    FIELD(Injection, beyond_ip, FIELD_IP),
    FIELD_RANGE(Injection, beyond_hop, -1, G_MAXINT),
};
static const Shape injection_shape = SHAPE(Injection, injection_fields, NULL);

/* Behind the notes of the hops, which have no array of their own. */
static const Field trace_fields[] = {
    FIELD_OF(Trace, links, FIELD_INLINE, LINKS_MAX, link_shape),
    FIELD_RANGE(Trace, reporter, 0, REPORTER_DOUBTFUL),
    FIELD(Trace, reporter_why, FIELD_TEXT),
    FIELD(Trace, reporter_organisation, FIELD_TEXT),
    FIELD(Trace, handing_ip, FIELD_IP),
    FIELD(Trace, handing_rdns, FIELD_TEXT),
    FIELD(Trace, handing_helo, FIELD_TEXT),
    FIELD_RANGE(Trace, handing_lookup, 0, LOOKUP_NAME),
    FIELD(Trace, outer_capped, FIELD_BOOL),
    FIELD_OF(Trace, injection, FIELD_STRUCT, 0, injection_shape),
    FIELD(Trace, capped, FIELD_BOOL),
    FIELD(Trace, capped_why, FIELD_TEXT),
    FIELD_RANGE(Trace, capped_from, -1, G_MAXINT),
    FIELD(Trace, forwarded, FIELD_BOOL),
    FIELD(Trace, own_wrote, FIELD_BOOL),
    FIELD(Trace, own_unnamed, FIELD_BOOL),
    FIELD_RANGE(Trace, relay, 0, RELAY_UNCLEAR),
    FIELD(Trace, has_list_id, FIELD_BOOL),
    FIELD(Trace, held_why, FIELD_TEXT),
    FIELD(Trace, held_own, FIELD_BOOL),
    FIELD(Trace, held_way, FIELD_BOOL),
    FIELD(Trace, held_theirs, FIELD_BOOL),
    FIELD(Trace, submitter_ip, FIELD_IP),
    FIELD_RANGE(Trace, forged_hop, -1, G_MAXINT),
};
static const Shape trace_shape = SHAPE(Trace, trace_fields, NULL);

static const Field evidence_fields[] = {
    FIELD(Evidence, rule, FIELD_TEXT),
    FIELD_RANGE(Evidence, for_, 0, FOR_KIND),
    FIELD_RANGE(Evidence, strength, 0, STRENGTH_PROOF),
    FIELD_RANGE(Evidence, ground, 0, GROUND_COUNT - 1),
    FIELD(Evidence, text, FIELD_TEXT),
};
static const Shape evidence_shape = SHAPE(Evidence, evidence_fields, create_evidence);

/* Behind the rules that were tried, whose texts are constants or not. */
static const Field verdict_fields[] = {
    FIELD_RANGE(Verdict, value, 0, VERDICT_COUNT - 1),
    FIELD_RANGE(Verdict, program, 0, VERDICT_COUNT - 1),
    FIELD(Verdict, by_reviewer, FIELD_BOOL),
    FIELD_OF(Verdict, evidence, FIELD_LIST, LIST_MAX, evidence_shape),
    FIELD_MANY(Verdict, questions, LIST_MAX),
    FIELD(Verdict, unsettled, FIELD_TEXT),
    FIELD_RANGE(Verdict, warning, 0, WARNING_COUNT - 1),
    FIELD(Verdict, warning_text, FIELD_TEXT),
    FIELD(Verdict, login_denied, FIELD_BOOL),
    FIELD(Verdict, login, FIELD_TEXT),
    FIELD(Verdict, login_ip, FIELD_IP),
    FIELD(Verdict, abused, FIELD_TEXT),
    FIELD(Verdict, summary, FIELD_TEXT),
};
static const Shape verdict_shape = SHAPE(Verdict, verdict_fields, NULL);

/* --- out -------------------------------------------------------------------------------------- */

static void notes_pack(GByteArray *to, const HopNote *notes, guint count)
{
    for (guint i = 0; i < count; i++) {
        pack_number(to, notes[i].mark);
        pack_text(to, notes[i].why);
    }
}

static void tried_pack(GByteArray *to, const GArray *list)
{
    pack_number(to, list->len);
    for (guint i = 0; i < list->len; i++) {
        const RuleTried *tried = &g_array_index(list, RuleTried, i);
        pack_text(to, tried->rule);
        pack_number(to, tried->held);
        pack_text(to, tried->text);
    }
}

void judgement_pack(GByteArray *to, const Judgement *judgement)
{
    const Trace *trace = judgement->trace;
    notes_pack(to, trace->outer_notes, trace->outer->len);
    notes_pack(to, trace->returned_notes, trace->returned->len);
    fields_pack(to, &trace_shape, trace);
    tried_pack(to, judgement->verdict->tried);
    fields_pack(to, &verdict_shape, judgement->verdict);
}

/* --- in --------------------------------------------------------------------------------------- */

static void notes_unpack(Unpack *from, HopNote *notes, guint count)
{
    for (guint i = 0; i < count && !from->broken; i++) {
        HopMark mark = (HopMark)unpack_number(from, MARK_FORGED);
        const char *why = unpack_text(from);
        if (mark != MARK_NONE)
            hop_note_set(&notes[i], mark, g_strdup(why ? why : ""));
    }
}

static void tried_unpack(Unpack *from, GArray *list)
{
    guint64 count = unpack_number(from, LIST_MAX);
    for (guint64 i = 0; i < count && !from->broken; i++) {
        const char *rule = unpack_text(from);
        bool held = unpack_bool(from);
        char *text = g_strdup(unpack_text(from));
        const RuleTried tried = {rule && strlen(rule) <= FIELD_CONSTANT_MOST ? g_intern_string(rule)
                                                                             : "",
                                 held, text, text};
        g_array_append_val(list, tried);
    }
}

/* The line that it names, if it is there. */
static void hop_check(int *hop, const Trace *trace)
{
    if (*hop >= (int)trace->returned->len)
        *hop = -1;
}

/* What every reader of these structs may take for granted. */
static bool judgement_is_whole(Judgement *judgement)
{
    Trace *trace = judgement->trace;
    Injection *injection = &trace->injection;
    hop_check(&injection->hop, trace);
    hop_check(&injection->beyond_hop, trace);
    hop_check(&trace->forged_hop, trace);
    for (guint i = 0; i < trace->links->len; i++) {
        const Link *link = &g_array_index(trace->links, Link, i);
        if (link->hop >= (int)trace->returned->len || !link->test)
            return false;
    }
    for (guint i = 0; i < judgement->verdict->evidence->len; i++) {
        const Evidence *evidence = judgement->verdict->evidence->pdata[i];
        if (!evidence->rule || !evidence->text)
            return false;
    }
    for (guint i = 0; i < judgement->verdict->tried->len; i++)
        if (!g_array_index(judgement->verdict->tried, RuleTried, i).text)
            return false;
    return !injection->own_beyond || injection->beyond_hop >= 0;
}

Judgement *judgement_unpack(Unpack *from, const Reading *reading)
{
    g_autoptr(Judgement) judgement = g_new0(Judgement, 1);
    Trace *trace = judgement->trace = trace_new(reading->outer, reading->returned);
    judgement->refs = 1;
    judgement->verdict = verdict_new();
    notes_unpack(from, trace->outer_notes, trace->outer->len);
    notes_unpack(from, trace->returned_notes, trace->returned->len);
    fields_unpack(from, &trace_shape, trace);
    tried_unpack(from, judgement->verdict->tried);
    fields_unpack(from, &verdict_shape, judgement->verdict);
    if (from->broken || !judgement_is_whole(judgement)) {
        from->broken = true;
        return NULL;
    }
    return g_steal_pointer(&judgement);
}
