/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See telling.h. */
#include "verdict/telling.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, CLOCKS_DIFFER = 300 };

const char *telling_mark(HopMark mark, Origin origin)
{
    static const char *const words[] = {
        [MARK_NONE] = "",
        [MARK_OWN] = "own",
        [MARK_BELIEVED] = "believed",
        [MARK_INJECTION] = "",
        [MARK_UNVERIFIED] = "unverified",
        [MARK_FORGED] = "FORGED",
    };
    return mark == MARK_INJECTION ? origin_word(origin) : words[mark];
}

const char *telling_outer_mark(HopMark mark)
{
    return mark == MARK_INJECTION ? "handed over" : telling_mark(mark, ORIGIN_UNKNOWN);
}

const char *telling_reporter_label(BounceKind kind, VerdictValue verdict)
{
    bool reports =
        bounce_kind_is_bounce(kind) || kind == KIND_VIRUS_NOTICE || kind == KIND_ABUSE_REPORT;
    return verdict == VERDICT_FAKE ? "from" : reports ? "reporter" : "server";
}

/* What does not come back, by kind: a reply is none of a server's. */
const char *telling_nothing(const Bounce *bounce)
{
    static const char *const texts[KIND_COUNT] = {
        [KIND_AUTO_REPLY] = "nothing of the message that it answers came back: it does not show "
                            "who sent that",
        [KIND_CHALLENGE] = "nothing of the message that it asks about came back: it does not show "
                           "who sent that",
        [KIND_READ_RECEIPT] = "nothing of the message that was read came back: it does not show "
                              "who sent that",
        [KIND_VIRUS_NOTICE] = "nothing of the message that it warns of came back: it does not show "
                              "who sent that",
        [KIND_ABUSE_REPORT] = "nothing of the message that it complains of came back: it does not "
                              "show who sent that",
    };
    if (bounce->returned.where != RETURNED_NONE)
        return "no Received line came back: it does not show who sent it";
    return texts[bounce->kind]
               ? texts[bounce->kind]
               : "nothing of the returned message came back: it does not show who sent it";
}

char *telling_unsettled(const Verdict *verdict)
{
    return verdict->unsettled && !verdict->by_reviewer
               ? g_strdup_printf("Nothing that you know settles it: %s.", verdict->unsettled)
               : NULL;
}

/* "4 s", "1 h 15 min", "2 days". */
static char *span_text(gint64 seconds)
{
    guint s = (guint)MIN(seconds, G_MAXUINT / 2);
    if (s < 2 * MINUTE)
        return g_strdup_printf("%u s", s);
    if (s < 2 * HOUR)
        return g_strdup_printf("%u min", s / MINUTE);
    if (s < 2 * DAY)
        return g_strdup_printf("%u h %u min", s / HOUR, s / MINUTE % 60);
    return g_strdup_printf("%u days", s / DAY);
}

char *telling_gap(const Hop *newer, const Hop *older)
{
    if (!older || newer->date.utc == TIME_NONE || older->date.utc == TIME_NONE)
        return NULL;
    gint64 gap = newer->date.utc - older->date.utc;
    g_autofree char *span = span_text(ABS(gap));
    return g_strdup_printf("%s %s the line below it%s", span, gap < 0 ? "before" : "after",
                           gap < -CLOCKS_DIFFER ? ": before it can have been handed over" : "");
}

const char *telling_outer(BounceKind kind)
{
    return kind == KIND_NONE             ? "How it came (newest step first)"
           : bounce_kind_is_bounce(kind) ? "How the bounce itself came to you (newest step first)"
                                         : "How the notice itself came to you (newest step first)";
}

char *telling_until(const char *until)
{
    return g_strdup_printf("will be tried until %s", until);
}

const char *telling_recipient(const Recipient *recipient)
{
    return recipient->final      ? recipient->final
           : recipient->original ? recipient->original
                                 : "(nobody named)";
}

const char *telling_recipient_label(BounceKind kind)
{
    static const char *const labels[KIND_COUNT] = {
        [KIND_FAILURE] = "failed",       [KIND_DELAY] = "delayed",
        [KIND_SUCCESS] = "delivered",    [KIND_AUTO_REPLY] = "from",
        [KIND_CHALLENGE] = "from",       [KIND_VIRUS_NOTICE] = "sent to",
        [KIND_READ_RECEIPT] = "read by", [KIND_ABUSE_REPORT] = "about"};
    return labels[kind] ? labels[kind] : "about";
}

char *telling_from(const Hop *hop)
{
    g_autofree char *ip = ip_format(&hop->from_ip);
    if (ip && hop->from_rdns)
        return g_strdup_printf("%s [%s]", hop->from_rdns, ip);
    if (ip)
        return g_strdup_printf("[%s]", ip);
    if (hop->from_rdns || hop->from_helo)
        return g_strdup(hop->from_rdns ? hop->from_rdns : hop->from_helo);
    return g_strdup(hop->local ? "(the same machine)" : "(nobody named)");
}
