/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of configuration keys: section, name, how a value is read, where it goes, what stands
 * there without it, and what is allowed. Private to config*.c. */
#ifndef NOTME_CONFIG_CONFIG_PRIVATE_H
#define NOTME_CONFIG_CONFIG_PRIVATE_H

#include "config/config.h"

/* In which form a value lies in Config, at ConfigKey.offset. */
typedef enum ConfigStored {
    STORED_TEXT,     /* char * */
    STORED_LIST,     /* char ** */
    STORED_BOOL,     /* bool */
    STORED_PERCENT,  /* int */
    STORED_SECONDS,  /* gint64 */
    STORED_DELETE,   /* DeleteHow */
    STORED_IDENTITY, /* somewhere in Config.identity: the reader knows */
    STORED_TABLE     /* GHashTable of free keys */
} ConfigStored;

typedef struct ConfigKey ConfigKey;
/* Reads @value (trimmed, never NULL) into @config; false if it is none that is allowed, and then
 * nothing was stored. @why may be given a sentence (the caller frees it) that says more than
 * ConfigKey.allowed. */
typedef bool (*ConfigReader)(Config *config, const ConfigKey *key, const char *value, char **why);

struct ConfigKey {
    const char *section, *name; /* name NULL: any key of this section */
    ConfigStored stored;
    size_t offset;
    ConfigReader read;
    const char *fallback; /* read like a value; NULL: nothing stands there */
    const char *allowed;  /* for the error: "auto, always or never" */
};

/* An empty configuration, without defaults. */
Config *config_new(void);
/* The table; @count gets its length. */
const ConfigKey *config_keys(gsize *count);
/* The address of the key's value in @config, and the value itself. */
#define CONFIG_SLOT(config, key, type) ((type *)(void *)((char *)(config) + (key)->offset))
#define CONFIG_VALUE(config, key, type)                                                            \
    (*(type const *)(const void *)((const char *)(config) + (key)->offset))

/* "a;b;c" (";" behind a backslash stays) without empty ones and white space around each. Free with
 * g_strfreev. */
char **config_split(const char *value);

#endif
