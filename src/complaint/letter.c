/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See letter.h. */
#include "complaint/letter.h"

#include <gio/gio.h>
#include <string.h>

#include "base/builtin.h"
#include "base/nearest.h"

enum { WIDTH = 72, TEMPLATE_MAX = 256 << 10 };

static const char subject_key[] = "Subject:";

void letter_template_free(LetterTemplate *template)
{
    if (!template)
        return;
    g_free(template->origin);
    g_free(template->text);
    g_free(template);
}

/* The next {field} at or behind @p: *name gets its name. Returns where the brace opens; NULL: none.
 * A brace without letters behind it is a brace. */
static const char *next_field(const char *p, char **name)
{
    for (; (p = strchr(p, '{')); p++) {
        gsize n = 0;
        while (g_ascii_isalpha(p[1 + n]) || p[1 + n] == '_')
            n++;
        if (n && p[1 + n] == '}') {
            *name = g_strndup(p + 1, n);
            return p;
        }
    }
    return NULL;
}

static const LetterField *find_field(const LetterField *fields, const char *name)
{
    for (; fields->name; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

static void unknown_field(const char *origin, guint line, const char *name,
                          const LetterField *fields, GError **error)
{
    Nearest nearest = nearest_to(name);
    g_autoptr(GString) known = g_string_new(NULL);
    for (const LetterField *field = fields; field->name; field++) {
        nearest_try(&nearest, field->name);
        g_string_append_printf(known, "%s{%s}", known->len ? ", " : "", field->name);
    }
    if (nearest.found)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s:%u: unknown field {%s}; did you mean {%s}?", origin, line, name,
                    nearest.found);
    else
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "%s:%u: unknown field {%s}; allowed are %s", origin, line, name, known->str);
}

static bool template_check(const LetterTemplate *template, const LetterField *fields,
                           GError **error)
{
    g_auto(GStrv) lines = g_strsplit(template->text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char *name;
        for (const char *p = lines[i]; (p = next_field(p, &name)); p++) {
            g_autofree char *its = name;
            if (find_field(fields, its))
                continue;
            unknown_field(template->origin, i + 1, its, fields, error);
            return false;
        }
    }
    return true;
}

static const char *builtin_text(const char *name)
{
    for (const BuiltinFile *file = builtin_templates; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return file->text;
    return "";
}

/* The user's own @path. False with an error; true without a text where there is none. */
static bool read_own(const char *path, char **text, GError **error)
{
    g_autoptr(GError) why = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, text, &length, &why)) {
        if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
            g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
            return true;
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (length <= TEMPLATE_MAX && strlen(*text) == length && g_utf8_validate(*text, -1, NULL))
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                "%s:1: not a text in UTF-8 of at most %d KiB", path, TEMPLATE_MAX >> 10);
    g_clear_pointer(text, g_free);
    return false;
}

LetterTemplate *letter_template_load(const char *name, const char *config_dir,
                                     const LetterField *fields, GError **error)
{
    g_autofree char *file = g_strconcat(name, ".txt", NULL);
    g_autofree char *path =
        config_dir ? g_build_filename(config_dir, "complaint", file, NULL) : NULL;
    g_autofree char *text = NULL;
    if (path && !read_own(path, &text, error))
        return NULL;
    g_autoptr(LetterTemplate) template = g_new0(LetterTemplate, 1);
    template->origin = text ? g_steal_pointer(&path) : g_strdup_printf("built-in %s", file);
    template->text = text ? g_steal_pointer(&text) : g_strdup(builtin_text(name));
    return template_check(template, fields, error) ? g_steal_pointer(&template) : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* @line with its fields filled in; NULL where one of them is not known. */
static char *fill(const char *line, const LetterField *fields)
{
    GString *out = g_string_new(NULL);
    char *name;
    for (const char *field; (field = next_field(line, &name));) {
        g_autofree char *its = name;
        const LetterField *found = find_field(fields, its);
        if (!found || !found->value) {
            g_string_free(out, TRUE);
            return NULL;
        }
        g_string_append_len(out, line, field - line);
        g_string_append(out, found->value);
        line = field + strlen(its) + 2;
    }
    g_string_append(out, line);
    return g_string_free(out, FALSE);
}

/* Blanks that lines after the first begin with: those of the first, and the width of "1. ". */
static gsize hanging(const char *line)
{
    gsize blanks = strspn(line, " "), digits = strspn(line + blanks, "0123456789");
    bool numbered = digits && line[blanks + digits] == '.' && line[blanks + digits + 1] == ' ';
    return blanks + (numbered ? digits + 2 : 0);
}

static void wrap(GString *out, const char *line)
{
    gsize indent = hanging(line), column = strspn(line, " ");
    g_string_append_printf(out, "%*s", (int)column, "");
    bool first = true;
    for (const char *p = line + column; *p;) {
        gsize n = strcspn(p, " ");
        gsize width = (gsize)g_utf8_strlen(p, (gssize)n);
        if (!first && column + 1 + width > WIDTH) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append_len(out, p, (gssize)n);
        column += width;
        first = false;
        p += n;
        p += strspn(p, " ");
    }
    g_string_append_c(out, '\n');
}

/* A field of several lines, alone on its line, keeps them; and what stands four blanks in is a
 * quotation, which is never broken: who gets it looks for it in his logs. */
static void write_line(GString *out, const char *line)
{
    g_auto(GStrv) lines = g_strsplit(line, "\n", -1);
    bool block = (lines[0] && lines[1]) || g_str_has_prefix(line, "    ");
    for (char **one = lines; *one; one++)
        if (block)
            g_string_append_printf(out, "%s\n", *one);
        else
            wrap(out, *one);
}

/* The paragraph of @lines[0..count); nothing where a field of it is not known. */
static void write_paragraph(GString *out, char **lines, guint count, const LetterField *fields)
{
    g_autoptr(GPtrArray) filled = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < count; i++) {
        g_autofree char *line = fill(lines[i], fields);
        if (!line)
            return;
        g_strchomp(line);
        /* an empty field at its begin leaves a blank */
        const char *begin =
            line[0] == ' ' && line[1] != ' ' && lines[i][0] == '{' ? line + 1 : line;
        const char *last = filled->len ? filled->pdata[filled->len - 1] : NULL;
        /* a name that is not known is the address: not twice */
        if (!last || strcmp(begin, last) != 0)
            g_ptr_array_add(filled, g_strdup(begin));
    }
    if (out->len)
        g_string_append_c(out, '\n');
    for (guint i = 0; i < filled->len; i++)
        write_line(out, filled->pdata[i]);
}

char *letter_write(const LetterTemplate *template, const LetterField *fields, char **subject)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(template->text, "\n", -1);
    char **line = lines;
    *subject = NULL;
    for (; *line && g_str_has_prefix(*line, subject_key); line++)
        if (!*subject)
            *subject = fill(*line + strlen(subject_key), fields);
    if (*subject)
        g_strdelimit(g_strstrip(*subject), "\n", ' ');
    while (*line) {
        guint count = 0;
        for (; *line && !**line; line++)
            ;
        while (line[count] && *line[count])
            count++;
        if (count)
            write_paragraph(out, line, count, fields);
        line += count;
    }
    return g_string_free(out, FALSE);
}
