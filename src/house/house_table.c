/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailbox providers, mail services, clouds and filters: see house.h for what a row says. A name
 * stands once, in its organisational form. */
#include "house/house_table.h"

static const House table[] = {
    /* --- mailboxes for anybody --- */
    {"Google", HOUSE_MAILBOX, false, "google.com 1e100.net googlegroups.com",
     "gmail.com googlemail.com", "spf reverse"},
    {"Microsoft", HOUSE_MAILBOX, false,
     "microsoft.com office.com office365.com onmicrosoft.com exchangelabs.com frontbridge.com",
     "outlook.com hotmail.com live.com msn.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it "
     "outlook.de outlook.fr live.co.uk live.fr live.nl",
     "spf help"},
    {"Yahoo", HOUSE_MAILBOX, false, "yahoodns.net yahoo-inc.com yahooinc.com",
     "yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es "
     "yahoo.com.br yahoo.co.in",
     "mx"},
    {"Yahoo Japan", HOUSE_MAILBOX, false, "", "yahoo.co.jp", "mx"},
    {"AOL", HOUSE_MAILBOX, false, "aol.net netscape.net", "aol.com aim.com", "mail"},
    {"GMX and web.de", HOUSE_MAILBOX, false, "kundenserver.de 1and1.com ui-dns.de",
     "gmx.net gmx.de gmx.com gmx.at gmx.ch web.de mail.com", "mx spf"},
    {"Apple", HOUSE_MAILBOX, false, "apple.com", "icloud.com me.com mac.com", "mx"},
    {"Proton", HOUSE_MAILBOX, false, "", "protonmail.com proton.me pm.me", "mx"},
    {"Tuta", HOUSE_MAILBOX, false, "", "tutanota.com tuta.io", "mx"},
    {"Zoho", HOUSE_MAILBOX, false, "zohocorp.com zoho.eu zoho.in", "zoho.com zohomail.com", "mx"},
    {"Fastmail", HOUSE_MAILBOX, false, "messagingengine.com", "fastmail.com fastmail.fm", "mx"},
    {"Hushmail", HOUSE_MAILBOX, false, "", "hushmail.com", "mx"},
    {"Posteo", HOUSE_MAILBOX, false, "", "posteo.de", "mx"},
    {"mailbox.org", HOUSE_MAILBOX, false, "", "mailbox.org", "mx"},
    {"freenet", HOUSE_MAILBOX, false, "", "freenet.de", "mx"},
    {"Mail.ru", HOUSE_MAILBOX, false, "smailru.net", "mail.ru inbox.ru list.ru bk.ru", "mx"},
    {"Yandex", HOUSE_MAILBOX, false, "yandex.net", "yandex.ru yandex.com ya.ru", "mx"},
    {"Rambler", HOUSE_MAILBOX, false, "", "rambler.ru", "mx"},
    {"ukr.net", HOUSE_MAILBOX, false, "", "ukr.net", "mx"},
    {"Tencent QQ", HOUSE_MAILBOX, false, "tencent.com", "qq.com foxmail.com", "mx"},
    {"NetEase", HOUSE_MAILBOX, false, "netease.com 188.com", "163.com 126.com yeah.net", "mx"},
    {"Sina", HOUSE_MAILBOX, false, "", "sina.com", "mx"},
    {"Naver", HOUSE_MAILBOX, false, "", "naver.com", "mx"},
    {"Daum", HOUSE_MAILBOX, false, "", "daum.net hanmail.net", "mx"},
    {"Rediff", HOUSE_MAILBOX, false, "", "rediffmail.com", "mx"},
    {"La Poste", HOUSE_MAILBOX, false, "", "laposte.net", "mx"},
    {"Italiaonline", HOUSE_MAILBOX, false, "", "libero.it virgilio.it", "mx"},
    {"UOL", HOUSE_MAILBOX, false, "", "uol.com.br bol.com.br", "mx"},
    {"Terra", HOUSE_MAILBOX, false, "", "terra.com.br", "mx"},
    {"Seznam", HOUSE_MAILBOX, false, "", "seznam.cz", "mx"},
    {"Centrum", HOUSE_MAILBOX, false, "", "centrum.cz", "mx"},
    {"Wirtualna Polska", HOUSE_MAILBOX, false, "", "wp.pl o2.pl", "mx"},
    {"Onet", HOUSE_MAILBOX, false, "", "onet.pl", "mx"},
    {"Interia", HOUSE_MAILBOX, false, "", "interia.pl", "mx"},

    /* --- mail services --- */
    {"Amazon SES", HOUSE_SERVICE, false, "amazonses.com amazon.com", "", "spf"},

    /* --- filters --- */
    {"MessageLabs", HOUSE_FILTER, false, "messagelabs.com messagelabs.net symanteccloud.com", "",
     "mx"},
    {"Proofpoint", HOUSE_FILTER, false, "proofpoint.com pphosted.com ppe-hosted.com", "", "mx"},
    {"Mimecast", HOUSE_FILTER, false, "mimecast.com mimecast.net", "", "mx"},
    {"Barracuda", HOUSE_FILTER, false, "barracuda.com barracudanetworks.com", "", "mx"},
};

const House *house_table(gsize *n)
{
    *n = G_N_ELEMENTS(table);
    return table;
}
