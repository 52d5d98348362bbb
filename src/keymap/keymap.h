/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keymaps: text files that say which key does what (notme-keys(5)). The shipped ones are compiled
 * in as text and read by the same parser as the users' own. */
#ifndef NOTME_KEYMAP_KEYMAP_H
#define NOTME_KEYMAP_KEYMAP_H

#include "keymap/action.h"

/* A key: a Unicode character, a control character as the terminal sends it (^X is 0x18), or one of
 * the special keys; with KEY_META where Alt was held. */
typedef guint32 Key;

enum {
    KEY_META = 0x1000000,
    KEY_SPECIAL = 0x200000, /* above all characters */
    KEY_UP_ARROW = KEY_SPECIAL,
    KEY_DOWN_ARROW,
    KEY_LEFT_ARROW,
    KEY_RIGHT_ARROW,
    KEY_HOME_,
    KEY_END_,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_INSERT_,
    KEY_DELETE_,
    KEY_BACKSPACE_,
    KEY_BACK_TAB,
    KEY_F_0, /* KEY_F_0 + n is Fn */
    KEY_F_LAST = KEY_F_0 + 12,
    KEY_SPECIAL_END
};

enum { KEYMAP_LONGEST = 6 }; /* keys in a sequence */

typedef struct Binding {
    Context context; /* one of them */
    Key keys[KEYMAP_LONGEST];
    guint length;
    ActionId action; /* ACTION_NONE: unbound on purpose */
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
/* "j, <Down>": the keys that do @action in @context; NULL if none does. The caller frees it. */
char *keymap_keys(const Keymap *keymap, Context context, ActionId action);
/* The first of them alone, for hints. */
char *keymap_key(const Keymap *keymap, Context context, ActionId action);
/* All bindings in the order in which they were read, those not in force left out. */
const GPtrArray *keymap_bindings(const Keymap *keymap);

/* "<Up>", "^X", "M-x", "j". The caller frees it. */
char *key_text(Key key);
/* Several, with a blank between them. */
char *key_texts(const Key *keys, guint length);
/* Reads one key as it stands in a keymap file. */
bool key_parse(const char *text, Key *key);
/* The known key name most like @text, or NULL. */
const char *key_nearest(const char *text);

#endif
