/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that JSON which goes out is read by another reader as what it was, whatever bytes mail put
 * into it; and that a line which is not exactly such an object is told from one that is. */
#include <jansson.h>
#include <string.h>

#include "base/date.h"
#include "base/json_line.h"
#include "base/json_out.h"
#include "base/safe.h"

static const char *const refused[] = {"file", "message", NULL};

static bool good(const char *line)
{
    return json_line_good(span_of(line), refused);
}

/* @text comes back as @wanted. */
static void check_text(const char *text, const char *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);
    json_out_open(out, NULL, '{');
    json_out_text(out, "a", text);
    json_out_close(out, '}');
    json_t *read = json_loads(out->str, 0, NULL);
    g_assert_cmpstr(json_string_value(json_object_get(read, "a")), ==, wanted);
    json_decref(read);
    g_assert_true(good(out->str));
    for (const char *p = out->str; *p; p = g_utf8_next_char(p))
        g_assert_false(safe_is_hostile(g_utf8_get_char(p)));
}

static void test_texts(void)
{
    check_text("plain", "plain");
    check_text("", "");
    check_text("\"quoted\" \\ back / slash", "\"quoted\" \\ back / slash");
    check_text("\b\f\n\r\t\x1b[2J\x7f", "\b\f\n\r\t\x1b[2J\x7f");
    check_text("Gr\xc3\xbc\xc3\x9f"
               "e \xe2\x80\xae"
               "txet \xf0\x9f\x93\xa7 \xf3\xa0\x80\x81",
               "Gr\xc3\xbc\xc3\x9f"
               "e \xe2\x80\xae"
               "txet \xf0\x9f\x93\xa7 \xf3\xa0\x80\x81");
    check_text("\xc2\x85\xe2\x80\xa8", "\xc2\x85\xe2\x80\xa8");
    check_text("latin \xe4\xff.", "latin \xef\xbf\xbd\xef\xbf\xbd.");
    check_text("cut \xf0\x9f\x93", "cut \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    check_text("surrogate \xed\xa0\x80", "surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    check_text(NULL, NULL);
}

/* Every character of the first plane and some beyond. */
static void test_characters(void)
{
    for (gunichar c = 1; c < 0x20000; c += c < 0x300 ? 1 : 7) {
        char text[8] = "";
        if (!g_unichar_validate(c))
            continue;
        g_unichar_to_utf8(c, text);
        check_text(text, text);
    }
}

static void test_values(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    Ip ip = {0};
    g_ptr_array_add(texts, (char *)"a");
    g_ptr_array_add(texts, (char *)"b");
    json_out_open(out, NULL, '{');
    json_out_number(out, "n", 0);
    json_out_number(out, "least", G_MININT64);
    json_out_bool(out, "yes", true);
    json_out_null(out, "none");
    json_out_time(out, "time", 1054671771);
    json_out_time(out, "no_time", TIME_NONE);
    json_out_ip(out, "no_ip", &ip);
    g_assert_true(ip_parse(span_of("2001:db8::7"), &ip));
    json_out_ip(out, "ip", &ip);
    json_out_texts(out, "texts", texts);
    json_out_open(out, "empty", '[');
    json_out_close(out, ']');
    json_out_open(out, "deep", '[');
    json_out_open(out, NULL, '{');
    json_out_close(out, '}');
    json_out_number(out, NULL, -7);
    json_out_close(out, ']');
    json_out_close(out, '}');
    g_assert_cmpstr(out->str, ==,
                    "{\"n\":0,\"least\":-9223372036854775808,\"yes\":true,\"none\":null,"
                    "\"time\":\"2003-06-03T20:22:51Z\",\"no_time\":null,\"no_ip\":null,"
                    "\"ip\":\"2001:db8::7\",\"texts\":[\"a\",\"b\"],\"empty\":[],"
                    "\"deep\":[{},-7]}");
    g_assert_true(good(out->str));
}

static void test_lines(void)
{
    static const char *const right[] = {
        "{}",
        "{\"a\":{\"file\":1}}", /* not its own member */
        "{\"a\":[[],[{}],{\"b\":[1,-2,0.5]}],\"c\":null}",
        "{\"a\":\"\\u001b\\ud83d\\udce7\",\"files\":true}",
        "{\"a\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}",
    };
    static const char *const wrong[] = {
        "",
        "{",
        "}",
        "[]",
        "null",
        "\"a\"",
        "{}{}",
        "{} ",
        " {}",
        "{}\n",
        "{\"a\":1}\n{\"b\":2}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":nul}",
        "{\"a\":tru}",
        "{\"a\":[1}",
        "{\"a\":[1]]",
        "{\"a\":[1 ,2]}",
        "{\"a\":\"",
        "{\"a\":\"\\\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\x1b[2J\"}",
        "{\"a\":\"\x7f\"}",
        "{\"a\":\"\xc2\x9b\"}",
        "{\"a\":\"\xe2\x80\xae\"}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\xc3\"}",
        "{\"\xff\":1}",
        "{\"file\":\"/other\"}",
        "{\"a\":1,\"file\":\"/other\"}",
        "{\"a\":[],\"message\":3}",
        "{\"\\u0066ile\":\"/other\"}",
        "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(right); i++)
        g_assert_true(good(right[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *shown = g_strescape(wrong[i], NULL);
        g_test_message("%s", shown);
        g_assert_false(good(wrong[i]));
    }
    g_assert_false(json_line_good((Span){"{\"a\":\"\0\"}", 9}, refused));
    g_assert_false(json_line_good((Span){"{\"a\":tru\0}", 10}, refused));
    g_autofree char *deep = g_strnfill(1 << 20, '[');
    memcpy(deep, "{\"a\":", 5);
    g_assert_false(good(deep));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/texts", test_texts);
    g_test_add_func("/json/characters", test_characters);
    g_test_add_func("/json/values", test_values);
    g_test_add_func("/json/lines", test_lines);
    return g_test_run();
}
