/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reviewer's own commands: what mail says stays the end of one argument, is never an option,
 * and stands in nothing that a shell reads. */
#include "config/own_command.h"

#include <string.h>

static const char *const known[OWN_COUNT] = {[OWN_IP] = "198.51.100.77",
                                             [OWN_ID] = "b1@mx.remote.example",
                                             [OWN_FILE] = "/mail/INBOX/cur/b1:2,S",
                                             [OWN_REPORTER] = "mx.remote.example",
                                             [OWN_RECIPIENT] = "$(id)'; x@remote.example"};

/* @line -> its words joined by "|", or "!" where it is no command. */
static const char *const lines[][2] = {
    {"whois %ip", "whois|198.51.100.77"},
    {"whois -h whois.example --host=%ip -v", "whois|-h|whois.example|--host=198.51.100.77|-v"},
    {"ticket \"A bounce\" %recipient", "ticket|A bounce|$(id)'; x@remote.example"},
    {"lynx https://look.example/?ip=%ip", "lynx|https://look.example/?ip=198.51.100.77"},
    {"sh /home/me/look %recipient", "sh|/home/me/look|$(id)'; x@remote.example"},
    {"sh -c 'whois \"$1\"' sh %ip", "sh|-c|whois \"$1\"|sh|198.51.100.77"},
    {"sh -c 'whois $NOTME_IP'", "sh|-c|whois $NOTME_IP"},
    {"sh -c 'whois %recipient'", "!"},
    {"sh -c 'echo %ip | mail x'", "!"},
    {"sh -c %recipient", "!"},
    {"bash -lc %recipient", "!"},
    {"eval %recipient", "!"},
    {"%recipient x", "!"},
    {"whois %ip.example", "!"},
    {"whois %address", "!"},
    {"whois '%ip", "!"},
    {"", "!"},
};

static void test_words(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *why = NULL;
        g_auto(GStrv) words = own_command_words(lines[i][0], known, &why);
        g_autofree char *joined = words ? g_strjoinv("|", words) : g_strdup("!");
        g_assert_cmpstr(joined, ==, lines[i][1]);
        g_assert_true(words || (why && *why));
    }
}

static void refused(OwnValue which, const char *value, const char *line, const char *word)
{
    const char *values[OWN_COUNT];
    g_autofree char *why = NULL;
    memcpy(values, known, sizeof values);
    values[which] = value;
    g_auto(GStrv) words = own_command_words(line, values, &why);
    g_assert_null(words);
    g_assert_nonnull(strstr(why, word));
}

static void test_values(void)
{
    refused(OWN_RECIPIENT, "-oProxyCommand=x@remote.example", "finger %recipient", "options");
    refused(OWN_RECIPIENT, "a\nb@remote.example", "finger %recipient", "control");
    refused(OWN_ID, "x\033]0;y@remote.example", "look --id=%id", "control");
    refused(OWN_IP, NULL, "whois %ip", "not known");
    refused(OWN_REPORTER, "", "whois %reporter", "not known");
}

static void test_environment(void)
{
    const char *const values[OWN_COUNT] = {
        [OWN_IP] = "198.51.100.77", [OWN_ID] = "a\nPATH=x", [OWN_RECIPIENT] = "-x@remote.example"};
    g_auto(GStrv) list = own_command_environment(values);
    g_autofree char *joined = g_strjoinv("|", list);
    g_assert_cmpstr(joined, ==, "NOTME_IP=198.51.100.77|NOTME_RECIPIENT=-x@remote.example");
}

static void test_names(void)
{
    g_assert_true(own_command_is_name("who-is_2"));
    g_assert_false(own_command_is_name(""));
    g_assert_false(own_command_is_name("who is"));
    g_assert_false(own_command_is_name("a:b"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/own/words", test_words);
    g_test_add_func("/own/values", test_values);
    g_test_add_func("/own/environment", test_environment);
    g_test_add_func("/own/names", test_names);
    return g_test_run();
}
