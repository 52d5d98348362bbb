/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A split arrow key must never become "C"; Alt and a lone ESC must still work. */
#include <string.h>

#include "screen/keyjoin.h"

static void collect(Key key, gpointer data)
{
    g_autofree char *name = key_text(key);
    GString *all = data;
    g_string_append_printf(all, "%s%s", all->len ? " " : "", name);
}

/* @script: characters; a digit in braces waits so many hundred milliseconds. */
static char *played(const char *script)
{
    KeyJoin join = {0};
    GString *all = g_string_new(NULL);
    gint64 now = 1000;
    for (const char *p = script; *p; p++) {
        if (*p == '{') {
            for (int ms = (p[1] - '0') * 100; ms > 0; ms -= 20) {
                now += 20;
                keyjoin_tick(&join, now, collect, all);
            }
            p += 2;
            continue;
        }
        keyjoin_put(&join, (Key)(unsigned char)*p, now, collect, all);
    }
    keyjoin_tick(&join, now + 5000, collect, all);
    return g_string_free(all, FALSE);
}

static void test_join(void)
{
    static const struct {
        const char *script, *keys;
    } cases[] = {
        {"jC", "j C"},
        {"\x1b[C", "<Right>"},
        {"\x1b{2}[{3}C", "<Right>"},
        {"\x1b{9}[C", "<Esc> <Right>"},
        {"\x1b{9}[{9}Cj", "<Esc> <Right> j"},
        {"\x1bOB", "<Down>"},
        {"\x1b{9}OC", "<Esc> <Right>"},
        {"\x1b{9}Oq", "<Esc> O q"},
        {"\x1bx", "M-x"},
        {"\x1b{9}x", "<Esc> x"},
        {"\x1b[1;5Cj", "j"},
        {"\x1b[5~\x1b[15~", "<PageUp> <F5>"},
        {"\x1b[[\x1b[A", "<Up>"},
        {"\x1b[99zq", "q"},
        {"\x1b", "<Esc>"},
        {"\x1b\x1b", "<Esc> <Esc>"},
        {"[C", "[ C"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *keys = played(cases[i].script);
        g_assert_cmpstr(keys, ==, cases[i].keys);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keyjoin/join", test_join);
    return g_test_run();
}
