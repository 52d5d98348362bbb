/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words in a host's name say of it: a mail server, a home connection. */
#ifndef NOTME_HOUSE_HOSTNAME_H
#define NOTME_HOUSE_HOSTNAME_H

#include "base/ip.h"

/* One of its labels before the organisation is that of a mail server: "mx3", "smtp-out",
 * "f69.mail". Customers of a provider seldom have such names. */
bool hostname_is_mail_server(const char *host);
/* Stricter: the mail word stands in the first label, with nothing but digits, regions and more such
 * words between it and the organisation: "mx1.isp.example", "mail-wr1-f42.isp.example"; not
 * "mail.customer.isp.example", and not "natgw3", "fw", "proxy". A provider gives such a name to no
 * customer. */
bool hostname_is_central_server(const char *host);
/* All words of its one label before the organisation are of mail servers, or short as the codes of
 * places are: "gw2.firm.example", "store-ber.firm.example"; not "mail-acme.isp.example", which says
 * whose it is. */
bool hostname_is_plain_server(const char *host);
/* A machine that lets connections of others through, who then all have its address: "natgw3", "fw",
 * "proxy", "lb". */
bool hostname_is_translator(const char *host);
/* ... or one at the edge of a network that may do so beside other things: "gw", "gate". */
bool hostname_is_edge(const char *host);
/* The name marks a home or dynamic connection: the address spelt in it, dsl, dyn, dial, pool,
 * cable, ppp ... A mail word ("mail-198-51-100-77") wins over a spelt address, not over the other
 * words. @ip may be NULL. */
bool hostname_is_home(const char *host, const Ip *ip);

/* The first labels are alike but for digits, and the rest is the same: "mx1" and "mx22". */
bool hostname_is_sibling(const char *a, const char *b);

#endif
