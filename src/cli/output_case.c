/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case as text: verdict, what happened, the chain drawn as the data flowed, the evidence. */
#include <stdio.h>
#include <string.h>

#include "base/safe.h"
#include "cli/output.h"
#include "verdict/advice.h"
#include "verdict/origin.h"
#include "verdict/question.h"
#include "verdict/telling.h"

enum { WIDTH_LEAST = 30, WIDTH_PIPE = 100, LABEL = 11 };

static int case_width(const Output *output)
{
    return output->width ? MAX(output->width, WIDTH_LEAST) : WIDTH_PIPE;
}

/* Begins a line for a word of @columns: behind @indent blanks, or fewer where it fits only so. */
static int begin_line(GString *out, int indent, int columns, int width)
{
    int blanks = columns > width - indent ? MAX(width - columns, 0) : indent;
    g_string_append_printf(out, "\n%*s", blanks, "");
    return blanks;
}

/* Only a word that is longer than a line is broken, by the terminal. */
void output_add_wrapped(const Output *output, GString *out, Paint paint, const char *text,
                        int indent, int used)
{
    g_autofree char *safe = safe_text(span_of(text), output->ascii ? SAFE_ASCII : SAFE_LINE);
    g_auto(GStrv) words = g_strsplit(safe, " ", -1);
    int column = used, width = case_width(output);
    bool first = true, lone = used == 0;
    for (char **word = words; *word; word++) {
        int columns = output_columns(*word);
        if (!lone && column + !first + columns > width) {
            column = begin_line(out, indent, columns, width);
            first = true;
        }
        if (!first) {
            g_string_append_c(out, ' ');
            column++;
        }
        output_add(output, out, paint, *word, 0);
        column += columns;
        first = lone = false;
    }
    g_string_append_c(out, '\n');
}

/* " reporter  mx3.example.de" */
static void add_field(const Output *output, GString *out, const char *label, Paint paint,
                      const char *text)
{
    if (!text || !*text)
        return;
    g_string_append_c(out, ' ');
    output_add(output, out, PAINT_DIM, label, LABEL);
    output_add_wrapped(output, out, paint, text, LABEL + 1, LABEL + 1);
}

static void add_heading(const Output *output, GString *out, const char *text)
{
    g_string_append_c(out, '\n');
    output_add(output, out, PAINT_BOLD, text, 0);
    g_string_append_c(out, '\n');
}

/* "2026-03-01 10:00:00 UTC"; the caller frees it; NULL for none. */
static char *time_text(gint64 time)
{
    char *text = date_format_rfc3339(time);
    if (!text)
        return NULL;
    g_autofree char *z = text;
    z[10] = ' ';
    z[strlen(z) - 1] = '\0';
    return g_strconcat(z, " UTC", NULL);
}

/* --- head ------------------------------------------------------------------------------------- */

static void add_title(const Output *output, GString *out, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    if (finding->reading->bounce->kind == KIND_NONE) {
        output_add(output, out, PAINT_BOLD, "no bounce", 0);
        g_string_append(out, ": this message reports on no other\n");
        return;
    }
    Paint paint = output_paint(verdict->value);
    const char *warned = warning_word(verdict->warning, verdict->login_denied);
    g_autofree char *name =
        warned ? g_strdup(warned) : g_ascii_strup(verdict_name(verdict->value), -1);
    output_add(output, out, paint, output_sign(output, verdict->value), 2);
    output_add(output, out, warned ? PAINT_FORGED : paint, name, 0);
    if (verdict->summary)
        g_string_append(out, "  ");
    output_add_wrapped(output, out, PAINT_PLAIN, verdict->summary ? verdict->summary : "", 2,
                       4 + (int)strlen(name));
    if (!verdict->warning_text)
        return;
    add_field(output, out, "warning", PAINT_FORGED, verdict->warning_text);
    add_field(output, out, "verdict", paint, verdict_name(verdict->value));
    add_field(output, out, "login", PAINT_PLAIN, verdict->login);
    add_field(output, out, "", PAINT_PLAIN, "\"notme list --warning\" lists all such cases");
}

static void add_message(const Output *output, GString *out, const Row *row, const Finding *finding)
{
    const Bounce *bounce = finding->reading->bounce;
    g_autofree char *id = row && row->id ? g_strconcat("id:", row->id, NULL) : NULL;
    g_autofree char *date = time_text(finding->reading->date);
    g_autofree char *kind =
        bounce->format ? g_strdup_printf("%s (%s)", bounce_kind_name(bounce->kind), bounce->format)
                       : g_strdup(bounce_kind_name(bounce->kind));
    add_field(output, out, "file", PAINT_PLAIN, finding->file);
    add_field(output, out, "message", PAINT_PLAIN, id);
    if (row && row->files > 1) {
        g_autofree char *files = g_strdup_printf("%u files share this id", row->files);
        add_field(output, out, "", PAINT_PLAIN, files);
    }
    if (row)
        add_field(output, out, "tags", PAINT_PLAIN, row->tags);
    add_field(output, out, "from", PAINT_PLAIN, finding->reading->from);
    add_field(output, out, "subject", PAINT_PLAIN, finding->reading->subject);
    add_field(output, out, "date", PAINT_PLAIN, date);
    add_field(output, out, "kind", PAINT_PLAIN, kind);
}

static void add_reporter(const Output *output, GString *out, const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    g_autofree char *arrival = time_text(finding->reading->bounce->arrival_date);
    VerdictValue verdict = finding->judgement->verdict->value;
    const char *label = telling_reporter_label(finding->reading->bounce->kind, verdict),
               *reporter = finding_reporter(finding);
    if (verdict == VERDICT_FAKE)
        add_field(output, out, "reporter", PAINT_PLAIN, "none: it is made to look like a server's");
    else
        add_field(output, out, label, PAINT_PLAIN, reporter ? reporter : "(not named)");
    add_field(output, out, "", PAINT_DIM, trace->reporter_why);
    if (arrival) {
        g_autofree char *text = g_strconcat("took the message at ", arrival, NULL);
        add_field(output, out, "", PAINT_PLAIN, text);
    }
}

static void add_recipient(const Output *output, GString *out, BounceKind kind, const Recipient *r)
{
    g_autoptr(GString) text = g_string_new(telling_recipient(r));
    if (r->original && r->final && strcmp(r->original, r->final) != 0)
        g_string_append_printf(text, " (sent to %s)", r->original);
    if (r->status)
        g_string_append_printf(text, "  %s", r->status);
    if (reason_name(r->reason))
        g_string_append_printf(text, "  %s", reason_name(r->reason));
    if (r->permanent != TRI_UNKNOWN)
        g_string_append(text, r->permanent == TRI_YES ? ", for good" : ", for now");
    if (r->remote_mta)
        g_string_append_printf(text, ", says %s", r->remote_mta);
    g_autofree char *until = time_text(r->retry_until);
    g_autofree char *trying =
        until && g_strcmp0(r->action, "delayed") == 0 ? telling_until(until) : NULL;
    if (trying)
        g_string_append_printf(text, "; %s", trying);
    add_field(output, out, r->action ? r->action : telling_recipient_label(kind), PAINT_PLAIN,
              text->str);
    add_field(output, out, "", PAINT_PLAIN, r->diagnostic);
}

/* Which words decided the reason, and where they stood. */
static void add_reasons(const Output *output, GString *out, const GPtrArray *recipients)
{
    static const char *const places[] = {
        [WHERE_NONE] = "nothing that it says is known",
        [WHERE_REPLY] = "in the other side's reply",
        [WHERE_DIAGNOSTIC] = "in the reporter's diagnostic",
        [WHERE_STATUS] = "the status, as no words of the reply are known",
        [WHERE_CODE] = "the reply code, as nothing else is known",
        [WHERE_TEXT] = "in the text for people",
    };
    if (!recipients->len)
        return;
    add_heading(output, out, "What decided the reasons");
    for (guint i = 0; i < recipients->len; i++) {
        const Recipient *r = recipients->pdata[i];
        if (!reason_name(r->reason))
            continue;
        g_autofree char *text = r->reason_words ? g_strdup_printf("\"%s\", %s", r->reason_words,
                                                                  places[r->reason_where])
                                                : g_strdup(places[r->reason_where]);
        g_string_append_c(out, ' ');
        output_add(output, out, PAINT_BOLD, reason_name(r->reason), 18);
        output_add_wrapped(output, out, PAINT_PLAIN, text, 20, 20);
    }
}

static void add_returned(const Output *output, GString *out, const Bounce *bounce)
{
    const Returned *returned = &bounce->returned;
    g_autofree char *date = time_text(returned->date);
    if (returned->where == RETURNED_NONE) {
        add_field(output, out, "returned", PAINT_PLAIN, telling_nothing(bounce));
        return;
    }
    g_autofree char *subject =
        g_strconcat("\"", returned->subject ? returned->subject : "", "\"", NULL);
    add_field(output, out, "returned", PAINT_PLAIN, subject);
    g_autofree char *from = g_strconcat("from ", returned->from, NULL);
    add_field(output, out, "", PAINT_PLAIN, returned->from ? from : NULL);
    add_field(output, out, "", PAINT_PLAIN, date);
    g_autofree char *id = g_strconcat("id ", returned->message_id, NULL);
    add_field(output, out, "", PAINT_PLAIN, returned->message_id ? id : NULL);
}

/* --- chains ----------------------------------------------------------------------------------- */

typedef struct MarkStyle {
    const char *sign, *plain;
    Paint paint;
} MarkStyle;

static const MarkStyle *mark_style(HopMark mark)
{
    static const MarkStyle styles[] = {
        [MARK_NONE] = {" ", " ", PAINT_PLAIN},     [MARK_OWN] = {"✔", "+", PAINT_OWN},
        [MARK_BELIEVED] = {" ", " ", PAINT_PLAIN}, [MARK_INJECTION] = {"▶", ">", PAINT_INJECTION},
        [MARK_UNVERIFIED] = {"·", ".", PAINT_DIM}, [MARK_FORGED] = {"✘", "x", PAINT_FORGED},
    };
    return &styles[mark];
}

/* The rest of the line: what was said, who wrote it, when. @claimed: the host that claims to have
 * written it stands before it. */
static char *hop_rest(const Hop *hop, bool claimed)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *date = time_text(hop->date.utc), *from = claimed ? telling_from(hop) : NULL;
    if (from)
        g_string_append_printf(text, "from %s; ", from);
    if (hop->from_helo && g_strcmp0(hop->from_helo, hop->from_rdns) != 0)
        g_string_append_printf(text, "said \"%s\"; ", hop->from_helo);
    if (hop->rdns_forged)
        g_string_append(text, "its name may be forged; ");
    if (hop->login)
        g_string_append_printf(text, "logged in as %s; ", hop->login);
    if (!claimed)
        g_string_append_printf(text, "to %s ", hop->by ? hop->by : "(no host named)");
    if (hop->with)
        g_string_append_printf(text, "with %s", hop->with);
    if (hop->id)
        g_string_append_printf(text, " id %s", hop->id);
    if (date)
        g_string_append_printf(text, ", %s", date);
    return g_strstrip(g_strdup(text->str));
}

/* How long the message was at this hop's host: the time between this line and the older one. */
static void add_gap(const Output *output, GString *out, const GPtrArray *hops, guint i)
{
    const Hop *hop = hops->pdata[i], *older = i + 1 < hops->len ? hops->pdata[i + 1] : NULL;
    g_autofree char *text = telling_gap(hop, older);
    gint64 gap = text ? hop->date.utc - older->date.utc : 0;
    if (ABS(gap) < 60)
        return;
    g_string_append_printf(out, "%*s", 6, "");
    output_add_wrapped(output, out, gap < 0 ? PAINT_FORGED : PAINT_DIM, text, 6, 6);
}

static void add_hop(const Output *output, GString *out, const GPtrArray *hops, const HopNote *notes,
                    guint i, HopMark mark, const char *word)
{
    const Hop *hop = hops->pdata[i];
    const MarkStyle *style = mark_style(mark);
    bool claimed = (mark == MARK_FORGED || mark == MARK_UNVERIFIED) && hop->by;
    g_autofree char *from = claimed ? g_strdup(hop->by) : telling_from(hop);
    g_autofree char *rest = hop_rest(hop, claimed);
    g_string_append_c(out, ' ');
    output_add(output, out, style->paint, output->ascii ? style->plain : style->sign, 2);
    output_add(output, out, style->paint, word, 11);
    output_add_wrapped(output, out, style->paint, from, 6, 14);
    g_string_append_printf(out, "%*s", 6, "");
    output_add_wrapped(output, out, PAINT_PLAIN, rest, 8, 6);
    if (notes[i].why) {
        g_string_append_printf(out, "%*s", 6, "");
        output_add_wrapped(output, out, mark == MARK_FORGED ? PAINT_FORGED : PAINT_DIM,
                           notes[i].why, 6, 6);
    }
    add_gap(output, out, hops, i);
}

/* Belief ends under the line that recorded the injection. */
static void add_break(const Output *output, GString *out, Origin origin)
{
    g_autofree char *text = g_strdup_printf(" %s ", origin_break(origin, true, false));
    enum { BEFORE = 3, DASHES = 8 };
    const char *dash = output->ascii ? "-" : "┄";
    int room = (case_width(output) - BEFORE - (int)strlen(text)) / 2;
    int dashes = CLAMP(room, 0, DASHES);
    g_string_append_printf(out, "%*s", BEFORE, "");
    for (int i = 0; i < dashes; i++)
        output_add(output, out, PAINT_DIM, dash, 0);
    output_add_wrapped(output, out, PAINT_DIM, text, BEFORE, BEFORE + dashes);
    g_string_truncate(out, out->len - 1); /* its newline */
    for (int i = 0; i < dashes; i++)
        output_add(output, out, PAINT_DIM, dash, 0);
    g_string_append_c(out, '\n');
}

static void add_returned_chain(const Output *output, GString *out, const Judgement *judgement)
{
    const Trace *trace = judgement->trace;
    Origin origin = origin_of(trace, judgement->verdict);
    int login = judgement->verdict->warning ? origin_hop(trace, judgement->verdict) : -1;
    if (!trace->returned->len)
        return;
    add_heading(output, out, "How the returned message travelled (newest step first)");
    for (guint i = 0; i < trace->returned->len; i++) {
        HopMark mark = (int)i == trace->forged_hop ? MARK_FORGED
                       : (int)i == login           ? MARK_INJECTION
                                                   : trace->returned_notes[i].mark;
        add_hop(output, out, trace->returned, trace->returned_notes, i, mark,
                telling_mark(mark, origin));
        bool last = i + 1 == trace->returned->len;
        if (trace->returned_notes[i].mark == MARK_INJECTION && !trace->injection.own && !last)
            add_break(output, out, origin);
    }
}

static void add_outer_chain(const Output *output, GString *out, const Finding *finding)
{
    const Trace *trace = finding->judgement->trace;
    if (!trace->outer->len)
        return;
    add_heading(output, out, telling_outer(finding->reading->bounce->kind));
    for (guint i = 0; i < trace->outer->len; i++)
        add_hop(output, out, trace->outer, trace->outer_notes, i, trace->outer_notes[i].mark,
                telling_outer_mark(trace->outer_notes[i].mark));
}

/* Who really sent it, in one line. */
static void add_sender(const Output *output, GString *out, const Judgement *judgement)
{
    Origin origin = origin_of(judgement->trace, judgement->verdict);
    g_autofree char *text = origin_text(judgement->trace, judgement->verdict);
    g_autofree char *label = g_ascii_strdown(origin_word(origin), -1);
    bool own = judgement->verdict->value != VERDICT_FAKE && !judgement->verdict->warning;
    Paint paint = own && judgement->trace->injection.own ? PAINT_OWN : PAINT_INJECTION;
    add_field(output, out, label, text ? paint : PAINT_PLAIN, text ? text : "not stated");
}

/* --- why -------------------------------------------------------------------------------------- */

static Paint evidence_paint(EvidenceFor for_)
{
    static const Paint paints[] = {[FOR_GENUINE] = PAINT_GENUINE,
                                   [FOR_BACKSCATTER] = PAINT_BACKSCATTER,
                                   [FOR_FAKE] = PAINT_FAKE,
                                   [FOR_UNDECIDED] = PAINT_UNDECIDED,
                                   [FOR_KIND] = PAINT_DIM};
    return paints[for_];
}

static void add_evidence(const Output *output, GString *out, const Verdict *verdict)
{
    if (!verdict->evidence->len)
        return;
    add_heading(output, out, "Why");
    for (guint i = 0; i < verdict->evidence->len; i++) {
        const Evidence *e = verdict->evidence->pdata[i];
        g_autofree char *text = output->explain ? g_strdup_printf("%s (%s, of %s)", e->text,
                                                                  e->rule, ground_name(e->ground))
                                                : g_strdup(e->text);
        g_string_append_c(out, ' ');
        output_add(output, out, evidence_paint(e->for_), evidence_for_name(e->for_), 12);
        output_add(output, out, PAINT_PLAIN, strength_name(e->strength), 7);
        output_add_wrapped(output, out, PAINT_PLAIN, text, 20, 20);
    }
}

static void add_questions(const Output *output, GString *out, const Verdict *verdict)
{
    g_autofree char *stuck = telling_unsettled(verdict);
    if (!verdict->questions->len && !stuck)
        return;
    add_heading(output, out, "What would settle it");
    if (stuck) {
        g_string_append_c(out, ' ');
        output_add_wrapped(output, out, PAINT_PLAIN, stuck, 3, 1);
    }
    for (guint i = 0; i < verdict->questions->len; i++) {
        g_autofree char *text = question_text(verdict->questions->pdata[i]);
        g_autofree char *line =
            text ? g_strdup_printf("%s (%s)", text, (const char *)verdict->questions->pdata[i])
                 : NULL;
        g_string_append_c(out, ' ');
        output_add_wrapped(output, out, PAINT_PLAIN, line ? line : "", 3, 1);
    }
}

/* The command that does it; none for a file that is not of the mailbox. */
static char *act_name(AdviceAct act, gpointer data)
{
    static const char *const commands[ADVICE_ACT_COUNT] = {
        [ADVICE_DELETE] = "\"notme delete\"",
        [ADVICE_QUARANTINE] = "\"notme quarantine\"",
        [ADVICE_COMPLAIN] = "\"notme complain\"",
        [ADVICE_LEARN] = "\"notme learn\"",
    };
    const Row *row = data;
    return g_strdup(row || act == ADVICE_LEARN ? commands[act] : NULL);
}

static void add_advice(const Output *output, GString *out, const Row *row, const Finding *finding)
{
    const Verdict *verdict = finding->judgement->verdict;
    AdviceCase about = advice_case(finding->reading->bounce, verdict);
    g_autofree char *text = advice_make(&about, act_name, (gpointer)(gsize)row);
    if (!text && about.asked)
        text = g_strdup("answer: \"notme answer QUESTION yes\" (or no), QUESTION as it stands in "
                        "brackets");
    g_string_append_c(out, '\n');
    add_field(output, out, "to do", PAINT_PLAIN, text);
    if (about.warning != WARNING_NONE)
        add_field(output, out, "", PAINT_PLAIN, advice_login_more(about.login_denied));
}

static void add_tried(const Output *output, GString *out, const Verdict *verdict)
{
    add_heading(output, out, "Every rule that was tried");
    for (guint i = 0; i < verdict->tried->len; i++) {
        const RuleTried *tried = &g_array_index(verdict->tried, RuleTried, i);
        g_string_append_c(out, ' ');
        output_add(output, out, PAINT_PLAIN, tried->held ? "held" : "-", 6);
        output_add(output, out, tried->held ? PAINT_BOLD : PAINT_PLAIN, tried->rule, 22);
        g_string_append_c(out, ' ');
        output_add_wrapped(output, out, PAINT_PLAIN, tried->text, 30, 30);
    }
}

static void add_links(const Output *output, GString *out, const Trace *trace)
{
    static const char *const results[] = {"silent", "fits", "weak", "STRONG"};
    if (!trace->links->len)
        return;
    add_heading(output, out, "Tests of the chain's lines (0 is the newest)");
    for (guint i = 0; i < trace->links->len; i++) {
        const Link *link = &g_array_index(trace->links, Link, i);
        g_autofree char *hop = g_strdup_printf("%d", link->hop);
        g_string_append_c(out, ' ');
        output_add(output, out, PAINT_PLAIN, hop, 3);
        output_add(output, out, PAINT_PLAIN, results[link->result], 7);
        output_add(output, out, PAINT_PLAIN, link->test, 15);
        output_add_wrapped(output, out, PAINT_PLAIN, link->text ? link->text : "", 26, 26);
    }
}

void output_case(Output *output, const Row *row, const Finding *finding)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const Bounce *bounce = finding->reading->bounce;
    bool judged = bounce->kind != KIND_NONE && finding->judgement->verdict;
    add_title(output, out, finding);
    add_message(output, out, row, finding);
    if (judged) {
        g_string_append_c(out, '\n');
        add_reporter(output, out, finding);
        for (guint i = 0; i < bounce->recipients->len; i++)
            add_recipient(output, out, bounce->kind, bounce->recipients->pdata[i]);
        add_returned(output, out, bounce);
        add_field(output, out, "sent as", PAINT_PLAIN, finding->judgement->verdict->abused);
        add_sender(output, out, finding->judgement);
        add_returned_chain(output, out, finding->judgement);
        add_evidence(output, out, finding->judgement->verdict);
        add_questions(output, out, finding->judgement->verdict);
        add_advice(output, out, row, finding);
    }
    add_outer_chain(output, out, finding);
    if (judged && output->explain) {
        add_reasons(output, out, bounce->recipients);
        add_tried(output, out, finding->judgement->verdict);
        add_links(output, out, finding->judgement->trace);
    }
    fputs(out->str, stdout);
}
