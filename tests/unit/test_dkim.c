/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signatures: what we signed is known again, with all of it or with its header alone,
 * however servers dressed it; what was changed, sent on to others, signed weakly or by somebody
 * else is not. What is signed here is written down in its canonical form by hand. */
#include <unistd.h>

#include "signer.h"

#include "base/date.h"
#include "dkim/dkim.h"
#include "dkim/dkim_key.h"
#include "work/confine.h"

static Signer signer, weak, stranger;

/* A message before it is signed. In @signature and @canonical "%s" is the body's hash. */
typedef struct Mail {
    const char *signature; /* the DKIM-Signature field up to the value of b= */
    const char *header;    /* the other fields */
    const char *body;
    const char *canonical;      /* what the header's signature is over */
    const char *canonical_body; /* what the body's hash is over */
} Mail;

#define TAGS               "v=1; a=rsa-sha256; d=willow.example; s=m1;"
#define TAGS_OF(algorithm) "v=1; a=" algorithm "; d=willow.example; s=m1;"

#define HEADER "From: mira@willow.example\r\nTo: Joe <joe@oak.example>\r\nSubject: the gate\r\n"

static const Mail plain = {
    "DKIM-Signature: " TAGS " c=relaxed/relaxed; h=From:To:Subject; bh=%s; b=", HEADER,
    "Good morning,\r\n\r\nthe gate is repaired.\r\n",
    "from:mira@willow.example\r\nto:Joe <joe@oak.example>\r\nsubject:the gate\r\n"
    "dkim-signature:" TAGS " c=relaxed/relaxed; h=From:To:Subject; bh=%s; b=",
    "Good morning,\r\n\r\nthe gate is repaired.\r\n"};

static char *fill(const char *text, const char *hash)
{
    GString *filled = g_string_new(text);
    g_string_replace(filled, "%s", hash, 1);
    return g_string_free(filled, FALSE);
}

/* The whole message, signed. The caller frees it. */
static char *mail_sign_by(const Signer *by, bool ed25519, const Mail *mail)
{
    g_autofree char *hash = signer_body_hash(mail->canonical_body);
    g_autofree char *field = fill(mail->signature, hash);
    g_autofree char *canonical = fill(mail->canonical, hash);
    g_autofree char *value = signer_sign(by, ed25519, canonical);
    return g_strconcat(field, value, "\r\n", mail->header, "\r\n", mail->body, NULL);
}

static char *mail_sign(const Mail *mail)
{
    return mail_sign_by(&signer, false, mail);
}

static char *replaced(const char *text, const char *from, const char *to)
{
    GString *changed = g_string_new(text);
    g_assert_cmpuint(g_string_replace(changed, from, to, 0), >, 0);
    return g_string_free(changed, FALSE);
}

/* The result for @message by the key @key, a failed @recipient, at @when. */
static DkimResult *verify(const char *message, const char *key, const char *recipient, gint64 when,
                          bool refolded)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new(), recipients = g_ptr_array_new();
    DkimMail mail = dkim_mail_split(span_of(message));
    mail.refolded = refolded;
    g_ptr_array_add(keys, (gpointer)key);
    g_ptr_array_add(recipients, (gpointer)recipient);
    return dkim_verify(&mail, keys, recipients, when);
}

static void check_by(const char *message, const char *key, DkimState state, bool has_recipient)
{
    g_autoptr(DkimResult) result = verify(message, key, "joe@oak.example", TIME_NONE, false);
    g_test_message("%s\nwhy: %s", message, result->why ? result->why : "-");
    g_assert_cmpint(result->state, ==, state);
    g_assert_cmpstr(result->recipient, ==, has_recipient ? "joe@oak.example" : NULL);
    g_assert_cmpint(result->why != NULL, ==, state == DKIM_FAILS || state == DKIM_REFUSED);
    g_assert_cmpint(result->key != NULL, ==, state != DKIM_NONE);
}

static char *named_key(const char *name, const char *key)
{
    return g_strconcat(name, "=", key, NULL);
}

static void check(const char *message, DkimState state, bool has_recipient)
{
    g_autofree char *text = signer_key(&signer, true);
    g_autofree char *key = named_key("m1:willow.example", text);
    check_by(message, key, state, has_recipient);
}

/* --- what verifies ---------------------------------------------------------------------------- */

static void test_whole(void)
{
    g_autofree char *message = mail_sign(&plain), *unix_ends = replaced(message, "\r\n", "\n");
    check(message, DKIM_WHOLE, true);
    check(unix_ends, DKIM_WHOLE, true);
    /* on top of it what servers add, also a To: it is not covered */
    g_autofree char *handled = g_strconcat("Received: from a by b; today\r\nX-Spam: no\r\nTo: "
                                           "eve@elm.example\r\n",
                                           message, NULL);
    check(handled, DKIM_WHOLE, true);
    g_autoptr(DkimResult) eve =
        verify(handled, "m1:willow.example=x", "eve@elm.example", TIME_NONE, false);
    g_assert_cmpint(eve->state, ==, DKIM_REFUSED);
    g_autofree char *text = signer_key(&signer, true);
    g_autofree char *key = named_key("m1:willow.example", text);
    g_autoptr(DkimResult) sent_on = verify(handled, key, "eve@elm.example", TIME_NONE, false);
    g_assert_cmpint(sent_on->state, ==, DKIM_WHOLE);
    g_assert_null(sent_on->recipient);
    g_assert_cmpstr(sent_on->key, ==, "m1:willow.example");
}

static void test_headers_alone(void)
{
    g_autofree char *message = mail_sign(&plain);
    char *end = strstr(message, "\r\n\r\n");
    g_autofree char *header = g_strndup(message, (gsize)(end - message)); /* not even a line end */
    check(header, DKIM_HEADERS, true);
    g_autofree char *with_end = g_strconcat(header, "\r\n", NULL);
    check(with_end, DKIM_HEADERS, true);
    g_autofree char *with_blank = g_strconcat(header, "\r\n\r\n", NULL);
    check(with_blank, DKIM_HEADERS, true);
    g_autofree char *cut = g_strconcat(header, "\r\n\r\nGood morning,\r\n", NULL);
    check(cut, DKIM_HEADERS, true);
    g_autofree char *other = replaced(message, "repaired", "open");
    check(other, DKIM_HEADERS, true);
    /* a body that came back and is another one is told from none */
    const char *const bodies[] = {header, with_end, with_blank, cut, other, message};
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autofree char *text = signer_key(&signer, true);
        g_autofree char *key = named_key("m1:willow.example", text);
        g_autoptr(DkimResult) result = verify(bodies[i], key, "joe@oak.example", TIME_NONE, false);
        g_assert_cmpint(result->other_body, ==, i == 3 || i == 4);
    }
}

/* Relaxed forms: names in any case, blanks and folds as they like. */
static void test_relaxed(void)
{
    static const Mail mail = {
        "DKIM-SIGNATURE :v=1;a=rsa-sha256;c=relaxed/relaxed;d=Willow.Example;\r\n\ts=M1;\r\n  "
        "h=from : to\r\n\t:cc: subject:date;bh=%s;\r\n\tb=",
        "FROM \t: \t mira@willow.example \t "
        "\r\nto:ann@elm.example,\r\n\tbob@elm.example\r\nCC:\r\n "
        "joe@oak.example\r\nSubject:  the   gate\r\n\t is\t\topen \r\n",
        " Good  morning \t\r\nx\t y\r\n \t\r\n\r\n",
        "from:mira@willow.example\r\nto:ann@elm.example, bob@elm.example\r\ncc:joe@oak.example\r\n"
        "subject:the gate is open\r\n"
        "dkim-signature:v=1;a=rsa-sha256;c=relaxed/relaxed;d=Willow.Example; s=M1; h=from : to "
        ":cc: "
        "subject:date;bh=%s; b=",
        " Good morning\r\nx y\r\n"};
    g_autofree char *message = mail_sign(&mail), *unix_ends = replaced(message, "\r\n", "\n");
    check(message, DKIM_WHOLE, true);
    check(unix_ends, DKIM_WHOLE, true);
    /* folded anew on its way, the value of b= too */
    g_autofree char *refolded = replaced(message, "the   gate\r\n\t is", "the\r\n\tgate is");
    check(refolded, DKIM_WHOLE, true);
    GString *split = g_string_new(refolded);
    char *b = strstr(split->str, " b=") ? strstr(split->str, " b=") : strstr(split->str, "\tb=");
    g_string_insert(split, b - split->str + 30, "\r\n        ");
    check(split->str, DKIM_WHOLE, true);
    g_string_free(split, TRUE);
    /* a word moved: not white space alone */
    g_autofree char *changed = replaced(message, "the   gate", "thegate");
    check(changed, DKIM_FAILS, false);
}

static void test_simple(void)
{
    static const Mail mail = {
        "DKIM-Signature: " TAGS "\r\n\th=From:To:Subject; bh=%s;\r\n\tb=",
        "From:  mira@willow.example\r\nTo: Joe\r\n <joe@oak.example>\r\nsubject:\tthe  gate \r\n",
        "Good  morning \r\n\r\n \r\n\r\n\r\n",
        "From:  mira@willow.example\r\nTo: Joe\r\n <joe@oak.example>\r\nsubject:\tthe  gate \r\n"
        "DKIM-Signature: " TAGS "\r\n\th=From:To:Subject; bh=%s;\r\n\tb=",
        "Good  morning \r\n\r\n \r\n"};
    g_autofree char *message = mail_sign(&mail), *unix_ends = replaced(message, "\r\n", "\n");
    check(message, DKIM_WHOLE, true);
    check(unix_ends, DKIM_WHOLE, true);
    g_autofree char *blanks = replaced(message, "subject:\tthe", "subject: the");
    check(blanks, DKIM_FAILS, false);
    /* known to be folded anew: that it does not verify says nothing */
    g_autofree char *text = signer_key(&signer, true);
    g_autofree char *key = named_key("m1:willow.example", text);
    g_autoptr(DkimResult) refolded = verify(blanks, key, "joe@oak.example", TIME_NONE, true);
    g_assert_cmpint(refolded->state, ==, DKIM_REFUSED);
}

/* b= in the middle; an empty body; header and body in different forms. */
static void test_forms(void)
{
    static const Mail mixed[] = {
        {"DKIM-Signature: " TAGS " c=relaxed; h=To:From; bh=%s; b=", HEADER, "",
         "to:Joe <joe@oak.example>\r\nfrom:mira@willow.example\r\ndkim-signature:" TAGS
         " c=relaxed; h=To:From; bh=%s; b=",
         "\r\n"},
        {"DKIM-Signature: " TAGS " c=simple/relaxed; h=To:From; bh=%s; b=", HEADER, " \r\n\r\n",
         "To: Joe <joe@oak.example>\r\nFrom: mira@willow.example\r\nDKIM-Signature: " TAGS
         " c=simple/relaxed; h=To:From; bh=%s; b=",
         ""},
        {"DKIM-Signature: " TAGS " c=relaxed/simple; h=To:From; bh=%s; b=", HEADER, "no line end",
         "to:Joe <joe@oak.example>\r\nfrom:mira@willow.example\r\ndkim-signature:" TAGS
         " c=relaxed/simple; h=To:From; bh=%s; b=",
         "no line end\r\n"}};
    for (gsize i = 0; i < G_N_ELEMENTS(mixed); i++) {
        g_autofree char *message = mail_sign(&mixed[i]);
        check(message, DKIM_WHOLE, true);
    }
    g_autofree char *hash = signer_body_hash("");
    g_autofree char *tags = g_strdup_printf(TAGS " c=relaxed/relaxed; bh=%s; h=From; ", hash);
    g_autofree char *canonical =
        g_strconcat("from:mira@willow.example\r\ndkim-signature:", tags, "b=; t=1", NULL);
    g_autofree char *value = signer_sign(&signer, false, canonical);
    g_autofree char *message = g_strconcat("DKIM-Signature: ", tags, "b=\r\n ", value,
                                           " ; t=1\r\nFrom: mira@willow.example\r\n\r\n", NULL);
    check(message, DKIM_WHOLE, false);
}

/* Of fields with one name the lowest are meant, and what is named more often than it is there must
 * not be added. */
static void test_instances(void)
{
    static const Mail mail = {
        "DKIM-Signature: " TAGS " c=relaxed/relaxed; h=From:From:To:To:To:Cc:Subject; bh=%s; b=",
        "From: mira@willow.example\r\nTo: ann@elm.example\r\nTo: joe@oak.example\r\nSubject: x\r\n",
        "y\r\n",
        "from:mira@willow.example\r\nto:joe@oak.example\r\nto:ann@elm.example\r\nsubject:x\r\n"
        "dkim-signature:" TAGS " c=relaxed/relaxed; h=From:From:To:To:To:Cc:Subject; bh=%s; b=",
        "y\r\n"};
    g_autofree char *message = mail_sign(&mail);
    check(message, DKIM_WHOLE, true);
    static const char *const added[] = {"From: eve@elm.example\r\n", "To: eve@elm.example\r\n",
                                        "Cc: eve@elm.example\r\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(added); i++) {
        g_autofree char *more = g_strconcat(added[i], message, NULL);
        check(more, DKIM_FAILS, false);
    }
    g_autofree char *subject = g_strconcat("Subject: changed\r\n", message, NULL);
    check(subject, DKIM_REFUSED, false); /* readers show the upper one (RFC 6376 8.15) */
}

/* --- keys ------------------------------------------------------------------------------------- */

static void test_keys(void)
{
    g_autofree char *message = mail_sign(&plain);
    g_autofree char *info = signer_key(&signer, true), *bare = signer_key(&signer, false);
    GString *lines = g_string_new(info);
    for (gsize at = 64; at < lines->len; at += 65)
        g_string_insert_c(lines, (gssize)at, '\n');
    g_autofree char *keys[] = {
        g_strconcat("m1:willow.example=", info, NULL),
        g_strconcat("M1:WILLOW.example=", bare, NULL),
        g_strconcat("m1:willow.example=-----BEGIN PUBLIC KEY-----\n", lines->str,
                    "\n-----END PUBLIC KEY-----\n", NULL),
        g_strconcat("m1:willow.example=-----BEGIN RSA PUBLIC KEY-----\r\n", bare,
                    "\r\n-----END RSA PUBLIC KEY-----", NULL),
        g_strconcat("m1:willow.example=v=DKIM1; k=rsa; p=", info, NULL),
        g_strconcat("m1:willow.example=( \"v=DKIM1; h=sha1:sha256; s=email; t=y:s\" \"; p=", info,
                    "\" )", NULL),
        g_strconcat("m1:willow.example=p=", info, NULL)};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        check_by(message, keys[i], DKIM_WHOLE, true);
        if (i)
            g_free(keys[i]);
    }
    g_string_free(lines, TRUE);
    static const char *const refused[] = {"v=DKIM1; p=",
                                          "v=DKIM2; p=%s",
                                          "v=DKIM1; h=sha1; p=%s",
                                          "v=DKIM1; s=news; p=%s",
                                          "p=AAAA",
                                          "x",
                                          "",
                                          "-----BEGIN PUBLIC KEY-----",
                                          "MIIB"};
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autofree char *value = fill(refused[i], info),
                        *key = named_key("m1:willow.example", value);
        check_by(message, key, DKIM_REFUSED, false);
    }
    static const char *const others[] = {
        "m2:willow.example=", "m1:elm.example=", "m1:mail.willow.example=", "m1=", "", "="};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *key = g_strconcat(others[i], info, NULL);
        check_by(message, key, DKIM_NONE, false);
    }
    g_autofree char *theirs = signer_key(&stranger, true);
    g_autofree char *wrong = named_key("m1:willow.example", theirs);
    check_by(message, wrong, DKIM_FAILS, false);
}

static void test_ed25519(void)
{
    static const Mail mail = {
        "DKIM-Signature: " TAGS_OF("ed25519-sha256") " c=relaxed/relaxed; h=From:To; bh=%s; b=",
        HEADER, "y\r\n",
        "from:mira@willow.example\r\nto:Joe <joe@oak.example>\r\ndkim-signature:" TAGS_OF(
            "ed25519-sha256") " c=relaxed/relaxed; h=From:To; bh=%s; b=",
        "y\r\n"};
    static const guint8 head[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                  0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    g_autofree char *message = mail_sign_by(&signer, true, &mail);
    g_autofree char *bare = signer_ed_key(&signer), *rsa = signer_key(&signer, true);
    g_autoptr(GByteArray) der = g_byte_array_new();
    g_byte_array_append(der, head, sizeof head);
    g_byte_array_append(der, signer.ed_public, sizeof signer.ed_public);
    g_autofree char *info = g_base64_encode(der->data, der->len);
    g_autofree char *as_bare = named_key("m1:willow.example", bare);
    g_autofree char *as_info = named_key("m1:willow.example", info);
    g_autofree char *as_record =
        g_strconcat("m1:willow.example=v=DKIM1; k=ed25519; p=", bare, NULL);
    g_autofree char *as_rsa = named_key("m1:willow.example", rsa);
    check_by(message, as_bare, DKIM_WHOLE, true);
    check_by(message, as_info, DKIM_WHOLE, true);
    check_by(message, as_record, DKIM_WHOLE, true);
    check_by(message, as_rsa, DKIM_REFUSED, false);
    g_autofree char *changed = replaced(message, "From: mira", "From: meera");
    check_by(changed, as_bare, DKIM_FAILS, false);
    g_autofree char *by_stranger = mail_sign_by(&stranger, true, &mail);
    check_by(by_stranger, as_bare, DKIM_FAILS, false);
    g_autofree char *signed_rsa = mail_sign(&plain);
    check_by(signed_rsa, as_bare, DKIM_REFUSED, false);
}

static void test_weak(void)
{
    g_autofree char *message = mail_sign_by(&weak, false, &plain);
    g_autofree char *text = signer_key(&weak, true), *key = named_key("m1:willow.example", text);
    check_by(message, key, DKIM_REFUSED, false);
}

/* --- what does not count ---------------------------------------------------------------------- */

static void test_refused(void)
{
    static const struct {
        const char *tags;
        DkimState state;
    } all[] = {
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From", DKIM_HEADERS},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; l=0", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; l=99999999", DKIM_REFUSED},
        {"v=1; a=rsa-sha1; d=willow.example; s=m1; h=From", DKIM_REFUSED},
        {"v=2; a=rsa-sha256; d=willow.example; s=m1; h=From", DKIM_REFUSED},
        {"a=rsa-sha256; d=willow.example; s=m1; h=From", DKIM_REFUSED},
        {"v=1; d=willow.example; s=m1; h=From", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=Subject", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; c=odd", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; c=relaxed/odd", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; i=@mail.willow.example", DKIM_HEADERS},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; i=mira@willow.example", DKIM_HEADERS},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; i=@elm.example", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; i=@evilwillow.example", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; i=willow.example", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; t=2000; x=1000", DKIM_REFUSED},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; t=2000; x=3000", DKIM_HEADERS},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; s=m1; h=From", DKIM_NONE},
        {"v=1; a=rsa-sha256; d=willow.example; h=From", DKIM_NONE},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; odd", DKIM_NONE},
        {"v=1; a=rsa-sha256; d=willow.example; s=m1; h=From; =odd", DKIM_NONE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        bool relaxed = !strstr(all[i].tags, "c=");
        g_autofree char *tags =
            g_strconcat(all[i].tags, relaxed ? "; c=relaxed" : "", "; b=", NULL);
        const char *covered =
            strstr(tags, "h=Subject") ? "subject:x\r\n" : "from:mira@willow.example\r\n";
        g_autofree char *canonical = g_strconcat(covered, "dkim-signature:", tags, NULL);
        g_autofree char *value = signer_sign(&signer, false, canonical);
        g_autofree char *message =
            g_strconcat("DKIM-Signature: ", tags, value,
                        "\r\nFrom: mira@willow.example\r\nSubject: x\r\n\r\nbody\r\n", NULL);
        check(message, all[i].state, false);
    }
}

/* x=: told, whenever the bounce came. */
static void test_expired(void)
{
    static const Mail mail = {
        "DKIM-Signature: " TAGS " c=relaxed/relaxed; t=1000; x=2000; h=From:To; bh=%s; b=", HEADER,
        "y\r\n",
        "from:mira@willow.example\r\nto:Joe <joe@oak.example>\r\ndkim-signature:" TAGS
        " c=relaxed/relaxed; t=1000; x=2000; h=From:To; bh=%s; b=",
        "y\r\n"};
    g_autofree char *message = mail_sign(&mail), *text = signer_key(&signer, true);
    g_autofree char *key = named_key("m1:willow.example", text);
    static const struct {
        gint64 when;
        bool expired;
    } all[] = {{1500, false}, {2000, false}, {2001, true}, {TIME_NONE, false}};
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(DkimResult) result = verify(message, key, "joe@oak.example", all[i].when, false);
        g_assert_cmpint(result->state, ==, DKIM_WHOLE);
        g_assert_cmpint(result->expired, ==, all[i].expired);
    }
}

/* t=s of the key: no other domain in i=. */
static void test_same_domain(void)
{
    static const Mail mail = {"DKIM-Signature: " TAGS
                              " c=relaxed/relaxed; i=@mail.willow.example; h=From; bh=%s; b=",
                              HEADER, "y\r\n",
                              "from:mira@willow.example\r\ndkim-signature:" TAGS
                              " c=relaxed/relaxed; i=@mail.willow.example; h=From; bh=%s; b=",
                              "y\r\n"};
    g_autofree char *message = mail_sign(&mail), *text = signer_key(&signer, true);
    g_autofree char *strict = g_strconcat("m1:willow.example=t=s; p=", text, NULL);
    check(message, DKIM_WHOLE, false);
    check_by(message, strict, DKIM_REFUSED, false);
}

/* Each changed byte of what is covered is seen. */
static void test_changes(void)
{
    g_autofree char *message = mail_sign(&plain), *text = signer_key(&signer, true);
    g_autofree char *key = named_key("m1:willow.example", text);
    const char *own_value = strstr(message, "; b="), *end = strstr(message, "\r\n\r\n");
    bool in_value = false;
    for (const char *p = message; p < end; p++) {
        bool counts =
            in_value && !strchr(" \r\n", *p) && (p < own_value + 4 || p > strchr(own_value, '\n'));
        in_value = *p != '\n' && (in_value || *p == ':');
        if (!counts)
            continue;
        g_autofree char *changed = g_strdup(message);
        changed[p - message] ^= 1;
        g_autoptr(DkimResult) result = verify(changed, key, "joe@oak.example", TIME_NONE, false);
        g_test_message("%c in \"%.20s\"", *p, p);
        g_assert_cmpint(result->state, <, DKIM_HEADERS);
    }
}

static void test_several(void)
{
    g_autofree char *good = mail_sign(&plain), *bad = mail_sign_by(&stranger, false, &plain);
    char *end = strstr(bad, "\r\n");
    g_autofree char *bad_field = g_strndup(bad, (gsize)(end + 2 - bad));
    g_autofree char *both = g_strconcat(bad_field, good, NULL);
    check(both, DKIM_WHOLE, true);
    /* not for ever */
    GString *many = g_string_new(NULL);
    for (int i = 0; i < 5000; i++)
        g_string_append(many, bad_field);
    g_string_append(many, good);
    check(many->str, DKIM_FAILS, false);
    g_string_free(many, TRUE);
}

static void test_hostile(void)
{
    static const char *const signatures[] = {TAGS " b=",
                                             TAGS " h=From; b=;",
                                             TAGS " h=From; b==",
                                             TAGS " h=From; b=A\r\n =",
                                             TAGS " h=:::::From:::; b=AAAA",
                                             TAGS " h=From; bh=; b=!!!!",
                                             TAGS " h=From; b=b=b=b;"};
    for (gsize i = 0; i < G_N_ELEMENTS(signatures); i++) {
        g_autofree char *message = g_strconcat("DKIM-Signature: ", signatures[i],
                                               "\r\nFrom: mira@willow.example\r\n\r\nx\r\n", NULL);
        g_autofree char *text = signer_key(&signer, true);
        g_autofree char *key = named_key("m1:willow.example", text);
        g_autoptr(DkimResult) result = verify(message, key, "joe@oak.example", TIME_NONE, false);
        g_assert_cmpint(result->state, <, DKIM_HEADERS);
    }
    /* many names, many fields, one long field, no header at all: each is bounded */
    GString *names = g_string_new("DKIM-Signature: " TAGS " b=AAAA; h=From");
    for (int i = 0; i < 100000; i++)
        g_string_append(names, ":From");
    g_string_append(names, "\r\nFrom: mira@willow.example\r\n\r\n");
    check(names->str, DKIM_REFUSED, false);
    g_string_free(names, TRUE);
    GString *fields = g_string_new("DKIM-Signature: " TAGS " b=AAAA; h=From:A:A:A:A:A:A\r\n");
    for (int i = 0; i < 100000; i++)
        g_string_append(fields, "a: b\r\n");
    check(fields->str, DKIM_FAILS, false);
    g_string_free(fields, TRUE);
    GString *tags = g_string_new("DKIM-Signature: " TAGS);
    for (int i = 0; i < 100000; i++)
        g_string_append_printf(tags, " t%d=;", i);
    check(tags->str, DKIM_NONE, false);
    g_string_free(tags, TRUE);
    static const char *const nothing[] = {"",        "\r\n",      "no mail at all", ":",
                                          ": x\r\n", " x: y\r\n", "DKIM-Signature"};
    for (gsize i = 0; i < G_N_ELEMENTS(nothing); i++)
        check(nothing[i], DKIM_NONE, false);
}

/* As in a parser process, which can open no file. */
static void test_confined(void)
{
    if (g_test_subprocess()) {
        g_autofree char *message = mail_sign(&plain);
        confine(STDOUT_FILENO);
        check(message, DKIM_WHOLE, true);
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signer_init(&signer, 1024, 1);
    signer_init(&stranger, 1024, 2);
    signer_init(&weak, 1000, 3);
    g_test_add_func("/dkim/whole", test_whole);
    g_test_add_func("/dkim/headers-alone", test_headers_alone);
    g_test_add_func("/dkim/relaxed", test_relaxed);
    g_test_add_func("/dkim/simple", test_simple);
    g_test_add_func("/dkim/forms", test_forms);
    g_test_add_func("/dkim/instances", test_instances);
    g_test_add_func("/dkim/keys", test_keys);
    g_test_add_func("/dkim/ed25519", test_ed25519);
    g_test_add_func("/dkim/weak", test_weak);
    g_test_add_func("/dkim/refused", test_refused);
    g_test_add_func("/dkim/expired", test_expired);
    g_test_add_func("/dkim/same-domain", test_same_domain);
    g_test_add_func("/dkim/changes", test_changes);
    g_test_add_func("/dkim/several", test_several);
    g_test_add_func("/dkim/hostile", test_hostile);
    g_test_add_func("/dkim/confined", test_confined);
    int status = g_test_run();
    signer_clear(&signer);
    signer_clear(&stranger);
    signer_clear(&weak);
    return status;
}
