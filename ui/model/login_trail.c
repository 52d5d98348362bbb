/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See login_trail.h. */
#include "model/login_trail.h"

#include "base/names.h"

/* One login: the same name; where no server wrote it, the same address. */
static bool is_same(const Row *one, const Row *other)
{
    if (!other->warning || (one->login != NULL) != (other->login != NULL))
        return false;
    return one->login ? g_ascii_strcasecmp(one->login, other->login) == 0
                      : ip_equal(&one->login_ip, &other->login_ip);
}

static void trail_add(LoginTrail *trail, const Row *row, GHashTable *addresses,
                      GHashTable *recipients)
{
    char *ip = ip_format(&row->login_ip);
    trail->count++;
    trail->first = MIN(trail->first, row->timestamp);
    trail->last = MAX(trail->last, row->timestamp);
    if (ip)
        g_hash_table_add(addresses, ip);
    if (row->recipient)
        g_hash_table_add(recipients, g_strdup(row->recipient));
}

LoginTrail *login_trail_new(const Model *model, guint i)
{
    const Row *one = model_row(model, i);
    if (!one->warning)
        return NULL;
    g_autoptr(GHashTable) addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) recipients = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    LoginTrail *trail = g_new0(LoginTrail, 1);
    trail->first = G_MAXINT64;
    trail->last = G_MININT64;
    for (guint k = 0; k < session_row_count(model->session); k++)
        if (!session_row_gone(model->session, k) && is_same(one, model_row(model, k)))
            trail_add(trail, model_row(model, k), addresses, recipients);
    trail->addresses = names_join(addresses);
    trail->recipients = names_join(recipients);
    return trail;
}

void login_trail_free(LoginTrail *trail)
{
    if (!trail)
        return;
    g_free(trail->addresses);
    g_free(trail->recipients);
    g_free(trail);
}
