/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bounce says to people: see bounce_text.h. */
#include "bounce/bounce_text.h"

#include "bounce/report_field.h"
#include "words/phrases.h"

/* Most lines of a signature. */
#define SIGNATURE_MAX 15

static guint phrases_of(Span text)
{
    g_autofree char *folded = text_fold(text);
    return phrases_in(span_of(folded));
}

/* Signatures: a line "-- " and few below it. What they name is nobody that a message was for. */
static void drop_signatures(GArray *lines)
{
    for (guint i = lines->len; i > 1 && lines->len - i < SIGNATURE_MAX; i--) {
        Span line = g_array_index(lines, Line, i - 1).text;
        if (report_line_is_field(line))
            return;
        if (!span_eq(line, "--"))
            continue;
        g_array_set_size(lines, i - 1);
    }
}

void bounce_text_read(BounceText *text, const BounceSource *source, char *whole,
                      const ReturnedPlace *place)
{
    *text = (BounceText){.whole = whole, .human = span_of(whole)};
    if (place->found && place->certain)
        text->human.n = place->at;
    text->lines = text_lines(text->human);
    drop_signatures(text->lines);
    text->announced = place->announced;
    for (guint i = place->first; place->found && i <= place->last && i < text->lines->len; i++)
        bounce_text_line(text, i)->used = true;
    text->in_subject = phrases_of(span_of(source->subject));
    text->folded = text_fold(text->human);
    text->in_text = phrases_in(span_of(text->folded));
}

void bounce_text_clear(BounceText *text)
{
    g_clear_pointer(&text->whole, g_free);
    g_clear_pointer(&text->folded, g_free);
    g_clear_pointer(&text->lines, g_array_unref);
}

Line *bounce_text_line(const BounceText *text, guint i)
{
    return &g_array_index(text->lines, Line, i);
}
