/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each configuration key, and how its value is read. */
#include "base/duration.h"
#include "config/config_private.h"
#include "config/own_command.h"

#include <stddef.h>
#include <string.h>

#include "base/address.h"
#include "dkim/dkim_key.h"
#include "keymap/keymap.h"

char **config_split(const char *value)
{
    GPtrArray *list = g_ptr_array_new();
    g_autoptr(GString) one = g_string_new(NULL);
    for (const char *p = value;; p++) {
        if (*p == '\\' && p[1] == ';') {
            g_string_append_c(one, ';');
            p++;
        } else if (*p == ';' || *p == '\0') {
            char *text = g_strstrip(g_strdup(one->str));
            if (*text)
                g_ptr_array_add(list, text);
            else
                g_free(text);
            g_string_truncate(one, 0);
            if (*p == '\0')
                break;
        } else {
            g_string_append_c(one, *p);
        }
    }
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

static void text_store(Config *config, const ConfigKey *key, char *text)
{
    char **slot = CONFIG_SLOT(config, key, char *);
    g_free(*slot);
    *slot = text;
}

static bool read_text(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    text_store(config, key, *value ? g_strdup(value) : NULL);
    return true;
}

/* A file or folder: "~/" is the home folder, a relative name lies beside the configuration. */
static bool read_path(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    if (!*value)
        text_store(config, key, NULL);
    else if (g_str_has_prefix(value, "~/"))
        text_store(config, key, g_build_filename(g_get_home_dir(), value + 2, NULL));
    else
        text_store(config, key, g_canonicalize_filename(value, config->config_dir));
    return true;
}

/* A file that has to be there. */
static bool read_file(Config *config, const ConfigKey *key, const char *value, char **why)
{
    read_path(config, key, value, why);
    const char *path = *CONFIG_SLOT(config, key, char *);
    if (!path || g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return true;
    *why = g_strdup("no such file");
    return false;
}

/* The name of a keymap that can be read. */
static bool read_keymap(Config *config, const ConfigKey *key, const char *value, char **why)
{
    g_autoptr(GError) error = NULL;
    bool usual = strcmp(value, "default") == 0;
    g_autoptr(Keymap) keymap = usual ? NULL : keymap_load(value, config->config_dir, &error);
    if (!usual && !keymap) {
        *why = g_strdup(error->message);
        return false;
    }
    text_store(config, key, g_strdup(value));
    return true;
}

/* One of the words of ConfigKey.allowed ("a, b or c"). */
static bool read_choice(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    g_auto(GStrv) words = g_strsplit_set(key->allowed, ", ", -1);
    if (!*value || strcmp(value, "or") == 0 || !g_strv_contains((const char *const *)words, value))
        return false;
    text_store(config, key, g_strdup(value));
    return true;
}

static bool bool_value(const char *value, bool *out)
{
    static const char *const yes[] = {"true", "yes", "1", NULL};
    static const char *const no[] = {"false", "no", "0", NULL};
    g_autofree char *low = g_ascii_strdown(value, -1);
    if (!g_strv_contains(yes, low) && !g_strv_contains(no, low))
        return false;
    *out = g_strv_contains(yes, low);
    return true;
}

static bool read_bool(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    return bool_value(value, CONFIG_SLOT(config, key, bool));
}

static bool read_percent(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    char *end;
    gint64 number = g_ascii_strtoll(value, &end, 10);
    while (*end == ' ')
        end++;
    if (end == value || number < 10 || number > 90 || (*end && strcmp(end, "%") != 0))
        return false;
    *CONFIG_SLOT(config, key, int) = (int)number;
    return true;
}

static bool read_duration(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    return duration_parse(value, CONFIG_SLOT(config, key, gint64));
}

static bool read_delete(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    static const char *const names[] = {"tag", "trash", "unlink"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(value, names[i]) == 0) {
            *CONFIG_SLOT(config, key, DeleteHow) = (DeleteHow)i;
            return true;
        }
    }
    return false;
}

/* A folder under the mail root: relative, and never out of it. */
static char *folder_value(const char *value)
{
    g_autofree char *name = g_strdup(value);
    gsize n = strlen(name);
    while (n > 0 && name[n - 1] == '/')
        name[--n] = '\0';
    if (n == 0 || name[0] == '/')
        return NULL;
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    for (char **part = parts; *part; part++)
        if (**part == '\0' || strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0)
            return NULL;
    return g_steal_pointer(&name);
}

static bool read_folder(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    char *folder = folder_value(value);
    if (!folder)
        return false;
    text_store(config, key, folder);
    return true;
}

static bool read_folders(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    char **list = config_split(value);
    for (char **one = list; *one; one++) {
        char *folder = folder_value(*one);
        if (!folder) {
            g_strfreev(list);
            return false;
        }
        g_free(*one);
        *one = folder;
    }
    char ***slot = CONFIG_SLOT(config, key, char **);
    g_strfreev(*slot);
    *slot = list;
    return true;
}

/* A tag that notmuch takes. */
static bool read_tag(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    if (!*value || *value == '-' || *value == '+' || strlen(value) > 200)
        return false;
    text_store(config, key, g_strdup(value));
    return true;
}

static bool is_host(const char *name)
{
    for (const char *p = name; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("-._", *p) && (guchar)*p < 0x80)
            return false;
    return *name && *name != '.' && *name != '-';
}

/* The list of names in the identity that @key is stored in. */
static GPtrArray *identity_slot(Config *config, const ConfigKey *key)
{
    return *(GPtrArray **)(void *)((char *)config->identity + key->offset);
}

/* Stores what @read makes of each name of the list @value; it gives NULL for what is none. */
static bool read_list(Config *config, const ConfigKey *key, const char *value,
                      char *(*read)(const char *), const char *wrong, char **why)
{
    g_auto(GStrv) list = config_split(value);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (char **one = list; *one; one++) {
        char *name = read(*one);
        if (!name) {
            *why = g_strdup_printf("\"%s\" is not one%s", *one, wrong);
            return false;
        }
        g_ptr_array_add(names, name);
    }
    GPtrArray *slot = identity_slot(config, key);
    g_ptr_array_set_size(slot, 0);
    g_ptr_array_extend_and_steal(slot, g_steal_pointer(&names));
    return true;
}

static char *address_name(const char *text)
{
    g_autofree char *address = address_extract(span_of(text));
    return address && strchr(address, '@') ? g_ascii_strdown(address, -1) : NULL;
}

static char *host_name(const char *text)
{
    return is_host(text) ? g_ascii_strdown(text, -1) : NULL;
}

static char *forwarder_name(const char *text)
{
    Network network;
    return is_host(text) || network_parse(span_of(text), &network) ? g_ascii_strdown(text, -1)
                                                                   : NULL;
}

/* Names of accounts and tenants; what is not ours may also be an address, a network or a host. */
static char *account_name(const char *text)
{
    return strpbrk(text, " \t,") || !g_str_is_ascii(text) ? NULL : g_ascii_strdown(text, -1);
}

/* Patterns of servers' names. A pattern that fits half of the world would believe half of it. */
static char *pattern_name(const char *text)
{
    return identity_pattern_is_good(text) ? account_name(text) : NULL;
}

static bool read_identity_addresses(Config *config, const ConfigKey *key, const char *value,
                                    char **why)
{
    return read_list(config, key, value, address_name, "", why);
}

static bool read_identity_hosts(Config *config, const ConfigKey *key, const char *value, char **why)
{
    return read_list(config, key, value, host_name, "", why);
}

static bool read_identity_forwarders(Config *config, const ConfigKey *key, const char *value,
                                     char **why)
{
    return read_list(config, key, value, forwarder_name, "", why);
}

static bool read_identity_accounts(Config *config, const ConfigKey *key, const char *value,
                                   char **why)
{
    return read_list(config, key, value, account_name, "", why);
}

static bool read_identity_patterns(Config *config, const ConfigKey *key, const char *value,
                                   char **why)
{
    return read_list(config, key, value, pattern_name,
                     ": it must hold a registered domain, or be one label without \"*\"", why);
}

static bool read_identity_networks(Config *config, const ConfigKey *key, const char *value,
                                   char **why)
{
    g_auto(GStrv) list = config_split(value);
    g_autoptr(GArray) networks = g_array_new(FALSE, TRUE, sizeof(Network));
    for (char **one = list; *one; one++) {
        Network network;
        if (!network_parse(span_of(*one), &network)) {
            *why = g_strdup_printf("\"%s\" is not one", *one);
            return false;
        }
        g_array_append_val(networks, network);
    }
    GArray *slot = *(GArray **)(void *)((char *)config->identity + key->offset);
    g_array_set_size(slot, 0);
    g_array_append_vals(slot, networks->data, networks->len);
    return true;
}

/* A promise, or that there is none: what is said at all is not asked again. */
static bool read_identity_bool(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)why;
    Identity *identity = config->identity;
    bool *const promises[][2] = {{&identity->complete, &identity->complete_denied},
                                 {&identity->dkim_always, &identity->dkim_always_denied},
                                 {&identity->sent_complete, &identity->sent_complete_denied}};
    gsize i = 0;
    while ((char *)promises[i][0] != (char *)identity + key->offset)
        i++;
    if (!bool_value(value, promises[i][0]))
        return false;
    *promises[i][1] = !*promises[i][0];
    return true;
}

static bool read_identity_since(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)key;
    (void)why;
    if (!*value) {
        config->identity->sent_since = TIME_NONE;
        return true;
    }
    g_autofree char *moment =
        strlen(value) == 10 ? g_strconcat(value, "T00:00:00Z", NULL) : g_strdup(value);
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(moment, utc);
    if (!time)
        return false;
    config->identity->sent_since = g_date_time_to_unix(time);
    return true;
}

static bool read_identity_batv(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)key;
    g_auto(GStrv) list = config_split(value);
    for (char **one = list; *one; one++) {
        if (!g_ascii_isdigit((*one)[0]) || (*one)[1] != ':' || !(*one)[2]) {
            *why = g_strdup("a key has the form N:secret, N being its number from 0 to 9");
            return false;
        }
    }
    g_ptr_array_set_size(config->identity->batv_keys, 0);
    for (char **one = list; *one; one++)
        g_ptr_array_add(config->identity->batv_keys, g_strdup(*one));
    return true;
}

/* A record of the DNS in place of a file. */
static bool is_record(const char *value)
{
    return g_ascii_strncasecmp(value, "p=", 2) == 0 || g_ascii_strncasecmp(value, "v=", 2) == 0;
}

/* Puts the parts of a record together again, which has semicolons between them as the list has:
 * "s1:oak.example=v=DKIM1; k=rsa; p=..." (of char *, the caller unrefs it). NULL for a part that
 * belongs to nothing. */
static GPtrArray *dkim_parts(const char *value)
{
    g_auto(GStrv) list = config_split(value);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (char **one = list; *one; one++) {
        const char *equals = strchr(*one, '='), *colon = strchr(*one, ':');
        if (equals && colon && colon < equals && colon > *one && colon + 1 < equals) {
            g_ptr_array_add(parts, g_strdup(*one));
            continue;
        }
        char *before = parts->len ? parts->pdata[parts->len - 1] : NULL;
        if (!before || !is_record(strchr(before, '=') + 1))
            return NULL;
        parts->pdata[parts->len - 1] = g_strconcat(before, "; ", *one, NULL);
        g_free(before);
    }
    return g_steal_pointer(&parts);
}

/* "SELECTOR:DOMAIN=FILE": the file is read here, so that nothing behind needs it; or a record in
 * its place. The caller frees it; NULL with @why for no key that can verify anything. */
static char *dkim_key_text(const Config *config, const char *part, char **why)
{
    const char *value = strchr(part, '=') + 1, *fault = NULL;
    g_autofree char *name = g_strndup(part, (gsize)(value - part));
    g_autofree char *text = is_record(value) ? g_strdup(value) : NULL;
    g_autofree char *path = text ? NULL : g_canonicalize_filename(value, config->config_dir);
    g_autoptr(GError) error = NULL;
    DkimKey key;
    if (path && !g_file_get_contents(path, &text, NULL, &error)) {
        *why = g_strdup(error->message);
        return NULL;
    }
    if (!dkim_key_read(span_of(text), &key, &fault)) {
        name[strlen(name) - 1] = '\0';
        *why = g_strdup_printf("of the key %s: %s", name, fault);
        return NULL;
    }
    dkim_key_clear(&key);
    return g_strconcat(name, g_strstrip(text), NULL);
}

static bool read_identity_dkim(Config *config, const ConfigKey *key, const char *value, char **why)
{
    (void)key;
    g_autoptr(GPtrArray) parts = dkim_parts(value);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; parts && i < parts->len; i++) {
        char *text = dkim_key_text(config, parts->pdata[i], why);
        if (!text)
            return false;
        g_ptr_array_add(keys, text);
    }
    if (!parts)
        return false;
    g_ptr_array_set_size(config->identity->dkim_keys, 0);
    g_ptr_array_extend_and_steal(config->identity->dkim_keys, g_steal_pointer(&keys));
    return true;
}

static bool read_identity_pattern(Config *config, const ConfigKey *key, const char *value,
                                  char **why)
{
    (void)key;
    g_autoptr(GError) error = NULL;
    g_autoptr(GRegex) regex = *value ? g_regex_new(value, 0, 0, &error) : NULL;
    if (*value && !regex) {
        *why = g_strdup(error->message);
        return false;
    }
    g_free(config->identity->id_pattern);
    config->identity->id_pattern = *value ? g_strdup(value) : NULL;
    return true;
}

/* A word of a look: a colour's name or number, an attribute, or the word between two colours. */
static bool is_look(const char *word)
{
    static const char *const words[] = {"default", "black",   "red",       "green",   "yellow",
                                        "blue",    "magenta", "cyan",      "white",   "on",
                                        "bold",    "dim",     "underline", "reverse", NULL};
    char *end;
    if (g_ascii_isdigit(*word))
        return g_ascii_strtoull(word, &end, 10) <= 255 && !*end;
    return g_strv_contains(words, g_str_has_prefix(word, "bright-") ? word + 7 : word);
}

static bool read_theme(Config *config, const ConfigKey *key, const char *value, char **why)
{
    static const char *const backgrounds[] = {"auto", "light", "dark", NULL};
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    bool background = strcmp(key->name, "background") == 0;
    if (background && !g_strv_contains(backgrounds, value))
        return false;
    for (char **word = words; *word && !background; word++) {
        if (!**word || is_look(*word))
            continue;
        *why = g_strdup_printf("\"%s\" is no colour and no attribute", *word);
        return false;
    }
    if (*value)
        g_hash_table_replace(config->theme, g_strdup(key->name), g_strdup(value));
    return *value != '\0';
}

static bool read_contact(Config *config, const ConfigKey *key, const char *value, char **why)
{
    Network network;
    if (!network_parse(span_of(key->name), &network) &&
        !(is_host(key->name) && strchr(key->name, '.'))) {
        *why = g_strdup("a contact stands under a domain or a network such as 192.0.2.0/24");
        return false;
    }
    g_autofree char *address = address_extract(span_of(value));
    if (!address || !strchr(address, '@'))
        return false;
    g_hash_table_replace(config->contacts, g_ascii_strdown(key->name, -1), g_strdup(address));
    return true;
}

static bool read_decision(Config *config, const ConfigKey *key, const char *value, char **why)
{
    if (!g_str_has_prefix(key->name, "ip ") && !g_str_has_prefix(key->name, "reporter ")) {
        *why = g_strdup("a decision stands under a campaign, as \"notme list --fields=campaign\" "
                        "prints it: ip 198.51.100.77");
        return false;
    }
    if (strcmp(value, "delete") != 0 && strcmp(value, "quarantine") != 0)
        return false;
    g_hash_table_replace(config->decisions, g_ascii_strdown(key->name, -1), g_strdup(value));
    return true;
}

static bool read_command(Config *config, const ConfigKey *key, const char *value, char **why)
{
    if (!own_command_is_name(key->name)) {
        *why = g_strdup("a command stands under a name of letters, digits, - and _, for a key that "
                        "does run:NAME");
        return false;
    }
    if (!own_command_check(value, why))
        return false;
    g_hash_table_replace(config->commands, g_strdup(key->name), g_strdup(value));
    return true;
}

/* "off", "osc52", or the words of a command. */
static bool read_clipboard(Config *config, const ConfigKey *key, const char *value, char **why)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) words = NULL;
    if (!g_shell_parse_argv(value, NULL, &words, &error)) {
        *why = g_strdup(error->message);
        return false;
    }
    text_store(config, key, g_strdup(value));
    return true;
}

#define AT(field)       offsetof(Config, field)
#define IDENTITY(field) STORED_IDENTITY, offsetof(Identity, field)
#define YES_NO          "true or false"
#define DURATION        "a number and one of s, m, h, d, w or y, as in 14d"
#define FOLDER          "the name of a folder in the mail root"
#define TAG             "a tag's name"
#define REVIEW_QUERY    "not tag:deleted and not tag:quarantined and not tag:spam"
#define SORTS           "date, verdict, injection, reporter or recipient"
#define GROUPS          "none, injection, network, reporter, subject, day, verdict, abused or campaign"

static const ConfigKey keys[] = {
    {"mail", "notmuch_config", STORED_TEXT, AT(notmuch_config), read_path, NULL, "a file"},
    {"mail", "state", STORED_TEXT, AT(state), read_path, NULL, "a folder"},
    {"identity", "addresses", IDENTITY(addresses), read_identity_addresses, NULL, "mail addresses"},
    {"identity", "domains", IDENTITY(domains), read_identity_hosts, NULL, "domain names"},
    {"identity", "hosts", IDENTITY(hosts), read_identity_hosts, NULL, "host names"},
    {"identity", "networks", IDENTITY(networks), read_identity_networks, NULL,
     "networks such as 192.0.2.0/24 or 2001:db8::/32"},
    {"identity", "weak_networks", IDENTITY(weak_networks), read_identity_networks, NULL,
     "networks such as 192.0.2.0/24 or 2001:db8::/32"},
    {"identity", "complete", IDENTITY(complete), read_identity_bool, NULL, YES_NO},
    {"identity", "forwarders", IDENTITY(forwarders), read_identity_forwarders, NULL,
     "host names or networks such as 192.0.2.0/24"},
    {"identity", "accounts", IDENTITY(accounts), read_identity_accounts, NULL,
     "names of accounts or tenants"},
    {"identity", "not_own", IDENTITY(not_own), read_identity_accounts, NULL,
     "addresses, networks, host names or names of accounts"},
    {"identity", "border", IDENTITY(border), read_identity_patterns, NULL,
     "host names in which * stands for anything but a dot"},
    {"identity", "inside", IDENTITY(inside), read_identity_patterns, NULL,
     "host names in which * stands for anything but a dot"},
    {"identity", "authserv", IDENTITY(authserv), read_identity_patterns, NULL,
     "host names in which * stands for anything but a dot"},
    {"identity", "known_logins", IDENTITY(known_logins), read_identity_networks, NULL,
     "networks such as 192.0.2.0/24 or 2001:db8::/32"},
    {"identity", "dkim_always", IDENTITY(dkim_always), read_identity_bool, NULL, YES_NO},
    {"identity", "sent_folders", STORED_LIST, AT(sent_folders), read_folders, "Sent",
     "names of folders in the mail root"},
    {"identity", "sent_complete", IDENTITY(sent_complete), read_identity_bool, NULL, YES_NO},
    {"identity", "sent_since", IDENTITY(sent_since), read_identity_since, NULL,
     "a date: 2024-12-31"},
    {"identity", "batv_keys", IDENTITY(batv_keys), read_identity_batv, NULL, "N:secret"},
    {"identity", "dkim_keys", IDENTITY(dkim_keys), read_identity_dkim, NULL,
     "SELECTOR:DOMAIN=FILE, or a key record (p=...) in the place of FILE"},
    {"identity", "id_pattern", IDENTITY(id_pattern), read_identity_pattern, NULL,
     "a regular expression"},
    {"review", "query", STORED_TEXT, AT(review.query), read_text, REVIEW_QUERY, "a query"},
    {"review", "keymap", STORED_TEXT, AT(review.keymap), read_keymap, "default", "a keymap's name"},
    {"review", "color", STORED_TEXT, AT(review.color), read_choice, "auto",
     "auto, always or never"},
    {"review", "ascii", STORED_TEXT, AT(review.ascii), read_choice, "auto", "auto, true or false"},
    {"review", "mouse", STORED_BOOL, AT(review.mouse), read_bool, "false", YES_NO},
    {"review", "auto_marked", STORED_BOOL, AT(review.auto_marked), read_bool, "true", YES_NO},
    {"review", "sort", STORED_TEXT, AT(review.sort), read_choice, "date", SORTS},
    {"review", "group", STORED_TEXT, AT(review.group), read_choice, "none", GROUPS},
    {"review", "cursor", STORED_TEXT, AT(review.cursor), read_choice, "auto", "auto, row or short"},
    {"review", "clipboard", STORED_TEXT, AT(review.clipboard), read_clipboard, "off",
     "off, osc52 or a command"},
    {"review", "split", STORED_PERCENT, AT(review.split), read_percent, "40",
     "a number from 10 to 90 (percent)"},
    {"actions", "delete", STORED_DELETE, AT(actions.delete), read_delete, "tag",
     "tag, trash or unlink"},
    {"actions", "trash", STORED_TEXT, AT(actions.trash), read_folder, "Trash", FOLDER},
    {"actions", "quarantine", STORED_TEXT, AT(actions.quarantine), read_folder, "Quarantine",
     FOLDER},
    {"actions", "quarantine_by", STORED_TEXT, AT(actions.quarantine_by), read_choice, "move",
     "move or tag"},
    {"actions", "delete_flag", STORED_BOOL, AT(actions.delete_flag), read_bool, "false", YES_NO},
    {"complain", "to", STORED_TEXT, AT(complain.to), read_choice, "reporter",
     "reporter, network or both"},
    {"complain", "format", STORED_TEXT, AT(complain.format), read_choice, "arf",
     "letter, arf or xarf"},
    {"complain", "then", STORED_TEXT, AT(complain.then), read_choice, "nothing",
     "nothing, quarantine or delete"},
    {"complain", "drafts", STORED_TEXT, AT(complain.drafts), read_folder, "Drafts", FOLDER},
    {"complain", "editor", STORED_TEXT, AT(complain.editor), read_text, NULL, "a command"},
    {"complain", "name", STORED_TEXT, AT(complain.name), read_text, NULL, "a name"},
    {"complain", "max_age", STORED_SECONDS, AT(complain.max_age), read_duration, "14d", DURATION},
    {"complain", "again_after", STORED_SECONDS, AT(complain.again_after), read_duration, "7d",
     DURATION},
    {"complain", "dns", STORED_BOOL, AT(complain.dns), read_bool, "false", YES_NO},
    {"commands", NULL, STORED_TABLE, AT(commands), read_command, NULL, "a command"},
    {"decisions", NULL, STORED_TABLE, AT(decisions), read_decision, NULL, "delete or quarantine"},
    {"contacts", "file", STORED_TEXT, AT(contacts_file), read_file, NULL, "a file"},
    {"contacts", NULL, STORED_TABLE, AT(contacts), read_contact, NULL, "a mail address"},
    {"tags", "bounce", STORED_TEXT, AT(tags.bounce), read_tag, "bounce", TAG},
    {"tags", "genuine", STORED_TEXT, AT(tags.genuine), read_tag, "genuine", TAG},
    {"tags", "backscatter", STORED_TEXT, AT(tags.backscatter), read_tag, "backscatter", TAG},
    {"tags", "fake", STORED_TEXT, AT(tags.fake), read_tag, "fake", TAG},
    {"tags", "undecided", STORED_TEXT, AT(tags.undecided), read_tag, "undecided", TAG},
    {"tags", "deleted", STORED_TEXT, AT(tags.deleted), read_tag, "deleted", TAG},
    {"tags", "quarantined", STORED_TEXT, AT(tags.quarantined), read_tag, "quarantined", TAG},
    {"tags", "complained", STORED_TEXT, AT(tags.complained), read_tag, "complained", TAG},
    {"tags", "draft", STORED_TEXT, AT(tags.draft), read_tag, "draft", TAG},
    /* no name that mail may bear for another reason: it is taken off what needs no warning */
    {"tags", "login", STORED_TEXT, AT(tags.login), read_tag, "notme/login", TAG},
    {"theme", NULL, STORED_TABLE, AT(theme), read_theme, NULL,
     "colours and attributes, as in red bold; for background auto, light or dark"},
};

const ConfigKey *config_keys(gsize *count)
{
    *count = G_N_ELEMENTS(keys);
    return keys;
}
