/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The play of the sample mailbox: two weeks of a user whose address was stolen. Three campaigns of
 * forged mail bounce to her, a few of her own messages do too, and somebody tries a trick. */
#include <string.h>

#include "demo/demo.h"

enum { HOUR = 3600 };

static const DemoServer servers[] = {
    {"mx1.larch.example", "192.0.2.11", DEMO_POSTFIX},
    {"gate.sorrel.example", "192.0.2.21", DEMO_SENDMAIL},
    {"mx2.teasel.example", "192.0.2.31", DEMO_EXIM},
    {"mx0.burdock.example", "192.0.2.41", DEMO_QMAIL},
    {"ex01.mallow.example", "192.0.2.51", DEMO_EXCHANGE},
};
static const DemoServer own = {DEMO_HOST, DEMO_IP, DEMO_POSTFIX};
static const DemoPeer own_peer = {DEMO_HOST, DEMO_HOST, DEMO_IP, NULL};
static const DemoPeer desk = {"[192.168.7.4]", "host-31.bramble-isp.example", "198.51.100.31",
                              "nell"};

enum { UNKNOWN_USER, FULL, SPAM, VIRUS, TOO_BIG, NO_HOST, LATER };
static const DemoFate fates[] = {
    [UNKNOWN_USER] = {"5.1.1", "550 5.1.1 Recipient address rejected: User unknown", false},
    [FULL] = {"5.2.2", "552 5.2.2 The mailbox is full", false},
    [SPAM] = {"5.7.1", "554 5.7.1 Message rejected as spam", false},
    [VIRUS] = {"5.7.1", "554 5.7.1 Message rejected: it contains a virus", false},
    [TOO_BIG] = {"5.3.4", "552 5.3.4 Message size exceeds fixed limit", false},
    [NO_HOST] = {"5.1.2", "550 5.1.2 Host or domain name not found", false},
    [LATER] = {"4.4.1", "451 4.4.1 connect to mail.larch.example[192.0.2.12]: Connection timed out",
               true},
};

typedef struct Play {
    gint64 now;
    DemoEach each;
    gpointer data;
    guint salt; /* counts messages: all their ids differ */
} Play;

static void play_give(const Play *play, const char *folder, char *message, gint64 time)
{
    play->each(folder, message, time, play->data);
    g_free(message);
}

/* --- what others sent in her name ------------------------------------------------------------- */

typedef struct Campaign {
    DemoPeer peer;
    const char *forged;
    const char *subject, *text;
    const char *const *names; /* of recipients */
    guint count;
    int first; /* hours ago of the newest bounce */
    int step;  /* minutes between two */
    const int *fates;
    guint fate_count;
} Campaign;

static const char *const names_invoice[] = {
    "a.bell",  "accounts", "b.moore", "billing", "c.reid",  "claire", "d.ortiz", "dora",
    "e.young", "finance",  "g.hart",  "h.lund",  "info",    "j.kim",  "k.wolf",  "l.ray",
    "m.stone", "office",   "p.vane",  "r.cole",  "s.thorn", "w.abbot"};
static const char *const names_parcel[] = {"anna",  "bruno", "carla", "dirk",  "elsa", "fritz",
                                           "gerda", "hugo",  "ida",   "jonas", "karl"};
static const char *const names_photos[] = {"sales", "shop", "support", "team", "web"};
static const int fates_invoice[] = {UNKNOWN_USER, UNKNOWN_USER, SPAM, UNKNOWN_USER, FULL};
static const int fates_parcel[] = {SPAM, UNKNOWN_USER, SPAM};
static const int fates_photos[] = {VIRUS};

static const Campaign campaigns[] = {
    {{"dsl-77.thistle-dsl.example", NULL, "198.51.100.77", NULL},
     "from webmail.quince.example (webmail.quince.example [203.0.113.81])\n"
     "\tby mail.quince.example (Postfix) with ESMTPSA id 3FA0B1C2D3;\n\t%s (UTC)",
     "Invoice overdue",
     "Dear customer,\n\nyour invoice is overdue. Pay at once to avoid further steps.",
     names_invoice,
     G_N_ELEMENTS(names_invoice),
     2,
     47,
     fates_invoice,
     G_N_ELEMENTS(fates_invoice)},
    {{DEMO_HOST, "198-51-100-140.cable.nettle.example", "198.51.100.140", NULL},
     NULL,
     "Your parcel is waiting",
     "Hello,\n\nyour parcel could not be handed over. Confirm your address within 24 hours.",
     names_parcel,
     G_N_ELEMENTS(names_parcel),
     50,
     133,
     fates_parcel,
     G_N_ELEMENTS(fates_parcel)},
    {{"PC-213", "pool-213.fennel-dsl.example", "192.0.2.213", NULL},
     "from mail.quince.example ([10.1.4.7])\n\tby PC-213 with SMTP;\n\t%s",
     "Re: the photos",
     "See the attached file for the photos.",
     names_photos,
     G_N_ELEMENTS(names_photos),
     190,
     210,
     fates_photos,
     G_N_ELEMENTS(fates_photos)},
};

static void play_campaign(Play *play, const Campaign *campaign)
{
    for (guint i = 0; i < campaign->count; i++) {
        const DemoServer *by = &servers[i % G_N_ELEMENTS(servers)];
        gint64 time = play->now - campaign->first * HOUR - (gint64)i * campaign->step * 60;
        guint salt = ++play->salt;
        g_autofree char *to =
            g_strdup_printf("%s@%s", campaign->names[i], strchr(by->host, '.') + 1);
        DemoSent sent = {.peer = campaign->peer,
                         .forged = campaign->forged,
                         .to = to,
                         .subject = campaign->subject,
                         .text = campaign->text,
                         .time = time - 20};
        sent.id = g_strdup_printf("%08x%04x@%s", (guint)sent.time * 2654435761u, salt,
                                  campaign->peer.helo);
        const DemoFate *fate = &fates[campaign->fates[i % campaign->fate_count]];
        play_give(play, "Inbox", demo_bounce(by, &sent, fate, time, salt), time);
        g_free(sent.id);
    }
}

/* --- what she sent ---------------------------------------------------------------------------- */

typedef struct Letter {
    int hours; /* ago */
    const char *to, *subject, *text;
    int server; /* which bounced it; -1: her own; -2: it arrived */
    int fate;
} Letter;

static const Letter letters[] = {
    {9, "jo.tanner@larch.example", "Minutes of the garden meeting",
     "Hello Jo,\n\nthe minutes are attached to the calendar. Corrections by Friday, "
     "please.\n\nNell",
     0, UNKNOWN_USER},
    {31, "m.okafor@teasel.example", "Slides for Thursday",
     "Dear Mary,\n\nhere are the slides. The last two are new.\n\nNell", 2, FULL},
    {58, "board@sorrel.example", "Offer for the roof",
     "Dear all,\n\nthe offer is 4,200, valid until the end of the month.\n\nNell Quince", 1,
     UNKNOWN_USER},
    {77, "office@dogwood.example", "Room for the workshop",
     "Hello,\n\nis the large room free on the 12th?\n\nNell Quince", -1, NO_HOST},
    {120, "print@mallow.example", "Poster, final version",
     "Hello,\n\nplease print forty of these.\n\nNell", 4, TOO_BIG},
    {166, "h.berg@burdock.example", "Bicycle for sale?",
     "Hello,\n\nis the bicycle still for sale?\n\nNell", 3, UNKNOWN_USER},
    {6, "k.ruiz@larch.example", "Train times",
     "Hi Kit,\n\nthe 9:14 or the 10:14, as you like.\n\nNell", 0, LATER},
    {44, "ruth@larch.example", "Seeds", "Hi Ruth,\n\nthe seeds came today. Thank you!\n\nNell", -2,
     0},
    {140, "sam@teasel.example", "Re: Lunch", "Tuesday at one?\n\nNell", -2, 0},
};

static gint64 letter_time(const Play *play, const Letter *letter)
{
    return play->now - letter->hours * HOUR - 300;
}

static char *letter_id(const Play *play, const Letter *letter)
{
    return g_strdup_printf("%x.%u@" DEMO_DOMAIN, (guint)letter_time(play, letter),
                           (guint)(letter - letters));
}

static void play_letter(Play *play, const Letter *letter)
{
    guint salt = ++play->salt;
    DemoSent sent = {.peer = letter->server == -1 ? desk : own_peer,
                     .to = letter->to,
                     .subject = letter->subject,
                     .text = letter->text,
                     .time = letter_time(play, letter),
                     .ours = true};
    sent.id = letter_id(play, letter);
    GString *copy = g_string_new(NULL);
    demo_add_sent(copy, &sent, NULL, salt);
    play_give(play, "Sent", g_string_free(copy, FALSE), sent.time);
    if (letter->server >= -1) {
        const DemoServer *by = letter->server < 0 ? &own : &servers[letter->server];
        gint64 time = sent.time + (fates[letter->fate].delayed ? 4 * HOUR + 40 : 15);
        play_give(play, "Inbox", demo_bounce(by, &sent, &fates[letter->fate], time, salt), time);
    }
    g_free(sent.id);
}

/* --- other mail ------------------------------------------------------------------------------- */

typedef struct Other {
    int hours; /* ago */
    DemoPeer peer;
    const char *return_path, *from, *subject;
    const char *headers; /* more of them */
    const char *text;
    int answers; /* index into letters, -1: none */
} Other;

static const Other others[] = {
    /* a machine that answers for someone who got her letter */
    {43,
     {"mx1.larch.example", "mx1.larch.example", "192.0.2.11", NULL},
     "",
     "Ruth Vale <ruth@larch.example>",
     "Out of office: Seeds",
     "Auto-Submitted: auto-replied (vacation)\nPrecedence: bulk\n",
     "I am out of the office until Monday and will read your mail then.",
     7},
    /* the tricks */
    {12,
     {"mailer.quince.example", NULL, "198.51.100.9", NULL},
     "bounce@promo.yarrow.example",
     "Mail Delivery Subsystem <mailer-daemon@quince.example>",
     "Undelivered mail: 3 messages are held",
     "",
     "Delivery of 3 incoming messages has failed because your mailbox is full.\n\n"
     "Release them here: http://webmail-quince.yarrow.example/login\n\nMail Delivery System",
     -1},
    {101,
     {"vps9.yarrow.example", "vps9.yarrow.example", "198.51.100.10", NULL},
     "bounce@promo.yarrow.example",
     "Mail Administrator <postmaster@quince.example>",
     "Delivery failure: action required",
     "",
     "Your last message could not be delivered. Your password must be confirmed at\n"
     "http://confirm.yarrow.example/quince today.",
     -1},
    /* a bounce that says too little */
    {88,
     {"relay.comfrey.example", "relay.comfrey.example", "192.0.2.61", NULL},
     "",
     "Mail Delivery System <mailer-daemon@relay.comfrey.example>",
     "Mail could not be delivered",
     "Auto-Submitted: auto-generated\n",
     "Your mail to v.lang@comfrey.example could not be delivered: user unknown.",
     -1},
    /* ordinary mail */
    {3,
     {"mx2.teasel.example", "mx2.teasel.example", "192.0.2.31", NULL},
     "sam@teasel.example",
     "Sam Field <sam@teasel.example>",
     "Lunch",
     "",
     "Shall we have lunch next week?\n\nSam",
     -1},
    {26,
     {"gate.sorrel.example", "gate.sorrel.example", "192.0.2.21", NULL},
     "news@sorrel.example",
     "Sorrel Garden News <news@sorrel.example>",
     "What to sow this month",
     "List-Id: <news.sorrel.example>\nPrecedence: list\n",
     "Beans, chard, and the last of the peas.",
     -1},
    {49,
     {"mx1.larch.example", "mx1.larch.example", "192.0.2.11", NULL},
     "ruth@larch.example",
     "Ruth Vale <ruth@larch.example>",
     "Delivery on Wednesday",
     "",
     "The delivery comes on Wednesday, I have asked for the morning.\n\nRuth",
     -1},
    {130,
     {"ex01.mallow.example", "ex01.mallow.example", "192.0.2.51", NULL},
     "print@mallow.example",
     "Mallow Print <print@mallow.example>",
     "Your order is ready",
     "",
     "Your posters can be fetched from tomorrow on.",
     -1},
    {200,
     {"mx0.burdock.example", "mx0.burdock.example", "192.0.2.41", NULL},
     "h.berg@burdock.example",
     "Hanna Berg <h.berg@burdock.example>",
     "New address from next week",
     "",
     "I am moving to another provider; I will write again from the new address.\n\nHanna",
     -1},
};

static void play_other(Play *play, const Other *other)
{
    guint salt = ++play->salt;
    gint64 time = play->now - other->hours * HOUR;
    GString *out = g_string_new(NULL);
    g_autofree char *date = demo_date(time - 3);
    demo_add_arrival(out, &other->peer, other->return_path, time, salt);
    if (other->answers >= 0) {
        g_autofree char *id = letter_id(play, &letters[other->answers]);
        g_string_append_printf(out, "In-Reply-To: <%s>\n", id);
    }
    g_string_append_printf(out,
                           "Date: %s\nFrom: %s\nTo: " DEMO_NAME " <" DEMO_ADDRESS
                           ">\nSubject: %s\nMessage-ID: <%x.%u@%s>\n%sMIME-Version: 1.0\n"
                           "Content-Type: text/plain; charset=utf-8\n\n%s\n",
                           date, other->from, other->subject, (guint)time, salt, other->peer.helo,
                           other->headers, other->text);
    play_give(play, "Inbox", g_string_free(out, FALSE), time);
}

void demo_play(gint64 now, DemoEach each, gpointer data)
{
    Play play = {.now = now, .each = each, .data = data};
    for (gsize i = 0; i < G_N_ELEMENTS(letters); i++)
        play_letter(&play, &letters[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(campaigns); i++)
        play_campaign(&play, &campaigns[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        play_other(&play, &others[i]);
    demo_scenes(now, play.salt, each, data);
}
