/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file "campaigns" of the state folder: lines of words parted by tabs. The first is the stamp,
 * the others are of an address: an organisation with first and last, or a mark. */
#include <stdlib.h>
#include <string.h>

#include "analysis/finding.h"
#include "campaign/campaigns_private.h"
#include "maildir/durable.h"

static const char magic[] = "notme-campaigns-1";

char *campaigns_identity_hash(const Identity *identity)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    identity_pack(bytes, identity);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

/* --- out -------------------------------------------------------------------------------------- */

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of one address. An organisation is a name from mail, but never with a tab or a line end
 * in it: what is no name of a host or a house is left out. */
static void place_lines(GPtrArray *lines, const char *ip, const Place *place)
{
    GHashTableIter each;
    gpointer name, value;
    g_hash_table_iter_init(&each, place->witnesses);
    while (g_hash_table_iter_next(&each, &name, &value)) {
        const Witness *witness = value;
        if (!strpbrk(name, "\t\r\n"))
            g_ptr_array_add(lines,
                            g_strdup_printf("%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT, ip,
                                            (char *)name, witness->first, witness->last));
    }
    if (place->sent_here)
        g_ptr_array_add(lines, g_strdup_printf("%s\tsent-here", ip));
    if (place->bare)
        g_ptr_array_add(lines, g_strdup_printf("%s\tnameless", ip));
    if (place->named)
        g_ptr_array_add(lines, g_strdup_printf("%s\tnamed", ip));
}

char *campaigns_text(const Campaigns *campaigns)
{
    const CampaignsStamp *stamp = &campaigns->stamp;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    GString *text = g_string_new(NULL);
    GHashTableIter each;
    gpointer ip, place;
    g_hash_table_iter_init(&each, campaigns->places);
    while (g_hash_table_iter_next(&each, &ip, &place))
        place_lines(lines, ip, place);
    g_ptr_array_sort(lines, compare_texts);
    g_string_append_printf(text, "%s\t%s\t%s\t%" G_GUINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", magic,
                           stamp->identity, stamp->database ? stamp->database : "", stamp->revision,
                           stamp->looked);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(text, "%s\n", (char *)lines->pdata[i]);
    return g_string_free(text, FALSE);
}

static char *campaigns_path(const char *state_dir)
{
    return g_build_filename(state_dir, "campaigns", NULL);
}

void campaigns_write(const Campaigns *campaigns, const char *state_dir)
{
    g_autofree char *path = campaigns_path(state_dir), *text = campaigns_text(campaigns);
    if (durable_make_folder(state_dir))
        g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* --- in --------------------------------------------------------------------------------------- */

static bool stamp_read(CampaignsStamp *stamp, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, "\t", 6);
    guint n = g_strv_length(words);
    if (n != 5 || strcmp(words[0], magic) != 0 || strcmp(words[1], stamp->identity) != 0 ||
        !g_ascii_string_to_unsigned(words[3], 10, 0, G_MAXUINT64, &stamp->revision, NULL) ||
        !g_ascii_string_to_signed(words[4], 10, 0, G_MAXINT64, &stamp->looked, NULL))
        return false;
    stamp->database = g_strdup(words[2]);
    return true;
}

static void line_read(Campaigns *campaigns, const char *line)
{
    g_auto(GStrv) words = g_strsplit(line, "\t", 5);
    guint n = g_strv_length(words);
    gint64 first, last;
    Ip ip;
    if ((n != 2 && n != 4) || !ip_parse(span_of(words[0]), &ip))
        return;
    if (n == 4) {
        if (g_ascii_string_to_signed(words[2], 10, G_MININT64, G_MAXINT64, &first, NULL) &&
            g_ascii_string_to_signed(words[3], 10, G_MININT64, G_MAXINT64, &last, NULL))
            place_witness(campaigns_place(campaigns, words[0]), words[1], first, last);
        return;
    }
    Place *place = campaigns_place(campaigns, words[0]);
    place->sent_here = place->sent_here || strcmp(words[1], "sent-here") == 0;
    place->bare = place->bare || strcmp(words[1], "nameless") == 0;
    place->named = place->named || strcmp(words[1], "named") == 0;
}

Campaigns *campaigns_read(const char *state_dir, const Identity *identity)
{
    g_autofree char *path = campaigns_path(state_dir), *text = NULL;
    g_autoptr(Campaigns) campaigns = campaigns_new(identity);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (!lines[0] || !stamp_read(&campaigns->stamp, lines[0]))
        return NULL;
    for (char **line = lines + 1; *line; line++)
        line_read(campaigns, *line);
    return g_steal_pointer(&campaigns);
}
