/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that requests, states and lists of jobs come over the wire unharmed, member by member, and
 * that bytes cut or changed anywhere are refused, or are one in its ranges. */
#include <string.h>

#include "job/job.h"

static JobRequest *request_new(void)
{
    JobRequest *request = job_request_new(JOB_COMPLAIN);
    request->query = g_strdup("tag:bounce \xff"); /* ids and names of files are bytes */
    request->undo = 7;
    request->older_than = 86400;
    request->options = (JobOptions){.to = g_strdup("both"),
                                    .format = g_strdup("xarf"),
                                    .old = true,
                                    .yes = true,
                                    .file = g_strdup("/etc/\xfe"),
                                    .question = g_strdup("own-host:mx.reed.example"),
                                    .campaign = g_strdup("ip 198.51.100.7"),
                                    .word = g_strdup("delete"),
                                    .decision = g_strdup("reporter reed.example")};
    g_ptr_array_add(request->items,
                    job_item_new("m1@reed.example", "/mail/\xff", VERDICT_FAKE, KIND_FAILURE));
    g_ptr_array_add(request->items,
                    job_item_new("m2@reed.example", "/mail/b", VERDICT_GENUINE, KIND_DELAY));
    return request;
}

static JobStatus *status_new(void)
{
    JobStatus *status = job_status_new();
    status->job = 12;
    status->action = JOB_QUARANTINE;
    status->time = 1772532005;
    status->state = JOB_PARTLY;
    status->query = g_strdup("*");
    status->planned = 5;
    status->done = 3;
    status->skipped = 2;
    status->partly_by = 13;
    for (guint i = 0; i < VERDICT_COUNT; i++)
        status->verdicts[i] = 100 + i;
    status->running = true;
    status->undoable = 12;
    status->redoable = 4;
    status->message = g_strdup("2 left");
    status->draft_file = g_strdup("/mail/Drafts/\xff");
    status->question = g_strdup("Really?");
    g_ptr_array_add(status->problems, g_strdup("/mail/\xff is gone"));
    return status;
}

static JobListing *listing_new(void)
{
    JobListing *listing = job_listing_new();
    listing->undoable = 12;
    listing->redoable = 4;
    g_ptr_array_add(listing->jobs, status_new());
    g_ptr_array_add(listing->jobs, job_status_new());
    g_ptr_array_add(listing->problems, g_strdup("job 3 cannot be read"));
    return listing;
}

static bool bytes_same(const GByteArray *a, const GByteArray *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

static void test_request(void)
{
    g_autoptr(JobRequest) request = request_new();
    g_autoptr(GByteArray) bytes = g_byte_array_new(), again = g_byte_array_new();
    job_request_pack(bytes, request);
    Unpack from = unpack_new(bytes->data, bytes->len);
    g_autoptr(JobRequest) back = job_request_unpack(&from);
    g_assert_nonnull(back);
    g_assert_true(unpack_finished(&from));
    g_assert_cmpint(back->action, ==, JOB_COMPLAIN);
    g_assert_cmpstr(back->query, ==, request->query);
    g_assert_cmpuint(back->items->len, ==, 2);
    const JobItem *item = back->items->pdata[0];
    g_assert_cmpstr(item->file, ==, "/mail/\xff");
    g_assert_cmpint(item->verdict, ==, VERDICT_FAKE);
    g_assert_true(back->options.old && back->options.yes && !back->options.dns);
    g_assert_cmpstr(back->options.file, ==, "/etc/\xfe");
    g_assert_cmpstr(back->options.decision, ==, "reporter reed.example");
    job_request_pack(again, back);
    g_assert_true(bytes_same(again, bytes));
}

static void test_status(void)
{
    g_autoptr(JobListing) listing = listing_new();
    g_autoptr(GByteArray) bytes = g_byte_array_new(), again = g_byte_array_new();
    job_listing_pack(bytes, listing);
    Unpack from = unpack_new(bytes->data, bytes->len);
    g_autoptr(JobListing) back = job_listing_unpack(&from);
    g_assert_nonnull(back);
    g_assert_true(unpack_finished(&from));
    g_assert_cmpuint(back->jobs->len, ==, 2);
    const JobStatus *status = back->jobs->pdata[0];
    g_assert_cmpuint(status->partly_by, ==, 13);
    g_assert_cmpint(status->state, ==, JOB_PARTLY);
    for (guint i = 0; i < VERDICT_COUNT; i++)
        g_assert_cmpuint(status->verdicts[i], ==, 100 + i);
    g_assert_true(status->running && !status->waiting_for_lock);
    g_assert_cmpstr(status->problems->pdata[0], ==, "/mail/\xff is gone");
    g_assert_null(status->recovered);
    job_listing_pack(again, back);
    g_assert_true(bytes_same(again, bytes));
}

static bool request_is_taken(const guint8 *bytes, gsize length)
{
    Unpack from = unpack_new(bytes, length);
    g_autoptr(JobRequest) request = job_request_unpack(&from);
    g_assert_true(request ? !from.broken : from.broken);
    for (guint i = 0; request && i < request->items->len; i++) {
        const JobItem *item = request->items->pdata[i];
        g_assert_true(item->id && item->file);
        g_assert_true(item->verdict < VERDICT_COUNT && item->kind < KIND_COUNT);
    }
    g_assert_true(!request || request->action < JOB_ACTION_COUNT);
    return request != NULL;
}

static bool listing_is_taken(const guint8 *bytes, gsize length)
{
    Unpack from = unpack_new(bytes, length);
    g_autoptr(JobListing) listing = job_listing_unpack(&from);
    g_assert_true(listing ? !from.broken : from.broken);
    for (guint i = 0; listing && i < listing->jobs->len; i++) {
        const JobStatus *status = listing->jobs->pdata[i];
        g_assert_true(status->action < JOB_ACTION_COUNT && status->state <= JOB_PURGED);
    }
    return listing != NULL;
}

static void harm(GByteArray *bytes, bool (*is_taken)(const guint8 *bytes, gsize length))
{
    guint taken = 0;
    for (guint i = 0; i < bytes->len; i++) {
        static const guint8 wrong[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        guint8 was = bytes->data[i];
        g_assert_false(is_taken(bytes->data, i));
        for (gsize k = 0; k < G_N_ELEMENTS(wrong); k++) {
            bytes->data[i] = wrong[k];
            taken += is_taken(bytes->data, bytes->len);
        }
        bytes->data[i] = was;
    }
    g_assert_cmpuint(taken, >, 0);
}

static void test_hostile(void)
{
    g_autoptr(JobRequest) request = request_new();
    g_autoptr(JobListing) listing = listing_new();
    g_autoptr(GByteArray) one = g_byte_array_new(), other = g_byte_array_new();
    job_request_pack(one, request);
    job_listing_pack(other, listing);
    harm(one, request_is_taken);
    harm(other, listing_is_taken);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/job-wire/request", test_request);
    g_test_add_func("/job-wire/status", test_status);
    g_test_add_func("/job-wire/hostile", test_hostile);
    return g_test_run();
}
