/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See complaint.h. Bounces are gathered into heaps: for the reporter's side one an organisation,
 * for the network's side one an address; heaps with the same addressee become one draft. */
#include "complaint/complaint.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "base/safe.h"
#include "complaint/contacts.h"
#include "complaint/draft.h"
#include "complaint/fields.h"
#include "complaint/memory.h"
#include "complaint/refuse.h"

typedef struct Heap {
    Side side;
    Incident *newest;
    GArray *occurrences; /* of Occurrence */
    GPtrArray *ids;      /* of char * */
    GHashTable *sources; /* of char *: addresses, or names where there is none */
    GPtrArray *to;       /* of char * */
    Ip contact_ip;
    bool merged; /* into another */
} Heap;

struct Complaint {
    const Config *config;
    ComplaintOptions options;
    RefuseRules rules;
    Contacts *contacts;
    Memory *memory;
    LetterTemplate *templates[SIDE_COUNT];
    GPtrArray *heaps;    /* in the order in which they came */
    GHashTable *by_key;  /* char * -> Heap */
    GHashTable *refused; /* words -> GPtrArray of ids */
    GPtrArray *reasons;  /* the keys of @refused, in order; borrowed */
    guint asked[ASK_COUNT];
    char *whose;      /* the address of ASK_WHOSE */
    GPtrArray *notes; /* of char * */
};

static void heap_free(Heap *heap)
{
    incident_free(heap->newest);
    g_array_unref(heap->occurrences);
    g_ptr_array_unref(heap->ids);
    g_hash_table_unref(heap->sources);
    g_ptr_array_unref(heap->to);
    g_free(heap);
}

Complaint *complaint_new(const Config *config, const ComplaintOptions *options, GError **error)
{
    static const char *const names[] = {
        [SIDE_REPORTER] = "backscatter", [SIDE_NETWORK] = "injection"};
    g_autoptr(Complaint) complaint = g_new0(Complaint, 1);
    complaint->config = config;
    complaint->options = *options;
    complaint->rules = (RefuseRules){.identity = config->identity,
                                     .now = options->now,
                                     .max_age = config->complain.max_age,
                                     .old = options->old};
    complaint->heaps = g_ptr_array_new_with_free_func((GDestroyNotify)heap_free);
    complaint->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    complaint->refused =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    complaint->reasons = g_ptr_array_new();
    complaint->notes = g_ptr_array_new_with_free_func(g_free);
    complaint->memory = memory_load(config->state_dir);
    complaint->contacts = contacts_new(config, error);
    if (!complaint->contacts)
        return NULL;
    for (int side = 0; side < SIDE_COUNT; side++) {
        complaint->templates[side] =
            letter_template_load(names[side], config->config_dir, fields_list(NULL), error);
        if (!complaint->templates[side])
            return NULL;
    }
    return g_steal_pointer(&complaint);
}

void complaint_free(Complaint *complaint)
{
    if (!complaint)
        return;
    for (int side = 0; side < SIDE_COUNT; side++)
        letter_template_free(complaint->templates[side]);
    contacts_free(complaint->contacts);
    memory_free(complaint->memory);
    g_hash_table_unref(complaint->by_key);
    g_ptr_array_unref(complaint->heaps);
    g_ptr_array_unref(complaint->reasons);
    g_hash_table_unref(complaint->refused);
    g_ptr_array_unref(complaint->notes);
    g_free(complaint->whose);
    g_free(complaint);
}

/* --- gathering -------------------------------------------------------------------------------- */

static void complaint_refuse(Complaint *complaint, const char *id, char *why)
{
    GPtrArray *ids = g_hash_table_lookup(complaint->refused, why);
    if (ids)
        g_free(why);
    else {
        ids = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(complaint->refused, why, ids);
        g_ptr_array_add(complaint->reasons, why);
    }
    g_ptr_array_add(ids, g_strdup(id));
}

/* What the heap is one of: the organisation, else the address. */
static char *heap_key(const Incident *incident, Side side)
{
    g_autofree char *ip = ip_format(incident_ip(incident, side));
    const char *name =
        side == SIDE_REPORTER && incident->organisation ? incident->organisation : ip;
    return g_strdup_printf("%u %s %d", side, name, incident->unrouted);
}

static Heap *heap_for(Complaint *complaint, const Incident *incident, Side side)
{
    g_autofree char *key = heap_key(incident, side);
    Heap *heap = g_hash_table_lookup(complaint->by_key, key);
    if (heap)
        return heap;
    heap = g_new0(Heap, 1);
    heap->side = side;
    heap->occurrences = g_array_new(FALSE, FALSE, sizeof(Occurrence));
    heap->ids = g_ptr_array_new_with_free_func(g_free);
    heap->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    heap->to = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(complaint->heaps, heap);
    g_hash_table_insert(complaint->by_key, g_steal_pointer(&key), heap);
    return heap;
}

/* @incident is taken over where it is the newest: what is told in full. */
static void heap_take(Heap *heap, Incident **incident)
{
    Occurrence one = {(*incident)->arrived, (*incident)->source, (*incident)->ip};
    char *source = ip_format(incident_ip(*incident, heap->side));
    g_array_append_val(heap->occurrences, one);
    g_ptr_array_add(heap->ids, g_strdup((*incident)->id));
    g_hash_table_add(heap->sources, source ? source : g_strdup((*incident)->organisation));
    if (heap->newest && heap->newest->arrived >= (*incident)->arrived)
        return;
    incident_free(heap->newest);
    heap->newest = g_steal_pointer(incident);
}

/* Three organisations that took mail from one stranger are more than one reporter's word. */
static void add_witnesses(Incident *incident, const Finding *finding, const Campaigns *campaigns)
{
    enum { NAMED = 20 };
    if (!campaigns || !verdict_has_rule(finding->judgement->verdict, "corroborated"))
        return;
    incident->witnesses = campaigns_witnesses(campaigns, &incident->ip,
                                              finding->judgement->trace->reporter_organisation,
                                              NAMED, &incident->witness_count);
}

static void complaint_add_side(Complaint *complaint, const Finding *finding, const char *id,
                               const Campaigns *campaigns, Side side, guint *asked)
{
    g_autoptr(Incident) incident = incident_new(finding, id, complaint->config->identity);
    add_witnesses(incident, finding, campaigns);
    char *why = refuse_why(incident, side, &complaint->rules);
    if (why) {
        complaint_refuse(complaint, incident->id, why);
        return;
    }
    memset(asked, 0, ASK_COUNT * sizeof *asked);
    refuse_questions(incident, &complaint->rules, asked);
    if (asked[ASK_WHOSE] && !complaint->whose)
        complaint->whose = g_strdup(incident->spoofed);
    heap_take(heap_for(complaint, incident, side), &incident);
}

void complaint_add(Complaint *complaint, const Finding *finding, const char *id,
                   const Campaigns *campaigns)
{
    guint asked[ASK_COUNT] = {0};
    if (complaint->options.to != COMPLAINT_NETWORK)
        complaint_add_side(complaint, finding, id, campaigns, SIDE_REPORTER, asked);
    if (complaint->options.to != COMPLAINT_REPORTER)
        complaint_add_side(complaint, finding, id, campaigns, SIDE_NETWORK, asked);
    for (int i = 0; i < ASK_COUNT; i++)
        complaint->asked[i] += asked[i];
}

/* --- addressees ------------------------------------------------------------------------------- */

static void heap_add_to(Heap *heap, const char *address, const Identity *identity)
{
    if (identity_owns_address(identity, address) || !incident_is_address(address))
        return;
    for (guint i = 0; i < heap->to->len; i++)
        if (address_same(heap->to->pdata[i], address))
            return;
    g_ptr_array_add(heap->to, g_strdup(address));
}

static void find_contacts(Complaint *complaint)
{
    g_autoptr(GPtrArray) queries =
        g_ptr_array_new_with_free_func((GDestroyNotify)contact_query_free);
    const Identity *identity = complaint->config->identity;
    char *trouble = NULL;
    for (guint i = 0; i < complaint->heaps->len; i++) {
        const Heap *heap = complaint->heaps->pdata[i];
        const Incident *incident = heap->newest;
        const char *host = heap->side == SIDE_REPORTER ? incident->source_name : incident->ip_name;
        g_ptr_array_add(queries, contact_query_new(incident_ip(incident, heap->side), host));
    }
    contacts_ask(complaint->contacts, queries, complaint->options.dns, complaint->options.now,
                 &trouble);
    if (trouble)
        g_ptr_array_add(complaint->notes, trouble);
    for (guint i = 0; i < complaint->heaps->len; i++) {
        Heap *heap = complaint->heaps->pdata[i];
        const ContactQuery *query = queries->pdata[i];
        const char *organisation = heap->newest->organisation;
        g_autofree char *postmaster =
            organisation ? g_strconcat("postmaster@", organisation, NULL) : NULL;
        heap->contact_ip = query->ip;
        for (guint k = 0; k < query->addresses->len; k++)
            heap_add_to(heap, query->addresses->pdata[k], identity);
        if (heap->side == SIDE_REPORTER && postmaster)
            heap_add_to(heap, postmaster, identity);
    }
}

static gint by_newest(gconstpointer a, gconstpointer b)
{
    const Occurrence *x = a, *y = b;
    return x->time < y->time ? 1 : x->time > y->time ? -1 : 0;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* @from goes into @into, which has the same addressees. */
static void heap_merge(Heap *into, Heap *from)
{
    GHashTableIter iter;
    gpointer source;
    g_array_append_vals(into->occurrences, from->occurrences->data, from->occurrences->len);
    for (guint i = 0; i < from->ids->len; i++)
        g_ptr_array_add(into->ids, g_strdup(from->ids->pdata[i]));
    g_hash_table_iter_init(&iter, from->sources);
    while (g_hash_table_iter_next(&iter, &source, NULL))
        g_hash_table_add(into->sources, g_strdup(source));
    if (from->newest->arrived > into->newest->arrived) {
        Incident *older = into->newest;
        into->newest = from->newest;
        from->newest = older;
        into->contact_ip = from->contact_ip;
    }
    from->merged = true;
}

/* One draft an addressee. Those without one stay apart: each has to be looked up by itself. */
static void merge_heaps(Complaint *complaint)
{
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < complaint->heaps->len; i++) {
        Heap *heap = complaint->heaps->pdata[i];
        g_autoptr(GString) key = g_string_new(NULL);
        g_autoptr(GPtrArray) sorted = g_ptr_array_new();
        if (heap->to->len == 0)
            continue;
        for (guint k = 0; k < heap->to->len; k++)
            g_ptr_array_add(sorted, heap->to->pdata[k]);
        g_ptr_array_sort(sorted, by_text);
        g_string_printf(key, "%u %d", heap->side, heap->newest->unrouted);
        for (guint k = 0; k < sorted->len; k++)
            g_string_append_printf(key, " %s", (char *)sorted->pdata[k]);
        Heap *same = g_hash_table_lookup(first, key->str);
        if (same)
            heap_merge(same, heap);
        else
            g_hash_table_insert(first, g_strdup(key->str), heap);
    }
}

/* --- drafts ----------------------------------------------------------------------------------- */

/* The address to write from: the spoofed one where it is ours, else the first of ours. */
static const char *from_of(const Complaint *complaint, const Incident *incident)
{
    const GPtrArray *own = complaint->config->identity->addresses;
    for (guint i = 0; i < own->len; i++)
        if (incident->spoofed && address_same(own->pdata[i], incident->spoofed))
            return incident->spoofed;
    return own->len ? own->pdata[0] : incident->spoofed;
}

/* Before the letter, where nobody is known to send it to. */
static char *where_to_look(const Heap *heap)
{
    g_autofree char *ip = ip_format(incident_ip(heap->newest, heap->side));
    return g_strdup_printf("[To be deleted before this is sent: no address for complaints about\n"
                           "%s is known.\n"
                           "\"whois %s\"\n"
                           "shows one (abuse-mailbox, OrgAbuseEmail). Put it into To. With --dns\n"
                           "notme asks the DNS for it; and it takes what stands in [contacts] of\n"
                           "its configuration.]\n\n",
                           ip, ip);
}

static char *subject_of(const Heap *heap, DraftFormat format, const char *own)
{
    const char *enclosed =
        heap->side == SIDE_REPORTER ? heap->newest->subject : heap->newest->returned_subject;
    if (format == DRAFT_LETTER)
        return g_strdup(own && *own ? own : "Mail that was not sent by us");
    return g_strconcat("FW: ", enclosed ? enclosed : "(no subject)", NULL);
}

static DraftFormat format_of(Complaint *complaint, const Heap *heap)
{
    DraftFormat wanted = complaint->options.format;
    if (wanted == DRAFT_LETTER || heap->newest->unrouted)
        return DRAFT_LETTER;
    if (!draft_can_report(heap->newest, heap->side)) {
        g_autofree char *ip = ip_format(incident_ip(heap->newest, heap->side));
        g_ptr_array_add(complaint->notes,
                        g_strdup_printf("%s: a plain letter: no enclosed header shows %s",
                                        heap->newest->id, ip));
        return DRAFT_LETTER;
    }
    if (wanted == DRAFT_XARF && !draft_can_xarf(heap->newest, heap->side)) {
        g_ptr_array_add(complaint->notes,
                        g_strdup_printf("%s: a plain ARF report: %s", heap->newest->id,
                                        heap->side == SIDE_REPORTER
                                            ? "XARF needs the sender's address, and a bounce has "
                                              "none"
                                            : "not all that XARF needs is known"));
        return DRAFT_ARF;
    }
    return wanted;
}

static char *heap_memory(const Heap *heap, gint64 now, const char *message_id)
{
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    GHashTableIter iter;
    gpointer source;
    g_hash_table_iter_init(&iter, heap->sources);
    while (g_hash_table_iter_next(&iter, &source, NULL))
        g_ptr_array_add(sources, source);
    g_ptr_array_sort(sources, by_text);
    return memory_line(now, heap->to, sources, message_id);
}

/* "network 198.51.100.77 and 2 more": whom it is to, and from where the mail was sent. */
static char *heap_about(const Heap *heap)
{
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < heap->occurrences->len; i++) {
        char *ip = ip_format(&g_array_index(heap->occurrences, Occurrence, i).ip);
        if (ip)
            g_hash_table_add(all, ip);
    }
    g_autoptr(GList) list = g_list_sort(g_hash_table_get_keys(all), (GCompareFunc)strcmp);
    g_autofree char *newest = ip_format(&heap->newest->ip);
    const char *one = newest ? newest : list ? list->data : "";
    guint more = g_hash_table_size(all) - (*one ? 1 : 0);
    const char *to = heap->side == SIDE_REPORTER ? "reporter" : "network";
    return more ? g_strdup_printf("%s %s and %u more", to, one, more)
                : g_strdup_printf("%s %s", to, one);
}

static JobDraft *heap_draft(Complaint *complaint, Heap *heap, GError **error)
{
    const Incident *incident = heap->newest;
    const char *from = from_of(complaint, incident);
    DraftFormat format = format_of(complaint, heap);
    g_autofree char *own_name =
        complaint->config->complain.name
            ? safe_text(span_of(complaint->config->complain.name), SAFE_LINE)
            : NULL;
    g_array_sort(heap->occurrences, by_newest);
    FieldsInput input = {heap->side, incident,          own_name,
                         from,       heap->occurrences, format != DRAFT_LETTER};
    g_autoptr(Fields) fields = fields_new(&input);
    g_autofree char *own_subject = NULL, *message_id = NULL;
    g_autofree char *written =
        letter_write(complaint->templates[heap->side], fields_list(fields), &own_subject);
    g_autofree char *hint = heap->to->len ? g_strdup("") : where_to_look(heap);
    g_autofree char *letter = g_strconcat(hint, written, NULL);
    g_autofree char *subject = subject_of(heap, format, own_subject);
    Draft draft = {
        heap->side, format,  incident, heap->occurrences->len, heap->to, heap->contact_ip, own_name,
        from,       subject, letter,   complaint->options.now};
    char *content = draft_write(&draft, &message_id, error);
    if (!content)
        return NULL;
    JobDraft *result = g_new0(JobDraft, 1);
    result->content = content;
    result->length = strlen(content);
    result->covers = g_ptr_array_ref(heap->ids);
    result->about = heap_about(heap);
    result->memory = heap_memory(heap, complaint->options.now, message_id);
    return result;
}

/* Drafts that nobody is known to send to. */
static guint unaddressed(const Complaint *complaint)
{
    guint count = 0;
    for (guint i = 0; i < complaint->heaps->len; i++) {
        const Heap *heap = complaint->heaps->pdata[i];
        count += !heap->merged && heap->to->len == 0;
    }
    return count;
}

/* --- what is told ----------------------------------------------------------------------------- */

/* The addressee got one about the same source not long ago: a sentence, without its end, or NULL.
 */
static char *heap_before(const Complaint *complaint, const Heap *heap)
{
    gint64 since = complaint->options.now - complaint->config->complain.again_after;
    GHashTableIter iter;
    gpointer source;
    g_hash_table_iter_init(&iter, heap->sources);
    while (g_hash_table_iter_next(&iter, &source, NULL)) {
        gint64 last = memory_last(complaint->memory, heap->to, source);
        if (last == TIME_NONE || last <= since)
            continue;
        g_autofree char *time = date_format_rfc3339(last);
        return g_strdup_printf("A complaint about %s to %s was drafted on %.10s already",
                               (char *)source,
                               heap->to->len ? (char *)heap->to->pdata[0] : "nobody yet", time);
    }
    return NULL;
}

static void tell_questions(const Complaint *complaint, GPtrArray *questions)
{
    g_autoptr(GString) again = g_string_new(NULL);
    guint count = 0;
    for (int i = 0; i < ASK_AGAIN; i++)
        if (complaint->asked[i])
            g_ptr_array_add(questions,
                            refuse_sentence((Question)i, complaint->asked[i], complaint->whose));
    for (guint i = 0; i < complaint->heaps->len; i++) {
        const Heap *heap = complaint->heaps->pdata[i];
        g_autofree char *before = heap->merged ? NULL : heap_before(complaint, heap);
        if (before && !count++)
            g_string_assign(again, before);
    }
    if (count > 1)
        g_string_append_printf(again, ", and %u more of these", count - 1);
    if (count)
        g_ptr_array_add(questions, refuse_sentence(ASK_AGAIN, count, again->str));
}

static void tell_refused(const Complaint *complaint, GPtrArray *refused, guint *left)
{
    for (guint i = 0; i < complaint->reasons->len; i++) {
        const char *why = complaint->reasons->pdata[i];
        const GPtrArray *ids = g_hash_table_lookup(complaint->refused, why);
        const char *first = ids->pdata[0];
        *left += ids->len;
        char *text = ids->len == 1 ? g_strdup_printf("%s: no complaint: %s", first, why)
                                   : g_strdup_printf("%s and %u more: no complaint: %s", first,
                                                     ids->len - 1, why);
        g_ptr_array_add(refused, text);
    }
}

/* No draft is without an addressee in silence. */
static void tell_unaddressed(const Complaint *complaint)
{
    for (guint i = 0; i < complaint->heaps->len; i++) {
        const Heap *heap = complaint->heaps->pdata[i];
        if (heap->merged || heap->to->len)
            continue;
        g_autofree char *ip = ip_format(incident_ip(heap->newest, heap->side));
        char *text = g_strdup_printf(
            "no abuse contact of %s is known%s: the draft has no addressee, and says where to look",
            ip ? ip : "its server",
            complaint->options.dns ? ", in the DNS neither" : " (the DNS was not asked)");
        g_ptr_array_add(complaint->notes, text);
    }
}

ComplaintPlan *complaint_plan(Complaint *complaint, GError **error)
{
    g_autoptr(ComplaintPlan) plan = g_new0(ComplaintPlan, 1);
    plan->drafts = g_ptr_array_new_with_free_func(job_draft_free);
    plan->refused = g_ptr_array_new_with_free_func(g_free);
    plan->questions = g_ptr_array_new_with_free_func(g_free);
    find_contacts(complaint);
    merge_heaps(complaint);
    plan->ask_dns =
        complaint->options.ask_dns && !complaint->options.dns && unaddressed(complaint) > 0;
    if (plan->ask_dns) {
        plan->notes = g_ptr_array_new();
        return g_steal_pointer(&plan);
    }
    tell_unaddressed(complaint);
    for (guint i = 0; i < complaint->heaps->len; i++) {
        Heap *heap = complaint->heaps->pdata[i];
        JobDraft *draft = heap->merged ? NULL : heap_draft(complaint, heap, error);
        if (!draft && !heap->merged) {
            plan->notes = g_ptr_array_new();
            return NULL;
        }
        if (draft)
            g_ptr_array_add(plan->drafts, draft);
    }
    tell_refused(complaint, plan->refused, &plan->left);
    tell_questions(complaint, plan->questions);
    plan->notes = g_ptr_array_ref(complaint->notes);
    return g_steal_pointer(&plan);
}

void complaint_plan_free(ComplaintPlan *plan)
{
    if (!plan)
        return;
    g_ptr_array_unref(plan->drafts);
    g_ptr_array_unref(plan->refused);
    g_ptr_array_unref(plan->questions);
    g_ptr_array_unref(plan->notes);
    g_free(plan);
}
