/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IP addresses: see ip.h. */
#include "base/ip.h"

#include <arpa/inet.h>
#include <string.h>

static void fold_mapped(Ip *ip)
{
    static const guint8 mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (ip->family == 6 && memcmp(ip->bytes, mapped, sizeof mapped) == 0) {
        Ip four = {.family = 4};
        memcpy(four.bytes, ip->bytes + 12, 4);
        *ip = four;
    }
}

static bool parse(Span text, int family, guint8 *bytes)
{
    char buffer[INET6_ADDRSTRLEN];
    if (text.n >= sizeof buffer || memchr(text.p, '\0', text.n))
        return false;
    memcpy(buffer, text.p, text.n);
    buffer[text.n] = '\0';
    return inet_pton(family, buffer, bytes) == 1;
}

bool ip_parse(Span text, Ip *out)
{
    *out = (Ip){0};
    if (text.n && g_ascii_isdigit(text.p[0]) && parse(text, AF_INET, out->bytes)) {
        out->family = 4;
        return true;
    }
    if (span_istarts(text, "IPv6:"))
        text = span_sub(text, 5, text.n);
    const char *zone = text.n ? memchr(text.p, '%', text.n) : NULL;
    if (zone)
        text.n = (size_t)(zone - text.p);
    *out = (Ip){0};
    if (!text.n || !memchr(text.p, ':', text.n) || !parse(text, AF_INET6, out->bytes)) {
        *out = (Ip){0};
        return false;
    }
    out->family = 6;
    fold_mapped(out);
    return true;
}

/* @text without one pair of @open and @close around it; what stands behind @close must be empty or
 * a port. */
static bool strip_pair(Span *text, char open, char close)
{
    if (text->n < 2 || text->p[0] != open)
        return false;
    const char *end = memchr(text->p + 1, close, text->n - 1);
    if (!end)
        return false;
    Span behind = span_sub(*text, (size_t)(end + 1 - text->p), text->n);
    if (behind.n && behind.p[0] != ':')
        return false;
    for (size_t i = 1; i < behind.n; i++)
        if (!g_ascii_isdigit(behind.p[i]))
            return false;
    *text = (Span){text->p + 1, (size_t)(end - text->p - 1)};
    return true;
}

bool ip_parse_literal(Span text, Ip *out)
{
    *out = (Ip){0};
    if (!text.n || (g_ascii_isalpha(text.p[0]) && !memchr(text.p, ':', text.n)))
        return false; /* a name, as nearly always */
    text = span_trim(text);
    if (!strip_pair(&text, '[', ']') && !strip_pair(&text, '(', ')'))
        strip_pair(&text, '?', '?');
    return ip_parse(span_trim(text), out);
}

/* 0 to 255 at @text; behind it is returned. */
static char *byte_write(char *text, guint8 byte)
{
    if (byte >= 100)
        *text++ = (char)('0' + byte / 100);
    if (byte >= 10)
        *text++ = (char)('0' + byte / 10 % 10);
    *text++ = (char)('0' + byte % 10);
    return text;
}

bool ip_write(const Ip *ip, char text[IP_TEXT_SIZE])
{
    if (ip->family != 4)
        return ip->family && inet_ntop(AF_INET6, ip->bytes, text, IP_TEXT_SIZE);
    for (gsize i = 0; i < 4; i++) {
        text = byte_write(text, ip->bytes[i]);
        *text++ = i < 3 ? '.' : '\0';
    }
    return true;
}

char *ip_format(const Ip *ip)
{
    char text[IP_TEXT_SIZE];
    return ip_write(ip, text) ? g_strdup(text) : NULL;
}

char *ip_text_network(const char *text)
{
    Ip ip;
    return ip_parse(span_of(text), &ip) ? g_strdup_printf("%s/%d", text, ip.family == 4 ? 32 : 128)
                                        : NULL;
}

bool ip_equal(const Ip *a, const Ip *b)
{
    return a->family == b->family && a->family != 0 &&
           memcmp(a->bytes, b->bytes, a->family == 4 ? 4 : 16) == 0;
}

Ip ip_unmapped(const Ip *ip)
{
    static const guint8 nat64[12] = {0, 0x64, 0xff, 0x9b};
    static const guint8 local_nat64[6] = {0, 0x64, 0xff, 0x9b, 0, 1};
    static const guint8 compatible[12];
    gsize at = 0;
    if (ip->family == 6 && ip->bytes[0] == 0x20 && ip->bytes[1] == 0x02)
        at = 2;
    else if (ip->family == 6 &&
             (memcmp(ip->bytes, nat64, 12) == 0 || memcmp(ip->bytes, local_nat64, 6) == 0 ||
              (memcmp(ip->bytes, compatible, 12) == 0 && ip->bytes[12] != 0)))
        at = 12;
    if (!at)
        return *ip;
    Ip inner = {.family = 4};
    memcpy(inner.bytes, ip->bytes + at, 4);
    return inner;
}

static IpKind kind4(const guint8 *b)
{
    if (b[0] == 10 || (b[0] == 172 && (b[1] & 0xf0) == 16) || (b[0] == 192 && b[1] == 168))
        return IP_PRIVATE;
    if (b[0] == 127)
        return IP_LOOPBACK;
    if (b[0] == 169 && b[1] == 254)
        return IP_LINK_LOCAL;
    if (b[0] == 100 && (b[1] & 0xc0) == 64)
        return IP_CGNAT;
    return b[0] == 0 || b[0] >= 224 ? IP_RESERVED : IP_PUBLIC;
}

static IpKind kind6(const guint8 *b)
{
    static const guint8 zeros[15];
    if (memcmp(b, zeros, 15) == 0)
        return b[15] == 1 ? IP_LOOPBACK : IP_RESERVED;
    if ((b[0] & 0xfe) == 0xfc)
        return IP_PRIVATE;
    if (b[0] == 0xfe && (b[1] & 0xc0) == 0x80)
        return IP_LINK_LOCAL;
    return b[0] == 0xff || b[0] == 0 ? IP_RESERVED : IP_PUBLIC;
}

IpKind ip_kind(const Ip *ip)
{
    if (ip->family == 0)
        return IP_NONE;
    return ip->family == 4 ? kind4(ip->bytes) : kind6(ip->bytes);
}

bool ip_is_inside(const Ip *ip)
{
    IpKind kind = ip_kind(ip);
    return kind == IP_PRIVATE || kind == IP_LOOPBACK || kind == IP_LINK_LOCAL || kind == IP_CGNAT;
}

bool network_parse(Span text, Network *out)
{
    const char *slash = memchr(text.p, '/', text.n);
    Span address = slash ? span_sub(text, 0, (size_t)(slash - text.p)) : text;
    *out = (Network){0};
    if (!ip_parse(span_trim(address), &out->base))
        return false;
    unsigned most = out->base.family == 4 ? 32 : 128, bits = 0;
    if (!slash) {
        out->bits = (guint8)most;
        return true;
    }
    Span count = span_sub(text, (size_t)(slash + 1 - text.p), text.n);
    if (count.n == 0 || count.n > 3)
        return false;
    for (size_t i = 0; i < count.n; i++) {
        if (!g_ascii_isdigit(count.p[i]))
            return false;
        bits = bits * 10 + (unsigned)(count.p[i] - '0');
    }
    out->bits = (guint8)MIN(bits, 255u);
    return bits <= most;
}

static bool same_bits(const Ip *a, const Ip *b, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;
    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return false;
    guint8 mask = (guint8)(0xff00u >> rest);
    return rest == 0 || ((a->bytes[whole] ^ b->bytes[whole]) & mask) == 0;
}

bool network_contains(const Network *net, const Ip *ip)
{
    return ip->family != 0 && ip->family == net->base.family &&
           same_bits(&net->base, ip, net->bits);
}

bool ip_near(const Ip *a, const Ip *b, unsigned bits4, unsigned bits6)
{
    return a->family != 0 && a->family == b->family &&
           same_bits(a, b, a->family == 4 ? bits4 : bits6);
}
