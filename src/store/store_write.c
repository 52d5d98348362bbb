/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes to the index: tags, properties, files. */
#include "store/store_private.h"

static notmuch_message_t *find_for_change(Store *store, const char *id, GError **error)
{
    notmuch_status_t status;
    notmuch_message_t *message = store_find(store, id, &status);
    if (message)
        return message;
    if (status == NOTMUCH_STATUS_SUCCESS)
        g_set_error(error, STORE_ERROR, STORE_ERROR_GONE, "id:%s is not in the database any more",
                    id);
    else
        store_set_error(error, store, status, id);
    return NULL;
}

static notmuch_status_t apply_tags(notmuch_message_t *message, const char *const *tags,
                                   notmuch_status_t (*apply)(notmuch_message_t *, const char *))
{
    notmuch_status_t status = NOTMUCH_STATUS_SUCCESS;
    for (gsize i = 0; tags && tags[i] && status == NOTMUCH_STATUS_SUCCESS; i++)
        status = apply(message, tags[i]);
    return status;
}

bool store_change(Store *store, const char *id, const StoreChange *change, GError **error)
{
    notmuch_message_t *message = find_for_change(store, id, error);
    if (!message)
        return false;
    notmuch_status_t status = notmuch_message_freeze(message);
    if (status == NOTMUCH_STATUS_SUCCESS)
        status = apply_tags(message, change->remove, notmuch_message_remove_tag);
    if (status == NOTMUCH_STATUS_SUCCESS)
        status = apply_tags(message, change->add, notmuch_message_add_tag);
    if (status == NOTMUCH_STATUS_SUCCESS && change->property)
        status = notmuch_message_remove_all_properties(message, change->property);
    if (status == NOTMUCH_STATUS_SUCCESS && change->property && change->value)
        status = notmuch_message_add_property(message, change->property, change->value);
    if (status == NOTMUCH_STATUS_SUCCESS)
        status = notmuch_message_thaw(message);
    if (status != NOTMUCH_STATUS_SUCCESS)
        store_set_error(error, store, status, id);
    notmuch_message_destroy(message);
    return status == NOTMUCH_STATUS_SUCCESS;
}

bool store_add_file(Store *store, const char *file, char **id, GError **error)
{
    notmuch_message_t *message = NULL;
    notmuch_status_t status = notmuch_database_index_file(store->db, file, NULL, &message);
    bool good = status == NOTMUCH_STATUS_SUCCESS || status == NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID;
    if (!good)
        store_set_error(error, store, status, file);
    else if (id)
        *id = g_strdup(notmuch_message_get_message_id(message));
    if (message)
        notmuch_message_destroy(message);
    return good;
}

bool store_remove_file(Store *store, const char *file, GError **error)
{
    g_autofree char *id = store_id_of_file(store, file);
    if (!id)
        return true;
    notmuch_status_t status = notmuch_database_remove_message(store->db, file);
    if (status == NOTMUCH_STATUS_SUCCESS || status == NOTMUCH_STATUS_DUPLICATE_MESSAGE_ID)
        return true;
    store_set_error(error, store, status, file);
    return false;
}
