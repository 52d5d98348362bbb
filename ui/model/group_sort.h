/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of groups: one for each column. */
#ifndef NOTME_UI_MODEL_GROUP_SORT_H
#define NOTME_UI_MODEL_GROUP_SORT_H

#include "model/rows.h"

typedef enum GroupSort {
    GROUP_SORT_COUNT_OF, /* the largest first, as with the numbers below */
    GROUP_SORT_NAME,
    GROUP_SORT_GENUINE,
    GROUP_SORT_BACKSCATTER,
    GROUP_SORT_FAKE,
    GROUP_SORT_UNDECIDED,
    GROUP_SORT_FIRST, /* the latest first, as with the last */
    GROUP_SORT_LAST,
    GROUP_SORT_COUNT
} GroupSort;

const char *group_sort_name(GroupSort sort);
/* Sorts @groups (of Group); those of equal rank by name. */
void groups_sort(GPtrArray *groups, GroupSort sort, bool reverse);

#endif
