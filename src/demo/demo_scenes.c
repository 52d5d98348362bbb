/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenes that one bounce does not tell: her letter to a club that a server carries on to its
 * members, somebody who has her password, and a letter from her phone of which only the signed
 * header came back. */
#include "demo/demo.h"

#include <string.h>

enum { HOUR = 3600 };

typedef struct Scene {
    gint64 now;
    guint salt;
    DemoEach each;
    gpointer data;
} Scene;

static const DemoServer reporters[] = {
    {"mx1.larch.example", "192.0.2.11", DEMO_POSTFIX},
    {"gate.sorrel.example", "192.0.2.21", DEMO_SENDMAIL},
    {"mx2.teasel.example", "192.0.2.31", DEMO_EXIM},
    {"ex01.mallow.example", "192.0.2.51", DEMO_POSTFIX},
};
static const DemoFate unknown = {"5.1.1", "550 5.1.1 Recipient address rejected: User unknown",
                                 false};

static void scene_give(const Scene *scene, const char *folder, char *message, gint64 time)
{
    scene->each(folder, message, time, scene->data);
    g_free(message);
}

/* What she keeps of a letter. */
static void scene_keep(Scene *scene, const DemoSent *sent)
{
    GString *copy = g_string_new(NULL);
    demo_add_sent(copy, sent, NULL, ++scene->salt);
    scene_give(scene, "Sent", g_string_free(copy, FALSE), sent->time);
}

/* --- a club ----------------------------------------------------------------------------------- */

/* One letter to all members; nobody has said yet that the club's server carries her mail. */
static void scene_club(Scene *scene)
{
    static const char *const members[] = {"alma", "bert", "cora", "dina"};
    DemoSent sent = {.peer = {"relay.beech.example", "relay.beech.example", "192.0.2.71", NULL},
                     .forged = "from " DEMO_HOST " (" DEMO_HOST " [" DEMO_IP "])\n"
                               "\tby relay.beech.example (Postfix) with ESMTPS id 2C41B0D17A;\n"
                               "\t%s (UTC)",
                     .to = "garden-club@beech.example",
                     .subject = "Seed swap on Saturday",
                     .text = "Dear all,\n\nthe swap begins at ten, in the old barn.\n\nNell",
                     .time = scene->now - 70 * HOUR};
    sent.id = g_strdup_printf("%x.90@" DEMO_DOMAIN, (guint)sent.time);
    scene_keep(scene, &sent);
    for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
        const DemoServer *by = &reporters[i % G_N_ELEMENTS(reporters)];
        g_autofree char *to = g_strdup_printf("%s@%s", members[i], strchr(by->host, '.') + 1);
        guint salt = ++scene->salt;
        gint64 time = sent.time + 60 + i * 40;
        sent.to = to;
        scene_give(scene, "Inbox", demo_bounce(by, &sent, &unknown, time, salt), time);
    }
    g_free(sent.id);
}

/* --- a stolen account ------------------------------------------------------------------------- */

/* Through her own server, with her password, from where she never was. */
static void scene_thief(Scene *scene)
{
    static const char *const names[] = {"payroll", "treasurer"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const DemoServer *by = &reporters[i];
        g_autofree char *to = g_strdup_printf("%s@%s", names[i], strchr(by->host, '.') + 1);
        guint salt = ++scene->salt;
        gint64 time = scene->now - (100 + i) * HOUR;
        DemoSent sent = {.peer = {DEMO_HOST, DEMO_HOST, DEMO_IP, NULL},
                         .forged = "from [10.0.0.9] (unknown [198.51.100.200])\n"
                                   "\t(Authenticated sender: " DEMO_ADDRESS ")\n"
                                   "\tby " DEMO_HOST " (Postfix) with ESMTPSA id 3FA0B1C2D3;\n"
                                   "\t%s (UTC)",
                         .to = to,
                         .subject = "Updated bank details",
                         .text = "Hello,\n\nplease use the new account from today.",
                         .time = time - 20};
        sent.id = g_strdup_printf("%08x%04x@localhost", (guint)sent.time * 2654435761u, salt);
        scene_give(scene, "Inbox", demo_bounce(by, &sent, &unknown, time, salt), time);
        g_free(sent.id);
    }
}

/* --- a signed letter -------------------------------------------------------------------------- */

/* Signed in her domain's name over what does not change from day to day: From, To and Subject. The
 * key is in the configuration that cmd_demo.c writes. */
#define SIGNED_TO      "l.haas@sorrel.example"
#define SIGNED_SUBJECT "Keys for the greenhouse"
static const char signature[] =
    "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=" DEMO_DOMAIN "; s=garden; h=From:To:Subject; "
    "bh=DqRTJUEB10bK5aRu0SHJbpD0ZwRj1YKlm7C0ZJaSad8=; "
    "b=c8dZ9UKNl9XqRkqdqmhNXCL7ha13IMBXPfxxRnDIG2tTwIKkPq45zdOS4iMm3RouANxaqoecX88lVv2gEgKvBg==";

/* A bounce that says nothing of the way, and returns the header alone. */
static void scene_signed(Scene *scene)
{
    static const DemoPeer gate = {"gate.sorrel.example", "gate.sorrel.example", "192.0.2.21", NULL};
    gint64 time = scene->now - 150 * HOUR;
    DemoSent sent = {.to = SIGNED_TO,
                     .subject = SIGNED_SUBJECT,
                     .text = "Dear Lena,\n\nthe keys are under the blue pot.\n\nNell",
                     .time = time - 30};
    sent.id = g_strdup_printf("%x.91@" DEMO_DOMAIN, (guint)sent.time);
    scene_keep(scene, &sent);
    GString *out = g_string_new(NULL);
    g_autofree char *date = demo_date(time), *sent_date = demo_date(sent.time);
    demo_add_arrival(out, &gate, "", time, ++scene->salt);
    g_string_append_printf(
        out,
        "Date: %s\nFrom: MAILER-DAEMON@gate.sorrel.example (Mail Delivery "
        "System)\nTo: " DEMO_ADDRESS
        "\nSubject: Undelivered Mail Returned to Sender\nMessage-ID: <%x.%u@gate.sorrel.example>\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: multipart/report; "
        "report-type=delivery-status; boundary=\"garden\"\n\n--garden\nContent-Type: text/plain\n\n"
        "Your message could not be delivered: there is no such user here.\n\n--garden\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; gate.sorrel.example\n\n"
        "Final-Recipient: rfc822; " SIGNED_TO "\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; %s\n\n--garden\nContent-Type: text/rfc822-headers\n\n"
        "DKIM-Signature: %s\nFrom: " DEMO_NAME " <" DEMO_ADDRESS ">\nTo: " SIGNED_TO
        "\nSubject: " SIGNED_SUBJECT "\nDate: %s\nMessage-ID: <%s>\n\n--garden--\n",
        date, (guint)time, scene->salt, unknown.reply, signature, sent_date, sent.id);
    scene_give(scene, "Inbox", g_string_free(out, FALSE), time);
    g_free(sent.id);
}

void demo_scenes(gint64 now, guint salt, DemoEach each, gpointer data)
{
    Scene scene = {.now = now, .salt = salt, .each = each, .data = data};
    scene_club(&scene);
    scene_thief(&scene);
    scene_signed(&scene);
}
