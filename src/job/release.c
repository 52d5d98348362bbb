/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What takes back a quarantine for one message: the journals know where it came from. */
#include "job/release.h"

#include "job/standing.h"

/* Release: where a file lies in quarantine -> the step that put it there. Accounts have folders of
 * their own for it, in which names may be the same. */
typedef struct Homes {
    GHashTable *steps; /* key_of -> Step, stolen from the journals */
    const char *root, *folder, *tag;
} Homes;

/* The message @id, its maildir and the part of its name that never changes. The caller frees it. */
static char *key_of(const char *id, const char *file)
{
    g_autofree char *maildir = maildir_of(file), *unique = maildir_unique(file);
    return g_strdup_printf("%s/%s\n%s", maildir, unique, id);
}

/* Moved to quarantine, or tagged only (quarantine_by=tag). */
static bool is_quarantine(const Homes *homes, const Step *step)
{
    return step->to ? maildir_in_folder(homes->root, step->to, homes->folder)
                    : step_strv_has(step->add, homes->tag);
}

static bool homes_learn(Journal *journal, gpointer data)
{
    Homes *homes = data;
    for (guint i = 0; i < journal->steps->len; i++) {
        Step *step = journal->steps->pdata[i];
        if (!journal_step_done(journal, i) || step->kind != STEP_MESSAGE ||
            !is_quarantine(homes, step))
            continue;
        char *key = key_of(step->id, step->to ? step->to : step->file);
        if (g_hash_table_contains(homes->steps, key)) { /* a newer job has it */
            g_free(key);
            continue;
        }
        g_hash_table_insert(homes->steps, key, step);
        journal->steps->pdata[i] = step_new(STEP_MESSAGE, "", "");
    }
    return true;
}

static Step *release_step(Plan *plan, const Homes *homes, Step *step)
{
    const Config *config = plan->config;
    g_autofree char *key = key_of(step->id, step->file);
    const Step *done = g_hash_table_lookup(homes->steps, key);
    if (!done) {
        plan_problem(plan, step->file,
                     "the journal does not know where it came from; move it by hand");
        step_free(step);
        return NULL;
    }
    if (maildir_in_folder(homes->root, step->file, homes->folder) && done->to)
        step->to = maildir_home(plan->dirs, done->file, done->to, step->file);
    if (step->shared)
        return step;
    plan_step_remove_tag(step, config->tags.quarantined);
    if (!done->shared)
        for (char **tag = done->remove; *tag; tag++)
            plan_step_add_tag(step, *tag);
    return step;
}

void release_plan(Plan *plan, const JobRequest *request)
{
    Homes homes = {.root = store_mail_root(plan->store),
                   .folder = plan->config->actions.quarantine,
                   .tag = plan->config->tags.quarantined};
    homes.steps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)step_free);
    standing_jobs(plan->config->state_dir, homes_learn, &homes);
    for (guint i = 0; i < request->items->len; i++) {
        Step *step = plan_message(plan, request->items->pdata[i]);
        if (step && (maildir_in_folder(homes.root, step->file, homes.folder) ||
                     (!step->shared && step_strv_has(step->tags, homes.tag))))
            plan_take(plan, release_step(plan, &homes, step));
        else if (step) {
            plan->already++;
            step_free(step);
        }
    }
    g_hash_table_unref(homes.steps);
}
