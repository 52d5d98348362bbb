/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and their names. */
#ifndef NOTME_KEYMAP_KEY_H
#define NOTME_KEYMAP_KEY_H

#include <glib.h>
#include <stdbool.h>

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
    KEYCAP_HOME,
    KEYCAP_END,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEYCAP_INSERT,
    KEYCAP_DELETE,
    KEYCAP_BACKSPACE,
    KEY_BACK_TAB,
    KEY_F_0, /* KEY_F_0 + n is Fn */
    KEY_F_LAST = KEY_F_0 + 12,
    KEY_SPECIAL_END
};

/* "<Up>", "^X", "M-x", "j". The caller frees it. */
char *key_text(Key key);
/* Several, with a blank between them. */
char *key_texts(const Key *keys, guint length);
/* Reads one key as it stands in a keymap file. */
bool key_parse(const char *text, Key *key);
/* The known key name most like @text, or NULL. */
const char *key_nearest(const char *text);

#endif
