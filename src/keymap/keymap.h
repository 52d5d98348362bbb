/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keymaps: text files that say which key does what (notme-keys(5)). The shipped ones are compiled
 * in as text and read by the same parser as the users' own. */
#ifndef NOTME_KEYMAP_KEYMAP_H
#define NOTME_KEYMAP_KEYMAP_H

#include "keymap/action.h"
#include "keymap/key.h"

enum { KEYMAP_LONGEST = 6 }; /* keys in a sequence */

typedef struct Binding {
    Context context; /* one of them */
    Key keys[KEYMAP_LONGEST];
    guint length;
    ActionId action;      /* ACTION_NONE: unbound on purpose */
    const char *argument; /* "run:NAME": NAME; else NULL */
    const char *file;
    guint line;
} Binding;

typedef struct Keymap Keymap;

#define KEYMAP_ERROR (keymap_error_quark())
GQuark keymap_error_quark(void);

/* Reads @name: a file of the user's own (@folder/keymaps/NAME.keys, @folder may be NULL) or, if
 * there is none, a shipped one; a name with a "/" is a file. Errors are "FILE:LINE: what is wrong".
 */
Keymap *keymap_load(const char *name, const char *folder, GError **error);
/* Reads @text; @file is its name in errors. */
Keymap *keymap_parse(const char *file, const char *text, const char *folder, GError **error);
void keymap_free(Keymap *keymap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keymap, keymap_free)

typedef enum KeymapAnswer {
    KEYMAP_UNBOUND,
    KEYMAP_PREFIX, /* more keys are needed */
    KEYMAP_FOUND,
    KEYMAP_EITHER /* found, and a longer sequence begins with these keys */
} KeymapAnswer;

/* What @keys do in @context; a binding there hides the one for any context. */
KeymapAnswer keymap_find(const Keymap *keymap, Context context, const Key *keys, guint length,
                         ActionId *action);
/* What @keys, which are bound in @context, are bound with: the name of a command, or NULL. */
const char *keymap_argument(const Keymap *keymap, Context context, const Key *keys, guint length);
/* Each name that a key runs is one of @commands (name -> command); else an error with file and
 * line. */
bool keymap_check(const Keymap *keymap, GHashTable *commands, GError **error);
/* "j, <Down>": the keys that do @action in @context; NULL if none does. The caller frees it. */
char *keymap_keys(const Keymap *keymap, Context context, ActionId action);
/* The first of them alone, for hints. */
char *keymap_key(const Keymap *keymap, Context context, ActionId action);
/* All bindings in the order in which they were read, those not in force left out. */
const GPtrArray *keymap_bindings(const Keymap *keymap);

#endif
