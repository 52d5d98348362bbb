/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the configuration is read as documented, that mistakes are told with file, line and
 * what is allowed, and that it comes through the wire unharmed. */
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
    g_autoptr(Config) adopted = config_with_addresses(config, addresses);
    g_assert_cmpuint(config->identity->addresses->len, ==, 0);
    g_assert_cmpuint(adopted->identity->addresses->len, ==, 1);
    g_assert_cmpuint(adopted->identity->networks->len, ==, 0);
    g_autoptr(Config) shared = config_with_addresses(adopted, addresses);
    g_assert_true(shared == adopted); /* nothing to add: the same one */
}

static bool bytes_same(const GByteArray *a, const GByteArray *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

static GByteArray *packed(const Config *config)
{
    GByteArray *bytes = g_byte_array_new();
    config_pack(bytes, config);
    return bytes;
}

static Config *unpacked(const guint8 *bytes, gsize length)
{
    Unpack from = unpack_new(bytes, length);
    Config *config = config_unpack(&from);
    g_assert_true(config ? !from.broken : from.broken);
    return config;
}

/* Something stands in each kind of value. */
static Config *full(void)
{
    g_autoptr(GError) error = NULL;
    Config *config =
        load("[identity]\nhosts=mail.quince.example\nnetworks=203.0.113.80/29;2001:db8::/32\n"
             "addresses=nell@quince.example\ncomplete=false\nsent_since=2024-12-31\n"
             "known_logins=198.51.100.0/24\nid_pattern=^m[0-9]+@\nbatv_keys=1:secret\n"
             "[actions]\ndelete=trash\n[complain]\nmax_age=3d\ndns=true\n[tags]\nfake=phish\n"
             "[review]\nsplit=55\n[theme]\ngenuine=green bold\nbackground=light\n[decisions]\n"
             "ip 198.51.100.7=delete\n[commands]\nlook=dig "
             "%ip\n[contacts]\nlarch.example=abuse@larch.example\n",
             &error);
    g_assert_no_error(error);
    return config;
}

static void test_wire(void)
{
    g_autoptr(Config) config = full();
    g_free(config->notmuch_config);
    config->notmuch_config = g_strdup("/etc/\xff\xfe"); /* names of files are bytes */
    g_autoptr(GByteArray) bytes = packed(config);
    g_autoptr(Config) back = unpacked(bytes->data, bytes->len);
    g_assert_nonnull(back);
    g_assert_cmpstr(back->notmuch_config, ==, config->notmuch_config);
    g_assert_cmpint(back->actions.delete, ==, DELETE_TRASH);
    g_assert_cmpint(back->complain.max_age, ==, 3 * 24 * 60 * 60);
    g_assert_cmpint(back->review.split, ==, 55);
    g_assert_true(back->complain.dns && back->identity_configured);
    g_assert_cmpstr(back->tags.fake, ==, "phish");
    g_assert_cmpstr(back->sent_folders[0], ==, "Sent");
    g_assert_cmpstr(back->state_dir, ==, config->state_dir);
    g_assert_cmpuint(back->identity->networks->len, ==, 2);
    g_assert_true(back->identity->complete_denied);
    g_assert_cmpint(back->identity->sent_since, ==, config->identity->sent_since);
    g_assert_cmpstr(back->identity->id_pattern, ==, "^m[0-9]+@");
    g_assert_true(identity_equal(back->identity, config->identity));
    g_assert_cmpstr(g_hash_table_lookup(back->contacts, "larch.example"), ==,
                    "abuse@larch.example");
    g_assert_cmpstr(g_hash_table_lookup(back->decisions, "ip 198.51.100.7"), ==, "delete");
    /* every member that travels, and that is copied */
    g_autoptr(Config) copy = config_copy(config);
    g_autoptr(GByteArray) again = packed(back), copied = packed(copy);
    g_assert_true(bytes_same(again, bytes));
    g_assert_true(bytes_same(copied, bytes));
}

/* Cut at each byte it is refused; with each byte changed it is refused, or a configuration in which
 * stands what every reader takes for granted. */
static void test_hostile(void)
{
    g_autoptr(Config) config = full();
    g_autoptr(GByteArray) bytes = packed(config);
    guint taken = 0;
    for (guint i = 0; i < bytes->len; i++) {
        static const guint8 wrong[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        guint8 was = bytes->data[i];
        g_assert_null(unpacked(bytes->data, i));
        for (gsize k = 0; k < G_N_ELEMENTS(wrong); k++) {
            bytes->data[i] = wrong[k];
            g_autoptr(Config) other = unpacked(bytes->data, bytes->len);
            if (!other)
                continue;
            taken++;
            g_assert_true(other->state_dir && other->config_dir && other->review.query);
            g_assert_true(other->tags.deleted && other->actions.trash && other->sent_folders);
            g_assert_cmpint(other->actions.delete, <=, DELETE_UNLINK);
            for (guint n = 0; n < other->identity->networks->len; n++)
                g_assert_cmpint(g_array_index(other->identity->networks, Network, n).bits, <=, 128);
        }
        bytes->data[i] = was;
    }
    g_assert_cmpuint(taken, >, 0);
}

/* What asks for all to be read again, and what does not. */
static void test_alike(void)
{
    static const struct {
        const char *text;
        bool alike;
    } rows[] = {{"", true},
                {"[identity]\nhosts=mx.reed.example\n", true},
                {"[theme]\ngenuine=red\n", true},
                {"[commands]\nlook=dig +short %ip\n", true},
                {"[decisions]\nip 198.51.100.7=quarantine\n", true},
                {"[tags]\nfake=phish\n", false},
                {"[identity]\nsent_folders=Out\n", false},
                {"[complain]\nmax_age=3d\n", false},
                {"[contacts]\nlarch.example=abuse@larch.example\n", false}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(Config) plain = load("", NULL), other = load(rows[i].text, NULL);
        g_assert_true(config_reads_alike(plain, other) == rows[i].alike);
        g_assert_true(identity_equal(plain->identity, other->identity) ==
                      !strstr(rows[i].text, "hosts"));
    }
}

static void test_mistakes(void)
{
    static const struct {
        const char *text, *line, *says;
    } rows[] = {
        {"[review]\nquery=x\nsotr=date\n", ":3:", "sort"},
        {"[revue]\n", ":1:", "review"},
        {"[theme]\nbackground=white\n", ":2:", "auto, light or dark"},
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
    g_test_add_func("/config/wire", test_wire);
    g_test_add_func("/config/hostile", test_hostile);
    g_test_add_func("/config/alike", test_alike);
    g_test_add_func("/config/mistakes", test_mistakes);
    g_test_add_func("/config/duration", test_duration);
    int status = g_test_run();
    g_autofree char *path = g_build_filename(folder, "config", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
    return status;
}
