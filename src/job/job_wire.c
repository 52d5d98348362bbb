/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and states of jobs over the wire: the tables of what travels. */
#include "base/fields.h"
#include "job/job.h"

static gpointer create_item(void)
{
    return g_new0(JobItem, 1);
}

static gpointer create_status(void)
{
    return job_status_new();
}

/* A mark is made by the writer itself. */
static const Field item_fields[] = {
    FIELD(JobItem, id, FIELD_NAME),
    FIELD(JobItem, file, FIELD_NAME),
    FIELD_RANGE(JobItem, verdict, 0, VERDICT_COUNT - 1),
    FIELD_RANGE(JobItem, kind, 0, KIND_COUNT - 1),
    FIELD_RANGE(JobItem, warning, 0, WARNING_COUNT - 1),
};
static const Shape item_shape = SHAPE(JobItem, item_fields, create_item);

static const Field option_fields[] = {
    FIELD(JobOptions, to, FIELD_NAME),       FIELD(JobOptions, format, FIELD_NAME),
    FIELD(JobOptions, old, FIELD_BOOL),      FIELD(JobOptions, dns, FIELD_BOOL),
    FIELD(JobOptions, yes, FIELD_BOOL),      FIELD(JobOptions, file, FIELD_NAME),
    FIELD(JobOptions, question, FIELD_NAME), FIELD(JobOptions, campaign, FIELD_NAME),
    FIELD(JobOptions, word, FIELD_NAME),     FIELD(JobOptions, decision, FIELD_NAME),
    FIELD(JobOptions, ask_dns, FIELD_BOOL),
};
static const Shape option_shape = SHAPE(JobOptions, option_fields, NULL);

/* What the planner puts there does not travel. */
static const Field request_fields[] = {
    FIELD_RANGE(JobRequest, action, 0, JOB_ACTION_COUNT - 1),
    FIELD(JobRequest, query, FIELD_NAME),
    FIELD_OF(JobRequest, items, FIELD_LIST, G_MAXINT, item_shape),
    FIELD_RANGE(JobRequest, undo, 0, G_MAXINT),
    FIELD(JobRequest, older_than, FIELD_LONG),
    FIELD_OF(JobRequest, options, FIELD_STRUCT, 0, option_shape),
};
static const Shape request_shape = SHAPE(JobRequest, request_fields, NULL);

#define COUNT(member) FIELD_RANGE(JobStatus, member, 0, G_MAXINT)

static const Field status_fields[] = {
    COUNT(job),
    FIELD_RANGE(JobStatus, action, 0, JOB_ACTION_COUNT - 1),
    FIELD(JobStatus, time, FIELD_LONG),
    FIELD_RANGE(JobStatus, state, 0, JOB_PURGED),
    FIELD(JobStatus, query, FIELD_NAME),
    COUNT(planned),
    COUNT(done),
    COUNT(skipped),
    COUNT(partly_by),
    COUNT(verdicts[VERDICT_NONE]),
    COUNT(verdicts[VERDICT_GENUINE]),
    COUNT(verdicts[VERDICT_BACKSCATTER]),
    COUNT(verdicts[VERDICT_FAKE]),
    COUNT(verdicts[VERDICT_UNDECIDED]),
    FIELD(JobStatus, running, FIELD_BOOL),
    FIELD(JobStatus, waiting_for_lock, FIELD_BOOL),
    COUNT(undoable),
    COUNT(redoable),
    FIELD(JobStatus, message, FIELD_NAME),
    FIELD_MANY_NAMES(JobStatus, problems, G_MAXINT),
    FIELD(JobStatus, recovered, FIELD_NAME),
    FIELD(JobStatus, draft_file, FIELD_NAME),
    FIELD(JobStatus, question, FIELD_NAME),
    COUNT(drafts),
};
static const Shape status_shape = SHAPE(JobStatus, status_fields, create_status);
G_STATIC_ASSERT(VERDICT_COUNT == 5);

static const Field listing_fields[] = {
    FIELD_OF(JobListing, jobs, FIELD_LIST, G_MAXINT, status_shape),
    FIELD_MANY_NAMES(JobListing, problems, G_MAXINT),
    FIELD_RANGE(JobListing, undoable, 0, G_MAXINT),
    FIELD_RANGE(JobListing, redoable, 0, G_MAXINT),
};
static const Shape listing_shape = SHAPE(JobListing, listing_fields, NULL);

void job_request_pack(GByteArray *to, const JobRequest *request)
{
    fields_pack(to, &request_shape, request);
}

static bool items_are_whole(const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const JobItem *item = items->pdata[i];
        if (!item->id || !item->file)
            return false;
    }
    return true;
}

JobRequest *job_request_unpack(Unpack *from)
{
    g_autoptr(JobRequest) request = job_request_new(JOB_DELETE);
    fields_unpack(from, &request_shape, request);
    if (!from->broken && items_are_whole(request->items))
        return g_steal_pointer(&request);
    from->broken = true;
    return NULL;
}

void job_status_pack(GByteArray *to, const JobStatus *status)
{
    fields_pack(to, &status_shape, status);
}

JobStatus *job_status_unpack(Unpack *from)
{
    g_autoptr(JobStatus) status = job_status_new();
    fields_unpack(from, &status_shape, status);
    return from->broken ? NULL : g_steal_pointer(&status);
}

void job_listing_pack(GByteArray *to, const JobListing *listing)
{
    fields_pack(to, &listing_shape, listing);
}

JobListing *job_listing_unpack(Unpack *from)
{
    g_autoptr(JobListing) listing = job_listing_new();
    fields_unpack(from, &listing_shape, listing);
    return from->broken ? NULL : g_steal_pointer(&listing);
}
