/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of sample mail: dates, ids that tell the right time, Received lines of several servers. */
#include <string.h>

#include "demo/demo.h"

static const DemoServer own_server = {DEMO_HOST, DEMO_IP, DEMO_POSTFIX};

char *demo_date(gint64 time)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) t = g_date_time_new_from_unix_utc(time);
    return g_strdup_printf("%s, %d %s %04d %02d:%02d:%02d +0000",
                           days[g_date_time_get_day_of_week(t) - 1],
                           g_date_time_get_day_of_month(t), months[g_date_time_get_month(t) - 1],
                           g_date_time_get_year(t), g_date_time_get_hour(t),
                           g_date_time_get_minute(t), g_date_time_get_second(t));
}

/* --- ids -------------------------------------------------------------------------------------- */

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char base52[] = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";

/* @value in @width digits of @alphabet. The caller frees it. */
static char *digits(guint64 value, const char *alphabet, guint base, guint width)
{
    char *text = g_malloc0(width + 1);
    for (guint i = width; i > 0; i--) {
        text[i - 1] = alphabet[value % base];
        value /= base;
    }
    return text;
}

static char *id_postfix(gint64 time, guint salt)
{
    g_autofree char *seconds = digits((guint64)time, base52, 52, 6);
    g_autofree char *micro = digits((salt * 7919u) % 1000000, base52, 52, 4);
    g_autofree char *inode = digits(70000 + salt * 131, base52, 51, 4);
    return g_strdup_printf("%s%sz%s", seconds, micro, inode);
}

static char *id_exim(gint64 time, guint salt)
{
    g_autofree char *seconds = digits((guint64)time, base62, 62, 6);
    g_autofree char *pid = digits(4000 + salt * 37, base62, 62, 6);
    g_autofree char *part = digits(salt * 11 % 2000, base62, 62, 2);
    return g_strdup_printf("%s-%s-%s", seconds, pid, part);
}

static char *id_sendmail(gint64 time, guint salt)
{
    g_autoptr(GDateTime) t = g_date_time_new_from_unix_utc(time);
    const int parts[] = {(g_date_time_get_year(t) - 1900) % 60,
                         g_date_time_get_month(t) - 1,
                         g_date_time_get_day_of_month(t),
                         g_date_time_get_hour(t),
                         g_date_time_get_minute(t),
                         g_date_time_get_second(t)};
    char stamp[G_N_ELEMENTS(parts) + 1] = "";
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        stamp[i] = base62[parts[i]];
    return g_strdup_printf("%s%c%c%06u", stamp, base62[salt % 60], base62[salt * 7 % 60],
                           (20000 + salt * 17) % 1000000);
}

char *demo_queue_id(DemoStyle style, gint64 time, guint salt)
{
    switch (style) {
    case DEMO_POSTFIX:
        return id_postfix(time, salt);
    case DEMO_EXIM:
        return id_exim(time, salt);
    case DEMO_SENDMAIL:
        return id_sendmail(time, salt);
    case DEMO_QMAIL:
        return g_strdup_printf("%u", 20000 + salt * 13);
    case DEMO_EXCHANGE:
        break;
    }
    return g_strdup_printf("15.2.1544.%u", 4 + salt % 20);
}

/* --- Received --------------------------------------------------------------------------------- */

static void received_postfix(GString *out, const DemoServer *by, const DemoPeer *from,
                             const char *id, const char *for_, const char *date)
{
    g_string_append_printf(out, "Received: from %s (%s [%s])\n", from->helo,
                           from->name ? from->name : "unknown", from->ip);
    if (from->login)
        g_string_append_printf(out, "\t(Authenticated sender: %s)\n", from->login);
    g_string_append_printf(out, "\tby %s (Postfix) with %s id %s", by->host,
                           from->login ? "ESMTPSA" : "ESMTPS", id);
    if (for_)
        g_string_append_printf(out, "\n\tfor <%s>", for_);
    g_string_append_printf(out, ";\n\t%s (UTC)\n", date);
}

static void received_exim(GString *out, const DemoServer *by, const DemoPeer *from, const char *id,
                          const char *date)
{
    if (from->name)
        g_string_append_printf(out, "Received: from %s ([%s]%s%s)\n", from->name, from->ip,
                               strcmp(from->helo, from->name) ? " helo=" : "",
                               strcmp(from->helo, from->name) ? from->helo : "");
    else
        g_string_append_printf(out, "Received: from [%s] (helo=%s)\n", from->ip, from->helo);
    g_string_append_printf(out, "\tby %s with esmtp (Exim 4.94.2)\n\tid %s; %s\n", by->host, id,
                           date);
}

void demo_add_received(GString *out, const DemoServer *by, const DemoPeer *from, const char *for_,
                       gint64 time, guint salt)
{
    g_autofree char *id = demo_queue_id(by->style, time, salt), *date = demo_date(time);
    switch (by->style) {
    case DEMO_POSTFIX:
        received_postfix(out, by, from, id, for_, date);
        break;
    case DEMO_EXIM:
        received_exim(out, by, from, id, date);
        break;
    case DEMO_SENDMAIL:
        g_string_append_printf(
            out,
            "Received: from %s (%s%s[%s])\n\tby %s (8.17.1/8.17.1) with ESMTP id "
            "%s;\n\t%s\n",
            from->helo, from->name ? from->name : "", from->name ? " " : "", from->ip, by->host, id,
            date);
        break;
    case DEMO_QMAIL:
        g_string_append_printf(out, "Received: from %s (HELO %s) (%s)\n  by %s with SMTP; %s\n",
                               from->name ? from->name : "unknown", from->helo, from->ip, by->host,
                               strchr(date, ' ') + 1);
        break;
    case DEMO_EXCHANGE:
        g_string_append_printf(out,
                               "Received: from %s (%s) by %s (%s)\n\twith Microsoft SMTP Server id "
                               "%s; %s\n",
                               from->helo, from->ip, by->host, by->ip, id, date);
        break;
    }
}

/* --- messages --------------------------------------------------------------------------------- */

void demo_add_sent(GString *out, const DemoSent *sent, const DemoServer *by, guint salt)
{
    static const DemoPeer desk = {"[192.168.7.4]", "host-31.bramble-isp.example", "198.51.100.31",
                                  "nell"};
    g_autofree char *date = demo_date(sent->time);
    if (by)
        demo_add_received(out, by, &sent->peer, NULL, sent->time + 4, salt);
    if (by && sent->ours && strcmp(by->host, DEMO_HOST) != 0)
        demo_add_received(out, &own_server, &desk, NULL, sent->time + 2, salt + 500);
    if (by && sent->forged) {
        g_auto(GStrv) parts = g_strsplit(sent->forged, "%s", 2);
        g_string_append_printf(out, "Received: %s%s%s\n", parts[0], date, parts[1] ? parts[1] : "");
    }
    g_string_append_printf(out,
                           "Date: %s\nFrom: " DEMO_NAME " <" DEMO_ADDRESS ">\nTo: %s\nSubject: "
                           "%s\nMessage-ID: <%s>\nMIME-Version: 1.0\nContent-Type: text/plain; "
                           "charset=utf-8\n\n%s\n",
                           date, sent->to, sent->subject, sent->id, sent->text);
}

void demo_add_arrival(GString *out, const DemoPeer *from, const char *return_path, gint64 time,
                      guint salt)
{
    g_string_append_printf(out, "Return-Path: <%s>\nDelivered-To: " DEMO_ADDRESS "\n", return_path);
    demo_add_received(out, &own_server, from, DEMO_ADDRESS, time, salt);
}
