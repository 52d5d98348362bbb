/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IP addresses and networks, read strictly from text that a hostile client may have chosen. */
#ifndef NOTME_BASE_IP_H
#define NOTME_BASE_IP_H

#include "base/span.h"

typedef struct Ip {
    guint8 family;    /* 0 (none), 4 or 6 */
    guint8 bytes[16]; /* network order; IPv4 uses the first four */
} Ip;

typedef struct Network {
    Ip base;
    guint8 bits;
} Network;

typedef enum IpKind {
    IP_NONE,       /* no address */
    IP_PUBLIC,     /* includes the documentation ranges: real samples are anonymised with them */
    IP_PRIVATE,    /* RFC 1918, fc00::/7 */
    IP_LOOPBACK,   /* 127.0.0.0/8, ::1 */
    IP_LINK_LOCAL, /* 169.254.0.0/16, fe80::/10 */
    IP_CGNAT,      /* 100.64.0.0/10 */
    IP_RESERVED    /* 0.0.0.0/8, 224.0.0.0/3, ff00::/8, ::, ...: never valid as a peer */
} IpKind;

/* Reads a bare address. Accepts IPv4 dotted quads (no octal, no over-long parts), IPv6 with or
 * without an "IPv6:" tag (RFC 5321 4.1.3), a zone ("%eth0", dropped) and ::ffff:a.b.c.d (folded to
 * IPv4). Surrounding white space is not accepted. On failure @out has family 0. */
bool ip_parse(Span text, Ip *out);
/* As ip_parse after taking off enclosing [] or ?? or (), and a :port behind "]". */
bool ip_parse_literal(Span text, Ip *out);
/* Canonical text (RFC 5952 for IPv6). The caller frees it. NULL for family 0. */
char *ip_format(const Ip *ip);
/* The same into @text; false where that is NULL. */
#define IP_TEXT_SIZE 46
bool ip_write(const Ip *ip, char text[IP_TEXT_SIZE]);
/* The network of the address @text alone, as it stands in a configuration: "192.0.2.1/32". The
 * caller frees it. NULL: it is no address. */
char *ip_text_network(const char *text);
bool ip_equal(const Ip *a, const Ip *b);
/* The IPv4 address that an IPv6 one stands for: 6to4 (RFC 3056), NAT64 with the well-known prefixes
 * (RFC 6052, RFC 8215) and IPv4-compatible (RFC 4291 2.5.5.1). @ip itself where it is none. */
Ip ip_unmapped(const Ip *ip);
IpKind ip_kind(const Ip *ip);
/* Private, loopback, link-local or CGNAT: no address of the public net. */
bool ip_is_inside(const Ip *ip);
/* CIDR "192.0.2.0/24"; a bare address is a network of one. */
bool network_parse(Span text, Network *out);
bool network_contains(const Network *net, const Ip *ip);
/* True when both are of one family and equal in their first @bits4 (IPv4) or @bits6 (IPv6) bits. */
bool ip_near(const Ip *a, const Ip *b, unsigned bits4, unsigned bits6);

#endif
