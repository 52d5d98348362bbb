/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme summary: the picture of a joe-job, for a boss, a provider or a ticket. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "cli/jobs.h"
#include "complaint/memory.h"
#include "summary/summary_html.h"
#include "summary/summary_text.h"

typedef struct Gathering {
    Summary *summary;
    const Config *config;
} Gathering;

static bool gather_row(const Row *row, const Finding *finding, gpointer data)
{
    Gathering *gathering = data;
    const Verdict *verdict = finding ? finding->judgement->verdict : NULL;
    const char *why = !verdict ? NULL : verdict->unsettled ? verdict->unsettled : verdict->summary;
    summary_add(gathering->summary, row, why, gathering->config->tags.complained);
    return true;
}

static void gather_complaint(gint64 time, const char *to, const char *about, gpointer data)
{
    summary_add_complaint(data, time, to, about);
}

/* --- as JSON ---------------------------------------------------------------------------------- */

static json_t *verdicts_json(const SummaryPart *part)
{
    json_t *o = json_object();
    for (int i = VERDICT_GENUINE; i < VERDICT_COUNT; i++)
        json_object_set_new(o, verdict_name((VerdictValue)i), json_integer(part->verdicts[i]));
    return o;
}

static json_t *time_json(const SummaryPart *part, gint64 time)
{
    g_autofree char *text = part->count ? date_format_rfc3339(time) : NULL;
    return text ? json_string(text) : json_null();
}

static json_t *part_json(const SummaryPart *part)
{
    g_autofree char *name = part->name ? g_utf8_make_valid(part->name, -1) : NULL;
    json_t *o = json_object();
    if (name)
        json_object_set_new(o, "name", json_string(name));
    json_object_set_new(o, "count", json_integer(part->count));
    json_object_set_new(o, "verdicts", verdicts_json(part));
    json_object_set_new(o, "first", time_json(part, part->first));
    json_object_set_new(o, "last", time_json(part, part->last));
    return o;
}

static json_t *parts_json(const GPtrArray *list)
{
    json_t *array = json_array();
    for (guint i = 0; i < list->len; i++)
        json_array_append_new(array, part_json(list->pdata[i]));
    return array;
}

static json_t *complaints_json(const GPtrArray *list)
{
    json_t *array = json_array();
    for (guint i = 0; i < list->len; i++) {
        const SummaryComplaint *complaint = list->pdata[i];
        g_autofree char *time = date_format_rfc3339(complaint->time);
        g_autofree char *to = g_utf8_make_valid(complaint->to, -1);
        g_autofree char *about = g_utf8_make_valid(complaint->about, -1);
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s}", "time", time, "to", to, "about", about));
    }
    return array;
}

static void print_json(const Summary *summary)
{
    json_t *o = part_json(&summary->all);
    g_autofree char *query = g_utf8_make_valid(summary->query, -1);
    g_autofree char *made = date_format_rfc3339(summary->made);
    const struct {
        const char *name;
        const GPtrArray *list;
    } lists[] = {
        {"days", summary->days},           {"kinds", summary->kinds},
        {"networks", summary->networks},   {"addresses", summary->addresses},
        {"reporters", summary->reporters}, {"abused", summary->abused},
        {"undecided", summary->undecided}, {"undecided_addresses", summary->undecided_addresses}};
    json_object_set_new(o, "query", json_string(query));
    json_object_set_new(o, "made", json_string(made));
    json_object_set_new(o, "warnings", json_integer(summary->warned));
    json_object_set_new(o, "complained", json_integer(summary->complained));
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        json_object_set_new(o, lists[i].name, parts_json(lists[i].list));
    json_object_set_new(o, "complaints", complaints_json(summary->complaints));
    cli_json(o);
}

/* --- the command ------------------------------------------------------------------------------ */

static void print_summary(const Summary *summary, const char *format)
{
    if (g_strcmp0(format, "json") == 0) {
        print_json(summary);
        return;
    }
    g_autofree char *text =
        g_strcmp0(format, "html") == 0 ? summary_html(summary) : summary_text(summary);
    fputs(text, stdout);
}

static int summary_run(CommandContext *context, const char *format, const char *query)
{
    g_autoptr(Summary) summary = summary_new(query, g_get_real_time() / G_USEC_PER_SEC);
    Gathering gathering = {.summary = summary, .config = context->config};
    int status;
    if (!cli_gather(context, query, true, gather_row, &gathering, &status))
        return status;
    memory_each(context->config->state_dir, gather_complaint, summary);
    summary_end(summary);
    print_summary(summary, format);
    return status;
}

int cmd_summary(CommandContext *context, int argc, char **argv)
{
    static const char *const formats[] = {"text", "html", "json", NULL};
    g_autofree char *format = NULL;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "how it is printed", "text|html|json"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int status;
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    if (format && !g_strv_contains(formats, format))
        return cli_usage(context, "--format is text, html or json");
    g_autofree char *query = cli_query(argc, argv, 1);
    cli_tell_open_job(context->config);
    return summary_run(context, format, query ? query : context->config->review.query);
}
