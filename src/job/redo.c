/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal of the undone job knows on what it was done. */
#include "job/redo.h"

#include <gio/gio.h>
#include <string.h>

#include "job/answer.h"
#include "job/decide.h"

guint redo_last(const char *state_dir, GError **error)
{
    g_autoptr(GArray) numbers = journal_numbers(state_dir);
    g_autoptr(GHashTable) again = g_hash_table_new(NULL, NULL); /* done again since */
    for (guint i = numbers->len; i-- > 0;) {
        g_autoptr(Journal) journal =
            journal_read(state_dir, g_array_index(numbers, guint, i), false, error);
        if (!journal)
            return 0;
        if (journal->action == JOB_TAG || journal->action == JOB_PURGE || journal->rollback ||
            decide_is_by_tag(journal) || (journal->action != JOB_UNDO && !journal->done))
            continue;
        if (journal->action != JOB_UNDO && !journal->redoes)
            break;
        if (journal->action != JOB_UNDO)
            g_hash_table_add(again, GUINT_TO_POINTER(journal->redoes));
        else if (!g_hash_table_remove(again, GUINT_TO_POINTER(journal->undoes)) &&
                 !journal->skipped)
            return journal->undoes;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                "nothing was taken back last that could be done again");
    return 0;
}

static const char *not_redoable(const Journal *journal)
{
    return journal->purged_by                                            ? "its files are gone"
           : journal->action == JOB_TAG                                  ? "\"notme tag\" does that"
           : journal->action == JOB_UNDO || journal->action == JOB_PURGE ? "it is no action on mail"
           : !journal->undone_by                                         ? "it was not taken back"
                                                                         : NULL;
}

/* "VERDICT:sha256" of the word that the step set; VERDICT_NONE: it took one away. */
static VerdictValue word_verdict(const Step *step)
{
    g_autofree char *name = step->word ? g_strndup(step->word, strcspn(step->word, ":")) : NULL;
    int value = name ? verdict_from_name(name) : -1;
    return value < 0 ? VERDICT_NONE : (VerdictValue)value;
}

static void redo_draft(JobRequest *request, const Step *step, const Journal *journal)
{
    guint n = request->drafts->len;
    JobDraft *draft = g_new0(JobDraft, 1);
    draft->content = g_strdup(step->content);
    draft->length = strlen(step->content);
    draft->about = g_strdup(step->word);
    draft->covers = g_ptr_array_new_with_free_func(g_free);
    draft->memory = n < journal->memory->len ? g_strdup(journal->memory->pdata[n]) : NULL;
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *other = journal->steps->pdata[i];
        if (other->kind == STEP_MESSAGE)
            g_ptr_array_add(draft->covers, g_strdup(other->id));
    }
    g_ptr_array_add(request->drafts, draft);
}

JobRequest *redo_request(const char *state_dir, guint number, GError **error)
{
    if (number == 0 && (number = redo_last(state_dir, error)) == 0)
        return NULL;
    g_autoptr(Journal) journal = journal_read(state_dir, number, true, error);
    const char *why = journal ? not_redoable(journal) : NULL;
    if (why)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "job %u cannot be done again: %s", number, why);
    if (!journal || why)
        return NULL;
    JobRequest *request = job_request_new(journal->action);
    request->query = g_strdup(journal->query);
    request->undo = number;
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        if (!journal_step_done(journal, i))
            continue;
        if (step->kind == STEP_ADD && step->content)
            redo_draft(request, step, journal);
        if (step->kind == STEP_ENTRY && journal->action == JOB_DECIDE)
            decide_request(request, step->file, step->id, step->word);
        else if (step->kind == STEP_ENTRY)
            answer_request(request, step->file, step->id, g_strcmp0(step->word, "yes") == 0);
        if (step->kind != STEP_MESSAGE)
            continue;
        bool word = journal->action == JOB_VERDICT;
        JobItem *item = job_item_new(step->id, step->file,
                                     word ? word_verdict(step) : step->verdict, KIND_FAILURE);
        item->mark = step->mark;
        g_ptr_array_add(request->items, item);
    }
    return request;
}
