/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What statuses and reply codes say of the reason by themselves. */
#include "bounce/reason_codes.h"

#include <string.h>

/* A status is firm where its registry leaves one meaning; the class does not matter. */
static const struct {
    const char *detail;
    Reason reason;
    bool firm;
} by_status[] = {
    {"1.1", REASON_USER_UNKNOWN, true},
    {"1.2", REASON_HOST_UNKNOWN, true},
    {"1.3", REASON_USER_UNKNOWN, false},
    {"1.4", REASON_USER_UNKNOWN, false},
    {"1.6", REASON_MOVED, true},
    {"1.7", REASON_POLICY, true},
    {"1.8", REASON_POLICY, true},
    {"1.10", REASON_POLICY, true},
    {"2.1", REASON_SUSPENDED, false},
    {"2.2", REASON_MAILBOX_FULL, true},
    {"2.3", REASON_TOO_BIG, true},
    {"2.4", REASON_SYSTEM, false},
    {"3.1", REASON_SYSTEM, false},
    {"3.2", REASON_SYSTEM, false},
    {"3.3", REASON_SYSTEM, false},
    {"3.4", REASON_TOO_BIG, true},
    {"3.5", REASON_SYSTEM, false},
    {"4.1", REASON_NETWORK, false},
    {"4.2", REASON_NETWORK, false},
    {"4.3", REASON_SYSTEM, false},
    {"4.4", REASON_HOST_UNKNOWN, false},
    {"4.5", REASON_NETWORK, false},
    {"4.6", REASON_NETWORK, false},
    {"4.7", REASON_EXPIRED, true},
    {"4.14", REASON_NETWORK, false},
    {"4.310", REASON_HOST_UNKNOWN, false},
    {"4.316", REASON_EXPIRED, false},
    {"4.317", REASON_NETWORK, false},
    {"5.1", REASON_SYNTAX, false},
    {"5.2", REASON_SYNTAX, false},
    {"5.3", REASON_RATE_LIMITED, true},
    {"5.4", REASON_SYNTAX, false},
    {"5.5", REASON_SYNTAX, false},
    {"6.0", REASON_POLICY, false},
    {"6.1", REASON_POLICY, false},
    {"6.2", REASON_POLICY, false},
    {"6.3", REASON_POLICY, false},
    {"6.7", REASON_SYNTAX, true},
    {"7.1", REASON_POLICY, false},
    {"7.2", REASON_POLICY, false},
    {"7.3", REASON_POLICY, false},
    {"7.4", REASON_POLICY, false},
    {"7.5", REASON_POLICY, false},
    {"7.7", REASON_NOT_AUTHENTICATED, false},
    {"7.8", REASON_NOT_AUTHENTICATED, true},
    {"7.9", REASON_NOT_AUTHENTICATED, false},
    {"7.10", REASON_NOT_AUTHENTICATED, true},
    {"7.11", REASON_NOT_AUTHENTICATED, true},
    {"7.12", REASON_NOT_AUTHENTICATED, true},
    {"7.13", REASON_SUSPENDED, false},
    {"7.14", REASON_POLICY, false},
    {"7.17", REASON_MOVED, true},
    {"7.18", REASON_MOVED, true},
    {"7.20", REASON_NOT_AUTHENTICATED, true},
    {"7.21", REASON_NOT_AUTHENTICATED, true},
    {"7.22", REASON_NOT_AUTHENTICATED, true},
    {"7.23", REASON_NOT_AUTHENTICATED, true},
    {"7.24", REASON_NOT_AUTHENTICATED, true},
    {"7.25", REASON_POLICY, true},
    {"7.26", REASON_NOT_AUTHENTICATED, true},
    {"7.27", REASON_POLICY, true},
    {"7.28", REASON_RATE_LIMITED, true},
    {"7.29", REASON_NOT_AUTHENTICATED, true},
    {"7.30", REASON_NOT_AUTHENTICATED, true},
    {"7.64", REASON_RELAY_DENIED, false},
    {"7.509", REASON_NOT_AUTHENTICATED, true},
    {"7.515", REASON_NOT_AUTHENTICATED, true},
    {"7.705", REASON_POLICY, true},
};

Reason reason_of_status(const char *status, bool firm)
{
    if (!status || status[0] == '2') /* "see RFC 5322 2.1.1" */
        return REASON_NONE;
    for (gsize i = 0; i < G_N_ELEMENTS(by_status); i++)
        if (by_status[i].firm == firm && strcmp(by_status[i].detail, status + 2) == 0)
            return by_status[i].reason;
    return REASON_NONE;
}

/* Codes of one meaning only: RFC 5321 4.2.2, RFC 4954, RFC 7504. What 450, 550, 553, 554 mean is in
 * the words. Firm: nothing else answers with them. */
static const struct {
    int code;
    Reason reason;
    bool firm;
} by_code[] = {
    {500, REASON_SYNTAX, false},           {501, REASON_SYNTAX, false},
    {502, REASON_SYNTAX, false},           {503, REASON_SYNTAX, false},
    {504, REASON_SYNTAX, false},           {521, REASON_POLICY, false},
    {525, REASON_SUSPENDED, false},        {530, REASON_NOT_AUTHENTICATED, true},
    {534, REASON_NOT_AUTHENTICATED, true}, {535, REASON_NOT_AUTHENTICATED, true},
    {538, REASON_NOT_AUTHENTICATED, true}, {551, REASON_MOVED, false},
    {552, REASON_MAILBOX_FULL, false},     {556, REASON_POLICY, false},
};

Reason reason_of_code(int code, bool firm)
{
    for (gsize i = 0; i < G_N_ELEMENTS(by_code); i++)
        if (by_code[i].firm == firm && by_code[i].code == code)
            return by_code[i].reason;
    return REASON_NONE;
}

Reason reason_of_subject(const char *status)
{
    static const Reason reasons[] = {REASON_NONE,   REASON_USER_UNKNOWN, REASON_NONE,
                                     REASON_SYSTEM, REASON_NETWORK,      REASON_NONE,
                                     REASON_POLICY, REASON_POLICY};
    int subject = status ? status[2] - '0' : 0;
    if (!status || status[0] == '2' || status[3] != '.' || subject < 0 || subject > 7)
        return REASON_NONE;
    if (status[0] == '4' && subject == 1) /* nobody is unknown for now */
        return REASON_NONE;
    return reasons[subject];
}
