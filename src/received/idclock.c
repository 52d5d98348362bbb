/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that tell the time: one small decoder a software. See idclock.h. */
#include "received/idclock.h"

#include <string.h>

#include "base/date.h"
#include "received/received_software.h"

#define DAY  G_GINT64_CONSTANT(86400)
#define HOUR G_GINT64_CONSTANT(3600)

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char base52[] = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";

/* The value of @c among the first @base of @digits, or -1. */
static int digit_value(char c, const char *digits, int base)
{
    const char *at = c ? strchr(digits, c) : NULL;
    return at && at - digits < base ? (int)(at - digits) : -1;
}

/* At most 12 digits: that fits for every base that is used. */
static bool read_number(Span digits, const char *alphabet, int base, gint64 *out)
{
    gint64 value = 0;
    if (digits.n == 0 || digits.n > 12)
        return false;
    for (gsize i = 0; i < digits.n; i++) {
        int digit = digit_value(digits.p[i], alphabet, base);
        if (digit < 0 || value > G_MAXINT64 / base - base)
            return false;
        value = value * base + digit;
    }
    *out = value;
    return true;
}

/* A time when there was mail, up to the end of 32 unsigned bits. */
static bool is_plausible(gint64 seconds)
{
    return seconds > G_GINT64_CONSTANT(500000000) && seconds < G_GINT64_CONSTANT(4294967296);
}

static bool seconds_of(gint64 year, gint64 month, gint64 day, gint64 hour, gint64 minute,
                       gint64 second, gint64 *out)
{
    gint64 days = date_days(year, month, day);
    if (days < 0 || hour > 23 || minute > 59 || second > 60)
        return false;
    *out = days * DAY + hour * HOUR + minute * 60 + second;
    return true;
}

bool idclock_exim(Span id, IdTime *out)
{
    out->zone = ID_UTC;
    return software_id_is_exim(id) && read_number(span_sub(id, 0, 6), base62, 62, &out->seconds) &&
           is_plausible(out->seconds);
}

bool idclock_sendmail(Span id, gint64 near, IdTime *out)
{
    gint64 best = 0, aim = near == TIME_NONE ? date_days(2012, 1, 1) * DAY : near;
    bool found = false;
    out->zone = ID_CLOCK;
    if (!software_id_is_sendmail(id))
        return false;
    int field[6];
    for (int i = 0; i < 6; i++)
        if ((field[i] = digit_value(id.p[i], base62, 60)) < 0)
            return false;
    for (gint64 year = 1900 + field[0]; year < 2200; year += 60) {
        gint64 seconds;
        if (!seconds_of(year, field[1] + 1, field[2], field[3], field[4], field[5], &seconds))
            continue;
        if (!found || ABS(seconds - aim) < ABS(best - aim))
            best = seconds;
        found = true;
    }
    out->seconds = best;
    return found;
}

/* The number behind the last dot of @id, and what stands before that dot. */
static bool last_number(Span *id, gint64 *out)
{
    gsize dot = id->n;
    while (dot > 0 && id->p[dot - 1] != '.')
        dot--;
    if (dot == 0 || id->n - dot > 15)
        return false;
    *out = 0;
    for (gsize i = dot; i < id->n; i++) {
        if (!g_ascii_isdigit(id->p[i]))
            return false;
        *out = *out * 10 + (id->p[i] - '0');
    }
    if (dot == id->n)
        return false;
    id->n = dot - 1;
    return true;
}

/* "...2009.01.02.03.04.05" (wall clock in California) or "....1775095371811" (milliseconds). */
bool idclock_gmail(Span id, IdTime *out)
{
    gint64 part[6];
    if (!software_id_is_gmail(id) || !last_number(&id, &part[5]))
        return false;
    if (part[5] > G_GINT64_CONSTANT(500000000000)) {
        out->seconds = part[5] / 1000;
        out->zone = ID_UTC;
        return is_plausible(out->seconds);
    }
    for (int i = 4; i >= 0; i--)
        if (!last_number(&id, &part[i]))
            return false;
    out->zone = ID_PACIFIC;
    return seconds_of(part[0], part[1], part[2], part[3], part[4], part[5], &out->seconds);
}

/* Seconds, four digits of microseconds, "z", inode in base 51. */
bool idclock_postfix(Span id, IdTime *out)
{
    gsize z = id.n;
    out->zone = ID_UTC;
    if (id.n > 40)
        return false;
    while (z > 0 && id.p[z - 1] != 'z')
        z--;
    if (z < 11 || z == id.n)
        return false;
    for (gsize i = z; i < id.n; i++)
        if (digit_value(id.p[i], base52, 51) < 0)
            return false;
    gint64 micro;
    return read_number(span_sub(id, 0, z - 5), base52, 52, &out->seconds) &&
           read_number(span_sub(id, z - 5, 4), base52, 52, &micro) && micro < 1000000 &&
           is_plausible(out->seconds);
}

static bool is_postfix_short(Span id)
{
    if (id.n < 6 || id.n > 24)
        return false;
    for (gsize i = 0; i < id.n; i++)
        if (!g_ascii_isdigit(id.p[i]) && !(id.p[i] >= 'A' && id.p[i] <= 'F'))
            return false;
    return true;
}

bool idclock_postfix_short_fits(Span id)
{
    gint64 micro;
    return !is_postfix_short(id) || (read_number(span_sub(id, 0, 5), base62, 16, &micro) &&
                                     micro < G_GINT64_CONSTANT(0xF4240));
}

bool idclock_postfix_shape(Span id)
{
    IdTime time;
    return is_postfix_short(id) || idclock_postfix(id, &time);
}

bool idclock_digits(Span id, IdTime *out)
{
    static const int widths[] = {4, 2, 2, 2, 2, 2};
    gint64 part[6];
    gsize at = 0;
    out->zone = ID_CLOCK;
    for (int i = 0; i < 6; i++) {
        if (at + (gsize)widths[i] > id.n ||
            !read_number(span_sub(id, at, (gsize)widths[i]), base62, 10, &part[i]))
            return false;
        at += (gsize)widths[i];
    }
    return part[0] > 1980 &&
           seconds_of(part[0], part[1], part[2], part[3], part[4], part[5], &out->seconds);
}

bool idclock_read(const Hop *hop, IdTime *out)
{
    Span id = span_of(hop->id);
    if (!hop->software_named)
        return false;
    switch (hop->software) {
    case SOFTWARE_EXIM:
        return idclock_exim(id, out);
    case SOFTWARE_SENDMAIL:
        return idclock_sendmail(id, hop->date.utc != TIME_NONE ? hop->date.utc : hop->date.local,
                                out);
    case SOFTWARE_GMAIL:
        return idclock_gmail(id, out);
    case SOFTWARE_POSTFIX:
        return idclock_postfix(id, out);
    case SOFTWARE_INTERMAIL:
        return software_id_is_intermail(id) && idclock_digits(id, out);
    case SOFTWARE_DOMINO:
        return software_id_is_domino(id) && idclock_digits(id, out);
    default:
        return false;
    }
}

gint64 idclock_moment(const IdTime *time, const Date *date)
{
    gint64 first = time->seconds, second = time->seconds;
    if (time->zone == ID_PACIFIC) {
        first += 8 * HOUR;
        second += 7 * HOUR;
    } else if (time->zone == ID_CLOCK && date->has_zone) {
        second -= (gint64)date->zone * 60;
    }
    if (date->utc == TIME_NONE)
        return first;
    return ABS(first - date->utc) <= ABS(second - date->utc) ? first : second;
}
