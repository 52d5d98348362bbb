/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access providers and hosters: see house.h for what a row says. Their customers' machines have
 * names of the house; their mailboxes are rented with the connection. */
#include "house/access_table.h"

static const House table[] = {
    {"Deutsche Telekom", HOUSE_ACCESS, true, "", "t-online.de", "mx"},
    {"Orange", HOUSE_ACCESS, true, "orange.net francetelecom.net", "orange.fr wanadoo.fr", "mx"},
    {"Free", HOUSE_ACCESS, true, "", "free.fr", "mx"},
    {"SFR", HOUSE_ACCESS, true, "", "sfr.fr", "mx"},
    {"Tiscali", HOUSE_ACCESS, true, "", "tiscali.it", "mx"},
    {"Comcast", HOUSE_ACCESS, true, "comcast.com comcastbusiness.net", "comcast.net", "reverse"},
    {"Verizon", HOUSE_ACCESS, true, "", "verizon.net", "reverse"},
    {"AT&T", HOUSE_ACCESS, true, "", "att.net sbcglobal.net bellsouth.net", "mx reverse"},
    {"Cox", HOUSE_ACCESS, true, "", "cox.net", "reverse"},
    {"Charter", HOUSE_ACCESS, true, "", "charter.net", "reverse"},
    {"EarthLink", HOUSE_ACCESS, true, "mindspring.com", "earthlink.net", "reverse"},
    {"BT", HOUSE_ACCESS, true, "", "btinternet.com", "mx"},
    {"Sky", HOUSE_ACCESS, true, "", "sky.com", "mx"},
    {"TalkTalk", HOUSE_ACCESS, true, "", "talktalk.net", "mx"},
    {"Virgin Media", HOUSE_ACCESS, true, "", "ntlworld.com", "mx"},
    {"Telstra", HOUSE_ACCESS, true, "", "bigpond.com", "mx"},
    {"Optus", HOUSE_ACCESS, true, "", "optusnet.com.au", "mx"},
    {"Rogers", HOUSE_ACCESS, true, "", "rogers.com", "mx"},
    {"Shaw", HOUSE_ACCESS, true, "", "shaw.ca", "mx"},
    {"Bell Canada", HOUSE_ACCESS, true, "", "sympatico.ca", "mx"},
    {"NTT Docomo", HOUSE_ACCESS, true, "", "docomo.ne.jp", "mail"},
    {"KDDI", HOUSE_ACCESS, true, "au.com kddi.com dion.ne.jp", "ezweb.ne.jp", "mail"},
    {"SoftBank", HOUSE_ACCESS, true, "", "softbank.ne.jp", "mail"},
    {"Nifty", HOUSE_ACCESS, true, "", "nifty.com", "mail"},
    {"Telia", HOUSE_ACCESS, true, "", "telia.com", "mx"},
    {"Swisscom", HOUSE_ACCESS, true, "", "bluewin.ch", "mx"},
    {"Ziggo", HOUSE_ACCESS, true, "", "ziggo.nl chello.nl", "mx"},
    {"Telenet", HOUSE_ACCESS, true, "", "telenet.be", "mx"},
    {"Proximus", HOUSE_ACCESS, true, "", "skynet.be", "mx"},
};

const House *access_table(gsize *n)
{
    *n = G_N_ELEMENTS(table);
    return table;
}
