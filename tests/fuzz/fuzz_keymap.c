/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: keymap files. One that is read has only bindings that can be looked up and whose
 * keys have names that read as the same keys; one that is not says where and why. */
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "keymap/keymap.h"

#define FUZZ_SEEDS                                                                                 \
    "include default\nlist d none\nlist,case x delete\nany g none\nany g g first\n",               \
        "list,groups,jobs,case <Enter> open\nprompt ^? erase # comment\nany M-x command\n",        \
        "include vim\n\nany <F12> help\nany <Hash> jobs\n", "list \xc3\xa9 \xe2\x82\xac next\n"

static void check_binding(const Keymap *keymap, const Binding *binding)
{
    ActionId action;
    if (binding->length < 1 || binding->length > KEYMAP_LONGEST || !context_name(binding->context))
        abort();
    keymap_find(keymap, binding->context, binding->keys, binding->length, &action);
    for (guint i = 0; i < binding->length; i++) {
        g_autofree char *name = key_text(binding->keys[i]);
        Key key;
        if (!g_utf8_validate(name, -1, NULL) || !key_parse(name, &key) || key != binding->keys[i])
            abort();
    }
}

static void fuzz_one(const char *data, gsize size)
{
    g_autofree char *text = span_dup((Span){data, size});
    g_autoptr(GError) error = NULL;
    g_autoptr(Keymap) keymap = keymap_parse("fuzz.keys", text, NULL, &error);
    if (!keymap) {
        if (!error || !strchr(error->message, ':'))
            abort();
        return;
    }
    const GPtrArray *bindings = keymap_bindings(keymap);
    for (guint i = 0; i < bindings->len; i++)
        check_binding(keymap, bindings->pdata[i]);
}

#include "fuzz.h"
