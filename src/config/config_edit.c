/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing a configuration line by line. GKeyFile would write it anew in its own way. */
#include "config/config_edit.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/span.h"
#include "config/config.h"

/* --- where things stand ----------------------------------------------------------------------- */

/* An entry in its two parts. */
typedef struct Entry {
    char *section;
    Span key, value;
    bool is_switch;
} Entry;

static void entry_clear(Entry *entry)
{
    g_free(entry->section);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Entry, entry_clear)

static Entry entry_of(const char *text)
{
    static const char *const switches[] = {"complete", "sent_complete", "dkim_always"};
    gsize begin = *text == '[' ? strcspn(text, "]") + 1 : 0;
    Span all = span_of(text + begin);
    gsize n = strcspn(text + begin, "=");
    Entry entry = {begin ? g_strndup(text + 1, begin - 2) : g_strdup("identity"),
                   span_sub(all, 0, n), span_sub(all, n + 1, all.n), begin > 0};
    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++)
        entry.is_switch = entry.is_switch || span_eq(entry.key, switches[i]);
    return entry;
}

/* Of a text: where the value of the key stands, and where a new line of the section would. */
typedef struct Place {
    bool section, key;
    gsize line, line_end; /* of the key, with its line end */
    Span value;
    gsize end; /* behind the last line of the section that is not blank */
} Place;

static bool is_section(Span line, const char *name)
{
    gsize n = strlen(name);
    return line.n >= n + 2 && line.p[0] == '[' && memcmp(line.p + 1, name, n) == 0 &&
           line.p[n + 1] == ']';
}

static Place place_find(const char *text, const Entry *entry)
{
    const char *section = entry->section;
    Span key = entry->key;
    Place place = {.end = strlen(text)};
    Span rest = span_of(text), line;
    bool inside = false;
    for (const char *begin = rest.p; span_line(&rest, &line); begin = rest.p) {
        gsize end = rest.n ? (gsize)(rest.p - text) : strlen(text);
        Span shown = span_trim(line);
        if (shown.n && shown.p[0] == '[')
            inside = is_section(shown, section);
        if (!inside || !shown.n)
            continue;
        place.section = true;
        if (shown.p[0] == '#') /* it may speak of the next section */
            continue;
        place.end = end;
        gssize equals = span_find(shown, "=");
        Span name = equals > 0 ? span_trim(span_sub(shown, 0, (gsize)equals)) : SPAN("");
        if (place.key || name.n != key.n || memcmp(name.p, key.p, key.n) != 0)
            continue;
        place.key = true;
        place.line = (gsize)(begin - text);
        place.line_end = end;
        place.value = span_trim(span_sub(shown, (gsize)equals + 1, shown.n));
        if (!place.value.n) /* behind the sign */
            place.value = (Span){shown.p + equals + 1, 0};
    }
    return place;
}

/* Where @item stands in the list @value; false if it does not. */
static bool item_find(Span value, Span item, Span *found)
{
    for (gsize from = 0; from <= value.n;) {
        const char *semicolon = from < value.n ? memchr(value.p + from, ';', value.n - from) : NULL;
        gsize end = semicolon ? (gsize)(semicolon - value.p) : value.n;
        *found = span_sub(value, from, end - from);
        Span bare = span_trim(*found);
        if (bare.n == item.n && g_ascii_strncasecmp(bare.p, item.p, item.n) == 0)
            return true;
        from = end + 1;
    }
    return false;
}

bool config_text_has(const char *text, const char *entry)
{
    g_auto(Entry) e = entry_of(entry);
    Place place = place_find(text, &e);
    Span found;
    return place.key && item_find(place.value, e.value, &found);
}

/* --- changing --------------------------------------------------------------------------------- */

/* @text with what stands from @from to @to replaced by @new. */
static char *replaced(const char *text, gsize from, gsize to, const char *new)
{
    return g_strdup_printf("%.*s%s%s", (int)from, text, new, text + to);
}

static char *line_added(const char *text, const Place *place, const Entry *entry)
{
    g_autofree char *head =
        !place->section ? g_strdup_printf("%s[%s]\n", place->end ? "\n" : "", entry->section)
                        : g_strdup("");
    g_autofree char *key = span_dup(entry->key);
    bool open = place->end > 0 && text[place->end - 1] != '\n';
    g_autofree char *line =
        g_strdup_printf("%s%s%s=%s\n", open ? "\n" : "", head, key, entry->value.p);
    return replaced(text, place->end, place->end, line);
}

char *config_text_add(const char *text, const char *entry)
{
    g_auto(Entry) e = entry_of(entry);
    Place place = place_find(text, &e);
    Span found;
    if (!place.key)
        return line_added(text, &place, &e);
    if (item_find(place.value, e.value, &found))
        return g_strdup(text);
    gsize from = (gsize)(place.value.p - text), to = from + place.value.n;
    if (e.is_switch)
        return replaced(text, from, to, e.value.p);
    bool ended = !place.value.n || text[to - 1] == ';';
    g_autofree char *more = g_strconcat(ended ? "" : ";", e.value.p, NULL);
    return replaced(text, to, to, more);
}

char *config_text_remove(const char *text, const char *entry)
{
    g_auto(Entry) e = entry_of(entry);
    Place place = place_find(text, &e);
    Span found;
    if (!place.key || !item_find(place.value, e.value, &found))
        return g_strdup(text);
    gsize from = (gsize)(found.p - text), to = from + found.n;
    if (span_trim(found).n == place.value.n)
        return replaced(text, place.line, place.line_end, "");
    if (found.p > place.value.p) /* the sign before it, else the one behind */
        from--;
    else
        to++;
    return replaced(text, from, to, "");
}

/* --- files ------------------------------------------------------------------------------------ */

char *config_target(const char *path, GError **error)
{
    struct stat st;
    char *real = realpath(path, NULL);
    if (real) {
        char *target = g_strdup(real);
        free(real);
        return target;
    }
    if (lstat(path, &st) != 0)
        return g_strdup(path);
    g_set_error(error, CONFIG_ERROR, 0, "%s cannot be written: it is a link that leads nowhere",
                path);
    return NULL;
}

static bool fail(const char *path, int why, GError **error)
{
    g_set_error(error, CONFIG_ERROR, 0,
                "%s cannot be written: %s; make it writable, or name another file with --config",
                path, g_strerror(why));
    return false;
}

bool config_write(const char *path, const char *text, GError **error)
{
    g_autofree char *target = config_target(path, error);
    if (!target)
        return false;
    g_autofree char *folder = g_path_get_dirname(target);
    g_autoptr(GError) cause = NULL;
    struct stat st;
    bool there = stat(target, &st) == 0;
    if (g_mkdir_with_parents(folder, 0700) != 0)
        return fail(folder, errno, error);
    /* a file is replaced by the rights of its folder: its own are asked for first */
    if (there && access(target, W_OK) != 0)
        return fail(target, errno, error);
    const GFileSetContentsFlags flags =
        G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
    if (g_file_set_contents_full(target, text, -1, flags, there ? (int)(st.st_mode & 0777) : 0600,
                                 &cause))
        return true;
    g_set_error(error, CONFIG_ERROR, 0, "%s cannot be written: %s", target, cause->message);
    return false;
}

/* A switch is turned where it stands: the line keeps its place. */
static bool is_turned(const char *entry, const char *const *add)
{
    g_auto(Entry) off = entry_of(entry);
    for (; off.is_switch && *add; add++) {
        g_auto(Entry) on = entry_of(*add);
        if (strcmp(on.section, off.section) == 0 && on.key.n == off.key.n &&
            memcmp(on.key.p, off.key.p, on.key.n) == 0)
            return true;
    }
    return false;
}

char *config_text_change(const char *text, const char *const *remove, const char *const *add)
{
    char *changed = g_strdup(text);
    for (; *remove; remove++) {
        if (is_turned(*remove, add))
            continue;
        char *next = config_text_remove(changed, *remove);
        g_free(changed);
        changed = next;
    }
    for (; *add; add++) {
        char *next = config_text_add(changed, *add);
        g_free(changed);
        changed = next;
    }
    return changed;
}

bool config_change_back(const char *path, const char *way, const char *const *remove,
                        const char *const *add, GError **error)
{
    g_autofree char *before = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &before, NULL, &cause) &&
        !g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    const char *text = before ? before : "";
    g_autofree char *back = way ? config_text_led_back(text, way) : NULL;
    g_autofree char *changed =
        back ? g_steal_pointer(&back) : config_text_change(text, remove, add);
    return strcmp(changed, text) == 0 || config_write(path, changed, error);
}

bool config_change(const char *path, const char *const *remove, const char *const *add,
                   GError **error)
{
    return config_change_back(path, NULL, remove, add, error);
}

/* --- the way back ----------------------------------------------------------------------------- */

/* "CHECKSUM FROM LENGTH TEXT": in the text of that checksum TEXT stands in place of the LENGTH
 * bytes at FROM. */
char *config_text_way_back(const char *before, const char *after)
{
    gsize n = strlen(before), m = strlen(after), head = 0, tail = 0;
    while (head < n && head < m && before[head] == after[head])
        head++;
    while (tail < n - head && tail < m - head && before[n - 1 - tail] == after[m - 1 - tail])
        tail++;
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, after, -1);
    return g_strdup_printf("%s %" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %.*s", sum, head,
                           m - head - tail, (int)(n - head - tail), before + head);
}

char *config_text_led_back(const char *text, const char *way)
{
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_auto(GStrv) parts = g_strsplit(way, " ", 4);
    guint64 from, length;
    gsize n = strlen(text);
    if (g_strv_length(parts) != 4 || strcmp(parts[0], sum) != 0 ||
        !g_ascii_string_to_unsigned(parts[1], 10, 0, n, &from, NULL) ||
        !g_ascii_string_to_unsigned(parts[2], 10, 0, n - from, &length, NULL))
        return NULL;
    return replaced(text, from, from + length, parts[3]);
}

char *config_answer(const char *given, const char *entry, GError **error)
{
    const char *const none[] = {NULL}, *const add[] = {entry, NULL};
    g_autofree char *named = config_last_path(given);
    g_autofree char *file = config_target(named, error);
    return file && config_change(file, none, add, error) ? g_steal_pointer(&file) : NULL;
}
