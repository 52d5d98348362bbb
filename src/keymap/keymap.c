/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keymaps: the parser of their files, and look-up. A keymap is a list of bindings, searched from
 * front to back: a few hundred, and keys come one at a time. */
#include "keymap/keymap.h"

#include <string.h>

#include "base/builtin.h"
#include "base/nearest.h"
#include "base/span.h"

G_DEFINE_QUARK(notme-keymap-error, keymap_error);

struct Keymap {
    GPtrArray *bindings;  /* of Binding */
    GStringChunk *files;  /* names: of files, for errors and for binding->file; of commands */
    const char *folder;   /* only while reading */
    GPtrArray *including; /* of char *: files being read, the innermost last; only while reading */
};

enum { MOST_BINDINGS = 4000, DEEPEST_INCLUDE = 8, MOST_WORDS = KEYMAP_LONGEST + 2 };

static const char run_prefix[] = "run:";

typedef struct Line {
    const char *file;
    guint number;
    char *words[MOST_WORDS + 1];
    guint count;
} Line;

static bool keymap_read(Keymap *keymap, const char *file, const char *text, GError **error);

static bool line_error(const Line *line, GError **error, const char *what, const char *nearest)
{
    if (nearest)
        g_set_error(error, KEYMAP_ERROR, 0, "%s:%u: %s; did you mean \"%s\"?", line->file,
                    line->number, what, nearest);
    else
        g_set_error(error, KEYMAP_ERROR, 0, "%s:%u: %s", line->file, line->number, what);
    return false;
}

static Binding *binding_exact(const Keymap *keymap, Context context, const Key *keys, guint length)
{
    for (guint i = 0; i < keymap->bindings->len; i++) {
        Binding *binding = keymap->bindings->pdata[i];
        if (binding->context == context && binding->length == length &&
            memcmp(binding->keys, keys, length * sizeof *keys) == 0)
            return binding;
    }
    return NULL;
}

/* A binding in force of the same context of which the one is the beginning of the other. */
static const Binding *binding_hidden(const Keymap *keymap, const Binding *added)
{
    for (guint i = 0; i < keymap->bindings->len; i++) {
        const Binding *old = keymap->bindings->pdata[i];
        guint common = MIN(old->length, added->length);
        if (old->context == added->context && old->action && old->length != added->length &&
            memcmp(old->keys, added->keys, common * sizeof *old->keys) == 0)
            return old;
    }
    return NULL;
}

static bool binding_add(Keymap *keymap, const Line *line, const Binding *added, GError **error)
{
    const Binding *hidden = added->action ? binding_hidden(keymap, added) : NULL;
    if (hidden) {
        g_autofree char *mine = key_texts(added->keys, added->length);
        g_autofree char *other = key_texts(hidden->keys, hidden->length);
        g_autofree char *what = g_strdup_printf(
            "\"%s\" and \"%s\" (%s:%u) hide one another; first unbind that one: %s %s none", mine,
            other, hidden->file, hidden->line, context_name(added->context), other);
        return line_error(line, error, what, NULL);
    }
    Binding *same = binding_exact(keymap, added->context, added->keys, added->length);
    if (same) {
        *same = *added;
        return true;
    }
    if (keymap->bindings->len >= MOST_BINDINGS)
        return line_error(line, error, "too many bindings", NULL);
    g_ptr_array_add(keymap->bindings, g_memdup2(added, sizeof *added));
    return true;
}

static bool contexts_parse(const Line *line, unsigned *contexts, GError **error)
{
    g_auto(GStrv) names = g_strsplit(line->words[0], ",", -1);
    *contexts = 0;
    for (char **name = names; *name; name++) {
        Context one = context_from_name(*name);
        if (one) {
            *contexts |= one;
            continue;
        }
        Nearest nearest = nearest_to(*name);
        for (unsigned bit = CONTEXT_LIST; bit <= CONTEXT_ANY; bit <<= 1)
            nearest_try(&nearest, context_name(bit));
        g_autofree char *what =
            g_strdup_printf("unknown context \"%s\"; there are list, case, "
                            "groups, jobs, questions, drafts, help, prompt and any",
                            *name);
        return line_error(line, error, what, nearest.found);
    }
    return true;
}

static bool keys_parse(const Line *line, Binding *binding, GError **error)
{
    for (guint i = 1; i + 1 < line->count; i++) {
        const char *word = line->words[i];
        if (key_parse(word, &binding->keys[binding->length])) {
            binding->length++;
            continue;
        }
        const char *nearest = key_nearest(word);
        g_autofree char *what = g_strdup_printf(
            "unknown key \"%s\"%s", word,
            nearest ? ""
                    : "; a key is a character, ^X, M-x or a name such as <Up>, and keys of a "
                      "sequence stand apart: g g");
        return line_error(line, error, what, nearest);
    }
    return true;
}

static bool action_parse(const Line *line, unsigned contexts, ActionId *action, GError **error)
{
    const char *name = line->words[line->count - 1];
    *action = g_str_has_prefix(name, run_prefix) ? ACTION_RUN : action_from_name(name);
    if (*action == ACTION_RUN && !name[MIN(strlen(name), strlen(run_prefix))])
        return line_error(line, error, "which command? run:NAME, with NAME of [commands]", NULL);
    if (!*action && strcmp(name, "none") != 0) {
        g_autofree char *what =
            g_strdup_printf("unknown action \"%s\"; \"notme keys\" lists all", name);
        return line_error(line, error, what, action_nearest(name));
    }
    for (unsigned bit = CONTEXT_LIST; *action && bit < CONTEXT_ANY; bit <<= 1) {
        if (!(contexts & bit) || action_row(*action)->contexts & bit)
            continue;
        g_autofree char *what =
            g_strdup_printf("\"%s\" means nothing in \"%s\"", name, context_name(bit));
        return line_error(line, error, what, NULL);
    }
    return true;
}

static bool line_bind(Keymap *keymap, const Line *line, GError **error)
{
    if (line->count < 3)
        return line_error(line, error, "a line is \"context key action\" or \"include NAME\"",
                          NULL);
    unsigned contexts;
    Binding binding = {.file = line->file, .line = line->number};
    if (!contexts_parse(line, &contexts, error) || !keys_parse(line, &binding, error) ||
        !action_parse(line, contexts, &binding.action, error))
        return false;
    if (binding.action == ACTION_RUN)
        binding.argument = g_string_chunk_insert_const(keymap->files, line->words[line->count - 1] +
                                                                          strlen(run_prefix));
    for (unsigned bit = CONTEXT_LIST; bit <= CONTEXT_ANY; bit <<= 1) {
        binding.context = bit;
        if (contexts & bit && !binding_add(keymap, line, &binding, error))
            return false;
    }
    return true;
}

static const char *builtin_text(const char *name)
{
    for (const BuiltinFile *file = builtin_keymaps; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return file->text;
    return NULL;
}

static char *names_known(void)
{
    GString *names = g_string_new(NULL);
    for (const BuiltinFile *file = builtin_keymaps; file->name; file++)
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", file->name);
    return g_string_free(names, FALSE);
}

/* The file being read is the user's own of that name: "include default" in it means the shipped. */
static bool is_being_read(const Keymap *keymap, const char *path)
{
    for (guint i = 0; i < keymap->including->len; i++)
        if (strcmp(keymap->including->pdata[i], path) == 0)
            return true;
    return false;
}

/* The user's own file of @name that is not being read: beside the configuration, then in the
 * folder where configurations are. NULL: there is none. */
static char *user_path(const Keymap *keymap, const char *name)
{
    if (strchr(name, '/'))
        return is_being_read(keymap, name) ? NULL : g_strdup(name);
    g_autofree char *file = g_strconcat(name, ".keys", NULL);
    g_autofree char *usual = g_build_filename(g_get_user_config_dir(), "notme", NULL);
    const char *const folders[] = {keymap->folder, usual};
    for (gsize i = 0; keymap->folder && i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(folders[i], "keymaps", file, NULL);
        if (!is_being_read(keymap, path) && g_file_test(path, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&path);
    }
    return NULL;
}

/* Reads keymap @name, the user's own before a shipped one. @line is where it is included, or NULL.
 */
static bool keymap_include(Keymap *keymap, const char *name, const Line *line, GError **error)
{
    g_autofree char *path = user_path(keymap, name);
    g_autofree char *text = NULL;
    if (keymap->including->len >= DEEPEST_INCLUDE)
        return line_error(line, error, "includes go too deep", NULL);
    if (path) {
        g_autoptr(GError) cause = NULL;
        gsize length;
        if (!g_file_get_contents(path, &text, &length, &cause)) {
            g_set_error(error, KEYMAP_ERROR, 0, "keymap: %s", cause->message);
            return false;
        }
        if (strlen(text) != length) {
            g_set_error(error, KEYMAP_ERROR, 0, "%s: not a text: it contains NUL bytes", path);
            return false;
        }
        return keymap_read(keymap, path, text, error);
    }
    g_autofree char *label = g_strdup_printf("%s.keys", name);
    const char *shipped = builtin_text(name);
    if (shipped && !is_being_read(keymap, label))
        return keymap_read(keymap, label, shipped, error);
    g_autofree char *known = names_known();
    g_autofree char *what = shipped
                                ? g_strdup_printf("keymap \"%s\" includes itself", name)
                                : g_strdup_printf("no keymap \"%s\"; there are %s, and files of "
                                                  "your own: keymaps/%s.keys",
                                                  name, known, name);
    if (line)
        return line_error(line, error, what, NULL);
    g_set_error_literal(error, KEYMAP_ERROR, 0, what);
    return false;
}

/* Splits @text at white space, up to a word that begins with "#". */
static bool line_split(Line *line, Span text, GError **error)
{
    line->count = 0;
    while (text.n > 0) {
        size_t n = 0;
        text = span_trim(text);
        while (n < text.n && !g_ascii_isspace(text.p[n]))
            n++;
        if (n == 0 || text.p[0] == '#')
            break;
        if (line->count >= MOST_WORDS)
            return line_error(line, error, "too many keys in one sequence", NULL);
        line->words[line->count++] = span_dup(span_sub(text, 0, n));
        text = span_sub(text, n, text.n - n);
    }
    return true;
}

static bool line_read(Keymap *keymap, Line *line, Span text, GError **error)
{
    bool ok = line_split(line, text, error);
    if (ok && line->count > 0 && strcmp(line->words[0], "include") == 0)
        ok = line->count == 2 ? keymap_include(keymap, line->words[1], line, error)
                              : line_error(line, error, "a line is \"include NAME\"", NULL);
    else if (ok && line->count > 0)
        ok = line_bind(keymap, line, error);
    for (guint i = 0; i < line->count; i++)
        g_free(line->words[i]);
    return ok;
}

static bool keymap_read(Keymap *keymap, const char *file, const char *text, GError **error)
{
    char *name = g_string_chunk_insert_const(keymap->files, file);
    Line line = {.file = name};
    Span rest = span_of(text), one;
    bool ok = g_utf8_validate(text, -1, NULL);
    if (!ok)
        g_set_error(error, KEYMAP_ERROR, 0, "%s: not UTF-8", file);
    g_ptr_array_add(keymap->including, name);
    for (line.number = 1; ok && span_line(&rest, &one); line.number++)
        ok = line_read(keymap, &line, one, error);
    g_ptr_array_set_size(keymap->including, (gint)keymap->including->len - 1);
    return ok;
}

static Keymap *keymap_new(const char *folder)
{
    Keymap *keymap = g_new0(Keymap, 1);
    keymap->bindings = g_ptr_array_new_with_free_func(g_free);
    keymap->files = g_string_chunk_new(64);
    keymap->including = g_ptr_array_new();
    keymap->folder = folder;
    return keymap;
}

void keymap_free(Keymap *keymap)
{
    if (!keymap)
        return;
    g_ptr_array_unref(keymap->bindings);
    g_ptr_array_unref(keymap->including);
    g_string_chunk_free(keymap->files);
    g_free(keymap);
}

Keymap *keymap_load(const char *name, const char *folder, GError **error)
{
    g_autoptr(Keymap) keymap = keymap_new(folder);
    if (!keymap_include(keymap, name, NULL, error))
        return NULL;
    if (keymap->bindings->len == 0) {
        g_set_error(error, KEYMAP_ERROR, 0,
                    "keymap \"%s\" binds no key; the line \"include default\" takes the usual ones",
                    name);
        return NULL;
    }
    keymap->folder = NULL;
    return g_steal_pointer(&keymap);
}

Keymap *keymap_parse(const char *file, const char *text, const char *folder, GError **error)
{
    g_autoptr(Keymap) keymap = keymap_new(folder);
    if (!keymap_read(keymap, file, text, error))
        return NULL;
    keymap->folder = NULL;
    return g_steal_pointer(&keymap);
}

/* In a prompt, what types a character is never bound for any context. */
static bool reaches(const Binding *binding, Context context)
{
    Key first = binding->keys[0];
    if (binding->context == context)
        return true;
    return binding->context == CONTEXT_ANY &&
           (context != CONTEXT_PROMPT || first < 0x20 || first >= KEY_SPECIAL) &&
           (!binding->action || action_row(binding->action)->contexts & context);
}

static bool begins(const Binding *binding, const Key *keys, guint length)
{
    return binding->length >= length && memcmp(binding->keys, keys, length * sizeof *keys) == 0;
}

/* The binding of exactly @keys that is in force in @context, or NULL; ACTION_NONE ones hide too. */
static const Binding *binding_in_force(const Keymap *keymap, Context context, const Key *keys,
                                       guint length)
{
    const Binding *own = binding_exact(keymap, context, keys, length);
    const Binding *any = own ? NULL : binding_exact(keymap, CONTEXT_ANY, keys, length);
    return own ? own : any && reaches(any, context) ? any : NULL;
}

KeymapAnswer keymap_find(const Keymap *keymap, Context context, const Key *keys, guint length,
                         ActionId *action)
{
    const Binding *exact = binding_in_force(keymap, context, keys, length);
    bool longer = false;
    for (guint i = 0; i < keymap->bindings->len && !longer; i++) {
        const Binding *binding = keymap->bindings->pdata[i];
        longer = binding->length > length && binding->action && begins(binding, keys, length) &&
                 reaches(binding, context) &&
                 binding_in_force(keymap, context, binding->keys, binding->length) == binding;
    }
    *action = exact ? exact->action : ACTION_NONE;
    if (*action)
        return longer ? KEYMAP_EITHER : KEYMAP_FOUND;
    return longer ? KEYMAP_PREFIX : KEYMAP_UNBOUND;
}

const char *keymap_argument(const Keymap *keymap, Context context, const Key *keys, guint length)
{
    const Binding *binding = binding_in_force(keymap, context, keys, length);
    return binding ? binding->argument : NULL;
}

bool keymap_check(const Keymap *keymap, GHashTable *commands, GError **error)
{
    for (guint i = 0; i < keymap->bindings->len; i++) {
        const Binding *binding = keymap->bindings->pdata[i];
        const Line line = {.file = binding->file, .number = binding->line};
        if (!binding->argument || g_hash_table_contains(commands, binding->argument))
            continue;
        Nearest nearest = nearest_to(binding->argument);
        GHashTableIter iter;
        gpointer name;
        g_hash_table_iter_init(&iter, commands);
        while (g_hash_table_iter_next(&iter, &name, NULL))
            nearest_try(&nearest, name);
        g_autofree char *what = g_strdup_printf(
            "no command \"%s\" in [commands] of the configuration", binding->argument);
        return line_error(&line, error, what, nearest.found);
    }
    return true;
}

static char *keys_joined(const Keymap *keymap, Context context, ActionId action, bool first)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < keymap->bindings->len; i++) {
        const Binding *binding = keymap->bindings->pdata[i];
        if (binding->action != action || !reaches(binding, context) ||
            binding_in_force(keymap, context, binding->keys, binding->length) != binding)
            continue;
        g_autofree char *names = key_texts(binding->keys, binding->length);
        g_string_append_printf(all, "%s%s", all->len ? ", " : "", names);
        if (first)
            break;
    }
    return g_string_free(all, all->len == 0);
}

char *keymap_keys(const Keymap *keymap, Context context, ActionId action)
{
    return keys_joined(keymap, context, action, false);
}

char *keymap_key(const Keymap *keymap, Context context, ActionId action)
{
    return keys_joined(keymap, context, action, true);
}

const GPtrArray *keymap_bindings(const Keymap *keymap)
{
    return keymap->bindings;
}
