/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans for delete, quarantine, complain, tag and the reviewer's word. An action touches only the
 * file that was seen: where its Message-ID has other files (a forged bounce may carry the id of
 * real mail), the file is moved and nothing is tagged. */
#include "job/plan.h"

#include <gio/gio.h>
#include <string.h>

#include "base/safe.h"

void plan_problem(Plan *plan, const char *file, const char *why)
{
    g_ptr_array_add(plan->problems, g_strdup_printf("%s: %s; left as it is", file, why));
}

static char **strv_with(char **list, const char *text)
{
    guint n = g_strv_length(list);
    list = g_renew(char *, list, n + 2);
    list[n] = g_strdup(text);
    list[n + 1] = NULL;
    return list;
}

static bool strv_has(char *const *list, const char *text)
{
    return g_strv_contains((const char *const *)list, text);
}

void step_add_tag(Step *step, const char *tag)
{
    if (*tag && !strv_has(step->tags, tag) && !strv_has(step->add, tag))
        step->add = strv_with(step->add, tag);
}

void step_remove_tag(Step *step, const char *tag)
{
    if (*tag && strv_has(step->tags, tag) && !strv_has(step->remove, tag))
        step->remove = strv_with(step->remove, tag);
}

void step_sync_flags(const Plan *plan, Step *step)
{
    static const struct {
        const char *tag;
        char flag;
        bool inverted;
    } flags[] = {{"draft", 'D', false},
                 {"flagged", 'F', false},
                 {"passed", 'P', false},
                 {"replied", 'R', false},
                 {"unread", 'S', true}};
    if (step->shared || !store_syncs_flags(plan->store))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++) {
        bool set = strv_has(step->add, flags[i].tag), unset = strv_has(step->remove, flags[i].tag);
        if (!set && !unset)
            continue;
        const char *place = step->to ? step->to : step->file;
        char *named = maildir_with_flag(place, flags[i].flag, set != flags[i].inverted);
        bool same = strcmp(named, place) == 0;
        if (!same) {
            g_free(step->to);
            step->to = named;
        } else
            g_free(named);
    }
}

void plan_take(Plan *plan, Step *step)
{
    if (!step)
        return;
    if (step->kind == STEP_MESSAGE && !step->to && !*step->add && !*step->remove &&
        !step->set_word) {
        plan->already++;
        step_free(step);
        return;
    }
    plan->journal->verdicts[step->verdict]++;
    g_ptr_array_add(plan->journal->steps, step);
}

typedef struct Look {
    Step *step;
    Maildirs *dirs;
    guint others;
    bool listed;     /* the database has the file under this id */
    char *elsewhere; /* a file of the id with the unique part of one that is gone */
} Look;

static bool look_at(const StoreMessage *message, gpointer data)
{
    Look *look = data;
    g_autofree char *unique = maildir_unique(look->step->file);
    g_strfreev(look->step->tags);
    look->step->tags = g_strdupv((char **)message->tags);
    g_free(look->step->word_before);
    look->step->word_before = g_strdup(message->word);
    for (guint i = 0; i < message->file_count; i++) {
        const char *file = message->files[i];
        if (strcmp(file, look->step->file) == 0) {
            look->listed = true;
            continue;
        }
        /* a name that is left over of a file that was renamed is no other file */
        FileMark mark;
        g_autofree char *its = maildir_unique(file);
        bool there = maildir_mark(file, &mark, NULL);
        if (there)
            look->others++;
        if (there && !look->elsewhere && strcmp(its, unique) == 0)
            look->elsewhere = g_strdup(file);
        if (!there && strcmp(its, unique) == 0)
            look->listed = true;
    }
    return true;
}

bool plan_look(Plan *plan, Step *step, guint *others)
{
    Look look = {.step = step, .dirs = plan->dirs};
    bool there = store_look(plan->store, step->id, look_at, &look);
    g_free(look.elsewhere);
    *others = look.others;
    return there;
}

/* Finds the file of @step, which may have got another name since it was seen. */
static bool step_find(Plan *plan, Step *step, Look *look)
{
    const char *why = NULL;
    if (maildir_mark(step->file, &step->mark, &why))
        return true;
    if (g_file_test(step->file, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)) {
        plan_problem(plan, step->file, why);
        return false;
    }
    char *now = maildir_find(plan->dirs, step->file, -1);
    if (!now && look->elsewhere)
        now = g_strdup(look->elsewhere);
    if (!now || maildir_refuse(plan->dirs, now) || !maildir_mark(now, &step->mark, NULL)) {
        plan_problem(plan, step->file, "it is gone");
        g_free(now);
        return false;
    }
    if (g_strcmp0(now, look->elsewhere) == 0 && look->others > 0)
        look->others--;
    look->listed = true;
    g_free(step->file);
    step->file = now;
    return true;
}

Step *plan_message(Plan *plan, const JobItem *item)
{
    const char *why = maildir_refuse(plan->dirs, item->file);
    if (why) {
        plan_problem(plan, item->file, why);
        return NULL;
    }
    Step *step = step_new(STEP_MESSAGE, item->id, item->file);
    Look look = {.step = step, .dirs = plan->dirs};
    step->verdict = item->verdict;
    if (!store_look(plan->store, item->id, look_at, &look)) {
        plan_problem(plan, item->file,
                     "its message is not in the database; \"notmuch new\" may help");
        g_clear_pointer(&step, step_free);
    } else if (!step_find(plan, step, &look))
        g_clear_pointer(&step, step_free);
    else if (!look.listed) {
        plan_problem(plan, item->file, "the database does not have it under its Message-ID");
        g_clear_pointer(&step, step_free);
    } else
        step->shared = look.others > 0;
    g_free(look.elsewhere);
    return step;
}

static void step_move_to(Plan *plan, Step *step, const char *folder)
{
    if (maildir_in_folder(store_mail_root(plan->store), step->file, folder))
        return;
    g_autofree char *maildir = maildir_folder_for(plan->dirs, step->file, folder);
    step->to = maildir_name_in(plan->dirs, step->file, maildir);
}

static void step_delete(Plan *plan, Step *step)
{
    const Config *config = plan->config;
    if (config->actions.delete != DELETE_TAG || step->shared)
        step_move_to(plan, step, config->actions.trash);
    if (!step->shared)
        step_add_tag(step, config->tags.deleted);
    if (!config->actions.delete_flag)
        return;
    g_autofree char *flagged = maildir_with_flag(step->to ? step->to : step->file, 'T', true);
    if (strcmp(flagged, step->to ? step->to : step->file) != 0) {
        g_free(step->to);
        step->to = g_steal_pointer(&flagged);
    }
}

static void step_quarantine(Plan *plan, Step *step)
{
    step_move_to(plan, step, plan->config->actions.quarantine);
    if (step->shared)
        return;
    step_add_tag(step, plan->config->tags.quarantined);
    step_remove_tag(step, "inbox");
    step_remove_tag(step, "unread");
    step_sync_flags(plan, step);
}

/* Verdict tags: the right one set, the others taken away; kind none has none of them. */
static void step_tag(Plan *plan, Step *step, const JobItem *item)
{
    const Config *config = plan->config;
    const char *const names[VERDICT_COUNT] = {
        [VERDICT_GENUINE] = config->tags.genuine,
        [VERDICT_BACKSCATTER] = config->tags.backscatter,
        [VERDICT_FAKE] = config->tags.fake,
        [VERDICT_UNDECIDED] = config->tags.undecided,
    };
    if (step->shared)
        return;
    const char *right = item->kind == KIND_NONE ? NULL : names[item->verdict];
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (names[i] && g_strcmp0(names[i], right) != 0)
            step_remove_tag(step, names[i]);
    if (right)
        step_add_tag(step, right);
    if (bounce_kind_is_bounce(item->kind))
        step_add_tag(step, config->tags.bounce);
    else
        step_remove_tag(step, config->tags.bounce);
}

static bool has_verdict_tag(const Plan *plan, const Step *step)
{
    const Config *config = plan->config;
    const char *const names[] = {config->tags.genuine, config->tags.backscatter, config->tags.fake,
                                 config->tags.undecided};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strv_has(step->tags, names[i]))
            return true;
    return false;
}

/* The property names the very file by its checksum, so an id with other files can have it too. */
static void step_word(Plan *plan, Step *step, const JobItem *item)
{
    const char *name = verdict_name(item->verdict);
    g_autofree char *sum = maildir_sha256(step->file);
    if (!sum) {
        plan_problem(plan, step->file, "it cannot be read");
        return;
    }
    step->word = name ? g_strdup_printf("%s:%s", name, sum) : NULL;
    step->set_word = g_strcmp0(step->word, step->word_before) != 0;
    if (name && has_verdict_tag(plan, step))
        step_tag(plan, step, item);
}

static void plan_items(Plan *plan, const JobRequest *request)
{
    for (guint i = 0; i < request->items->len; i++) {
        const JobItem *item = request->items->pdata[i];
        Step *step = plan_message(plan, item);
        if (!step)
            continue;
        if (request->action == JOB_DELETE)
            step_delete(plan, step);
        else if (request->action == JOB_QUARANTINE)
            step_quarantine(plan, step);
        else if (request->action == JOB_TAG)
            step_tag(plan, step, item);
        else if (request->action == JOB_VERDICT)
            step_word(plan, step, item);
        plan_take(plan, step);
    }
}

/* The drafts, and what happens to the bounces that they cover. */
static void plan_complaint(Plan *plan, const JobRequest *request)
{
    const Config *config = plan->config;
    const char *then = json_string_value(json_object_get(request->options, "then"));
    g_autoptr(GHashTable) covered = g_hash_table_new(g_str_hash, g_str_equal);
    if (!then)
        then = config->complain.then;
    for (guint i = 0; i < request->drafts->len; i++) {
        const JobDraft *draft = request->drafts->pdata[i];
        g_autofree char *maildir =
            g_build_filename(store_mail_root(plan->store), config->complain.drafts, NULL);
        g_autofree char *place = maildir_new_name(plan->dirs, maildir, "DS");
        Step *step = step_new(STEP_ADD, "", place);
        step->content = g_strndup(draft->content, draft->length);
        step_add_tag(step, config->tags.draft);
        g_ptr_array_add(plan->journal->steps, step);
        if (draft->memory)
            g_ptr_array_add(plan->journal->memory, g_strdup(draft->memory));
        for (guint k = 0; k < draft->covers->len; k++)
            g_hash_table_add(covered, draft->covers->pdata[k]);
    }
    for (guint i = 0; i < request->refused->len; i++)
        g_ptr_array_add(plan->problems, g_strdup(request->refused->pdata[i]));
    for (guint i = 0; i < request->items->len; i++) {
        const JobItem *item = request->items->pdata[i];
        Step *step = g_hash_table_contains(covered, item->id) ? plan_message(plan, item) : NULL;
        if (!step)
            continue;
        if (!step->shared)
            step_add_tag(step, config->tags.complained);
        if (g_strcmp0(then, "quarantine") == 0)
            step_quarantine(plan, step);
        else if (g_strcmp0(then, "delete") == 0)
            step_delete(plan, step);
        plan_take(plan, step);
    }
}

bool plan_make(Plan *plan, const JobRequest *request, GError **error)
{
    switch (request->action) {
    case JOB_UNDO:
        return undo_plan(plan, request->undo, error);
    case JOB_PURGE:
        return purge_plan(plan, request, error);
    case JOB_RELEASE:
        release_plan(plan, request);
        return true;
    case JOB_COMPLAIN:
        plan_complaint(plan, request);
        return true;
    default:
        plan_items(plan, request);
        return true;
    }
}
