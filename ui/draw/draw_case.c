/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing a case. */
#include "draw/draw_case.h"

#include <string.h>

#include "analysis/finding.h"
#include "base/count.h"
#include "model/rows.h"
#include "screen/clock.h"
#include "screen/text.h"
#include "verdict/question.h"
#include "verdict/telling.h"

enum {
    LABEL = 10, /* columns of the labels */
    /* Where what belongs to a name begins, if the name is not longer: it stays there from case to
     * case, so that the eye finds it, and few cells change. */
    BESIDE = 38,
    BESIDE_FROM = 76, /* columns of the screen */
    DATE_ROOM = 35
};

static const struct {
    Glyph glyph;
    Role role;
    const char *title;
} verdicts[VERDICT_COUNT] = {
    [VERDICT_NONE] = {GLYPH_DASH, ROLE_NORMAL, "NO BOUNCE"},
    [VERDICT_GENUINE] = {GLYPH_GENUINE, ROLE_GENUINE, "GENUINE"},
    [VERDICT_BACKSCATTER] = {GLYPH_BACKSCATTER, ROLE_BACKSCATTER, "BACKSCATTER"},
    [VERDICT_FAKE] = {GLYPH_FAKE, ROLE_FAKE, "FAKE"},
    [VERDICT_UNDECIDED] = {GLYPH_UNDECIDED, ROLE_UNDECIDED, "UNDECIDED"},
};

Glyph draw_verdict_glyph(VerdictValue verdict)
{
    return verdicts[verdict].glyph;
}

Role draw_verdict_role(VerdictValue verdict)
{
    return verdicts[verdict].role;
}

const char *draw_verdict_title(VerdictValue verdict)
{
    return verdicts[verdict].title;
}

char *draw_summary(const Row *row, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    bool old = row->by_reviewer && !(verdict && verdict->by_reviewer); /* read before his word */
    return g_strdup(old ? "your own word" : verdict ? verdict->summary : NULL);
}

static void label(Doc *doc, const char *text)
{
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_DIM, text);
    doc_tab(doc, LABEL, 1);
}

static void beside(Doc *doc)
{
    doc_tab(doc, doc_width(doc) >= BESIDE_FROM ? BESIDE : 0, 2);
}

/* What the server said, with its status; not twice, where it is among the first words. */
static void said_put(Doc *doc, const Recipient *recipient)
{
    enum { FIRST = 16 };
    const char *said = recipient->diagnostic, *status = recipient->status;
    if (status && !(said && g_strstr_len(said, FIRST, status)))
        doc_printf(doc, ROLE_NORMAL, "%s%s", status, said ? "  " : "");
    if (said)
        doc_put(doc, ROLE_NORMAL, said);
}

static void recipient_line(Doc *doc, const Row *row, const Finding *finding)
{
    const GPtrArray *all = finding ? finding->reading->bounce->recipients : NULL;
    const Recipient *first = all && all->len ? all->pdata[0] : NULL;
    if (row->verdict == VERDICT_FAKE && !first && !row->recipient)
        return; /* it failed nowhere */
    label(doc, telling_recipient_label(row->kind));
    doc_put(doc, ROLE_NORMAL,
            first && (first->final || first->original) ? telling_recipient(first) : row_named(row));
    if (row->recipients > 1)
        doc_printf(doc, ROLE_DIM, " and %s more",
                   count_text(row->recipients - 1, (char[COUNT_SIZE]){0}));
    if (row->kind == KIND_DELAY && first && first->retry_until != TIME_NONE) {
        g_autofree char *date = clock_long_date(first->retry_until);
        g_autofree char *until = telling_until(date);
        doc_printf(doc, ROLE_NORMAL, "   %s", until);
    }
    beside(doc);
    if (first && (first->status || first->diagnostic))
        said_put(doc, first);
    else
        doc_put(doc, ROLE_NORMAL, row_reason_text(row));
    doc_end(doc);
}

/* In whose name it was sent: behind what stands there, or on a line of its own. */
static void abused_put(Doc *doc, const Row *row)
{
    if (!row->abused)
        return;
    int room = doc_width(doc) - doc_column(doc) - 12;
    if (text_width(row->abused, doc_utf8(doc)) <= room) {
        doc_put(doc, ROLE_DIM, "   sent as ");
    } else {
        doc_end(doc);
        label(doc, "sent as");
    }
    doc_put(doc, ROLE_NORMAL, row->abused);
}

/* Who wrote it, and the beginning of what stands beside it. Of whom only the From is known all of
 * it is shown: what a fake pretends to be is what it is known by. */
static void reporter_put(Doc *doc, const Row *row, const char *reporter)
{
    if (row->verdict != VERDICT_FAKE && reporter) {
        doc_put_to(doc, ROLE_NORMAL, reporter, MAX(doc_width(doc) - DATE_ROOM, LABEL + 12));
        beside(doc);
        return;
    }
    doc_wrap(doc, ROLE_NORMAL, row->from ? row->from : "(not named)", LABEL);
    if (doc_column(doc) + DATE_ROOM <= doc_width(doc)) {
        beside(doc);
        return;
    }
    doc_end(doc);
    label(doc, "date");
}

static void reporter_line(Doc *doc, const Row *row, const Finding *finding)
{
    gint64 when =
        finding && finding->reading->date != TIME_NONE ? finding->reading->date : row->timestamp;
    g_autofree char *date = clock_long_date(when);
    const char *subject = row->returned_subject;
    const char *reporter =
        finding && finding->judgement->trace ? finding_reporter(finding) : row->reporter;
    label(doc, telling_reporter_label(row->kind, row->verdict));
    reporter_put(doc, row, reporter);
    doc_printf(doc, ROLE_NORMAL, "%s (your time)", date);
    int room = doc_width(doc) - doc_column(doc) - 3 - 9;
    bool fits = subject && text_width(subject, doc_utf8(doc)) <= room;
    if (fits) {
        doc_put(doc, ROLE_DIM, "   subject: ");
        doc_put(doc, ROLE_NORMAL, subject);
    }
    if (subject && !fits) {
        doc_end(doc);
        label(doc, "subject");
        doc_put(doc, ROLE_NORMAL, subject);
    }
    abused_put(doc, row);
    doc_end(doc);
}

static void notes_line(Doc *doc, const Row *row)
{
    if (row->files > 1) {
        label(doc, "note");
        doc_printf(doc, ROLE_UNDECIDED, "%u files have this Message-ID: only this one is acted on",
                   row->files);
        doc_end(doc);
    }
    if (row->by_reviewer) {
        label(doc, "note");
        doc_put(doc, ROLE_MESSAGE, "the verdict is your own");
        doc_end(doc);
    }
}

static void warning_line(Doc *doc, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    if (!verdict->warning_text)
        return;
    label(doc, warning_word(verdict->warning, verdict->login_denied));
    doc_wrap(doc, ROLE_ERROR, verdict->warning_text, LABEL);
    doc_end(doc);
}

void draw_head(Doc *doc, const Row *row, const Finding *finding, bool brief)
{
    if (finding && !finding->reading->bounce)
        finding = NULL;
    if (finding)
        warning_line(doc, finding);
    if (row->verdict != VERDICT_FAKE ||
        row->recipient) /* a fake that names nobody reports nothing */
        recipient_line(doc, row, finding);
    if (brief)
        return;
    reporter_line(doc, row, finding);
    notes_line(doc, row);
}

static const struct {
    VerdictValue verdict;
    EvidenceFor for_;
} sides[] = {
    {VERDICT_GENUINE, FOR_GENUINE},
    {VERDICT_BACKSCATTER, FOR_BACKSCATTER},
    {VERDICT_FAKE, FOR_FAKE},
    {VERDICT_UNDECIDED, FOR_UNDECIDED},
};

static bool carries(const Evidence *evidence, VerdictValue verdict)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++)
        if (sides[i].verdict == verdict)
            return sides[i].for_ == evidence->for_;
    return false;
}

static guint why_pass(Doc *doc, const Verdict *verdict, bool carrying, guint shown, guint most)
{
    for (guint i = 0; i < verdict->evidence->len && shown < most; i++) {
        const Evidence *evidence = verdict->evidence->pdata[i];
        if (evidence->for_ == FOR_KIND || carries(evidence, verdict->value) != carrying)
            continue;
        if (shown == 0)
            label(doc, "why");
        doc_tab(doc, LABEL, 0);
        if (!carrying)
            doc_printf(doc, ROLE_DIM, "(for %s) ", evidence_for_name(evidence->for_));
        doc_wrap(doc, ROLE_NORMAL, evidence->text, LABEL);
        doc_end(doc);
        shown++;
    }
    return shown;
}

void draw_why(Doc *doc, const Finding *finding, guint most)
{
    if (!finding->judgement->verdict)
        return;
    guint shown = why_pass(doc, finding->judgement->verdict, true, 0, most);
    shown = why_pass(doc, finding->judgement->verdict, false, shown, most);
    if (shown > 0)
        return;
    label(doc, "why");
    doc_wrap(doc, ROLE_NORMAL, finding->judgement->verdict->summary, LABEL);
    doc_end(doc);
}

void draw_question(Doc *doc, const char *id, const char *counts, guint waiting, const char *key)
{
    g_autofree char *text = question_text(id);
    char count[COUNT_SIZE];
    if (!text)
        return;
    g_autoptr(GString) line = g_string_new(text);
    if (waiting)
        g_string_append_printf(line, " %s %s for it.", count_text(waiting, count),
                               waiting == 1 ? "message waits" : "messages wait");
    if (counts)
        g_string_append_printf(line, " %s", counts);
    if (key)
        g_string_append_printf(line, "  %s answers", key);
    label(doc, "ask");
    doc_wrap(doc, ROLE_UNDECIDED, line->str, LABEL);
    doc_end(doc);
}

void draw_unsettled(Doc *doc, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    g_autofree char *line = verdict ? telling_unsettled(verdict) : NULL;
    if (!line)
        return;
    label(doc, "open");
    doc_wrap(doc, ROLE_DIM, line, LABEL);
    doc_end(doc);
}

void draw_advice(Doc *doc, const Finding *finding, AdviceName name, gpointer data)
{
    if (!finding->judgement->verdict)
        return;
    AdviceCase about = advice_case(finding->reading->bounce, finding->judgement->verdict);
    g_autofree char *text = advice_make(&about, name, data);
    if (text)
        doc_field(doc, "to do", LABEL, ROLE_NORMAL, text);
}

static Role for_role(EvidenceFor for_)
{
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++)
        if (sides[i].for_ == for_)
            return verdicts[sides[i].verdict].role;
    return ROLE_DIM;
}

void draw_evidence(Doc *doc, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    if (!verdict || verdict->evidence->len == 0) {
        doc_put(doc, ROLE_DIM, " No evidence either way.");
        doc_end(doc);
        return;
    }
    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *evidence = verdict->evidence->pdata[i];
        doc_tab(doc, 1, 0);
        doc_put(doc, for_role(evidence->for_), evidence_for_name(evidence->for_));
        doc_tab(doc, 13, 1);
        doc_put(doc, evidence->strength == STRENGTH_WEAK ? ROLE_DIM : ROLE_NORMAL,
                strength_name(evidence->strength));
        doc_tab(doc, 21, 1);
        doc_wrap(doc, ROLE_NORMAL, evidence->text, 21);
        doc_end(doc);
    }
    if (verdict->by_reviewer && verdict_name(verdict->program)) {
        doc_tab(doc, 1, 0);
        doc_printf(doc, ROLE_MESSAGE, "Your word; the program would say \"%s\".",
                   verdict_name(verdict->program));
        doc_end(doc);
    }
}

static void detail(Doc *doc, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    doc_tab(doc, 3, 0);
    doc_put(doc, ROLE_DIM, name);
    doc_tab(doc, 14, 1);
    doc_wrap(doc, ROLE_NORMAL, value, 14);
    doc_end(doc);
}

static void recipient_draw(Doc *doc, const Recipient *recipient)
{
    g_autofree char *code =
        recipient->reply_code ? g_strdup_printf("%d", recipient->reply_code) : NULL;
    doc_tab(doc, 1, 0);
    doc_put(doc, ROLE_TITLE, telling_recipient(recipient));
    doc_end(doc);
    if (recipient->final && g_strcmp0(recipient->final, recipient->original) != 0)
        detail(doc, "written to", recipient->original);
    detail(doc, "reason", recipient->reason ? reason_name(recipient->reason) : NULL);
    detail(doc, "action", recipient->action);
    detail(doc, "status", recipient->status);
    detail(doc, "SMTP code", code);
    detail(doc, "server", recipient->remote_mta);
    detail(doc, "it said", recipient->diagnostic);
    detail(doc, "for good",
           recipient->permanent == TRI_YES  ? "yes"
           : recipient->permanent == TRI_NO ? "no: it may work later"
                                            : NULL);
    doc_end(doc);
}

void draw_recipients(Doc *doc, const Finding *finding)
{
    const GPtrArray *all = finding->reading->bounce ? finding->reading->bounce->recipients : NULL;
    if (!all || all->len == 0) {
        doc_put(doc, ROLE_DIM, " It names no recipient.");
        doc_end(doc);
    }
    for (guint i = 0; all && i < all->len; i++)
        recipient_draw(doc, all->pdata[i]);
}
