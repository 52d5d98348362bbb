/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing rows. */
#include "reading/row_order.h"

#include <string.h>

#include "base/names.h"

static const char *const names[ROW_ORDER_COUNT] = {"date", "verdict", "injection", "reporter",
                                                   "recipient"};

const char *row_order_name(RowOrder order)
{
    return names[order];
}

int row_order_from_name(const char *name)
{
    return names_find(names, ROW_ORDER_COUNT, name);
}

/* What is not known comes last. */
static int text_compare(const char *a, const char *b)
{
    if (!a || !b)
        return (a == NULL) - (b == NULL);
    return g_ascii_strcasecmp(a, b);
}

/* Own first, then by address, then what is not stated. */
static int injection_compare(const Row *a, const Row *b)
{
    if (a->injection_own != b->injection_own)
        return a->injection_own ? -1 : 1;
    if (a->injection.family != b->injection.family) {
        if (!a->injection.family || !b->injection.family)
            return a->injection.family ? -1 : 1;
        return a->injection.family - b->injection.family;
    }
    return memcmp(a->injection.bytes, b->injection.bytes, sizeof a->injection.bytes);
}

static int verdict_rank(VerdictValue verdict)
{
    static const int ranks[VERDICT_COUNT] = {[VERDICT_GENUINE] = 0,
                                             [VERDICT_UNDECIDED] = 1,
                                             [VERDICT_FAKE] = 2,
                                             [VERDICT_BACKSCATTER] = 3,
                                             [VERDICT_NONE] = 4};
    return ranks[verdict];
}

int row_compare(const Row *a, const Row *b, RowOrder order)
{
    int result = 0;
    if (order == ROW_ORDER_VERDICT)
        result = verdict_rank(a->verdict) - verdict_rank(b->verdict);
    else if (order == ROW_ORDER_INJECTION)
        result = injection_compare(a, b);
    else if (order == ROW_ORDER_REPORTER)
        result = text_compare(a->reporter_domain, b->reporter_domain);
    else if (order == ROW_ORDER_RECIPIENT)
        result = text_compare(a->recipient, b->recipient);
    return result ? result : (a->timestamp < b->timestamp) - (a->timestamp > b->timestamp);
}
