/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration on its way to the worker processes: the values as they were read, by the table
 * of keys, so that a worker needs neither the file nor its environment. */
#include <string.h>

#include "base/fields.h"
#include "config/config_private.h"

/* How what is stored travels; the identity has a table of its own. */
static const Field stored_fields[] = {
    [STORED_TEXT] = {.kind = FIELD_NAME},
    [STORED_LIST] = {.kind = FIELD_STRV},
    [STORED_BOOL] = {.kind = FIELD_BOOL},
    [STORED_PERCENT] = {.kind = FIELD_NUMBER, .least = 0, .most = 100},
    [STORED_SECONDS] = {.kind = FIELD_LONG},
    [STORED_DELETE] = {.kind = FIELD_NUMBER, .least = DELETE_TAG, .most = DELETE_UNLINK},
    [STORED_TABLE] = {.kind = FIELD_TABLE},
};

/* What follows from the values, and where they were read. */
static const Field settled_fields[] = {
    FIELD(Config, path, FIELD_NAME),
    FIELD(Config, state_dir, FIELD_NAME),
    FIELD(Config, config_dir, FIELD_NAME),
    FIELD(Config, identity_configured, FIELD_BOOL),
};
static const Shape settled_shape = SHAPE(Config, settled_fields, NULL);

/* The fields of the keys, but for the identity's. */
static Shape key_shape(Field *fields, bool (*wanted)(const ConfigKey *key))
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    Shape shape = {fields, 0, sizeof(Config), NULL};
    for (gsize i = 0; i < count; i++) {
        if (keys[i].stored == STORED_IDENTITY || (wanted && !wanted(&keys[i])))
            continue;
        fields[shape.count] = stored_fields[keys[i].stored];
        fields[shape.count++].offset = keys[i].offset;
    }
    return shape;
}

void config_pack(GByteArray *to, const Config *config)
{
    gsize count;
    config_keys(&count);
    g_autofree Field *fields = g_new(Field, count);
    const Shape shape = key_shape(fields, NULL);
    fields_pack(to, &settled_shape, config);
    fields_pack(to, &shape, config);
    identity_pack(to, config->identity);
}

/* What every reader of a configuration may take for granted: a text or a list stands where there is
 * a default. */
static bool config_is_whole(const Config *config)
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++) {
        bool pointer = keys[i].stored == STORED_TEXT || keys[i].stored == STORED_LIST;
        if (keys[i].fallback && pointer && !CONFIG_VALUE(config, &keys[i], void *))
            return false;
    }
    return config->state_dir && config->config_dir;
}

Config *config_unpack(Unpack *from)
{
    gsize count;
    config_keys(&count);
    g_autofree Field *fields = g_new(Field, count);
    const Shape shape = key_shape(fields, NULL);
    g_autoptr(Config) config = config_new();
    fields_unpack(from, &settled_shape, config);
    fields_unpack(from, &shape, config);
    Identity *identity = identity_unpack(from);
    if (identity) {
        identity_free(config->identity);
        config->identity = identity;
    }
    if (identity && config_is_whole(config))
        return g_steal_pointer(&config);
    from->broken = true;
    return NULL;
}

/* No reader looks at decisions, colours and commands. */
static bool is_for_reading(const ConfigKey *key)
{
    static const char *const others[] = {"decisions", "theme", "commands", NULL};
    return !g_strv_contains(others, key->section);
}

static GByteArray *reading_bytes(const Config *config)
{
    GByteArray *bytes = g_byte_array_new();
    gsize count;
    config_keys(&count);
    g_autofree Field *fields = g_new(Field, count);
    const Shape shape = key_shape(fields, is_for_reading);
    pack_name(bytes, config->path);
    pack_name(bytes, config->state_dir);
    pack_name(bytes, config->config_dir);
    fields_pack(bytes, &shape, config);
    return bytes;
}

bool config_reads_alike(const Config *a, const Config *b)
{
    g_autoptr(GByteArray) one = reading_bytes(a), other = reading_bytes(b);
    return one->len == other->len && memcmp(one->data, other->data, one->len) == 0;
}
