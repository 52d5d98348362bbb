/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was learned, as text. See learned_text.h. */
#include "learn/learned_text.h"

#include "base/safe.h"
#include "learn/signers.h"

enum { SHOWN_MOST = 12 };

static void add_safe(GString *to, const char *text)
{
    g_autofree char *safe = safe_text(span_of(text), SAFE_LINE);
    g_string_append(to, safe);
}

/* "own addresses" and what was found, each with how many messages show it. */
static void add_list(GString *to, const char *title, const GPtrArray *list, const char *none)
{
    g_string_append_printf(to, "%s\n", title);
    if (!list->len)
        g_string_append_printf(to, "    %s\n", none);
    for (guint i = 0; i < list->len && i < SHOWN_MOST; i++) {
        const Found *found = list->pdata[i];
        g_string_append(to, "    ");
        add_safe(to, found->text);
        if (found->count)
            g_string_append_printf(to, "  (%u message%s)", found->count,
                                   found->count == 1 ? "" : "s");
        else
            g_string_append(to, found->by_dns ? "  (SPF record)" : "  (configured)");
        g_string_append_c(to, '\n');
    }
    if (list->len > SHOWN_MOST)
        g_string_append_printf(to, "    and %u more\n", list->len - SHOWN_MOST);
}

static void add_signers(GString *to, const Learned *learned, const Config *config)
{
    bool lacking = false;
    g_string_append(to, "Keys that sign your mail (DKIM)\n");
    for (guint i = 0; i < learned->signers->len && i < SHOWN_MOST; i++) {
        const Found *found = learned->signers->pdata[i];
        bool fresh = signers_have_key(learned->dkim_keys, found->text);
        bool known = signers_have_key(config->identity->dkim_keys, found->text);
        lacking = lacking || (!fresh && !known);
        g_string_append(to, "    ");
        add_safe(to, found->text);
        g_string_append_printf(to, "  (%u message%s%s)\n", found->count,
                               found->count == 1 ? "" : "s",
                               fresh   ? "; its key is in the DNS"
                               : known ? "; its key is configured"
                                       : "");
    }
    if (lacking && !learned->dkim_keys->len)
        g_string_append_printf(
            to, "    \"notme learn --dns\" gets their keys: with them a bounce that returned your "
                "header is proved yours\n");
}

static void add_service(GString *to, const Service *service)
{
    if (service->name) {
        add_safe(to, service->name);
        g_string_append(to, ", ");
    }
    add_safe(to, service->ip);
    g_string_append_printf(to, "  (%u messages%s)", service->messages,
                           service->keyed == service->messages ? ", signed with your key"
                           : service->keyed ? ", some of them signed with your key"
                                            : "");
}

/* What people do not think of: what came in our name by other ways, and what cannot be seen. */
static void add_forgotten(GString *to, const Learned *learned)
{
    const GPtrArray *services = learned->services;
    if (services->len)
        g_string_append_printf(
            to, "Perhaps yours: these sent you mail from an address of yours, of which you keep no "
                "copy; strangers do that, too\n");
    for (guint i = 0; i < services->len && i < SHOWN_MOST; i++) {
        const Service *service = services->pdata[i];
        g_string_append(to, "    ");
        add_service(to, service);
        g_string_append_printf(to, "\n        if you send by it: notme answer is-own:%s yes\n",
                               service->ip);
    }
    if (services->len > SHOWN_MOST)
        g_string_append_printf(to, "    and %u more\n", services->len - SHOWN_MOST);
    g_string_append_printf(
        to,
        "Not to be forgotten: what leaves by other servers, such as your phone's or web mail, a "
        "newsletter or ticket service, forms of your web pages, scanners and backups; say their "
        "servers as \"networks\", or answer \"notme questions\".\n");
}

/* By which servers mail comes in. */
static void add_border(GString *to, const Learned *learned)
{
    if (!learned->border->len) {
        g_string_append_printf(
            to, "Servers that take mail from the world for your mailbox\n    not told apart: too "
                "few senders, or their lines do not agree\n");
        return;
    }
    add_list(to, "Servers that take mail from the world for your mailbox", learned->border, "");
    if (learned->crossings)
        g_string_append_printf(to, "    %u messages of %u senders came in there\n",
                               learned->crossings, learned->senders);
    if (learned->inside->len)
        add_list(to, "Servers behind them", learned->inside, "");
    if (learned->authserv->len)
        add_list(to, "Their name in Authentication-Results", learned->authserv, "");
}

/* What speaks for it and against it. */
static void add_promise(GString *to, const Promises *promises, const char *question,
                        const char *title)
{
    g_autofree char *text = promises_text(promises, question);
    if (!text || !promises->kept)
        return;
    g_string_append_printf(to, "%s\n    ", title);
    add_safe(to, text);
    g_string_append_c(to, '\n');
}

/* ... where there is any. */
static void add_list_if(GString *to, const char *title, const GPtrArray *list)
{
    if (list->len)
        add_list(to, title, list, "");
}

static void add_looked(GString *to, const Learned *learned)
{
    g_string_append_printf(
        to,
        "Looked at %u message%s that you sent, %u that came, and %u bounce%s of mail that you "
        "sent.\n",
        learned->sent, learned->sent == 1 ? "" : "s", learned->received, learned->bounces,
        learned->bounces == 1 ? "" : "s");
    if (!learned->sent && learned->carried)
        g_string_append_printf(to,
                               "Mail from your addresses is there (%u), but servers carried it "
                               "(Received lines): only copies kept when sending count.\n",
                               learned->carried);
    else if (!learned->sent)
        g_string_append(to, "In the index is no mail from your addresses: is it all indexed "
                            "(\"notmuch new\"), and are these all your addresses?\n");
    g_string_append_c(to, '\n');
}

/* Whose the mail is, and by whom it goes. */
static void add_ours(GString *to, const Learned *learned)
{
    add_list(to, "Your addresses", learned->addresses, "none found");
    add_list(to, "Your domains", learned->domains,
             "none (addresses at shared providers give none)");
    add_list(to, "Your mail servers", learned->hosts, "none found under your domains");
    add_list(to, "Addresses and networks from which your mail leaves", learned->networks,
             "none found; say them as \"networks\" in the configuration");
    add_list_if(to,
                "Networks that send for you and for others: not yours, but no proof against you",
                learned->shared);
    add_list(to, "Folders that hold what you sent", learned->sent_folders,
             "none found; say them as \"sent_folders\" in the configuration");
    add_list_if(to, "Your mail comes in through these too; they are not taken for yours",
                learned->others);
    add_list_if(to,
                "These carried your mail on, for recipients it seems; they are not taken for yours",
                learned->carriers);
    add_list_if(
        to,
        "Fewer than two organisations saw these handing over your mail: not taken for yours; "
        "add them to \"networks\" if they are",
        learned->single);
}

char *learned_text(const Learned *learned, const Config *config)
{
    GString *to = g_string_new(NULL);
    add_looked(to, learned);
    add_ours(to, learned);
    add_forgotten(to, learned);
    add_border(to, learned);
    if (learned->signers->len)
        add_signers(to, learned, config);
    add_list_if(to, "Your accounts at shared houses", learned->accounts);
    add_promise(to, learned->promises, "sent-complete", "All that you send is kept?");
    add_promise(to, learned->promises, "signs-all", "All that you send is signed?");
    if (learned->id_pattern) {
        g_string_append(to, "Shape of your Message-IDs\n    ");
        add_safe(to, learned->id_pattern);
        g_string_append_c(to, '\n');
    }
    for (guint i = 0; i < learned->notes->len; i++) {
        g_string_append(to, "The DNS: ");
        add_safe(to, learned->notes->pdata[i]);
        g_string_append_c(to, '\n');
    }
    g_string_append_c(to, '\n');
    return g_string_free(to, FALSE);
}

char *learned_service(const Service *service)
{
    GString *to = g_string_new(NULL);
    add_service(to, service);
    return g_string_free(to, FALSE);
}
