/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the configuration. GKeyFile reads the file; it keeps no line numbers, so for an error the
 * text is scanned again for the line that it speaks of. */
#include "config/config.h"

#include <gio/gio.h>
#include <string.h>

#include "base/address.h"
#include "base/domain.h"
#include "config/config_private.h"
#include "house/house.h"

G_DEFINE_QUARK(notme-config-error, config_error);

/* What names a file that has to be there; NULL: nothing. */
static const char *path_named(const char *given)
{
    const char *wish = given ? given : g_getenv("NOTME_CONFIG");
    return wish && *wish ? wish : NULL;
}

char *config_last_path(const char *given)
{
    const char *named = path_named(given);
    return named ? g_canonicalize_filename(named, NULL)
                 : g_build_filename(g_get_user_config_dir(), "notme", "config", NULL);
}

Config *config_new(void)
{
    Config *config = g_new0(Config, 1);
    config->refs = 1;
    config->identity = identity_new();
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++)
        if (keys[i].stored == STORED_TABLE)
            *CONFIG_SLOT(config, &keys[i], GHashTable *) =
                g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return config;
}

Config *config_ref(const Config *config)
{
    Config *shared = (Config *)(gsize)config;
    shared->refs++;
    return shared;
}

void config_unref(Config *config)
{
    if (!config || --config->refs > 0)
        return;
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++) {
        if (keys[i].stored == STORED_TEXT)
            g_free(*CONFIG_SLOT(config, &keys[i], char *));
        else if (keys[i].stored == STORED_LIST)
            g_strfreev(*CONFIG_SLOT(config, &keys[i], char **));
        else if (keys[i].stored == STORED_TABLE)
            g_hash_table_unref(*CONFIG_SLOT(config, &keys[i], GHashTable *));
    }
    identity_free(config->identity);
    g_free(config->path);
    g_free(config->state_dir);
    g_free(config->config_dir);
    g_free(config);
}

static GHashTable *table_copy(GHashTable *table)
{
    GHashTable *copy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &name, &value))
        g_hash_table_insert(copy, g_strdup(name), g_strdup(value));
    return copy;
}

Config *config_copy(const Config *config)
{
    Config *copy = g_memdup2(config, sizeof *config);
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++) {
        if (keys[i].stored == STORED_TEXT)
            *CONFIG_SLOT(copy, &keys[i], char *) = g_strdup(CONFIG_VALUE(config, &keys[i], char *));
        else if (keys[i].stored == STORED_LIST)
            *CONFIG_SLOT(copy, &keys[i], char **) =
                g_strdupv(CONFIG_VALUE(config, &keys[i], char **));
        else if (keys[i].stored == STORED_TABLE)
            *CONFIG_SLOT(copy, &keys[i], GHashTable *) =
                table_copy(CONFIG_VALUE(config, &keys[i], GHashTable *));
    }
    copy->refs = 1;
    copy->identity = identity_copy(config->identity);
    copy->path = g_strdup(config->path);
    copy->state_dir = g_strdup(config->state_dir);
    copy->config_dir = g_strdup(config->config_dir);
    return copy;
}

static void config_set_defaults(Config *config)
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++) {
        g_autofree char *why = NULL;
        if (keys[i].fallback && !keys[i].read(config, &keys[i], keys[i].fallback, &why))
            g_error("the default of %s is not allowed", keys[i].name);
    }
}

/* The name in a "[section]" line, or NULL. */
static char *section_of(Span line)
{
    gssize end = span_find(line, "]");
    return line.n > 0 && line.p[0] == '[' && end > 0 ? span_dup(span_sub(line, 1, (gsize)end - 1))
                                                     : NULL;
}

/* The line (from 1) where @section, or @key in it, stands in @text; the last one, as that is the
 * one that GKeyFile takes. 0: nowhere. */
static guint line_of(const char *text, const char *section, const char *key)
{
    Span rest = span_of(text), line;
    g_autofree char *current = NULL;
    guint found = 0;
    for (guint number = 1; span_line(&rest, &line); number++) {
        line = span_trim(line);
        char *name = section_of(line);
        if (name) {
            g_free(current);
            current = name;
            if (!key && strcmp(name, section) == 0)
                return number;
            continue;
        }
        gssize equals = span_find(line, "=");
        if (key && equals > 0 && g_strcmp0(current, section) == 0 &&
            span_eq(span_trim(span_sub(line, 0, (gsize)equals)), key))
            found = number;
    }
    return found;
}

/* The first line that is no comment, section or "key=value" in a section. 0: none. */
static guint line_of_nonsense(const char *text)
{
    Span rest = span_of(text), line;
    bool in_section = false;
    for (guint number = 1; span_line(&rest, &line); number++) {
        if (!g_utf8_validate(line.p, (gssize)line.n, NULL))
            return number;
        line = span_trim(line);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        g_autofree char *name = section_of(line);
        if (name)
            in_section = true;
        else if (!in_section || span_find(line, "=") < 1)
            return number;
    }
    return 0;
}

static void set_error(GError **error, const char *path, guint line, const char *what)
{
    if (line)
        g_set_error(error, CONFIG_ERROR, 0, "%s:%u: %s", path, line, what);
    else
        g_set_error(error, CONFIG_ERROR, 0, "%s: %s", path, what);
}

/* "addresses, domains, hosts": the names of @section, or of all sections for NULL. */
static char *names_allowed(const char *section)
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    g_autoptr(GString) list = g_string_new(NULL);
    for (gsize i = 0; i < count; i++) {
        const char *name = section ? keys[i].name : keys[i].section;
        if (section && (!name || strcmp(keys[i].section, section) != 0))
            continue;
        if (!section && i > 0 && strcmp(keys[i].section, keys[i - 1].section) == 0)
            continue;
        g_string_append_printf(list, "%s%s", list->len ? ", " : "", name);
    }
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static bool section_known(const char *section)
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    for (gsize i = 0; i < count; i++)
        if (strcmp(keys[i].section, section) == 0)
            return true;
    return false;
}

/* The row for @name in @section: its own, or the section's for free keys. */
static const ConfigKey *key_find(const char *section, const char *name)
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    const ConfigKey *free_key = NULL;
    for (gsize i = 0; i < count; i++) {
        if (strcmp(keys[i].section, section) != 0)
            continue;
        if (!keys[i].name)
            free_key = &keys[i];
        else if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    }
    return free_key;
}

typedef struct Source {
    const char *path, *text;
    GKeyFile *file;
} Source;

static bool key_apply(Config *config, const Source *source, const char *section, const char *name,
                      GError **error)
{
    const ConfigKey *row = key_find(section, name);
    guint line = line_of(source->text, section, name);
    g_autofree char *what = NULL;
    if (!row) {
        g_autofree char *allowed = names_allowed(section);
        what =
            g_strdup_printf("unknown key \"%s\" in [%s]; allowed are %s", name, section, allowed);
        set_error(error, source->path, line, what);
        return false;
    }
    g_autofree char *raw = g_key_file_get_value(source->file, section, name, NULL);
    g_autofree char *why = NULL;
    ConfigKey key = *row;
    key.name = name;
    if (raw && key.read(config, &key, g_strstrip(raw), &why))
        return true;
    what = g_strdup_printf("bad value \"%s\" for \"%s\" in [%s]%s%s; allowed: %s", raw ? raw : "",
                           name, section, why ? ": " : "", why ? why : "", key.allowed);
    set_error(error, source->path, line, what);
    return false;
}

static bool section_apply(Config *config, const Source *source, const char *section, GError **error)
{
    if (!section_known(section)) {
        g_autofree char *allowed = names_allowed(NULL);
        g_autofree char *what =
            g_strdup_printf("unknown section [%s]; allowed are %s", section, allowed);
        set_error(error, source->path, line_of(source->text, section, NULL), what);
        return false;
    }
    g_auto(GStrv) names = g_key_file_get_keys(source->file, section, NULL, NULL);
    for (char **name = names; name && *name; name++)
        if (!key_apply(config, source, section, *name, error))
            return false;
    return true;
}

/* The line of a key that its section has already: GKeyFile would take the last one in silence. */
static guint line_of_double(const char *text)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *current = NULL;
    Span rest = span_of(text), line;
    for (guint number = 1; span_line(&rest, &line); number++) {
        line = span_trim(line);
        char *name = section_of(line);
        gssize equals = span_find(line, "=");
        if (name) {
            g_free(current);
            current = name;
        } else if (line.n && line.p[0] != '#' && equals > 0) {
            g_autofree char *key = span_dup(span_trim(span_sub(line, 0, (gsize)equals)));
            if (!g_hash_table_add(seen, g_strconcat(current ? current : "", "\n", key, NULL)))
                return number;
        }
    }
    return 0;
}

/* Two tags of one name would take each other away. */
static bool tags_differ(const Config *config, const Source *source, GError **error)
{
    gsize count;
    const ConfigKey *keys = config_keys(&count);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < count; i++) {
        if (strcmp(keys[i].section, "tags") != 0)
            continue;
        char *tag = CONFIG_VALUE(config, &keys[i], char *);
        gsize earlier = GPOINTER_TO_SIZE(g_hash_table_lookup(seen, tag)); /* its number + 1 */
        if (earlier) {
            const char *other = keys[earlier - 1].name;
            guint line = line_of(source->text, "tags", keys[i].name);
            g_autofree char *what = g_strdup_printf(
                "\"%s\" and \"%s\" in [tags] are both \"%s\"; each needs a tag of its own", other,
                keys[i].name, tag);
            set_error(error, source->path, line ? line : line_of(source->text, "tags", other),
                      what);
            return false;
        }
        g_hash_table_insert(seen, tag, GSIZE_TO_POINTER(i + 1));
    }
    return true;
}

static bool text_apply(Config *config, const char *path, const char *text, gsize length,
                       GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;
    const Source source = {path, text, file};
    guint nonsense = line_of_nonsense(text);
    if (nonsense || strlen(text) != length) {
        set_error(error, path, nonsense,
                  "not a section \"[name]\", a comment \"# ...\" or \"key = value\" in UTF-8");
        return false;
    }
    guint twice = line_of_double(text);
    if (twice) {
        set_error(error, path, twice, "this key is there already in its section; keep one of them");
        return false;
    }
    if (!g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, &cause)) {
        set_error(error, path, 0, cause->message);
        return false;
    }
    g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
    for (char **section = sections; *section; section++)
        if (!section_apply(config, &source, *section, error))
            return false;
    return tags_differ(config, &source, error);
}

static bool has_text(const GPtrArray *list, const char *text)
{
    for (guint i = 0; i < list->len; i++)
        if (g_ascii_strcasecmp(list->pdata[i], text) == 0)
            return true;
    return false;
}

static void config_adopt(Config *config, const GPtrArray *addresses)
{
    Identity *identity = config->identity;
    if (identity->addresses->len == 0) {
        for (guint i = 0; addresses && i < addresses->len; i++) {
            g_autofree char *address = address_extract(span_of(addresses->pdata[i]));
            if (address && !has_text(identity->addresses, address))
                g_ptr_array_add(identity->addresses, g_ascii_strdown(address, -1));
        }
    }
    if (identity->domains->len)
        return;
    for (guint i = 0; i < identity->addresses->len; i++) {
        g_autofree char *domain = address_domain(identity->addresses->pdata[i]);
        if (domain && domain_is_public_name(domain) && !house_has_mailboxes(domain) &&
            !has_text(identity->domains, domain))
            g_ptr_array_add(identity->domains, g_steal_pointer(&domain));
    }
}

Config *config_with_addresses(const Config *config, const GPtrArray *addresses)
{
    const Identity *identity = config->identity;
    if (identity->domains->len && identity->addresses->len)
        return config_ref(config);
    Config *adopted = config_copy(config);
    config_adopt(adopted, addresses);
    return adopted;
}

/* What follows from the values. */
static void config_settle(Config *config)
{
    const Identity *identity = config->identity;
    config->identity_configured = identity->addresses->len || identity->domains->len ||
                                  identity->hosts->len || identity->networks->len;
    if (identity->addresses->len)
        config_adopt(config, NULL);
    config->state_dir = config->state ? g_strdup(config->state)
                                      : g_build_filename(g_get_user_state_dir(), "notme", NULL);
}

/* One file; without @needed it may be missing. */
static bool file_apply(Config *config, const char *path, bool needed, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    gsize length = 0;
    g_free(config->config_dir);
    config->config_dir = g_path_get_dirname(path); /* relative names in it lie beside it */
    if (g_file_get_contents(path, &text, &length, &cause)) {
        g_free(config->path);
        config->path = g_strdup(path);
        return text_apply(config, path, text, length, error);
    }
    if (!needed && g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return true;
    const char *colon = strrchr(cause->message, ':');
    set_error(error, path, 0, colon ? colon + 2 : cause->message);
    return false;
}

/* The system's files: of its folders, the first is the most important one. */
static bool system_apply(Config *config, GError **error)
{
    const char *const *folders = g_get_system_config_dirs();
    guint count = g_strv_length((char **)(gsize)folders);
    while (count-- > 0) {
        g_autofree char *path = g_build_filename(folders[count], "notme", "config", NULL);
        if (!file_apply(config, path, false, error))
            return false;
    }
    return true;
}

Config *config_load(const char *path, GError **error)
{
    g_autoptr(Config) config = config_new();
    g_autofree char *last = config_last_path(path);
    config->config_dir = g_path_get_dirname(last);
    config_set_defaults(config);
    if (!system_apply(config, error) || !file_apply(config, last, path_named(path) != NULL, error))
        return NULL;
    config_settle(config);
    return g_steal_pointer(&config);
}

/* "Mail-1f0c2ab9": the folder's name for people, and a hash that tells it from others. */
void config_set_mail_root(Config *config, const char *root)
{
    enum { HASH_LETTERS = 8, NAME_MOST = 40 };
    if (config->state)
        return;
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, root, -1);
    g_autofree char *base = g_path_get_basename(root), *ascii = g_str_to_ascii(base, "C");
    g_strcanon(ascii, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_", '_');
    g_autofree char *name = g_strdup_printf("%.*s-%.*s", NAME_MOST, ascii, HASH_LETTERS, hash);
    g_free(config->state_dir);
    config->state_dir = g_build_filename(g_get_user_state_dir(), "notme", name, NULL);
}

void config_share_state(Config *config, const Config *other)
{
    g_free(config->state_dir);
    config->state_dir = g_strdup(other->state_dir);
}
