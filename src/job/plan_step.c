/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message of a plan: its file found, its tags and other files looked up, what changes of it. */
#include "job/plan_step.h"

#include <gio/gio.h>
#include <string.h>

#include "maildir/maildir_id.h"

void plan_problem(Plan *plan, const char *file, const char *why)
{
    g_ptr_array_add(plan->problems, g_strdup_printf("%s: %s; left as it is", file, why));
}

void plan_step_add_tag(Step *step, const char *tag)
{
    if (*tag && !step_strv_has(step->tags, tag) && !step_strv_has(step->add, tag))
        step->add = step_strv_add(step->add, tag);
}

void plan_step_remove_tag(Step *step, const char *tag)
{
    if (*tag && step_strv_has(step->tags, tag) && !step_strv_has(step->remove, tag))
        step->remove = step_strv_add(step->remove, tag);
}

void plan_step_sync_flags(const Plan *plan, Step *step)
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
        bool set = step_strv_has(step->add, flags[i].tag),
             unset = step_strv_has(step->remove, flags[i].tag);
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
    look->step->tags = g_strdupv(message->tags);
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

static void plan_gone(Plan *plan, const char *file)
{
    g_ptr_array_add(
        plan->problems,
        g_strdup_printf("%s: it is gone: another program has moved or deleted it", file));
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
    char *now = maildir_find(plan->dirs, step->file, NULL);
    if (!now && look->elsewhere)
        now = g_strdup(look->elsewhere);
    if (!now || maildir_refuse(plan->dirs, now) || !maildir_mark(now, &step->mark, NULL)) {
        plan_gone(plan, step->file);
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
        g_autofree char *now = maildir_find(plan->dirs, item->file, NULL);
        if (now)
            plan_problem(plan, item->file,
                         "its message is not in the database; \"notmuch new\" may help");
        else
            plan_gone(plan, item->file);
        g_clear_pointer(&step, step_free);
    } else if (!step_find(plan, step, &look))
        g_clear_pointer(&step, step_free);
    else if (!look.listed) {
        plan_problem(plan, item->file, "the database does not have it under its Message-ID");
        g_clear_pointer(&step, step_free);
    } else if (plan->journal->action != JOB_TAG && !maildir_may_be(step->file, item->id)) {
        plan_problem(plan, step->file, MAILDIR_ANOTHER);
        g_clear_pointer(&step, step_free);
    } else if (item->mark.size && item->mark.size != step->mark.size) {
        plan_problem(plan, item->file, "it was changed since");
        g_clear_pointer(&step, step_free);
    } else
        step->shared = look.others > 0;
    g_free(look.elsewhere);
    return step;
}
