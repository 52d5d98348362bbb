/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules have in common. See rules.h. */
#include "verdict/rules.h"

#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "house/bounce_sender.h"
#include "house/hostname.h"
#include "house/house.h"
#include "trace/peer.h"

Answer answer_no(const char *why)
{
    return (Answer){false, STRENGTH_WEAK, g_strdup(why)};
}

Answer answer_yes(Strength strength, char *text)
{
    return (Answer){true, strength, text};
}

char *case_ip(const Case *c)
{
    char *ip = ip_format(&c->trace->injection.ip);

    return ip ? ip : g_strdup("unknown");
}

/* The envelope sender is there and is not empty. */
static bool has_return_path(const Case *c)
{
    const char *path = headers_get(c->bounce->headers, "Return-Path");

    return path && strchr(path, '@');
}

/* A shared provider's host vouches for the provider, and not for its customers: any of them can
 * send something that looks like a bounce, but not without a return path or under a name of the
 * system. */
static Standing standing_of(const Case *c)
{
    const Trace *trace = c->trace;

    if (trace->reporter != REPORTER_VOUCHED || !trace->handing_rdns ||
        !house_is_shared(trace->handing_rdns))
        return trace->reporter;
    if (has_return_path(c) && !bounce_sender_is_system(c->bounce->from))
        return REPORTER_UNKNOWN;
    if (c->bounce->from_domain && house_has_mailboxes(c->bounce->from_domain) &&
        !bounce_sender_is_system(c->bounce->from))
        return REPORTER_UNKNOWN;
    return trace->reporter;
}

static bool is_own_written(const Case *c)
{
    const Trace *trace = c->trace;

    if (trace->reporter != REPORTER_VOUCHED || trace->handing_ip.family)
        return false;
    for (guint i = 0; i < trace->outer->len; i++) {
        const Hop *hop = trace->outer->pdata[i];
        HopMark mark = trace->outer_notes[i].mark;

        if (mark == MARK_UNVERIFIED || mark == MARK_FORGED)
            break;
        if (mark == MARK_OWN || peer_written_by_own(hop, c->identity))
            return true;
    }
    return false;
}

void case_prepare(Case *c)
{
    const Trace *trace = c->trace;
    const char *handing = trace->handing_rdns;

    c->hop = trace->injection.hop >= 0 && trace->injection.hop < (int)trace->returned->len
                 ? trace->returned->pdata[trace->injection.hop]
                 : NULL;
    c->complete = identity_complete_for(c->identity, trace->injection.ip.family);
    c->own_wrote = is_own_written(c);
    c->bare_handing =
        trace->handing_ip.family && (!handing || hostname_is_home(handing, &trace->handing_ip));
    c->standing = standing_of(c);
}
