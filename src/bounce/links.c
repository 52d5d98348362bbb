/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the text of a bounce leads: see links.h. */
#include "bounce/links.h"

#include <string.h>

#define LINKS_MAX 50

/* Most links that are looked at, and most diagnostics that are searched for each. */
#define LOOKS_MAX       2000
#define DIAGNOSTICS_MAX 20
/* Longest host of a link, longest target in HTML; how much of a link is compared. */
#define HOST_MAX   300
#define TARGET_MAX 400
#define LINK_SHOWN 60

static bool listed(const GPtrArray *list, const char *text)
{
    for (guint i = 0; i < list->len; i++)
        if (strcmp(list->pdata[i], text) == 0)
            return true;
    return false;
}

/* How words begin by which somebody is asked to do something with a link. */
static const char *const asking[] = {
    "release",          "verify",        "log in",      "login",        "log on",
    "sign in",          "signin",        "confirm",     "upgrade",      "retrieve",
    "recover",          "restore",       "reactivate",  "revalidate",   "validate",
    "unlock",           "update your",   "send again",  "resend",       "re-send",
    "keep my",          "same password", "review your", "review these", "held messages",
    "pending messages", "increase your"};

/* Text beside a link, on each side, in which such words count. */
#define BESIDE 300

static bool asks(Span text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(asking); i++) {
        gssize at = span_ifind(text, asking[i]);
        if (at >= 0 && (at == 0 || !g_ascii_isalpha(text.p[at - 1])))
            return true;
    }
    return false;
}

/* What stands around @place of @text, without the link itself, which may be made of such words. */
static bool is_lure(Span text, const char *place)
{
    gsize at = (gsize)(place - text.p), end = at;
    gsize begin = at > BESIDE ? at - BESIDE : 0;
    while (end < text.n && end - at < TARGET_MAX && !g_ascii_isspace(text.p[end]) &&
           !strchr("\"'<>", text.p[end]))
        end++;
    return asks(span_sub(text, begin, at - begin)) || asks(span_sub(text, end, BESIDE));
}

/* The host of the link at @p (behind "://"), lower case; NULL if there is none. */
static char *link_host(Span p)
{
    gsize end = 0;
    while (end < p.n && end < HOST_MAX && !g_ascii_isspace(p.p[end]) &&
           !strchr("/?#\"'<>()", p.p[end]))
        end++;
    Span host = span_sub(p, 0, end);
    for (gsize i = 0; i < host.n; i++)
        if (host.p[i] == '@') /* user@host: only the host counts */
            return link_host(span_sub(p, i + 1, p.n));
    gsize n = 0;
    while (n < host.n &&
           (g_ascii_isalnum(host.p[n]) || strchr(".-_[]", host.p[n]) || (guchar)host.p[n] >= 0x80))
        n++;
    while (n && host.p[n - 1] == '.')
        n--;
    if (n == 0)
        return NULL;
    g_autofree char *text = span_dup_utf8(span_sub(host, 0, n));
    return g_utf8_strdown(text, -1);
}

static bool in_diagnostic(const Bounce *out, Span link)
{
    g_autofree char *text = span_dup(span_sub(link, 0, LINK_SHOWN));
    for (char *p = text; *p; p++)
        if (g_ascii_isspace(*p) || strchr("\"'<>()", *p))
            *p = '\0';
    for (guint i = 0; i < out->recipients->len && i < DIAGNOSTICS_MAX; i++) {
        const Recipient *one = out->recipients->pdata[i];
        if (one->diagnostic && strstr(one->diagnostic, text))
            return true;
    }
    return false;
}

/* Adds the links in @text; @whole is what stands around it. */
static void links_in(Bounce *out, Span text, Span whole, guint *looks)
{
    GPtrArray *links = out->links;
    while (text.n && links->len < LINKS_MAX && *looks < LOOKS_MAX) {
        ++*looks;
        gssize at = span_find(text, "://");
        if (at < 0)
            return;
        Span behind = span_sub(text, (gsize)at + 3, text.n);
        Span scheme = span_sub(text, at >= 5 ? (gsize)at - 5 : 0, at >= 5 ? 5 : (gsize)at);
        g_autofree char *host = link_host(behind);
        if (host && (span_iends(scheme, "http") || span_iends(scheme, "https")) &&
            !in_diagnostic(out, behind)) {
            if (!listed(out->lures, host) && is_lure(whole, behind.p))
                g_ptr_array_add(out->lures, g_strdup(host));
            if (!listed(links, host))
                g_ptr_array_add(links, g_steal_pointer(&host));
        }
        gsize end = 0; /* what a link holds of another one is where it redirects to */
        while (end < behind.n && !g_ascii_isspace(behind.p[end]) && !strchr("\"'<>", behind.p[end]))
            end++;
        text = span_sub(behind, end, behind.n);
    }
}

/* Targets of links in HTML, which its text does not show. */
static void links_in_html(const BounceSource *source, Bounce *out, guint *looks)
{
    for (guint i = 0; i < source->message->parts->len; i++) {
        const Part *part = message_part(source->message, i);
        if (source->structure.role[i] != ROLE_TEXT || !part->text ||
            strcmp(part->type, "text/html") != 0)
            continue;
        Span whole = span_sub(span_of(part->text), 0, TEXT_BYTES_MAX), text = whole;
        while (out->links->len < LINKS_MAX && *looks < LOOKS_MAX) {
            gssize at = span_ifind(text, "href=");
            if (at < 0)
                break;
            text = span_sub(text, (gsize)at + 5, text.n);
            gsize n = 0;
            while (n < text.n && n < TARGET_MAX && text.p[n] != '>')
                n++;
            links_in(out, span_sub(text, 0, n), whole, looks);
        }
    }
}

static const char *const bait_endings[] = {
    ".exe", ".scr", ".pif",  ".com",   ".bat", ".cmd",  ".vbs",  ".js",  ".jse", ".wsf", ".lnk",
    ".hta", ".jar", ".msi",  ".iso",   ".img", ".zip",  ".rar",  ".7z",  ".gz",  ".ace", ".arj",
    ".cab", ".htm", ".html", ".shtml", ".svg", ".docm", ".xlsm", ".cpl", ".ps1", ".vhd", NULL};

static void baits_read(const BounceSource *source, Bounce *out)
{
    for (guint i = 0; i < source->message->parts->len && out->baits->len < LINKS_MAX; i++) {
        const Part *part = message_part(source->message, i);
        if (!structure_own(&source->structure, (int)i) || !part->name ||
            source->structure.role[i] == ROLE_MESSAGE || source->structure.role[i] == ROLE_STATUS)
            continue;
        if (source->structure.role[i] == ROLE_TEXT && !part->attachment)
            continue;
        Span name = span_trim(span_of(part->name));
        for (const char *const *ending = bait_endings; *ending; ending++) {
            if (span_iends(name, *ending)) {
                g_ptr_array_add(out->baits, span_dup_utf8(name));
                break;
            }
        }
    }
}

void links_read(const BounceSource *source, const BounceText *text, Bounce *out)
{
    guint looks = 0;
    for (guint i = 0; i < text->lines->len; i++) {
        const Line *line = bounce_text_line(text, i);
        if (!line->used)
            links_in(out, line->text, text->human, &looks);
    }
    links_in_html(source, out, &looks);
    baits_read(source, out);
}
