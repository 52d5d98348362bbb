/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that "check" passes on nothing but lines of the kind that it asked for, and says itself of
 * which file each is: the parser here was taken over by its mail, and answers what each file says.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/check_run.h"
#include "maildir/mailfile.h"
#include "work/pool.h"

/* --- the parser ------------------------------------------------------------------------------- */

static bool fake_hello(Span hello, gpointer data)
{
    (void)data;
    return hello.n > 0;
}

/* A digit for the status, then the line. */
static void fake_answer(Span request, int fd, GByteArray *answer, gpointer data)
{
    (void)request;
    (void)data;
    g_autoptr(GByteArray) bytes = mailfile_read(fd, NULL);
    guint8 status = (guint8)(bytes->data[0] - '0');
    g_byte_array_append(answer, &status, 1);
    g_byte_array_append(answer, bytes->data + 1, bytes->len - 1);
}

static int fake_body(FrameLink *link)
{
    static const PoolBody body = {fake_hello, fake_answer};
    return pool_serve(link, &body, NULL);
}

/* --- what comes out --------------------------------------------------------------------------- */

static char *folder;

static char *file_of(guint n, const char *bytes)
{
    g_autofree char *name = g_strdup_printf("m%u", n);
    char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, bytes, -1, NULL));
    return path;
}

/* Runs check over @files; the caller frees the output. */
static char *output_of(const char *format, const char *fields, char **files, CheckResult *result)
{
    g_autofree char *settings = g_build_filename(folder, "config", NULL);
    g_assert_true(g_file_set_contents(settings, "[identity]\ndomains=alder.example\n", -1, NULL));
    g_autoptr(Config) config = config_load(settings, NULL);
    g_assert_nonnull(config);
    g_autofree char *path = g_build_filename(folder, "out", NULL);
    const CheckOptions options = {
        .config = config, .format = format, .fields = fields, .jobs = 1, .files = files};
    int kept = dup(STDOUT_FILENO), noise = dup(STDERR_FILENO);
    int out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), null = open("/dev/null", O_WRONLY);
    dup2(out, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    *result = (CheckResult){0};
    bool good = check_run(&options, result, NULL);
    dup2(kept, STDOUT_FILENO);
    dup2(noise, STDERR_FILENO);
    close(kept);
    close(noise);
    close(out);
    close(null);
    g_assert_true(good);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

/* Between two good messages: @bytes make the middle one unreadable, or give @line. */
static void check_one(const char *format, const char *fields, const char *good, const char *bytes,
                      const char *line)
{
    CheckResult result;
    g_autofree char *whole = g_strconcat("2", good, NULL);
    g_auto(GStrv) files = g_new0(char *, 4);
    files[0] = file_of(0, whole);
    files[1] = file_of(1, bytes);
    files[2] = file_of(2, whole);
    g_autofree char *out = output_of(format, fields, files, &result);
    g_autofree char *shown = g_strescape(bytes, NULL);
    g_test_message("%s", shown);
    g_assert_cmpuint(result.told[LINE_GENUINE], ==, line ? 3 : 2);
    g_assert_cmpuint(result.told[LINE_UNREADABLE], ==, line ? 0 : 1);
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    bool json = strcmp(format, "json") == 0;
    g_assert_cmpuint(g_strv_length(lines), ==, json || line ? 4 : 3);
    if (line) {
        g_auto(GStrv) parts = g_strsplit(line, "%s", 2);
        g_autofree char *wanted = g_strconcat(parts[0], parts[1] ? files[1] : NULL, parts[1], NULL);
        g_assert_cmpstr(lines[1], ==, wanted);
    } else
        g_assert_null(strstr(out, "evil"));
}

static void test_json(void)
{
    static const char *const bad[] = {
        "2{\"evil\":1",
        "2{\"evil\":1}\n{\"file\":\"/etc/passwd\"}",
        "2{\"evil\":1,\"file\":\"/etc/passwd\"}",
        "2{\"evil\":1,\"\\u0066ile\":\"/etc/passwd\"}",
        "2{\"evil\":1,\"message\":7}",
        "2{\"evil\":\"\033[2J\"}",
        "2{\"evil\":\"\xff\"}",
        "2[\"evil\"]",
        "2evil",
        "2",
        "7{\"evil\":1}",
        "",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad) - 1; i++)
        check_one("json", NULL, "{\"a\":1}", bad[i], NULL);
    check_one("json", NULL, "{\"a\":1}", "2{\"b\":[1,{}]}", "{\"file\":\"%s\",\"b\":[1,{}]}");
    check_one("json", "file", "{}", "2{}", "{\"file\":\"%s\"}");
    check_one("json", "kind", "{}", "2{\"kind\":\"none\"}", "{\"kind\":\"none\"}");
}

static void test_text(void)
{
    check_one("text", NULL, "failure, genuine", "2evil\n", NULL);
    check_one("text", NULL, "failure, genuine", "2evil\ttab", NULL);
    check_one("text", NULL, "failure, genuine", "2evil \033]0;x\007", NULL);
    check_one("text", NULL, "failure, genuine", "2evil \xe2\x80\xae", NULL);
    check_one("text", NULL, "failure, genuine", "2delay", "%s: delay");
    check_one("tsv", "kind,file,reason", "a\tb", "2evil", NULL);
    check_one("tsv", "kind,file,reason", "a\tb", "2evil\ta\tb", NULL);
    check_one("tsv", "kind,file,reason", "a\tb", "2x\ty", "x\t%s\ty");
    check_one("tsv", "file,kind", "a", "2x", "%s\tx");
    check_one("tsv", "kind,file", "a", "2x", "x\t%s");
}

/* Why a file cannot be read is the parser's word too, and no escape sequence comes through. */
static void test_why(void)
{
    CheckResult result;
    g_auto(GStrv) files = g_new0(char *, 2);
    files[0] = file_of(0, "0no \033[2Jmail\n");
    g_autofree char *out = output_of("json", NULL, files, &result);
    g_assert_cmpuint(result.told[LINE_UNREADABLE], ==, 1);
    g_assert_null(strchr(out, '\033'));
    g_assert_nonnull(strstr(out, "\"error\":\"no \\u001b[2Jmail\\n\"}\n"));
}

int main(int argc, char **argv)
{
    static const WorkerRole roles[] = {{"parser", fake_body, true}};
    int worker = worker_main(argc, argv, roles, 1);
    if (worker >= 0)
        return worker;
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("notme-check.XXXXXX", NULL);
    alarm(300); /* a check that waits for ever fails */
    g_test_add_func("/check/json", test_json);
    g_test_add_func("/check/text", test_text);
    g_test_add_func("/check/why", test_why);
    int status = g_test_run();
    const char *const names[] = {"m0", "m1", "m2", "out", "config"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        unlink(path);
    }
    rmdir(folder);
    g_free(folder);
    return status;
}
