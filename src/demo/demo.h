/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample mailbox: an invented user, invented servers, and mail between them. Private to
 * cmd_demo.c and demo_*.c. */
#ifndef NOTME_DEMO_DEMO_H
#define NOTME_DEMO_DEMO_H

#include <glib.h>
#include <stdbool.h>

/* The invented user, whom the mailbox belongs to. */
#define DEMO_NAME    "Nell Quince"
#define DEMO_ADDRESS "nell@quince.example"
#define DEMO_DOMAIN  "quince.example"
#define DEMO_HOST    "mail.quince.example"
#define DEMO_IP      "203.0.113.80"
#define DEMO_NETWORK "203.0.113.80/29"
/* The key that signs her mail, as dkim_keys takes it. */
#define DEMO_KEY "garden:quince.example=p=sWaS989RFMJDtN+7tzv5q07Yh2GnexWu9MUsgiEhkOI="

/* How a mail server writes: its Received lines, its ids, its bounces. */
typedef enum DemoStyle {
    DEMO_POSTFIX,
    DEMO_SENDMAIL,
    DEMO_EXIM,
    DEMO_QMAIL,
    DEMO_EXCHANGE
} DemoStyle;

typedef struct DemoServer {
    const char *host, *ip;
    DemoStyle style;
} DemoServer;

/* Who handed a message over, as the receiving server saw it. */
typedef struct DemoPeer {
    const char *helo;
    const char *name; /* looked up; NULL: none */
    const char *ip;
    const char *login; /* who logged in; NULL: nobody */
} DemoPeer;

/* A message that went out, by the user or in the user's name. */
typedef struct DemoSent {
    DemoPeer peer;      /* who handed it to the server that bounced it */
    const char *forged; /* a Received value below the true ones, or NULL; %s: a date */
    const char *to;     /* recipient */
    const char *subject;
    const char *text;
    char *id; /* Message-ID, without brackets */
    gint64 time;
    bool ours;
} DemoSent;

/* What became of it. */
typedef struct DemoFate {
    const char *status, *reply; /* "5.1.1", "550 5.1.1 ..." */
    bool delayed;
} DemoFate;

/* demo_mail.c: pieces. */
char *demo_date(gint64 time);
/* An id as a server of @style makes it at @time; @salt tells two of one second apart. */
char *demo_queue_id(DemoStyle style, gint64 time, guint salt);
void demo_add_received(GString *out, const DemoServer *by, const DemoPeer *from, const char *for_,
                       gint64 time, guint salt);
/* Headers and text of @sent as the server @by has them after it took it; @by NULL: as our own copy.
 */
void demo_add_sent(GString *out, const DemoSent *sent, const DemoServer *by, guint salt);
/* The headers that our own server puts on top of mail that came in from @from. */
void demo_add_arrival(GString *out, const DemoPeer *from, const char *return_path, gint64 time,
                      guint salt);

/* demo_bounce.c: a whole bounce by @by, about @sent. The caller frees it. */
char *demo_bounce(const DemoServer *by, const DemoSent *sent, const DemoFate *fate, gint64 time,
                  guint salt);

/* demo_cast.c: all messages of the mailbox. @each gets a folder ("Inbox", "Sent"), the message and
 * its time. */
typedef void (*DemoEach)(const char *folder, const char *message, gint64 time, gpointer data);
void demo_play(gint64 now, DemoEach each, gpointer data);
/* demo_scenes.c: those of them that one bounce does not tell. @salt: of the message before. */
void demo_scenes(gint64 now, guint salt, DemoEach each, gpointer data);

#endif
