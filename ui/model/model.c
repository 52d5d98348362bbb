/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting, ordering, marks, and a few findings kept. */
#include "model/model.h"

#include <string.h>

#include "maildir/maildir.h"
#include "question/asked.h"

enum { FINDINGS_KEPT = 8 };

typedef struct Campaign {
    guint count, first; /* first: its newest row */
} Campaign;

typedef struct Kept {
    guint row;
    Finding *finding; /* or NULL, with: */
    char *problem;
    bool asked; /* on its way */
    bool stale; /* shown until a newer one is here */
} Kept;

static void kept_free(gpointer data)
{
    Kept *kept = data;
    finding_free(kept->finding);
    g_free(kept->problem);
    g_free(kept);
}

Model *model_new(Session *session, const Config *config)
{
    Model *model = g_new0(Model, 1);
    model->session = session;
    model->campaigns = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    model->ids = g_ptr_array_new_with_free_func(g_free);
    model->marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    model->pending = g_hash_table_new(g_direct_hash, g_direct_equal);
    model->known = g_ptr_array_new_with_free_func((GDestroyNotify)row_unref);
    model->staying = g_hash_table_new(NULL, NULL);
    g_queue_init(&model->findings);
    model->stale = true;
    model_configure(model, config);
    return model;
}

void model_configure(Model *model, const Config *config)
{
    g_free(model->complained);
    model->complained = g_strdup(config->tags.complained);
}

void model_free(Model *model)
{
    if (!model)
        return;
    g_hash_table_unref(model->campaigns);
    g_ptr_array_unref(model->ids);
    g_hash_table_unref(model->marks);
    g_hash_table_unref(model->pending);
    g_hash_table_unref(model->staying);
    g_ptr_array_unref(model->known);
    g_queue_clear_full(&model->findings, kept_free);
    g_free(model->complained);
    g_free(model);
}

const Row *model_row(const Model *model, guint i)
{
    return session_row(model->session, i);
}

/* Another program that gives a flag, or takes a message from new/ to cur/, gives its file another
 * name; and one that packs a folder gives a name to another message. */
static char *id_make(const Row *row)
{
    g_autofree char *maildir = row->file ? maildir_of(row->file) : g_strdup("");
    g_autofree char *name = row->file ? maildir_unique(row->file) : g_strdup("");
    return g_strdup_printf("%s/%s\n%s", maildir, name, row->id);
}

const char *model_id(const Model *model, guint i)
{
    const Row *row = model_row(model, i);
    if (!row)
        return "";
    if (i >= model->ids->len)
        g_ptr_array_set_size(model->ids, (int)i + 1);
    if (!model->ids->pdata[i])
        model->ids->pdata[i] = id_make(row);
    return model->ids->pdata[i];
}

static const Row *row_at(gconstpointer data, guint i)
{
    return model_row(data, i);
}

static void campaign_count(Model *model, guint i, const Row *row)
{
    Campaign *campaign = g_hash_table_lookup(model->campaigns, row->campaign);
    if (!campaign) {
        campaign = g_new0(Campaign, 1);
        campaign->first = i;
        g_hash_table_insert(model->campaigns, row->campaign, campaign);
    }
    campaign->count++;
    if (model_row(model, campaign->first)->timestamp < row->timestamp)
        campaign->first = i;
}

/* Row @i is counted as @row. */
static void know(Model *model, guint i, const Row *row)
{
    if (i >= model->known->len)
        g_ptr_array_set_size(model->known, (int)i + 1);
    if (model->known->pdata[i] == row)
        return;
    row_unref(model->known->pdata[i]);
    model->known->pdata[i] = row_ref(row);
}

const Row *model_row_counted(const Model *model, guint i)
{
    return i < model->known->len ? model->known->pdata[i] : NULL;
}

void model_count(Model *model)
{
    guint count = session_row_count(model->session);
    if (model->stale || count < model->counted) {
        model->stale = false;
        model->total = model->counted = 0;
        model->warned = (Warned){0};
        memset(model->counts, 0, sizeof model->counts);
        g_hash_table_remove_all(model->campaigns);
    }
    for (; model->counted < count; model->counted++) {
        guint i = model->counted;
        const Row *row = model_row(model, i);
        know(model, i, row);
        if (session_row_gone(model->session, i))
            continue;
        model->total++;
        warned_add(&model->warned, row);
        model->counts[row->verdict]++;
        campaign_count(model, i, row);
    }
}

Scope *scope_new(GroupBy by, const char *key, const Scope *within)
{
    Scope *scope = g_new0(Scope, 1);
    scope->by = by;
    scope->key = g_strdup(key);
    scope->within = scope_copy(within);
    return scope;
}

Scope *scope_new_question(const char *id, const char *sentence)
{
    Scope *scope = scope_new(GROUP_NONE, sentence, NULL);
    scope->question = g_strdup(id);
    return scope;
}

Scope *scope_copy(const Scope *scope)
{
    Scope *copy = scope ? scope_new(scope->by, scope->key, scope->within) : NULL;
    if (copy)
        copy->question = g_strdup(scope->question);
    return copy;
}

void scope_free(Scope *scope)
{
    if (!scope)
        return;
    scope_free(scope->within);
    g_free(scope->key);
    g_free(scope->question);
    g_free(scope);
}

char *scope_path(const Scope *scope, bool utf8)
{
    if (!scope)
        return NULL;
    g_autofree char *before = scope_path(scope->within, utf8);
    return before ? g_strconcat(before, utf8 ? " › " : " > ", scope->key, NULL)
                  : g_strdup(scope->key);
}

static bool scope_has(const Scope *scope, GroupBy by)
{
    for (; scope; scope = scope->within)
        if (scope->by == by || (by == GROUP_NETWORK && scope->by == GROUP_INJECTION))
            return true;
    return false;
}

GroupBy scope_next(const Scope *scope, GroupBy by)
{
    do
        by = (GroupBy)((by + 1) % GROUP_COUNT);
    while (by == GROUP_CAMPAIGN || (by != GROUP_NONE && scope_has(scope, by)));
    return by;
}

static bool in_scope(const Row *row, const Scope *scope)
{
    for (; scope; scope = scope->within) {
        if (!(scope->question ? asked_by(row, scope->question)
                              : group_has(row, scope->by, scope->key)))
            return false;
    }
    return true;
}

void model_order(const Model *model, const Scope *scope, GArray *order)
{
    guint count = session_row_count(model->session);
    for (guint i = 0; i < count; i++) {
        const Row *row = model_row(model, i);
        if (!session_row_gone(model->session, i) &&
            (model->only == VERDICT_NONE || row->verdict == model->only || model_stays(model, i)) &&
            in_scope(row, scope))
            g_array_append_val(order, i);
    }
    rows_sort(order, row_at, model, model->sort, model->reverse);
}

void model_show_only(Model *model, VerdictValue verdict)
{
    model->only = verdict;
    model->choice++;
    g_hash_table_remove_all(model->staying);
}

void model_sort(Model *model, RowOrder by, bool reverse)
{
    model->sort = by;
    model->reverse = reverse;
    model->choice++;
}

void model_restart(Model *model)
{
    model_forget(model, -1);
    g_hash_table_remove_all(model->staying);
    g_hash_table_remove_all(model->pending);
    g_ptr_array_set_size(model->ids, 0);
    g_ptr_array_set_size(model->known, 0);
    model->stale = true;
}

void model_row_changed(Model *model, guint i)
{
    model_forget(model, (int)i);
    if (i < model->ids->len)
        g_clear_pointer(&model->ids->pdata[i], g_free);
    const Row *before = model_row_counted(model, i);
    bool shown = model->only && before && before->verdict == model->only;
    if (shown && model_row(model, i)->verdict != model->only)
        g_hash_table_add(model->staying, GUINT_TO_POINTER(i + 1));
}

bool model_stays(const Model *model, guint i)
{
    return g_hash_table_contains(model->staying, GUINT_TO_POINTER(i + 1)) &&
           model_row(model, i)->verdict != model->only;
}

guint model_more(const Model *model, guint i)
{
    const Campaign *campaign = g_hash_table_lookup(model->campaigns, model_row(model, i)->campaign);
    return campaign && campaign->first == i ? campaign->count - 1 : 0;
}

guint model_waiting(const Model *model, const char *id)
{
    guint waiting = 0;
    for (guint i = 0; i < session_row_count(model->session); i++)
        waiting += !session_row_gone(model->session, i) && asked_by(model_row(model, i), id);
    return waiting;
}

bool model_marked(const Model *model, guint i)
{
    return g_hash_table_size(model->marks) > 0 &&
           g_hash_table_contains(model->marks, model_id(model, i));
}

void model_mark(Model *model, guint i, bool on)
{
    if (on)
        g_hash_table_add(model->marks, g_strdup(model_id(model, i)));
    else
        g_hash_table_remove(model->marks, model_id(model, i));
}

void model_clear_marks(Model *model)
{
    g_hash_table_remove_all(model->marks);
}

/* Marks of rows that are gone do not count: nothing is done that is not seen. */
void model_marked_rows(const Model *model, GArray *rows)
{
    guint count = g_hash_table_size(model->marks) ? session_row_count(model->session) : 0;
    for (guint i = 0; i < count; i++)
        if (!session_row_gone(model->session, i) && model_marked(model, i))
            g_array_append_val(rows, i);
}

guint model_mark_count(const Model *model)
{
    return g_hash_table_size(model->marks);
}

static Kept *kept_of(Model *model, guint i)
{
    for (GList *link = model->findings.head; link; link = link->next) {
        Kept *kept = link->data;
        if (kept->row != i)
            continue;
        g_queue_unlink(&model->findings, link);
        g_queue_push_head_link(&model->findings, link);
        return kept;
    }
    return NULL;
}

static Kept *kept_new(Model *model, guint i)
{
    Kept *kept = g_new0(Kept, 1);
    kept->row = i;
    g_queue_push_head(&model->findings, kept);
    while (g_queue_get_length(&model->findings) > FINDINGS_KEPT)
        kept_free(g_queue_pop_tail(&model->findings));
    return kept;
}

/* A newer question cancels an older one: only the last is on its way. */
static void ask(Model *model, Kept *kept)
{
    for (GList *link = model->findings.head; link; link = link->next)
        ((Kept *)link->data)->asked = false;
    kept->asked = true;
    session_case(model->session, kept->row);
}

const Finding *model_finding(Model *model, guint i)
{
    Kept *kept = kept_of(model, i);
    if (!kept)
        kept = kept_new(model, i);
    bool wanted = kept->stale || (!kept->finding && !kept->problem);
    if (wanted && !kept->asked)
        ask(model, kept);
    /* The answer may have come at once. */
    kept = kept_of(model, i);
    return kept ? kept->finding : NULL;
}

void model_prefetch(Model *model, guint i)
{
    for (GList *link = model->findings.head; link; link = link->next) {
        const Kept *kept = link->data;
        if (kept->asked || kept->row == i)
            return; /* one at a time, and none that is here */
    }
    ask(model, kept_new(model, i));
}

const char *model_problem(Model *model, guint i)
{
    Kept *kept = kept_of(model, i);
    return kept ? kept->problem : NULL;
}

bool model_has_case(Model *model, guint i)
{
    const Kept *kept = kept_of(model, i);
    return kept && (kept->finding || kept->problem) && !kept->stale;
}

void model_keep(Model *model, guint i, const Finding *finding, const char *error)
{
    Kept *kept = kept_of(model, i);
    if (!kept)
        kept = kept_new(model, i);
    g_clear_pointer(&kept->finding, finding_free);
    g_clear_pointer(&kept->problem, g_free);
    kept->asked = kept->stale = false;
    if (finding)
        kept->finding = finding_copy(finding);
    if (!kept->finding)
        kept->problem = g_strdup(error ? error : "it cannot be read");
}

void model_findings_stale(Model *model)
{
    for (GList *link = model->findings.head; link; link = link->next)
        ((Kept *)link->data)->stale = true;
}

void model_forget(Model *model, int i)
{
    for (GList *link = model->findings.head, *next; link; link = next) {
        Kept *kept = link->data;
        next = link->next;
        if (i < 0 || kept->row == (guint)i) {
            kept_free(kept);
            g_queue_delete_link(&model->findings, link);
        }
    }
}
