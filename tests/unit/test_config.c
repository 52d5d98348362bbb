/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the configuration is read as documented, that mistakes are told with file, line and
 * what is allowed, and that it comes through JSON unharmed. */
#include <glib/gstdio.h>
#include <string.h>

#include "base/duration.h"
#include "config/config.h"

static char *folder;

static Config *load(const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "config", NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return config_load(path, error);
}

static void test_defaults(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Config) config = load("", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(config->review.query, ==,
                    "not tag:deleted and not tag:quarantined and not tag:spam");
    g_assert_cmpint(config->actions.delete, ==, DELETE_TAG);
    g_assert_cmpstr(config->actions.quarantine, ==, "Quarantine");
    g_assert_cmpstr(config->sent_folders[0], ==, "Sent");
    g_assert_cmpint(config->review.split, ==, 40);
    g_assert_cmpint(config->complain.max_age, ==, 14 * 86400);
    g_assert_cmpstr(config->tags.backscatter, ==, "backscatter");
    g_assert_false(config->identity->complete);
    g_assert_false(config->identity_configured);
}

static void test_identity(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Config) config = load("# whose mail\n[identity]\naddresses=Nell@Quince.example\n"
                                    "networks=203.0.113.80/29 ; 2001:db8::/32;\ncomplete=true\n"
                                    "sent_folders=Sent;Archive/Sent\nsent_since=2024-12-31\n",
                                    &error);
    g_assert_no_error(error);
    const Identity *identity = config->identity;
    g_assert_cmpuint(identity->networks->len, ==, 2);
    g_assert_true(identity->complete);
    g_assert_cmpstr(identity->addresses->pdata[0], ==, "nell@quince.example");
    /* own domains follow from own addresses, but not from a shared provider's */
    g_assert_cmpuint(identity->domains->len, ==, 1);
    g_assert_cmpint(identity->sent_since, ==, 1735603200);
    g_assert_cmpstr(config->sent_folders[1], ==, "Archive/Sent");
    g_autoptr(Config) mail = load("[identity]\naddresses=nell@gmail.com\n", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(mail->identity->domains->len, ==, 0);
}

/* Keys: from a file, or as a record of the DNS, which has semicolons between its parts as the list
 * has. */
static void test_dkim_keys(void)
{
    static const char key[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "key.txt", NULL);
    g_autofree char *text = g_strdup_printf("v=DKIM1; k=ed25519; p=%s\n", key);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autofree char *written = g_strdup_printf(
        "[identity]\ndkim_keys=a:oak.example=key.txt; b:oak.example=p=%s;c:elm.example=v=DKIM1; "
        "k=ed25519; h=sha1:sha256; p=%s; d:elm.example=key.txt;\n",
        key, key);
    g_autoptr(Config) config = load(written, &error);
    g_assert_no_error(error);
    const GPtrArray *keys = config->identity->dkim_keys;
    g_assert_cmpuint(keys->len, ==, 4);
    g_autofree char *b = g_strconcat("b:oak.example=p=", key, NULL);
    g_autofree char *c =
        g_strconcat("c:elm.example=v=DKIM1; k=ed25519; h=sha1:sha256; p=", key, NULL);
    g_assert_true(g_str_has_prefix(keys->pdata[0], "a:oak.example=v=DKIM1; k=ed25519; p=AAEC"));
    g_assert_cmpstr(keys->pdata[1], ==, b);
    g_assert_cmpstr(keys->pdata[2], ==, c);
    g_assert_true(g_str_has_prefix(keys->pdata[3], "d:elm.example=v=DKIM1;"));
}

static void test_adopt(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) addresses = g_ptr_array_new();
    g_autoptr(Config) config = load("", &error);
    g_ptr_array_add(addresses, (gpointer) "Nell <nell@quince.example>");
    g_ptr_array_add(addresses, (gpointer) "nell@quince.example");
    config_adopt_addresses(config, addresses);
    g_assert_cmpuint(config->identity->addresses->len, ==, 1);
    g_assert_cmpuint(config->identity->networks->len, ==, 0);
}

static void test_json(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Config) config =
        load("[identity]\nhosts=mail.quince.example\nnetworks=203.0.113.80/29\n"
             "batv_keys=1:secret\n[actions]\ndelete=trash\n[tags]\nfake=phish\n"
             "[theme]\ngenuine=green bold\n[contacts]\nlarch.example=abuse@larch.example\n",
             &error);
    g_assert_no_error(error);
    json_t *json = config_to_json(config);
    g_autoptr(Config) back = config_from_json(json);
    g_assert_nonnull(back);
    json_t *again = config_to_json(back);
    g_assert_true(json_equal(json, again));
    g_assert_cmpint(back->actions.delete, ==, DELETE_TRASH);
    g_assert_cmpstr(back->tags.fake, ==, "phish");
    g_assert_cmpuint(back->identity->networks->len, ==, 1);
    g_assert_cmpstr(g_hash_table_lookup(back->contacts, "larch.example"), ==,
                    "abuse@larch.example");
    g_autoptr(Config) copy = config_copy(config);
    json_t *copied = config_to_json(copy);
    g_assert_true(json_equal(json, copied));
    g_autoptr(Config) shared = config_ref(config);
    g_assert_true(shared == config);
    json_decref(json);
    json_decref(again);
    json_decref(copied);
}

static void test_mistakes(void)
{
    static const struct {
        const char *text, *line, *says;
    } rows[] = {
        {"[review]\nquery=x\nsotr=date\n", ":3:", "sort"},
        {"[revue]\n", ":1:", "review"},
        {"\n\n[review]\nsort=size\n", ":4:", "recipient"},
        {"[identity]\nnetworks=10.0.0.0/40\n", ":2:", "10.0.0.0/40"},
        {"[identity]\ncomplete=perhaps\n", ":2:", "true or false"},
        {"[actions]\ndelete=shred\n", ":2:", "unlink"},
        {"[actions]\nquarantine=/tmp\n", ":2:", "folder"},
        {"[actions]\ntrash=../x\n", ":2:", "folder"},
        {"[complain]\nmax_age=soon\n", ":2:", "14d"},
        {"[review]\nsplit=95\n", ":2:", "from 10 to 90"},
        {"[identity]\nbatv_keys=secret\n", ":2:", "N:secret"},
        {"[identity]\ndkim_keys=oak.example=p=AAAA\n", ":2:", "SELECTOR:DOMAIN"},
        {"[identity]\ndkim_keys=a:oak.example=key.txt; k=rsa\n", ":2:", "SELECTOR:DOMAIN"},
        {"[identity]\ndkim_keys=a:oak.example=p=AAAA\n", ":2:", "of the key a:oak.example: "},
        {"[identity]\ndkim_keys=a:oak.example=v=DKIM1; p=\n", ":2:", "revoked"},
        {"[identity]\ndkim_keys=a:oak.example=no-such-file\n", ":2:", "no-such-file"},
        {"[identity]\nid_pattern=(\n", ":2:", "id_pattern"},
        {"[identity]\naddresses=nell\n", ":2:", "nell"},
        {"[identity]\nsent_since=yesterday\n", ":2:", "2024-12-31"},
        {"[tags]\nfake=-x\n", ":2:", "tag"},
        {"[contacts]\nlarch=abuse@larch.example\n", ":2:", "larch"},
        {"query=x\n", "config", ""},
        {"[review\n", "config", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Config) config = load(rows[i].text, &error);
        g_test_message("%s", rows[i].text);
        g_assert_null(config);
        g_assert_nonnull(error);
        g_test_message("%s", error->message);
        g_assert_nonnull(strstr(error->message, rows[i].line));
        g_assert_nonnull(strstr(error->message, rows[i].says));
        g_assert_null(strchr(error->message, '\n'));
    }
}

static void test_duration(void)
{
    gint64 seconds = 0;
    g_assert_true(duration_parse("14d", &seconds));
    g_assert_cmpint(seconds, ==, 14 * 86400);
    g_assert_true(duration_parse("2h", &seconds));
    g_assert_cmpint(seconds, ==, 7200);
    g_assert_false(duration_parse("14", &seconds));
    g_assert_false(duration_parse("d", &seconds));
    g_assert_false(duration_parse("-3d", &seconds));
    g_assert_false(duration_parse("9999999999999999999d", &seconds));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("notme-test-XXXXXX", NULL);
    g_test_add_func("/config/defaults", test_defaults);
    g_test_add_func("/config/identity", test_identity);
    g_test_add_func("/config/dkim-keys", test_dkim_keys);
    g_test_add_func("/config/adopt", test_adopt);
    g_test_add_func("/config/json", test_json);
    g_test_add_func("/config/mistakes", test_mistakes);
    g_test_add_func("/config/duration", test_duration);
    int status = g_test_run();
    g_autofree char *path = g_build_filename(folder, "config", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
    return status;
}
