/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notme questions: what the reviewer could settle, by the cases that wait for it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/safe.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "cli/jobs.h"
#include "question/answer.h"
#include "question/asked.h"
#include "reading/promises.h"
#include "verdict/question.h"

typedef struct Gathering {
    AskedBook *book;
    guint waiting; /* for an answer */
    guint undecided;
    guint stuck; /* of them those that no answer settles */
} Gathering;

static bool gather_row(const Row *row, const Finding *finding, gpointer data)
{
    Gathering *gathering = data;
    (void)finding;
    gathering->waiting += asked_waits(row);
    gathering->undecided += row->verdict == VERDICT_UNDECIDED;
    gathering->stuck += row->verdict == VERDICT_UNDECIDED && !row->questions;
    asked_book_add(gathering->book, row);
    return true;
}

static void print_json(const Asked *asked, const Promises *promises)
{
    g_autofree char *counts = promises_text(promises, asked->id);
    g_autofree char *text = question_text(asked->id);
    g_autofree char *yes = answer_meaning(asked->id, true), *no = answer_meaning(asked->id, false);
    g_autofree char *first = date_format_rfc3339(asked->first);
    g_autofree char *last = date_format_rfc3339(asked->last);
    g_autofree char *seen_by = asked->seen_by ? g_utf8_make_valid(asked->seen_by, -1) : NULL;
    cli_json(json_pack("{s:s, s:s, s:s?, s:i, s:i, s:s?, s:s, s:s, s:s, s:s}", "question",
                       asked->id, "text", text, "counts", counts, "cases", (int)asked->cases,
                       "reporters", (int)asked->reporters, "seen_by", seen_by, "first", first,
                       "last", last, "yes", yes, "no", no));
}

static char *day_of(gint64 time)
{
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_local(time);
    return when ? g_date_time_format(when, "%Y-%m-%d") : g_strdup("?");
}

static void print_text(const Asked *asked, const Promises *promises)
{
    g_autofree char *counts = promises_text(promises, asked->id);
    g_autofree char *line = counts ? g_strdup_printf("    %s\n", counts) : g_strdup("");
    g_autofree char *text = question_text(asked->id);
    g_autofree char *yes = answer_meaning(asked->id, true), *no = answer_meaning(asked->id, false);
    g_autofree char *first = day_of(asked->first), *last = day_of(asked->last);
    g_autofree char *seen_by =
        asked->seen_by ? safe_text(span_of(asked->seen_by), SAFE_LINE) : g_strdup("nobody named");
    printf("%s\n    %s  %u %s for it.\n%s    seen by %s, %s to %s\n    yes %s\n    no  %s\n",
           asked->id, text, asked->cases, asked->cases == 1 ? "message waits" : "messages wait",
           line, seen_by, first, last, yes, no);
}

static void print_end(const Gathering *gathering, guint questions)
{
    if (questions)
        printf("%u wait%s in %u question%s; \"notme answer QUESTION yes|no\" answers one\n",
               gathering->waiting, gathering->waiting == 1 ? "s" : "", questions,
               questions == 1 ? "" : "s");
    else
        printf("no questions; %u undecided\n", gathering->undecided);
    if (questions && gathering->stuck)
        printf("%u more that no answer settles; \"notme show\" says why, each\n", gathering->stuck);
}

/* What the mailbox says of the promises that are asked for; NULL where none is. */
static Promises *promises_of(const Config *config, const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++)
        if (promises_are_asked(((const Asked *)list->pdata[i])->id))
            return promises_count(config, NULL, NULL);
    return NULL;
}

static int questions_run(CommandContext *context, bool json, const char *query)
{
    g_autoptr(AskedBook) book = asked_book_new();
    Gathering gathering = {.book = book};
    int status;
    if (!cli_gather(context, query, false, gather_row, &gathering, &status))
        return status;
    g_autoptr(GPtrArray) list = asked_book_list(book);
    g_autoptr(Promises) promises = promises_of(context->config, list);
    for (guint i = 0; i < list->len; i++)
        if (json)
            print_json(list->pdata[i], promises);
        else
            print_text(list->pdata[i], promises);
    if (!json)
        print_end(&gathering, list->len);
    return status;
}

int cmd_questions(CommandContext *context, int argc, char **argv)
{
    g_autofree char *format = NULL;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, "how it is printed", "text|json"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int status;
    if (!cli_parse(context, entries, &argc, &argv, &status))
        return status;
    bool json = g_strcmp0(format, "json") == 0;
    if (format && !json && strcmp(format, "text") != 0)
        return cli_usage(context, "--format is text or json");
    g_autofree char *query = cli_query(argc, argv, 1);
    cli_tell_open_job(context->config);
    return questions_run(context, json, query ? query : context->config->review.query);
}
