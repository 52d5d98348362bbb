/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts and scripts. See account.h. */
#include "verdict/account.h"

#include <string.h>

#include "base/domain.h"
#include "house/house.h"
#include "received/received_user.h"
#include "trace/peer.h"

/* --- accounts --------------------------------------------------------------------------------- */

/* What names an account within the value of a header, in lower case; NULL for nothing. The caller
 * frees it. */
typedef char *(*AccountReader)(const char *value);

static char *read_tenant(const char *value)
{
    return *value && !strpbrk(value, " \t\"<>();") ? g_ascii_strdown(value, -1) : NULL;
}

/* "1.REGION.CODE:AmazonSES", with empty fields between: the code is that of the account in that
 * region, as mail of 2016 to 2023 shows. */
static char *read_ses(const char *value)
{
    g_auto(GStrv) parts = g_strsplit(value, ".", 4);
    if (g_strv_length(parts) != 3 || strcmp(parts[0], "1") != 0 ||
        !g_str_has_suffix(parts[2], ":AmazonSES") || strpbrk(value, " \t,;\""))
        return NULL;
    g_autofree char *code = g_strndup(parts[2], strcspn(parts[2], ":"));
    g_autofree char *name = g_strdup_printf("amazonses:%s:%s", parts[1], code);
    return *code ? g_ascii_strdown(name, -1) : NULL;
}

static bool is_hexadecimal(const char *text, gsize least)
{
    gsize n = strspn(text, "0123456789abcdef");
    return n >= least && n <= 40 && !text[n];
}

/* Base64 of ["...", "RECIPIENT", "ACCOUNT"]; the last one stands in the return path, too. */
static char *read_mailgun(const char *value)
{
    gsize n = strlen(value);
    if (n > 1000 || n % 4 || strspn(value, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/=") != n)
        return NULL;
    gsize length;
    g_autofree guchar *bytes = g_base64_decode(value, &length);
    g_autofree char *text = g_strndup((const char *)bytes, length);
    char *end = strrchr(text, '"');
    if (!end || strcmp(end, "\"]") != 0)
        return NULL;
    *end = '\0';
    const char *start = strrchr(text, '"');
    return start && is_hexadecimal(start + 1, 4) ? g_strconcat("mailgun:", start + 1, NULL) : NULL;
}

static char *read_mailchimp(const char *value)
{
    return is_hexadecimal(value, 16) ? g_strconcat("mailchimp:", value, NULL) : NULL;
}

/* Where a house names who sent. Exchange Online's headers are its own on all outgoing mail, and it
 * takes off what a client wrote there (Microsoft, "Anti-spam message headers"). Those of mail
 * services are as seen in their mail; the codes of others (X-SG-EID, X-SG-ID, X-PM-Message-Id) are
 * of one message and name no account. */
static const struct {
    const char *house; /* a host of it */
    const char *header;
    AccountReader read;
} named_by[] = {
    {"outlook.com", "X-OriginatorOrg", read_tenant},
    {"outlook.com", "X-MS-Exchange-CrossTenant-Id", read_tenant},
    {"amazonses.com", "Feedback-ID", read_ses},
    {"mailgun.org", "X-Mailgun-Sid", read_mailgun},
    {"mcsv.net", "X-MC-User", read_mailchimp},
};

/* What @read finds in the headers called @name, which the house wrote on top of what it sent: right
 * below the line that took it from there. Where two of them differ one is its customer's. */
static char *named_in(const Case *c, const char *name, AccountReader read)
{
    const GPtrArray *headers = c->bounce->returned.headers;
    g_autofree char *found = NULL;
    for (guint i = 0; i < headers->len; i++) {
        const Header *header = headers->pdata[i];
        if (!header_is(header, name) ||
            (read != read_tenant && (int)header->above > c->trace->injection.hop + 1))
            continue;
        g_autofree char *one = read(header->value);
        if (read == read_tenant)
            return g_steal_pointer(&one);
        if (found && one && strcmp(found, one) != 0)
            return NULL;
        if (!found)
            found = g_steal_pointer(&one);
    }
    return g_steal_pointer(&found);
}

static char *named_at(const Case *c, const char *sender)
{
    for (gsize i = 0; sender && i < G_N_ELEMENTS(named_by); i++) {
        if (!house_same(sender, named_by[i].house))
            continue;
        char *name = named_in(c, named_by[i].header, named_by[i].read);
        if (name)
            return name;
    }
    return NULL;
}

char *account_named(const Case *c)
{
    return named_at(c, case_sender_name(c));
}

static bool is_ours(const Case *c, const char *name)
{
    return case_has_account(c, name) || identity_owns_host(c->identity, name);
}

/* A tenant goes by the name that it was given first, by a domain, and by a number; an account of a
 * mail service by a code. */
typedef enum Form { FORM_FIRST, FORM_DOMAIN, FORM_NUMBER, FORM_CODE } Form;

static Form form_of(const char *name)
{
    return strchr(name, ':')                          ? FORM_CODE
           : !strchr(name, '.')                       ? FORM_NUMBER
           : domain_is_under(name, "onmicrosoft.com") ? FORM_FIRST
                                                      : FORM_DOMAIN;
}

/* Both are codes of one house and region, or neither is a code. */
static bool is_same_realm(const char *a, const char *b)
{
    const char *end = strrchr(a, ':');
    gsize n = end ? (gsize)(end - a) + 1 : 0;
    return g_ascii_strncasecmp(a, b, n) == 0 && !strchr(b + n, ':');
}

/* To tell that one is not ours, one of ours of the same form must be known. */
static bool is_comparable(const Case *c, const char *name)
{
    case_note_promise(c, PROMISE_ACCOUNTS);
    for (guint i = 0; i < c->identity->accounts->len; i++) {
        const char *ours = c->identity->accounts->pdata[i];
        if (form_of(ours) == form_of(name) && is_same_realm(name, ours))
            return true;
    }
    return false;
}

bool account_names_another(const Case *c)
{
    g_autofree char *name = named_at(c, c->hop ? peer_name(c->hop) : NULL);
    /* nobody knows his code at a mail service until he was asked */
    return name && !is_ours(c, name) && (form_of(name) != FORM_CODE || is_comparable(c, name));
}

bool account_is_open(const Case *c)
{
    g_autofree char *name = account_named(c);
    return name && !is_ours(c, name) && !is_comparable(c, name) &&
           !identity_is_not_own(c->identity, name, NULL);
}

Answer account_other(const Case *c)
{
    g_autofree char *name = account_named(c);
    if (!name)
        return answer_no("no house names the account by which it was sent");
    if (is_ours(c, name))
        return answer_no("the account by which it was sent is yours");
    if (account_is_open(c))
        return answer_no("it is not known whether the account by which it was sent is yours");
    return answer_yes(c, STRENGTH_STRONG,
                      "%s sent it for the account %s, which is not "
                      "yours",
                      case_sender_name(c), name);
}

/* --- scripts ---------------------------------------------------------------------------------- */

/* The host of the script that a header of PHP or of the hoster names; NULL for none. The caller
 * frees it. */
static char *script_host(const Case *c)
{
    static const char *const names[] = {"X-PHP-Script", "X-Source-Dir"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = headers_get(c->bounce->returned.headers, names[i]);
        gsize n = value ? strcspn(value, "/: ") : 0;
        g_autofree char *host = n ? g_strndup(value, n) : NULL;
        if (host && domain_is_public_name(host))
            return g_steal_pointer(&host);
    }
    return NULL;
}

/* The believed local step that a web page's program made, or NULL. */
static const Hop *script_step(const Case *c)
{
    for (guint i = 0; i < c->trace->returned->len; i++) {
        const Hop *hop = c->trace->returned->pdata[i];
        if (c->trace->returned_notes[i].mark != MARK_BELIEVED)
            return NULL;
        if (hop->local && !hop->from_ip.family && received_user_kind(hop) == USER_WEB)
            return hop;
    }
    return NULL;
}

Answer account_script(const Case *c)
{
    g_autofree char *host = script_host(c);
    const Hop *step = script_step(c);
    if (!host && !step)
        return answer_no("no script is named");
    if (host ? identity_owns_host(c->identity, host) : peer_written_by_own(step, c->identity))
        return answer_no("the script that sent it is on a host of yours");
    if (host)
        return answer_yes(c, c->complete ? STRENGTH_STRONG : STRENGTH_WEAK,
                          "a script of the web page %s sent it, which is not yours", host);
    case_note_promise(c, PROMISE_COMPLETE);
    return answer_yes(c, identity_complete_for(c->identity, 4) ? STRENGTH_STRONG : STRENGTH_WEAK,
                      "a program of a web page on %s handed it in, which is not "
                      "yours",
                      peer_writer(step));
}
