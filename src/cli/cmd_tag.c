/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme tag: verdict tags, for notmuch's post-new hook. Without a query it looks at what changed
 * since its last run: the database counts its changes, and the count is kept in the state folder.
 * Beside it stands what the tags were told by: where that has changed, all mail is looked at again.
 */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/jobs.h"
#include "decision/decision.h"
#include "job/decide.h"
#include "reading/reader.h"
#include "reading/reader_counted.h"

/* How far the last run came. */
typedef struct Mark {
    char *uuid; /* the database that it counts for */
    guint64 revision;
    char *basis; /* NULL: 0.1 wrote it */
} Mark;

static void mark_clear(Mark *mark)
{
    g_free(mark->uuid);
    g_free(mark->basis);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mark, mark_clear)

static char *mark_path(const Config *config)
{
    return g_build_filename(config->state_dir, "tag-revision", NULL);
}

static void mark_read(const Config *config, Mark *mark)
{
    g_autofree char *path = mark_path(config), *text = NULL;
    *mark = (Mark){0};
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    g_auto(GStrv) words = g_strsplit(g_strstrip(text), " ", 3);
    if (!words[0] || !words[1] ||
        !g_ascii_string_to_unsigned(words[1], 10, 0, G_MAXUINT64, &mark->revision, NULL))
        return;
    mark->uuid = g_strdup(words[0]);
    mark->basis = g_strdup(words[2]);
}

/* A hash of what the tags follow from beside the mail: the program's version, who the reviewer is,
 * and the names of the tags. The caller frees it. */
static char *basis_of(const Config *config, const GPtrArray *addresses)
{
    g_autoptr(Config) whole = config_with_addresses(config, addresses);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const char *const names[] = {NOTME_VERSION,           whole->tags.bounce, whole->tags.genuine,
                                 whole->tags.backscatter, whole->tags.fake,   whole->tags.undecided,
                                 whole->tags.login};
    identity_pack(bytes, whole->identity);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_byte_array_append(bytes, (const guint8 *)names[i], (guint)strlen(names[i]) + 1);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static bool mark_write(const Config *config, const Mark *mark, GError **error)
{
    g_autofree char *path = mark_path(config);
    g_autofree char *text =
        g_strdup_printf("%s %" G_GUINT64_FORMAT " %s\n", mark->uuid, mark->revision, mark->basis);
    if (g_mkdir_with_parents(config->state_dir, 0700) < 0)
        return true; /* the next run looks at more, that is all */
    return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

typedef struct TagOptions {
    gboolean dry_run;
} TagOptions;

typedef struct Found {
    JobRequest *request;
    GPtrArray *rows; /* of Row: on which a decision may stand */
    guint problems;
} Found;

static bool found_add(const Row *row, const Finding *finding, gpointer data)
{
    Found *found = data;
    (void)finding;
    /* tags belong to Message-IDs: where one has more files they might meet real mail */
    if (row && row->id && row->files == 1) {
        JobItem *item = job_item_new(row->id, row->file, row->verdict, row->kind);
        item->warning = row->warning;
        g_ptr_array_add(found->request->items, item);
        if (row->verdict == VERDICT_BACKSCATTER)
            g_ptr_array_add(found->rows, row_ref(row));
    }
    return true;
}

static void found_problem(const char *text, gpointer data)
{
    Found *found = data;
    found->problems++;
    cli_error(text, NULL);
}

/* What the mark becomes after the job: the changes since @revision are the job's own, unless there
 * are more of them than it made; then the next run looks at them. */
static guint64 revision_after(const Config *config, guint64 revision, const JobStatus *status)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Store) store = store_open(config->notmuch_config, false, NULL, NULL, &error);
    if (!store)
        return revision;
    guint64 now = store_revision(store, NULL);
    g_autofree char *query =
        g_strdup_printf("lastmod:%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT, revision + 1, now);
    guint changed = now > revision ? store_count(store, query) : 0;
    return changed <= status->done ? now : revision;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

/* Carries out what was decided: a job for each campaign, which says what it did. */
static int decisions_run(CommandContext *context, const TagOptions *options, const GPtrArray *rows)
{
    int worst = EXIT_DONE;
    g_autoptr(GHashTable) due = decision_due(context->config, rows);
    g_autoptr(GList) campaigns = g_list_sort(g_hash_table_get_keys(due), compare_names);
    for (GList *it = campaigns; it; it = it->next) {
        const GPtrArray *list = g_hash_table_lookup(due, it->data);
        g_autoptr(JobRequest) request = decide_carry_out(context->config, it->data, true);
        for (guint i = 0; i < list->len; i++) {
            const Row *row = list->pdata[i];
            g_ptr_array_add(request->items,
                            job_item_new(row->id, row->file, row->verdict, row->kind));
        }
        g_autoptr(GPtrArray) fresh = decide_new_items(context->config, it->data, request->items);
        if (!fresh->len)
            continue;
        int status = options->dry_run ? cli_job_preview(context, request)
                                      : cli_job(context, request, false, NULL);
        worst = MAX(worst, status);
    }
    return worst;
}

static int tag_run(CommandContext *context, const TagOptions *options, const char *query,
                   const Mark *mark)
{
    const Config *config = context->config;
    g_autoptr(GError) error = NULL;
    g_autoptr(JobRequest) request = job_request_new(JOB_TAG);
    g_autoptr(JobStatus) done = NULL;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_unref);
    Found found = {.request = request, .rows = rows};
    ReaderOptions reading = {.excluded_too = true,
                             .each = found_add,
                             .problem = found_problem,
                             .unconfined = cli_unconfined,
                             .data = &found};
    g_autoptr(Reader) reader = reader_new(config, &reading, &error);
    if (!reader || !reader_query_counted(reader, query, &error))
        return cli_failed(g_steal_pointer(&error));
    g_clear_pointer(&reader, reader_free);
    request->query = g_strdup(query);
    int status = EXIT_DONE;
    if (request->items->len > 0)
        status = options->dry_run ? cli_job_preview(context, request)
                                  : cli_job(context, request, true, &done);
    int decided = status == EXIT_CANNOT ? status : decisions_run(context, options, rows);
    if (status == EXIT_CANNOT || decided == EXIT_CANNOT)
        return EXIT_CANNOT;
    status = MAX(status, decided);
    if (mark && !options->dry_run) {
        Mark now = *mark;
        if (done && done->job)
            now.revision = revision_after(config, mark->revision, done);
        if (done && done->done + done->skipped < done->planned)
            return EXIT_PARTLY; /* stopped: the rest is looked at again */
        if (!mark_write(config, &now, &error))
            return cli_failed(g_steal_pointer(&error));
    }
    return status == EXIT_DONE && found.problems ? EXIT_PARTLY : status;
}

static int tag_changed(CommandContext *context, const TagOptions *options)
{
    g_autoptr(GError) error = NULL;
    const char *uuid = NULL;
    g_auto(Mark) last = {0};
    g_autoptr(Store) store = store_open(context->config->notmuch_config, false, NULL, NULL, &error);
    if (!store)
        return cli_failed(g_steal_pointer(&error));
    guint64 revision = store_revision(store, &uuid);
    g_auto(Mark) here = {.uuid = g_strdup(uuid), .revision = revision};
    here.basis = basis_of(context->config, store_addresses(store));
    mark_read(context->config, &last);
    bool known = g_strcmp0(last.uuid, here.uuid) == 0;
    bool stale = known && g_strcmp0(last.basis, here.basis) != 0;
    if (known && !stale && last.revision == revision)
        return EXIT_DONE;
    if (stale && !context->quiet)
        cli_error("tag", "the configuration or notme itself has changed since the verdicts were "
                         "tagged: all mail is looked at again");
    g_autofree char *query =
        known && !stale ? g_strdup_printf("lastmod:%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT,
                                          last.revision + 1, revision)
                        : g_strdup("*");
    return tag_run(context, options, query, &here);
}

int cmd_tag(CommandContext *context, int argc, char **argv)
{
    int status;
    TagOptions options = {FALSE};
    gboolean quiet = FALSE;
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run, "only say what would be done",
         NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "say nothing of what was done", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (cli_names_all(argc, argv, 1))
        return cli_usage(context, CLI_EMPTY);
    context->quiet = quiet;
    if (!options.dry_run && !cli_settle(context, &status))
        return status;
    g_autofree char *query = cli_query(argc, argv, 1);
    return query ? tag_run(context, &options, query, NULL) : tag_changed(context, &options);
}
