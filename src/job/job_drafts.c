/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See job_drafts.h. The journal holds each draft as it was written; its header is the composer's
 * own, and what of mail is in it was made safe there. */
#include "job/job_drafts.h"

#include <string.h>

#include "base/fields.h"
#include "job/journal.h"
#include "message/header_decode.h"
#include "message/mime.h"

void draft_line_free(DraftLine *line)
{
    g_free(line->file);
    g_free(line->what);
    g_free(line->to);
    g_free(line->subject);
    g_free(line->about);
    g_free(line);
}

static GPtrArray *lines_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)draft_line_free);
}

/* The value of the line "NAME: ..." in the part for programs; NULL: there is none. */
static char *report_field(const char *content, const char *name)
{
    g_autofree char *begin = g_strdup_printf("\n%s: ", name);
    const char *at = strstr(content, "\nContent-Type: message/feedback-report");
    at = at ? strstr(at, begin) : NULL;
    return at ? g_strndup(at + strlen(begin), strcspn(at + strlen(begin), "\r\n")) : NULL;
}

/* From where the mail came that the draft is about. What 0.1 wrote only names the address that its
 * report accuses. */
static void line_read_about(DraftLine *line, const Step *step)
{
    const char *blank = step->word ? strchr(step->word, ' ') : NULL;
    line->bounces = blank && g_str_has_prefix(step->word, "reporter ");
    line->about = blank && blank[1] ? g_strdup(blank + 1)
                  : blank           ? NULL
                                    : report_field(step->content ? step->content : "", "Source-IP");
}

static DraftLine *line_of(Maildirs *dirs, const Step *step)
{
    DraftLine *line = g_new0(DraftLine, 1);
    const char *content = step->content ? step->content : "";
    g_autoptr(GPtrArray) headers = headers_parse(span_of(content), NULL);
    const char *type = headers_get(headers, "Content-Type"), *to = headers_get(headers, "To");
    const char *subject = headers_get(headers, "Subject");
    g_autofree char *count = report_field(content, "Incidents");
    line->file = maildir_find(dirs, step->file, NULL);
    line->gone = !line->file;
    if (line->gone)
        line->file = g_strdup(step->file);
    line->what = g_strdup(!type || !g_str_has_prefix(type, "multipart/") ? "letter"
                          : g_str_has_prefix(type, "multipart/mixed")    ? "XARF report"
                                                                         : "report");
    line->to = to && *to ? header_decode(to) : NULL;
    line->subject = header_decode(subject ? subject : "");
    line_read_about(line, step);
    bool report = strcmp(line->what, "letter") != 0;
    line->count = count ? (guint)g_ascii_strtoull(count, NULL, 10) : report;
    return line;
}

GPtrArray *job_drafts(const Config *config, guint job, GError **error)
{
    g_autoptr(Journal) journal = journal_read(config->state_dir, job, true, error);
    if (!journal)
        return NULL;
    g_autoptr(Maildirs) dirs = maildirs_new("/", "/"); /* looked at only */
    GPtrArray *lines = lines_new();
    mime_init(); /* for encoded words */
    for (guint i = 0; i < journal->steps->len; i++) {
        const Step *step = journal->steps->pdata[i];
        if (step->kind == STEP_ADD && journal_step_done(journal, i))
            g_ptr_array_add(lines, line_of(dirs, step));
    }
    return lines;
}

/* --- over the wire ---------------------------------------------------------------------------- */

static gpointer create_line(void)
{
    return g_new0(DraftLine, 1);
}

static const Field line_fields[] = {
    FIELD(DraftLine, file, FIELD_NAME),    FIELD(DraftLine, gone, FIELD_BOOL),
    FIELD(DraftLine, what, FIELD_TEXT),    FIELD(DraftLine, to, FIELD_TEXT),
    FIELD(DraftLine, subject, FIELD_TEXT), FIELD(DraftLine, about, FIELD_TEXT),
    FIELD(DraftLine, bounces, FIELD_BOOL), FIELD_RANGE(DraftLine, count, 0, G_MAXINT),
};
static const Shape line_shape = SHAPE(DraftLine, line_fields, create_line);

typedef struct DraftLines {
    GPtrArray *lines;
} DraftLines;

static const Field lines_fields[] = {
    FIELD_OF(DraftLines, lines, FIELD_LIST, G_MAXINT, line_shape),
};
static const Shape lines_shape = SHAPE(DraftLines, lines_fields, NULL);

void draft_lines_pack(GByteArray *to, const GPtrArray *lines)
{
    const DraftLines all = {(GPtrArray *)(gsize)lines};
    fields_pack(to, &lines_shape, &all);
}

GPtrArray *draft_lines_unpack(Unpack *from)
{
    DraftLines all = {lines_new()};
    fields_unpack(from, &lines_shape, &all);
    for (guint i = 0; i < all.lines->len; i++) {
        const DraftLine *line = all.lines->pdata[i];
        from->broken = from->broken || !line->file || !line->what || !line->subject;
    }
    if (!from->broken)
        return all.lines;
    g_ptr_array_unref(all.lines);
    return NULL;
}
