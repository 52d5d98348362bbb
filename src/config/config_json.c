/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration on its way to the worker processes: the values as they were read, so that a
 * worker needs neither the file nor its environment. */
#include "config/config_private.h"

#include "analysis/identity_json.h"

static json_t *list_to_json(char *const *list)
{
    json_t *array = json_array();
    for (; list && *list; list++)
        json_array_append_new(array, json_string(*list));
    return array;
}

static json_t *table_to_json(GHashTable *table)
{
    json_t *object = json_object();
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &name, &value))
        json_object_set_new(object, name, json_string(value));
    return object;
}

static json_t *value_to_json(const Config *config, const ConfigKey *key)
{
    switch (key->stored) {
    case STORED_TEXT:
        return json_string(CONFIG_VALUE(config, key, char *));
    case STORED_LIST:
        return list_to_json(CONFIG_VALUE(config, key, char **));
    case STORED_BOOL:
        return json_boolean(CONFIG_VALUE(config, key, bool));
    case STORED_INT:
        return json_integer(CONFIG_VALUE(config, key, int));
    case STORED_SECONDS:
        return json_integer(CONFIG_VALUE(config, key, gint64));
    case STORED_DELETE:
        return json_integer(CONFIG_VALUE(config, key, DeleteHow));
    case STORED_IDENTITY:
    case STORED_TABLE:
        break;
    }
    return NULL;
}

static char *key_path(const ConfigKey *key)
{
    return g_strconcat(key->section, ".", key->name, NULL);
}

json_t *config_to_json(const Config *config)
{
    json_t *values = json_object();
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++) {
        json_t *value = keys[i].name ? value_to_json(config, &keys[i]) : NULL;
        if (value) {
            g_autofree char *path = key_path(&keys[i]);
            json_object_set_new(values, path, value);
        }
    }
    return json_pack(
        "{s:s?,s:s?,s:s?,s:b,s:o,s:o,s:o,s:o,s:o,s:o}", "path", config->path, "state_dir",
        config->state_dir, "config_dir", config->config_dir, "identity_configured",
        config->identity_configured, "identity", identity_to_json(config->identity), "contacts",
        table_to_json(config->contacts), "commands", table_to_json(config->commands), "decisions",
        table_to_json(config->decisions), "theme", table_to_json(config->theme), "values", values);
}

static char **list_from_json(const json_t *array)
{
    GPtrArray *list = g_ptr_array_new();
    for (gsize i = 0; i < json_array_size(array); i++)
        g_ptr_array_add(list, g_strdup(json_string_value(json_array_get(array, i))));
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

static void value_from_json(Config *config, const ConfigKey *key, const json_t *value)
{
    switch (key->stored) {
    case STORED_TEXT:
        *CONFIG_SLOT(config, key, char *) = g_strdup(json_string_value(value));
        break;
    case STORED_LIST:
        *CONFIG_SLOT(config, key, char **) = list_from_json(value);
        break;
    case STORED_BOOL:
        *CONFIG_SLOT(config, key, bool) = json_is_true(value);
        break;
    case STORED_INT:
        *CONFIG_SLOT(config, key, int) = (int)json_integer_value(value);
        break;
    case STORED_SECONDS:
        *CONFIG_SLOT(config, key, gint64) = json_integer_value(value);
        break;
    case STORED_DELETE:
        *CONFIG_SLOT(config, key, DeleteHow) = (DeleteHow)json_integer_value(value);
        break;
    case STORED_IDENTITY:
    case STORED_TABLE:
        break;
    }
}

static GHashTable *table_from_json(json_t *object)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        g_hash_table_replace(table, g_strdup(name), g_strdup(json_string_value(value)));
    }
    return table;
}

Config *config_from_json(const json_t *json)
{
    Identity *identity = identity_from_json(json_object_get(json, "identity"));
    const json_t *values = json_object_get(json, "values");
    if (!identity || !json_is_object(values)) {
        identity_free(identity);
        return NULL;
    }
    Config *config = g_new0(Config, 1);
    config->refs = 1;
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++) {
        if (!keys[i].name)
            continue;
        g_autofree char *path = key_path(&keys[i]);
        value_from_json(config, &keys[i], json_object_get(values, path));
    }
    config->identity = identity;
    config->contacts = table_from_json(json_object_get(json, "contacts"));
    config->commands = table_from_json(json_object_get(json, "commands"));
    config->decisions = table_from_json(json_object_get(json, "decisions"));
    config->theme = table_from_json(json_object_get(json, "theme"));
    config->path = g_strdup(json_string_value(json_object_get(json, "path")));
    config->state_dir = g_strdup(json_string_value(json_object_get(json, "state_dir")));
    config->config_dir = g_strdup(json_string_value(json_object_get(json, "config_dir")));
    config->identity_configured = json_is_true(json_object_get(json, "identity_configured"));
    return config;
}
