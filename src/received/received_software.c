/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognising the software behind a Received line: by its comments, its "with", its host, and last
 * by the shape of its ids. */
#include "received/received_software.h"

#include <string.h>

/* A comment behind "by" that starts so. */
static const struct {
    const char *start;
    Style style;
} comments[] = {
    {"Postfix", {SOFTWARE_POSTFIX, HABIT_SAID, TRAIT_CAREFUL, false}},
    {"Exim", {SOFTWARE_EXIM, HABIT_LOOKED_UP, TRAIT_VERIFIES | TRAIT_ALWAYS | TRAIT_SEEN, false}},
    {"V8/cf", {SOFTWARE_SENDMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {"sendmail", {SOFTWARE_SENDMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {"Switch-", {SOFTWARE_SENDMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {"From Sendmail", {SOFTWARE_SENDMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {"qmail", {SOFTWARE_QMAIL, HABIT_LOOKED_UP, 0, false}},
    {"qp ", {SOFTWARE_QMAIL, HABIT_LOOKED_UP, 0, false}},
    {"qpsmtpd", {SOFTWARE_QMAIL, HABIT_LOOKED_UP, 0, false}},
    {"Microsoft Exchange", {SOFTWARE_EXCHANGE, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
    {"OpenSMTPD", {SOFTWARE_OPENSMTPD, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
    {"Lotus ", {SOFTWARE_DOMINO, HABIT_SAID, TRAIT_PLAIN, false}},
    {"IBM Domino", {SOFTWARE_DOMINO, HABIT_SAID, TRAIT_PLAIN, false}},
    {"HCL Domino", {SOFTWARE_DOMINO, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Domino", {SOFTWARE_DOMINO, HABIT_SAID, TRAIT_PLAIN, false}},
    {"InterMail", {SOFTWARE_INTERMAIL, HABIT_SAID, TRAIT_PLAIN, false}},
    {"CommuniGate", {SOFTWARE_OTHER, HABIT_LOOKED_UP, TRAIT_SEEN, false}},
    {"Oath Hermes", {SOFTWARE_OTHER, HABIT_LOOKED_UP, 0, false}},
    {"PowerMTA", {SOFTWARE_OTHER, HABIT_SAID, 0, false}},
    {"Nemesis", {SOFTWARE_OTHER, HABIT_SHAPE, 0, false}},
    {"ecelerity", {SOFTWARE_OTHER, HABIT_SHAPE, 0, false}},
    {"PMDF", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_CHANNELS, false}},
    {"Sun ", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_CHANNELS, false}},
    {"iPlanet", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_CHANNELS, false}},
    {"Oracle Communications", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_CHANNELS, false}},
    {"Netscape Messaging", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"amavisd-new", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
    {"MDaemon", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"SMTPD32", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Merak", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Haraka", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
    {"Mirapoint", {SOFTWARE_OTHER, HABIT_SHAPE, 0, false}},
    {"fetchmail", {SOFTWARE_OTHER, HABIT_SAID, 0, false}},
    {"mxl_mta", {SOFTWARE_OTHER, HABIT_LOOKED_UP, TRAIT_SEEN, false}},
    {"Kerio", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Symantec", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"PPS", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Coremail", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"IceWarp", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Cyrus", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"LSMTP", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
};

/* A "with" that starts so. */
static const struct {
    const char *start;
    Style style;
} protocols[] = {
    {"Microsoft SMTP", {SOFTWARE_EXCHANGE, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
    {"mapi", {SOFTWARE_EXCHANGE, HABIT_SAID, TRAIT_PLAIN, false}},
    {"ShadowRedundancy", {SOFTWARE_EXCHANGE, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Internet Mail Service", {SOFTWARE_EXCHANGE, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false}},
    {"InterScan", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"MailMarshal", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Trustwave", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_PLAIN, false}},
    {"Novell_GroupWise", {SOFTWARE_OTHER, HABIT_SAID, TRAIT_WORDS, false}},
    {"[XMail", {SOFTWARE_OTHER, HABIT_SAID, 0, false}},
    {"qmail-scanner", {SOFTWARE_OTHER, HABIT_SAID, 0, false}},
    {"NNFMP", {SOFTWARE_OTHER, HABIT_SHAPE, 0, false}},
};

/* A receiving host under one of these domains. */
static const struct {
    const char *suffix;
    Style style;
} hosts[] = {
    {".google.com", {SOFTWARE_GMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {".gmail.com", {SOFTWARE_GMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {".googlemail.com", {SOFTWARE_GMAIL, HABIT_SAID, TRAIT_CAREFUL, false}},
    {".postini.com", {SOFTWARE_OTHER, HABIT_CONSTANT, TRAIT_PLAIN, false}},
    {".outlook.com", {SOFTWARE_EXCHANGE, HABIT_SAID, TRAIT_PLAIN, false}},
};

/* Told by its ids only, it may be one that was built to look nothing up. */
static const Style exim = {SOFTWARE_EXIM, HABIT_LOOKED_UP, TRAIT_VERIFIES | TRAIT_SEEN, false};
static const Style sendmail = {SOFTWARE_SENDMAIL, HABIT_SAID, TRAIT_CAREFUL, false};
static const Style gmail = {SOFTWARE_GMAIL, HABIT_SAID, TRAIT_CAREFUL, true};
static const Style courier = {SOFTWARE_COURIER, HABIT_SAID, TRAIT_PLAIN | TRAIT_SAID, false};
static const Style intermail = {SOFTWARE_INTERMAIL, HABIT_SAID, TRAIT_PLAIN, false};
static const Style domino = {SOFTWARE_DOMINO, HABIT_SAID, TRAIT_PLAIN, false};
static const Style critical_path = {SOFTWARE_OTHER, HABIT_LOOKED_UP, 0, false};
static const Style smap = {SOFTWARE_OTHER, HABIT_NAMELESS, 0, false};
static const Style nobody = {SOFTWARE_UNKNOWN, HABIT_SHAPE, 0, false};

static gsize run_of(Span s, gsize at, bool (*is)(char))
{
    gsize end = at;
    while (end < s.n && is(s.p[end]))
        end++;
    return end - at;
}

static bool is_digit(char c)
{
    return g_ascii_isdigit(c);
}

static bool is_hex(char c)
{
    return g_ascii_isxdigit(c);
}

static bool is_alnum(char c)
{
    return g_ascii_isalnum(c);
}

static bool is_lower_id(char c)
{
    return g_ascii_islower(c) || g_ascii_isdigit(c) || c == '-';
}

/* Three groups of base-62 digits: 6-6-2, since Exim 4.97 6-11-4. */
bool software_id_is_exim(Span id)
{
    if (id.n != 16 && id.n != 23)
        return false;
    gsize middle;
    middle = id.n == 16 ? 6 : 11;
    return run_of(id, 0, is_alnum) == 6 && id.p[6] == '-' && run_of(id, 7, is_alnum) == middle &&
           id.p[7 + middle] == '-' && run_of(id, 8 + middle, is_alnum) == id.n - 8 - middle;
}

/* The queue id of sendmail 8.10 and newer: eight characters of time and counter, and the process
 * id, five or six digits. */
bool software_id_is_sendmail(Span id)
{
    if (id.n < 12 || id.n > 16 || !g_ascii_isalnum(id.p[0]))
        return false;
    return run_of(id, 0, is_alnum) == id.n && run_of(id, 8, is_digit) == id.n - 8;
}

/* Gmail: lower-case, with two or three letters before what follows the first dot; the whole ends in
 * a counter, milliseconds or a date, or is of the form "y30csp895790nnd". */
bool software_id_is_gmail(Span id)
{
    gsize head = run_of(id, 0, is_lower_id), at = head;
    if (head < 9 || !g_ascii_isalpha(id.p[head - 1]) || !g_ascii_isalpha(id.p[head - 2]))
        return false;
    while (at < id.n) {
        gsize digits = id.p[at] == '.' ? run_of(id, at + 1, is_digit) : 0;
        if (digits == 0)
            return false;
        at += 1 + digits;
    }
    return true;
}

static bool is_dotted_hex(Span id, gsize width)
{
    return id.n == 3 * width + 2 && run_of(id, 0, is_hex) == width && id.p[width] == '.' &&
           run_of(id, width + 1, is_hex) == width && id.p[2 * width + 1] == '.' &&
           run_of(id, 2 * width + 2, is_hex) == width;
}

bool software_id_is_courier(Span id)
{
    return is_dotted_hex(id, 8) ||
           (id.n == 16 + 16 + 8 + 2 && run_of(id, 0, is_hex) == 16 && id.p[16] == '.' &&
            run_of(id, 17, is_hex) == 16 && id.p[33] == '.' && run_of(id, 34, is_hex) == 8);
}

bool software_id_is_intermail(Span id)
{
    if (id.n < 20 || run_of(id, 0, is_digit) != 14 || id.p[14] != '.')
        return false;
    gsize code;
    code = run_of(id, 15, is_alnum);
    return code >= 5 && 15 + code < id.n && id.p[15 + code] == '.' && memchr(id.p, '@', id.n);
}

bool software_id_is_domino(Span id)
{
    return id.n >= 18 && id.n <= 26 && run_of(id, 0, is_digit) == 16 && id.p[16] == '-' &&
           run_of(id, 17, is_digit) == id.n - 17;
}

/* "8.14.4/8.14.4", "8.9.3/8.9.3/Debian", "5.65/1.37": sendmail's version and that of its
 * configuration. */
static bool is_sendmail_version(Span text)
{
    gsize end = 0;
    if (text.n < 4 || !strchr("4589", text.p[0]) || text.p[1] != '.' || !is_digit(text.p[2]))
        return false;
    while (end < text.n && text.p[end] != ' ' && text.p[end] != '/')
        end++;
    return end < text.n ? text.p[end] == '/' : text.p[0] == '8';
}

/* "7.0.030.2": Critical Path's. */
static bool is_critical_path_version(Span text)
{
    gsize dots = 0;
    for (gsize i = 0; i < text.n; i++) {
        dots += text.p[i] == '.';
        if (!is_digit(text.p[i]) && text.p[i] != '.')
            return false;
    }
    return dots >= 2 && (text.p[0] == '6' || text.p[0] == '7') && text.p[1] == '.';
}

static bool by_comment(const Clauses *c, gsize open, Style *out)
{
    const LexList *list = c->list;
    Span text = lex_slice(list, lex_inside(list, open));
    for (gsize i = 0; i < G_N_ELEMENTS(comments); i++)
        if (span_istarts(text, comments[i].start)) {
            *out = comments[i].style;
            return true;
        }
    if (is_sendmail_version(text)) {
        *out = sendmail;
        return true;
    }
    if (open < c->part[CLAUSE_BY].end && is_critical_path_version(text)) {
        *out = critical_path;
        return true;
    }
    /* "(NeXT-1.0 (From Sendmail 5.52)/UW-NDC Revision: 2.22 )" */
    if (span_ifind(text, "(From Sendmail") >= 0) {
        *out = sendmail;
        return true;
    }
    return false;
}

/* The first comment behind "by" that names software. */
static bool by_comments(const Clauses *c, Style *out)
{
    gsize start = c->has[CLAUSE_BY] ? c->part[CLAUSE_BY].start : c->part[CLAUSE_FROM].end;
    for (gsize i = start; i < c->date.start && i < c->list->count; i = lex_next(c->list, i))
        if (c->list->items[i].kind == LEX_OPEN && by_comment(c, i, out))
            return true;
    return false;
}

static Span clause_id(const Clauses *c)
{
    const Lex *lex = clauses_first(c->list, c->part[CLAUSE_ID]);
    return lex ? lex_bare(lex) : SPAN("");
}

static bool by_protocol(const Clauses *c, Style *out)
{
    Span with = lex_slice(c->list, c->part[CLAUSE_WITH]);
    for (gsize i = 0; i < G_N_ELEMENTS(protocols); i++)
        if (span_istarts(with, protocols[i].start)) {
            *out = protocols[i].style;
            return true;
        }
    if (span_istarts(lex_slice(c->list, c->part[CLAUSE_VIA]), "csmap")) {
        *out = smap;
        return true;
    }
    return false;
}

static bool by_host(const Clauses *c, Style *out)
{
    const Lex *lex = clauses_first(c->list, c->part[CLAUSE_BY]);
    for (gsize i = 0; lex && i < G_N_ELEMENTS(hosts); i++)
        if (span_iends(lex_bare(lex), hosts[i].suffix)) {
            *out = hosts[i].style;
            return true;
        }
    return false;
}

/* Exim writes its protocols in lower case. */
static bool has_exim_protocol(const Clauses *c)
{
    const Lex *with = clauses_first(c->list, c->part[CLAUSE_WITH]);
    return with && with->kind == LEX_WORD && g_ascii_islower(with->text.p[0]);
}

/* "by 10.86.26.1 with SMTP id ...", "by bwz8 with SMTP id ...", a step inside Gmail; or an id that
 * ends in a moment, which nobody else has: "...2009.01.02.03.04.05", "....798.1778013849613". */
static bool is_gmail_form(const Clauses *c, Span id)
{
    gsize dots = 0, digits = 0;
    for (gsize i = 0; i < id.n; i++) {
        digits = id.p[i] == '.' ? 0 : digits + 1;
        dots += id.p[i] == '.';
    }
    if (c->has[CLAUSE_FROM])
        return dots >= 6 || (dots >= 2 && digits == 13);
    const Lex *by = clauses_first(c->list, c->part[CLAUSE_BY]);
    Ip ip;
    return by && (lex_address(by, &ip) || !memchr(by->text.p, '.', by->text.n));
}

/* The shape of the id, where nothing names the software. */
static bool by_id(const Clauses *c, Style *out)
{
    Span id = clause_id(c);
    if (id.n == 0)
        return false;
    if (software_id_is_exim(id) && has_exim_protocol(c))
        *out = exim;
    else if (software_id_is_intermail(id))
        *out = intermail;
    else if (software_id_is_domino(id))
        *out = domino;
    else if (software_id_is_courier(id))
        *out = courier;
    else if (software_id_is_gmail(id) && is_gmail_form(c, id))
        *out = gmail;
    else
        return false;
    return true;
}

Style software_recognise(const Clauses *clauses)
{
    Style style;
    if (by_comments(clauses, &style) || by_protocol(clauses, &style) || by_host(clauses, &style)) {
        style.named = true;
        return style;
    }
    return by_id(clauses, &style) ? style : nobody;
}
