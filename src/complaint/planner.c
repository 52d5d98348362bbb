/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The planner of complaint jobs: from the messages that the user saw to drafts. */
#include "complaint/planner.h"

#include <string.h>

#include "campaign/campaigns.h"
#include "complaint/complaint.h"
#include "reading/asker.h"
#include "reading/store_facts.h"
#include "store/store.h"

/* The index of @word in @words, or @fallback. */
static int choice(const char *word, const char *const *words, int fallback)
{
    for (int i = 0; word && words[i]; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    return fallback;
}

static ComplaintOptions options_of(const JobRequest *request, const Config *config)
{
    static const char *const formats[] = {"arf", "letter", "xarf", NULL};
    static const char *const targets[] = {"reporter", "network", "both", NULL};
    const JobOptions *asked = &request->options;
    return (ComplaintOptions){
        .format = (DraftFormat)choice(asked->format ? asked->format : config->complain.format,
                                      formats, 0),
        .to = (ComplaintTo)choice(asked->to ? asked->to : config->complain.to, targets, 0),
        .old = asked->old,
        .dns = config->complain.dns || asked->dns,
        .ask_dns = asked->ask_dns,
        .now = g_get_real_time() / G_USEC_PER_SEC,
    };
}

/* @config with what notmuch knows of the user, where it says nothing itself. */
static Config *config_with_user(const Config *config)
{
    g_autoptr(Store) store = store_open(config->notmuch_config, false, NULL, NULL, NULL);
    if (!store)
        return config_ref(config);
    g_autoptr(Config) user = config_with_addresses(config, store_addresses(store));
    if (user->complain.name)
        return g_steal_pointer(&user);
    Config *named = config_copy(user);
    named->complain.name = g_strdup(store_user_name(store));
    return named;
}

/* What an item is read and judged by. */
typedef struct Judging {
    Complaint *complaint;
    Asker *asker;
    Facts *facts;
    Campaigns *campaigns; /* NULL: nothing was counted yet */
    const Identity *identity;
} Judging;

/* What other bounces say of the same sender, as they were counted last. */
static const CaseCounts *counts_of(const Judging *judging, const Judgement *judgement)
{
    return judging->campaigns && judgement->trace
               ? campaigns_counts(judging->campaigns, &judgement->trace->injection.ip)
               : NULL;
}

/* The verdict is the one that was seen: it had the reviewer's word. */
static void add_item(const Judging *judging, JobRequest *request, const JobItem *item)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Reading) reading = asker_reading(judging->asker, item->file, READING_WORDS, &error);
    if (!reading) {
        request->left++;
        g_ptr_array_add(request->refused,
                        g_strdup_printf("%s: no complaint: %s", item->file, error->message));
        return;
    }
    g_autoptr(StoreFacts) known = facts_ask(judging->facts, reading);
    g_autoptr(Judgement) judgement = judgement_walk(reading, judging->identity, WORDING_ALL);
    judgement_decide(judgement, reading, judging->identity, known, counts_of(judging, judgement));
    judgement_override(judgement, item->verdict);
    g_autoptr(Finding) finding = finding_new(item->file, reading, judgement);
    complaint_add(judging->complaint, finding, item->id, judging->campaigns);
}

static char *question_of(const ComplaintPlan *plan)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->questions->len; i++)
        g_string_append_printf(text, "%s ", (char *)plan->questions->pdata[i]);
    g_string_append_printf(text, "Draft %u complaint%s all the same?", plan->drafts->len,
                           plan->drafts->len == 1 ? "" : "s");
    return g_string_free(text, FALSE);
}

static void take_all(GPtrArray *into, GPtrArray *from)
{
    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(into, g_strdup(from->pdata[i]));
}

static void request_fill(JobRequest *request, ComplaintPlan *plan)
{
    if (plan->ask_dns) {
        request->question = g_strdup(JOB_ASK_DNS);
        return;
    }
    request->left += plan->left;
    take_all(request->refused, plan->refused);
    take_all(request->refused, plan->notes);
    if (plan->questions->len && plan->drafts->len && !request->options.yes) {
        request->question = question_of(plan);
        return;
    }
    while (plan->drafts->len)
        g_ptr_array_add(request->drafts, g_ptr_array_steal_index(plan->drafts, 0));
}

bool complaint_job_planner(JobRequest *request, const Config *config, GError **error)
{
    g_autoptr(Config) own = config_with_user(config);
    ComplaintOptions options = options_of(request, own);
    g_autoptr(Complaint) complaint = complaint_new(own, &options, error);
    /* the mail is read by a confined process, not by the one that will write the database */
    g_autoptr(Asker) asker = complaint ? asker_new(own, error) : NULL;
    if (!asker)
        return false;
    g_autoptr(Facts) facts = facts_new(own);
    g_autoptr(Campaigns) campaigns = campaigns_read(own->state_dir, own->identity);
    const Judging judging = {complaint, asker, facts, campaigns, own->identity};
    for (guint i = 0; i < request->items->len; i++)
        add_item(&judging, request, request->items->pdata[i]);
    g_autoptr(ComplaintPlan) plan = complaint_plan(complaint, error);
    if (plan)
        request_fill(request, plan);
    return plan != NULL;
}
