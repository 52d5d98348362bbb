/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See signer.h. */
#include "analysis/signer.h"

#include <stdbool.h>
#include <string.h>

#include "base/domain.h"
#include "dkim/dkim_tags.h"
#include "message/message.h"

/* Letters, digits, dots, hyphens and underscores, as names in the DNS have them here. */
static bool is_name(const char *text)
{
    for (const char *p = text; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr(".-_", *p))
            return false;
    return *text && *text != '.' && strlen(text) < 200;
}

static char *signer_of(const char *value)
{
    DkimTags tags;
    if (!dkim_tags_read(span_of(value), &tags))
        return NULL;
    g_autofree char *selector = dkim_tag_packed(dkim_tag(&tags, "s", NULL));
    g_autofree char *domain = dkim_tag_packed(dkim_tag(&tags, "d", NULL));
    if (!is_name(selector) || !is_name(domain) || !domain_is_public_name(domain))
        return NULL;
    g_autofree char *name = g_strconcat(selector, ":", domain, NULL);
    return g_ascii_strdown(name, -1);
}

GPtrArray *signers_of(const GPtrArray *headers)
{
    g_autoptr(GPtrArray) values = headers_all(headers, "DKIM-Signature");
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < values->len && names->len < SIGNERS_MOST; i++) {
        char *name = signer_of(values->pdata[i]);
        if (name)
            g_ptr_array_add(names, name);
    }
    return names;
}

char *signer_place(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, ":", 2);
    return parts[0] && parts[1] ? g_strconcat(parts[0], "._domainkey.", parts[1], NULL)
                                : g_strdup(name);
}
