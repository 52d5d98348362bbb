/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of keys: how they are written in keymap files and shown in the help. */
#include "keymap/key.h"

#include <string.h>

#include "base/nearest.h"

static const struct {
    const char *name;
    Key key;
} named[] = {
    {"<Space>", ' '},
    {"<Enter>", '\r'},
    {"<Tab>", '\t'},
    {"<Esc>", 0x1b},
    {"<Hash>", '#'},
    {"<BackTab>", KEY_BACK_TAB},
    {"<Backspace>", KEYCAP_BACKSPACE},
    {"<Up>", KEY_UP_ARROW},
    {"<Down>", KEY_DOWN_ARROW},
    {"<Left>", KEY_LEFT_ARROW},
    {"<Right>", KEY_RIGHT_ARROW},
    {"<Home>", KEYCAP_HOME},
    {"<End>", KEYCAP_END},
    {"<PageUp>", KEY_PAGE_UP},
    {"<PageDown>", KEY_PAGE_DOWN},
    {"<Insert>", KEYCAP_INSERT},
    {"<Delete>", KEYCAP_DELETE},
    {"<F1>", KEY_F_0 + 1},
    {"<F2>", KEY_F_0 + 2},
    {"<F3>", KEY_F_0 + 3},
    {"<F4>", KEY_F_0 + 4},
    {"<F5>", KEY_F_0 + 5},
    {"<F6>", KEY_F_0 + 6},
    {"<F7>", KEY_F_0 + 7},
    {"<F8>", KEY_F_0 + 8},
    {"<F9>", KEY_F_0 + 9},
    {"<F10>", KEY_F_0 + 10},
    {"<F11>", KEY_F_0 + 11},
    {"<F12>", KEY_F_0 + 12},
};

static char *plain_name(Key key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++)
        if (named[i].key == key)
            return g_strdup(named[i].name);
    if (key < 0x20)
        return g_strdup_printf("^%c", (char)(key + 0x40));
    if (key == 0x7f)
        return g_strdup("^?");
    if (key < KEY_SPECIAL && g_unichar_isgraph(key)) {
        char text[8] = {0};
        g_unichar_to_utf8(key, text);
        return g_strdup(text);
    }
    return g_strdup_printf("<U+%04X>", key);
}

char *key_text(Key key)
{
    g_autofree char *plain = plain_name(key & ~(Key)KEY_META);
    return key & KEY_META ? g_strdup_printf("M-%s", plain) : g_steal_pointer(&plain);
}

char *key_texts(const Key *keys, guint length)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < length; i++) {
        g_autofree char *one = key_text(keys[i]);
        g_string_append_printf(all, "%s%s", i ? " " : "", one);
    }
    return g_string_free(all, FALSE);
}

static bool plain_parse(const char *text, Key *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
        if (g_ascii_strcasecmp(named[i].name, text) == 0) {
            *key = named[i].key;
            return true;
        }
    }
    if (text[0] == '^' && text[1] && !text[2]) {
        char c = g_ascii_toupper(text[1]);
        *key = c == '?' ? 0x7f : (Key)(c - 0x40);
        return c == '?' || (c >= '@' && c <= '_');
    }
    gunichar c = g_utf8_get_char_validated(text, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2 || !*text || *g_utf8_find_next_char(text, NULL))
        return false;
    *key = c;
    return g_unichar_isgraph(c);
}

bool key_parse(const char *text, Key *key)
{
    bool meta = g_str_has_prefix(text, "M-") && text[2];
    if (!plain_parse(meta ? text + 2 : text, key))
        return false;
    if (meta)
        *key |= KEY_META;
    return true;
}

const char *key_nearest(const char *text)
{
    Nearest nearest = nearest_to(text);
    for (gsize i = 0; i < G_N_ELEMENTS(named); i++)
        nearest_try(&nearest, named[i].name);
    return nearest.found;
}
