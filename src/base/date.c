/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of mail, read by tokens: order matters little, what a token can be decides. */
#include <string.h>

#include "base/date.h"

typedef struct Zone {
    const char *name;
    int minutes;
} Zone;

/* RFC 5322 4.3 obs-zone, and names that servers write. Names with several meanings take the one
 * most often seen in mail; single letters say nothing (RFC 5322 4.3: as -0000). */
static const Zone zones[] = {
    {"UT", 0},     {"UTC", 0},    {"GMT", 0},     {"Z", 0},       {"WET", 0},     {"WEST", 60},
    {"BST", 60},   {"CET", 60},   {"MET", 60},    {"MEZ", 60},    {"CEST", 120},  {"MEST", 120},
    {"MESZ", 120}, {"EET", 120},  {"EEST", 180},  {"MSK", 180},   {"MSD", 240},   {"IST", 330},
    {"SGT", 480},  {"HKT", 480},  {"AWST", 480},  {"JST", 540},   {"KST", 540},   {"AEST", 600},
    {"AEDT", 660}, {"NZST", 720}, {"NZDT", 780},  {"NST", -210},  {"NDT", -150},  {"AST", -240},
    {"ADT", -180}, {"EST", -300}, {"EDT", -240},  {"CST", -360},  {"CDT", -300},  {"MST", -420},
    {"MDT", -360}, {"PST", -480}, {"PDT", -420},  {"AKST", -540}, {"AKDT", -480}, {"HST", -600},
    {"HDT", -540}, {"BRT", -180}, {"BRST", -120}, {"ART", -180},  {"SAST", 120},  {"SAMT", 240},
    {"YEKT", 300}, {"NOVT", 420}, {"KRAT", 420},  {"IRKT", 480},  {"VLAT", 600},
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

typedef struct Reading {
    int year, month, day, hour, minute, second; /* -1: not seen */
    bool pm, am;
    Date *out;
} Reading;

static int month_of(Span word)
{
    if (word.n < 3)
        return 0;
    for (int i = 0; i < 12; i++)
        if (span_istarts(word, months[i]))
            return i + 1;
    return 0;
}

static bool zone_of(Span word, int *minutes)
{
    for (gsize i = 0; i < G_N_ELEMENTS(zones); i++)
        if (span_ieq(word, zones[i].name)) {
            *minutes = zones[i].minutes;
            return true;
        }
    return false;
}

/* Digits at the start of @s: how many; *@value saturates. */
static gsize digits(Span s, int *value)
{
    gsize n = 0;
    int v = 0;
    while (n < s.n && g_ascii_isdigit(s.p[n])) {
        if (v < 100000000)
            v = v * 10 + (s.p[n] - '0');
        n++;
    }
    *value = v;
    return n;
}

/* "16:22:51", "16:22", "16.22.51", with fractions dropped; false if it is no time of day. */
static bool time_of(Span word, Reading *r)
{
    int h, m, s = 0;
    gsize n = digits(word, &h);
    if (n < 1 || n > 2 || n >= word.n || (word.p[n] != ':' && word.p[n] != '.'))
        return false;
    char mark = word.p[n];
    Span rest = span_sub(word, n + 1, word.n);
    n = digits(rest, &m);
    if (n != 2)
        return false;
    if (n < rest.n && rest.p[n] == mark) {
        rest = span_sub(rest, n + 1, rest.n);
        n = digits(rest, &s);
        if (n != 2)
            return false;
    } else if (mark == '.') {
        return false; /* 16.22 alone is no time */
    }
    if (h > 23 || m > 59 || s > 60)
        return false;
    r->hour = h;
    r->minute = m;
    r->second = s;
    return true;
}

/* "+0200", "-04:00", "+02", "GMT+0200" behind its name. */
static bool numeric_zone(Span word, int *minutes)
{
    int value;
    if (word.n < 3 || (word.p[0] != '+' && word.p[0] != '-'))
        return false;
    Span rest = span_sub(word, 1, word.n);
    gsize n = digits(rest, &value);
    if (n == 2 && rest.n == 5 && rest.p[2] == ':') {
        int m;
        if (digits(span_sub(rest, 3, 2), &m) != 2)
            return false;
        value = value * 100 + m;
    } else if (n == 2 && rest.n == 2) {
        value *= 100;
    } else if (n != 4 || (rest.n > 4 && g_ascii_isalnum(rest.p[4]))) {
        return false;
    }
    int hours = value / 100, part = value % 100;
    if (hours > 15 || part > 59)
        return false;
    *minutes = (hours * 60 + part) * (word.p[0] == '-' ? -1 : 1);
    return true;
}

static int full_year(int year, gsize n)
{
    if (n == 2)
        return year < 50 ? 2000 + year : 1900 + year; /* RFC 5322 4.3 */
    if (n == 3)
        return 1900 + year;
    return year;
}

/* "2003-06-03" and "2003/06/03", "03-Jun-2003", "03-Jun-03"; with "T16:22:51" and a zone behind. */
static bool compound_date(Span word, Reading *r)
{
    int a, c;
    gsize n = digits(word, &a);
    if (n == 0 || n >= word.n || (word.p[n] != '-' && word.p[n] != '/' && word.p[n] != '.'))
        return false;
    char mark = word.p[n];
    Span rest = span_sub(word, n + 1, word.n);
    gsize m = 0;
    while (m < rest.n && rest.p[m] != mark)
        m++;
    if (m == rest.n)
        return false;
    Span middle = span_sub(rest, 0, m);
    Span last = span_sub(rest, m + 1, rest.n);
    gsize k = digits(last, &c);
    int month = month_of(middle), value;
    if (k == 0)
        return false;
    if (month == 0) {
        if (digits(middle, &value) != middle.n || middle.n == 0 || n != 4 || value < 1 ||
            value > 12)
            return false;
        month = value;
    }
    r->month = month;
    r->year = n == 4 ? a : full_year(c, k);
    r->day = n == 4 ? c : a;
    Span tail = span_sub(last, k, last.n);
    if (tail.n > 1 && (tail.p[0] == 'T' || tail.p[0] == 't'))
        return time_of(span_sub(tail, 1, tail.n), r);
    return true;
}

/* The zone glued to a time: "16:22:51Z", "16:22:51+02:00", "16:22:51.123Z". */
static void glued_zone(Span word, Date *out)
{
    gsize i = 0;
    if (out->has_zone)
        return;
    const char *colon = memchr(word.p, ':', word.n);
    i = colon ? (gsize)(colon - word.p) : word.n;
    for (; i < word.n; i++) {
        Span rest = span_sub(word, i, word.n);
        if (rest.p[0] == '+' || rest.p[0] == '-') {
            out->has_zone = numeric_zone(rest, &out->zone);
            return;
        }
        if (g_ascii_isalpha(rest.p[0])) {
            out->has_zone = zone_of(rest, &out->zone);
            return;
        }
    }
}

static void number_token(gsize n, int value, Reading *r)
{
    if (n == 4 && value >= 1900) {
        if (r->year < 0)
            r->year = value;
    } else if (n <= 2 && r->day < 0 && value >= 1 && value <= 31) {
        r->day = value;
    } else if ((n == 2 || n == 3) && r->year < 0 && r->day >= 0 && r->month > 0) {
        r->year = full_year(value, n);
    }
}

static void word_token(Span word, Reading *r)
{
    int minutes, month = month_of(word);
    if (r->month < 0 && month > 0 && !(word.n == 3 && span_ieq(word, "MAR") && r->hour >= 0)) {
        r->month = month;
        return;
    }
    if (span_ieq(word, "PM"))
        r->pm = true;
    else if (span_ieq(word, "AM"))
        r->am = true;
    if (r->hour < 0 || r->out->has_zone)
        return;
    for (gsize i = 0; i < word.n; i++) /* GMT+0200, UTC-5 */
        if (word.p[i] == '+' || word.p[i] == '-') {
            r->out->has_zone = numeric_zone(span_sub(word, i, word.n), &r->out->zone);
            return;
        }
    if (zone_of(word, &minutes)) {
        r->out->zone = minutes;
        r->out->has_zone = true;
    }
}

/* A token that is no comment. */
static void token(Span word, Reading *r)
{
    int value, minutes;
    while (word.n && strchr(",;\"", word.p[word.n - 1]))
        word.n--;
    if (word.n == 0)
        return;
    if (r->hour >= 0 && !r->out->has_zone && numeric_zone(word, &minutes)) {
        r->out->zone = minutes;
        r->out->has_zone = true;
        return;
    }
    if (r->hour < 0 && time_of(word, r)) {
        glued_zone(word, r->out);
        return;
    }
    if (r->year < 0 && r->day < 0 && compound_date(word, r)) {
        if (r->hour >= 0)
            glued_zone(word, r->out);
        return;
    }
    gsize n = digits(word, &value);
    if (n == word.n)
        number_token(n, value, r);
    else if (n == 0)
        word_token(word, r);
    else if (n <= 2 && word.n == n + 2 && r->day < 0) /* 3rd, 21st */
        r->day = value;
}

gint64 date_days(gint64 year, gint64 month, gint64 day)
{
    enum { DAYS_BEFORE_1970 = 719163 }; /* of the Julian days of GLib, from 0001-01-01 */
    if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return -1;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (gint64)g_date_get_julian(&date) - DAYS_BEFORE_1970;
}

static bool settle(Reading *r)
{
    gint64 days = date_days(r->year, r->month, r->day);
    if (days < 0 || r->hour < 0)
        return false;
    if (r->pm && r->hour < 12)
        r->hour += 12;
    if (r->am && r->hour == 12)
        r->hour = 0;
    Date *out = r->out;
    out->local = days * 86400 + r->hour * 3600 + r->minute * 60 + r->second;
    out->utc = out->has_zone ? out->local - (gint64)out->zone * 60 : TIME_NONE;
    return true;
}

/* The zone named in a comment, where nothing else names one: "(PDT)". */
static void comment_zone(Span inside, Date *out)
{
    int minutes;
    if (!out->has_zone && zone_of(span_trim(inside), &minutes)) {
        out->zone = minutes;
        out->has_zone = true;
    }
}

bool date_parse(Span text, Date *out)
{
    Reading r = {-1, -1, -1, -1, 0, 0, false, false, out};
    *out = (Date){.utc = TIME_NONE, .local = TIME_NONE};
    Span comment = {"", 0};
    gsize i = 0;
    int depth = 0;
    if (text.n > 300)
        text.n = 300;
    while (i < text.n) {
        gsize start = i;
        if (text.p[i] == '(') {
            do {
                depth += text.p[i] == '(' ? 1 : text.p[i] == ')' ? -1 : 0;
                i++;
            } while (i < text.n && depth > 0);
            depth = 0;
            if (comment.n == 0 && i - start >= 2)
                comment = span_sub(text, start + 1, i - start - 2);
            continue;
        }
        if (g_ascii_isspace(text.p[i]) || text.p[i] == '\0' || text.p[i] == ',') {
            i++;
            continue;
        }
        while (i < text.n && !g_ascii_isspace(text.p[i]) && text.p[i] != '(' && text.p[i] != ',' &&
               text.p[i] != '\0')
            i++;
        token(span_sub(text, start, i - start), &r);
    }
    if (r.hour >= 0)
        comment_zone(comment, out);
    if (settle(&r))
        return true;
    *out = (Date){.utc = TIME_NONE, .local = TIME_NONE};
    return false;
}

bool date_write_rfc3339(gint64 utc, char text[DATE_RFC3339_SIZE])
{
    if (utc == TIME_NONE || utc < -62135596800 || utc > 253402300799)
        return false;
    const gint64 day_length = 86400, from_march_0000 = 719468;
    gint64 days = (utc + 62135596800) / day_length - 719162;
    int second = (int)(utc - days * day_length);
    /* years from March on, so that the leap day is the last; 146,097 days are 400 years */
    gint64 shifted = days + from_march_0000, era = shifted / 146097;
    int of_era = (int)(shifted - era * 146097);
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
    int year = year_of_era + (int)era * 400 + (month >= 10);
    const int numbers[] = {year / 100, year % 100,    month < 10 ? month + 3 : month - 9,
                           day,        second / 3600, second / 60 % 60,
                           second % 60};
    static const char form[] = "0000-00-00T00:00:00Z";
    static const guint8 at[] = {0, 2, 5, 8, 11, 14, 17};
    memcpy(text, form, sizeof form);
    for (gsize i = 0; i < G_N_ELEMENTS(at); i++) {
        text[at[i]] = (char)('0' + numbers[i] / 10);
        text[at[i] + 1] = (char)('0' + numbers[i] % 10);
    }
    return true;
}

char *date_format_rfc3339(gint64 utc)
{
    char text[DATE_RFC3339_SIZE];
    return date_write_rfc3339(utc, text) ? g_strdup(text) : NULL;
}
