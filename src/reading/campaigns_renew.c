/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See campaigns_renew.h. */
#include "reading/campaigns_renew.h"

#include <string.h>

#include "campaign/campaigns.h"
#include "reading/reader_private.h"

/* What of the whole scope @from has not read: what was put away, and what notmuch's configuration
 * leaves out. The caller frees it. */
static char *rest_query(const Config *config, Store *store)
{
    const GPtrArray *excluded = store_excluded_tags(store);
    GString *query = g_string_new(NULL);
    g_string_append_printf(query, "((tag:\"%s\" or tag:\"%s\") and not (%s))", config->tags.deleted,
                           config->tags.quarantined, config->review.query);
    for (guint i = 0; i < excluded->len; i++)
        g_string_append_printf(query, " or (tag:\"%s\" and (%s))", (char *)excluded->pdata[i],
                               config->review.query);
    return g_string_free(query, FALSE);
}

/* What is counted for ever stays a witness when it is put away. */
static char *scope_query(const Config *config)
{
    return g_strdup_printf("(%s) or tag:\"%s\" or tag:\"%s\"", config->review.query,
                           config->tags.deleted, config->tags.quarantined);
}

/* What was not looked at yet, where something is kept; NULL: nothing. The caller frees it. */
static char *renew_query(const Config *config, bool kept, const CampaignsStamp *now,
                         const CampaignsStamp *then, Store *rest_of)
{
    g_autofree char *scope = scope_query(config);
    if (!kept || now->revision < then->revision)
        return rest_of ? rest_query(config, rest_of) : g_steal_pointer(&scope);
    if (now->revision == then->revision)
        return NULL;
    return g_strdup_printf("(%s) and lastmod:%" G_GUINT64_FORMAT "..", scope, then->revision + 1);
}

static void stamp_now(CampaignsStamp *stamp, Store *store)
{
    const char *uuid = NULL;
    stamp->revision = store_revision(store, &uuid);
    g_free(stamp->database);
    stamp->database = g_strdup(uuid);
    stamp->looked = g_get_real_time() / G_USEC_PER_SEC;
}

bool campaigns_are_kept(Reader *reader)
{
    const char *uuid = NULL;
    Campaigns *kept = reader_campaigns(reader);
    guint64 revision = store_revision(reader_store(reader), &uuid);
    return kept && g_strcmp0(campaigns_stamp(kept)->database, uuid) == 0 &&
           campaigns_stamp(kept)->revision <= revision;
}

void campaigns_renew(const Config *config, const Reader *from, struct Shelf *shelf,
                     bool (*between)(gpointer data), gpointer data, bool *changed)
{
    const ReaderOptions options = {.all_folders = true,
                                   .excluded_too = true,
                                   .counting = true,
                                   .shelf = shelf,
                                   .between = between,
                                   .data = data};
    g_autoptr(Reader) reader = reader_new(config, &options, NULL);
    if (changed)
        *changed = false;
    if (!reader)
        return;
    const Config *whole = reader_config(reader); /* with notmuch's addresses */
    Campaigns *counted = reader_campaigns(reader);
    g_autoptr(Campaigns) kept = campaigns_read(whole->state_dir, whole->identity);
    CampaignsStamp *stamp = campaigns_stamp(counted), then = {0};
    if (kept)
        then = *campaigns_stamp(kept);
    stamp_now(stamp, reader_store(reader));
    bool other = g_strcmp0(stamp->database, then.database) != 0;
    if (kept && other)
        campaigns_forget(counted);
    g_autofree char *query =
        renew_query(whole, kept && !other, stamp, &then, from ? reader_store(reader) : NULL);
    if (from && !(kept && !other))
        reader_add_sightings(from, counted);
    if (from) /* what came since then was not read by it */
        stamp->revision = MIN(stamp->revision, from->revision);
    if (!query || !reader_query(reader, query, NULL) || reader_was_stopped(reader))
        return;
    bool same = kept && campaigns_same(kept, counted);
    campaigns_write(counted, whole->state_dir);
    if (changed)
        *changed = !same;
}
