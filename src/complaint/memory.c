/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See memory.h. A line: TIME TAB ADDRESS,ADDRESS TAB SOURCE,SOURCE TAB MESSAGE-ID. */
#include "complaint/memory.h"

#include "base/date.h"

static const char nobody[] = "-"; /* in place of the addresses */

struct Memory {
    GHashTable *times; /* "ADDRESS SOURCE" -> gint64 * */
};

static void remember(Memory *memory, const char *address, const char *source, gint64 time)
{
    g_autofree char *joined = g_strdup_printf("%s %s", address, source);
    char *key = g_ascii_strdown(joined, -1);
    const gint64 *known = g_hash_table_lookup(memory->times, key);
    if (known && *known >= time) {
        g_free(key);
        return;
    }
    gint64 *value = g_new(gint64, 1);
    *value = time;
    g_hash_table_replace(memory->times, key, value);
}

static void remember_all(gint64 time, const char *to, const char *about, gpointer data)
{
    g_auto(GStrv) addresses = g_strsplit(to, ",", -1);
    g_auto(GStrv) sources = g_strsplit(about, ",", -1);
    for (char **address = addresses; *address; address++)
        for (char **source = sources; *source; source++)
            remember(data, *address, *source, time);
}

void memory_each(const char *state_dir,
                 void (*each)(gint64 time, const char *to, const char *about, gpointer data),
                 gpointer data)
{
    g_autofree char *path = g_build_filename(state_dir, "complaints", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);
        Date date;
        if (g_strv_length(fields) >= 3 && date_parse(span_of(fields[0]), &date) &&
            date.utc != TIME_NONE)
            each(date.utc, fields[1], fields[2], data);
    }
}

Memory *memory_load(const char *state_dir)
{
    Memory *memory = g_new0(Memory, 1);
    memory->times = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    memory_each(state_dir, remember_all, memory);
    return memory;
}

void memory_free(Memory *memory)
{
    if (!memory)
        return;
    g_hash_table_unref(memory->times);
    g_free(memory);
}

static gint64 last_to(const Memory *memory, const char *address, const char *source)
{
    g_autofree char *joined = g_strdup_printf("%s %s", address, source);
    g_autofree char *key = g_ascii_strdown(joined, -1);
    const gint64 *time = g_hash_table_lookup(memory->times, key);
    return time ? *time : TIME_NONE;
}

gint64 memory_last(const Memory *memory, const GPtrArray *addressees, const char *source)
{
    gint64 last = addressees->len ? TIME_NONE : last_to(memory, nobody, source);
    for (guint i = 0; i < addressees->len; i++)
        last = MAX(last, last_to(memory, addressees->pdata[i], source));
    return last;
}

static void append_list(GString *line, const GPtrArray *list)
{
    g_string_append_c(line, '\t');
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(line, "%s%s", i ? "," : "", (const char *)list->pdata[i]);
    if (list->len == 0)
        g_string_append(line, nobody);
}

char *memory_line(gint64 now, const GPtrArray *addressees, const GPtrArray *sources,
                  const char *draft)
{
    g_autofree char *time = date_format_rfc3339(now);
    GString *line = g_string_new(time);
    append_list(line, addressees);
    append_list(line, sources);
    g_string_append_printf(line, "\t%s", draft);
    return g_string_free(line, FALSE);
}
